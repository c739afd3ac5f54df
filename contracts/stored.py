"""Values read back from the plain JSON in which they are stored: the way back from canonical.plain."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID


class Unreadable(ValueError):
    """The plain value does not stand for one of that kind."""


def restored(kind: Any, value: Any) -> Any:
    """The value of that kind for which the plain one stands. Raises Unreadable."""
    if get_origin(kind) in (Union, UnionType):
        return _one_of(get_args(kind), value)
    if get_origin(kind) in (tuple, frozenset):
        return _several(kind, value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _whole(kind, value)
    if kind is Any or (get_origin(kind) or kind) is Mapping:
        return value
    if hasattr(kind, "__supertype__"):
        return restored(kind.__supertype__, value)
    return _single(kind, value)


def _single(kind: Any, value: Any) -> Any:
    if kind in (int, bool):
        if type(value) is not kind:
            raise Unreadable(f"{value!r} is no {kind.__name__}")
        return value
    if not isinstance(value, str):
        raise Unreadable(f"{value!r} is no text")
    try:
        if kind in (date, time):
            return kind.fromisoformat(value)
        if kind is UUID or (isinstance(kind, type) and issubclass(kind, Enum)):
            return kind(value)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if kind is not str:
        raise Unreadable(f"nobody knows how to read {kind}")
    return value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and NoneType in kinds:
        return None
    for kind in (each for each in kinds if each is not NoneType):
        try:
            return restored(kind, value)
        except Unreadable:
            continue
    raise Unreadable(f"{value!r} is none of {kinds}")


def _several(kind: Any, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise Unreadable(f"{value!r} is no list")
    of = get_args(kind)
    if get_origin(kind) is tuple and of[-1:] != (Ellipsis,):
        if len(of) != len(value):
            raise Unreadable(f"{value!r} has not {len(of)} members")
        return tuple(restored(each, member) for each, member in zip(of, value, strict=True))
    return get_origin(kind)(restored(of[0], member) for member in value)


def _whole(kind: type, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise Unreadable(f"{value!r} is no {kind.__name__}")
    hints = hints_of(kind)
    if unknown := value.keys() - hints.keys():
        raise Unreadable(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    if missing := needed - value.keys() - {name for name in needed if NoneType in get_args(hints[name])}:
        raise Unreadable(f"{kind.__name__} needs {', '.join(sorted(missing))}")
    given = {name: restored(hints[name], member) for name, member in value.items()}
    return kind(**dict.fromkeys(needed - value.keys()), **given)


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The declared kind of each field."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}
