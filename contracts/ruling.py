"""Ruling: the commission decides with reasons on each point; who is not content goes to court, and what that
found is recorded; what nobody contests any more is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.commission_rules import Conflict, Conflicted, SidesUnequal, places, unequal
from contracts.consequences import Deadline, Outlook, Task
from contracts.decision import Cure, Decision, Event, Occasion, Refusal, Text
from contracts.dispute import Asked, Dispute, Finding, Phase, Portion
from contracts.dispute import Decision as Made
from contracts.dispute_effects import asked_before, divided
from contracts.dispute_rules import (
    EVERY_SIDE,
    DisputeCommand,
    appeal_by,
    counted,
    moved,
    shared,
)
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

TOLD = EVERY_SIDE | {Role.REVIEWER}

# Refusals


@dataclass(frozen=True)
class ReasonsMissing(Refusal):
    """`points`: numbers, from 1, of those on which nothing is found, or no reason is said."""

    type = "dispute.reasons"
    code = "DIS-REASONS"
    cures = (Cure(Role.REVIEWER, "write-reasons", "decide"),)
    points: tuple[int, ...]


# Rules


def outlook(dispute: Dispute, law: Law) -> Outlook:
    decision = dispute.decision
    if dispute.phase is not Phase.DECIDED or decision is None:
        return Outlook()
    who = tuple(sorted(dispute.concerned))
    due = [Deadline("appeal", who, appeal_by(dispute), "decision-is-final", "dispute.appeal")]
    if decision.copied:
        return Outlook(deadlines=tuple(due))
    copy_by = law.end_of(law.rule("dispute.copy", decision.on).value, decision.on).last
    due.append(Deadline("hand-over-copy", (Role.CHAMBER,), copy_by, "sides-may-ask", "dispute.copy"))
    return Outlook(
        deadlines=tuple(due), tasks=(Task("hand-over-copy", (Role.CHAMBER,), "hand-over-copy", copy_by),)
    )


def silent_points(wish: "Decide", dispute: Dispute) -> tuple[int, ...]:
    """Numbers of the points without a finding or a reason; one beyond the last where too much is said."""
    said = min(len(wish.findings), len(wish.reasons))
    numbers = [n for n in range(1, len(dispute.points) + 1) if n > said or not wish.reasons[n - 1].strip()]
    beyond = max(len(wish.findings), len(wish.reasons)) > len(dispute.points)
    return (*numbers, len(dispute.points) + 1) if beyond else tuple(numbers)


# Events


@dataclass(frozen=True)
class Decided(Event):
    """`reasons`: commitments, one of each point. `members`: who sat."""

    type = "dispute.decided"
    stream = "dispute"
    rule = "dispute.reasons"
    tells = TOLD
    apart = frozenset({"reasons"})
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    members: tuple[UUID, ...]
    decided_on: date
    appeal_by: date
    shares: tuple[Portion, ...] = ()
    before: tuple[Asked, ...] = ()

    def evolve(self, state: Dispute) -> Dispute:
        decision = Made(
            self.findings,
            self.reasons,
            self.shares,
            self.members,
            self.decided_on,
            self.appeal_by,
            before=self.before,
        )
        return replace(state, phase=Phase.DECIDED, decision=decision)

    @property
    def effective_on(self) -> date:
        return self.decided_on


@dataclass(frozen=True)
class CopyHandedOver(Event):
    type = "dispute.copy_handed_over"
    stream = "dispute"
    rule = "dispute.copy"
    tells = EVERY_SIDE

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, decision=state.decision and replace(state.decision, copied=True))


# Commands


@dataclass(frozen=True)
class Decide(DisputeCommand):
    """The chair pronounces what all who sit have found: one finding and one reason for each point, in their
    order. `shares`: of a claim, percent by debtor, never more than the whole."""

    type = "decide"
    by = frozenset({Role.REVIEWER})
    phases = frozenset({Phase.COMMISSION})
    findings: tuple[Finding, ...]
    reasons: tuple[Text, ...]
    shares: tuple[Portion, ...] = ()

    @classmethod
    def standing(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        seat = state.seat_of(occasion.person)
        if seat is None or seat.bias:
            yield Conflicted(Conflict.RECUSED if seat else Conflict.NOT_SEATED, seat.side if seat else None)
        elif occasion.person != state.chair:
            yield Conflicted(Conflict.NOT_CHAIR, seat.side)
        if missing := tuple(unequal(state, places(occasion.law, occasion.today))):
            yield SidesUnequal(missing)

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if silent := silent_points(self, state):
            yield ReasonsMissing(silent)
        if not shared(self.shares, state):
            yield UnknownParty(("debtor",))

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        today = occasion.today
        reasons = tuple(occasion.sealed[f"reasons.{n}"] for n in range(len(self.reasons)))
        last = counted(occasion, "dispute.appeal", today)
        before = asked_before(occasion.facts.claim) if self.shares else ()
        decided = Decided(self.findings, reasons, state.members, today, last, self.shares, before)
        return [*moved(state, decided), *divided(state, self.shares, occasion)]


@dataclass(frozen=True)
class HandOverCopy(DisputeCommand):
    """Each side has the decision in writing."""

    type = "hand-over-copy"
    by = frozenset({Role.CHAMBER, Role.REVIEWER})
    phases = frozenset({Phase.DECIDED, Phase.APPEALED, Phase.CLOSED})

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        return state.decision is not None and state.decision.copied

    @classmethod
    def standing(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if occasion.role is Role.REVIEWER and occasion.person not in state.members:
            yield Conflicted(Conflict.NOT_SEATED)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        return [CopyHandedOver()]
