"""The law as dated, sourced data: which rule is in force on a day, what it says, and how days are counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from contracts.law import calendar, rules
from contracts.law.calendar import DAY, WEEKDAYS, Calendar, Count, Holiday
from contracts.law.reading import Entry, PackRefused, file, packaged
from contracts.law.rules import Act, Case, Ground, Rule, Source

__all__ = ["Act", "Count", "Ground", "Holiday", "Law", "PackRefused", "Rule", "Source", "age_on", "load"]

APART = frozenset({"pack.toml", "acts.toml", "holidays.toml", "grounds.toml", "form.toml"})
"""The files of a pack that hold something else than rules."""


@dataclass(frozen=True, eq=False)
class Law:
    """One pack. `version` is stored with every decision; `rules` and `grounds` are by id, oldest first."""

    name: str
    version: str
    zone: ZoneInfo
    acts: Mapping[str, Act]
    rules: Mapping[str, tuple[Rule, ...]]
    all_grounds: Mapping[str, tuple[Ground, ...]]
    calendar: Calendar

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
        steps = self.rule("hours.week", on).value
        least = [int(key.removeprefix("from_")) for key in steps if int(key.removeprefix("from_")) <= age]
        if not least:
            raise LookupError(f"{self.version}: nobody works at the age of {age}")
        return int(steps[f"from_{max(least)}"])

    def least_hours(self, total_hours: int, on: date) -> int:
        """The fewest of `total_hours` that must be at the enterprise: whole, and never under the share."""
        percent = int(self.rule("formation.practice-share", on).value["percent"])
        return -(-total_hours * percent // 100)

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


@cache
def load(pack: str) -> Law:
    """The pack of this name, with all its own test cases kept. Raises PackRefused."""
    return read(pack, resources.files("contracts.law"))


def read(pack: str, packs: Traversable) -> Law:
    """A pack of the folder `packs`. Raises PackRefused."""
    folder = packs.joinpath(pack)
    if not folder.joinpath("pack.toml").is_file():
        raise PackRefused(f"there is no pack {pack}")
    about = file(folder.joinpath("pack.toml"), f"{pack}/pack.toml")
    about.only({"version": str}, {"extends": str, "zone": str, "weekend": list, "offset": list})
    parent = read(about.data["extends"], packs) if "extends" in about.data else None
    files = {path.name: path for path in packaged(folder)}
    acts = dict(parent.acts) if parent else {}
    if "acts.toml" in files:
        acts |= rules.read_acts(files["acts.toml"], f"{pack}/acts.toml")
    law = Law(
        name=pack,
        version=f"{pack}/{about.data['version']}",
        zone=_zone(about, parent),
        acts=acts,
        rules=_rules(pack, files, acts, parent),
        all_grounds=_grounds(pack, files, acts, parent),
        calendar=_calendar(pack, files, about, parent),
    )
    _check_cases(law)
    return law


def _zone(about: Entry, parent: Law | None) -> ZoneInfo:
    """From the data that is installed with the service: a machine's own may be older than the last change."""
    if parent:
        return parent.zone
    key: str = about.data["zone"]
    with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as data:
        zone = ZoneInfo.from_file(data, key=key)
    for offset in about.parts("offset"):
        offset.only({"from": date, "utc": str, "act": str, "article": str, "certainty": str})
        found = datetime.combine(offset.data["from"], time.min, zone).strftime("%z")
        if found != offset.data["utc"]:
            raise offset.refused(f"the time zone data say {found}, not {offset.data['utc']}: update tzdata")
    return zone


def _rules(
    pack: str, files: Mapping[str, Traversable], acts: Mapping[str, Act], parent: Law | None
) -> dict[str, tuple[Rule, ...]]:
    inherited = dict(parent.rules) if parent else {}
    stated = [
        found
        for name, path in files.items()
        if name not in APART
        for found in rules.read_rules(path, f"{pack}/{name}", acts, inherited)
    ]
    return rules.finished(inherited | rules.dated(stated))


def _grounds(
    pack: str, files: Mapping[str, Traversable], acts: Mapping[str, Act], parent: Law | None
) -> dict[str, tuple[Ground, ...]]:
    inherited = dict(parent.all_grounds) if parent else {}
    if "grounds.toml" not in files:
        return inherited
    return inherited | rules.dated(rules.read_grounds(files["grounds.toml"], f"{pack}/grounds.toml", acts))


def _calendar(pack: str, files: Mapping[str, Traversable], about: Entry, parent: Law | None) -> Calendar:
    inherited = parent.calendar if parent else None
    if "holidays.toml" not in files and inherited:
        return inherited
    weekend = frozenset(map(WEEKDAYS.index, about.data.get("weekend", ())))
    if inherited:
        weekend = inherited.weekend
    return calendar.read(files["holidays.toml"], f"{pack}/holidays.toml", weekend, inherited)


CASES: Mapping[str, Callable[[Law, Rule, dict[str, Any]], object]] = {
    "last": lambda law, rule, case: law.end_of(rule.value, case["after"]).last,
    "least_hours": lambda law, rule, case: law.least_hours(case["total_hours"], case["on"]),
    "hours_a_week": lambda law, rule, case: law.weekly_limit(case["age"], case["on"]),
    "paid_by": lambda law, rule, case: law.due_back(case["pay_day"]),
}
"""What a test case of a rule may state, and how it is found."""


def _check_cases(law: Law) -> None:
    for rule in (rule for versions in law.rules.values() for rule in versions):
        for case in rule.cases:
            _check_case(law, rule, case)


def _check_case(law: Law, rule: Rule, case: Case) -> None:
    stated = [name for name in CASES if name in case]
    if len(stated) != 1:
        raise PackRefused(f"{law.version}, {rule.id}: not a test case: {dict(case)}")
    [name] = stated
    try:
        found = CASES[name](law, rule, dict(case))
    except (KeyError, TypeError, ValueError, LookupError) as error:
        raise PackRefused(f"{law.version}, {rule.id}: not a test case: {dict(case)}: {error}") from error
    if found != case[name]:
        raise PackRefused(f"{law.version}, {rule.id}: {name} is {found}, but its case says {case[name]}")
