"""Who has a say in another department, and what an answer that comes too late finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.decision import Cure, Occasion, Refusal
from contracts.dossier import Outcome, Relocation
from contracts.parties import Role

WHO = frozenset({Role.STUDENT, Role.ENTERPRISE})
WHO_ANSWERS = WHO | {Role.REPRESENTATIVE, Role.COLLEGE}

# Refusals


@dataclass(frozen=True)
class RelocationAnswered(Refusal):
    type = "department.answered"
    code = "DEP-ANSWERED"
    cures = (
        Cure(Role.ENTERPRISE, "propose-anew", "change-department"),
        Cure(Role.STUDENT, "propose-anew", "change-department"),
    )
    outcome: Outcome
    answer_by: date


@dataclass(frozen=True)
class RelocationNotAsked(Refusal):
    type = "department.not-asked"
    code = "DEP-NOT-ASKED"
    cures = (
        Cure(Role.STUDENT, "party-asked", "answer-department-change"),
        Cure(Role.ENTERPRISE, "party-asked", "answer-department-change"),
    )
    asked: tuple[Role, ...]


# Rules


def still_asked(contract: Contract, relocation: Relocation) -> frozenset[Role]:
    """A representative is asked until the student is of age."""
    return relocation.asked if contract.minor else relocation.asked - {Role.REPRESENTATIVE}


def answerable(contract: Contract, relocation: Relocation | None, occasion: Occasion) -> Iterator[Refusal]:
    asked = still_asked(contract, relocation) if relocation else frozenset()
    if relocation is None or occasion.role not in asked:
        yield RelocationNotAsked(tuple(sorted(asked)))
    elif relocation.outcome:
        yield RelocationAnswered(relocation.outcome, relocation.answer_by)
    elif contract.over(relocation.answer_by, occasion.today):
        yield RelocationAnswered(Outcome.LAPSED, relocation.answer_by)
