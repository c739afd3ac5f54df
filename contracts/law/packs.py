"""Loading a pack: a folder of dated data, read and checked as a whole, with its own test cases."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from contracts.law import calendar, form, rests, rules
from contracts.law.calendar import WEEKDAYS, Calendar
from contracts.law.form import OF_RULE, Form
from contracts.law.law import Law
from contracts.law.reading import Entry, PackRefused, file, packaged
from contracts.law.rests import Rest
from contracts.law.rules import Act, Case, Ground, Rule

APART = frozenset({"pack.toml", "acts.toml", "holidays.toml", "grounds.toml", "rests.toml"})
"""The files of a pack that hold something else than rules; so do form.toml and form-<n>.toml."""


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
        all_rests=_rests(pack, files, acts, parent),
        calendar=_calendar(pack, files, about, parent),
        forms=_forms(pack, files, acts, parent),
    )
    _check_references(law)
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
        if name not in APART and not _is_form(name)
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


def _rests(
    pack: str, files: Mapping[str, Traversable], acts: Mapping[str, Act], parent: Law | None
) -> dict[str, tuple[Rest, ...]]:
    inherited = dict(parent.all_rests) if parent else {}
    if "rests.toml" not in files:
        return inherited
    return inherited | rules.dated(rests.read_rests(files["rests.toml"], f"{pack}/rests.toml", acts))


def _calendar(pack: str, files: Mapping[str, Traversable], about: Entry, parent: Law | None) -> Calendar:
    inherited = parent.calendar if parent else None
    if "holidays.toml" not in files and inherited:
        return inherited
    weekend = frozenset(map(WEEKDAYS.index, about.data.get("weekend", ())))
    if inherited:
        weekend = inherited.weekend
    return calendar.read(files["holidays.toml"], f"{pack}/holidays.toml", weekend, inherited)


def _forms(
    pack: str, files: Mapping[str, Traversable], acts: Mapping[str, Act], parent: Law | None
) -> tuple[Form, ...]:
    own = [form.read(path, f"{pack}/{name}", acts) for name, path in files.items() if _is_form(name)]
    return tuple(own) or (parent.forms if parent else ())


def _is_form(name: str) -> bool:
    return name == "form.toml" or name.startswith("form-")


def _check_references(law: Law) -> None:
    named = {ground.notice for versions in law.all_grounds.values() for ground in versions if ground.notice}
    named |= {
        found["rule"]
        for form_ in law.forms
        for wording in form_.wordings
        for found in OF_RULE.finditer(wording.text["en"])
    }
    if unknown := sorted(named - law.rules.keys()):
        raise PackRefused(f"{law.version}: a ground or the form names {', '.join(unknown)}, which is no rule")


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
        raise PackRefused(f"{rule.place}: not a test case: {dict(case)}")
    [name] = stated
    try:
        found = CASES[name](law, rule, dict(case))
    except (KeyError, TypeError, ValueError, LookupError) as error:
        raise PackRefused(f"{rule.place}: not a test case: {dict(case)}: {error}") from error
    if found != case[name]:
        raise PackRefused(f"{rule.place}: {name} is {found}, but its case says {case[name]}")
