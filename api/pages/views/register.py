"""A list: filters, what they chose, one page of rows."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    before: str | None
    after: str | None
