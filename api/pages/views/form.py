"""A form: what is asked, what was typed, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.parts import Link, Words


@dataclass(frozen=True)
class Typed:
    """A day as it was typed, also when it is none. `time` is asked only where it is not None."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str | None = None


@dataclass(frozen=True)
class Option:
    value: str
    label: Words
    hint: Words | None = None


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    kind: str = "text"
    """text, whole (a number), long (several lines), date, choice (radios), list, tick."""
    value: str = ""
    day: Typed = Typed()
    """What a date field holds."""
    options: Sequence[Option] = ()
    hint: str | None = None
    error: str | None = None
    required: bool = True
    short: bool = False


@dataclass(frozen=True)
class Form:
    """One page that asks for something, which is no command."""

    action: str
    fields: Sequence[Field]
    submit: str
    hidden: Mapping[str, str]

    @property
    def errors(self) -> list[Link]:
        """For the summary on top: each leads to the field it is about."""
        return [
            Link(f"{wrong.label}: {wrong.error}", f"#{first_input(wrong)}")
            for wrong in self.fields
            if wrong.error
        ]


def first_input(asked: Field) -> str:
    """The id of what takes the focus when the error is followed."""
    if asked.kind == "date":
        return f"{asked.name}-day"
    return f"{asked.name}-1" if asked.kind == "choice" else asked.name


@dataclass(frozen=True)
class Step:
    """Of a wizard. `href` leads back to an answer; `value` sums it up."""

    name: str
    href: str | None = None
    current: bool = False
