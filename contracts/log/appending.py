"""What one append is made of, and how it becomes the arguments of `log.append_v2`: values where it is a usual
one, arrays where it is not or goes together with others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.log.arrays import array, quoted
from contracts.log.chain import FIRST_PREV, canonical


class Head(Struct, frozen=True):
    """A stream that is written to or, where it gets no event, leant on.

    expected  its version; 0: it is new
    hash      of its last event, as it was read; None: the log looks it up
    timers    all that run from now on, with their instants; None: as they were
    """

    stream_id: UUID
    kind: str
    expected: int
    hash: bytes | None = None
    timers: Mapping[str, datetime] | None = None


class NewEvent(Struct, frozen=True):
    """`data` is the JSON text as it is stored and hashed; `notices`, who is told of it, stand in its
    metadata: `{id, role, ref}` each."""

    stream_id: UUID
    event_id: UUID
    type: str
    schema: int
    data: str
    effective_on: date | None = None
    notices: Sequence[Mapping[str, str]] = ()


class Boundary(Struct, frozen=True):
    """A place that only one may hold. `expected` None: nobody yet; `state` None: it is left."""

    kind: str
    key: str
    expected: int | None
    state: str | None
    """JSON text."""


class Append(Struct, frozen=True):
    """All of it or nothing.

    metadata    of each of its events
    key         begins with the caller's id; needs `request_hash`
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
    answer: str | None = None
    personal: str | None = None
    not_after: datetime | None = None


class Appended(Struct, frozen=True):
    """What became of an append; `replayed`: what became of it when it came first."""

    position: int
    """All of it lies at or below."""
    versions: dict[UUID, int]
    recorded_at: datetime
    replayed: bool
    answer: str | None
    """JSON text, as it was given."""
    hashes: tuple[bytes, ...] = ()
    """Of its events; none where it was replayed."""


Arguments = tuple[str | bytes | int | UUID | date | None, ...]
NOWHERE = (None, None, None)
Row = tuple[str, ...]
"""Elements of arrays."""


def usual(append: Append) -> Arguments | None:
    """The values of one event in one stream whose head was read, under a key, with at most one place that
    nobody holds yet; None: this is another append. Raises Unstorable."""
    match append:
        case Append(
            heads=[(Head(expected=0) | Head(hash=bytes())) as head],
            events=[event],
            key=str(),
            boundaries=[] | [Boundary(expected=None)],
            personal=None,
        ) if event.stream_id == head.stream_id:
            place = [part for each in append.boundaries for part in (each.kind, each.key, each.state)]
            return (
                append.key,
                append.request_hash,
                append.answer,
                head.stream_id,
                head.kind,
                head.expected,
                head.hash if head.expected else FIRST_PREV,
                None if head.timers is None else timers_text(head.timers),
                min(head.timers.values()) if head.timers else None,
                event.type,
                event.schema,
                event.event_id,
                event.data,
                _metadata(event, append.metadata),
                event.effective_on,
                *(place or NOWHERE),
                append.not_after,
            )
    return None


class Prepared:
    """An append with its rows written out, so that nothing is left to do for those who go together but to put
    them in order. Raises Unstorable."""

    __slots__ = ("append", "boundaries", "events", "heads", "keys", "touches", "versions")

    def __init__(self, append: Append) -> None:
        ids = {head.stream_id: str(head.stream_id) for head in append.heads}
        self.append = append
        self.versions = versions(append)
        self.heads = {ids[head.stream_id]: _head(head, ids[head.stream_id]) for head in append.heads}
        self.events = _events(append, ids)
        self.keys = {append.key: _key(append, self.versions, ids)} if append.key is not None else {}
        self.boundaries = {(each.kind, each.key): _boundary(each) for each in append.boundaries}
        self.touches: set[object] = {*self.keys, *self.heads, *self.boundaries}
        """What nobody who goes with it may touch."""


def arguments(parts: Sequence[Prepared]) -> Arguments:
    """Of appends that have no key, stream or boundary in common, sorted as the log asks for it."""
    keys = sorted(row for part in parts for row in part.keys.items())
    heads = sorted(row for part in parts for row in part.heads.items())
    place = {stream_id: str(n) for n, (stream_id, _) in enumerate(heads, 1)}
    events = [event for part in parts for event in part.events]
    boundaries = sorted(row for part in parts for row in part.boundaries.items())
    personal = [part.append.personal for part in parts if part.append.personal]
    return (
        *_columns([row for _, row in keys], 6),
        *_columns([row for _, row in heads], 6),
        array([place[stream_id] for stream_id, _ in events]) if len(heads) > 1 else None,
        *_columns([row for _, row in events], 6),
        *_columns([row for _, row in boundaries], 4),
        array(map(quoted, personal)) if personal else None,
        min((part.append.not_after for part in parts if part.append.not_after), default=None),
    )


def versions(append: Append) -> dict[UUID, int]:
    """Of each stream, once it is appended."""
    reached = {head.stream_id: head.expected for head in append.heads}
    for event in append.events:
        reached[event.stream_id] += 1
    return reached


# Rows


def _key(append: Append, reached: Mapping[UUID, int], ids: Mapping[UUID, str]) -> Row:
    first = min(reached, key=ids.__getitem__)
    return (
        quoted(append.key),
        _bytes(append.request_hash),
        quoted(append.answer),
        ids[first],
        str(reached[first]),
        quoted(canonical({ids[id_]: reached[id_] for id_ in reached})) if len(reached) > 1 else "NULL",
    )


def _head(head: Head, stream_id: str) -> Row:
    timers = head.timers
    return (
        stream_id,
        quoted(head.kind),
        str(head.expected),
        _bytes(head.hash),
        "NULL" if timers is None else quoted(timers_text(timers)),
        min(timers.values()).isoformat() if timers else "NULL",
    )


def timers_text(timers: Mapping[str, datetime]) -> str:
    """As they stand in the head of a stream."""
    return msgspec.json.encode(timers, order="sorted").decode()


def _events(append: Append, ids: Mapping[UUID, str]) -> list[tuple[str, Row]]:
    plain = "" if all(event.notices for event in append.events) else quoted(canonical(append.metadata))
    return [(ids[event.stream_id], _event(event, append.metadata, plain)) for event in append.events]


def _event(event: NewEvent, metadata: Mapping[str, Any], plain: str) -> Row:
    """`plain`: the metadata as they are where nobody is told."""
    return (
        quoted(event.type),
        str(event.schema),
        str(event.event_id),
        quoted(event.data),
        quoted(_metadata(event, metadata)) if event.notices else plain,
        str(event.effective_on or "NULL"),
    )


def _metadata(event: NewEvent, metadata: Mapping[str, Any]) -> str:
    return canonical({**metadata, "notices": event.notices} if event.notices else metadata)


def _boundary(boundary: Boundary) -> Row:
    return (
        quoted(boundary.kind),
        quoted(boundary.key),
        "NULL" if boundary.expected is None else str(boundary.expected),
        quoted(boundary.state),
    )


def _columns(rows: Sequence[Row], width: int) -> Iterable[str | None]:
    return map(array, zip(*rows, strict=True)) if rows else [None] * width


def _bytes(value: bytes | None) -> str:
    return "NULL" if value is None else f'"\\\\x{value.hex()}"'
