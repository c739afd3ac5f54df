"""How a claim ends: a creditor forgives a part or the rest of it, always two people, and what is settled is
closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.claim import Claim, Debt, Parts, Waiver, owing, with_debt
from contracts.claim_rules import (
    BOTH,
    TOLD,
    ClaimClosedHere,
    ClaimCommand,
    MoreThanOwed,
    SecondPerson,
    after,
    changed,
    debt_of,
    named,
    parts_of,
)
from contracts.consequences import Timer
from contracts.decision import Cure, Decision, Event, Occasion, On, Refusal, Text
from contracts.late_interest import counted
from contracts.parties import Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotSettled(Refusal):
    """Tiyn. Something is owed still, or was paid too much and not returned."""

    type = "claim.balance"
    code = "CLM-BALANCE"
    cures = (
        Cure(Role.ENTERPRISE, "settle-first", "write-off"),
        Cure(Role.COLLEGE, "settle-first", "write-off"),
        Cure(Role.ENTERPRISE, "return-overpaid", "return-overpayment"),
        Cure(Role.COLLEGE, "return-overpaid", "return-overpayment"),
    )
    owed: int
    overpaid: int


# Rules


def timers(claim: Claim) -> Iterator[Timer]:
    """As soon as nothing is owed on any side."""
    if claim.opened_on and claim.moved_on and claim.settled_on is None and not (claim.owed or claim.overpaid):
        yield Timer("close-claim", claim.moved_on)


def owed_today(claim: Claim, debtor: Role | None, occasion: Occasion) -> tuple[list[Event], Debt]:
    """What is owed with today's interest, and the entries that lead there."""
    if (debt := debt_of(claim, debtor, occasion)) is None:
        raise LookupError("the rules have found the debtor")
    interest = [*counted(claim, debt, occasion.law, occasion.today)]
    return interest, owing(after(claim, interest), debt.debtor)


def person_of(occasion: Occasion) -> UUID:
    if occasion.person is None:
        raise LookupError("a person forgives")
    return occasion.person


def same(one: Waiver, other: Waiver) -> bool:
    return one.whole and other.whole if one.whole or other.whole else one.amount == other.amount


def seconded(debt: Debt, wish: Waiver) -> Waiver | None:
    """The same wish of the first person."""
    return debt.waiver if debt.waiver and same(debt.waiver, wish) else None


def by_another(debt: Debt, wish: Waiver) -> Iterator[Refusal]:
    if (first := seconded(debt, wish)) and first.by == wish.by:
        yield SecondPerson(wish.amount)


# Events


@dataclass(frozen=True)
class WaiverProposed(Event):
    """One person of the creditor's wants it; a second one has to. `whole`: all that is owed. Tiyn."""

    type = "claim.waiver_proposed"
    rule = "claim.four-eyes"
    stream = "claim"
    tells = BOTH
    apart = frozenset({"reason"})
    debtor: Role
    person: UUID
    amount: int
    whole: bool
    reason: str | None = None

    def evolve(self, state: Claim) -> Claim:
        return changed(state, self.debtor, waiver=Waiver(self.person, self.amount, self.whole))


@dataclass(frozen=True)
class ClaimReduced(Event):
    """Forgiven in part, by two people (CC 367). Tiyn."""

    type = "claim.reduced"
    rule = "claim.four-eyes"
    stream = "claim"
    tells = TOLD
    debtor: Role
    people: tuple[UUID, UUID]
    amount: int
    on: date
    parts: Parts

    def evolve(self, state: Claim) -> Claim:
        return forgiven(state, self.debtor, self.parts, self.on)


@dataclass(frozen=True)
class ClaimWrittenOff(Event):
    """All that was still owed is forgiven: one entry, never a deletion. Tiyn."""

    type = "claim.written_off"
    rule = "claim.four-eyes"
    stream = "claim"
    tells = TOLD
    debtor: Role
    people: tuple[UUID, UUID]
    amount: int
    on: date
    parts: Parts

    def evolve(self, state: Claim) -> Claim:
        return forgiven(state, self.debtor, self.parts, self.on)


@dataclass(frozen=True)
class ClaimClosed(Event):
    """Nothing is owed on any side."""

    type = "claim.settled"
    rule = "claim.balance"
    stream = "claim"
    tells = TOLD
    on: date

    def evolve(self, state: Claim) -> Claim:
        return replace(state, settled_on=self.on)


def forgiven(claim: Claim, debtor: Role, parts: Parts, on: date) -> Claim:
    return with_debt(claim, replace(owing(claim, debtor).settled(parts, on), waiver=None))


# Commands


@dataclass(frozen=True)
class Waive(ClaimCommand):
    """Forgives a part, in tiyn. One person of the creditor's proposes it, a second one confirms it by wanting
    the same."""

    type = "waive"
    by = BOTH
    creditors = True
    amount: int
    debtor: Role | None = None
    reason: Text | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return self.amount < 1

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)
        if debt_of(state, self.debtor, occasion):
            _, debt = owed_today(state, self.debtor, occasion)
            if self.amount > debt.owed:
                yield MoreThanOwed(self.amount, debt.owed, self.amount - debt.owed)
            yield from by_another(debt, Waiver(person_of(occasion), self.amount, whole=False))

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        interest, debt = owed_today(state, self.debtor, occasion)
        wish = Waiver(person_of(occasion), self.amount, whole=False)
        if (first := seconded(debt, wish)) is None:
            return [WaiverProposed(debt.debtor, wish.by, self.amount, False, occasion.sealed.get("reason"))]
        parts = parts_of(debt, self.amount, occasion.law, occasion.today)
        people = (first.by, wish.by)
        return [*interest, ClaimReduced(debt.debtor, people, self.amount, occasion.today, parts)]


@dataclass(frozen=True)
class WriteOff(ClaimCommand):
    """Forgives all that is still owed. Two people, as for a part."""

    type = "write-off"
    by = BOTH
    creditors = True
    debtor: Role | None = None
    reason: Text | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        debt = debt_of(state, self.debtor, occasion)
        return debt is not None and not debt.owed

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)
        if debt := debt_of(state, self.debtor, occasion):
            yield from by_another(debt, Waiver(person_of(occasion), debt.owed, whole=True))

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        interest, debt = owed_today(state, self.debtor, occasion)
        wish = Waiver(person_of(occasion), debt.owed, whole=True)
        if (first := seconded(debt, wish)) is None:
            return [WaiverProposed(debt.debtor, wish.by, debt.owed, True, occasion.sealed.get("reason"))]
        parts = parts_of(debt, debt.owed, occasion.law, occasion.today)
        people = (first.by, wish.by)
        return [*interest, ClaimWrittenOff(debt.debtor, people, debt.owed, occasion.today, parts)]


@dataclass(frozen=True)
class CloseClaim(ClaimCommand):
    """Issued by the timer once nothing is owed."""

    type = "close-claim"
    by = frozenset({Role.DEADLINE}) | BOTH
    creditors = True

    def already(self, state: Claim, occasion: Occasion) -> bool:
        open_ = bool(state.owed or state.overpaid)
        return state.settled_on is not None or (occasion.role is Role.DEADLINE and open_)

    @classmethod
    def standing(cls, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        if state.owed or state.overpaid:
            yield NotSettled(state.owed, state.overpaid)

    def events(self, state: Claim, occasion: Occasion) -> Decision:
        closed: list[Event | On] = [ClaimClosed(occasion.today)]
        if state.contract and state.id:
            closed.append(On(state.contract, ClaimClosedHere(state.id)))
        return closed
