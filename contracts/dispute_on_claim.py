"""What a dispute does to the claim that its points name: nothing is collected while it is open, interest of
those days does not count, and what is decided of its shares is carried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.arithmetic import shares
from contracts.claim import Claim, owing, with_debt
from contracts.claim_rules import ClaimContested
from contracts.decision import DAY, Event, Occasion
from contracts.dispute import Portion
from contracts.late_interest import counted
from contracts.parties import Role
from contracts.values import replace

WHOLE = 100
"""Percent."""

TOLD = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE})


@dataclass(frozen=True)
class Moved:
    """What a debtor was asked for, and is from now on. Tiyn. `principal`, `over`: by how much what is owed,
    and what was paid too much, become more."""

    debtor: Role
    was: int
    now: int
    principal: int
    over: int


# Rules


def contested(claim: Claim, dispute: UUID, by: Role, occasion: Occasion) -> list[Event]:
    """Interest is counted up to the day before; the debtor who complains contests."""
    debt = claim.debt(by)
    return [
        *_interest(claim, occasion, occasion.today - DAY),
        *([ClaimContested(by, debt.asked)] if debt and debt.answer is None else []),
        ClaimDisputed(dispute),
    ]


def freed(claim: Claim, dispute: UUID, occasion: Occasion) -> list[Event]:
    """The days of the dispute are passed over, this one included; from tomorrow on interest runs again."""
    last_one = claim.disputes <= {dispute}
    free = _interest(claim, occasion, occasion.today) if last_one else ()
    return [*free, ClaimUndisputed(dispute)]


def _interest(claim: Claim, occasion: Occasion, upto: date) -> Iterator[Event]:
    for debt in claim.debts:
        yield from counted(claim, debt, occasion.law, upto)


def in_portions(claim: Claim, dispute: UUID, portions: Sequence[Portion], on: date) -> list[Event]:
    """So many percent of the claim from each; the organisation bears the odd tiyn. What is taken off all
    together is not owed any more."""
    percents = [(each.debtor, each.percent) for each in portions if each.percent]
    whole = claim.sum * sum(percent for _, percent in percents) // WHOLE
    found = shares(whole, percents) if percents else {}
    return _moves(claim, dispute, {each.debtor: found.get(each.debtor, 0) for each in portions}, on)


def given_back(claim: Claim, dispute: UUID, was: Sequence[tuple[Role, int]], on: date) -> list[Event]:
    """As it was asked before it was divided."""
    return _moves(claim, dispute, dict(was), on)


def _moves(claim: Claim, dispute: UUID, asked: dict[Role, int], on: date) -> list[Event]:
    moves = tuple(_moved(claim, debtor, now) for debtor, now in asked.items())
    moves = tuple(move for move in moves if move.was != move.now)
    return [ClaimDivided(dispute, on, moves)] if moves else []


def _moved(claim: Claim, debtor: Role, now: int) -> Moved:
    """What was paid already counts for the new share; what is beyond it was paid too much."""
    debt = owing(claim, debtor)
    more = now - debt.asked
    over = -min(debt.overpaid, more) if more > 0 else max(0, -more - debt.principal)
    return Moved(debtor, debt.asked, now, more + over, over)


# Events


@dataclass(frozen=True)
class ClaimDisputed(Event):
    """Nothing is collected from now on; what is paid freely counts."""

    type = "claim.dispute_opened"
    stream = "claim"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID

    def evolve(self, state: Claim) -> Claim:
        return replace(state, disputes=state.disputes | {self.dispute})


@dataclass(frozen=True)
class ClaimUndisputed(Event):
    type = "claim.dispute_closed"
    stream = "claim"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID

    def evolve(self, state: Claim) -> Claim:
        return replace(state, disputes=state.disputes - {self.dispute})


@dataclass(frozen=True)
class ClaimDivided(Event):
    """Shared anew among its debtors, as was decided or settled in this dispute, from that day on. Tiyn."""

    type = "claim.divided"
    stream = "claim"
    rule = "dispute.reasons"
    tells = TOLD
    apart = frozenset({"dispute"})
    dispute: UUID
    on: date
    moves: tuple[Moved, ...]

    def evolve(self, state: Claim) -> Claim:
        for move in self.moves:
            debt = owing(state, move.debtor)
            moved = replace(debt, asked=move.now, overpaid=debt.overpaid + move.over)
            state = with_debt(state, moved.with_principal(debt.principal + move.principal, self.on))
        return replace(state, suspended=False)

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class DivisionSuspended(Event):
    """It is before a court: it stays written, and has no effect until the court has found."""

    type = "claim.division_suspended"
    stream = "claim"
    rule = "dispute.appeal"
    apart = frozenset({"dispute"})
    dispute: UUID

    def evolve(self, state: Claim) -> Claim:
        return replace(state, suspended=True)


@dataclass(frozen=True)
class DivisionResumed(Event):
    """The court has left it: it holds from the day from which it was decided."""

    type = "claim.division_resumed"
    stream = "claim"
    rule = "dispute.court"
    tells = TOLD
    apart = frozenset({"dispute"})
    dispute: UUID
    from_on: date

    def evolve(self, state: Claim) -> Claim:
        return replace(state, suspended=False)

    @property
    def effective_on(self) -> date:
        return self.from_on
