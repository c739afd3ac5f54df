"""Answers to a proposed correction by a second person, and what those do who acted on the wrong record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.consequences import Outlook, Task, Timer
from contracts.contract import EVERYBODY, Contract
from contracts.contract_rules import ContractCommand, frozen
from contracts.corrected import closed, onwards
from contracts.correction_rules import Answered, approvers, past_of, second, the, waiting
from contracts.decision import Event, Occasion, Refusal, Text
from contracts.dossier import Correction, Outcome
from contracts.formation_rules import number_free, one_active
from contracts.law import Law
from contracts.parties import References, Role
from contracts.righting import Ahead, made
from contracts.terms import differing
from contracts.values import replace

# Rules


def ahead(occasion: Occasion) -> Ahead:
    def timers(state: Contract, written_on: date) -> tuple[Timer, ...]:
        return occasion.outlook(state, occasion.law, occasion.adult_on, written_on).timers

    return timers


def in_dispute(before: Contract, entry: int, after: Contract) -> Iterator[Refusal]:
    """What the correction would change: the entry, the clauses, the end."""
    clauses = [clause.id for clause in differing(before.terms, after.terms)]
    end = (before.end_on, before.end) != (after.end_on, after.end)
    yield from frozen(before, clauses, {entry}, end)


def unanswered(contract: Contract) -> Iterator[Refusal]:
    """Some correction waits for an answer."""
    if all(each.outcome for each in contract.corrections):
        yield Answered(contract.corrections[-1].outcome if contract.corrections else None)


def outlook(contract: Contract, law: Law) -> Outlook:
    return Outlook(tasks=tuple(task for each in contract.corrections for task in _tasks(each, law)))


def _tasks(each: Correction, law: Law) -> Iterator[Task]:
    if each.outcome is None:
        yield Task("approve-correction", approvers(each, law, each.on), "approve-correction", ref=each.id)
    if each.to_follow:
        yield Task("follow-correction", tuple(sorted(each.to_follow)), "follow-correction", ref=each.id)


# Events


@dataclass(frozen=True)
class CorrectionRejected(Event):
    """The record stands as it is."""

    type = "correction.rejected"
    rule = "correction.four-eyes"
    apart = frozenset({"correction", "reason"})
    correction: UUID
    entry: int
    by: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return closed(state, self.correction, Outcome.DECLINED)


@dataclass(frozen=True)
class CorrectionFollowed(Event):
    """A side has put right what it had done by the wrong record."""

    type = "correction.followed"
    rule = "correction.four-eyes"
    tells = frozenset({Role.COLLEGE})
    apart = frozenset({"correction"})
    correction: UUID
    entry: int
    by: Role

    def evolve(self, state: Contract) -> Contract:
        def followed(each: Correction) -> Correction:
            left = each.to_follow - {self.by}
            return replace(each, to_follow=left) if each.id == self.correction else each

        return replace(state, corrections=tuple(map(followed, state.corrections)))


# Commands


@dataclass(frozen=True)
class ApproveCorrection(ContractCommand):
    """By a second person. What follows is worked out anew from the history as it should have been."""

    type = "approve-correction"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.LAWYER})
    correction: UUID

    def looks_back(self, state: Contract) -> int | None:
        found = waiting(state, self.correction)
        return found.entry if found else None

    def references(self, state: Contract) -> References:
        """With the student who takes the place of a wrong one, whose other contracts count then; with the
        number that takes the place of another."""
        found = waiting(state, self.correction)
        if found is None or found.right is None:
            return state.references
        if found.field == "parties.student":
            return replace(state.references, student=UUID(found.right))
        return replace(state.references, number=found.right if found.field == "number" else None)

    @classmethod
    def fits(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from unanswered(state)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = the(state, self.correction)
        return found is not None and found.outcome is Outcome.AGREED

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from second(state, self.correction, occasion)
        if found := waiting(state, self.correction):
            past = past_of(occasion)
            event = made(past, found, occasion.role, ahead(occasion))
            after = onwards(past.events, [event], state, past.begun)
            yield from in_dispute(state, found.entry, after)
            yield from one_active(after, occasion)
            if after.number != state.number:
                yield from number_free(occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := waiting(state, self.correction)) is None:
            raise LookupError("the rules have found the correction")
        return [made(past_of(occasion), found, occasion.role, ahead(occasion))]


@dataclass(frozen=True)
class RejectCorrection(ContractCommand):
    """The record was right. By a second person too."""

    type = "reject-correction"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.LAWYER})
    correction: UUID
    reason: Text | None = None

    @classmethod
    def fits(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from unanswered(state)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = the(state, self.correction)
        return found is not None and found.outcome is Outcome.DECLINED

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from second(state, self.correction, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := waiting(state, self.correction)) is None:
            raise LookupError("the rules have found the correction")
        return [CorrectionRejected(found.id, found.entry, occasion.role, occasion.sealed.get("reason"))]


@dataclass(frozen=True)
class FollowCorrection(ContractCommand):
    """Says that what the caller's side did by the wrong record is put right."""

    type = "follow-correction"
    by = EVERYBODY
    correction: UUID

    @classmethod
    def fits(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not any(occasion.role in each.to_follow for each in state.corrections):
            yield Answered(None)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = the(state, self.correction)
        return found is not None and found.outcome is Outcome.AGREED and occasion.role not in found.to_follow

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = the(state, self.correction)
        if found is None or occasion.role not in found.to_follow:
            yield Answered(found.outcome if found else None)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := the(state, self.correction)) is None:
            raise LookupError("the rules have found the correction")
        return [CorrectionFollowed(found.id, found.entry, occasion.role)]
