"""One form for one meaning: plain JSON values, their canonical text (RFC 8785) and its digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False)


def canonical(value: Any) -> str:
    """RFC 8785 for what events hold: strings, integers, true, false, null, lists, objects with ASCII keys."""
    return _WRITTEN.encode(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Dates, ids and dataclasses as the JSON values that stand for them; what is None is left out."""
    if hasattr(value, "__dataclass_fields__"):
        pairs = ((name, getattr(value, name)) for name in _names(value.__class__))
        return {name: plain(member) for name, member in pairs if member is not None}
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(member) for member in value)
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
