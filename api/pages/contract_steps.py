"""What is next at a contract: who has to do what by when, what silence means, and what can be done at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.formats import day
from api.languages import say
from api.pages.look import Look
from api.pages.names import roles
from api.pages.parts import Button, Lines, Link, Words
from api.pages.typed_day import distance
from api.pages.views.contract import Impossible, NextStep
from contracts.ahead import outlook
from contracts.consequences import Deadline, Task
from contracts.decision import NotParty
from contracts.lifecycle import COMMANDS
from contracts.log.wishes import Allowance
from contracts.parties import Role


@dataclass(frozen=True)
class Step:
    """A task, or a day that comes by itself. `section` and `name`: where its words stand."""

    section: str
    name: str
    who: tuple[Role, ...]
    by: date | None
    deadline: Deadline | None
    command: str | None = None
    ref: UUID | None = None

    def what(self, language: str) -> str:
        return say(language, f"{self.section}.{self.name}")

    def who_words(self, language: str) -> str:
        return roles(language, self.who)


def steps(look: Look) -> list[Step]:
    """Own ones first, each by its day; what has no day comes last."""
    ahead = outlook(look.then, look.found.law)
    tasks = [_task(task, ahead.deadlines) for task in ahead.tasks]
    taken = {id(step.deadline) for step in tasks}
    days = [
        Step("deadlines", each.name, each.who, each.on, each)
        for each in ahead.deadlines
        if id(each) not in taken
    ]
    return sorted(
        [*tasks, *days],
        key=lambda step: (not own(look, step), step.by is None, step.by or date.max, not step.command),
    )


def _task(task: Task, deadlines: Sequence[Deadline]) -> Step:
    """With the deadline that it is there for: of the same day, about the same, for one of the same people."""
    found = next(
        (d for d in deadlines if d.on == task.by and d.ref == task.ref and {*d.who} & {*task.who}), None
    )
    return Step("tasks", task.name, task.who, task.by, found, task.command, task.ref)


def own(look: Look, step: Step) -> bool:
    return bool(look.found.roles.intersection(step.who))


def shown(look: Look, found: Sequence[Step]) -> list[NextStep]:
    return [_shown(look, step) for step in found]


def _shown(look: Look, step: Step) -> NextStep:
    language, mine = look.language, own(look, step)
    return NextStep(
        step.what(language),
        _who(language, step, mine),
        _by(look, step.by, step.deadline.left if step.deadline else None),
        _silence(look, step),
        _act(look, step) if mine and not look.moved else "",
    )


def _who(language: str, step: Step, mine: bool) -> Words:
    if not step.who:
        return say(language, "roles.deadline")
    words = step.who_words(language)
    return Lines(say(language, "pages.contract.you"), [words]) if mine else words


def _by(look: Look, on: date | None, left: int | None = None) -> Words:
    if on is None:
        return say(look.language, "pages.contract.no-day")
    frozen = [say(look.language, "words.frozen", n=left)] if left is not None else []
    return Lines(day(look.language, on), [distance(look.language, on, look.found.today), *frozen], whole=True)


def _silence(look: Look, step: Step) -> Words:
    if step.deadline is None:
        return say(look.language, "pages.contract.no-silence")
    effect = say(look.language, f"silence.{step.deadline.silence}")
    rule, on = step.deadline.rule, look.found.today
    return Lines(effect, [Link(say(look.language, "pages.history.rule"), f"/law/{rule}?on={on}")])


def _act(look: Look, step: Step) -> Words:
    if step.command is None or look.found.roles.isdisjoint(COMMANDS[step.command].by):
        return ""
    words = say(look.language, f"commands.{step.command}")
    return Button(words, f"/contracts/{look.id}/{step.command}", "little")


# What can be done


@dataclass(frozen=True)
class Doable:
    """Commands that are allowed now, those that a rule keeps from happening, and those of other roles."""

    can: Sequence[Link]
    cannot: Sequence[Impossible]
    of_others: Sequence[Impossible]


def doable(look: Look) -> Doable:
    """The same rules as the commands themselves, asked without a wish."""
    answers = look.reader.house.desk.allowed(look.id, look.reader.asked.caller)
    refused = [answer for answer in answers if answer.refusals]
    return Doable(
        [
            Link(say(look.language, f"commands.{each.command}"), f"/contracts/{look.id}/{each.command}")
            for each in answers
            if not each.refusals
        ],
        [_impossible(look, each) for each in refused if not _of_another(each)],
        [_impossible(look, each) for each in refused if _of_another(each)],
    )


def _of_another(answer: Allowance) -> bool:
    return any(isinstance(refusal, NotParty) for refusal in answer.refusals)


def _impossible(look: Look, answer: Allowance) -> Impossible:
    reasons = " ".join(look.reader.speaker.refusal(refusal) for refusal in answer.refusals)
    return Impossible(say(look.language, f"commands.{answer.command}"), reasons)
