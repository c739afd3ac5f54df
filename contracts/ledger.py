"""The ledger of a claim: every entry as postings, in double entry: debits equal credits at any moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.arithmetic import taken_back
from contracts.claim import Claim, Parts, PriceLine, owing
from contracts.decision import Event
from contracts.dispute_on_claim import ClaimDivided
from contracts.late_interest import PenaltyAccrued, PenaltyTakenBack
from contracts.law import Law
from contracts.parties import Role
from contracts.price import PriceClaimReduced
from contracts.price_claim import PriceClaimed
from contracts.reimbursement import ClaimOpened
from contracts.reimbursement_end import ClaimReduced, ClaimWrittenOff
from contracts.reimbursement_pay import ClaimSetOff, PayDeducted
from contracts.reimbursement_payment import (
    ExpensesAdded,
    OverpaymentReturned,
    PaymentPosted,
    PaymentReversed,
)
from contracts.two_clocks import Entry, holds_from

TENGE = "KZT"


class Account(StrEnum):
    """Of the creditor. A debit is positive.

    COST      what the training has cost; BACK  what is to come back of it
    OWED      to a college for training; CASH  at the bank
    EXPENSES, PENALTY  what a debtor owes beside; INTEREST  where the penalty comes from
    OVERPAID  what goes back to a debtor; PAY  what is owed to the student; FORGIVEN  what is lost
    """

    COST = "cost"
    OWED = "owed"
    CASH = "cash"
    BACK = "back"
    EXPENSES = "expenses"
    PENALTY = "penalty"
    INTEREST = "interest"
    OVERPAID = "overpaid"
    PAY = "pay"
    FORGIVEN = "forgiven"


COST, OWED, CASH, BACK = Account.COST, Account.OWED, Account.CASH, Account.BACK


@dataclass(frozen=True)
class Posting:
    """Debit +, credit -. Tiyn. `debtor`: whose; `reverses`: payment or month whose entry it takes back."""

    account: Account
    amount: int
    debtor: Role | None = None
    reverses: str | None = None
    currency: str = TENGE


@dataclass(frozen=True)
class Row:
    """What one entry posts, and from which day it holds. The postings come to nothing."""

    version: int
    type: str
    on: date
    postings: tuple[Posting, ...]


def rows(entries: Iterable[Entry], law: Law) -> tuple[Row, ...]:
    """Of entries in the order of their stream."""
    found: list[Row] = []
    claim = Claim()
    for entry in entries:
        event, on = entry.event, holds_from(entry, law)
        if isinstance(event, PriceClaimed):
            found += [Row(entry.version, *row) for row in account(event.account)]
        if posts := POSTS.get(type(event)):
            postings = tuple(posting for posting in posts(event, claim) if posting.amount)
            if postings:
                found.append(Row(entry.version, event.type, on, postings))
        claim = event.evolve(claim)
    return tuple(found)


def account(lines: Iterable[PriceLine]) -> Iterator[tuple[str, date, tuple[Posting, ...]]]:
    """The months and payments of a price, day by day: a month is owed when it is over, and paid off."""
    for line in sorted(lines, key=lambda line: (line.on, line.payment is not None)):
        first, second = (OWED, CASH) if line.payment else (COST, OWED)
        yield (
            "payment" if line.payment else "month",
            line.on,
            (Posting(first, line.amount), Posting(second, -line.amount)),
        )


def balances(rows: Iterable[Row]) -> dict[Account, int]:
    """Of each account that was ever posted to."""
    found: dict[Account, int] = {}
    for row in rows:
        for posting in row.postings:
            found[posting.account] = found.get(posting.account, 0) + posting.amount
    return found


def out_of_balance(rows: Iterable[Row]) -> list[Row]:
    """Rows whose debits are not their credits, currency by currency."""
    return [row for row in rows if any(_by_currency(row.postings).values())]


def _by_currency(postings: Sequence[Posting]) -> dict[str, int]:
    found: dict[str, int] = {}
    for posting in postings:
        found[posting.currency] = found.get(posting.currency, 0) + posting.amount
    return found


def _opened(event: ClaimOpened, claim: Claim) -> list[Posting]:
    back = [Posting(Account.BACK, owed.amount, owed.debtor) for owed in event.debts]
    return [*back, Posting(Account.COST, -event.amount)]


def _settled(parts: Parts, debtor: Role, sign: int = 1) -> list[Posting]:
    """What a payment takes off each receivable, and what it holds for the debtor."""
    return [
        Posting(Account.EXPENSES, -sign * parts.expenses, debtor),
        Posting(Account.PENALTY, -sign * parts.penalty, debtor),
        Posting(Account.BACK, -sign * parts.principal, debtor),
        Posting(Account.OVERPAID, -sign * parts.over, debtor),
    ]


def _price(event: PriceClaimed, claim: Claim) -> list[Posting]:
    """The months that were not taught are taken back, then the payments for them, each by its name. Of a
    claim of the college's: what it has to get."""
    if not event.account:
        return [Posting(BACK, event.amount, event.debtor), Posting(COST, -event.amount)]
    months = [line for line in event.account if line.payment is None]
    untaught = sum(line.amount for line in months) - event.due
    postings = []
    for place, amount in taken_back([line.amount for line in months], untaught):
        name = f"M{months[place].n}"
        postings += [Posting(OWED, amount, None, name), Posting(COST, -amount, None, name)]
    numbers = {line.payment: f"P{line.n}" for line in event.account}
    for back in event.lines:
        name = numbers[back.payment]
        postings += [Posting(BACK, back.amount, event.debtor, name), Posting(OWED, -back.amount, None, name)]
    return postings


def _price_reduced(event: PriceClaimReduced, claim: Claim) -> list[Posting]:
    """The payment never came, and so nothing of it comes back."""
    debtor, name = Role.COLLEGE, _numbers(claim).get(event.payment, str(event.payment))
    over = max(0, event.amount - owing(claim, debtor).principal)
    return [
        Posting(CASH, event.paid, None, name),
        Posting(OWED, -event.paid, None, name),
        Posting(OWED, event.amount, None, name),
        Posting(BACK, over - event.amount, debtor, name),
        Posting(Account.OVERPAID, -over, debtor, name),
    ]


def _numbers(claim: Claim) -> dict[UUID | None, str]:
    return {line.payment: f"P{line.n}" for line in claim.account}


def _by_line(claim: Claim, debtor: Role, principal: int) -> list[Posting]:
    """What is repaid of a price, payment after payment, newest first."""
    settled = sum(line.amount for line in claim.lines) - owing(claim, debtor).principal
    found, numbers = [], _numbers(claim)
    for line in claim.lines:
        before = min(settled, line.amount)
        settled -= before
        if part := min(principal, line.amount - before):
            found.append(Posting(BACK, -part, debtor, numbers.get(line.payment)))
            principal -= part
    return found


def _paid(event: PaymentPosted, claim: Claim) -> list[Posting]:
    settled = _settled(event.parts, event.debtor)
    if claim.lines:
        others = [posting for posting in settled if posting.account is not BACK]
        settled = [*others, *_by_line(claim, event.debtor, event.parts.principal)]
    return [Posting(CASH, event.amount), *settled]


def _reversed(event: PaymentReversed, claim: Claim) -> list[Posting]:
    name, debtor = str(event.payment), event.debtor
    back = [
        Posting(Account.CASH, -event.parts.whole),
        *_settled(event.parts, debtor, sign=-1),
        Posting(Account.OVERPAID, -event.returned, debtor),
        Posting(Account.EXPENSES, event.returned, debtor),
    ]
    interest = [
        Posting(Account.PENALTY, event.interest, debtor),
        Posting(Account.INTEREST, -event.interest),
    ]
    return [*(Posting(each.account, each.amount, each.debtor, name) for each in back), *interest]


def _from_pay(event: PayDeducted | ClaimSetOff, claim: Claim) -> list[Posting]:
    return [Posting(Account.PAY, event.amount), *_settled(event.parts, event.debtor)]


def _forgiven(event: ClaimReduced | ClaimWrittenOff, claim: Claim) -> list[Posting]:
    return [Posting(Account.FORGIVEN, event.amount), *_settled(event.parts, event.debtor)]


def _expenses(event: ExpensesAdded, claim: Claim) -> list[Posting]:
    return [Posting(Account.EXPENSES, event.amount, event.debtor), Posting(Account.CASH, -event.amount)]


def _returned(event: OverpaymentReturned, claim: Claim) -> list[Posting]:
    return [Posting(Account.OVERPAID, event.amount, event.debtor), Posting(Account.CASH, -event.amount)]


def _interest(event: PenaltyAccrued, claim: Claim) -> list[Posting]:
    return [Posting(Account.PENALTY, event.amount, event.debtor), Posting(Account.INTEREST, -event.amount)]


def _interest_back(event: PenaltyTakenBack, claim: Claim) -> list[Posting]:
    return [Posting(Account.PENALTY, -event.amount, event.debtor), Posting(Account.INTEREST, event.amount)]


def _divided(event: ClaimDivided, claim: Claim) -> list[Posting]:
    """From one debtor to another; what is owed by nobody any more was the creditor's own cost."""
    moved = [
        posting
        for move in event.moves
        for posting in (
            Posting(Account.BACK, move.principal, move.debtor),
            Posting(Account.OVERPAID, -move.over, move.debtor),
        )
    ]
    return [*moved, Posting(Account.COST, -sum(move.now - move.was for move in event.moves))]


POSTS: Mapping[type[Event], Callable[[Any, Claim], list[Posting]]] = {
    ClaimOpened: _opened,
    PriceClaimed: _price,
    PriceClaimReduced: _price_reduced,
    PaymentPosted: _paid,
    PaymentReversed: _reversed,
    PayDeducted: _from_pay,
    ClaimSetOff: _from_pay,
    ClaimReduced: _forgiven,
    ClaimWrittenOff: _forgiven,
    ExpensesAdded: _expenses,
    OverpaymentReturned: _returned,
    PenaltyAccrued: _interest,
    PenaltyTakenBack: _interest_back,
    ClaimDivided: _divided,
}
"""Entries that move money, with the claim before them; all others post nothing."""

RECEIVABLE = {
    Account.BACK: "principal",
    Account.PENALTY: "penalty",
    Account.EXPENSES: "expenses",
}


def agrees(claim: Claim, found: Iterable[Row]) -> bool:
    """Whether what the claim says is owed is what its ledger says."""
    sums: dict[tuple[Account, Role | None], int] = {}
    for row in found:
        for posting in row.postings:
            key = (posting.account, posting.debtor)
            sums[key] = sums.get(key, 0) + posting.amount
    return all(
        sums.get((account, debt.debtor), 0) == getattr(debt, name)
        for debt in claim.debts
        for account, name in RECEIVABLE.items()
    ) and all(sums.get((Account.OVERPAID, debt.debtor), 0) == -debt.overpaid for debt in claim.debts)
