"""A list: filters, what they chose, one page of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.parts import Table, Words
from api.pages.views.form import Field


@dataclass(frozen=True)
class Chosen:
    """A filter in use; the link drops it."""

    text: str
    drop: str


@dataclass(frozen=True)
class Register:
    filters: Sequence[Field]
    action: str
    chosen: Sequence[Chosen]
    table: Table | None
    """None if no row matches: `empty` then says why, and what to do."""
    empty: Sequence[Words]
    actions: Sequence[Words]
    after: str | None
    kept: Mapping[str, str] = field(default_factory=dict)
    """What a filter leaves as it is."""
    secret: str | None = None
    """CSRF token of the form that looks for a number which must not stand in an address."""
    facts: Sequence[Words] = ()
    """What the list comes to."""
