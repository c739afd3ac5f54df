"""Hours of training: what was confirmed, what the plan gives, and what is missing of the share. In
minutes, so that nothing is lost by rounding; whole hours are for reading."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.contract import Contract
from contracts.law import Law
from contracts.training_record import ConfirmedWeek, Place
from contracts.week import days, monday_of, place_on

SUNDAY = 6


@dataclass(frozen=True)
class Minutes:
    """At each place."""

    enterprise: int = 0
    college: int = 0

    @property
    def total(self) -> int:
        return self.enterprise + self.college

    def at(self, place: Place) -> int:
        return self.enterprise if place is Place.ENTERPRISE else self.college

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(self.enterprise + other.enterprise, self.college + other.college)


@dataclass(frozen=True)
class Progress:
    """How the record stands by a day, in minutes. `needed`: at the enterprise, for the share."""

    done: Minutes
    planned: Minutes
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.done.enterprise)


def over_on(contract: Contract, week: ConfirmedWeek) -> date:
    """The day on which the week is over for this contract: its Sunday, or the contract's last day before
    it."""
    return min(week.sunday, contract.last_day or week.sunday)


def hours_done(contract: Contract, upto: date) -> Minutes:
    """Minutes that were confirmed, of the weeks that are over by that day. A week that is contested counts as
    it was confirmed until it is confirmed anew."""
    over = [week for week in contract.training.weeks if over_on(contract, week) <= upto]
    return Minutes(
        sum(week.minutes for week in over if week.place is Place.ENTERPRISE),
        sum(week.minutes for week in over if week.place is Place.COLLEGE),
    )


def planned_on(contract: Contract, law: Law, day: date) -> tuple[Place, int] | None:
    """Where the plan has the student that day, and for how many minutes. None on a day off, and after the
    end."""
    if contract.end_on and day > contract.end_on:
        return None
    place, schedule = place_on(contract, law, day), contract.schedule_on(day)
    if place is None or schedule is None:
        return None
    hours = schedule.enterprise_hours if place is Place.ENTERPRISE else schedule.college_hours
    return place, hours.minutes


def planned(contract: Contract, law: Law, first: date, last: date) -> Minutes:
    """Minutes that the plan gives on these days, both included."""
    found = [planned_on(contract, law, day) for day in days(first, last)]
    return Minutes(
        sum(each[1] for each in found if each and each[0] is Place.ENTERPRISE),
        sum(each[1] for each in found if each and each[0] is Place.COLLEGE),
    )


def planned_days(contract: Contract, law: Law, monday: date, place: Place) -> dict[date, int]:
    """The days of that week that the plan has at the place, with their minutes."""
    week = days(monday, monday + timedelta(days=6))
    found = {day: planned_on(contract, law, day) for day in week}
    return {day: each[1] for day, each in found.items() if each and each[0] is place}


def mondays(contract: Contract, upto: date) -> tuple[date, ...]:
    """Of every week of the contract that has begun by that day."""
    term, last = contract.terms.term, contract.last_day
    if term is None or last is None:
        return ()
    first, upto = monday_of(term.starts_on), min(upto, last)
    count = (upto - first).days // 7 + 1
    return tuple(first + timedelta(weeks=n) for n in range(max(0, count)))


def whole_weeks(contract: Contract, upto: date) -> date:
    """The last day of the newest week that is over by the end of that day: its Sunday, or the contract's
    last."""
    if contract.last_day and contract.last_day <= upto:
        return contract.last_day
    return upto if upto.weekday() == SUNDAY else monday_of(upto) - timedelta(days=1)


def least_minutes(total: int, percent: int) -> int:
    """The fewest whole minutes that reach the share."""
    return -(-total * percent // 100)


def progress(contract: Contract, law: Law, upto: date) -> Progress:
    """By the plan of the weeks that are over by that day, and what was confirmed of them."""
    term, over = contract.terms.term, whole_weeks(contract, upto)
    if term is None:
        return Progress(hours_done(contract, upto), Minutes(), 0)
    return _against(contract, law, upto, planned(contract, law, term.starts_on, over))


def progress_of_record(contract: Contract, law: Law, upto: date) -> Progress:
    """As `progress`, by the plan of those weeks alone that the enterprise has confirmed."""
    kept = [week for week in contract.training.at(Place.ENTERPRISE) if over_on(contract, week) <= upto]
    by_plan = sum((planned(contract, law, week.monday, week.sunday) for week in kept), Minutes())
    return _against(contract, law, upto, by_plan)


def _against(contract: Contract, law: Law, upto: date, by_plan: Minutes) -> Progress:
    term = contract.terms.term
    if term is None:
        return Progress(hours_done(contract, upto), by_plan, 0)
    percent = int(law.rule("formation.practice-share", law.known(term.starts_on)).value["percent"])
    return Progress(hours_done(contract, upto), by_plan, least_minutes(by_plan.total, percent))
