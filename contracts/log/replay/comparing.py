"""What two laws make of one wish, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.canonical import plain
from contracts.decision import Refusal


class Outcome(StrEnum):
    REFUSED = "refused"
    GRANTED = "granted"
    """Refused under the first law, though it was recorded."""
    DIFFERS = "differs"
    ANOTHER_DAY = "another_day"
    """It happens by itself, on another day."""
    NEVER = "never"
    """It would not have happened by itself, as far as the log goes."""


@dataclass(frozen=True)
class Detail:
    """One value of what a decision brings: where it stands, and what it is under either law."""

    name: str
    under_first: Any
    under_second: Any


@dataclass(frozen=True)
class Difference:
    """`position`: of the entry that was recorded. `days`: when it happens by itself under either law."""

    position: int
    stream_id: UUID
    version: int
    recorded_at: datetime
    command: str
    outcome: Outcome
    refusals: tuple[Refusal, ...] = ()
    details: tuple[Detail, ...] = ()
    days: tuple[date, date | None] | None = None


def details(first: Any, second: Any, name: str = "") -> Iterator[Detail]:
    """Every value in which two shown consequences are not the same."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        for key in sorted(first.keys() | second.keys()):
            yield from details(first.get(key), second.get(key), f"{name}.{key}" if name else key)
    elif isinstance(first, list) and isinstance(second, list):
        one, other = _named(first), _named(second)
        for key in [*one, *(key for key in other if key not in one)]:
            yield from details(one.get(key), other.get(key), f"{name}.{key}")
    elif first != second:
        yield Detail(name, first, second)


def _named(items: list[Any]) -> dict[str, Any]:
    """Each under its own name, so that one more or less moves no other."""
    found: dict[str, Any] = {}
    for item in items:
        own = _name(item)
        count = sum(1 for key in found if key.partition("#")[0] == own)
        found[f"{own}#{count + 1}" if count else own] = item
    return found


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        return str(next((item[key] for key in ("name", "type", "to") if key in item), "item"))
    return str(plain(item))
