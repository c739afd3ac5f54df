"""The month that an end breaks off: what is due for it, and by when; and the hours that the plan gives."""

from datetime import date

from contracts.consequences import Hours, Step, Sum
from contracts.contract import Contract
from contracts.decision import DAY
from contracts.law import Law
from contracts.parties import Role
from contracts.week import month_of, practice_days


def pay_by(law: Law, month: date) -> date:
    """The day by which pay for the month of that day is due: it moves back from a day off (LC 113(1))."""
    day_of_month = int(law.rule("pay.due", month).value["day_of_month"])
    return law.due_back((month_of(month)[1] + DAY).replace(day=day_of_month))


def broken_month(contract: Contract, law: Law) -> Sum | None:
    """Compensation for the month of the last day: by practice days done of those planned, rounded up."""
    pay, last_day = contract.terms.compensation, contract.end_on
    if pay is None or last_day is None:
        return None
    first, last = month_of(last_day)
    planned = len(practice_days(contract, law, first, last))
    done = len(practice_days(contract, law, first, last_day))
    amount = -(-pay.monthly * done // planned) if planned else 0
    steps = (
        Step("monthly", pay.monthly, "tiyn"),
        Step("practice-days-done", done, "days"),
        Step("practice-days-planned", planned, "days"),
        Step("rounded-up-for-student", amount, "tiyn"),
    )
    month = f"{last_day:%Y-%m}"
    return Sum("last-month", amount, Role.STUDENT, Role.ENTERPRISE, "pay.broken-month", steps, month)


def hours_by_plan(contract: Contract, law: Law) -> Hours | None:
    """Practice hours that the schedule gives up to the last day, and up to the end of the term."""
    term = contract.terms.term
    if term is None or contract.end_on is None:
        return None
    until = sum(
        _minutes(contract, day) for day in practice_days(contract, law, term.starts_on, contract.end_on)
    )
    whole = sum(_minutes(contract, day) for day in practice_days(contract, law, term.starts_on, term.ends_on))
    return Hours(until // 60, whole // 60)


def _minutes(contract: Contract, day: date) -> int:
    schedule = contract.schedule_on(day)
    return schedule.enterprise_hours.minutes if schedule else 0
