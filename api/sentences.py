"""An event, a command or a refusal in words: its sentence, and each of its fields with a label."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import Any

from api.formats import day, instant, money, month, number
from api.languages import WORDS, say
from contracts.account import About
from contracts.claim import Answer, Instalment, Line, Parts, PriceLine
from contracts.commission_rules import Conflict
from contracts.contract import Route, State
from contracts.costs import Cost, Item
from contracts.decision import Command, Event, Refusal
from contracts.dispute import Asked, Bias, Closing, Finding, Late, Paper, Phase, Portion, Verdict
from contracts.dispute_on_claim import Moved
from contracts.dossier import Outcome, Resting
from contracts.law import Ground, Law, Rest
from contracts.mediation import Result
from contracts.moving import Destination
from contracts.parties import Guardian, Kind, Quota, Role
from contracts.points import Matter, Point
from contracts.reimbursement import Currency, Owed, Share
from contracts.results import AssessmentKind, Grade, Occupation, Seats
from contracts.signing import Means
from contracts.steps import Step
from contracts.terms import (
    Change,
    ClauseId,
    Form,
    Funding,
    HiringKind,
    PayKind,
    StartsWith,
    Status,
    Weekday,
    Workplace,
)
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
    Change: "change-classes",
    ClauseId: "clauses",
    Matter: "matters",
    Phase: "phases",
    Paper: "evidence-papers",
    Bias: "biases",
    Finding: "findings",
    Verdict: "verdicts",
    Closing: "closings",
    Late: "restored",
    Conflict: "conflicts",
    Result: "mediation-results",
    Destination: "transfer-kinds",
    Resting: "resting",
    AssessmentKind: "assessments",
    Grade: "grades",
    Occupation: "occupations",
    Place: "trained-at",
    About: "claims-about",
    Answer: "claim-answers",
    Cost: "costs",
    Currency: "currencies",
}
"""Where the words of an enumeration stand."""

NAMED = {
    "deadline": ("deadlines",),
    "at_fault": ("at-fault",),
    "clause": ("clauses",),
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

TIYN = frozenset(
    {"amount", "due", "in_force", "acknowledged", "cap", "carried", "consented", "interest", "most", "over"}
    | {"overpaid", "owed", "paid", "part", "planned", "returned", "wage"}
)
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
        """As an entry tells it; some say which of several they are."""
        told = f"events-told.{event.type}"
        return self._sentence(told if told in WORDS["en"] else f"events.{event.type}", event)

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
        if field in TIYN and type(value) is int:
            return money(self.language, value)
        if field in MINUTES and value is not None:
            return duration(self.language, value)
        if field in {"month", "months"} and isinstance(value, str):
            return month(self.language, date.fromisoformat(f"{value}-01"))
        if field in {"ground", "grounds"} and (ground := self._ground(str(value))):
            return ground.name[self.language]
        for section in NAMED.get(field, ()):
            if f"{section}.{value}" in WORDS[self.language]:
                return say(self.language, f"{section}.{value}")
        return next((say_it(self, value) for kind, say_it in PLAIN if isinstance(value, kind)), str(value))

    def seats(self, seats: Seats) -> str:
        """How many sat for which side."""
        sides = [(name, n) for name, n in fields_of(seats) if n]
        return ", ".join(f"{say(self.language, f'roles.{side}')}: {n}" for side, n in sides)

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

    def step(self, step: Step) -> str:
        """A line of a computation, with its number."""
        tiyn = step.unit == "tiyn"
        value = money(self.language, step.value) if tiyn else number(self.language, step.value)
        return f"{say(self.language, f'steps.{step.name}')}: {value}"

    def sum_of(self, of: str, amount: int) -> str:
        return f"{of}: {money(self.language, amount)}"

    def settles(self, parts: Parts) -> str:
        """What a payment settles, each part that it does."""
        each = (("expenses", parts.expenses), ("penalty", parts.penalty), ("principal", parts.principal))
        found = [self.sum_of(say(self.language, f"steps.{name}"), amount) for name, amount in each if amount]
        over = [self.sum_of(say(self.language, "fields.overpaid"), parts.over)] if parts.over else []
        return "; ".join([*found, *over]) or self._not_stated

    @property
    def _not_stated(self) -> str:
        return say(self.language, "words.not-stated")


def _point(speaker: Speaker, point: Point) -> str:
    """Its matter, and which one: `Clause of the contract: Schedule`."""
    clause = say(speaker.language, f"clauses.{point.clause}") if point.clause else None
    which = clause or point.item or point.entry
    return f"{speaker.value(point.matter)}: {which}" if which else speaker.value(point.matter)


def _portion(speaker: Speaker, share: Portion) -> str:
    return f"{speaker.value(share.debtor)}: {share.percent} %"


PLAIN: tuple[tuple[type, Callable[[Speaker, Any], str]], ...] = (
    (bool, lambda speaker, yes: say(speaker.language, "words.yes" if yes else "words.no")),
    (datetime, lambda speaker, at: instant(speaker.language, at, speaker.law.zone)),
    (date, lambda speaker, on: day(speaker.language, on)),
    (Point, _point),
    (Portion, _portion),
    (Asked, lambda speaker, asked: speaker.sum_of(speaker.value(asked.debtor), asked.amount)),
    (Moved, lambda speaker, move: speaker.sum_of(speaker.value(move.debtor), move.now)),
    (Seats, lambda speaker, seats: speaker.seats(seats)),
    (Quota, lambda speaker, quota: f"{quota.qualification}: {quota.places}"),
    (Workplace, lambda speaker, place: f"{place.department}, {place.address}"),
    (Step, lambda speaker, step: speaker.step(step)),
    (PriceLine, lambda speaker, line: speaker.sum_of(day(speaker.language, line.on), line.amount)),
    (Line, lambda speaker, line: money(speaker.language, line.amount)),
    (Parts, lambda speaker, parts: speaker.settles(parts)),
    (Owed, lambda speaker, owed: speaker.sum_of(speaker.value(owed.debtor), owed.amount)),
    (Share, lambda speaker, share: f"{speaker.value(share.debtor)}: {share.parts}"),
    (
        Item,
        lambda speaker, item: speaker.sum_of(f"{speaker.value(item.kind)} ({item.document})", item.amount),
    ),
    (Instalment, lambda speaker, each: speaker.sum_of(day(speaker.language, each.due_on), each.amount)),
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
