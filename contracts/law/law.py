"""One pack as decisions ask it: the rule of a day, the end of a period, the legal day of an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from contracts.law.calendar import DAY, Calendar, Count, Holiday
from contracts.law.form import Form, Sentence
from contracts.law.rests import Rest
from contracts.law.rules import Act, Ground, Rule


@dataclass(frozen=True, eq=False)
class Law:
    """One pack. `version_on` is stored with every decision; rules, grounds, rests: by id, oldest first.
    `since`: the day from which it holds; until then it is as the pack `before` it."""

    name: str
    version: str
    zone: ZoneInfo
    acts: Mapping[str, Act]
    rules: Mapping[str, tuple[Rule, ...]]
    all_grounds: Mapping[str, tuple[Ground, ...]]
    all_rests: Mapping[str, tuple[Rest, ...]]
    calendar: Calendar
    forms: tuple[Form, ...]
    languages: tuple[str, ...] = ("kk", "ru")
    """In which its acts are written."""
    since: date | None = None
    before: "Law | None" = None

    def version_on(self, day: date) -> str:
        """The version under which something is decided that holds from that day on."""
        if self.before and self.since and day < self.since:
            return self.before.version_on(day)
        return self.version

    def known(self, on: date) -> date:
        """That day, or the first of which the pack knows: that of its first standard form. For showing what
        is older than the pack; nothing is decided by it."""
        return max(on, min(form.source.in_force_from for form in self.forms))

    def rule(self, id: str, on: date) -> Rule:
        """The entry that is in force on that day. Raises LookupError."""
        for rule in self.rules.get(id, ()):
            if rule.source.holds_on(on):
                return rule
        raise LookupError(f"{self.version}: no rule {id} in force on {on}")

    def ground(self, id: str, on: date) -> Ground | None:
        """The ground of that id, as it is in force on that day; None where there is none."""
        return next((found for found in self.all_grounds.get(id, ()) if found.source.holds_on(on)), None)

    def grounds(self, on: date) -> tuple[Ground, ...]:
        """Every ground in force on that day, in the order of the pack."""
        return tuple(found for id_ in self.all_grounds if (found := self.ground(id_, on)))

    def rest(self, id: str, on: date) -> Rest | None:
        """The ground of a suspension, as it is in force on that day; None where there is none."""
        return next((found for found in self.all_rests.get(id, ()) if found.source.holds_on(on)), None)

    def rests(self, on: date) -> tuple[Rest, ...]:
        """Every ground of a suspension in force on that day, in the order of the pack."""
        return tuple(found for id_ in self.all_rests if (found := self.rest(id_, on)))

    def form(self, on: date) -> Form:
        """The standard form of a contract that is offered on that day. Raises LookupError."""
        for found in self.forms:
            if found.source.holds_on(on):
                return found
        raise LookupError(f"{self.version}: no form in force on {on}")

    def sentences(self, values: Mapping[str, Any], language: str, on: date) -> tuple[Sentence, ...]:
        """The clauses in words. `values` is nested as the form's placeholders are: number, minor,
        parties.college, and the terms. A clause without its values is left out."""
        return self.form(on).sentences(values, language, lambda id_, key: self.rule(id_, on).value[key])

    def text(self, values: Mapping[str, Any], language: str, on: date) -> str:
        """The exact text of a contract: title and numbered clauses, a line each."""
        return self.form(on).text(values, language, lambda id_, key: self.rule(id_, on).value[key])

    def end_of(self, period: Mapping[str, object], after: date) -> Count:
        """The last day of a period that begins the day after `after`."""
        return self.calendar.end_of(period, after)

    def due_back(self, day: date) -> date:
        """The day, or the working day before it: how a pay day on a day off moves (LC 113(1))."""
        return self.calendar.due_on_or_before(day)

    def working(self, day: date) -> bool:
        return self.calendar.working(day)

    def holiday(self, day: date) -> Holiday | None:
        return self.calendar.holiday(day)

    def weekly_limit(self, age: int, on: date) -> int:
        """The most hours a week at this age. Raises LookupError below the least age."""
        limits = self.weekly_limits(on)
        if not (reached := [years for years in limits if years <= age]):
            raise LookupError(f"{self.version}: nobody works at the age of {age}")
        return limits[max(reached)]

    def weekly_limits(self, on: date) -> dict[int, int]:
        """The most hours a week, by the age from which they hold."""
        return {
            int(key.removeprefix("from_")): int(hours)
            for key, hours in self.rule("hours.week", on).value.items()
        }

    def adult_on(self, born_on: date, on: date) -> date:
        """The birthday from which a person acts alone, by the law of the day `on`."""
        return birthday(born_on, int(self.rule("age.adult", on).value["years"]))

    def least_hours(self, total_hours: int, on: date) -> int:
        """The fewest of `total_hours` that must be at the enterprise: whole, and never under the share."""
        percent = int(self.rule("formation.practice-share", on).value["percent"])
        return least_hours(total_hours, percent)

    def day(self, instant: datetime) -> date:
        """The legal day of an aware instant."""
        return instant.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The instant at which the legal day begins, in UTC."""
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def end_of_day(self, day: date) -> datetime:
        """24:00 of the legal day, in UTC: the start of the next."""
        return self.start_of(day + DAY)


def age_on(born_on: date, day: date) -> int:
    """Full years. Who was born on 29 February is a year older on 1 March where there is no such day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birthday(born_on: date, years: int) -> date:
    """The day on which a person becomes `years` old; for one born on 29 February it may be 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def least_hours(total: int, percent: int) -> int:
    """The fewest whole hours that reach the share."""
    return -(-total * percent // 100)
