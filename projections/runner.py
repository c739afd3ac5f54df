"""Keeps one version of a projection up with the log: each event counts exactly once."""

import re
from time import monotonic
from typing import Any

import psycopg
from psycopg import Connection

from contracts.log.recorder import StoredEvent
from projections import versions
from projections.projection import Batch, Projection
from projections.reading import Reading
from projections.versions import State, Version

BATCH = 1000
"""Events a transaction: some 5 ms of a counter."""

TRIES = 3
"""Of an event alone, before it is set aside."""

SHORTEST, LONGEST = 0.1, 5.0
"""Seconds between two tries when the database is in the way."""

NOT_THE_EVENT = re.compile("42...|KL...|0A...")
"""SQLSTATEs of a table, a right, a function that is missing: no event is at fault, or all would be."""


def passing(error: Exception) -> bool:
    """Whether the same may work later without anybody's help: connection, time-out, lock, serialization."""
    if isinstance(error, psycopg.OperationalError):
        return True
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    return state is not None and (state == "25006" or NOT_THE_EVENT.fullmatch(state) is not None)


class Runner:
    def __init__(
        self, projection: Projection, version: Version, reading: Reading, batch: int = BATCH
    ) -> None:
        self.projection = projection
        self.version = version
        self.reading = reading
        self.trouble: str | None = None
        """What keeps it from going on just now."""
        self.waits_until = 0.0
        """By the monotonic clock."""
        self._most = self._size = batch
        self._tries = 0
        self._delay = SHORTEST

    @property
    def retired(self) -> bool:
        return self.version.state is State.RETIRED

    def lead(self, connection: Connection[Any]) -> bool:
        """Whether this session may keep it up. Held until the session ends."""
        [[leads]] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", self.version.lock)
        return bool(leads)

    def step(self, connection: Connection[Any], mark: int) -> bool:
        """One batch: rows and position in one transaction. False: there is nothing to do at present.

        Raises psycopg.OperationalError when the connection is lost.
        """
        if self.version.position >= mark or self.retired or monotonic() < self.waits_until:
            return False
        batch = self.reading.after(connection, self.version.position, mark, self._size)
        try:
            self._write(connection, batch)
        except Exception as error:  # a projection may fail in any way, and only its own event may suffer
            if connection.closed:
                raise
            if passing(error) or not batch.events:
                self._wait(connection, error)
            else:
                self._narrow(connection, batch, error)
            return True
        self.trouble, self._tries, self._delay = None, 0, SHORTEST
        self._size = min(self._most, self._size * 2)
        return True

    def _write(self, connection: Connection[Any], batch: Batch) -> None:
        with connection.transaction():
            now = versions.locked(connection, self.version)
            if now.state is not State.RETIRED and now.position == batch.after:
                self._rows(connection, batch, now)
                self._move(connection, batch.upto, None)
                now = versions.moved(now, batch.upto)
        self.version = now

    def _rows(self, connection: Connection[Any], batch: Batch, now: Version) -> None:
        if now.aside and self.projection.kind:
            behind = [e for e in batch.events if e.stream_id in now.aside and self.projection.wants(e)]
            for event in behind:
                self._set_aside(connection, event, 0, "an earlier event of the stream was set aside")
            batch = batch.without(now.aside)
        self.projection.write(connection, batch)

    def _wait(self, connection: Connection[Any], error: Exception) -> None:
        self.trouble = _said(error)
        self.waits_until = monotonic() + self._delay
        self._delay = min(LONGEST, self._delay * 2)
        connection.execute(
            "UPDATE log.projections SET error = %s WHERE name = %s AND version = %s",
            [self.trouble, self.version.name, self.version.number],
        )

    def _narrow(self, connection: Connection[Any], batch: Batch, error: Exception) -> None:
        """Half as many, until the event at fault is alone; then a few tries, then without it."""
        if len(batch.events) > 1:
            self._size = len(batch.events) // 2
            return
        self._tries += 1
        if self._tries < TRIES:
            return
        with connection.transaction():
            now = versions.locked(connection, self.version)
            if now.position == batch.after:
                self._set_aside(connection, batch.events[0], self._tries, _said(error))
                self._move(connection, batch.upto, _said(error))
                now = versions.moved(now, batch.upto)
        self.version, self._tries = now, 0

    def _set_aside(self, connection: Connection[Any], event: StoredEvent, tries: int, error: str) -> None:
        connection.execute(
            """INSERT INTO log.dead_letters (projection, version, position, stream_id, tries, error, at)
               VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp()) ON CONFLICT DO NOTHING""",
            [self.version.name, self.version.number, event.position, event.stream_id, tries, error],
        )

    def _move(self, connection: Connection[Any], position: int, error: str | None) -> None:
        connection.execute(
            "UPDATE log.projections SET position = %s, error = %s WHERE name = %s AND version = %s",
            [position, error, self.version.name, self.version.number],
            prepare=True,
        )


def _said(error: Exception) -> str:
    """Without the rows that an error of the database quotes."""
    diagnosis = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return f"{type(error).__name__}: {diagnosis or error}"[:500]
