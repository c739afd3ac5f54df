"""The words of the contract, clause by clause, in the languages that bind."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Link, Name, Words
from api.pages.views.history import TwoClocks


@dataclass(frozen=True)
class Reading:
    """`texts`: side by side, each in its language. `note`: since when it reads so, where it was changed."""

    anchor: str
    number: int
    name: str
    texts: Sequence[Name]
    note: Words | None = None
    earlier: Link | None = None
    translation: Name | None = None
    """In another language, which binds nobody."""


@dataclass(frozen=True)
class Text:
    clocks: TwoClocks
    facts: Sequence[Fact]
    languages: Sequence[Name]
    readings: Sequence[Reading]
