"""Whether the log is whole: every stream's versions and hash chain, and whether what stands beside the events
(heads, boundaries, timers, keys) says what they say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Protocol
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import TupleRow

from contracts.log.chain import FIRST_PREV, event_hash
from contracts.log.recorder import COLUMNS, StoredEvent

BATCH = 2000
"""Rows in memory at once."""

HEAD = "stream_id, kind, version, hash, timers::text, due_at"
NO_HEAD = (None, 0, FIRST_PREV, None, None)


@dataclass(frozen=True)
class Finding:
    """`what` is wrong: version, prev, hash, head, key, boundary or timer. `where` names the last two, or
    `due_at`, the earliest timer of a stream."""

    what: str
    stream_id: UUID | None = None
    version: int | None = None
    where: str | None = None


@dataclass(frozen=True)
class Derived:
    """What one stream's events say about the tables beside the log.

    held    (kind, key, JSON text) of each place that it holds
    timers  due instant by name
    """

    held: Sequence[tuple[str, str, str]] = ()
    timers: Mapping[str, datetime] = field(default_factory=dict)


class Derivation(Protocol):
    """Told by who knows what the events mean."""

    def derived(self, kind: str, events: Sequence[StoredEvent]) -> Derived:
        """Of one whole stream."""

    def state(self, kind: str, key: str, held: Sequence[str]) -> str | None:
        """The state of a boundary, as JSON text, from what all streams hold of it; None: no row."""


@dataclass
class Report:
    streams: int = 0
    events: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(connection: Connection[Any], derivation: Derivation | None = None) -> Report:
    """All of it as it is at one moment, in constant memory but for the findings."""
    report = Report()
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        if derivation:
            connection.execute(
                """CREATE TEMPORARY TABLE held (kind text COLLATE "C", key text COLLATE "C", member text)
                   ON COMMIT DROP"""
            )
        report.findings += _streams(connection, report, derivation)
        report.findings += _keys(connection)
        if derivation:
            report.findings += _boundaries(connection, derivation)
    return report


# Streams


class _Rows:
    """Rows in the order of their stream, taken a stream at a time."""

    def __init__(self, rows: Iterator[TupleRow], stream_at: int) -> None:
        self._rows = rows
        self._stream_at = stream_at
        self._next = next(rows, None)

    @property
    def stream_id(self) -> UUID | None:
        return self._next[self._stream_at] if self._next else None

    def of(self, stream_id: UUID) -> Iterator[TupleRow]:
        while (row := self._next) and row[self._stream_at] == stream_id:
            self._next = next(self._rows, None)
            yield row


def _streams(connection: Connection[Any], report: Report, derivation: Derivation | None) -> Iterator[Finding]:
    events = _Rows(
        _rows(connection, f"SELECT {COLUMNS} FROM log.events ORDER BY stream_id, stream_version"), stream_at=1
    )
    heads = _Rows(_rows(connection, f"SELECT {HEAD} FROM log.streams ORDER BY stream_id"), 0)
    while ids := [rows.stream_id for rows in (events, heads) if rows.stream_id]:
        stream_id = min(ids)
        kept: list[StoredEvent] = []
        version, hash = 0, FIRST_PREV
        for event in map(StoredEvent._make, events.of(stream_id)):
            yield from faults(event, version, hash)
            version, hash = event.stream_version, event.hash
            report.events += 1
            if derivation:
                kept.append(event)
        kind, *head, timers, due_at = next((row[1:] for row in heads.of(stream_id)), NO_HEAD)
        if head != [version, hash]:
            yield Finding("head", stream_id, version)
        due = _due(timers)
        if due_at != min(due.values(), default=None):
            yield Finding("timer", stream_id, where="due_at")
        if not version:
            yield from _beside(connection, stream_id, Derived(), due)
        elif derivation and kind:
            yield from _beside(connection, stream_id, derivation.derived(kind, kept), due)
        report.streams += 1


def _due(timers: str | None) -> dict[str, datetime]:
    return msgspec.json.decode(timers, type=dict[str, datetime]) if timers else {}


def faults(event: StoredEvent, version: int, hash: bytes) -> Iterator[Finding]:
    """What is wrong with an event that follows `version` with `hash`."""
    if event.stream_version != version + 1:
        yield Finding("version", event.stream_id, event.stream_version)
    if event.prev_hash != hash:
        yield Finding("prev", event.stream_id, event.stream_version)
    if event.hash != event_hash(event, event.prev_hash):
        yield Finding("hash", event.stream_id, event.stream_version)


def _beside(
    connection: Connection[Any], stream_id: UUID, derived: Derived, due: Mapping[str, datetime]
) -> Iterator[Finding]:
    for name in sorted(derived.timers.keys() | due.keys()):
        if derived.timers.get(name) != due.get(name):
            yield Finding("timer", stream_id, where=name)
    for held in derived.held:
        connection.execute("INSERT INTO pg_temp.held VALUES (%s, %s, %s)", held)


# What stands beside the streams


def _keys(connection: Connection[Any]) -> Iterator[Finding]:
    """An idempotency key that answers for events which are not there."""
    for stream_id, version in _rows(
        connection,
        """SELECT k.stream_id, k.last_version FROM log.idempotency k LEFT JOIN log.streams s USING (stream_id)
           WHERE k.last_version > coalesce(s.version, 0)""",
    ):
        yield Finding("key", stream_id, version)


def _boundaries(connection: Connection[Any], derivation: Derivation) -> Iterator[Finding]:
    rows = _rows(
        connection,
        """SELECT kind, key, state::text, held.members
           FROM log.boundary
           FULL JOIN (SELECT kind, key, array_agg(member ORDER BY member) AS members
                      FROM pg_temp.held GROUP BY kind, key) held USING (kind, key)
           ORDER BY kind, key""",
    )
    for kind, key, state, members in rows:
        wanted = derivation.state(kind, key, members or [])
        if (wanted and msgspec.json.decode(wanted)) != (state and msgspec.json.decode(state)):
            yield Finding("boundary", where=f"{kind} {key}")


def _rows(connection: Connection[Any], query: str) -> Iterator[TupleRow]:
    with connection.cursor(f"check_{next(_names)}", binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query)
        yield from cursor


_names = count()
