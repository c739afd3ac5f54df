"""What will happen if this is confirmed: the `consequences` of the decision in words, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.parts import Fact, Link, Words
from api.pages.views.asked import Beside
from api.pages.views.contract import Figure
from api.pages.views.form import Step


@dataclass(frozen=True)
class Recorded:
    sentence: str
    in_force_from: str
    facts: Sequence[Fact] = ()


@dataclass(frozen=True)
class DeadlineMoved:
    starts: bool
    """Else it stops."""
    what: str
    who: Words
    last_day: str
    silence: str
    count: str | None = None
    """How it was counted."""


@dataclass(frozen=True)
class Money:
    sum: str
    meaning: str
    lines: Sequence[Figure]
    basis: Words | None = None


@dataclass(frozen=True)
class Told:
    who: Words
    channel: str
    language: str
    text: str
    lang: str


@dataclass(frozen=True)
class OtherTask:
    who: str
    what: str


@dataclass(frozen=True)
class Differing:
    """A part of the preview that is not as it was shown before: lines that went, and lines that came."""

    part: str
    gone: Sequence[str]
    come: Sequence[str]


@dataclass(frozen=True)
class Confirm:
    """Hidden: CSRF token, version, idempotency key, digest of the preview."""

    action: str
    hidden: Mapping[str, str]
    promise: str
    """What the tick says."""
    button: str
    danger: bool
    others: Sequence[Words] = ()
    error: str | None = None


@dataclass(frozen=True)
class Preview:
    facts: Sequence[Fact]
    recorded: Sequence[Recorded]
    deadlines: Sequence[DeadlineMoved]
    money: Sequence[Money]
    told: Sequence[Told]
    tasks: Sequence[OtherTask]
    stays: Sequence[str]
    for_good: Sequence[str]
    """What cannot be undone."""
    confirm: Confirm
    steps: Sequence[Step] = ()
    checked: Sequence[str] = ()
    """Rules that were checked and are met."""
    moved: Sequence[Link] = field(default_factory=tuple)
    """Entries that somebody recorded since the preview was shown (M8)."""
    closed: Sequence[OtherTask] = ()
    """Tasks that need not be done any more."""
    ends: Sequence[str] = ()
    """What falls with it."""
    above: Sequence[Beside] = ()
    """What is to be compared before anything else."""
    day_moved: str | None = None
    differs: Sequence[Differing] = ()
    """Against what was shown first."""
    another: bool = False
    """Something came between."""
