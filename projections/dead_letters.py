"""Events that a projection could not write: what they are, trying them again, letting them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.law import Law
from contracts.lifecycle import EVENTS
from contracts.log.mapper import Mapper
from contracts.log.recorder import COLUMNS, StoredEvent
from projections import versions
from projections.folding import Folds
from projections.projection import Batch, Projection
from projections.reading import connected


@dataclass(frozen=True)
class DeadLetter:
    """`tries` 0: it was not tried, but waits for an earlier one of its stream."""

    projection: str
    version: int
    position: int
    stream_id: UUID
    type: str
    tries: int
    error: str
    at: datetime


def of(connection: Connection[Any], name: str | None = None) -> list[DeadLetter]:
    """Of all projections unless one is named."""
    with connection.cursor(row_factory=class_row(DeadLetter)) as cursor:
        return cursor.execute(
            """SELECT d.projection, d.version, d.position, d.stream_id, e.type, d.tries, d.error, d.at
               FROM log.dead_letters d JOIN log.events e USING (position)
               WHERE %(name)s::text IS NULL OR d.projection = %(name)s
               ORDER BY d.projection, d.version, d.position""",
            {"name": name},
        ).fetchall()


def retry(
    url: str, projection: Projection, law: Law, positions: Sequence[int] = (), mapper: Mapper | None = None
) -> int:
    """Writes them now, a stream a transaction, and returns how many events are right again. `positions`: only
    the streams of these. What fails raises, and stays as it was."""
    done = 0
    with connected(url) as connection:
        folds = Folds(mapper or Mapper(EVENTS), law)
        if (version := versions.live(connection, projection.name)) is None:
            return 0
        for stream_id in _streams(connection, version, positions):
            with connection.transaction():
                versions.locked(connection, version)
                if not (events := _events(connection, version, stream_id)):
                    continue  # somebody else was first
                last = events[-1].position
                projection.write(connection, Batch(last, last, events, folds))
                done += _delete(connection, version, stream_id)
    return done


def discard(connection: Connection[Any], name: str, positions: Sequence[int] = ()) -> int:
    """Lets them go, whole streams of them: the rows stay as they are until the stream's next event. Returns
    how many. `positions`: only the streams of these."""
    if (version := versions.live(connection, name)) is None:
        return 0
    with connection.transaction():
        versions.locked(connection, version)
        return sum(_delete(connection, version, id_) for id_ in _streams(connection, version, positions))


def _streams(connection: Connection[Any], version: versions.Version, positions: Sequence[int]) -> list[UUID]:
    rows = connection.execute(
        """SELECT DISTINCT stream_id FROM log.dead_letters
           WHERE projection = %(name)s AND version = %(number)s
             AND (%(all)s OR position = ANY(%(positions)s::bigint[])) ORDER BY stream_id""",
        {
            "name": version.name,
            "number": version.number,
            "all": not positions,
            "positions": [*positions],
        },
    )
    return [stream_id for (stream_id,) in rows]


def _events(connection: Connection[Any], version: versions.Version, stream_id: UUID) -> list[StoredEvent]:
    rows = connection.execute(
        f"""SELECT {COLUMNS} FROM log.events WHERE position IN (
              SELECT position FROM log.dead_letters
              WHERE projection = %s AND version = %s AND stream_id = %s)
            ORDER BY position""".encode(),
        [version.name, version.number, stream_id],
        binary=True,
    )
    return [StoredEvent._make(row) for row in rows]


def _delete(connection: Connection[Any], version: versions.Version, stream_id: UUID) -> int:
    return connection.execute(
        "DELETE FROM log.dead_letters WHERE projection = %s AND version = %s AND stream_id = %s",
        [version.name, version.number, stream_id],
    ).rowcount
