"""Answers to a proposed department: each who is asked says yes or no, or the last day passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracts.contract import IN_FORCE, Contract
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Event, Occasion, Refusal, Text
from contracts.department_rules import WHO_ANSWERS, answerable, still_asked
from contracts.dossier import Agreed, Outcome, Relocation
from contracts.parties import Role
from contracts.terms import Terms, Workplace
from contracts.values import replace

TELLS = WHO_ANSWERS | {Role.MENTOR}

# Rules


def changed(contract: Contract, proposal: UUID, **changes: Any) -> Contract:
    relocations = tuple(
        replace(relocation, **changes) if relocation.id == proposal else relocation
        for relocation in contract.relocations
    )
    return replace(contract, relocations=relocations)


def known(contract: Contract, proposal: UUID) -> Relocation:
    if (relocation := contract.relocation(proposal)) is None:
        raise LookupError("the rules have found the proposal")
    return relocation


# Events


@dataclass(frozen=True)
class RelocationAccepted(Event):
    type = "department.change_accepted"
    rule = "department.answer"
    apart = frozenset({"proposal", "text_hash"})
    proposal: UUID
    party: Role
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        relocation = state.relocation(self.proposal)
        return (
            changed(state, self.proposal, accepted=relocation.accepted | {self.party})
            if relocation
            else state
        )


@dataclass(frozen=True)
class RelocationAgreed(Event):
    """Every one who was asked has agreed to the same text. It holds from `from_on`."""

    type = "department.change_agreed"
    rule = "department.answer"
    tells = TELLS
    apart = frozenset({"proposal", "text_hash"})
    waits = True
    proposal: UUID
    workplace: Workplace
    from_on: date
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, workplace=self.workplace))

    def announce(self, state: Contract) -> Contract:
        closed = changed(state, self.proposal, outcome=Outcome.AGREED)
        change = Agreed(self.from_on, Terms(workplace=self.workplace))
        return replace(closed, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class RelocationDeclined(Event):
    type = "department.change_declined"
    rule = "department.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "reason"})
    proposal: UUID
    party: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return changed(state, self.proposal, outcome=Outcome.DECLINED, declined_by=self.party)


@dataclass(frozen=True)
class RelocationLapsed(Event):
    type = "department.change_lapsed"
    rule = "department.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal"})
    proposal: UUID
    answer_by: date
    missing: tuple[Role, ...]

    def evolve(self, state: Contract) -> Contract:
        return changed(state, self.proposal, outcome=Outcome.LAPSED)

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


def agreed(relocation: Relocation) -> RelocationAgreed:
    return RelocationAgreed(relocation.id, relocation.workplace, relocation.from_on, relocation.text_hash)


# Commands


@dataclass(frozen=True)
class AnswerDepartmentChange(ContractCommand):
    type = "answer-department-change"
    by = WHO_ANSWERS
    states = IN_FORCE
    proposal: UUID
    accept: bool
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        if (relocation := state.relocation(self.proposal)) is None:
            return False
        if self.accept:
            return occasion.role in relocation.accepted and relocation.outcome in {None, Outcome.AGREED}
        return relocation.declined_by is occasion.role

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from answerable(state, state.relocation(self.proposal), occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        relocation = known(state, self.proposal)
        if not self.accept:
            return [RelocationDeclined(relocation.id, occasion.role, occasion.sealed.get("reason"))]
        accepted = RelocationAccepted(relocation.id, occasion.role, relocation.text_hash)
        if still_asked(state, relocation) - relocation.accepted - {occasion.role}:
            return [accepted]
        return [accepted, agreed(relocation)]


@dataclass(frozen=True)
class LapseDepartmentChange(ContractCommand):
    """Issued by the timer when the last day to answer is over. Where a representative's answer alone was
    missing and the student has come of age since, all who are asked have agreed."""

    type = "lapse-department-change"
    by = frozenset({Role.DEADLINE})
    lapses = True
    states = IN_FORCE
    proposal: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        relocation = state.relocation(self.proposal)
        if relocation is None or relocation.outcome is not None:
            return True
        return not state.over(relocation.answer_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        relocation = known(state, self.proposal)
        if missing := tuple(sorted(still_asked(state, relocation) - relocation.accepted)):
            return [RelocationLapsed(relocation.id, relocation.answer_by, missing)]
        return [agreed(relocation)]
