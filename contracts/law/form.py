"""The standard form of the contract: how every clause reads, and the exact text with its values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from importlib.resources.abc import Traversable
from typing import Any

from contracts.law.calendar import WEEKDAYS
from contracts.law.reading import Entry, PackRefused, file
from contracts.law.rules import SOMETIMES, SOURCED, Act, Source, read_source

PLACEHOLDER = re.compile(r"\{(?P<path>[a-z_.]+)(?:\|(?P<kind>[a-z_]+))?\}")
"""`{term.starts_on|date}`: a value of the contract, and how it is written. It stands whole, after a colon, so
that no language has to bend a word around it."""

OF_RULE = re.compile(r"\{rule:(?P<rule>[a-z.-]+):(?P<key>[a-z_]+)\}")
"""`{rule:withdrawal.notice:months}`: a value of the law."""

PHRASES = frozenset({"week", "numbered_week", "hours", "no_days", "money", "date"})

ValueOf = Callable[[str, str], int | str]
"""Rule id and key to the value in force."""


@dataclass(frozen=True, eq=False)
class Wording:
    """How a clause reads where `when` holds: path to value. The first that fits is taken."""

    clause: str
    when: Mapping[str, str | bool]
    text: Mapping[str, str]

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Whether its conditions hold and every value that it speaks of is there."""
        spoken_of = {found["path"] for found in PLACEHOLDER.finditer(next(iter(self.text.values())))}
        return all(at(values, path) is not None for path in spoken_of) and all(
            at(values, path) == wanted for path, wanted in self.when.items()
        )


@dataclass(frozen=True)
class Sentence:
    """A clause in words. `clause` is its id in the clause register."""

    clause: str
    text: str


@dataclass(frozen=True, eq=False)
class Form:
    """`words` are by kind and value, `phrases` by name; each in every language."""

    version: str
    source: Source
    title: Mapping[str, str]
    wordings: tuple[Wording, ...]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    phrases: Mapping[str, Mapping[str, str]]

    def sentences(self, values: Mapping[str, Any], language: str, value_of: ValueOf) -> tuple[Sentence, ...]:
        """The clauses that have their values, in the order of the form. `values`: nested, in plain JSON or
        with dates and times. Raises LookupError for a word that the form does not know."""
        taken: dict[str, Wording] = {}
        for wording in self.wordings:
            if wording.clause not in taken and wording.fits(values):
                taken[wording.clause] = wording
        return tuple(
            Sentence(clause, self._written(wording.text[language], values, language, value_of))
            for clause, wording in taken.items()
        )

    def text(self, values: Mapping[str, Any], language: str, value_of: ValueOf) -> str:
        """Title and numbered clauses, a line each."""
        title = self._written(self.title[language], values, language, value_of)
        sentences = self.sentences(values, language, value_of)
        return "\n".join([title, *(f"{n}. {sentence.text}" for n, sentence in enumerate(sentences, start=1))])

    def _written(self, text: str, values: Mapping[str, Any], language: str, value_of: ValueOf) -> str:
        text = OF_RULE.sub(lambda found: str(value_of(found["rule"], found["key"])), text)
        return PLACEHOLDER.sub(
            lambda found: self.written(at(values, found["path"]), found["kind"], language), text
        )

    def written(self, value: Any, kind: str | None, language: str) -> str:
        """One value as the form writes it."""
        if isinstance(value, Sequence) and not isinstance(value, str) and kind != "weeks":
            return ", ".join(self.written(member, kind, language) for member in value)
        match kind:
            case None:
                return str(value)
            case "date":
                return self._date(value, language)
            case "money":
                return self.phrases["money"][language].format(amount=tenge(value, language))
            case "hours":
                return self._hours(value, language)
            case "weeks":
                return self._weeks(value, language)
        try:
            return self.words[kind][value][language]
        except KeyError as error:
            raise LookupError(f"form {self.version} has no word for {kind} {value!r}") from error

    def _date(self, value: date | str, language: str) -> str:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        month = self.words["month"][str(day.month)][language]
        return self.phrases["date"][language].format(year=day.year, month=month, day=day.day)

    def _hours(self, value: Mapping[str, Any], language: str) -> str:
        start, end = (clock(value[name]) for name in ("starts_at", "ends_at"))
        pause = value.get("break_minutes", 0)
        return self.phrases["hours"][language].format(start=start, end=end, pause=pause)

    def _weeks(self, value: Sequence[Mapping[str, Any]], language: str) -> str:
        phrase = self.phrases["numbered_week" if len(value) > 1 else "week"][language]
        return "; ".join(
            phrase.format(
                number=number,
                college=self._days(week["college"], language),
                enterprise=self._days(week["enterprise"], language),
            )
            for number, week in enumerate(value, start=1)
        )

    def _days(self, days: Sequence[str], language: str) -> str:
        if not days:
            return self.phrases["no_days"][language]
        return self.written(sorted(days, key=WEEKDAYS.index), "weekday", language)


def at(values: Mapping[str, Any], path: str) -> Any:
    """The value under a dotted path; None where there is none."""
    found: Any = values
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def clock(value: time | str) -> str:
    """Hours and minutes."""
    return value.strftime("%H:%M") if isinstance(value, time) else value[:5]


def tenge(tiyn: int, language: str) -> str:
    """Integer tiyn as tenge, grouped by threes as the language does it."""
    whole, rest = divmod(tiyn, 100)
    group, point = (",", ".") if language == "en" else ("\u00a0", ",")
    return f"{whole:,}".replace(",", group) + f"{point}{rest:02}"


# Reading


def read(path: Traversable, place: str, acts: Mapping[str, Act]) -> Form:
    whole = file(path, place)
    tables: dict[str, type] = {"title": dict, "clause": list, "word": dict, "phrase": dict}
    whole.only({"version": str, **SOURCED, **tables}, SOMETIMES)
    words = whole.part("word")
    phrases = whole.part("phrase")
    phrases.only(dict.fromkeys(PHRASES, dict))
    form = Form(
        whole.data["version"],
        read_source(whole, acts),
        whole.languages("title"),
        tuple(_wording(entry) for entry in whole.parts("clause")),
        {kind: {word: words.part(kind).languages(word) for word in words.data[kind]} for kind in words.data},
        {name: phrases.languages(name) for name in phrases.data},
    )
    _check_kinds(form, place)
    return form


def reworded(form: Form, path: Traversable, place: str, pack: str) -> Form:
    """The form with the clauses of a file in the place of those with their ids. Raises PackRefused."""
    whole = file(path, place)
    whole.only({"clause": list})
    own = [_wording(entry) for entry in whole.parts("clause")]
    if unknown := {wording.clause for wording in own} - {wording.clause for wording in form.wordings}:
        raise PackRefused(f"{place}: the form has no clause {', '.join(sorted(unknown))}")
    wordings: list[Wording] = []
    for wording in form.wordings:
        instead = [each for each in own if each.clause == wording.clause]
        wordings += [each for each in instead or [wording] if each not in wordings]
    changed = replace(form, version=f"{form.version}/{pack}", wordings=tuple(wordings))
    _check_kinds(changed, place)
    return changed


def _wording(entry: Entry) -> Wording:
    entry.only({"id": str, "text": dict}, {"when": dict})
    text = entry.languages("text")
    spoken_of = [
        {found[0] for pattern in (PLACEHOLDER, OF_RULE) for found in pattern.finditer(sentence)}
        for sentence in text.values()
    ]
    if any(found != spoken_of[0] for found in spoken_of):
        raise entry.refused(f"{entry.data['id']}: the languages speak of different values")
    if any("{" in PLACEHOLDER.sub("", OF_RULE.sub("", sentence)) for sentence in text.values()):
        raise entry.refused(f"{entry.data['id']}: a placeholder that cannot be read")
    return Wording(entry.data["id"], entry.data.get("when", {}), text)


def _check_kinds(form: Form, place: str) -> None:
    known = {"date", "money", "hours", "weeks", *form.words}
    used = {
        found["kind"]
        for text in (form.title, *(wording.text for wording in form.wordings))
        for found in PLACEHOLDER.finditer(text["en"])
        if found["kind"]
    }
    if unknown := sorted(used - known):
        raise PackRefused(f"{place}: no words of kind {', '.join(unknown)}")
    if len(form.words.get("month", {})) != 12 or set(form.words.get("weekday", {})) != set(WEEKDAYS):
        raise PackRefused(f"{place}: twelve months and seven weekdays need their names")
