"""The history of a contract: two clocks, and one entry after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.parts import Fact, Link, Tag, Words
from api.pages.views.form import Field, Typed


@dataclass(frozen=True)
class Change:
    """One clause: what it was and what it is now. `None`: there was nothing, or is nothing any more."""

    was: Words | None
    now: Words | None
    clause: str | None = None
    before: Words | None = None
    """The way to the entry that had set what it was."""


@dataclass(frozen=True)
class Raw:
    """An entry as it is stored. `preimage` is what the fingerprint is the SHA-256 of; it names `data` by
    an SHA-256 of its own."""

    preimage: str
    fingerprint: str
    data: str
    digest: str
    links: Sequence[Link]


@dataclass(frozen=True)
class Entry:
    anchor: str
    number: str
    """The position as it is written in the language."""
    sentence: str
    recorded: str
    in_force_from: str
    by: Words
    tags: Sequence[Tag] = ()
    mark: str = ""
    """correction, wrong (another corrects it), refused, later (takes effect after the day shown), or none."""
    facts: Sequence[Fact] = ()
    changes: Sequence[Change] = ()
    because: Words | None = None
    gap: str | None = None
    """How many days lie between the two dates, when it is more than one."""
    rule: Words | None = None
    fingerprint: str = ""
    raw: Raw | None = None
    unfolded: bool = False
    marks: Sequence[Words] = ()
    """That it was wrong, or which entry it is about."""
    correct: Link | None = None
    """The way to say that it was wrong."""


@dataclass(frozen=True)
class TwoClocks:
    action: str
    in_force_on: Typed
    known_at: Typed
    quick: Sequence[Link] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    """What else stands in the address and stays there."""
    errors: Sequence[Link] = ()
    in_force_error: str | None = None
    known_error: str | None = None


@dataclass(frozen=True)
class History:
    clocks: TwoClocks
    summary: str
    """How many entries, in which order, how many of them shown."""
    links: Sequence[Link]
    filters: Sequence[Field]
    kept: Mapping[str, str]
    """What a filter leaves as it is."""
    entries: Sequence[Entry]
    earlier: Link | None = None
    newer: Link | None = None
