"""Commission: as many members for the student as for the enterprise, one of the college, a chair from the
chamber; who has an interest steps back; and the evidence that is laid before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.commission_rules import Conflict, Conflicted, conflict, places, unequal
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.decision import DAY, Decision, Event, Occasion, Refusal
from contracts.dispute import Bias, Dispute, Phase, Seat, side_of
from contracts.dispute_rules import ANY_PARTY, EVERY_SIDE, DisputeCommand, NotSide, counted, moved
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import References, Role
from contracts.values import replace

TOLD = EVERY_SIDE | {Role.REVIEWER}

# Rules


def outlook(dispute: Dispute, law: Law) -> Outlook:
    if dispute.phase is not Phase.COMMISSION or dispute.decide_by is None:
        return Outlook()
    needed = places(law, dispute.decide_by)
    missing = tuple(unequal(dispute, needed))
    chair, until = (Role.CHAMBER,), dispute.decide_by
    due = [Deadline("decide-dispute", chair, until, "court-is-open", "dispute.commission")]
    tasks = [Task("decide-dispute", (Role.REVIEWER,), "decide", until)] if not missing else []
    if dispute.replace_by and missing:
        who = dispute.replace_by
        due.append(Deadline("replace-member", chair, who, "court-is-open", "dispute.replacement"))
        tasks.append(Task("replace-member", chair, "seat-member", who))
    elif missing:
        tasks.append(Task("seat-members", missing, "seat-member"))
    return Outlook(deadlines=tuple(due), tasks=tuple(tasks))


def timers(dispute: Dispute) -> Iterator[Timer]:
    if dispute.phase is Phase.COMMISSION and dispute.decide_by:
        yield Timer("note-undecided", dispute.decide_by + DAY)


# Events


@dataclass(frozen=True)
class Referred(Event):
    type = "dispute.referred"
    stream = "dispute"
    rule = "dispute.commission"
    tells = TOLD
    by: Role
    referred_on: date
    decide_by: date
    evidence_by: date

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.COMMISSION, decide_by=self.decide_by, evidence_by=self.evidence_by)


@dataclass(frozen=True)
class MemberSeated(Event):
    """`by`: who has named the member of that side."""

    type = "dispute.member_seated"
    stream = "dispute"
    rule = "dispute.panel"
    tells = TOLD
    side: Role
    person: UUID
    by: Role

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, seats=(*state.seats, Seat(self.side, self.person)), replace_by=None)


@dataclass(frozen=True)
class MemberRecused(Event):
    """The seat is empty, and the chair fills it by `replace_by`."""

    type = "dispute.member_recused"
    stream = "dispute"
    rule = "dispute.replacement"
    tells = TOLD
    person: UUID
    side: Role
    bias: Bias
    by: Role
    replace_by: date

    def evolve(self, state: Dispute) -> Dispute:
        def without(seat: Seat) -> Seat:
            return replace(seat, bias=self.bias) if seat.person == self.person else seat

        return replace(state, seats=tuple(map(without, state.seats)), replace_by=self.replace_by)


@dataclass(frozen=True)
class Undecided(Event):
    """The commission has let its days pass: the court is open."""

    type = "dispute.undecided"
    stream = "dispute"
    rule = "dispute.commission"
    tells = TOLD
    decide_by: date

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.ANSWERED, decide_by=None, evidence_by=None, replace_by=None)

    @property
    def effective_on(self) -> date:
        return self.decide_by + DAY


# Commands


@dataclass(frozen=True)
class ReferToCommission(DisputeCommand):
    """What the sides have not settled between themselves goes to the commission."""

    type = "refer-to-commission"
    by = ANY_PARTY
    concerned = True
    phases = frozenset({Phase.ANSWERED})

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        today = occasion.today
        decide_by = counted(occasion, "dispute.commission", today)
        evidence_by = counted(occasion, "dispute.evidence", today)
        return moved(state, Referred(side_of(occasion.role), today, decide_by, evidence_by))


@dataclass(frozen=True)
class SeatMember(DisputeCommand):
    """Each side and the college name their own; the chamber the chair, and a seat that was left."""

    type = "seat-member"
    by = EVERY_SIDE
    phases = frozenset({Phase.COMMISSION})
    side: Role
    person: UUID

    def references(self, state: Dispute) -> References:
        return replace(state.references, member=self.person)

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        return Seat(self.side, self.person) in state.sitting

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        own = side_of(occasion.role)
        if own is not Role.CHAMBER and own is not self.side:
            yield NotSide(occasion.role, (self.side, Role.CHAMBER))
        if occasion.facts.member is None:
            yield UnknownParty(("person",))
        elif why := conflict(state, self.person, self.side, occasion):
            yield Conflicted(why, self.side)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        return [MemberSeated(self.side, self.person, side_of(occasion.role))]


@dataclass(frozen=True)
class Recuse(DisputeCommand):
    """A member steps back, or who is concerned says why the member must. Without `member`: oneself."""

    type = "recuse"
    by = ANY_PARTY | {Role.REVIEWER, Role.CHAMBER}
    concerned = True
    phases = frozenset({Phase.COMMISSION})
    bias: Bias
    member: UUID | None = None

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        seat = state.seat_of(self._member(occasion))
        return seat is not None and seat.bias is self.bias

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        seat = state.seat_of(self._member(occasion))
        if occasion.role is Role.REVIEWER and self._member(occasion) != occasion.person:
            seat = None
        if seat is None or seat.bias is not None:
            yield Conflicted(Conflict.RECUSED, seat.side) if seat else Conflicted(Conflict.NOT_SEATED)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        if (seat := state.seat_of(self._member(occasion))) is None:
            raise LookupError("the rules have found the seat")
        until = counted(occasion, "dispute.replacement", occasion.today)
        return [MemberRecused(seat.person, seat.side, self.bias, side_of(occasion.role), until)]

    def _member(self, occasion: Occasion) -> UUID | None:
        return self.member or occasion.person


@dataclass(frozen=True)
class NoteUndecided(DisputeCommand):
    """Issued by the timer when the days of the commission are over."""

    type = "note-undecided"
    by = frozenset({Role.DEADLINE})
    phases = frozenset({Phase.COMMISSION})

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        over = state.phase is Phase.COMMISSION and state.decide_by and state.decide_by < occasion.today
        return not over

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        if state.decide_by is None:
            raise LookupError("a commission has a day by which it decides")
        return moved(state, Undecided(state.decide_by))
