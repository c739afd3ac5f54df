"""Which days are worked, and on which day a period ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources.abc import Traversable

from contracts.law.reading import Entry, file

DAY = timedelta(days=1)
UNITS = frozenset({"years", "months", "calendar_days", "working_days"})
CERTAINTIES = frozenset({"seen", "recalled", "estimated"})
KINDS = frozenset({"holiday", "day_off", "moved", "swapped_off"})
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, eq=False)
class Holiday:
    """A day off that is not the weekend's.

    kind            holiday, day_off (a religious one, which never moves), moved, swapped_off
    certainty       estimated: derived from the law, because the year's calendar is not known yet
    instead_of      the holiday on a weekend that this day stands for
    worked_instead  the weekend's day that is worked for this one
    """

    day: date
    kind: str
    name: Mapping[str, str]
    certainty: str
    instead_of: date | None = None
    worked_instead: date | None = None


@dataclass(frozen=True, eq=False)
class Yearly:
    """A holiday on the same date of every year of [in_force_from, in_force_to)."""

    month: int
    day: int
    kind: str
    name: Mapping[str, str]
    in_force_from: date
    in_force_to: date | None

    def on(self, year: int) -> date | None:
        day = date(year, self.month, self.day)
        ended = self.in_force_to is not None and day >= self.in_force_to
        return None if day < self.in_force_from or ended else day


@dataclass(frozen=True)
class Count:
    """How a last day was counted, so that it can be counted again by hand.

    after       the day of the cause, which is not counted
    skipped     days off that were not counted, or over which the end moved
    moved_from  the end before it moved to a working day; None if it did not move
    certain     false where the calendar of the days that matter is estimated
    """

    last: date
    unit: str
    length: int
    after: date
    skipped: tuple[date, ...] = ()
    moved_from: date | None = None
    certain: bool = True


@dataclass(frozen=True, eq=False)
class Calendar:
    """`listed` holds every day off of `years`; for other years the rule of `yearly` is applied."""

    years: frozenset[int]
    listed: Mapping[date, Holiday]
    yearly: tuple[Yearly, ...]
    weekend: frozenset[int]
    names: Mapping[str, Mapping[str, str]]

    def holiday(self, day: date) -> Holiday | None:
        days = self.listed if day.year in self.years else by_rule(self, day.year)
        return days.get(day)

    def working(self, day: date) -> bool:
        if self.holiday(day):
            return False
        return day.weekday() not in self.weekend or day in worked_instead(self)

    def certain(self, day: date) -> bool:
        """Whether it is known that the day is worked or off. An estimated feast may yet move by a day."""
        near = [self.holiday(day + distance * DAY) for distance in (-1, 0, 1)]
        return day.year in self.years and not any(found and found.certainty == "estimated" for found in near)

    def end_of(self, period: Mapping[str, object], after: date) -> Count:
        """`period` has one of years, months, calendar_days, working_days. Raises ValueError for another.

        Months end on the same number or the month's last day; an end on a day off moves to the next working
        day (CC 173-176, LC 13).
        """
        given = {unit: length for unit, length in period.items() if unit in UNITS}
        if len(given) != 1:
            raise ValueError(f"not one period: {dict(period)}")
        [(unit, length)] = given.items()
        if type(length) is not int or length < 1:
            raise ValueError(f"not a length: {unit} {length!r}")
        if unit == "working_days":
            return self._working_days(length, after)
        end = after + length * DAY if unit == "calendar_days" else months_later(after, length, unit)
        last = self.due_on_or_after(end)
        skipped = tuple(days_between(end, last))
        certain = all(map(self.certain, (*skipped, last)))
        return Count(last, unit, length, after, skipped, end if skipped else None, certain)

    def _working_days(self, length: int, after: date) -> Count:
        last = after
        skipped: list[date] = []
        while length > (last - after).days - len(skipped):
            last += DAY
            if not self.working(last):
                skipped.append(last)
        certain = all(map(self.certain, days_between(after + DAY, last + DAY)))
        return Count(last, "working_days", length, after, tuple(skipped), None, certain)

    def due_on_or_after(self, day: date) -> date:
        while not self.working(day):
            day += DAY
        return day

    def due_on_or_before(self, day: date) -> date:
        while not self.working(day):
            day -= DAY
        return day


@cache
def by_rule(calendar: Calendar, year: int) -> Mapping[date, Holiday]:
    """The fixed holidays of a year whose calendar is not known, moved as the law says. Feasts by the moon and
    swaps by decree are not among them."""
    fixed = sorted(
        ((day, yearly) for yearly in calendar.yearly if (day := yearly.on(year))), key=lambda pair: pair[0]
    )
    days = {day: Holiday(day, yearly.kind, yearly.name, "estimated") for day, yearly in fixed}
    for day, yearly in fixed:
        if yearly.kind != "holiday" or day.weekday() not in calendar.weekend:
            continue
        moved = day
        while moved in days or moved.weekday() in calendar.weekend:
            moved += DAY
        days[moved] = Holiday(moved, "moved", yearly.name, "estimated", instead_of=day)
    return days


@cache
def worked_instead(calendar: Calendar) -> frozenset[date]:
    return frozenset(found.worked_instead for found in calendar.listed.values() if found.worked_instead)


def days_between(first: date, end: date) -> list[date]:
    """[first, end)."""
    return [first + n * DAY for n in range((end - first).days)]


def last_of(period: Mapping[str, object], first: date) -> date:
    """The last day of a period that has `first` as its first; it does not move from a day off: 6 months from
    1 February end on 31 July. Raises ValueError for a period of working days."""
    [(unit, length)] = period.items()
    if unit not in UNITS - {"working_days"} or type(length) is not int:
        raise ValueError(f"not a period of the calendar: {dict(period)}")
    return (first + length * DAY if unit == "calendar_days" else months_later(first, length, unit)) - DAY


def months_later(day: date, length: int, unit: str = "months") -> date:
    """The same number, or the month's last day where there is no such number."""
    months = day.year * 12 + day.month - 1 + length * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * DAY, first_of_next - DAY)


# Reading


def read(path: Traversable, place: str, weekend: frozenset[int], parent: Calendar | None) -> Calendar:
    """A pack's holidays.toml. Where it extends another pack, its years replace those of the other."""
    whole = file(path, place)
    whole.only({"checked_on": date, "years": list, "day": list}, {"name": dict, "yearly": list})
    names = {name: whole.part("name").languages(name) for name in whole.data.get("name", {})}
    names = {**(parent.names if parent else {}), **names}
    yearly = tuple(_yearly(entry, names) for entry in whole.parts("yearly"))
    if not yearly and parent:
        yearly = parent.yearly
    years = frozenset(whole.data["years"])
    listed: dict[date, Holiday] = {}
    for entry in whole.parts("day"):
        found = _holiday(entry, names)
        if found.day in listed or found.day.year not in years:
            raise entry.refused(f"{found.day} is listed twice, or its year is not among `years`")
        listed[found.day] = found
    if parent:
        kept = {day: found for day, found in parent.listed.items() if day.year not in years}
        years, listed = parent.years | years, kept | listed
    calendar = Calendar(years, listed, yearly, weekend, names)
    _check_swaps(calendar, whole)
    return calendar


def _yearly(entry: Entry, names: Mapping[str, Mapping[str, str]]) -> Yearly:
    entry.only(
        {"month": int, "day": int, "kind": str, "name": str, "in_force_from": date, "certainty": str},
        {"in_force_to": date},
    )
    entry.one_of("certainty", CERTAINTIES)
    name = names[entry.one_of("name", frozenset(names))]
    kind = entry.one_of("kind", frozenset({"holiday", "day_off"}))
    return Yearly(entry.data["month"], entry.data["day"], kind, name, *entry.period())


def _holiday(entry: Entry, names: Mapping[str, Mapping[str, str]]) -> Holiday:
    entry.only(
        {"date": date, "kind": str, "name": str, "certainty": str},
        {"instead_of": date, "worked_instead": date},
    )
    return Holiday(
        entry.data["date"],
        entry.one_of("kind", KINDS),
        names[entry.one_of("name", frozenset(names))],
        entry.one_of("certainty", CERTAINTIES),
        entry.data.get("instead_of"),
        entry.data.get("worked_instead"),
    )


def _check_swaps(calendar: Calendar, whole: Entry) -> None:
    for found in calendar.listed.values():
        if (found.kind == "moved") != bool(found.instead_of):
            raise whole.refused(f"{found.day}: a moved day, and only one, says what it stands for")
        if found.instead_of and found.instead_of not in calendar.listed:
            raise whole.refused(f"{found.day} stands for {found.instead_of}, which is no holiday")
        if (found.kind == "swapped_off") != bool(found.worked_instead):
            raise whole.refused(f"{found.day}: a swapped day, and only one, says which day is worked for it")
