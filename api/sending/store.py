"""What is kept of letters that are on their way. Times are of the real clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.log.ids import uuid7

Connected = Connection[Any]

LEADER = (19269, 5)
"""The session lock of the one who sends. Two at once would send twice, under the same id."""

KEPT = timedelta(days=30)
"""Of a letter that has left."""


class Found(NamedTuple):
    """An event with the text of its metadata."""

    position: int
    stream_id: UUID
    version: int
    type: str
    metadata: str


@dataclass(frozen=True)
class Letter:
    """A notice on one of its ways. `endpoint_id` None: by mail. `tries` so far; `trouble` of the last one."""

    letter_id: UUID
    notice_id: UUID
    stream_id: UUID
    version: int
    type: str
    role: str
    to_ref: str
    endpoint_id: UUID | None
    made_at: datetime
    next_at: datetime
    tries: int
    sent_at: datetime | None
    dead_at: datetime | None
    trouble: str | None


@dataclass(frozen=True)
class Draft:
    """A letter that is to be made."""

    notice_id: UUID
    stream_id: UUID
    version: int
    type: str
    role: str
    to_ref: str
    endpoint_id: UUID | None


LETTERS = f"SELECT {', '.join(f'l.{name}' for name in Letter.__dataclass_fields__)} FROM edge.letters l"
# Making letters


def unposted(connection: Connected, limit: int) -> tuple[int, list[Found], int]:
    """Where letters were made up to, the next events with notices, and where these go up to."""
    [[after, mark]] = connection.execute("SELECT p.position, m.position FROM edge.posted p, log.mark m")
    if after >= mark:
        return after, [], after
    rows = connection.execute(
        """SELECT position, stream_id, stream_version, type, metadata::text FROM log.events
           WHERE position > %s AND position <= %s ORDER BY position LIMIT %s""",
        [after, mark, limit],
    ).fetchall()
    found = [Found._make(row) for row in rows]
    upto = found[-1].position if len(found) == limit else mark
    return after, [each for each in found if '"notices"' in each.metadata], upto


def post(connection: Connected, drafts: Sequence[Draft], after: int, upto: int) -> bool:
    """The letters, and that they were made: both or neither. False: another was first."""
    with connection.transaction():
        if not connection.execute(
            "UPDATE edge.posted SET position = %s WHERE position = %s", [upto, after]
        ).rowcount:
            return False
        with connection.cursor() as cursor:
            cursor.executemany(
                """INSERT INTO edge.letters
                     (letter_id, notice_id, stream_id, version, type, role, to_ref, endpoint_id)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
                [
                    (uuid7(), d.notice_id, d.stream_id, d.version, d.type, d.role, d.to_ref, d.endpoint_id)
                    for d in drafts
                ],
            )
    return True


def skip_to_mark(connection: Connected) -> None:
    """Of what has come with a log from elsewhere, nothing is sent."""
    connection.execute("UPDATE edge.posted p SET position = m.position FROM log.mark m")


def contacts_of(connection: Connected, stream_id: UUID) -> str | None:
    """Commitment to the newest contacts of an organisation."""
    row = connection.execute(
        """SELECT data ->> 'contacts' FROM log.events
           WHERE stream_id = %s AND type = 'organisation.contacts_changed'
           ORDER BY stream_version DESC LIMIT 1""",
        [stream_id],
    ).fetchone()
    return row[0] if row else None


# Sending


def lead(connection: Connected) -> bool:
    """Whether this session is the one who sends. Held until it ends."""
    [leads] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", LEADER).fetchone() or [False]
    return bool(leads)


WAITS = "l.sent_at IS NULL AND l.dead_at IS NULL"


def due_mails(connection: Connected, limit: int) -> list[Letter]:
    """Oldest notice first."""
    with connection.cursor(row_factory=class_row(Letter)) as cursor:
        return cursor.execute(
            f"""{LETTERS} WHERE l.endpoint_id IS NULL AND {WAITS} AND l.next_at <= now()
                ORDER BY l.n LIMIT %s""".encode(),
            [limit],
        ).fetchall()


def due_calls(connection: Connected, busy: Sequence[UUID], limit: int) -> list[Letter]:
    """Of each endpoint the oldest that is due, unless it is `busy` or resting."""
    with connection.cursor(row_factory=class_row(Letter)) as cursor:
        return cursor.execute(
            f"""SELECT l.* FROM edge.endpoints e CROSS JOIN LATERAL (
                  {LETTERS} WHERE l.endpoint_id = e.endpoint_id AND {WAITS} AND l.next_at <= now()
                  ORDER BY l.n LIMIT 1) l
                WHERE e.disabled_at IS NULL AND coalesce(e.waits_until, '-infinity') <= now()
                  AND e.endpoint_id <> ALL(%s) LIMIT %s""".encode(),
            [[*busy], limit],
        ).fetchall()


def sent(connection: Connected, letter: Letter) -> None:
    """It has left. From now on it is not sent again."""
    with connection.transaction():
        connection.execute(
            "UPDATE edge.letters SET sent_at = now(), tries = tries + 1, trouble = NULL WHERE letter_id = %s",
            [letter.letter_id],
        )
        connection.execute(
            "INSERT INTO log.sent (notice_id, sent_at) VALUES (%s, log.now_v1()) ON CONFLICT DO NOTHING",
            [letter.notice_id],
        )
        connection.execute(
            "UPDATE edge.endpoints SET waits_until = NULL WHERE endpoint_id = %s AND waits_until IS NOT NULL",
            [letter.endpoint_id],
        )


def failed(connection: Connected, letter: Letter, trouble: str, seconds: float | None, rest: float) -> None:
    """To be tried again after so many `seconds`, None: given up; and the endpoint rests meanwhile."""
    with connection.transaction():
        connection.execute(
            """UPDATE edge.letters SET tries = tries + 1, trouble = %(trouble)s,
                 next_at = now() + coalesce(%(after)s, 0) * interval '1 second',
                 dead_at = CASE WHEN %(after)s::float IS NULL THEN now() END
               WHERE letter_id = %(id)s""",
            {"trouble": trouble, "after": seconds, "id": letter.letter_id},
        )
        connection.execute(
            "UPDATE edge.endpoints SET waits_until = now() + %s * interval '1 second' WHERE endpoint_id = %s",
            [rest, letter.endpoint_id],
        )


# Looking after it


def letters_of(connection: Connected, endpoint_id: UUID, limit: int = 50) -> list[Letter]:
    """Newest first."""
    with connection.cursor(row_factory=class_row(Letter)) as cursor:
        return cursor.execute(
            f"{LETTERS} WHERE l.endpoint_id = %s ORDER BY l.n DESC LIMIT %s".encode(),
            [endpoint_id, limit],
        ).fetchall()


def counts(connection: Connected, endpoint_id: UUID) -> dict[str, int]:
    """`sent`: in the days for which it is kept."""
    [counted] = connection.execute(
        f"""SELECT count(*) FILTER (WHERE sent_at IS NOT NULL), count(*) FILTER (WHERE {WAITS}),
              count(*) FILTER (WHERE dead_at IS NOT NULL)
            FROM edge.letters l WHERE endpoint_id = %s""".encode(),
        [endpoint_id],
    )
    return dict(zip(("sent", "waiting", "dead"), counted, strict=True))


def dead(connection: Connected, limit: int = 1000) -> list[Letter]:
    """Given up, the newest first."""
    with connection.cursor(row_factory=class_row(Letter)) as cursor:
        return cursor.execute(
            f"{LETTERS} WHERE l.dead_at IS NOT NULL ORDER BY l.dead_at DESC LIMIT %s".encode(), [limit]
        ).fetchall()


def again(connection: Connected, ids: Sequence[UUID] | None, endpoint_id: UUID | None = None) -> int:
    """Those that were given up are due once more, with all their tries. None: all. Returns how many."""
    return connection.execute(
        """UPDATE edge.letters SET dead_at = NULL, tries = 0, next_at = now()
           WHERE dead_at IS NOT NULL AND (%(all)s OR letter_id = ANY(%(ids)s::uuid[]))
             AND (%(endpoint)s::uuid IS NULL OR endpoint_id = %(endpoint)s)""",
        {"all": ids is None, "ids": [*(ids or ())], "endpoint": endpoint_id},
    ).rowcount


@dataclass(frozen=True)
class Post:
    """`oldest_seconds`: since when the oldest waits that is due. `behind`: positions without letters."""

    waiting: int
    oldest_seconds: float
    retrying: int
    dead: int
    behind: int


def post_now(connection: Connected) -> Post:
    with connection.cursor(row_factory=class_row(Post)) as cursor:
        [found] = cursor.execute(
            f"""SELECT count(*) FILTER (WHERE {WAITS}) AS waiting,
                  coalesce(extract(epoch FROM now() - min(l.next_at) FILTER (WHERE {WAITS}
                           AND l.next_at <= now())), 0)::float AS oldest_seconds,
                  count(*) FILTER (WHERE {WAITS} AND l.tries > 0) AS retrying,
                  count(*) FILTER (WHERE l.dead_at IS NOT NULL) AS dead,
                  (SELECT m.position - p.position FROM log.mark m, edge.posted p) AS behind
                FROM edge.letters l WHERE l.sent_at IS NULL""".encode()
        )
        return found


def sweep(connection: Connected) -> None:
    """Letters that have left long ago. That they have stands in log.sent."""
    connection.execute("DELETE FROM edge.letters WHERE sent_at < now() - %s", [KEPT])
