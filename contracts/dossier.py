"""What a contract keeps of what happened to it: signatures, proposals, payments, demands, its end."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.parties import Role
from contracts.terms import ClauseId, Schedule, Terms, Workplace, filled


class Outcome(StrEnum):
    """How a proposal ended."""

    AGREED = "agreed"
    DECLINED = "declined"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


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
class Amendment:
    """Other clauses from a day on, proposed to those who are `asked`; or a notice of them, to which they may
    object by `answer_by`. `outcome` is None while it is open."""

    id: UUID
    by: Role
    changes: Terms
    removed: tuple[ClauseId, ...]
    from_on: date
    answer_by: date
    text_hash: str
    asked: frozenset[Role]
    notice: bool = False
    agreed_on: date | None = None
    accepted: frozenset[Role] = frozenset()
    outcome: Outcome | None = None
    declined_by: Role | None = None

    @property
    def clauses(self) -> frozenset[ClauseId]:
        return frozenset(filled(self.changes)) | frozenset(self.removed)


@dataclass(frozen=True)
class Relocation:
    """Another department that somebody proposed. `asked`: who has to agree. `outcome` is None while it is
    open."""

    id: UUID
    by: Role
    workplace: Workplace
    from_on: date
    answer_by: date
    text_hash: str
    asked: frozenset[Role]
    accepted: frozenset[Role] = frozenset()
    outcome: Outcome | None = None
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
    """A breach that `against` was asked to cure by a day. `cured_on`: from when who demanded it holds it
    to be cured."""

    by: Role
    against: Role
    cure_by: date
    cured_on: date | None = None


class Note(StrEnum):
    """What is recorded of a deadline besides how it ended."""

    REMINDED = "reminded"
    MISSED = "missed"


@dataclass(frozen=True)
class Noted:
    """Of the deadline of that name and reference whose last day is `on`. Another day is another deadline.
    `version`: of the entry that says so."""

    what: Note
    deadline: str
    on: date
    ref: UUID | None = None
    version: int = field(default=0, compare=False)


def as_seen_at(version: int, now: int, noted: tuple[Noted, ...]) -> bool:
    """Whether nothing has happened after that version up to `now`, but that somebody was reminded or late."""
    return {*range(version + 1, now + 1)} <= {note.version for note in noted}


class Resting(StrEnum):
    """What rests while a contract does."""

    ANSWERS = "answers"
    PAY = "pay"
    INSTALMENTS = "instalments"


@dataclass(frozen=True)
class Suspension:
    """A time for which the contract rests, from `from_on`.

    to_on      its planned last day
    return_by  the last day on which the return can be recorded without having been missed
    place_to   the last day on which the mentor's place is kept, where it is freed before the return
    protects   illness, leave, pregnancy: as which it keeps others from ending the contract
    counted    whether its days count against the balance of leave
    back_on    the first day after it; None: nobody is back yet
    """

    ground: str
    from_on: date
    to_on: date
    return_by: date
    place_to: date | None
    rests: frozenset[Resting]
    protects: frozenset[str]
    counted: bool
    back_on: date | None = None
    missed: bool = False

    def covers(self, day: date) -> bool:
        """It goes on until the return is recorded, whatever was planned."""
        return self.from_on <= day and (self.back_on is None or day < self.back_on)

    @property
    def planned_days(self) -> int:
        """Days from the first to the planned last one, both counted."""
        return (self.to_on - self.from_on).days + 1


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
