"""Loading a pack: a folder of dated data, read and checked as a whole, with its own test cases."""

from collections.abc import Callable, Mapping
from dataclasses import replace
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

APART = frozenset({"pack.toml", "acts.toml", "holidays.toml", "grounds.toml", "clauses.toml", "rests.toml"})
"""The files of a pack that hold something else than rules; so do form.toml and form-<n>.toml."""


OF_A_CHILD: Mapping[str, type] = {"extends": str, "in_force_from": date, "borrows": bool}
"""`in_force_from`: what the pack says holds from that day on; before it, the pack that it extends. `borrows`:
it is of another country, and takes what it does not state from the other as a policy, without its sources."""


OF_A_COUNTRY: Mapping[str, type] = {"zone": str, "weekend": list, "offset": list, "languages": list}
"""`languages`: in which its acts are written; kk and ru where it does not say."""


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
    about.only({"version": str}, {**OF_A_CHILD, **OF_A_COUNTRY})
    parent = read(about.data["extends"], packs) if "extends" in about.data else None
    files = {path.name: path for path in packaged(folder)}
    abroad = bool(about.data.get("borrows"))
    if parent and abroad:
        parent = _lent(parent, pack)
    acts = dict(parent.acts) if parent else {}
    if "acts.toml" in files:
        acts |= rules.read_acts(files["acts.toml"], f"{pack}/acts.toml")
    since = about.data.get("in_force_from")
    law = Law(
        name=pack,
        version=f"{pack}/{about.data['version']}",
        zone=_zone(about, None if abroad else parent),
        acts=acts,
        rules=_rules(pack, files, acts, parent, since),
        all_grounds=_grounds(pack, files, acts, parent, since),
        all_rests=_rests(pack, files, acts, parent, since),
        calendar=_calendar(pack, files, about, None if abroad else parent),
        forms=_forms(pack, files, acts, parent),
        languages=tuple(about.data.get("languages", parent.languages if parent else ("kk", "ru"))),
        since=since,
        before=parent if since else None,
    )
    _check_references(law)
    _check_cases(law)
    return law


def _lent(law: Law, pack: str) -> Law:
    """What another pack may take of it: values, wordings and grounds, as its own defaults."""
    policy, article = law.acts[rules.POLICY], f"pack {pack}, as in {law.name}"
    forms = [replace(each, source=rules.of_policy(each.source, policy, article)) for each in law.forms]
    return replace(
        law,
        acts={policy.id: policy},
        rules={
            id_: tuple(replace(rule, cases=()) for rule in versions)  # they were counted by its own calendar
            for id_, versions in rules.as_policy(law.rules, policy, article).items()
        },
        all_grounds=rules.as_policy(law.all_grounds, policy, article),
        forms=tuple(forms),
    )


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
    pack: str,
    files: Mapping[str, Traversable],
    acts: Mapping[str, Act],
    parent: Law | None,
    since: date | None,
) -> dict[str, tuple[Rule, ...]]:
    inherited = dict(parent.rules) if parent else {}
    stated = [
        found
        for name, path in files.items()
        if name not in APART and not _is_form(name)
        for found in rules.read_rules(path, f"{pack}/{name}", acts, inherited)
    ]
    own = rules.dated(stated)
    return rules.finished(rules.onwards(inherited, own, since) if since else inherited | own)


def _grounds(
    pack: str,
    files: Mapping[str, Traversable],
    acts: Mapping[str, Act],
    parent: Law | None,
    since: date | None,
) -> dict[str, tuple[Ground, ...]]:
    inherited = dict(parent.all_grounds) if parent else {}
    if "grounds.toml" not in files:
        return inherited
    own = rules.dated(rules.read_grounds(files["grounds.toml"], f"{pack}/grounds.toml", acts))
    return rules.onwards(inherited, own, since) if since else inherited | own


def _rests(
    pack: str,
    files: Mapping[str, Traversable],
    acts: Mapping[str, Act],
    parent: Law | None,
    since: date | None,
) -> dict[str, tuple[Rest, ...]]:
    inherited = dict(parent.all_rests) if parent else {}
    if "rests.toml" not in files:
        return inherited
    own = rules.dated(rests.read_rests(files["rests.toml"], f"{pack}/rests.toml", acts))
    return rules.onwards(inherited, own, since) if since else inherited | own


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
    found = tuple(own) or (parent.forms if parent else ())
    if "clauses.toml" not in files:
        return found
    return tuple(form.reworded(each, files["clauses.toml"], f"{pack}/clauses.toml", pack) for each in found)


def _is_form(name: str) -> bool:
    return name == "form.toml" or name.startswith("form-")


def _check_references(law: Law) -> None:
    named = {ground.notice for versions in law.all_grounds.values() for ground in versions if ground.notice}
    asked = {
        (found["rule"], found["key"])
        for form_ in law.forms
        for wording in form_.wordings
        for found in OF_RULE.finditer(wording.text["en"])
    }
    if unknown := sorted((named | {rule for rule, _ in asked}) - law.rules.keys()):
        raise PackRefused(f"{law.version}: a ground or the form names {', '.join(unknown)}, which is no rule")
    for rule, key in sorted(asked):
        if any(key not in version.value for version in law.rules[rule]):
            raise PackRefused(f"{law.version}: the form asks for {key} of {rule}, which has no such value")


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
