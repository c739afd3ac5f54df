"""The ledger of a claim: every entry as postings, in double entry: debits equal credits at any moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from contracts.claim import Claim, Parts, Settlement
from contracts.decision import Event
from contracts.late_interest import PenaltyAccrued, PenaltyTakenBack
from contracts.law import Law
from contracts.parties import Role
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
    for entry in entries:
        if posts := POSTS.get(type(entry.event)):
            postings = tuple(posting for posting in posts(entry.event) if posting.amount)
            if postings:
                found.append(Row(entry.version, entry.event.type, holds_from(entry, law), postings))
    return tuple(found)


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


def _opened(event: ClaimOpened) -> list[Posting]:
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


def _paid(event: PaymentPosted) -> list[Posting]:
    return [Posting(Account.CASH, event.amount), *_settled(event.parts, event.debtor)]


def _reversed(event: PaymentReversed) -> list[Posting]:
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


def _from_pay(event: PayDeducted | ClaimSetOff) -> list[Posting]:
    return [Posting(Account.PAY, event.amount), *_settled(event.parts, event.debtor)]


def _forgiven(event: ClaimReduced | ClaimWrittenOff) -> list[Posting]:
    return [Posting(Account.FORGIVEN, event.amount), *_settled(event.parts, event.debtor)]


def _expenses(event: ExpensesAdded) -> list[Posting]:
    return [Posting(Account.EXPENSES, event.amount, event.debtor), Posting(Account.CASH, -event.amount)]


def _returned(event: OverpaymentReturned) -> list[Posting]:
    return [Posting(Account.OVERPAID, event.amount, event.debtor), Posting(Account.CASH, -event.amount)]


def _interest(event: PenaltyAccrued) -> list[Posting]:
    return [Posting(Account.PENALTY, event.amount, event.debtor), Posting(Account.INTEREST, -event.amount)]


def _interest_back(event: PenaltyTakenBack) -> list[Posting]:
    return [Posting(Account.PENALTY, -event.amount, event.debtor), Posting(Account.INTEREST, event.amount)]


POSTS: Mapping[type[Event], Callable[[Any], list[Posting]]] = {
    ClaimOpened: _opened,
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
}
"""Entries that move money; all others post nothing."""

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


def payments(claim: Claim) -> tuple[Settlement, ...]:
    """What was paid and not taken back."""
    return tuple(each for each in claim.settlements if not each.reversed)
