"""Payments on a claim: what arrived settles costs, then interest, then the claim itself; what the bank takes
back is reversed and never edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.arithmetic import late_interest
from contracts.claim import Claim, Debt, Parts, Settlement, Way, owing, with_debt, with_settlement
from contracts.claim_rules import (
    BOTH,
    TOLD,
    ClaimCommand,
    ClaimReopenedHere,
    MoreThanOwed,
    NotSoFarBack,
    after,
    changed,
    debt_of,
    named,
    parts_of,
)
from contracts.contract_rules import NotYet
from contracts.decision import DAY, Cure, Decision, Event, Occasion, On, Refusal, Text
from contracts.formation_rules import UnknownParty
from contracts.late_interest import counted, counted_at, weight
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class ReversedAlready(Refusal):
    """The payment of that day was taken back before. Tiyn."""

    type = "claim.reversed"
    code = "CLM-REVERSED"
    cures = (
        Cure(Role.ENTERPRISE, "look-at-ledger", "post-payment"),
        Cure(Role.COLLEGE, "look-at-ledger", "post-payment"),
    )
    on: date
    amount: int


# Rules


def with_interest(claim: Claim, debt: Debt, occasion: Occasion, on: date) -> tuple[list[Event], Debt]:
    """What is owed on that day, and the entries that lead there."""
    interest = [*counted_at(claim, debt, occasion.law, on)]
    return interest, owing(after(claim, interest), debt.debtor)


def dated(claim: Claim, debt: Debt, on: date, occasion: Occasion) -> Iterator[Refusal]:
    if on > occasion.today:
        yield NotYet(on, occasion.today)
    earliest = max(debt.changed_on, claim.opened_on or debt.changed_on)
    if on < earliest:
        yield NotSoFarBack(on, earliest)


def interest_since(found: Settlement, debt: Debt, law: Law) -> int:
    """On the principal that the payment had settled, for the late days since that are counted already."""
    first = max(found.on + DAY, debt.late_from)
    if debt.rests or first > debt.counted_to:
        return 0
    late = weight(debt, law, first, debt.counted_to)
    return late_interest(found.parts.principal, late.whole, late.year_days)


# Events


@dataclass(frozen=True)
class PaymentPosted(Event):
    """What arrived on that day, and what it settles. Tiyn. `document`: its number at the bank."""

    type = "claim.payment_posted"
    rule = "claim.order"
    stream = "claim"
    tells = TOLD
    apart = frozenset({"payment"})
    payment: UUID
    debtor: Role
    amount: int
    on: date
    parts: Parts
    document: str | None = None

    def evolve(self, state: Claim) -> Claim:
        made = Settlement(self.payment, self.debtor, Way.PAYMENT, self.on, self.parts)
        return with_settlement(state, made)

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class PaymentReversed(Event):
    """It never came, or went back: the entry stays, and this one names it. `interest` for the days since, on
    what is owed again; `returned`: what was given back as over-paid out of it. Tiyn."""

    type = "claim.payment_reversed"
    rule = "claim.reversed"
    stream = "claim"
    tells = TOLD
    apart = frozenset({"payment", "reason"})
    payment: UUID
    debtor: Role
    on: date
    parts: Parts
    interest: int = 0
    returned: int = 0
    reason: str | None = None

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, self.debtor).settled(self.parts, self.on, sign=-1)
        debt = replace(
            debt,
            overpaid=debt.overpaid + self.returned,
            expenses=debt.expenses + self.returned,
            penalty=debt.penalty + self.interest,
        )
        settlements = tuple(
            replace(each, reversed=True) if each.id == self.payment else each for each in state.settlements
        )
        return replace(with_debt(state, debt), settlements=settlements, settled_on=None)


@dataclass(frozen=True)
class ExpensesAdded(Event):
    """What collecting it has cost the creditor, such as a court fee. Tiyn."""

    type = "claim.expenses_added"
    rule = "claim.order"
    stream = "claim"
    tells = TOLD
    debtor: Role
    amount: int
    document: str
    on: date

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, self.debtor)
        return changed(state, self.debtor, expenses=debt.expenses + self.amount)


@dataclass(frozen=True)
class OverpaymentReturned(Event):
    type = "claim.overpayment_returned"
    rule = "claim.overpaid"
    stream = "claim"
    tells = TOLD
    debtor: Role
    amount: int
    on: date

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, self.debtor)
        return changed(state, self.debtor, overpaid=debt.overpaid - self.amount)

    @property
    def effective_on(self) -> date:
        return self.on


# Commands


@dataclass(frozen=True)
class PostPayment(ClaimCommand):
    """Money has arrived. Tiyn. More than is owed is posted only where that is said: `overpaid`."""

    type = "post-payment"
    by = BOTH
    creditors = True
    amount: int
    on: date
    debtor: Role | None = None
    overpaid: bool = False
    document: str | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return self.amount < 1

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)
        if (debt := debt_of(state, self.debtor, occasion)) is None:
            return
        if wrong := [*dated(state, debt, self.on, occasion)]:
            yield from wrong
            return
        _, debt = with_interest(state, debt, occasion, self.on)
        if self.amount > debt.owed and not self.overpaid:
            yield MoreThanOwed(self.amount, debt.owed, self.amount - debt.owed)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        if (debt := debt_of(state, self.debtor, occasion)) is None:
            raise LookupError("the rules have found the debtor")
        interest, debt = with_interest(state, debt, occasion, self.on)
        parts = parts_of(debt, self.amount, occasion.law, self.on)
        posted = PaymentPosted(occasion.fresh, debt.debtor, self.amount, self.on, parts, self.document)
        return [*interest, posted]


@dataclass(frozen=True)
class ReversePayment(ClaimCommand):
    type = "reverse-payment"
    by = BOTH
    creditors = True
    reopens = True
    payment: UUID
    reason: Text | None = None

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        found = state.settlement(self.payment)
        if found is None or found.way is Way.SET_OFF:
            yield UnknownParty(("payment",))
        elif found.reversed:
            yield ReversedAlready(found.on, found.parts.whole)

    def events(self, state: Claim, occasion: Occasion) -> Decision:
        if (found := state.settlement(self.payment)) is None:
            raise LookupError("the rules have found the payment")
        debt = owing(state, found.debtor)
        interest = [*counted(state, debt, occasion.law, occasion.today)]
        back = PaymentReversed(
            found.id,
            found.debtor,
            occasion.today,
            found.parts,
            interest=interest_since(found, owing(after(state, interest), found.debtor), occasion.law),
            returned=max(0, found.parts.over - debt.overpaid),
            reason=occasion.sealed.get("reason"),
        )
        events: list[Event | On] = [*interest, back]
        if state.settled_on and state.contract and state.id:
            events.append(On(state.contract, ClaimReopenedHere(state.id)))
        return events


@dataclass(frozen=True)
class AddExpenses(ClaimCommand):
    """What collecting has cost, by a document. Tiyn."""

    type = "add-expenses"
    by = BOTH
    creditors = True
    collects = True
    amount: int
    document: str
    debtor: Role | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return self.amount < 1

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        if (debt := debt_of(state, self.debtor, occasion)) is None:
            raise LookupError("the rules have found the debtor")
        return [ExpensesAdded(debt.debtor, self.amount, self.document, occasion.today)]


@dataclass(frozen=True)
class ReturnOverpayment(ClaimCommand):
    """What was paid too much has gone back to the debtor."""

    type = "return-overpayment"
    by = BOTH
    creditors = True
    debtor: Role | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        debt = debt_of(state, self.debtor, occasion)
        return debt is not None and not debt.overpaid

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        if (debt := debt_of(state, self.debtor, occasion)) is None:
            raise LookupError("the rules have found the debtor")
        return [OverpaymentReturned(debt.debtor, debt.overpaid, occasion.today)]
