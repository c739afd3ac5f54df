"""What a contract is: the Contract that a decision sees, its states and parties."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from contracts.account import NOTHING_CLAIMED, Account
from contracts.dossier import (
    Agreed,
    Amendment,
    Correction,
    CureDemand,
    End,
    MutualEnd,
    Noted,
    Outcome,
    Payment,
    Proposal,
    Relocation,
    Resting,
    Signature,
    Suspension,
)
from contracts.moving import Move, Succession
from contracts.parties import References, Role
from contracts.points import Disputed
from contracts.results import Results
from contracts.terms import NOTHING_AGREED, OnTerm, Schedule, Terms, revised
from contracts.training_record import NOTHING_KEPT, Training
from contracts.values import replace


class State(StrEnum):
    DRAFT = "draft"
    OFFERED = "offered"
    SIGNING = "signing"
    SIGNED = "signed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDING = "ending"
    COMPLETING = "completing"
    COMPLETED = "completed"
    ENDED = "ended"
    REFUSED = "refused"
    LAPSED = "lapsed"


OUT_FOR_SIGNING = frozenset({State.OFFERED, State.SIGNING})
IN_FORCE = frozenset({State.ACTIVE, State.SUSPENDED, State.ENDING, State.COMPLETING})
LIVES = frozenset({State.ACTIVE, State.SUSPENDED, State.COMPLETING})
"""In force, and no last day is set."""
PARTIES = frozenset({Role.STUDENT, Role.COLLEGE, Role.ENTERPRISE})
NO_RESULTS = Results()
EVERYBODY = PARTIES | {Role.REPRESENTATIVE, Role.MENTOR, Role.CHAMBER}


class Route(StrEnum):
    """Who came first: the college's place or, as in the German model, the enterprise's."""

    COLLEGE_FIRST = "college_first"
    ENTERPRISE_FIRST = "enterprise_first"


@dataclass(frozen=True)
class Parties:
    """The student by person id, the organisations by BIN, and the chamber that observes."""

    student: UUID
    college: str
    enterprise: str
    chamber: str | None = None


@dataclass(frozen=True)
class Contract:
    """What its events have made of one contract so far. Nothing is known before the first event.

    terms      as the newest change leaves them, even one whose day is still to come: see terms_on
    agreed     the terms that were signed, then each change of clauses
    end_on     the last day, once a notice, an agreement or an order has set one
    withdrawal_consents  grounds and last days to which a representative has agreed
    mediators_asked  by whom, and on which day
    moves      transfers that were asked for, oldest first
    succession  whose place it takes; None: nobody's
    """

    version: int = 0
    id: UUID | None = None
    state: State | None = None
    number: str | None = None
    route: Route = Route.COLLEGE_FIRST
    parties: Parties | None = None
    drafted_by: Role | None = None
    memorandum: UUID | None = None
    preliminary: UUID | None = None
    terms: Terms = NOTHING_AGREED
    minor: bool = False
    text_hash: str | None = None
    nonce: str | None = None
    form: str | None = None
    student_record: str | None = None
    offered_by: Role | None = None
    sign_by: date | None = None
    signatures: tuple[Signature, ...] = ()
    consents: tuple[UUID, ...] = ()
    concluded_on: date | None = None
    briefed_on: date | None = None
    fit_on: date | None = None
    agreed: tuple[Agreed, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    mutual_ends: tuple[MutualEnd, ...] = ()
    cure_demands: tuple[CureDemand, ...] = ()
    force_majeure_on: date | None = None
    withdrawal_consents: tuple[tuple[str, date], ...] = ()
    end_on: date | None = None
    end: End | None = None
    certificate_issued: bool = False
    returned_by: frozenset[Role] = frozenset()
    payments: tuple[Payment, ...] = ()
    noted: tuple[Noted, ...] = ()
    disputes: tuple[Disputed, ...] = ()
    mediators_asked: tuple[tuple[Role, date], ...] = ()
    moves: tuple[Move, ...] = ()
    succession: Succession | None = None
    suspensions: tuple[Suspension, ...] = ()
    results: Results = NO_RESULTS
    training: Training = NOTHING_KEPT
    relocations: tuple[Relocation, ...] = ()
    account: Account = NOTHING_CLAIMED
    corrections: tuple[Correction, ...] = ()

    @property
    def references(self) -> References:
        if self.parties is None:
            return References()
        mentor = self.terms.mentor
        return References(
            student=self.parties.student,
            mentor=mentor.person if mentor else None,
            college=self.parties.college,
            enterprise=self.parties.enterprise,
            memorandum=self.memorandum,
            preliminary=self.preliminary,
            contract=self.succession.predecessor if self.succession else None,
            successor=self.open_move.successor if self.open_move else None,
        )

    @property
    def signed_by(self) -> frozenset[Role]:
        return frozenset(signature.party for signature in self.signatures)

    def given_and_missing(self) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Who has signed or consented to the text that is offered, and who of those asked has not."""
        given = self.signed_by | (frozenset({Role.REPRESENTATIVE}) if self.consents else frozenset())
        return tuple(sorted(given)), tuple(sorted(self.asked - given))

    @property
    def open_proposal(self) -> Proposal | None:
        return next((proposal for proposal in self.proposals if proposal.outcome is None), None)

    def proposal(self, id_: UUID) -> Proposal | None:
        return next((proposal for proposal in self.proposals if proposal.id == id_), None)

    @property
    def open_mutual_end(self) -> MutualEnd | None:
        return next((end for end in self.mutual_ends if end.outcome is None), None)

    @property
    def open_move(self) -> Move | None:
        return next((move for move in self.moves if move.outcome is None), None)

    @property
    def moved(self) -> Move | None:
        """The transfer by which the student has left, or will on a day that is set."""
        return next((move for move in self.moves if move.outcome is Outcome.AGREED), None)

    @property
    def open_relocation(self) -> Relocation | None:
        return next((relocation for relocation in self.relocations if relocation.outcome is None), None)

    def relocation(self, id_: UUID) -> Relocation | None:
        return next((relocation for relocation in self.relocations if relocation.id == id_), None)

    def paid(self, month: str | None) -> bool:
        return any(payment.month == month for payment in self.payments)

    @property
    def open_disputes(self) -> tuple[Disputed, ...]:
        return tuple(dispute for dispute in self.disputes if not dispute.closed)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as far as is known: a suspension that goes on moves the term by its
        planned days."""
        if self.end_on or self.terms.term is None:
            return self.end_on
        resting = self.open_suspension
        moved = resting.planned_days if resting and self.moves_term(resting) else 0
        return self.terms.term.ends_on + timedelta(moved)

    @property
    def open_suspension(self) -> Suspension | None:
        """The one from which nobody is back yet, also one that is still to come."""
        return next((each for each in self.suspensions if each.back_on is None), None)

    def moves_term(self, suspension: Suspension) -> bool:
        """Unless the contract says that a suspension leaves the last day where it is."""
        agreed = self.terms_on(suspension.from_on).suspension
        return agreed is None or agreed.term is OnTerm.MOVES

    def suspended_on(self, day: date) -> Suspension | None:
        return next((each for each in self.suspensions if each.covers(day)), None)

    def rests_on(self, what: Resting, day: date) -> bool:
        return any(what in each.rests for each in self.suspensions if each.covers(day))

    def days_rested(self, what: Resting, first: date, last: date) -> int:
        """Of the days from one to the other, both included, those on which it rests."""
        resting = (each for each in self.suspensions if what in each.rests)
        spans = (
            (max(first, each.from_on), min(last, each.back_on - timedelta(1)) if each.back_on else last)
            for each in resting
        )
        return sum(max(0, (end - start).days + 1) for start, end in spans)

    def frozen(self, answer_by: date) -> int | None:
        """Days that are left for an answer that was due that day, counted from the return; None: it runs."""
        resting = self.open_suspension
        if resting is None or Resting.ANSWERS not in resting.rests or answer_by < resting.from_on:
            return None
        return (answer_by - resting.from_on).days + 1

    def over(self, answer_by: date, day: date) -> bool:
        """Whether the time for an answer is over on that day."""
        return answer_by < day and self.frozen(answer_by) is None

    @property
    def asked(self) -> frozenset[Role]:
        """Whose agreement a material change needs (class A of the clause register)."""
        return PARTIES | {Role.REPRESENTATIVE} if self.minor else PARTIES

    def state_on(self, day: date) -> State | None:
        """The state as that day sees it: it counts by first and last day, not by when they were recorded."""
        if self.end_on and self.state in IN_FORCE | {State.ENDED} and day > self.end_on:
            return State.ENDED
        if self.end_on and self.state is State.ENDED:
            return State.ENDING
        starts_on = self.terms.term.starts_on if self.terms.term else None
        if self.state in IN_FORCE and starts_on and day < starts_on:
            return State.SIGNED
        return State.SUSPENDED if self.state in LIVES and self.suspended_on(day) else self.state

    def terms_on(self, day: date) -> Terms:
        """Those that hold that day: every change whose day has come, of one day the last agreed. Before any
        is signed, the draft's."""
        if not self.agreed:
            return self.terms
        terms = NOTHING_AGREED
        for change in sorted((a for a in self.agreed if a.from_on <= day), key=lambda a: a.from_on):
            terms = revised(terms, change.terms, change.removed)
        return terms

    def schedule_on(self, day: date) -> Schedule | None:
        return self.terms_on(day).schedule


def with_outcome(
    contract: Contract,
    proposal: UUID,
    outcome: Outcome,
    superseded_by: UUID | None = None,
    declined_by: Role | None = None,
) -> Contract:
    def ended(found: Proposal) -> Proposal:
        return replace(found, outcome=outcome, superseded_by=superseded_by, declined_by=declined_by)

    return replace(contract, proposals=tuple(ended(p) if p.id == proposal else p for p in contract.proposals))
