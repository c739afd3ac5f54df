"""What a schedule comes to: minutes a week, the share at the enterprise, where the student is on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from contracts.contract import Contract
from contracts.decision import DAY
from contracts.law import Law
from contracts.terms import WEEK, Hours, Schedule, Week, Weekday
from contracts.training_record import Place


@dataclass(frozen=True)
class Share:
    """Minutes at the enterprise and in all, over the weeks that repeat."""

    enterprise: int
    total: int

    def reaches(self, percent: int) -> bool:
        return self.total > 0 and self.enterprise * 100 >= self.total * percent


def share(schedule: Schedule) -> Share:
    enterprise = sum(len(set(week.enterprise)) for week in schedule.weeks) * schedule.enterprise_hours.minutes
    college = sum(len(set(week.college)) for week in schedule.weeks) * schedule.college_hours.minutes
    return Share(enterprise, enterprise + college)


def heaviest_week(schedule: Schedule) -> int:
    """Minutes at the enterprise in the week that has most of them."""
    most = max((len(set(week.enterprise)) for week in schedule.weeks), default=0)
    return most * schedule.enterprise_hours.minutes


def clashes(schedule: Schedule) -> tuple[Weekday, ...]:
    """Days that are at both places at once."""
    both = {day for week in schedule.weeks for day in week.college if day in week.enterprise}
    return tuple(sorted(both, key=WEEK.index))


def at_night(hours: Hours, evening: int, morning: int) -> bool:
    """Whether any of it lies between `evening` and `morning` o'clock."""
    start, end = (
        hours.starts_at.hour * 60 + hours.starts_at.minute,
        hours.ends_at.hour * 60 + hours.ends_at.minute,
    )
    return end <= start or start < morning * 60 or end > evening * 60


def week_of(schedule: Schedule, starts_on: date, day: date) -> Week:
    """The week of the cycle in which `day` lies; the first is the one in which the term starts."""
    weeks = (monday_of(day) - monday_of(starts_on)).days // 7
    return schedule.weeks[weeks % len(schedule.weeks)]


def place_on(contract: Contract, law: Law, day: date) -> Place | None:
    """Where the student is that day; None on a day off or outside the term."""
    term = contract.terms.term
    schedule = contract.schedule_on(day)
    if term is None or schedule is None or not schedule.weeks:
        return None
    if not term.starts_on <= day <= term.ends_on or not law.working(day) or contract.suspended_on(day):
        return None
    week = week_of(schedule, term.starts_on, day)
    weekday = WEEK[day.weekday()]
    if weekday in week.enterprise:
        return Place.ENTERPRISE
    return Place.COLLEGE if weekday in week.college else None


def practice_days(contract: Contract, law: Law, first: date, last: date) -> tuple[date, ...]:
    return tuple(day for _, found in practice_by_schedule(contract, law, first, last) for day in found)


def planned_days(contract: Contract, law: Law, first: date, last: date) -> tuple[date, ...]:
    """As practice_days, whether or not the contract rests."""
    return tuple(day for _, found in planned_by_schedule(contract, law, first, last) for day in found)


def practice_by_schedule(
    contract: Contract, law: Law, first: date, last: date
) -> Iterator[tuple[Schedule, list[date]]]:
    """The days on which `place_on` says enterprise, by the schedule that holds."""
    for schedule, found in planned_by_schedule(contract, law, first, last):
        yield schedule, [day for day in found if not contract.suspended_on(day)]


def planned_by_schedule(
    contract: Contract, law: Law, first: date, last: date
) -> Iterator[tuple[Schedule, list[date]]]:
    """Found together, since a fold of many contracts does little else."""
    if (term := contract.terms.term) is None:
        return
    first, last = max(first, term.starts_on), min(last, term.ends_on)
    changes = sorted(
        {first, *(a.from_on for a in contract.agreed if a.terms.schedule and first < a.from_on <= last)}
    )
    for begins, ends in pairwise([*changes, last + DAY]):
        schedule = contract.schedule_on(begins)
        if schedule and schedule.weeks:
            yield schedule, _practice_days(schedule, law, monday_of(term.starts_on), begins, ends)


def _practice_days(schedule: Schedule, law: Law, monday: date, begins: date, ends: date) -> list[date]:
    """Before `ends`. `monday`: of the first week of the cycle."""
    weeks = [{WEEK.index(day) for day in week.enterprise} for week in schedule.weeks]
    start, count = monday.toordinal(), len(weeks)
    wanted = (
        date.fromordinal(day)
        for day in range(begins.toordinal(), ends.toordinal())
        if (day - start) % 7 in weeks[(day - start) // 7 % count]
    )
    return [day for day in wanted if law.working(day)]


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAY


def first_day(month: str) -> date | None:
    """Of a month written as 2027-01; None for anything else."""
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return day if f"{day:%Y-%m}" == month else None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
