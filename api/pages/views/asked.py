"""What a form asks, in groups, with what stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.parts import Fact, Link, Table, Words
from api.pages.views.form import Field, Option, Step
from api.pages.views.text import Reading


@dataclass(frozen=True)
class Ticks:
    """Several may be chosen. The name of each is `<name>-<value>`."""

    name: str
    label: str
    options: Sequence[Option]
    chosen: frozenset[str]
    hint: str | None = None
    error: str | None = None
    required: bool = True
    kind: str = "several"


@dataclass(frozen=True)
class WeekDay:
    """A row of a week: the name of its radios, its word, and which of them is chosen."""

    name: str
    label: str
    chosen: str


@dataclass(frozen=True)
class WeekAsked:
    """A week as a table: a row a day, a column a place."""

    name: str
    label: str
    places: Sequence[Option]
    days: Sequence[WeekDay]
    hint: str | None = None
    error: str | None = None
    kind: str = "week"


@dataclass(frozen=True)
class Hidden:
    name: str
    value: str
    kind: str = "hidden"


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under one heading."""

    name: str
    legend: str
    members: "Sequence[Item]"
    hint: Words | None = None
    required: bool = True
    anchor: str | None = None
    """Under which it is linked to, where that is not its name."""
    kind: str = "group"


Item = Field | Ticks | WeekAsked | Hidden | Group


@dataclass(frozen=True)
class Beside:
    """What stands at the side of a form: a heading, and below it lines, facts or a table."""

    heading: str
    lines: Sequence[Words] = ()
    facts: Sequence[Fact] = ()
    table: Table | None = None
    readings: Sequence[Reading] = ()
    """Clauses in words, each in the languages that bind."""
    warns: bool = False


@dataclass(frozen=True)
class Choose:
    """A button that sends the form with one more answer. `plain`: beside the main one; else it is the main
    one."""

    text: str
    name: str = ""
    value: str = ""
    plain: bool = True


@dataclass(frozen=True)
class Asked:
    """`about` says how long it takes, what one needs at hand and what happens afterwards. `above` stands
    before the questions."""

    action: str
    items: Sequence[Item]
    buttons: Sequence[Choose]
    hidden: Mapping[str, str] = field(default_factory=dict)
    about: Sequence[Words] = ()
    above: Sequence[Beside] = ()
    errors: Sequence[Link] = ()
    beside: Sequence[Beside] = ()
    steps: Sequence[Step] = ()
    links: Sequence[Words] = ()
