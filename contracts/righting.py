"""What an entry should have said: one field of it put right, as it is stored; and what falls with it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from contracts.canonical import plain
from contracts.consequences import Timer
from contracts.contract import Contract
from contracts.corrected import CorrectionMade, as_corrected, read
from contracts.decision import Event
from contracts.dossier import Correction
from contracts.parties import Role
from contracts.past import Kept, Past
from contracts.stored import Unreadable, hints_of, restored
from contracts.values import replace

COMMITMENT = 64
"""Digits of a digest: what is sealed or signed elsewhere cannot be put right by another word here."""


def said(events: Sequence[Event], entry: int) -> tuple[Any, Mapping[str, Any]]:
    """Kind and fields of what an entry says; of a correction, of what it says should have been recorded."""
    event = events[entry - 1]
    if isinstance(event, CorrectionMade):
        return said(events, event.entry)[0], event.right or {}
    return type(event), plain(event)


def fields_of(events: Sequence[Event], entry: int) -> tuple[str, ...]:
    """Those that can be put right."""
    kind, data = said(events, entry)
    if not data:
        return ()
    return tuple(name for name in hints_of(kind) if name not in kind.apart and not _is_digest(data.get(name)))


def paths(events: Sequence[Event], entry: int) -> tuple[str, ...]:
    """The fields of an entry that can be put right, each part of what has parts by itself."""
    kind, _ = said(events, entry)
    return tuple(path for name in fields_of(events, entry) for path in _parts(hints_of(kind)[name], name))


def _parts(kind: Any, path: str) -> Iterator[str]:
    plainly = _without_none(kind)
    if not is_dataclass(plainly):
        yield path
        return
    for name, hint in hints_of(plainly).items():  # type: ignore[arg-type]
        yield from _parts(hint, f"{path}.{name}")


def right_of(events: Sequence[Event], entry: int, field: str, right: str | None) -> Mapping[str, Any]:
    """The whole entry as it should have been, in its stored form. `field`: a path as `terms.term.ends_on`.
    `right`: a word, a day, a number, or JSON for what has parts; None: nothing. Raises Unreadable."""
    kind, data = said(events, entry)
    path = field.split(".")
    if path[0] not in fields_of(events, entry):
        raise Unreadable(field)
    value = plain(read_value(_kind_at(kind, path), right))
    whole = _with(data, path, value)
    restored(kind, whole)
    event = events[entry - 1]
    return {**plain(event), "right": whole} if isinstance(event, CorrectionMade) else whole


def read_value(kind: Any, text: str | None) -> Any:
    """Raises Unreadable."""
    if text is None:
        return restored(kind, None)
    plainly = _without_none(kind)
    if plainly in (int, bool) or is_dataclass(plainly) or get_origin(plainly) in (tuple, frozenset):
        try:
            return restored(plainly, json.loads(text))
        except json.JSONDecodeError as error:
            raise Unreadable(text) from error
    return restored(plainly, text)


def _kind_at(kind: Any, path: list[str]) -> Any:
    for name in path:
        kind = _without_none(kind)
        if not is_dataclass(kind) or name not in (hints := hints_of(kind)):  # type: ignore[arg-type]
            raise Unreadable(name)
        kind = hints[name]
    return kind


def _without_none(kind: Any) -> Any:
    if get_origin(kind) not in (Union, UnionType):
        return kind
    [first, *_] = [each for each in get_args(kind) if each is not NoneType]
    return first


def _with(data: Mapping[str, Any], path: list[str], value: Any) -> Mapping[str, Any]:
    name, *rest = path
    inner = _with(data.get(name) or {}, rest, value) if rest else value
    changed = {**data, name: inner}
    return {key: member for key, member in changed.items() if member is not None}


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) == COMMITMENT and not set(value) - set("0123456789abcdef")


def too_early(past: Past, entry: int, right: Mapping[str, Any]) -> bool:
    """Whether it would have been recorded before the day from which it holds: only a change of clauses is."""
    kept = past.entry(entry)
    if isinstance(kept.event, CorrectionMade):
        return too_early(past, kept.event.entry, right["right"])
    event = restored(type(kept.event), right)
    return bool(not event.waits and event.effective_on and event.effective_on > kept.recorded_on)


# What a correction brings with it

Ahead = Callable[[Contract, date], Iterable[Timer]]
"""What a state lets happen by itself, once it is written on that day."""


def made(past: Past, asked: Correction, by: Role, ahead: Ahead) -> CorrectionMade:
    """The correction that is asked for, with what falls with the entry, who had been told, who acted."""
    wrong = past.entry(asked.entry)
    right = right_of(past.events, asked.entry, asked.field, asked.right) if asked.field else None
    alone = CorrectionMade(asked.id, asked.entry, wrong.event.type, wrong.event.schema, by, right)
    if right is None and isinstance(wrong.event, CorrectionMade):
        alone = replace(alone, undoes=wrong.event.correction)
    fell = falls(past, alone, ahead)
    entries = [wrong, *(past.entry(version) for version in fell)]
    told = {each for kept in entries for each in kept.told}
    in_order = tuple(sorted(told, key=lambda each: (each.role, each.ref)))
    return replace(alone, fell=fell, informed=in_order, acted=acted(past, wrong))


def falls(past: Past, made: CorrectionMade, ahead: Ahead) -> tuple[int, ...]:
    """What one decision recorded is annulled together; what came by itself falls where it would not have
    come, or on another day."""
    wrong, fell = past.entry(made.entry), set[int]()
    if made.right is None:
        fell = {kept.version for kept in past.entries if kept.act == wrong.act} - {wrong.version}
    for kept in past.entries[wrong.version :]:
        if kept.timer and kept.act != past.entry(kept.version - 1).act and kept.version not in fell:
            then = _due(past, kept, None, ahead)
            now = _due(past, kept, replace(made, fell=tuple(sorted(fell))), ahead)
            if then != now:
                fell |= {each.version for each in past.entries if each.act == kept.act}
    return tuple(sorted(fell))


def _due(past: Past, kept: Kept, made: CorrectionMade | None, ahead: Ahead) -> date | None:
    """The day on which the timer of an automatic entry was to ring, by the entries before it."""
    events: list[Event] = [*past.events, made] if made else past.events
    state = past.begun
    for event in as_corrected(events)[: kept.version - 1]:
        state = replace(event.evolve(state) if event else state, version=state.version + 1)
    written_on = past.entry(kept.version - 1).recorded_on
    found = {timer.name: timer.on for timer in ahead(state, written_on)}
    return found.get(kept.timer or "")


def acted(past: Past, wrong: Kept) -> tuple[Role, ...]:
    """Sides that had looked at the contract since, and did something about it then."""
    since = past.entries[wrong.version :]
    others = {
        kept.role
        for kept in since
        if kept.owner in past.readers and kept.owner != wrong.owner and kept.act != wrong.act
    }
    return tuple(sorted(others))


def corrected_by(past: Past, entry: int) -> int | None:
    """The version of the correction that says that the entry was wrong."""
    return read(dict(enumerate(past.events, 1))).by.get(entry)
