"""Who may sit in a commission, and when it is complete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.decision import Cure, Occasion, Refusal
from contracts.dispute import Dispute
from contracts.law import Law
from contracts.parties import Role

SIDES = (Role.STUDENT, Role.ENTERPRISE, Role.COLLEGE, Role.CHAMBER)
"""The seat of the chamber is the chair."""


class Conflict(StrEnum):
    """Why somebody may not sit, or may not decide."""

    NOT_SEATED = "not_seated"
    RECUSED = "recused"
    NOT_CHAIR = "not_chair"
    SEAT_TAKEN = "seat_taken"
    OTHER_SIDE = "other_side"
    PARTY = "party"
    MENTOR = "mentor"
    MEDIATOR = "mediator"


# Refusals


@dataclass(frozen=True)
class Conflicted(Refusal):
    """`side`: whose seat it is about."""

    type = "dispute.conflict"
    code = "DIS-CONFLICT"
    cures = (Cure(Role.CHAMBER, "replace-member", "seat-member"),)
    why: Conflict
    side: Role | None = None


@dataclass(frozen=True)
class SidesUnequal(Refusal):
    """`missing`: whose seats are not filled as they must be."""

    type = "dispute.quorum"
    code = "DIS-QUORUM"
    cures = (
        Cure(Role.CHAMBER, "seat-missing", "seat-member"),
        Cure(Role.STUDENT, "seat-missing", "seat-member"),
        Cure(Role.ENTERPRISE, "seat-missing", "seat-member"),
    )
    missing: tuple[Role, ...]


# Rules


def places(law: Law, on: date) -> Mapping[Role, int]:
    """How many seats each side has."""
    value = law.rule("dispute.panel", on).value
    return {side: int(value[side]) for side in SIDES}


def unequal(dispute: Dispute, needed: Mapping[Role, int]) -> Iterator[Role]:
    """The sides whose seats are not filled as they must be."""
    for side, number in needed.items():
        if sum(1 for seat in dispute.sitting if seat.side is side) != number:
            yield side


def conflict(dispute: Dispute, person: UUID, side: Role, occasion: Occasion) -> Conflict | None:
    """Why this person may not take a seat of that side."""
    facts, seat = occasion.facts, dispute.seat_of(person)
    if seat:
        return Conflict.RECUSED if seat.bias else Conflict.OTHER_SIDE
    if places_left(dispute, side, occasion.law, occasion.today) < 1:
        return Conflict.SEAT_TAKEN
    if dispute.mediator == person:
        return Conflict.MEDIATOR
    student, contract = facts.student, facts.contract
    if student and person in {student.id, *(each.representative for each in student.guardianships)}:
        return Conflict.PARTY
    if contract and contract.references.mentor == person:
        return Conflict.MENTOR
    return _of_another(person, side, occasion)


def _of_another(person: UUID, side: Role, occasion: Occasion) -> Conflict | None:
    """Who acts for one party sits for no other, and takes no chair."""
    facts = occasion.facts
    organisations = {Role.COLLEGE: facts.college, Role.ENTERPRISE: facts.enterprise}
    of = {role for role, found in organisations.items() if found and found.mandate(person)}
    return Conflict.OTHER_SIDE if of - {side} else None


def places_left(dispute: Dispute, side: Role, law: Law, on: date) -> int:
    """Seats of that side that nobody has."""
    taken = sum(1 for seat in dispute.sitting if seat.side is side)
    return places(law, on).get(side, 0) - taken
