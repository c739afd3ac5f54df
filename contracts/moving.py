"""What a contract keeps of a transfer: where the student is to go, who has let go, and what goes along."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.dossier import Outcome
from contracts.parties import Role
from contracts.values import replace


class Destination(StrEnum):
    """What changes for the student by a transfer."""

    COLLEGE = "college"
    ENTERPRISE = "enterprise"
    SPECIALTY = "specialty"
    DEPARTMENT = "department"


LEFT = {Destination.COLLEGE: Role.COLLEGE, Destination.ENTERPRISE: Role.ENTERPRISE}
"""The party that a student leaves; where none is left, the contract goes on with an addendum."""


@dataclass(frozen=True)
class Difference:
    """What the receiving college asks to be made up for: modules by their codes, and hours."""

    modules: tuple[str, ...]
    hours: int


@dataclass(frozen=True)
class Carried:
    """Practice that counts on in the next contract: days and minutes, for this qualification."""

    days: int
    minutes: int
    qualification: str | None = None

    def __add__(self, other: "Carried") -> "Carried":
        return Carried(self.days + other.days, self.minutes + other.minutes, self.qualification)


@dataclass(frozen=True)
class Move:
    """A transfer that somebody asked for. `outcome` is None while it is open.

    receiver          BIN of the side to which the student is to go
    end_on, start_on  the last day here and the first day there
    answer_by         until when the party that is left may answer
    silence_releases  whether its silence lets the student go (clause C-TRANSFER)
    deemed_on         the day from which its silence counted as release
    successor         the contract that is to take the place of this one
    closed_on         the legal day on which it came to an end
    """

    id: UUID
    kind: Destination
    by: Role
    receiver: str
    end_on: date
    start_on: date
    answer_by: date
    requested_on: date
    silence_releases: bool = False
    accepted: frozenset[Role] = frozenset()
    deemed_on: date | None = None
    escalated: bool = False
    difference: Difference | None = None
    successor: UUID | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None

    @property
    def left(self) -> Role:
        return LEFT[self.kind]

    @property
    def waits_for(self) -> frozenset[Role]:
        """Who has yet to let the student go."""
        return frozenset() if self.deemed_on else frozenset({self.left}) - self.accepted


@dataclass(frozen=True)
class Succession:
    """Whose place a contract takes, and, once it has, what was carried over from there."""

    predecessor: UUID
    carried: Carried | None = None


def changed(moves: tuple[Move, ...], id_: UUID, **how: Any) -> tuple[Move, ...]:
    return tuple(replace(move, **how) if move.id == id_ else move for move in moves)
