"""What every wish about a contract is asked first, and the refusals that its phases share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.contract import Contract, State
from contracts.decision import Command, Cure, Occasion, Refusal
from contracts.parties import Role
from contracts.points import Point
from contracts.terms import ClauseId


@dataclass(frozen=True)
class WrongState(Refusal):
    type = "contract.state"
    code = "GEN-STATE"
    cures = (Cure(Role.COLLEGE, "look-at-state"),)
    state: State | None
    needs: tuple[State, ...]
    last_day: date | None = None


@dataclass(frozen=True)
class NotYet(Refusal):
    type = "contract.not-yet"
    code = "GEN-NOT-YET"
    cures = (Cure(Role.COLLEGE, "wait-for-day"),)
    from_on: date
    today: date


@dataclass(frozen=True)
class Backdated(Refusal):
    type = "amendment.backdated"
    code = "AMD-BACKDATED"
    cures = (
        Cure(Role.COLLEGE, "name-the-day-agreed", "propose-schedule-change"),
        Cure(Role.ENTERPRISE, "name-the-day-agreed", "propose-amendment"),
    )
    from_on: date
    earliest: date


@dataclass(frozen=True)
class Frozen(Refusal):
    """`points`: those of the dispute that are touched. `until`: the last day of the step in which it is. Its
    sides may settle it, the commission decides it."""

    type = "contract.frozen"
    code = "GEN-FROZEN"
    cures = (
        Cure(Role.STUDENT, "settle-dispute", "settle"),
        Cure(Role.ENTERPRISE, "settle-dispute", "settle"),
        Cure(Role.REVIEWER, "decide-dispute", "decide"),
    )
    dispute: UUID
    points: tuple[Point, ...]
    since: date
    until: date | None


def frozen(
    contract: Contract,
    clauses: Iterable[ClauseId] = (),
    entries: Iterable[int] = (),
    end: bool = False,
    claim: UUID | None = None,
) -> Iterator[Frozen]:
    """What is in dispute stays as it is: of these clauses and entries, of the end, of that claim."""
    for dispute in contract.open_disputes:
        if touched := dispute.holds(frozenset(clauses), frozenset(entries), end, claim):
            yield Frozen(dispute.id, touched, dispute.since, dispute.until)


class ContractCommand(Command):
    """A wish about a contract. `states` says in which it may be had. `touches`, `touches_end`: what must not
    be in dispute."""

    states: ClassVar[frozenset[State]] = frozenset()
    touches: ClassVar[frozenset[ClauseId]] = frozenset()
    touches_end: ClassVar[bool] = False

    @classmethod
    def fits(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        seen = state.state_on(occasion.today)
        if cls.states and seen not in cls.states:
            yield WrongState(seen, tuple(sorted(cls.states)), state.last_day)
        elif state.disputes:
            yield from frozen(state, cls.touches, end=cls.touches_end)
