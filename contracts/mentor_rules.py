"""Who may guide a student: a qualified worker of the enterprise, cleared if the student is a minor, with a
place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import Contract
from contracts.decision import Cure, Occasion, Refusal
from contracts.offer_rules import MentorNotCleared
from contracts.parties import Mentorship, Role
from contracts.places import Hold, holds, most_at_once

ANOTHER = Cure(Role.ENTERPRISE, "choose-mentor", "assign-mentor")

# Refusals


@dataclass(frozen=True)
class MentorFull(Refusal):
    """On the fullest day of the time asked for the mentor has `taken` other students, of `places`."""

    type = "mentor.capacity"
    code = "MEN-CAPACITY"
    cures = (ANOTHER, Cure(Role.ENTERPRISE, "more-students", "register-mentor"))
    taken: int
    places: int


@dataclass(frozen=True)
class NotQualified(Refusal):
    type = "mentor.qualified"
    code = "MEN-QUALIFIED"
    cures = (ANOTHER, Cure(Role.ENTERPRISE, "record-qualification", "register-mentor"))
    specialty: str


@dataclass(frozen=True)
class NotEmployed(Refusal):
    """Of this enterprise, on that day."""

    type = "mentor.employed"
    code = "MEN-EMPLOYED"
    cures = (ANOTHER, Cure(Role.ENTERPRISE, "register-mentor", "register-mentor"))
    from_on: date


# Rules


def fit_to_guide(mentor: UUID, from_on: date, after: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """All that stands between the mentor and this student from that day on. `after`: the contract with
    him."""
    found, parties = occasion.facts.mentor, after.parties
    at = found.mentorship(parties.enterprise) if found and parties else None
    if at is None or at.from_on > from_on:
        yield NotEmployed(from_on)
        return
    specialty = after.terms.subject.specialty if after.terms.subject else None
    if specialty and not at.qualified(specialty):
        yield NotQualified(specialty)
    if after.minor and at.cleared_on is None:
        yield MentorNotCleared()
    yield from room(mentor, at, after, occasion)


def room(mentor: UUID, at: Mentorship, after: Contract, occasion: Occasion) -> Iterator[Refusal]:
    wanted = [hold for hold in holds(after) if (hold.kind, hold.key) == ("mentor", str(mentor))]
    taken = max((_taken(hold, occasion) for hold in wanted), default=0)
    if taken >= at.capacity:
        yield MentorFull(taken, at.capacity)


def _taken(hold: Hold, occasion: Occasion) -> int:
    others = occasion.facts.held_by_others(hold)
    return most_at_once(others, hold) if others else 0
