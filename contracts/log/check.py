"""Whether the log is whole: every stream's versions and hash chain, and whether what stands beside the events
(heads, boundaries, timers, keys) says what they say.

Hashes are computed here and not in the database, so that the check does not lean on what it checks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import TupleRow

from contracts.log.appending import timers_text
from contracts.log.chain import FIRST_PREV, event_hash
from contracts.log.recorder import StoredEvent, columns

BATCH, PLACES = 2000, 100
"""Rows in memory at once; and boundaries, since of each all that is held of it is there."""

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


class Sealed(NamedTuple):
    """Of an event of which all is known to be right: what it says."""

    stream_id: UUID
    stream_version: int
    type: str
    schema_version: int
    data: str
    hash: bytes


Seen = StoredEvent | Sealed


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


def check(connection: Connection[Any], derivation: Derivation | None = None) -> Report:
    """All of it as it is at one moment, in constant memory but for the findings."""
    with one_moment(connection):
        looked = (looked_at(connection, derivation, span) for span in spans(connection))
        return compared(connection, derivation, looked)


@contextmanager
def one_moment(connection: Connection[Any], snapshot: str | None = None) -> Iterator[None]:
    """A transaction that sees the log as it is now, or as the one that exported `snapshot` does."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if snapshot:
            connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'".encode())
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def compared(connection: Connection[Any], derivation: Derivation | None, looked: Iterable[Looked]) -> Report:
    """`looked`: at every span. Without a derivation boundaries are left as they are."""
    report = Report()
    _collect(connection, report, looked)
    report.findings += _keys(connection)
    if derivation:
        report.findings += (
            Finding("boundary", where=f"{kind} {key}") for kind, key, _ in differing(connection, derivation)
        )
    return report


def _collect(connection: Connection[Any], report: Report, looked: Iterable[Looked]) -> None:
    """Adds up what was found, and gathers in tables of the session the places that are held, and the timers
    that stand wrong."""
    connection.execute(
        """CREATE TEMPORARY TABLE held (kind text COLLATE "C", key text COLLATE "C", member text COLLATE "C")
           ON COMMIT DROP;
           CREATE TEMPORARY TABLE timed (stream_id uuid, timers json, due_at timestamptz) ON COMMIT DROP"""
    )
    for each in looked:
        report.streams += each.streams
        report.events += each.events
        report.findings += each.findings
        with connection.cursor() as cursor, cursor.copy("COPY pg_temp.held FROM STDIN") as copy:
            copy.write(each.held)
        with connection.cursor() as cursor, cursor.copy("COPY pg_temp.timed FROM STDIN") as copy:
            for stream_id, timers in each.timers:
                due_at = min(timers.values(), default=None)
                copy.write_row((stream_id, timers_text(timers) if timers else None, due_at))


# Streams


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


def lines(rows: Iterable[Sequence[str | None]]) -> str:
    """As COPY takes them."""
    return "".join("\t".join(map(_escaped, row)) + "\n" for row in rows)


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


NO_HEAD = _Head(None, 0, FIRST_PREV, None, None)


def _heads(connection: Connection[Any], span: Span) -> dict[UUID, _Head]:
    rows = _rows(
        connection,
        """SELECT stream_id, kind, version, hash, timers::text, due_at FROM log.streams
           WHERE stream_id BETWEEN %s AND %s""",
        span,
    )
    return {stream_id: _Head(*head) for stream_id, *head in rows}


def _by_stream(
    connection: Connection[Any], span: Span, seen: type[Seen]
) -> Iterator[tuple[UUID, Iterator[Seen]]]:
    rows = _rows(
        connection,
        f"""SELECT {columns(seen._fields)} FROM log.events WHERE stream_id BETWEEN %s AND %s
            ORDER BY stream_id, stream_version""",
        span,
    )
    return groupby(map(seen._make, rows), attrgetter("stream_id"))


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
    if head.due_at != min(due.values(), default=None):
        yield Finding("timer", stream_id, where="due_at")


# What stands beside the streams


def _keys(connection: Connection[Any]) -> Iterator[Finding]:
    """An idempotency key that answers for events which are not there."""
    for stream_id, version in _rows(
        connection,
        """SELECT k.stream_id, k.last_version FROM log.idempotency k LEFT JOIN log.streams s USING (stream_id)
           WHERE k.last_version > coalesce(s.version, 0)""",
    ):
        yield Finding("key", stream_id, version)


def differing(connection: Connection[Any], derivation: Derivation) -> Iterator[tuple[str, str, str | None]]:
    """Kind, key and what the state should be, of each boundary that does not say what is held."""
    rows = _rows(
        connection,
        """SELECT kind, key, state::text, held.members
           FROM log.boundary
           FULL JOIN (SELECT kind, key, array_agg(member ORDER BY member) AS members
                      FROM pg_temp.held GROUP BY kind, key) held USING (kind, key)
           ORDER BY kind, key""",
        batch=PLACES,
    )
    for kind, key, state, members in rows:
        wanted = derivation.state(kind, key, members or [])
        if not _same(wanted, state):
            yield kind, key, wanted


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or msgspec.json.decode(one) == msgspec.json.decode(other)


def _rows(
    connection: Connection[Any], query: str, parameters: Sequence[object] = (), batch: int = BATCH
) -> Iterator[TupleRow]:
    with connection.cursor(f"check_{next(_names)}", binary=True) as cursor:
        cursor.execute(query.encode(), parameters)
        while rows := cursor.fetchmany(batch):
            yield from rows


_names = count()
