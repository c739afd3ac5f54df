"""Answer to a complaint: the other side admits or contests each point; silence contests them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.decision import DAY, Decision, Event, Occasion, Refusal, Text
from contracts.dispute import Dispute, Phase, side_of
from contracts.dispute_rules import (
    ANY_PARTY,
    DisputeCommand,
    NotSide,
    PointMissing,
    WrongPhase,
    moved,
)
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

TOLD = ANY_PARTY | {Role.CHAMBER}
ANSWERABLE = frozenset({Phase.COMPLAINT, Phase.ANSWERED})


# Rules


def outlook(dispute: Dispute, law: Law) -> Outlook:
    """The other side has to answer; silence contests every point."""
    if dispute.phase is not Phase.COMPLAINT or dispute.answer_by is None or dispute.against is None:
        return Outlook()
    name, who, until = "answer-complaint", (dispute.against,), dispute.answer_by
    return Outlook(
        deadlines=(Deadline(name, who, until, "points-contested", "dispute.answer"),),
        tasks=(Task(name, who, "answer-complaint", until),),
        stays=("pay-goes-on", "study-goes-on"),
    )


def timers(dispute: Dispute) -> Iterator[Timer]:
    if dispute.phase is Phase.COMPLAINT and dispute.answer_by:
        yield Timer("note-silence", dispute.answer_by + DAY)


# Events


@dataclass(frozen=True)
class Answered(Event):
    """`admits`: numbers of the points that the other side grants; all others are contested. What comes `late`
    is kept, and its points stay contested."""

    type = "dispute.answered"
    stream = "dispute"
    rule = "dispute.answer"
    tells = TOLD
    apart = frozenset({"answer"})
    by: Role
    admits: tuple[int, ...]
    answer: str | None = None
    late: bool = False

    def evolve(self, state: Dispute) -> Dispute:
        admitted = () if self.late else self.admits
        return replace(state, phase=Phase.ANSWERED, answered=True, admitted=admitted)


@dataclass(frozen=True)
class Silent(Event):
    """Nobody has answered in time: every point is contested."""

    type = "dispute.silent"
    stream = "dispute"
    rule = "dispute.answer"
    tells = TOLD
    answer_by: date

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.ANSWERED)

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


# Commands


@dataclass(frozen=True)
class AnswerComplaint(DisputeCommand):
    """`admits`: numbers of the points that are granted, from 1; all others are contested."""

    type = "answer-complaint"
    by = ANY_PARTY
    sides = True
    phases = ANSWERABLE
    admits: tuple[int, ...] = ()
    answer: Text | None = None

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if side_of(occasion.role) is not state.against:
            yield NotSide(occasion.role, (state.against,) if state.against else ())
        if state.answered:
            yield WrongPhase(state.phase, (Phase.COMPLAINT,))
        lost = tuple(number for number in self.admits if not 0 < number <= len(state.points))
        if lost:
            yield PointMissing(lost)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        late = state.answer_by is not None and occasion.today > state.answer_by
        admits = tuple(sorted(set(self.admits)))
        return moved(state, Answered(occasion.role, admits, occasion.sealed.get("answer"), late))


@dataclass(frozen=True)
class NoteSilence(DisputeCommand):
    """Issued by the timer when the last day to answer is over."""

    type = "note-silence"
    by = frozenset({Role.DEADLINE})
    phases = frozenset({Phase.COMPLAINT})

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        waits = state.phase is Phase.COMPLAINT and state.answer_by and state.answer_by < occasion.today
        return not waits

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        if state.answer_by is None:
            raise LookupError("a complaint has a day by which it is answered")
        return moved(state, Silent(state.answer_by))
