"""Questions with several fields, or with none that is seen; and many questions read at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.languages import say
from api.pages.acting.questions import Answers, Question, Tick, Wrong
from api.pages.parts import Fact, Words
from api.pages.views.asked import Group, Hidden, Item, Ticks, WeekAsked
from api.pages.views.form import Field, Option, first_input


@dataclass(frozen=True)
class Several(Question):
    """Any number of `options`, as a tuple."""

    kind: str = "several"
    options: Sequence[Option] = ()
    means: Callable[[str], Any] = str

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        chosen = frozenset(self._chosen(answers))
        return [
            Ticks(self.name, self.label, self.options, chosen, self.hint, wrong.get(self.name), self.required)
        ]

    def read(self, answers: Answers, wrong: Wrong) -> tuple[Any, ...]:
        if not (chosen := self._chosen(answers)):
            self.nothing(wrong)
        return tuple(self.means(value) for value in chosen)

    def typed(self, value: Sequence[Any] | None) -> dict[str, str]:
        return {f"{self.name}-{one}": "yes" for one in value or ()}

    def said(self, value: Sequence[Any]) -> list[Fact]:
        return super().said(value or None)

    def words(self, value: Sequence[Any]) -> str:
        labels = {option.value: str(option.label) for option in self.options}
        return ", ".join(labels.get(str(one), str(one)) for one in value)

    def _chosen(self, answers: Answers) -> list[str]:
        return [option.value for option in self.options if answers.get(f"{self.name}-{option.value}")]


@dataclass(frozen=True)
class Listed(Question):
    """Any number of codes, with commas between them, as a tuple."""

    def read(self, answers: Answers, wrong: Wrong) -> tuple[str, ...]:
        return super().read(answers, wrong) or ()

    def value(self, text: str, wrong: Wrong) -> tuple[str, ...]:
        return tuple(part for each in text.split(",") if (part := " ".join(each.split())))

    def typed(self, value: Sequence[str] | None) -> dict[str, str]:
        return {self.name: ", ".join(value)} if value else {}

    def said(self, value: Sequence[str]) -> list[Fact]:
        return super().said(value or None)

    def words(self, value: Sequence[str]) -> str:
        return ", ".join(value)


@dataclass(frozen=True)
class Fixed(Question):
    """What is not asked: it was settled by what the form showed, and is sent with it."""

    shown: str = ""
    means: Callable[[str], Any] = str

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        return [Hidden(self.name, self.shown or answers.get(self.name, ""))]

    def read(self, answers: Answers, wrong: Wrong) -> Any:
        text = answers.get(self.name) or self.shown
        try:
            return self.means(text) if text else self.nothing(wrong)
        except ValueError:
            return self.nothing(wrong)

    def said(self, value: Any) -> list[Fact]:
        return []


@dataclass(frozen=True)
class Together(Question):
    """Several questions whose answers make one value. Where it is not required and nothing was typed, there
    is none. `tell` says a whole value. `removable`: a tick says that there is to be none, whatever else is
    chosen, since a choice cannot be taken back."""

    parts: Sequence[Question] = ()
    make: Callable[..., Any] = dict
    tell: Callable[[Any], Words] | None = None
    anchor: str | None = None
    removable: bool = False

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        inside = [item for part in self.parts for item in part.items(answers, wrong)]
        if self.removable and any(name.startswith(f"{self.name}-") for name in answers):
            inside.append(self._without.field(answers.get(self._without.name, "")))
        return [Group(self.name, self.label, inside, self.hint, self.required, self.anchor)]

    def read(self, answers: Answers, wrong: Wrong) -> Any:
        if not self.required and not self.begun(answers):
            return None
        inside: Wrong = {}
        found = {self._own(part): part.read(answers, inside) for part in self.parts}
        wrong |= inside
        return (
            None
            if inside
            else self.make(**{name: value for name, value in found.items() if value is not None})
        )

    def begun(self, answers: Answers) -> bool:
        if self.removable and answers.get(self._without.name):
            return False
        return any(part.begun(answers) for part in self.parts)

    @property
    def _without(self) -> Tick:
        label = say(self.language, "pages.ask.without")
        return Tick(self.language, f"{self.name}-without", label)

    def typed(self, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        return {
            name: text
            for part in self.parts
            for name, text in part.typed(getattr(value, self._own(part))).items()
        }

    def said(self, value: Any) -> list[Fact]:
        if value is None or self.tell:
            return super().said(value)
        return [fact for part in self.parts for fact in part.said(getattr(value, self._own(part)))]

    def words(self, value: Any) -> Words:
        return self.tell(value) if self.tell else str(value)

    def _own(self, part: Question) -> str:
        return part.name.removeprefix(f"{self.name}-")


def read_all(questions: Sequence[Question], answers: Answers) -> tuple[dict[str, Any], Wrong]:
    """The values by name, without those that are not there; and all that is wrong, at once."""
    wrong: Wrong = {}
    found = {question.name: question.read(answers, wrong) for question in questions}
    return {name: value for name, value in found.items() if value is not None}, wrong


def leaves(questions: Sequence[Question]) -> list[Question]:
    """Each question by itself, also those that stand together."""
    return [
        leaf
        for question in questions
        for leaf in (leaves(question.parts) if isinstance(question, Together) else [question])
    ]


def errors(items: Sequence[Item], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
    """Of each wrong field its label with what is wrong, and the id of what takes the focus; in order."""
    found: list[tuple[str, str]] = []
    for item in items:
        if isinstance(item, Group):
            found += errors(item.members, wrong)
        elif not isinstance(item, Hidden) and item.error:
            found.append((f"{item.label}: {item.error}", input_of(item)))
    return found


def shown(items: Sequence[Item]) -> set[str]:
    """Names of all fields that are seen."""
    seen: set[str] = set()
    for item in items:
        seen |= shown(item.members) if isinstance(item, Group) else {item.name}
    return seen - {item.name for item in items if isinstance(item, Hidden)}


def input_of(item: Item) -> str:
    if isinstance(item, Field):
        return first_input(item)
    if isinstance(item, Ticks):
        return f"{item.name}-{item.options[0].value}" if item.options else item.name
    return f"{item.days[0].name}-{item.places[0].value}" if isinstance(item, WeekAsked) else item.name
