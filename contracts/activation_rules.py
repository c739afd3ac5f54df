"""What must be there before a student's first day, and the event by which a contract comes into force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import EVERYBODY, Contract, State
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.parties import Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotBriefed(Refusal):
    type = "formation.briefing"
    code = "FOR-BRIEFING"
    cures = (Cure(Role.ENTERPRISE, "brief", "record-briefing"),)
    starts_on: date


@dataclass(frozen=True)
class NotExamined(Refusal):
    type = "formation.medical"
    code = "FOR-MEDICAL"
    cures = (
        Cure(Role.ENTERPRISE, "examine", "record-fitness"),
        Cure(Role.COLLEGE, "examine", "record-fitness"),
    )
    starts_on: date


@dataclass(frozen=True)
class NotEnrolled(Refusal):
    type = "formation.enrolled"
    code = "FOR-ENROLLED"
    cures = (Cure(Role.COLLEGE, "enrol-student", "enrol-student"),)
    starts_on: date


# Rules


def examined_first(contract: Contract, occasion: Occasion) -> bool:
    """Whether the student must be found fit before the first day."""
    required_of = occasion.law.rule("formation.medical", occasion.today).value["required_of"]
    return required_of == "all" or (required_of == "minors" and contract.minor)


def may_start(contract: Contract, starts_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """Found fit, where that is asked for, and a student of the college on the first day."""
    if contract.fit_on is None and examined_first(contract, occasion):
        yield NotExamined(starts_on)
    student = occasion.facts.student
    college = contract.parties.college if contract.parties else ""
    if student is None or student.enrolment(college, starts_on) is None:
        yield NotEnrolled(starts_on)


# Events


@dataclass(frozen=True)
class Activated(Event):
    type = "contract.activated"
    rule = "formation.briefing"
    tells = EVERYBODY
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.ACTIVE)

    @property
    def effective_on(self) -> date:
        return self.from_on
