"""What is seen of the streams of one span: the faults of their events and heads, and what the events say that
stands beside them.

Hashes are computed here and not in the database, so that the check does not lean on what it checks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import TupleRow

from contracts.log.chain import FIRST_PREV, event_hash
from contracts.log.recorder import StoredEvent, columns

BATCH = 2000
"""Rows in memory at once."""

STREAMS = 250
"""That are looked at in one go."""


@dataclass(frozen=True)
class Finding:
    """`what` is wrong: version, prev, hash, head, key, boundary or timer. `where` names the last two, or
    `due_at`, the earliest timer of a stream."""

    what: str
    stream_id: UUID | None = None
    version: int | None = None
    where: str | None = None


class SealedEvent(NamedTuple):
    """Of an event of which all is known to be right: what it says."""

    stream_id: UUID
    stream_version: int
    type: str
    schema_version: int
    data: str
    recorded_at: datetime
    hash: bytes


Seen = StoredEvent | SealedEvent


Held = tuple[str, str, str]
"""A place that a stream holds: kind and key of the boundary, and its part of the state as JSON text."""


Timers = Mapping[str, datetime]
"""Instants by the names of timers."""


@dataclass(frozen=True)
class Derived:
    """What one stream's events say about what stands beside the log."""

    held: Sequence[Held] = ()
    timers: Timers = field(default_factory=dict)


class Derivation(Protocol):
    """Told by who knows what the events mean."""

    def derived(self, kind: str, events: Sequence[Seen]) -> Derived:
        """Of one whole stream."""

    def state(self, kind: str, key: str, held: Sequence[str]) -> str | None:
        """The state of a boundary, as JSON text, from what all streams hold of it; None: no row."""


@dataclass
class Report:
    streams: int = 0
    events: int = 0
    findings: list[Finding] = field(default_factory=list)


class Span(NamedTuple):
    """Of stream ids, both ends included."""

    first: UUID
    last: UUID


@dataclass
class Looked(Report):
    """At the streams of one span. `held`: all that is, as COPY takes it. `timers`: what they should be, where
    they are not."""

    held: str = ""
    timers: list[tuple[UUID, Timers]] = field(default_factory=list)


def spans(connection: Connection[Any]) -> list[Span]:
    """In order, and together all stream ids that can be."""
    borders = [
        stream_id
        for (stream_id,) in connection.execute(
            """SELECT stream_id
               FROM (SELECT stream_id, row_number() OVER (ORDER BY stream_id) AS n FROM log.streams) numbered
               WHERE n %% %s = 0 ORDER BY n""",
            [STREAMS],
        )
    ]
    firsts = [UUID(int=0), *(UUID(int=border.int + 1) for border in borders)]
    return [Span(*ends) for ends in zip(firsts, [*borders, UUID(int=2**128 - 1)], strict=True)]


def looked_at(
    connection: Connection[Any],
    derivation: Derivation | None,
    span: Span,
    seen: type[Seen] = StoredEvent,
) -> Looked:
    """At each stream that has an event or a head."""
    looked, held = Looked(), list[Held]()
    heads = _heads(connection, span)
    for stream_id, events in _by_stream(connection, span, seen):
        looked.streams += 1
        head = heads.pop(stream_id, NO_HEAD)
        version, hash = 0, FIRST_PREV
        kept: list[Seen] = []
        for event in events:
            if isinstance(event, StoredEvent):
                looked.findings += faults(event, version, hash)
            version, hash = event.stream_version, event.hash
            looked.events += 1
            if derivation:
                kept.append(event)
        if (head.version, head.hash) != (version, hash):
            looked.findings.append(Finding("head", stream_id, version))
        if derivation and head.kind:
            derived = derivation.derived(head.kind, kept)
            held += derived.held
            if wrong := [*_mistimed(stream_id, derived.timers, head)]:
                looked.findings += wrong
                looked.timers.append((stream_id, derived.timers))
    for stream_id, head in sorted(heads.items()):
        looked.streams += 1
        looked.findings.append(Finding("head", stream_id, 0))
        looked.findings += _mistimed(stream_id, {}, head)
    looked.held = lines(held)
    return looked


def lines(values: Iterable[Sequence[str | None]]) -> str:
    """Rows as COPY takes them."""
    return "".join("\t".join(map(_escaped, row)) + "\n" for row in values)


def _escaped(text: str | None) -> str:
    if text is None:
        return r"\N"
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


class _Head(NamedTuple):
    kind: str | None
    version: int
    hash: bytes
    timers: str | None
    due_at: datetime | None
    tried: bool


NO_HEAD = _Head(None, 0, FIRST_PREV, None, None, False)


def _heads(connection: Connection[Any], span: Span) -> dict[UUID, _Head]:
    found = rows(
        connection,
        """SELECT stream_id, kind, version, hash, timers::text, due_at,
             coalesce(tried_version = version, false) FROM log.streams
           WHERE stream_id BETWEEN %s AND %s""",
        span,
    )
    return {stream_id: _Head(*head) for stream_id, *head in found}


def _by_stream(
    connection: Connection[Any], span: Span, seen: type[Seen]
) -> Iterator[tuple[UUID, Iterator[Seen]]]:
    found = rows(
        connection,
        f"""SELECT {columns(seen._fields)} FROM log.events WHERE stream_id BETWEEN %s AND %s
            ORDER BY stream_id, stream_version""",
        span,
    )
    return groupby(map(seen._make, found), attrgetter("stream_id"))


def faults(event: StoredEvent, version: int, hash: bytes) -> list[Finding]:
    """What is wrong with an event that follows `version` with `hash`."""
    found = []
    if event.stream_version != version + 1:
        found.append("version")
    if event.prev_hash != hash:
        found.append("prev")
    if event.hash != event_hash(event, event.prev_hash):
        found.append("hash")
    return [Finding(what, event.stream_id, event.stream_version) for what in found]


def _mistimed(stream_id: UUID, wanted: Timers, head: _Head) -> Iterator[Finding]:
    due = msgspec.json.decode(head.timers, type=dict[str, datetime]) if head.timers else {}
    for name in sorted(wanted.keys() | due.keys()):
        if wanted.get(name) != due.get(name):
            yield Finding("timer", stream_id, where=name)
    first = min(due.values(), default=None)
    if head.due_at != first and not (head.tried and (head.due_at is None or head.due_at in due.values())):
        yield Finding("timer", stream_id, where="due_at")


def rows(
    connection: Connection[Any], query: str, parameters: Sequence[object] = (), batch: int = BATCH
) -> Iterator[TupleRow]:
    """In batches, within a transaction."""
    with connection.cursor(f"look_{next(_names)}", binary=True) as cursor:
        cursor.execute(query.encode(), parameters)
        while some := cursor.fetchmany(batch):
            yield from some


_names = count()
