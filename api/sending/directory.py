"""What is kept of the addresses of organisations' own programs. Times are of the real clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

Connected = Connection[Any]

OLD_SECRET = timedelta(hours=24)
"""How long the secret before still signs."""


@dataclass(frozen=True)
class Endpoint:
    """`secret`: sealed. `both`: the one before still signs too, up to `old_until`. `disabled_why`: owner,
    gone."""

    endpoint_id: UUID
    bin: str
    url: str
    secret: bytes = field(repr=False)
    old_secret: bytes | None = field(repr=False)
    old_until: datetime | None
    both: bool
    made_at: datetime
    disabled_at: datetime | None
    disabled_why: str | None


ENDPOINTS = """SELECT endpoint_id, bin, url, secret, old_secret, old_until,
  coalesce(old_until > now(), false) AS both, made_at, disabled_at, disabled_why FROM edge.endpoints"""


def endpoints(connection: Connected, bins: Sequence[str]) -> list[Endpoint]:
    """Of these organisations, in the order in which they were made."""
    with connection.cursor(row_factory=class_row(Endpoint)) as cursor:
        return cursor.execute(
            f"{ENDPOINTS} WHERE bin = ANY(%s) ORDER BY made_at, endpoint_id".encode(), [[*bins]]
        ).fetchall()


def endpoint(connection: Connected, id_: UUID) -> Endpoint | None:
    with connection.cursor(row_factory=class_row(Endpoint)) as cursor:
        return cursor.execute(f"{ENDPOINTS} WHERE endpoint_id = %s".encode(), [id_]).fetchone()


def add_endpoint(connection: Connected, id_: UUID, bin_: str, url: str, secret: bytes, made_by: UUID) -> bool:
    """False: the id is taken."""
    added = connection.execute(
        """INSERT INTO edge.endpoints (endpoint_id, bin, url, secret, made_by)
           VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
        [id_, bin_, url, secret, made_by],
    )
    return added.rowcount == 1


def new_secret(connection: Connected, id_: UUID, secret: bytes) -> None:
    connection.execute(
        """UPDATE edge.endpoints
           SET secret = %s, old_secret = secret, old_until = now() + %s WHERE endpoint_id = %s""",
        [secret, OLD_SECRET, id_],
    )


def disable(connection: Connected, id_: UUID, why: str) -> None:
    """What waits for it is given up."""
    with connection.transaction():
        connection.execute(
            """UPDATE edge.endpoints SET disabled_at = now(), disabled_why = %s
               WHERE endpoint_id = %s AND disabled_at IS NULL""",
            [why, id_],
        )
        connection.execute(
            """UPDATE edge.letters l SET dead_at = now(), trouble = 'disabled'
                WHERE endpoint_id = %s AND l.sent_at IS NULL AND l.dead_at IS NULL""",
            [id_],
        )


def enable(connection: Connected, id_: UUID) -> None:
    connection.execute(
        """UPDATE edge.endpoints SET disabled_at = NULL, disabled_why = NULL, waits_until = NULL
           WHERE endpoint_id = %s""",
        [id_],
    )
