"""Answers to a proposed schedule: each who is asked says yes or no, or the last day passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import IN_FORCE, Contract, with_outcome
from contracts.contract_rules import ContractCommand, frozen
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Agreed, Outcome, Proposal
from contracts.parties import Role
from contracts.schedule_rules import WHO_ANSWERS, AnsweredAlready
from contracts.terms import ClauseId, Schedule, Terms
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotAsked(Refusal):
    type = "schedule.not-asked"
    code = "SCH-NOT-ASKED"
    cures = (Cure(Role.COLLEGE, "party-asked", "answer-schedule-change"),)
    asked: tuple[Role, ...]


@dataclass(frozen=True)
class Superseded(Refusal):
    """`newer`: the proposal that took its place."""

    type = "schedule.superseded"
    code = "SCH-SUPERSEDED"
    cures = (Cure(Role.STUDENT, "answer-newer", "answer-schedule-change"),)
    newer: UUID


# Events


@dataclass(frozen=True)
class ChangeAccepted(Event):
    type = "schedule.change_accepted"
    rule = "schedule.answer"
    apart = frozenset({"proposal", "text_hash"})
    proposal: UUID
    party: Role
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        return replace(
            state,
            proposals=tuple(
                replace(p, accepted=p.accepted | {self.party}) if p.id == self.proposal else p
                for p in state.proposals
            ),
        )


@dataclass(frozen=True)
class ChangeAgreed(Event):
    """Every one who was asked has agreed to the same text. It holds from `from_on`."""

    type = "schedule.change_agreed"
    rule = "schedule.answer"
    tells = WHO_ANSWERS | {Role.MENTOR}
    apart = frozenset({"proposal", "text_hash"})
    waits = True
    proposal: UUID
    schedule: Schedule
    from_on: date
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, schedule=self.schedule))

    def announce(self, state: Contract) -> Contract:
        closed = with_outcome(state, self.proposal, Outcome.AGREED)
        change = Agreed(self.from_on, Terms(schedule=self.schedule))
        return replace(closed, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class ChangeDeclined(Event):
    type = "schedule.change_declined"
    rule = "schedule.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "reason"})
    proposal: UUID
    party: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return with_outcome(state, self.proposal, Outcome.DECLINED, declined_by=self.party)


@dataclass(frozen=True)
class ChangeLapsed(Event):
    type = "schedule.change_lapsed"
    rule = "schedule.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal"})
    proposal: UUID
    answer_by: date
    missing: tuple[Role, ...]

    def evolve(self, state: Contract) -> Contract:
        return with_outcome(state, self.proposal, Outcome.LAPSED)

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


def agreed(proposal: Proposal) -> ChangeAgreed:
    return ChangeAgreed(proposal.id, proposal.schedule, proposal.from_on, proposal.text_hash)


# Commands


@dataclass(frozen=True)
class AnswerScheduleChange(ContractCommand):
    type = "answer-schedule-change"
    by = WHO_ANSWERS
    states = IN_FORCE
    proposal: UUID
    accept: bool
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        if (found := state.proposal(self.proposal)) is None:
            return False
        if self.accept:
            return occasion.role in found.accepted and found.outcome in {None, Outcome.AGREED}
        return found.declined_by is occasion.role

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = state.proposal(self.proposal)
        if found is None or occasion.role not in state.asked:
            yield NotAsked(tuple(sorted(state.asked)))
        elif found.superseded_by:
            yield Superseded(found.superseded_by)
        elif found.outcome:
            yield AnsweredAlready(found.outcome, found.answer_by)
        elif state.over(found.answer_by, occasion.today):
            yield AnsweredAlready(Outcome.LAPSED, found.answer_by)
        elif self.accept:
            yield from frozen(state, {ClauseId.SCHEDULE})

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = state.proposal(self.proposal)
        if found is None:
            raise LookupError("the rules have found the proposal")
        if not self.accept:
            return [ChangeDeclined(found.id, occasion.role, occasion.sealed.get("reason"))]
        accepted = ChangeAccepted(found.id, occasion.role, found.text_hash)
        if state.asked - found.accepted - {occasion.role}:
            return [accepted]
        return [accepted, agreed(found)]


@dataclass(frozen=True)
class LapseScheduleChange(ContractCommand):
    """Issued by the timer when the last day to answer is over. Where a representative's answer alone was
    missing and the student has come of age since, all who are asked have agreed."""

    type = "lapse-schedule-change"
    by = frozenset({Role.DEADLINE})
    lapses = True
    states = IN_FORCE
    proposal: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = state.proposal(self.proposal)
        return found is None or bool(found.outcome) or not state.over(found.answer_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = state.proposal(self.proposal)
        if found is None:
            raise LookupError("a timer names a proposal of its contract")
        if missing := tuple(sorted(state.asked - found.accepted)):
            return [ChangeLapsed(found.id, found.answer_by, missing)]
        return [agreed(found)]
