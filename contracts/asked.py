"""What was asked, beyond what its events say: kept with them, so that a decision can be made again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from contracts.canonical import plain
from contracts.decision import Command, Event


def unsaid(
    command: Command, events: Iterable[Event], personal: Collection[str], sealed: Mapping[str, str]
) -> dict[str, Any]:
    """The fields of the wish that are neither as one of its events says under the same name, nor as they are
    by themselves. `personal`: names of those for which only their commitments may stand, if at all."""
    said = _said(plain(event) for event in events)
    names = {field.name for field in _of(command)}
    asked = {name: plain(getattr(command, name)) for name in names.difference(personal)}
    asked |= {name: sealed.get(name) for name in names.intersection(personal)}
    return {name: value for name, value in asked.items() if value != said.get(name, _default(command, name))}


def as_asked(
    command: type[Command], unsaid: Mapping[str, Any], events: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """The fields of a wish by what was kept of it. `events`: their data, in the order in which they stand."""
    said = _said(events)
    found = {field.name: said.get(field.name, _default(command, field.name)) for field in _of(command)}
    return {name: value for name, value in {**found, **unsaid}.items() if value is not None}


def _of(command: Command | type[Command]) -> tuple[Field[Any], ...]:
    return fields(command)  # type: ignore[arg-type]


def _said(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of several that say something under one name, the first counts."""
    said: dict[str, Any] = {}
    for event in events:
        said = {**event, **said}
    return said


def _default(command: Command | type[Command], name: str) -> Any:
    [field] = [field for field in _of(command) if field.name == name]
    return None if field.default is MISSING else plain(field.default)
