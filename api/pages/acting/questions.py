"""What a form asks: how each question is shown, how what was typed is read, and how an answer is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from api.commands import LONGEST
from api.formats import day, money, number
from api.languages import say
from api.pages.parts import Fact, Words
from api.pages.typed_day import read_day, typed_day
from api.pages.views.asked import Item
from api.pages.views.form import Field, Option

Answers = Mapping[str, str]
"""What was typed, by field."""

Wrong = dict[str, str]
"""What is wrong, by field."""

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
WHOLE = re.compile(r"[0-9]{1,9}")
SUM = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
SEEN = 4
"""Last signs of a secret that are shown, so that one knows which it was."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that no keyboard sends."""


@dataclass(frozen=True)
class Question:
    """One field. `kind` as a form knows it; `short`: few signs are typed; `aside`: it helps to find an answer
    and is none itself; `secret`: what was typed is kept, and never shown again."""

    language: str
    name: str
    label: str
    hint: str | None = None
    required: bool = True
    kind: str = "text"
    short: bool = False
    aside: bool = False
    secret: bool = False

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        typed, error = answers.get(self.name, ""), wrong.get(self.name)
        if not self.secret:
            return [self.field(typed, error)]
        hint = say(self.language, "pages.ask.typed-already") if typed and not error else self.hint
        return [replace(self.field("", error), hint=hint)]

    def field(self, value: str, error: str | None = None, **more: Any) -> Field:
        return Field(
            self.name,
            self.label,
            self.kind,
            value,
            hint=self.hint,
            error=error,
            required=self.required,
            short=self.short,
            **more,
        )

    def read(self, answers: Answers, wrong: Wrong) -> Any:
        """What was typed as a value; None: nothing. What is wrong is put into `wrong`."""
        text = CONTROL.sub("", answers.get(self.name, "")).strip()
        if not text:
            return self.nothing(wrong)
        if len(text) > LONGEST:
            wrong[self.name] = say(self.language, "wrong.too-long")
            return None
        return self.value(text, wrong)

    def value(self, text: str, wrong: Wrong) -> Any:
        return text

    def begun(self, answers: Answers) -> bool:
        """Whether anything was typed here."""
        start = f"{self.name}-"
        return any(
            text.strip() for name, text in answers.items() if name == self.name or name.startswith(start)
        )

    def nothing(self, wrong: Wrong) -> None:
        if self.required:
            wrong[self.name] = say(self.language, "form.needed")

    def typed(self, value: Any) -> dict[str, str]:
        """As it would have been typed."""
        return {} if value is None else {self.name: str(value)}

    def said(self, value: Any) -> list[Fact]:
        """Label and value, for a summary."""
        return [] if value is None or self.aside else [Fact(self.label, self.words(value))]

    def words(self, value: Any) -> Words:
        return "*" * (len(value) - SEEN) + value[-SEEN:] if self.secret else str(value)


@dataclass(frozen=True)
class Day(Question):
    kind: str = "date"

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        typed = read_day(self.language, answers, self.name).typed
        return [replace(self.field("", wrong.get(self.name)), day=typed)]

    def read(self, answers: Answers, wrong: Wrong) -> date | None:
        found = read_day(self.language, answers, self.name)
        if found.error:
            wrong[self.name] = found.error
        elif found.on is None:
            self.nothing(wrong)
        return found.on

    def typed(self, value: date | None) -> dict[str, str]:
        if value is None:
            return {}
        found = typed_day(value)
        parts = {"day": found.day, "month": found.month, "year": found.year}
        return {f"{self.name}-{part}": text for part, text in parts.items()}

    def words(self, value: date) -> str:
        return day(self.language, value)


@dataclass(frozen=True)
class Choice(Question):
    """One of `options`. `means` makes the value of what was chosen."""

    kind: str = "choice"
    options: Sequence[Option] = ()
    means: Callable[[str], Any] = str

    def field(self, value: str, error: str | None = None, **more: Any) -> Field:
        none = (
            [] if self.required or not self.options else [Option("", say(self.language, "words.not-stated"))]
        )
        return super().field(value, error, options=[*self.options, *none], **more)

    def value(self, text: str, wrong: Wrong) -> Any:
        if text in {option.value for option in self.options}:
            return self.means(text)
        wrong[self.name] = say(self.language, "pages.ask.choose")
        return None

    def words(self, value: Any) -> Words:
        text = self.typed(value)[self.name]
        return next((option.label for option in self.options if option.value == text), text)


@dataclass(frozen=True)
class YesOrNo(Choice):
    def typed(self, value: bool | None) -> dict[str, str]:
        return {} if value is None else {self.name: "yes" if value else "no"}


def yes_or_no(language: str, name: str, label: str, **more: Any) -> YesOrNo:
    options = [Option(value, say(language, f"words.{value}")) for value in ("yes", "no")]
    options = more.pop("options", options)
    return YesOrNo(language, name, label, options=options, means=lambda text: text == "yes", **more)


@dataclass(frozen=True)
class Whole(Question):
    """A whole number. `otherwise`: what stands where nothing is typed."""

    kind: str = "whole"
    short: bool = True
    least: int = 0
    most: int = 1_000_000
    otherwise: int | None = None

    def value(self, text: str, wrong: Wrong) -> int | None:
        digits = re.sub(r"\s", "", text)
        if WHOLE.fullmatch(digits) and self.least <= int(digits) <= self.most:
            return int(digits)
        limits = {"least": self.least, "most": self.most}
        wrong[self.name] = say(self.language, "pages.ask.whole", **limits)
        return None

    def nothing(self, wrong: Wrong) -> Any:
        super().nothing(wrong)
        return self.otherwise

    def words(self, value: int) -> str:
        return number(self.language, value)


@dataclass(frozen=True)
class Tenge(Question):
    """A sum, typed in tenge, read as tiyn."""

    short: bool = True

    def value(self, text: str, wrong: Wrong) -> int | None:
        plain = re.sub(r"[\s₸]", "", text)
        if "." not in plain and re.search(r",[0-9]{1,2}$", plain):
            plain = plain.replace(",", ".")
        plain = plain.replace(",", "")
        if not SUM.fullmatch(plain):
            wrong[self.name] = say(self.language, "pages.ask.sum")
            return None
        whole, _, rest = plain.partition(".")
        return int(whole) * 100 + int(rest.ljust(2, "0") or 0)

    def typed(self, value: int | None) -> dict[str, str]:
        if value is None:
            return {}
        whole, rest = divmod(value, 100)
        return {self.name: f"{whole},{rest:02}" if rest else str(whole)}

    def words(self, value: int) -> str:
        return money(self.language, value)


@dataclass(frozen=True)
class Clock(Question):
    short: bool = True

    def value(self, text: str, wrong: Wrong) -> time | None:
        if found := CLOCK.fullmatch(text):
            return time(int(found[1]), int(found[2]))
        wrong[self.name] = say(self.language, "form.no-such-time")
        return None

    def typed(self, value: time | None) -> dict[str, str]:
        return {} if value is None else {self.name: f"{value:%H:%M}"}

    def words(self, value: time) -> str:
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Tick(Question):
    kind: str = "tick"
    required: bool = False

    def read(self, answers: Answers, wrong: Wrong) -> bool:
        return bool(answers.get(self.name))

    def typed(self, value: bool | None) -> dict[str, str]:
        return {self.name: "yes"} if value else {}

    def words(self, value: bool) -> str:
        return say(self.language, "words.yes" if value else "words.no")
