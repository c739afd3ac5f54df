"""What must be true of the parties of a contract, and of the places that it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract, Parties, State
from contracts.decision import Cure, Occasion, Refusal
from contracts.law import age_on
from contracts.parties import Kind, Memorandum, Preliminary, Role
from contracts.places import Hold, holds, most_at_once
from contracts.registration import OrganisationOver
from contracts.terms import Status, Terms

# Refusals


@dataclass(frozen=True)
class UnknownParty(Refusal):
    """`missing`: which of the parts named in the wish are not there."""

    type = "formation.unknown-party"
    code = "FOR-UNKNOWN"
    cures = (
        Cure(Role.COLLEGE, "register-person", "register-person"),
        Cure(Role.CHAMBER, "register-organisation", "register-organisation"),
    )
    missing: tuple[str, ...]


@dataclass(frozen=True)
class TooYoung(Refusal):
    type = "formation.age"
    code = "FOR-AGE"
    cures = (Cure(Role.STUDENT, "wait-for-age"), Cure(Role.COLLEGE, "trainee-status", "draft"))
    age: int
    least: int


@dataclass(frozen=True)
class NotAdmitted(Refusal):
    type = "formation.admission"
    code = "FOR-ADMISSION"
    cures = (Cure(Role.COLLEGE, "enrol-student", "enrol-student"),)
    college: str


@dataclass(frozen=True)
class NotLicensed(Refusal):
    type = "formation.licence"
    code = "FOR-LICENCE"
    cures = (
        Cure(Role.COLLEGE, "other-specialty", "revise"),
        Cure(Role.CHAMBER, "renewed-licence", "change-licence"),
    )
    specialty: str


@dataclass(frozen=True)
class AnotherActive(Refusal):
    """The student's other period; never the partner's name."""

    type = "formation.one-active"
    code = "FOR-ONE-ACTIVE"
    cures = (Cure(Role.COLLEGE, "end-or-transfer", "withdraw"),)
    from_on: date
    to_on: date


@dataclass(frozen=True)
class NoPlace(Refusal):
    """`of`: mentor or memorandum. On the fullest day `taken` of `places` are held by others."""

    type = "formation.capacity"
    code = "FOR-CAPACITY"
    cures = (Cure(Role.ENTERPRISE, "another-mentor", "revise"), Cure(Role.COLLEGE, "later-term", "revise"))
    of: str
    taken: int
    places: int


@dataclass(frozen=True)
class PreliminaryOver(Refusal):
    type = "formation.year"
    code = "FOR-YEAR"
    cures = (Cure(Role.ENTERPRISE, "new-preliminary", "make-preliminary"),)
    conclude_by: date


@dataclass(frozen=True)
class NumberTaken(Refusal):
    type = "formation.number"
    code = "FOR-NUMBER"
    cures = (Cure(Role.COLLEGE, "other-number", "record-signed"),)


# Rules

KIND_OF = {"college": Kind.COLLEGE, "enterprise": Kind.ENTERPRISE}


def known_parties(occasion: Occasion, **named: bool) -> Iterator[Refusal]:
    """Each part that the wish names must be there, and an organisation of its kind."""
    absent = tuple(part for part, needed in named.items() if needed and not _there(part, occasion))
    if absent:
        yield UnknownParty(absent)
    for found in (occasion.facts.college, occasion.facts.enterprise):
        if found and found.over_on and not found.runs_on(occasion.today):
            yield OrganisationOver(found.over_on)


def _there(part: str, occasion: Occasion) -> bool:
    found = getattr(occasion.facts, part)
    return found is not None and KIND_OF.get(part) in {None, getattr(found, "kind", None)}


def admission(college: str, occasion: Occasion) -> Iterator[Refusal]:
    student = occasion.facts.student
    if student and student.enrolment(college, occasion.today) is None:
        yield NotAdmitted(college)


def age(occasion: Occasion, terms: Terms | None) -> Iterator[Refusal]:
    student = occasion.facts.student
    if student is None or student.record is None:
        return
    rule = occasion.law.rule("formation.age", occasion.today).value
    employee = terms is not None and terms.standing is not None and terms.standing.status is Status.EMPLOYEE
    least = int(rule["employment_years"] if employee else rule["contract_years"])
    on = terms.term.starts_on if terms and terms.term else occasion.today
    if (years := age_on(student.record.born_on, on)) < least:
        yield TooYoung(years, least)


def licence(terms: Terms, occasion: Occasion) -> Iterator[Refusal]:
    college, subject = occasion.facts.college, terms.subject
    if subject is None or college is None:
        return
    if college.licence is None or not college.licence.covers(subject.specialty, occasion.today):
        yield NotLicensed(subject.specialty)


def number_free(occasion: Occasion) -> Iterator[Refusal]:
    if occasion.facts.number_taken:
        yield NumberTaken()


def one_active(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    for hold in holds(contract):
        if hold.kind == "student" and (others := held_by_others(hold, contract, occasion)):
            yield AnotherActive(others[0].from_on, others[0].to_on)


def held_by_others(hold: Hold, contract: Contract, occasion: Occasion) -> tuple[Hold, ...]:
    """Of the contract whose place this one is to take, what was asked for counts: the last day there."""
    others, old = occasion.facts.held_by_others(hold), occasion.facts.contract
    if contract.succession is None or old is None or old.open_move is None:
        return others
    if hold.from_on <= old.open_move.end_on:
        return others
    return tuple(other for other in others if other.contract != old.id)


def promise(preliminary: Preliminary | None, parties: Parties, occasion: Occasion) -> Iterator[Refusal]:
    """A preliminary contract binds those who made it, to its day."""
    if preliminary and (preliminary.student, preliminary.enterprise) != (parties.student, parties.enterprise):
        yield UnknownParty(("preliminary",))
    if preliminary and preliminary.conclude_by and preliminary.conclude_by < occasion.today:
        yield PreliminaryOver(preliminary.conclude_by)


def capacity(contract: Contract, occasion: Occasion) -> Iterator[NoPlace]:
    """Places of the mentor and of the memorandum on the fullest day of the term."""
    for hold in holds(contract):
        for places, others in _places(hold, contract, occasion):
            if (taken := most_at_once(others, hold) if others else 0) >= places:
                yield NoPlace(hold.kind, taken, places)
                break


def _places(hold: Hold, contract: Contract, occasion: Occasion) -> Iterator[tuple[int, tuple[Hold, ...]]]:
    """How many places there are, and what others hold of them: of a memorandum in all, and then of those
    that it keeps for the qualification."""
    facts, others = occasion.facts, held_by_others(hold, contract, occasion)
    mentor = facts.mentor if facts.mentor and hold.key == str(facts.mentor.id) else None
    if mentor and contract.parties and (at := mentor.mentorship(contract.parties.enterprise)):
        yield at.capacity, others
    if hold.kind == "memorandum" and facts.memorandum:
        kept = contract.state is State.SIGNED  # a memorandum that ends takes no place back
        if not kept and not framed(contract, facts.memorandum):
            yield 0, others
            return
        yield facts.memorandum.places, others
        if (quota := facts.memorandum.quota(hold.detail)) is not None:
            yield quota, tuple(each for each in others if each.detail == hold.detail)


def framed(contract: Contract, memorandum: Memorandum) -> bool:
    """Whether it is between these parties, for this qualification, and still holds at the start."""
    parties, subject, term = contract.parties, contract.terms.subject, contract.terms.term
    if parties is None or subject is None or term is None:
        return False
    ends_on = memorandum.ended_on or memorandum.ends_on
    return (
        (memorandum.college, memorandum.enterprise) == (parties.college, parties.enterprise)
        and subject.qualification in memorandum.qualifications
        and (ends_on is None or term.starts_on <= ends_on)
    )
