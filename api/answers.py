"""How values are written in answers."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from projections.positions import AsOf


def instant(at: datetime) -> str:
    """RFC 3339 in UTC, always with microseconds."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def shown(value: Any) -> Any:
    """JSON values for whatever a question answers; what is not known is null."""
    match value:
        case datetime():
            return instant(value)
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {str(name): shown(member) for name, member in value.items()}
        case frozenset():
            return sorted(shown(member) for member in value)
        case Sequence():
            return [shown(member) for member in value]
    if is_dataclass(value):
        return {each.name: shown(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(type(value).__name__)


def listed(items: Sequence[Any], next_: str | None, as_of: AsOf, **more: Any) -> dict[str, Any]:
    return {
        "items": shown(items),
        "next": next_,
        "as_of_position": as_of.position,
        "lag_seconds": as_of.lag_seconds,
        **more,
    }
