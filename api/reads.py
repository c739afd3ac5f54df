"""Who looked at what, and what for. A read is recorded by the clock of the log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.log.ids import uuid7
from contracts.relations import Caller


@dataclass(frozen=True)
class Read:
    """`subject` None: a list, which showed `shown`."""

    read_id: UUID
    at: datetime
    actor: str
    on_behalf_of: str | None
    purpose: str | None
    question: str
    subject: UUID | None
    shown: list[UUID]
    known_at: datetime | None
    position: int | None
    request_id: str


def write(
    connection: Connection[Any],
    caller: Caller,
    question: str,
    *,
    request_id: str,
    purpose: str | None = None,
    subject: UUID | None = None,
    shown: Collection[UUID] = (),
    known_at: datetime | None = None,
    position: int | None = None,
) -> UUID:
    read_id = uuid7()
    connection.execute(
        """INSERT INTO edge.reads (read_id, actor, on_behalf_of, purpose, question, subject, shown, known_at,
                                   "position", request_id)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        [
            *(read_id, f"person:{caller.person}", caller.on_behalf_of, purpose, question),
            *(subject, list(shown), known_at, position, request_id),
        ],
    )
    return read_id


def since(connection: Connection[Any], subject: UUID, at: datetime) -> frozenset[str]:
    """Who has looked at it since then, lists that showed it included: for whom, else who."""
    rows = connection.execute(
        """SELECT DISTINCT coalesce(on_behalf_of, actor) FROM edge.reads
           WHERE (subject = %(subject)s OR shown @> ARRAY[%(subject)s::uuid]) AND at >= %(at)s""",
        {"subject": subject, "at": at},
    )
    return frozenset(ref for [ref] in rows)


def of(
    connection: Connection[Any],
    subject: UUID | None = None,
    actor: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Read]:
    """Newest first; of one contract or person also the lists that showed it."""
    with connection.cursor(row_factory=class_row(Read)) as cursor:
        return cursor.execute(
            """SELECT read_id, at, actor, on_behalf_of, purpose, question, subject, shown, known_at,
                      "position", request_id
               FROM edge.reads
               WHERE (%(subject)s::uuid IS NULL OR subject = %(subject)s OR shown @> ARRAY[%(subject)s::uuid])
                 AND (%(actor)s::text IS NULL OR actor = %(actor)s)
                 AND (%(before)s::uuid IS NULL OR read_id < %(before)s)
               ORDER BY read_id DESC LIMIT %(limit)s""",
            {"subject": subject, "actor": actor, "before": before, "limit": limit},
        ).fetchall()
