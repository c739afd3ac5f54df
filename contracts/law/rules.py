"""Rules and grounds as a pack states them: what each says, from when, by which act, and how sure that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, ClassVar, Protocol, TypeVar

from contracts.law.reading import Entry, PackRefused, tables

CERTAINTIES = frozenset({"seen", "recalled", "policy"})
POLICY = "policy"
"""The id, in acts.toml, of what is no law but our own default, which a contract or a pack may change."""

Value = Mapping[str, int | str]
Case = Mapping[str, date | int | str]


@dataclass(frozen=True, eq=False)
class Act:
    id: str
    title: Mapping[str, str]
    link: str | None
    in_force_from: date
    in_force_to: date | None


@dataclass(frozen=True)
class Source:
    """Where a rule comes from. It holds in [in_force_from, in_force_to).

    act        short name of the act; `title` is its full name in each language
    certainty  seen: read in the text; recalled: from memory, to be checked; policy: our own default
    confirmed_by, confirmed_on  the lawyer who has confirmed the entry, and when
    """

    act: str
    article: str
    link: str | None
    in_force_from: date
    in_force_to: date | None
    certainty: str
    title: Mapping[str, str] = field(compare=False)
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @property
    def confirmed(self) -> bool:
        """Without it, what rests on the rule is marked as to be confirmed by a lawyer."""
        return self.certainty == "seen" or self.confirmed_by is not None

    def holds_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day < self.in_force_to)


@dataclass(frozen=True, eq=False)
class Rule:
    """
    code      the label of the refusal that the rule makes, if it makes one
    value_of  id of the rule whose value this one shares
    text      what it says, in one sentence a language; `sentence` is the same before the values are put in
    cases     what its value must lead to
    place     file and line of its entry
    """

    id: str
    code: str | None
    value: Value
    source: Source
    text: Mapping[str, str]
    sentence: Mapping[str, str]
    value_of: str | None
    cases: tuple[Case, ...]
    place: str


@dataclass(frozen=True, eq=False)
class Ground:
    """A reason for which a contract may end early.

    initiator     student, college, enterprise, mutual, statutory
    by            the roles that may use it
    notice        id of the rule that says how long a warning must be; None: no warning
    needs         proof, cure (a demand and its days first), hearing, order, charter, agreement,
                  representative (of a minor)
    barred_while  illness, leave, pregnancy: it may not be used then
    fault         whose fault the end is by nature: student, college, enterprise, or nobody
    """

    id: str
    initiator: str
    by: frozenset[str]
    notice: str | None
    needs: frozenset[str]
    barred_while: frozenset[str]
    fault: str
    name: Mapping[str, str]
    source: Source


class Dated(Protocol):
    """What a pack states under an id, from a day on."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> Source: ...


Stated = TypeVar("Stated", bound=Dated)

INITIATORS = frozenset({"student", "college", "enterprise", "mutual", "statutory"})
ROLES = frozenset({"student", "college", "enterprise", "chamber"})
NEEDS = frozenset({"proof", "cure", "hearing", "order", "charter", "agreement", "representative"})
CONDITIONS = frozenset({"illness", "leave", "pregnancy"})
AT_FAULT = frozenset({"student", "college", "enterprise", "nobody"})

SOURCED: Mapping[str, type] = {"act": str, "article": str, "in_force_from": date, "certainty": str}
SOMETIMES: Mapping[str, type] = {
    "link": str,
    "in_force_to": date,
    "confirmed_by": str,
    "confirmed_on": date,
}


def read_acts(path: Traversable, place: str) -> dict[str, Act]:
    acts = {}
    for entry in tables(path, place, "act"):
        entry.only({"id": str, "title": dict, "in_force_from": date}, SOMETIMES)
        act = Act(entry.data["id"], entry.languages("title"), entry.data.get("link"), *entry.period())
        if act.id in acts:
            raise entry.refused("listed twice")
        acts[act.id] = act
    return acts


def read_rules(
    path: Traversable, place: str, acts: Mapping[str, Act], parent: Mapping[str, tuple[Rule, ...]]
) -> list[tuple[Entry, Rule]]:
    """The rules of one file, before `finished`. One that overrides a parent's may leave out code and text."""
    rules = []
    for entry in tables(path, place, "rule"):
        optional = {"code": str, "value": dict, "value_of": str, "case": list, "text": dict, **SOMETIMES}
        entry.only({"id": str, **SOURCED}, optional)
        sentence = entry.languages("text") if "text" in entry.data else None
        code = entry.data.get("code")
        if parent:
            if not (overridden := parent.get(entry.data["id"])):
                raise entry.refused("the pack that this one extends has no such rule")
            sentence, code = sentence or overridden[-1].sentence, code or overridden[-1].code
        if sentence is None:
            raise entry.refused("text is missing")
        rules.append(
            (
                entry,
                Rule(
                    entry.data["id"],
                    code,
                    _value(entry),
                    read_source(entry, acts),
                    text={},
                    sentence=sentence,
                    value_of=entry.data.get("value_of"),
                    cases=tuple(entry.data.get("case", ())),
                    place=entry.place,
                ),
            )
        )
    return rules


def read_grounds(path: Traversable, place: str, acts: Mapping[str, Act]) -> list[tuple[Entry, Ground]]:
    grounds = []
    for entry in tables(path, place, "ground"):
        entry.only(
            {"id": str, "initiator": str, "by": list, "fault": str, "name": dict, **SOURCED},
            {"notice": str, "needs": list, "barred_while": list, **SOMETIMES},
        )
        ground = Ground(
            entry.data["id"],
            entry.one_of("initiator", INITIATORS),
            words(entry, "by", ROLES),
            entry.data.get("notice"),
            words(entry, "needs", NEEDS),
            words(entry, "barred_while", CONDITIONS),
            entry.one_of("fault", AT_FAULT),
            entry.languages("name"),
            read_source(entry, acts),
        )
        grounds.append((entry, ground))
    return grounds


def dated(read: Iterable[tuple[Entry, Stated]]) -> dict[str, tuple[Stated, ...]]:
    """By id, oldest first. Raises PackRefused where two hold on one day, or none does in between."""
    found: dict[str, list[tuple[Entry, Stated]]] = {}
    for entry, stated in read:
        found.setdefault(stated.id, []).append((entry, stated))
    for versions in found.values():
        versions.sort(key=lambda version: version[1].source.in_force_from)
        for (_, earlier), (entry, later) in pairwise(versions):
            ends, begins = earlier.source.in_force_to, later.source.in_force_from
            if ends is None or ends > begins:
                raise entry.refused(f"another entry of this id is in force on {begins}, too")
            if ends < begins:
                raise entry.refused(f"no entry of this id is in force from {ends} to {begins}")
    return {id_: tuple(stated for _, stated in versions) for id_, versions in found.items()}


def as_policy(
    stated: Mapping[str, tuple[Stated, ...]], policy: Act, article: str
) -> dict[str, tuple[Stated, ...]]:
    """The same without the acts that they come from."""
    return {
        id_: tuple(replace(each, source=of_policy(each.source, policy, article)) for each in versions)
        for id_, versions in stated.items()
    }


def of_policy(source: Source, policy: Act, article: str) -> Source:
    start, end = source.in_force_from, source.in_force_to
    return Source(policy.id, article, None, start, end, POLICY, policy.title)


def onwards(
    before: Mapping[str, tuple[Stated, ...]], own: Mapping[str, tuple[Stated, ...]], since: date
) -> dict[str, tuple[Stated, ...]]:
    """`before` up to `since`, and from that day on what a pack says instead. Raises PackRefused where it says
    it for another day."""
    for id_, versions in own.items():
        if (begins := versions[0].source.in_force_from) != since:
            raise PackRefused(f"{id_} is in force from {begins}, its pack from {since}")
    earlier = {id_: _until(versions, since) for id_, versions in before.items() if id_ in own}
    return {**before, **{id_: earlier.get(id_, ()) + versions for id_, versions in own.items()}}


def _until(stated: tuple[Stated, ...], day: date) -> tuple[Stated, ...]:
    begun = [each for each in stated if each.source.in_force_from < day]
    return tuple(
        replace(each, source=replace(each.source, in_force_to=min(each.source.in_force_to or day, day)))
        for each in begun
    )


def finished(rules: Mapping[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """With shared values looked up, and the values put into the sentences."""
    return {id_: tuple(_finished(rule, rules) for rule in versions) for id_, versions in rules.items()}


def _finished(rule: Rule, rules: Mapping[str, tuple[Rule, ...]]) -> Rule:
    value = rule.value
    if rule.value_of:
        start, end = rule.source.in_force_from, rule.source.in_force_to
        lenders = [lender for lender in rules.get(rule.value_of, ()) if lender.source.holds_on(start)]
        if not lenders or ((until := lenders[0].source.in_force_to) and (end is None or until < end)):
            raise PackRefused(f"{rule.place}: no entry of {rule.value_of} lends its value for the whole time")
        value = lenders[0].value
    try:
        text = {language: sentence.format_map(value) for language, sentence in rule.sentence.items()}
    except (KeyError, ValueError, IndexError) as error:
        raise PackRefused(f"{rule.place}: the text has a placeholder without a value: {error}") from error
    return replace(rule, value=value, text=text)


def _value(entry: Entry) -> Value:
    value: Value = entry.data.get("value", {})
    if any(type(member) not in (int, str) for member in value.values()):
        raise entry.refused(f"a value is a number or a word, not {value!r}")
    if value and "value_of" in entry.data:
        raise entry.refused("either value or value_of")
    return dict(value)


def read_source(entry: Entry, acts: Mapping[str, Act]) -> Source:
    act = acts[entry.one_of("act", frozenset(acts))]
    certainty = entry.one_of("certainty", CERTAINTIES)
    if (act.id == POLICY) != (certainty == POLICY):
        raise entry.refused("a policy, and only a policy, comes from no act")
    start, end = entry.period()
    if start < act.in_force_from or (act.in_force_to and (end is None or end > act.in_force_to)):
        raise entry.refused(f"{act.id} is not in force all the time from {start} to {end}")
    by, on = entry.data.get("confirmed_by"), entry.data.get("confirmed_on")
    if (by is None) != (on is None):
        raise entry.refused("who confirmed it and on which day stand together")
    link = entry.data.get("link", act.link)
    return Source(act.id, entry.data["article"], link, start, end, certainty, act.title, by, on)


def words(entry: Entry, key: str, allowed: frozenset[str]) -> frozenset[str]:
    found = frozenset(entry.data.get(key, ()))
    if unknown := sorted(map(str, found - allowed)):
        raise entry.refused(f"{key}: {', '.join(unknown)} is not one of {', '.join(sorted(allowed))}")
    return found
