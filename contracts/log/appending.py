"""What one append is made of, and how it is put into the arguments of `log.append_v1`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.log.chain import canonical


@dataclass(frozen=True)
class Head:
    """A stream that is written to or, where it gets no event, leant on. `expected` 0: it is new."""

    stream_id: UUID
    kind: str
    expected: int


@dataclass(frozen=True)
class NewEvent:
    """`data` is the JSON text as it is stored and hashed."""

    stream_id: UUID
    event_id: UUID
    type: str
    schema: int
    data: str
    effective_on: date | None = None


@dataclass(frozen=True)
class Boundary:
    """A place that only one may hold. `expected` None: nobody yet; `state` None: it is left."""

    kind: str
    key: str
    expected: int | None
    state: str | None
    """JSON text."""


@dataclass(frozen=True)
class Timer:
    """`due_at` None: it is taken back."""

    stream_id: UUID
    name: str
    due_at: datetime | None


@dataclass(frozen=True)
class Append:
    """One transaction: all of it or nothing.

    key         begins with the caller's id; needs `request_hash`
    notices     `{id, stream, version, name, role, ref, on}` each
    answer      JSON text of what a repeated key is answered with
    personal    JSON text of the rows of the personal store
    not_after   the next legal midnight: at or past it nothing is written
    """

    heads: Sequence[Head]
    events: Sequence[NewEvent]
    metadata: Mapping[str, Any]
    key: str | None = None
    request_hash: bytes | None = None
    boundaries: Sequence[Boundary] = ()
    timers: Sequence[Timer] = ()
    notices: Sequence[Mapping[str, Any]] = ()
    answer: str | None = None
    personal: str | None = None
    not_after: datetime | None = None


@dataclass(frozen=True)
class Appended:
    """What became of an append; `replayed`: what became of it when it came first."""

    position: int
    """All of it lies at or below."""
    versions: dict[UUID, int]
    recorded_at: datetime
    replayed: bool
    answer: str | None
    """JSON text, as it was given."""


COLUMNS = "position, versions, recorded_at, replayed, recorded_answer"
STATEMENT = f"SELECT {COLUMNS} FROM log.append_v1({', '.join(['%s'] * 23)})".encode()

Arguments = tuple[str | bytes | datetime | None, ...]


def arguments(append: Append) -> Arguments:
    """In the order of the function's parameters, sorted as it asks; None where there is nothing."""
    heads = sorted(append.heads, key=lambda head: head.stream_id)
    events = append.events
    boundaries = sorted(append.boundaries, key=lambda boundary: (boundary.kind, boundary.key))
    timers = sorted(append.timers, key=lambda timer: (timer.stream_id, timer.name))
    place = {head.stream_id: n for n, head in enumerate(heads, 1)}
    return (
        _bare(head.stream_id for head in heads),
        _quoted(head.kind for head in heads),
        _bare(head.expected for head in heads),
        _bare(place[event.stream_id] for event in events) if len(heads) > 1 else None,
        _quoted(event.type for event in events),
        _bare(event.schema for event in events),
        _bare(event.event_id for event in events),
        _quoted(event.data for event in events),
        _bare(event.effective_on for event in events),
        canonical(append.metadata),
        append.key,
        append.request_hash,
        append.answer,
        _quoted(boundary.kind for boundary in boundaries) if boundaries else None,
        _quoted(boundary.key for boundary in boundaries) if boundaries else None,
        _bare(boundary.expected for boundary in boundaries) if boundaries else None,
        _quoted(boundary.state for boundary in boundaries) if boundaries else None,
        _bare(timer.stream_id for timer in timers) if timers else None,
        _quoted(timer.name for timer in timers) if timers else None,
        _bare(timer.due_at and timer.due_at.isoformat() for timer in timers) if timers else None,
        msgspec.json.encode(append.notices).decode() if append.notices else None,
        append.personal,
        append.not_after,
    )


def versions(append: Append) -> dict[UUID, int]:
    """Of each stream, once it is appended."""
    new = Counter(event.stream_id for event in append.events)
    return {head.stream_id: head.expected + new[head.stream_id] for head in append.heads}


# Array literals: the driver's own way with lists costs more than the rest of the call.


def _bare(values: Iterable[UUID | int | str | date | None]) -> str:
    """Of what needs no quotes."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _quoted(values: Iterable[str | None]) -> str:
    return "{" + ",".join(["NULL" if value is None else _between_quotes(value) for value in values]) + "}"


def _between_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
