"""The contract's own page: its state, what is next, who, and under which terms."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Link, Table, Words


@dataclass(frozen=True)
class NextStep:
    """`silence` is what follows if nobody does it; `act` the button, where there is one."""

    what: Words
    who: Words
    by: Words
    silence: Words
    act: Words = ""


@dataclass(frozen=True)
class News:
    sentence: str
    note: Words
    entry: Words


@dataclass(frozen=True)
class ClauseNow:
    name: Words
    value: Words
    since: Words
    """Since when, because of what, with a link to the entry."""


@dataclass(frozen=True)
class Impossible:
    """A command that is not allowed now, with the reason that its refusal would give."""

    command: str
    reason: str


@dataclass(frozen=True)
class Figure:
    """A line of a computation: what it is, its figure, and where that comes from."""

    label: str
    figure: str
    source: Words | None = None


@dataclass(frozen=True)
class MoneyLine:
    """A sum, which opens its computation."""

    label: str
    meaning: Words
    figure: str
    lines: Sequence[Figure] = ()


@dataclass(frozen=True)
class Contract:
    """Blocks in the order of the page; one that a role may not see is None or empty."""

    facts: Sequence[Fact]
    more_facts: Sequence[Fact]
    steps: Sequence[NextStep]
    acts: bool
    """Whether anything can be done from here: not from a moment of the past."""
    can: Sequence[Link]
    cannot: Sequence[Impossible]
    of_others: Sequence[Impossible]
    looked: str | None
    news: Sequence[News]
    more_news: Link | None
    people: Table | None
    contacts: Link | None
    clauses_heading: str
    clauses_bind: bool
    """Whether they are in force, or only a draft's or an offer's."""
    clauses: Sequence[ClauseNow]
    week: Table | None
    week_heading: str
    week_notes: Sequence[Words]
    money: Sequence[MoneyLine]
    history: Words | None
    """How many entries, with the way to all."""
    last: Sequence[News]
    proof: Words | None
    keep: Sequence[Link]
    missing: Sequence[Link] = ()
    """Of a draft: what is not there yet, each with its place."""
