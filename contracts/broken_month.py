"""The month that an end breaks off: what is due for it, and by when; and the hours that the plan gives."""

from datetime import date

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
    agreed = contract.terms.compensation.pay_day if contract.terms.compensation else latest
    return law.due_back((month_of(month)[1] + DAY).replace(day=max(1, min(agreed, latest))))


def due_for(contract: Contract, law: Law, day: date) -> Sum | None:
    """Compensation for the month of that day: by practice days up to the last day, of those planned; days on
    which pay rests with the contract were not done. None where nothing is agreed, or no plan is known: some
    contracts on paper have theirs in an annex."""
    first, last = month_of(day)
    until = min(last, contract.end_on) if contract.end_on else last
    pay = contract.terms.compensation
    if pay is None or contract.schedule_on(last) is None:
        return None
    days = planned_days(contract, law, first, last)
    planned = len(days) + elsewhere(contract, law, first)
    done = sum(day <= until and not contract.rests_on(Resting.PAY, day) for day in days)
    amount = -(-pay.monthly * done // planned) if planned else 0
    steps = (
        Step("monthly", pay.monthly, "tiyn"),
        Step("practice-days-done", done, "days"),
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
