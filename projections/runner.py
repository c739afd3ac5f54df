"""Keeps versions of projections up with the log: each event counts exactly once in each."""

import re
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any
from uuid import UUID

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
        self.size = self._most = batch
        """Events of the next batch."""
        self.trouble: str | None = None
        """What keeps it from going on just now."""
        self.waits_until = 0.0
        """By the monotonic clock."""
        self._tries = 0
        self._delay = SHORTEST

    @property
    def retired(self) -> bool:
        return self.version.state is State.RETIRED

    def lead(self, connection: Connection[Any]) -> bool:
        """Whether this session may keep it up. Held until the session ends."""
        [[leads]] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", self.version.lock)
        return bool(leads)

    def due(self, mark: int) -> bool:
        return self.version.position < mark and not self.retired and monotonic() >= self.waits_until

    def step(self, connection: Connection[Any], mark: int) -> bool:
        """One batch: rows and position in one transaction. False: there is nothing to do at present.

        Raises psycopg.OperationalError when the connection is lost.
        """
        if not self.due(mark):
            return False
        batch = self.reading.after(connection, self.version.position, mark, self.size)
        try:
            _write(connection, [self], batch)
        except Exception as error:  # a projection may fail in any way, and only its own event may suffer
            if connection.closed:
                raise
            if passing(error) or not batch.events:
                self._wait(connection, error)
            else:
                self._narrow(connection, batch, error)
        return True

    def rows(self, connection: Connection[Any], batch: Batch, aside: frozenset[UUID]) -> None:
        """Of all events but those that have to wait for one in `aside`."""
        if aside and self.projection.kinds:
            behind = [e for e in batch.events if e.stream_id in aside and self.projection.wants(e)]
            for event in behind:
                self._set_aside(connection, event, 0, "an earlier event of the stream was set aside")
            batch = batch.without(aside)
        self.projection.write(connection, batch)

    def went_on(self, version: Version) -> None:
        self.version, self.trouble, self._tries, self._delay = version, None, 0, SHORTEST
        self.size = min(self._most, self.size * 2)

    def _wait(self, connection: Connection[Any], error: Exception) -> None:
        self.trouble = _said(error)
        self.waits_until = monotonic() + self._delay
        self._delay = min(LONGEST, self._delay * 2)
        # What is in the way may be another session that holds the very row.
        connection.execute(
            """UPDATE log.projections SET error = %s WHERE (name, version) IN (
                 SELECT name, version FROM log.projections WHERE name = %s AND version = %s
                 FOR UPDATE SKIP LOCKED)""",
            [self.trouble, self.version.name, self.version.number],
        )

    def _narrow(self, connection: Connection[Any], batch: Batch, error: Exception) -> None:
        """Half as many, until the event at fault is alone; then a few tries, then without it."""
        if len(batch.events) > 1:
            self.size = len(batch.events) // 2
            return
        self._tries += 1
        if self._tries < TRIES:
            return
        with connection.transaction():
            moved = versions.moved(connection, [self.version], batch.after, batch.upto, _said(error))
            if moved:
                self._set_aside(connection, batch.events[0], self._tries, _said(error))
        self.version, self._tries = _stands(connection, self.version, moved), 0

    def _set_aside(self, connection: Connection[Any], event: StoredEvent, tries: int, error: str) -> None:
        connection.execute(
            """INSERT INTO log.dead_letters (projection, version, position, stream_id, tries, error, at)
               VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp()) ON CONFLICT DO NOTHING""",
            [self.version.name, self.version.number, event.position, event.stream_id, tries, error],
        )


def step(connection: Connection[Any], runners: Sequence[Runner], mark: int) -> bool:
    """One batch of each. Those that stand at the same place go in one transaction: first those that fold,
    which whoever appends waits for, then those that list entries; where one of them cannot, each goes alone.
    All have the same reading, and another name each."""
    due = [runner for runner in runners if runner.due(mark)]
    for group in _side_by_side(due):
        if len(group) == 1 or not _stepped(connection, group, mark):
            for runner in group:
                runner.step(connection, mark)
    return bool(due)


def _side_by_side(runners: Sequence[Runner]) -> list[list[Runner]]:
    groups: dict[tuple[bool, int, int], list[Runner]] = {}
    for runner in runners:
        lists = not runner.projection.kinds
        groups.setdefault((lists, runner.version.position, runner.size), []).append(runner)
    return [groups[key] for key in sorted(groups)]


def _stepped(connection: Connection[Any], group: Sequence[Runner], mark: int) -> bool:
    """False: one of them is at fault, or another session is in its way; nothing is written."""
    first = group[0]
    batch = first.reading.after(connection, first.version.position, mark, first.size)
    try:
        _write(connection, group, batch)
    except Exception:  # alone, each says what is wrong with it
        if connection.closed:
            raise
        return False
    return True


def _write(connection: Connection[Any], group: Sequence[Runner], batch: Batch) -> None:
    with connection.transaction():
        standing = [runner.version for runner in group]
        moved = versions.moved(connection, standing, batch.after, batch.upto)
        for runner in group:
            if now := moved.get(runner.version.name):
                runner.rows(connection, batch, now.aside)
    for runner in group:
        runner.went_on(_stands(connection, runner.version, moved))


def _stands(connection: Connection[Any], version: Version, moved: Mapping[str, Version]) -> Version:
    """One that did not move is elsewhere: another session led it, or it was retired."""
    return moved.get(version.name) or versions.now(connection, version)


def _said(error: Exception) -> str:
    """Without the rows that an error of the database quotes."""
    diagnosis = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return f"{type(error).__name__}: {diagnosis or error}"[:500]
