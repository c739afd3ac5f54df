"""What every wish about a contract is asked first, and the refusals that its phases share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.contract import Contract, State
from contracts.decision import Command, Cure, Occasion, Refusal
from contracts.parties import Role


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


class ContractCommand(Command):
    """A wish about a contract. `states` says in which it may be had."""

    states: ClassVar[frozenset[State]] = frozenset()

    @classmethod
    def fits(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        seen = state.state_on(occasion.today)
        if cls.states and seen not in cls.states:
            yield WrongState(seen, tuple(sorted(cls.states)), state.last_day)
