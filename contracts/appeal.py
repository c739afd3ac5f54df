"""Appeal: who is not content with what was decided goes to court, and what that found is recorded; what
nobody contests any more is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.consequences import Timer
from contracts.contract_rules import NotYet
from contracts.decision import DAY, Cure, Decision, Event, Occasion, Refusal
from contracts.dispute import OPEN, Closing, Dispute, Phase, Portion, Verdict, side_of
from contracts.dispute_effects import closed, found_by_court, suspended
from contracts.dispute_rules import (
    ANY_PARTY,
    EVERY_SIDE,
    DisputeCommand,
    NotSide,
    WrongPhase,
    appeal_by,
    moved,
    shared,
)
from contracts.formation_rules import UnknownParty
from contracts.parties import Role
from contracts.values import replace

TOLD = EVERY_SIDE | {Role.REVIEWER}


# Refusals


@dataclass(frozen=True)
class AppealLate(Refusal):
    type = "dispute.appeal-late"
    code = "DIS-APPEAL-LATE"
    cures = (Cure(Role.CHAMBER, "restore-time", "restore-time"),)
    last: date


# Rules


def timers(dispute: Dispute) -> Iterator[Timer]:
    if dispute.phase is Phase.DECIDED and dispute.decision:
        yield Timer("close-dispute", appeal_by(dispute) + DAY)


# Events


@dataclass(frozen=True)
class Appealed(Event):
    """The effects of the decision rest until the court has found."""

    type = "dispute.appealed"
    stream = "dispute"
    rule = "dispute.appeal"
    tells = TOLD
    by: Role
    appealed_on: date

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.APPEALED, appealed_by=self.by, suspended=True)


@dataclass(frozen=True)
class CourtRecorded(Event):
    """`shares`: as the court has set them, where it has changed the decision."""

    type = "dispute.court_recorded"
    stream = "dispute"
    rule = "dispute.court"
    tells = TOLD
    court: str
    number: str
    verdict: Verdict
    found_on: date
    shares: tuple[Portion, ...] = ()

    def evolve(self, state: Dispute) -> Dispute:
        return replace(
            state,
            phase=Phase.CLOSED,
            closing=Closing.COURT,
            verdict=self.verdict,
            suspended=False,
            closed_on=self.found_on,
        )


@dataclass(frozen=True)
class Closed(Event):
    type = "dispute.closed"
    stream = "dispute"
    rule = "dispute.appeal"
    tells = TOLD
    closing: Closing
    closed_on: date

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.CLOSED, closing=self.closing, closed_on=self.closed_on)


# Commands


@dataclass(frozen=True)
class Appeal(DisputeCommand):
    """Whoever is concerned goes to court; what was decided rests until it has found."""

    type = "appeal"
    by = ANY_PARTY
    concerned = True
    phases = frozenset({Phase.DECIDED})

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        return state.phase is Phase.APPEALED and state.appealed_by is side_of(occasion.role)

    @classmethod
    def fits(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        for refusal in super().fits(state, occasion):
            final = isinstance(refusal, WrongPhase) and state.closing is Closing.FINAL
            yield AppealLate(appeal_by(state)) if final else refusal

    @classmethod
    def standing(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if occasion.today > (last := appeal_by(state)):
            yield AppealLate(last)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        appealed = Appealed(side_of(occasion.role), occasion.today)
        return [*moved(state, appealed), *suspended(state, occasion)]


@dataclass(frozen=True)
class RecordCourt(DisputeCommand):
    """What a court, or an inspectorate, has found, by the number and day of its paper."""

    type = "record-court"
    by = ANY_PARTY | {Role.LAWYER}
    concerned = True
    phases = frozenset({Phase.ANSWERED, Phase.APPEALED})
    court: str
    number: str
    verdict: Verdict
    found_on: date
    shares: tuple[Portion, ...] = ()

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if self.found_on > occasion.today:
            yield NotYet(self.found_on, occasion.today)
        if not shared(self.shares, state):
            yield UnknownParty(("debtor",))

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        found = CourtRecorded(self.court, self.number, self.verdict, self.found_on, self.shares)
        return found_by_court(state, found, self.verdict, self.shares, occasion)


@dataclass(frozen=True)
class CloseDispute(DisputeCommand):
    """Who has complained takes it back; or the timer closes what nobody has appealed."""

    type = "close-dispute"
    by = ANY_PARTY | {Role.DEADLINE}
    phases = OPEN

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        if occasion.role is not Role.DEADLINE:
            return state.closing is Closing.WITHDRAWN
        return state.phase is not Phase.DECIDED or appeal_by(state) >= occasion.today

    @classmethod
    def standing(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if occasion.role is Role.DEADLINE:
            return
        if side_of(occasion.role) is not state.opened_by:
            yield NotSide(occasion.role, (state.opened_by,) if state.opened_by else ())
        if state.decision:
            yield WrongPhase(state.phase, tuple(sorted(OPEN - {Phase.DECIDED, Phase.APPEALED})))

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        closing = Closing.FINAL if occasion.role is Role.DEADLINE else Closing.WITHDRAWN
        return closed(state, Closed(closing, occasion.today), closing, occasion)
