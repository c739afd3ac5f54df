"""An event, a command or a refusal in words: its sentence, and each of its fields with a label."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import Any

from api.formats import day, instant, money, month
from api.languages import WORDS, say
from contracts.contract import Route, State
from contracts.decision import Command, Event, Refusal
from contracts.dossier import Outcome, Resting
from contracts.law import Ground, Law, Rest
from contracts.moving import Destination
from contracts.parties import Guardian, Kind, Quota, Role
from contracts.signing import Means
from contracts.terms import Form, Funding, HiringKind, PayKind, StartsWith, Status, Weekday, Workplace
from contracts.training_record import Place

SECTIONS: dict[type[StrEnum], str] = {
    Role: "roles",
    State: "states",
    Outcome: "outcomes",
    Route: "routes",
    Kind: "kinds",
    Guardian: "guardians",
    Means: "means",
    Weekday: "weekdays",
    Form: "study-forms",
    Funding: "funding",
    StartsWith: "starts-with",
    Status: "statuses",
    PayKind: "pay-kinds",
    HiringKind: "hiring-kinds",
    Destination: "transfer-kinds",
    Resting: "resting",
    Place: "trained-at",
}
"""Where the words of an enumeration stand."""

NAMED = {
    "fault": ("faults",),
    "of": ("parts",),
    "wrong": ("parts",),
    "missing": ("clauses", "parts"),
    "clauses": ("clauses",),
    "removed": ("clauses",),
    "remove": ("clauses",),
    "papers": ("papers",),
    "protects": ("conditions",),
}
"""Fields that hold names of ours as plain text, and the sections in which those are looked up."""

TIYN = frozenset({"amount", "due"})
"""Fields that are sums."""

MINUTES = frozenset({"minutes", "limit_minutes", "agreed_minutes", "done_minutes", "needed_minutes"})
"""Fields that are lengths of time."""


@dataclass(frozen=True)
class Speaker:
    """Says things in one language. Grounds have the names of `law` on the day `on`."""

    language: str
    law: Law
    on: date

    def event(self, event: Event) -> str:
        return self._sentence(f"events.{event.type}", event)

    def refusal(self, refusal: Refusal) -> str:
        return self._sentence(f"refusals.{refusal.type}", refusal)

    def command(self, command: Command | type[Command]) -> str:
        return say(self.language, f"commands.{command.type}")

    def facts(self, thing: object, without: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Label and value of each field that has one, in the order of the class."""
        return [
            (say(self.language, f"fields.{name}"), self.value(value, name))
            for name, value in fields_of(thing)
            if value is not None and name not in without
        ]

    def value(self, value: Any, field: str = "") -> str:
        """The words for a value of that field."""
        if isinstance(value, tuple | frozenset):
            each = sorted(value) if isinstance(value, frozenset) else value
            return ", ".join(self.value(one, field) for one in each) or self._not_stated
        if isinstance(value, StrEnum) and type(value) in SECTIONS:
            return say(self.language, f"{SECTIONS[type(value)]}.{value}")
        if field in TIYN:
            return money(self.language, value)
        if field in MINUTES and value is not None:
            return duration(self.language, value)
        if field == "month":
            return month(self.language, date.fromisoformat(f"{value}-01"))
        if field in {"ground", "grounds"} and (ground := self._ground(str(value))):
            return ground.name[self.language]
        for section in NAMED.get(field, ()):
            if f"{section}.{value}" in WORDS[self.language]:
                return say(self.language, f"{section}.{value}")
        return next((say_it(self, value) for kind, say_it in PLAIN if isinstance(value, kind)), str(value))

    def _ground(self, id_: str) -> Ground | Rest | None:
        return self.law.ground(id_, self.on) or self.law.rest(id_, self.on)

    def _sentence(self, key: str, thing: object) -> str:
        text = WORDS[self.language][key]
        asked = {name for _, name, _, _ in Formatter().parse(str(text)) if name}
        facts = {name: self._given(value, name) for name, value in fields_of(thing) if name in asked}
        return say(self.language, key, **facts)

    def _given(self, value: Any, field: str) -> str | int:
        """A number stays one, so that the sentence can choose its plural and write it."""
        return value if type(value) is int and field not in TIYN | MINUTES else self.value(value, field)

    @property
    def _not_stated(self) -> str:
        return say(self.language, "words.not-stated")


PLAIN: tuple[tuple[type, Callable[[Speaker, Any], str]], ...] = (
    (bool, lambda speaker, yes: say(speaker.language, "words.yes" if yes else "words.no")),
    (datetime, lambda speaker, at: instant(speaker.language, at, speaker.law.zone)),
    (date, lambda speaker, on: day(speaker.language, on)),
    (Quota, lambda speaker, quota: f"{quota.qualification}: {quota.places}"),
    (Workplace, lambda speaker, place: f"{place.department}, {place.address}"),
    (type(None), lambda speaker, nothing: say(speaker.language, "words.not-stated")),
)


def hidden(event: Event, roles: Collection[Role]) -> frozenset[str]:
    """Fields that nobody in these roles reads."""
    return frozenset(name for name, who in event.confidential.items() if who.isdisjoint(roles))


def duration(language: str, minutes: int) -> str:
    """Whole hours, and minutes where there are some."""
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return say(language, "words.hours", n=hours)
    return say(language, "words.hours-minutes", hours=hours, minutes=rest)


def fields_of(thing: object) -> list[tuple[str, Any]]:
    return [(field.name, getattr(thing, field.name)) for field in fields(thing)]  # type: ignore[arg-type]
