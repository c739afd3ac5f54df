"""Who has a say in another department, and what an answer that comes too late finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.decision import Cure, Occasion, Refusal
from contracts.dossier import Move, Outcome
from contracts.parties import Role

WHO = frozenset({Role.STUDENT, Role.ENTERPRISE})
WHO_ANSWERS = WHO | {Role.REPRESENTATIVE, Role.COLLEGE}

# Refusals


@dataclass(frozen=True)
class MoveAnswered(Refusal):
    type = "department.answered"
    code = "DEP-ANSWERED"
    cures = (
        Cure(Role.ENTERPRISE, "propose-anew", "change-department"),
        Cure(Role.STUDENT, "propose-anew", "change-department"),
    )
    outcome: Outcome
    answer_by: date


@dataclass(frozen=True)
class MoveNotAsked(Refusal):
    type = "department.not-asked"
    code = "DEP-NOT-ASKED"
    cures = (
        Cure(Role.STUDENT, "party-asked", "answer-department-change"),
        Cure(Role.ENTERPRISE, "party-asked", "answer-department-change"),
    )
    asked: tuple[Role, ...]


# Rules


def still_asked(contract: Contract, move: Move) -> frozenset[Role]:
    """A representative is asked until the student is of age."""
    return move.asked if contract.minor else move.asked - {Role.REPRESENTATIVE}


def answerable(contract: Contract, move: Move | None, occasion: Occasion) -> Iterator[Refusal]:
    asked = still_asked(contract, move) if move else frozenset()
    if move is None or occasion.role not in asked:
        yield MoveNotAsked(tuple(sorted(asked)))
    elif move.outcome:
        yield MoveAnswered(move.outcome, move.answer_by)
    elif move.answer_by < occasion.today:
        yield MoveAnswered(Outcome.LAPSED, move.answer_by)
