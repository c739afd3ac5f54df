"""What a wish would bring, in words: the `consequences` of the decision part by part, nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from api.formats import day, money, number
from api.languages import WORDS, say
from api.pages.clauses import ClauseWords
from api.pages.law import cited
from api.pages.names import Names, roles
from api.pages.parts import Fact, Lines, Link, Words
from api.pages.views.contract import Figure
from api.pages.views.preview import DeadlineMoved, Money, OtherTask, Recorded, Told
from api.sentences import Speaker, fields_of
from contracts.canonical import canonical
from contracts.consequences import addressee
from contracts.contract import Contract
from contracts.corrected import onwards
from contracts.decision import Event
from contracts.law import Law
from contracts.lifecycle import EVENTS
from contracts.log.mapper import Mapper
from contracts.parties import Role
from contracts.terms import REGISTER, Schedule, Terms

UNSAID = frozenset(
    {
        "by",
        "reason",
        "known_on",
        "nonce",
        "text_hash",
        "student_record",
        "form",
        "parties",
        "proposal",
        "term",
    }
    | {"entry", "of", "of_schema", "right", "informed", "fell", "undoes", "correction"}
)
"""Fields of events that are no words for people, or stand elsewhere on the page."""

PERIODS = ("years", "months", "working_days", "calendar_days")
DIFFERING = ("recorded", "deadlines", "money", "told", "tasks", "stays", "for-good")


@dataclass(frozen=True)
class PreviewWords:
    """`events` as an answer shows them: whole, while `shown` has no ids. `contract`: as it is before them;
    `representatives`: who stands for its student."""

    language: str
    law: Law
    today: date
    mapper: Mapper
    names: Names
    clauses: ClauseWords
    contract: Contract
    representatives: Collection[UUID]
    events: Sequence[Mapping[str, Any]]
    shown: Mapping[str, Any]
    past: Sequence[Event] = ()
    """What has made the contract what it is."""

    @cached_property
    def speaker(self) -> Speaker:
        return Speaker(self.language, self.law, self.today)

    @cached_property
    def decided(self) -> list[Event]:
        """`events`, read back."""
        kinds = [EVENTS[each["type"]] for each in self.events]
        return [
            self.mapper.decode(kind.type, kind.schema, canonical(each["data"]))
            for kind, each in zip(kinds, self.events, strict=True)
        ]

    @cached_property
    def after(self) -> Contract:
        """The contract with what would be recorded."""
        said = [event for event in self.decided if event.stream == "contract"]
        found: Contract = onwards(self.past, said, self.contract, Contract(id=self.contract.id))
        return found

    def recorded(self) -> list[Recorded]:
        return [self._recorded(*each) for each in zip(self.decided, self.events, strict=True)]

    def _recorded(self, event: Event, each: Mapping[str, Any]) -> Recorded:
        effective = each.get("effective_on")
        on = date.fromisoformat(effective) if effective else self.today
        return Recorded(self.speaker.event(event), day(self.language, on), self.facts_of(event))

    def facts_of(self, event: Event) -> list[Fact]:
        kept = UNSAID | event.apart
        found = []
        for name, value in fields_of(event):
            if name in kept or value is None or value == () or isinstance(value, UUID | Terms):
                continue
            words = (
                self.clauses.brief(value) if isinstance(value, Schedule) else self.speaker.value(value, name)
            )
            found.append(Fact(say(self.language, f"fields.{name}"), words))
        if isinstance(changes := getattr(event, "changes", None), Terms):
            found.append(Fact(say(self.language, "fields.changes"), self._clause_names(changes)))
        return found

    def _clause_names(self, terms: Terms) -> str:
        names = [c.id for c in REGISTER if getattr(terms, c.field) is not None]
        return ", ".join(say(self.language, f"clauses.{id_}") for id_ in names)

    def deadlines(self) -> list[DeadlineMoved]:
        moved = self.shown["deadlines"]
        starts = [self._deadline(each, starts=True) for each in moved["start"]]
        return [*starts, *(self._deadline(each, starts=False) for each in moved["stop"])]

    def _deadline(self, each: Mapping[str, Any], starts: bool) -> DeadlineMoved:
        silence = f"silence.{each['silence']}" if starts else "pages.preview.not-needed"
        return DeadlineMoved(
            starts,
            say(self.language, f"deadlines.{each['name']}"),
            roles(self.language, each["who"]) or say(self.language, "roles.deadline"),
            self._last_day(each),
            say(self.language, silence),
            period(self.language, self.law.rule(each["rule"], self.today).value) if starts else None,
        )

    def _last_day(self, each: Mapping[str, Any]) -> str:
        last = day(self.language, date.fromisoformat(each["on"]))
        return f"{last}. {say(self.language, 'words.frozen', n=each['left'])}" if "left" in each else last

    def money(self) -> list[Money]:
        return [self._sum(each) for each in self.shown["money"]]

    def _sum(self, each: Mapping[str, Any]) -> Money:
        steps = each["steps"]
        lines = [
            Figure(
                say(self.language, f"steps.{step['name']}"), self._figure(step), self._formula(step, steps)
            )
            for step in steps
        ]
        what = say(self.language, f"sums.{each['name']}")
        parties = say(
            self.language,
            "pages.contract.from-to",
            by=say(self.language, f"roles.{each['by']}"),
            to=say(self.language, f"roles.{each['to']}"),
        )
        rule = self.law.rule(each["rule"], self.today)
        basis = Link(cited(self.language, rule), f"/law/{rule.id}?on={self.today}")
        return Money(money(self.language, each["amount"]), f"{what}. {parties}", lines, basis)

    def _figure(self, step: Mapping[str, Any]) -> str:
        value: int = step["value"]
        return money(self.language, value) if step["unit"] == "tiyn" else number(self.language, value)

    def _formula(self, step: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> str | None:
        """Of a month: pay × days done ÷ days planned, for each sum that was agreed in it."""
        if step["name"] != "rounded-up-for-student":
            return None
        said: dict[str, list[str]] = {}
        for each in steps:
            said.setdefault(each["name"], []).append(self._figure(each))
        [planned] = said["practice-days-planned"]
        parts = zip(said["monthly"], said["practice-days-done"], strict=True)
        return " + ".join(f"{pay} × {days} ÷ {planned}" for pay, days in parts)

    def told(self) -> list[Told]:
        return [self._told(each) for each in self.shown["notices"]]

    def _told(self, each: Mapping[str, Any]) -> Told:
        role = Role(each["to"])
        names = [self.names.ref(ref) for ref in addressee(role, self.after, self.representatives)]
        words = say(self.language, f"roles.{role}")
        who: Words = Lines(words, names) if names else words
        about = say(self.language, f"events.{each['about']}")
        number_ = self.contract.number
        text = f"{about}. {say(self.language, 'fields.number')}: {number_}." if number_ else f"{about}."
        channel = say(self.language, "pages.preview.in-service")
        language = say(self.language, "pages.preview.own-language")
        return Told(who, channel, language, text, self.language)

    def tasks(self, which: str = "open") -> list[OtherTask]:
        return [self._task(each) for each in self.shown["tasks"][which]]

    def _task(self, each: Mapping[str, Any]) -> OtherTask:
        what = say(self.language, f"tasks.{each['name']}")
        if last := each.get("by"):
            by = day(self.language, date.fromisoformat(last))
            what = say(self.language, "pages.preview.task-by", what=what, day=by)
        return OtherTask(roles(self.language, each["who"]), what)

    def stays(self) -> list[str]:
        return [say(self.language, f"stays.{name}") for name in self.shown["stays"]]

    def ends(self) -> list[str]:
        return [say(self.language, f"ends.{name}") for name in self.shown["ends"]]

    def for_good(self) -> list[str]:
        final = self.shown["cannot_be_undone"]
        if not final:
            return []
        from_on = day(self.language, date.fromisoformat(final["from_on"]))
        found = [say(self.language, "pages.preview.final-from", day=from_on)]
        if final.get("command"):
            command = say(self.language, f"commands.{final['command']}")
            who = say(self.language, f"roles.{final['who']}")
            found.append(say(self.language, "pages.preview.until-then", command=command, who=who))
        return found

    def hours(self) -> list[Fact]:
        """Practice hours that the plan gives up to the last day."""
        if not (found := self.shown["practice_hours"]):
            return []
        words = say(
            self.language,
            "pages.preview.hours",
            done=found["until_last_day"],
            all=found["of_term"],
        )
        return [Fact(say(self.language, "pages.preview.practice-hours"), words)]

    def _entry(self, each: Mapping[str, Any]) -> str:
        """An entry with its days, which is what a day or another's entry may change."""
        days = [
            f"{say(self.language, f'fields.{name}')}: {day(self.language, on)}"
            for name, value in each["data"].items()
            if f"fields.{name}" in WORDS[self.language] and (on := _day(value))
        ]
        return ". ".join([say(self.language, f"events.{each['type']}"), *days])

    def lines(self) -> dict[str, list[str]]:
        """Each part as plain lines, so that two previews can be compared."""
        shown = self.shown
        recorded = [self._entry(each) for each in shown["events"]]
        deadlines = [
            f"{say(self.language, 'pages.preview.starts' if d.starts else 'pages.preview.stops')}: "
            f"{d.what}. {d.last_day}"
            for d in self.deadlines()
        ]
        told = [say(self.language, f"roles.{each['to']}") for each in shown["notices"]]
        tasks = [f"{task.who}: {task.what}" for task in self.tasks()]
        sums = [f"{each.meaning} {each.sum}" for each in self.money()]
        parts = (recorded, deadlines, sums, told, tasks, [*self.stays(), *self.ends()], self.for_good())
        return dict(zip(DIFFERING, parts, strict=True))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def period(language: str, value: Mapping[str, object]) -> str | None:
    """A period of the law in words; None where the rule has none, or more than one."""
    found = [(unit, length) for unit in PERIODS if isinstance(length := value.get(unit), int)]
    if len(found) != 1:
        return None
    [(unit, length)] = found
    return say(language, f"words.{unit.replace('_', '-')}", n=length)
