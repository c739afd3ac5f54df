"""What the end of training rests on: hours, share, pay and results; and the refusals that its steps share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.broken_month import due_for, pay_by
from contracts.contract import Contract
from contracts.decision import DAY, Cure, Occasion, Refusal
from contracts.law import Law
from contracts.parties import Role
from contracts.results import AssessmentKind, Grade
from contracts.terms import Hiring, HiringKind
from contracts.training_hours import hours_done, planned
from contracts.week import month_of

# Refusals


@dataclass(frozen=True)
class ShareShort(Refusal):
    """Hours at the enterprise that are done, of all that were planned; `needed_hours` by the share, less the
    tolerance."""

    type = "completion.practice-share"
    code = "COM-SHARE"
    cures = (
        Cure(Role.ENTERPRISE, "more-hours", "confirm-attendance"),
        Cure(Role.COLLEGE, "change-plan", "propose-schedule-change"),
    )
    enterprise_hours: int
    total_hours: int
    needed_hours: int
    percent: int


# Rules


@dataclass(frozen=True)
class Kept:
    """Minutes: done at the enterprise up to a day, planned in all up to it, and planned at the enterprise for
    the whole term."""

    enterprise: int
    total: int
    of_term: int


def kept(contract: Contract, law: Law, upto: date) -> Kept:
    """What was confirmed, against the plan; days on which the contract rests are none of it."""
    term = contract.terms.term
    if term is None:
        return Kept(0, 0, 0)
    by_plan = planned(contract, law, term.starts_on, min(upto, term.ends_on))
    of_term = planned(contract, law, term.starts_on, term.ends_on)
    return Kept(hours_done(contract, upto).enterprise, by_plan.total, of_term.enterprise)


def share_reached(contract: Contract, occasion: Occasion, upto: date) -> Iterator[Refusal]:
    law, found = occasion.law, kept(contract, occasion.law, upto)
    percent = int(law.rule("completion.practice-share", upto).value["percent"])
    tolerance = int(law.rule("completion.tolerance", upto).value["percent"])
    needed = -(-found.total * percent * (100 - tolerance) // 10_000)
    if found.enterprise < needed:
        yield ShareShort(found.enterprise // 60, found.total // 60, -(-needed // 60), percent)


def unpaid(contract: Contract, law: Law, today: date) -> tuple[str, ...]:
    """Months, as 2027-01, whose pay has fallen due, is more than nothing, and was not recorded."""
    term = contract.terms.term
    if term is None or contract.terms.compensation is None:
        return ()
    found, month = [], term.starts_on
    while month <= min(today, contract.last_day or today) and pay_by(contract, law, month) < today:
        due, name = due_for(contract, law, month), f"{month:%Y-%m}"
        if due and due.amount and not contract.paid(name):
            found.append(name)
        month = month_of(month)[1] + DAY
    return tuple(found)


def passes(grade: Grade, law: Law, on: date) -> bool:
    scale = law.rule("completion.grades", on).value
    return int(scale[grade]) >= int(scale["passed"])


def owed(contract: Contract, law: Law, on: date) -> Hiring | None:
    """The promise to hire, where the results are good enough for it."""
    hiring = contract.terms_on(on).hiring
    if hiring is None or hiring.kind is HiringKind.NONE:
        return None
    if hiring.kind is HiringKind.FIRM or hiring.least_grade is None:
        return hiring
    scale = law.rule("completion.grades", on).value
    final = contract.results.passed(AssessmentKind.FINAL)
    reached = final is not None and int(scale[final.grade]) >= int(scale.get(hiring.least_grade, 0))
    return hiring if reached else None
