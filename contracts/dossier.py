"""What a contract keeps of what happened to it: signatures, proposals, payments, demands, its end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.parties import Role
from contracts.terms import ClauseId, Schedule, Terms


class Outcome(StrEnum):
    """How a proposal ended."""

    AGREED = "agreed"
    DECLINED = "declined"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Agreed:
    """Clauses that hold from a day on, and those that fall away then: what was signed, or a later change."""

    from_on: date
    terms: Terms
    removed: tuple[ClauseId, ...] = ()


@dataclass(frozen=True)
class Signature:
    party: Role
    person: UUID
    text_hash: str
    means: str


@dataclass(frozen=True)
class Proposal:
    """A change of the schedule that somebody proposed. `outcome` is None while it is open."""

    id: UUID
    by: Role
    schedule: Schedule
    from_on: date
    answer_by: date
    text_hash: str
    agreed_on: date | None = None
    accepted: frozenset[Role] = frozenset()
    outcome: Outcome | None = None
    superseded_by: UUID | None = None
    declined_by: Role | None = None


@dataclass(frozen=True)
class MutualEnd:
    """An end that all are asked to agree to. `outcome` is None while it is open."""

    id: UUID
    by: Role
    end_on: date
    answer_by: date
    text_hash: str
    accepted: frozenset[Role] = frozenset()
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Payment:
    """What was paid for a month, as 2027-01. Tiyn."""

    month: str
    amount: int


@dataclass(frozen=True)
class CureDemand:
    """A breach that `against` was asked to cure by a day."""

    by: Role
    against: Role
    cure_by: date


@dataclass(frozen=True)
class Correction:
    """What somebody says our record should have said. `field` None: the entry should not stand at all.
    `outcome` None: a second person has not answered yet. `to_follow`: sides that have to put right what they
    did by the wrong record."""

    id: UUID
    entry: int
    of: str
    by: Role
    person: UUID
    on: date
    field: str | None = None
    right: str | None = None
    outcome: Outcome | None = None
    to_follow: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class End:
    """Why and by whom the contract ends. `revocable`: a notice can be taken back until its last day.
    `known_on`: the legal day on which the end was recorded."""

    initiator: Role
    ground: str
    received_on: date
    known_on: date
    revocable: bool = False
