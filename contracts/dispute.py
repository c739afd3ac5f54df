"""What a dispute is: who against whom, about which points, before whom, by what evidence, and how it ends."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.contract import Parties
from contracts.dossier import Noted
from contracts.parties import References, Role
from contracts.points import Matter, Point


class Phase(StrEnum):
    COMPLAINT = "complaint"
    ANSWERED = "answered"
    MEDIATION = "mediation"
    COMMISSION = "commission"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


OPEN = frozenset(Phase) - {Phase.CLOSED}


class Paper(StrEnum):
    """What a piece of evidence is."""

    DOCUMENT = "document"
    PHOTOGRAPH = "photograph"
    STATEMENT = "statement"
    NOTICE = "notice"
    ENTRY = "entry"


class Bias(StrEnum):
    """Why somebody must not judge."""

    KIN = "kin"
    SUPERIOR = "superior"
    MENTOR = "mentor"
    DECIDED_BEFORE = "decided_before"
    OWN_MONEY = "own_money"


class Finding(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """What a court, or whoever stands in its place, has found of the complaint or of the decision."""

    DISMISSED = "dismissed"
    GRANTED = "granted"
    CHANGED = "changed"


class Closing(StrEnum):
    """Why a dispute is over."""

    FINAL = "final"
    COURT = "court"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Late(StrEnum):
    """For what a time that has passed can be given again."""

    EVIDENCE = "evidence"
    APPEAL = "appeal"


@dataclass(frozen=True)
class Portion:
    """Of what a claim asks, so many percent from this debtor."""

    debtor: Role
    percent: int


@dataclass(frozen=True)
class Asked:
    """What a debtor is asked for. Tiyn."""

    debtor: Role
    amount: int


@dataclass(frozen=True)
class Mediation:
    """`agreed`: which sides want this mediator; it begins with the second."""

    mediator: UUID
    agreed: frozenset[Role]
    ends_by: date | None = None


@dataclass(frozen=True)
class Seat:
    """A member of the commission. `bias`: why the member has stepped back."""

    side: Role
    person: UUID
    bias: Bias | None = None


@dataclass(frozen=True)
class Evidence:
    """`digest`: SHA-256 of the paper. `shows`: commitment of what it shows, in the words of who handed it in.
    `entry`: of the contract's history. The content of a private one is for the commission and its own
    side alone."""

    number: int
    by: Role
    paper: Paper
    digest: str
    shows: str
    on: date
    entry: int | None = None
    private: bool = False


@dataclass(frozen=True)
class Decision:
    """`findings` and `reasons` (commitments), one of each a point. `members`: who sat. `before`: what each
    debtor of the claim was asked for until then."""

    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    shares: tuple[Portion, ...]
    members: tuple[UUID, ...]
    on: date
    appeal_by: date
    copied: bool = False
    before: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Settlement:
    """`terms`: commitment of what is offered. It holds once all of those concerned have agreed to it."""

    by: Role
    terms: str
    text_hash: str
    shares: tuple[Portion, ...]
    agreed: frozenset[Role]


@dataclass(frozen=True)
class Dispute:
    """What its events have made of one dispute so far.

    number    of the contract that it is about
    debtors   of the claim that its points name
    answered  whether the other side has said something, in time or late
    admitted  numbers of the points that it admits, from 1
    mediator  who has mediated
    restored  last days that were given anew
    suspended whether the effects of the decision rest, since it is appealed
    """

    version: int = 0
    id: UUID | None = None
    contract: UUID | None = None
    claim: UUID | None = None
    number: str | None = None
    parties: Parties | None = None
    opened_by: Role | None = None
    against: Role | None = None
    points: tuple[Point, ...] = ()
    debtors: frozenset[Role] = frozenset()
    opened_on: date | None = None
    answer_by: date | None = None
    phase: Phase | None = None
    answered: bool = False
    admitted: tuple[int, ...] = ()
    mediation: Mediation | None = None
    mediator: UUID | None = None
    decide_by: date | None = None
    evidence_by: date | None = None
    seats: tuple[Seat, ...] = ()
    replace_by: date | None = None
    evidence: tuple[Evidence, ...] = ()
    restored: tuple[tuple[Late, date], ...] = ()
    decision: Decision | None = None
    appealed_by: Role | None = None
    suspended: bool = False
    settlement: Settlement | None = None
    closing: Closing | None = None
    verdict: Verdict | None = None
    noted: tuple[Noted, ...] = ()
    closed_on: date | None = None

    @property
    def references(self) -> References:
        found = References(contract=self.contract, claim=self.claim)
        if self.parties is None:
            return found
        return References(
            student=self.parties.student,
            college=self.parties.college,
            enterprise=self.parties.enterprise,
            chamber=self.parties.chamber,
            contract=self.contract,
            claim=self.claim,
        )

    @property
    def sides(self) -> frozenset[Role]:
        return frozenset({role for role in (self.opened_by, self.against) if role})

    @property
    def concerned(self) -> frozenset[Role]:
        """Whom a decision touches: both sides, and who owes a share of the claim."""
        return self.sides | self.debtors

    @property
    def sitting(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.bias is None)

    @property
    def members(self) -> tuple[UUID, ...]:
        return tuple(seat.person for seat in self.sitting)

    @property
    def chair(self) -> UUID | None:
        return next((seat.person for seat in self.sitting if seat.side is Role.CHAMBER), None)

    def seat_of(self, person: UUID | None) -> Seat | None:
        """The last one that the person had."""
        return next((seat for seat in reversed(self.seats) if seat.person == person), None)

    def last_day(self, what: Late, set_: date | None) -> date | None:
        """As it was set, or later where it was given anew."""
        anew = [until for which, until in self.restored if which is what]
        return max([*anew, *([set_] if set_ else [])], default=None)

    @property
    def appeal_by(self) -> date | None:
        return self.last_day(Late.APPEAL, self.decision.appeal_by if self.decision else None)

    @property
    def until(self) -> date | None:
        """The last day of the step in which it is."""
        days = {
            Phase.COMPLAINT: self.answer_by,
            Phase.MEDIATION: self.mediation.ends_by if self.mediation else None,
            Phase.COMMISSION: self.decide_by,
            Phase.DECIDED: self.appeal_by,
        }
        return days.get(self.phase) if self.phase else None

    @property
    def of_the_end(self) -> bool:
        return any(point.matter is Matter.END for point in self.points)


def side_of(role: Role) -> Role:
    """A representative speaks for the student."""
    return Role.STUDENT if role is Role.REPRESENTATIVE else role
