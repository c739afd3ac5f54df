"""What must be true of the text of a contract before it is offered to all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract, State
from contracts.decision import Cure, Occasion, Refusal
from contracts.formation_rules import age, capacity, licence, one_active
from contracts.law import least_hours
from contracts.parties import Role
from contracts.schedule_rules import in_itself, over_limit
from contracts.terms import ClauseId, HiringKind, PayKind, Status, Terms
from contracts.values import replace
from contracts.void_clauses import void_clauses

REVISE = (Cure(Role.COLLEGE, "revise-clauses", "revise"), Cure(Role.ENTERPRISE, "revise-clauses", "revise"))

# Refusals


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


# Rules


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


def fit_to_offer(contract: Contract, empty: tuple[ClauseId, ...], occasion: Occasion) -> Iterator[Refusal]:
    """All that stands in the way of offering this text. `empty`: required clauses without a value."""
    terms = contract.terms
    if terms.schedule and not any(week.enterprise for week in terms.schedule.weeks):
        empty = (*empty, ClauseId.SCHEDULE)
    if empty:
        yield Incomplete(empty)
    if void := void_clauses(terms, occasion.law, occasion.today):
        yield VoidClause(void)
    yield from age(occasion, terms)
    yield from licence(terms, occasion)
    yield from practice_share(terms, occasion)
    if terms.schedule and terms.term:
        from_on = max(terms.term.starts_on, occasion.today)
        yield from in_itself(terms.schedule, contract, occasion, from_on)
        if limit := over_limit(terms.schedule, occasion, from_on):
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


def mentor(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    if contract.terms.mentor is None or contract.terms.term is None or contract.parties is None:
        return
    found = occasion.facts.mentor
    at = found.mentorship(contract.parties.enterprise) if found else None
    if at is None or at.from_on > contract.terms.term.starts_on:
        yield NoMentor(contract.terms.term.starts_on)
    elif contract.minor and at.cleared_on is None:
        yield MentorNotCleared()


def offered_as(contract: Contract) -> Contract:
    """The draft as if it were out for signing, so that it takes its places."""
    return replace(contract, state=State.OFFERED)
