"""The month that an end breaks off: what is due for it, and by when; and the hours that the plan gives."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from contracts.consequences import Hours, Step, Sum
from contracts.contract import Contract
from contracts.decision import DAY
from contracts.dossier import Resting
from contracts.law import Law
from contracts.parties import Role
from contracts.terms import WEEK
from contracts.week import days as days_from
from contracts.week import month_of, planned_days, practice_by_schedule, week_of


def pay_by(contract: Contract, law: Law, month: date) -> date:
    """The day by which pay for the month of that day is due: the contract's, or the law's if that is earlier;
    from a day off it moves back (LC 113(1))."""
    latest = int(law.rule("pay.due", month).value["day_of_month"])
    last = month_of(month)[1]
    pay = contract.terms_on(last).compensation
    return law.due_back((last + DAY).replace(day=max(1, min(pay.pay_day if pay else latest, latest))))


def due_for(contract: Contract, law: Law, day: date) -> Sum | None:
    """Compensation for the month of that day: by practice days up to the last day, of those planned, each at
    the sum agreed for it; days on which pay rests with the contract were not done. None where nothing is
    agreed, or no plan is known: some contracts on paper have theirs in an annex."""
    first, last = month_of(day)
    until = min(last, contract.end_on) if contract.end_on else last
    rates = [*pay_by_stretch(contract, first, last)]
    if not rates or contract.schedule_on(last) is None:
        return None
    days = planned_days(contract, law, first, last)
    planned = len(days) + elsewhere(contract, law, first)
    worked = [day for day in days if day <= until and not contract.rests_on(Resting.PAY, day)]
    done = [(pay, sum(begins <= day <= ends for day in worked)) for pay, begins, ends in rates]
    amount = -(-sum(pay * count for pay, count in done) // planned) if planned else 0
    at_work = [(pay, count) for pay, count in done if count] or done[-1:]
    steps = (
        *(step for pay, count in at_work for step in _at(pay, count)),
        Step("practice-days-planned", planned, "days"),
        Step("rounded-up-for-student", amount, "tiyn"),
    )
    month = f"{day:%Y-%m}"
    return Sum("last-month", amount, Role.STUDENT, Role.ENTERPRISE, "pay.broken-month", steps, month)


def elsewhere(contract: Contract, law: Law, first: date) -> int:
    """Of a contract that took another's place within that month: the practice days that its plan would give
    before its first day. They were done, and are paid for, under the other one."""
    term = contract.terms.term
    if contract.succession is None or term is None or not first < term.starts_on <= month_of(first)[1]:
        return 0
    if (schedule := contract.schedule_on(term.starts_on)) is None:
        return 0
    before = (day for day in days_from(first, term.starts_on - DAY) if law.working(day))
    return sum(WEEK[day.weekday()] in week_of(schedule, term.starts_on, day).enterprise for day in before)


def pay_by_stretch(contract: Contract, first: date, last: date) -> Iterator[tuple[int, date, date]]:
    """What is agreed for a full month, with the first and the last day on which it is."""
    changes = sorted({first, *(each.from_on for each in contract.agreed if first < each.from_on <= last)})
    for begins, ends in pairwise([*changes, last + DAY]):
        if pay := contract.terms_on(begins).compensation:
            yield pay.monthly, begins, ends - DAY


def _at(monthly: int, days: int) -> tuple[Step, Step]:
    return Step("monthly", monthly, "tiyn"), Step("practice-days-done", days, "days")


def broken_month(contract: Contract, law: Law) -> Sum | None:
    """What is due for the month of the last day."""
    return due_for(contract, law, contract.end_on) if contract.end_on else None


def hours_by_plan(contract: Contract, law: Law) -> Hours | None:
    """Practice hours that the schedule gives up to the last day, and up to the end of the term."""
    term = contract.terms.term
    if term is None or contract.end_on is None or contract.schedule_on(contract.end_on) is None:
        return None
    until, whole = 0, 0
    for schedule, days in practice_by_schedule(contract, law, term.starts_on, term.ends_on):
        minutes = schedule.enterprise_hours.minutes
        whole += minutes * len(days)
        until += minutes * sum(day <= contract.end_on for day in days)
    return Hours(until // 60, whole // 60)
