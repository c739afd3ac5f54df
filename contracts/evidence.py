"""Evidence: papers by their digest, open or confidential, up to a day; and time that is given anew to who
came late for a good reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.decision import Cure, Decision, Event, Occasion, Refusal, Text
from contracts.dispute import OPEN, Closing, Dispute, Evidence, Late, Paper, Phase, side_of
from contracts.dispute_effects import reopened
from contracts.dispute_rules import (
    ANY_PARTY,
    EVERY_SIDE,
    DisputeCommand,
    WrongPhase,
    moved,
)
from contracts.parties import Role
from contracts.values import replace

TOLD = EVERY_SIDE | {Role.REVIEWER}
RESTORED_IN = {
    Late.EVIDENCE: frozenset({Phase.COMMISSION}),
    Late.APPEAL: frozenset({Phase.DECIDED, Phase.CLOSED}),
}
"""In which step a time can be given anew."""


# Refusals


@dataclass(frozen=True)
class EvidenceLate(Refusal):
    type = "dispute.evidence-late"
    code = "DIS-EVIDENCE-LATE"
    cures = (Cure(Role.CHAMBER, "restore-time", "restore-time"),)
    last: date


# Events


@dataclass(frozen=True)
class EvidenceSubmitted(Event):
    """That it is there, and its digest, all sides see; of what is `private` nobody sees more but the
    commission and whoever handed it in."""

    type = "dispute.evidence_submitted"
    stream = "dispute"
    rule = "dispute.evidence"
    tells = TOLD
    apart = frozenset({"shows"})
    number: int
    by: Role
    paper: Paper
    digest: str
    shows: str
    on: date
    entry: int | None = None
    private: bool = False

    def evolve(self, state: Dispute) -> Dispute:
        item = Evidence(
            self.number, self.by, self.paper, self.digest, self.shows, self.on, self.entry, self.private
        )
        return replace(state, evidence=(*state.evidence, item))


@dataclass(frozen=True)
class TimeRestored(Event):
    """What came late for a good reason may still be done up to `until`. What was final is so no longer."""

    type = "dispute.time_restored"
    stream = "dispute"
    rule = "dispute.late"
    tells = TOLD
    apart = frozenset({"reasons"})
    what: Late
    until: date
    reasons: str

    def evolve(self, state: Dispute) -> Dispute:
        given = replace(state, restored=(*state.restored, (self.what, self.until)))
        if state.phase is not Phase.CLOSED:
            return given
        return replace(given, phase=Phase.DECIDED, closing=None, closed_on=None)


# Commands


@dataclass(frozen=True)
class SubmitEvidence(DisputeCommand):
    """`digest`: SHA-256 of the paper. `shows`: what it shows. `entry`: number in the contract's history."""

    type = "submit-evidence"
    by = ANY_PARTY
    concerned = True
    phases = OPEN - {Phase.DECIDED, Phase.APPEALED}
    paper: Paper
    digest: str
    shows: Text
    entry: int | None = None
    private: bool = False

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        by = side_of(occasion.role)
        return any((item.by, item.digest) == (by, self.digest) for item in state.evidence)

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        last = state.last_day(Late.EVIDENCE, state.evidence_by)
        if state.evidence_by and last and occasion.today > last:
            yield EvidenceLate(last)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        return [
            EvidenceSubmitted(
                len(state.evidence) + 1,
                side_of(occasion.role),
                self.paper,
                self.digest,
                occasion.sealed["shows"],
                occasion.today,
                self.entry,
                self.private,
            )
        ]


@dataclass(frozen=True)
class RestoreTime(DisputeCommand):
    """By the chamber that presides, at the asking of whoever came late: up to `until`."""

    type = "restore-time"
    by = frozenset({Role.CHAMBER})
    phases = RESTORED_IN[Late.EVIDENCE] | RESTORED_IN[Late.APPEAL]
    what: Late
    until: date
    reasons: Text

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        return (self.what, self.until) in state.restored

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        final = state.closing in {None, Closing.FINAL}
        if state.phase not in RESTORED_IN[self.what] or not final:
            yield WrongPhase(state.phase, tuple(sorted(RESTORED_IN[self.what])))

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        restored = TimeRestored(self.what, self.until, occasion.sealed["reasons"])
        if state.phase is Phase.CLOSED:
            return reopened(state, restored, occasion)
        return moved(state, restored) if self.what is Late.APPEAL else [restored]
