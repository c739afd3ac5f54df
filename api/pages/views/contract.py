"""The contract's own page: its state, what is next, who, and under which terms."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Link, Name, Table, Words


@dataclass(frozen=True)
class NextStep:
    """`silence` is what follows if nobody does it; `act` the button or the reminder, where there is one."""

    what: Words
    who: Words
    by: Words
    silence: Words
    act: Words = ""


@dataclass(frozen=True)
class News:
    sentence: str
    note: Words
    entry: Link


@dataclass(frozen=True)
class ClauseNow:
    name: str
    value: Words
    since: Words
    """Since when, because of what, with a link to the entry."""


@dataclass(frozen=True)
class Impossible:
    """A command that is not allowed now, with the reason that its refusal would give."""

    command: str
    reason: str


@dataclass(frozen=True)
class Contract:
    """Blocks in the order of the page; one that a role may not see is None or empty."""

    facts: Sequence[Fact]
    more_facts: Sequence[Fact]
    steps: Sequence[NextStep]
    can: Sequence[Link]
    cannot: Sequence[Impossible]
    looked: str | None
    news: Sequence[News]
    people: Table | None
    clauses_heading: str
    clauses: Sequence[ClauseNow]
    week: Table | None
    week_notes: Sequence[Words]
    money: Sequence[Fact]
    history: Words
    """How many entries, and the last in words."""
    last: Sequence[News]
    documents: Table | None
    proof: Words
    keep: Sequence[Link]
    missing: Sequence[Link] = ()
    """Of a draft: what is not there yet, each with its place."""
    chain: Sequence[Fact] = ()
    """The contracts before and after, where one was transferred."""
    mentioned: Sequence[Name] = ()
