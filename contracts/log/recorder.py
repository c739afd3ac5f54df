"""How events enter and leave PostgreSQL: the library's recorder interface over our own tables."""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

import psycopg
from eventsourcing import persistence
from psycopg.rows import TupleRow

from contracts.log import asking, sending
from contracts.log.appending import Append, Appended, Boundary, Head, NewEvent, Prepared
from contracts.log.arrays import array
from contracts.log.asking import Answer, Key
from contracts.log.connections import LogConnection, LogPool
from contracts.log.errors import OutcomeUnknown, VersionMoved
from contracts.log.failures import Failure, failure, outward
from contracts.log.mapper import from_library, to_library
from contracts.log.sending import append, replayed
from contracts.log.together import Apart, Together

__all__ = [
    "Append",
    "Appended",
    "Boundary",
    "Head",
    "NewEvent",
    "Recorder",
    "StoredEvent",
    "append",
]


class StoredEvent(NamedTuple):
    """A row of log.events; `data` and `metadata` are the stored text."""

    position: int
    stream_id: UUID
    stream_version: int
    type: str
    schema_version: int
    event_id: UUID
    data: str
    metadata: str
    effective_on: date | None
    recorded_at: datetime
    prev_hash: bytes
    hash: bytes


def columns(fields: Iterable[str]) -> str:
    return ", ".join(f"{name}::text" if name in ("data", "metadata") else name for name in fields)


def partial(fields: Collection[str]) -> tuple[str, Callable[[TupleRow], StoredEvent]]:
    """Columns, and what makes of them an event that has these fields and no others."""
    found = [name for name in StoredEvent._fields if name in fields]
    make: Callable[[TupleRow], Any] = namedtuple("StoredEvent", found)._make  # type: ignore[attr-defined]
    return columns(found), make


COLUMNS = columns(StoredEvent._fields)


IN_THE_WAY = (Failure.REFUSED, Failure.AGAIN)
"""What another's append may have brought upon those that went with it; nothing was written."""


class Recorder(persistence.ApplicationRecorder):
    def __init__(self, pool: LogPool) -> None:
        self._pool = pool
        self._together = Together(self._alone, self._send)
        self.deadlocks = 0
        """Each is a bug in our order of locks."""

    # Writing

    def append(self, wanted: Append) -> Appended:
        """Raises VersionMoved, BoundaryMoved, DayMoved, KeyReused, Unavailable, OutcomeUnknown."""
        try:
            return self._gone(wanted)
        except psycopg.Error as error:
            return self._once_more(wanted, error)

    def _gone(self, wanted: Append) -> Appended:
        """With others who wait; alone, where one of them may have been in the way."""
        try:
            return self._together.append(wanted)
        except Apart as apart:
            if not (isinstance(apart.error, psycopg.Error) and failure(apart.error) in IN_THE_WAY):
                raise apart.error from None
        return self._alone(wanted)

    def _alone(self, wanted: Append) -> Appended:
        with self._pool.connection() as connection:
            return sending.alone(connection, wanted)

    def _send(self, parts: Sequence[Prepared]) -> list[Appended]:
        with self._pool.connection() as connection:
            return sending.send(connection, parts, hurried=True)

    def _once_more(self, wanted: Append, error: psycopg.Error) -> Appended:
        first = failure(error)
        self.deadlocks += error.sqlstate == "40P01"
        if first in (Failure.REFUSED, Failure.AWAY):
            raise outward(error) from error
        if first is Failure.LOST and wanted.key is None:
            raise OutcomeUnknown("without a key nobody can ask") from error
        again = self._pool.connection() if first is Failure.AGAIN else self._pool.fresh()
        try:
            with again as connection:
                return sending.alone(connection, wanted)
        except psycopg.Error as error:
            second = failure(error)
            if second is not Failure.REFUSED and Failure.LOST in (first, second):
                raise OutcomeUnknown("asking again with the same key finds out") from error
            raise outward(error) from error

    def answer_of(self, key: str, request_hash: bytes) -> Appended | None:
        """What the key was answered with; None: nothing was written under it. Raises KeyReused."""
        [[position, versions, recorded_at, found, answer]] = self._rows(
            "SELECT position, versions, recorded_at, replayed, recorded_answer FROM log.replay_v1(%s, %s)",
            [key, request_hash],
        )
        return replayed(position, versions, recorded_at, answer) if found else None

    # Reading

    def streams(self, stream_ids: Collection[UUID]) -> dict[UUID, list[StoredEvent]]:
        """The whole of each, in order; an empty list for one that does not exist."""
        found: dict[UUID, list[StoredEvent]] = {stream_id: [] for stream_id in stream_ids}
        wanted = array(map(str, found))
        rows = self._rows(
            f"""SELECT {COLUMNS} FROM log.events WHERE stream_id = ANY(%s::uuid[])
                ORDER BY stream_id, stream_version""",
            [wanted],
        )
        for row in rows:
            found[row[1]].append(StoredEvent._make(row))
        return found

    def ask(
        self, versions: Mapping[UUID, int], places: Collection[Key] = (), people: Collection[UUID] = ()
    ) -> Answer:
        """What streams have above these versions, boundaries that somebody holds, newest records."""
        [row] = self._rows(asking.STATEMENT, asking.parameters(versions, places, people))
        return asking.read(row)

    def read(self, after: int, limit: int, upto: int | None = None) -> list[StoredEvent]:
        """Events above `after` in order, never above the mark."""
        rows = self._rows(
            f"""SELECT {COLUMNS} FROM log.events
                WHERE position > %s AND position <= least(%s, (SELECT mark.position FROM log.mark))
                ORDER BY position LIMIT %s""",
            [after, upto, limit],
        )
        return [StoredEvent._make(row) for row in rows]

    def mark(self) -> int:
        """Nothing can appear at or below it any more."""
        [[position]] = self._rows("SELECT position FROM log.mark")
        return int(position)

    def now(self) -> datetime:
        """The clock by which events are recorded."""
        [[instant]] = self._rows("SELECT log.now_v1()")
        answer: datetime = instant
        return answer

    def _rows(self, query: str, parameters: Sequence[Any] = ()) -> list[TupleRow]:
        def ask(connection: LogConnection) -> list[TupleRow]:
            return connection.execute(query.encode(), parameters, binary=True).fetchall()

        try:
            try:
                with self._pool.connection() as connection:
                    return ask(connection)
            except psycopg.Error as error:
                if failure(error) not in (Failure.LOST, Failure.STANDBY):
                    raise
            with self._pool.fresh() as connection:
                return ask(connection)
        except psycopg.Error as error:
            raise outward(error) from error

    # The library's interface

    def insert_events(
        self,
        stored_events: Sequence[persistence.StoredEvent],
        *,
        kind: str = "contract",
        metadata: Mapping[str, Any] | None = None,
        **_: Any,
    ) -> list[int]:
        """Raises the library's IntegrityError where a version is taken."""
        events = [from_library(stored) for stored in stored_events]
        first: dict[UUID, int] = {}
        for event, stored in zip(events, stored_events, strict=True):
            first.setdefault(event.stream_id, stored.originator_version - 1)
        heads = [Head(stream_id, kind, expected) for stream_id, expected in first.items()]
        try:
            appended = self.append(Append(heads, events, metadata or {}))
        except VersionMoved as error:
            raise persistence.IntegrityError(str(error)) from error
        written = self.streams(first)
        found = {event.event_id: event.position for stream in written.values() for event in stream}
        assert max(found.values()) >= appended.position
        return [found[event.event_id] for event in events]

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[persistence.StoredEvent]:
        rows = self._rows(
            f"""SELECT {COLUMNS} FROM log.events
                WHERE stream_id = %s AND stream_version > %s
                  AND stream_version <= coalesce(%s, stream_version)
                ORDER BY stream_version {"DESC" if desc else "ASC"} LIMIT %s""",
            [originator_id, gt or 0, lte, limit],
        )
        return [to_library(StoredEvent._make(row)) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[persistence.Notification]:
        """Never above the mark."""
        rows = self._rows(
            f"""SELECT {COLUMNS} FROM log.events
                WHERE position > %s AND position <= least(%s, (SELECT mark.position FROM log.mark))
                  AND (%s OR type = ANY(%s::text[]))
                ORDER BY position LIMIT %s""",
            [(start or 0) - inclusive_of_start, stop, not topics, [*topics], limit],
        )
        return [to_library(StoredEvent._make(row)) for row in rows]

    def max_notification_id(self) -> int | None:
        return self.mark() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        raise NotImplementedError("projections follow the mark by position")
