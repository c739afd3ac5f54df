"""What differs between two moments of a contract, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Link, Words
from api.pages.views.form import Typed


@dataclass(frozen=True)
class Word:
    """Words of a text that stand in both, or in one of them: `kind` same, gone or come."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """`text`: the clause as the contract words it, where both moments have it."""

    clause: str
    was: Words | None
    now: Words | None
    because: Words
    text: Sequence[Word] = ()


@dataclass(frozen=True)
class Side:
    """One of the two moments, as it is typed."""

    name: str
    legend: str
    in_force_on: Typed
    known_at: Typed
    shown: str
    error: str | None = None


@dataclass(frozen=True)
class Compare:
    action: str
    sides: Sequence[Side]
    errors: Sequence[Link]
    swap: Link
    differences: Sequence[Difference]
    between: Sequence[Words]
    """Entries that count at one of the moments and not at the other."""
    same: Sequence[str]
    """Names of the clauses that did not differ."""
