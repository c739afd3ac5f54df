"""The log in batches, up to the mark: read once for all projections that stand at the same place."""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from contracts.log.connections import FOLLOW, LogConnection, direct
from contracts.log.recorder import StoredEvent, partial
from projections.folding import ALWAYS, Folds
from projections.projection import Batch

KEPT = 4
"""Batches."""


def connected(url: str) -> LogConnection:
    """To read the log and write projections. What a crash of the server takes back is found again in the log,
    so nobody waits for the disk; a batch may take longer than an append may."""
    connection = direct(url, FOLLOW)
    try:
        connection.execute(
            """SELECT set_config('synchronous_commit', 'off', false),
                 set_config('statement_timeout', '60s', false),
                 set_config('idle_in_transaction_session_timeout', '60s', false)"""
        )
    except BaseException:
        connection.close()
        raise
    return connection


def mark(connection: Connection[Any]) -> int:
    [[position]] = connection.execute("SELECT position FROM log.mark", prepare=True)
    return int(position)


class Reading:
    """`reads`: fields of events that somebody looks at; no other is asked for, or there."""

    def __init__(self, folds: Folds, reads: Iterable[str] = StoredEvent._fields) -> None:
        self.folds = folds
        self.reads = frozenset(reads)
        self._columns, self._made = partial(self.reads | ALWAYS)
        self._kept: dict[int, Batch] = {}

    def forget(self) -> None:
        """After a failover positions may belong to other events."""
        self._kept.clear()
        self.folds.forget()

    def after(self, connection: Connection[Any], position: int, upto: int, limit: int) -> Batch:
        """At most `limit` events above `position`. `upto`: the mark, or something below it."""
        kept = self._kept.get(position)
        if kept is None or kept.upto > upto:
            kept = self._read(connection, position, upto, limit)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[position] = kept
        return kept.first(limit)

    def _read(self, connection: Connection[Any], position: int, upto: int, limit: int) -> Batch:
        rows = connection.execute(
            f"""SELECT {self._columns} FROM log.events WHERE position > %s AND position <= %s
                ORDER BY position LIMIT %s""".encode(),
            [position, upto, limit],
            prepare=True,
            binary=True,
        ).fetchall()
        events = [*map(self._made, rows)]
        return Batch(position, events[-1].position if len(events) == limit else upto, events, self.folds)


class LastOnly(Reading):
    """For filling tables that nobody reads yet: of each stream only its last event up to `end`, since what
    its rows were before would be written over anyway."""

    def __init__(self, folds: Folds, end: int, reads: Iterable[str] = StoredEvent._fields) -> None:
        super().__init__(folds, reads)
        self._end = end

    def _read(self, connection: Connection[Any], position: int, upto: int, limit: int) -> Batch:
        rows = connection.execute(
            f"""SELECT {self._columns} FROM log.events WHERE position > %(after)s AND position <= %(end)s
                  AND NOT EXISTS (SELECT FROM log.events next WHERE next.stream_id = events.stream_id
                                  AND next.stream_version = events.stream_version + 1
                                  AND next.position <= %(end)s)
                ORDER BY position LIMIT %(limit)s""".encode(),
            {"after": position, "end": self._end, "limit": limit},
            binary=True,
        ).fetchall()
        events = [*map(self._made, rows)]
        return Batch(position, events[-1].position if len(events) == limit else self._end, events, self.folds)
