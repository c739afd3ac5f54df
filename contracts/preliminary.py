"""Preliminary contract: an enterprise and a student promise each other to conclude (CC 390)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, Refusal
from contracts.formation_rules import PreliminaryOver, age, known_parties
from contracts.parties import Preliminary, References, Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class MainTermsMissing(Refusal):
    type = "formation.main-terms"
    code = "FOR-MAIN-TERMS"
    cures = (Cure(Role.ENTERPRISE, "complete-preliminary", "make-preliminary"),)
    missing: tuple[str, ...]


# Events


@dataclass(frozen=True)
class PreliminaryAgreed(Event):
    type = "formation.preliminary_agreed"
    stream = "preliminary"
    enterprise: str
    student: UUID
    specialty: str
    conclude_by: date
    college: str | None = None

    def evolve(self, state: Preliminary) -> Preliminary:
        return replace(
            state,
            enterprise=self.enterprise,
            student=self.student,
            specialty=self.specialty,
            college=self.college,
            conclude_by=self.conclude_by,
        )


# Commands


@dataclass(frozen=True)
class MakePreliminary(Command):
    """An enterprise and a student promise to conclude a contract. Without a day: within a year (CC 390)."""

    type = "make-preliminary"
    stream = "preliminary"
    begins = True
    by = frozenset({Role.ENTERPRISE})
    enterprise: str
    student: UUID
    specialty: str
    college: str | None = None
    conclude_by: date | None = None

    def references(self, state: Preliminary) -> References:
        return References(student=self.student, enterprise=self.enterprise)

    def already(self, state: Preliminary, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Preliminary, occasion: Occasion) -> Iterator[Refusal]:
        if not self.specialty.strip():
            yield MainTermsMissing(("specialty",))
        latest = occasion.law.end_of(
            occasion.law.rule("formation.year", occasion.today).value, occasion.today
        )
        if self.conclude_by and not occasion.today <= self.conclude_by <= latest.last:
            yield PreliminaryOver(latest.last)
        yield from known_parties(occasion, student=True, enterprise=True)
        yield from age(occasion, None)

    def events(self, state: Preliminary, occasion: Occasion) -> list[Event]:
        law, today = occasion.law, occasion.today
        conclude_by = self.conclude_by or law.end_of(law.rule("formation.year", today).value, today).last
        return [PreliminaryAgreed(self.enterprise, self.student, self.specialty, conclude_by, self.college)]
