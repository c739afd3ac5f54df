"""What must be true of the parties and of the text before it is offered to all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from contracts.contract import Contract, State
from contracts.decision import Cure, Occasion, Refusal
from contracts.law import age_on
from contracts.parties import Claim, Memorandum, Preliminary, Role, most_at_once
from contracts.places import claims
from contracts.schedule_rules import in_itself, over_limit
from contracts.terms import HiringKind, PayKind, Status, Terms
from contracts.week import least_hours

REVISE = (Cure(Role.COLLEGE, "revise-clauses", "revise"), Cure(Role.ENTERPRISE, "revise-clauses", "revise"))

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
    cures = (Cure(Role.COLLEGE, "other-specialty", "revise"),)
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
class OfferBound(Refusal):
    type = "formation.offer-bound"
    code = "FOR-OFFER-BOUND"
    cures = (Cure(Role.STUDENT, "refuse-to-sign", "refuse-to-sign"),)
    clauses: tuple[str, ...]
    sign_by: date | None


@dataclass(frozen=True)
class Incomplete(Refusal):
    type = "formation.incomplete"
    code = "FOR-INCOMPLETE"
    cures = REVISE
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ShareTooSmall(Refusal):
    """`enterprise_hours` x 100 is less than `total_hours` x `percent`."""

    type = "formation.practice-share"
    code = "FOR-SHARE"
    cures = REVISE
    enterprise_hours: int
    total_hours: int
    percent: int
    needed_hours: int


@dataclass(frozen=True)
class WeekTooLongForAge(Refusal):
    type = "formation.hours-age"
    code = "FOR-HOURS-AGE"
    cures = REVISE
    hours: int
    limit: int
    until: date | None


@dataclass(frozen=True)
class WageWithoutEmployment(Refusal):
    type = "formation.pay-kind"
    code = "FOR-PAY-KIND"
    cures = REVISE
    kind: PayKind
    status: Status


@dataclass(frozen=True)
class VoidClause(Refusal):
    type = "formation.void-clause"
    code = "FOR-VOID-CLAUSE"
    cures = REVISE
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class NoMentor(Refusal):
    type = "formation.mentor"
    code = "FOR-MENTOR"
    cures = (Cure(Role.ENTERPRISE, "register-mentor", "register-mentor"),)
    from_on: date


@dataclass(frozen=True)
class MentorNotCleared(Refusal):
    type = "mentor.clearance"
    code = "MEN-CLEARANCE"
    cures = (Cure(Role.ENTERPRISE, "mentor-certificate", "register-mentor"),)


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


# Rules


def known_parties(occasion: Occasion, **named: bool) -> Iterator[Refusal]:
    """Each part that the wish names must be there."""
    absent = tuple(part for part, needed in named.items() if needed and getattr(occasion.facts, part) is None)
    if absent:
        yield UnknownParty(absent)


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


def one_active(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    for claim in claims(contract):
        if claim.kind == "student" and (others := occasion.facts.held_by_others(claim)):
            yield AnotherActive(others[0].from_on, others[0].to_on)


def promise(preliminary: Preliminary | None, occasion: Occasion) -> Iterator[Refusal]:
    """A preliminary contract binds to its day."""
    if preliminary and preliminary.conclude_by and preliminary.conclude_by < occasion.today:
        yield PreliminaryOver(preliminary.conclude_by)


def taken_back(was: Contract, now: Terms) -> list[str]:
    """Clauses that would become worse for the student."""
    ranks = list(HiringKind)
    pay = (was.terms.compensation.monthly if was.terms.compensation else 0) > (
        now.compensation.monthly if now.compensation else 0
    )
    hiring = (ranks.index(was.terms.hiring.kind) if was.terms.hiring else 0) > (
        ranks.index(now.hiring.kind) if now.hiring else 0
    )
    owed = (was.terms.reimbursement.cap if was.terms.reimbursement else 0) < (
        now.reimbursement.cap if now.reimbursement else 0
    )
    worse = (("C-COMPENSATION", pay), ("C-HIRING", hiring), ("C-REIMBURSE", owed))
    return [clause for clause, is_worse in worse if is_worse]


def fit_to_offer(contract: Contract, empty: tuple[str, ...], occasion: Occasion) -> Iterator[Refusal]:
    """All that stands in the way of offering this text. `empty`: required clauses without a value."""
    terms = contract.terms
    if empty:
        yield Incomplete(empty)
    yield from practice_share(terms, occasion)
    if terms.schedule and terms.term:
        yield from in_itself(terms.schedule, contract, occasion, terms.term.starts_on)
        if limit := over_limit(terms.schedule, occasion, terms.term.starts_on):
            yield WeekTooLongForAge(*limit)
    yield from pay(terms, occasion)
    yield from mentor(contract, occasion)
    offered = offered_as(contract)
    yield from one_active(offered, occasion)
    yield from capacity(offered, occasion)


def practice_share(terms: Terms, occasion: Occasion) -> Iterator[Refusal]:
    if (planned := terms.practice_share) is None:
        return
    percent = int(occasion.law.rule("formation.practice-share", occasion.today).value["percent"])
    if planned.enterprise_hours * 100 < planned.total_hours * percent:
        needed = least_hours(planned.total_hours, percent)
        yield ShareTooSmall(planned.enterprise_hours, planned.total_hours, percent, needed)


def pay(terms: Terms, occasion: Occasion) -> Iterator[Refusal]:
    if (compensation := terms.compensation) is None:
        return
    status = terms.standing.status if terms.standing else Status.TRAINEE
    if compensation.kind is PayKind.WAGE and status is not Status.EMPLOYEE:
        yield WageWithoutEmployment(compensation.kind, status)
    if compensation.pay_day > int(occasion.law.rule("pay.due", occasion.today).value["day_of_month"]):
        yield VoidClause(("C-COMPENSATION",))


def mentor(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    if contract.terms.mentor is None or contract.terms.term is None or contract.parties is None:
        return
    found = occasion.facts.mentor
    at = found.mentorship(contract.parties.enterprise) if found else None
    if at is None or at.from_on > contract.terms.term.starts_on:
        yield NoMentor(contract.terms.term.starts_on)
    elif contract.minor and at.cleared_on is None:
        yield MentorNotCleared()


def capacity(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """Places of the mentor and of the memorandum on the fullest day of the term."""
    for claim in claims(contract):
        places = _places(claim, contract, occasion)
        if places is None:
            continue
        others = occasion.facts.held_by_others(claim)
        if (taken := most_at_once(others, claim) if others else 0) >= places:
            yield NoPlace(claim.kind, taken, places)


def offered_as(contract: Contract) -> Contract:
    """The draft as if it were out for signing, so that it takes its places."""
    return replace(contract, state=State.OFFERED)


def _places(claim: Claim, contract: Contract, occasion: Occasion) -> int | None:
    facts = occasion.facts
    if claim.kind == "mentor" and facts.mentor and contract.parties:
        at = facts.mentor.mentorship(contract.parties.enterprise)
        return at.capacity if at else None
    if claim.kind == "memorandum" and facts.memorandum:
        return facts.memorandum.places if framed(contract, facts.memorandum) else 0
    return None


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
