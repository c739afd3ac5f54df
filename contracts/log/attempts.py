"""Refused wishes: written down with the rules that stood in the way, for whoever audits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import class_row

from contracts.canonical import plain
from contracts.decision import Refusal
from contracts.log.ids import uuid7


@dataclass(frozen=True)
class Attempt:
    """`rules`: ids of the refusals; `facts`: their fields, one object a rule."""

    attempt_id: UUID
    at: datetime
    actor: str
    on_behalf_of: str | None
    command: str
    subject: UUID | None
    rules: list[str]
    facts: list[dict[str, Any]]
    request_id: str


def write(
    connection: Connection[Any],
    refusals: tuple[Refusal, ...],
    *,
    actor: str,
    on_behalf_of: str | None,
    command: str,
    subject: UUID | None,
    request_id: str,
) -> UUID:
    """Returns the number under which it can be found."""
    attempt_id = uuid7()
    facts = msgspec.json.encode([plain(refusal) for refusal in refusals]).decode()
    connection.execute(
        """INSERT INTO log.attempts
             (attempt_id, actor, on_behalf_of, command, subject, rules, facts, request_id)
           VALUES (%(id)s, %(actor)s, %(on_behalf_of)s, %(command)s, %(subject)s, %(rules)s,
                   %(facts)s::json, %(request)s)""",
        {
            "id": attempt_id,
            "actor": actor,
            "on_behalf_of": on_behalf_of,
            "command": command,
            "subject": subject,
            "rules": [refusal.type for refusal in refusals],
            "facts": facts,
            "request": request_id,
        },
    )
    return attempt_id


def of(
    connection: Connection[Any], subject: UUID | None, before: UUID | None = None, limit: int = 50
) -> list[Attempt]:
    """Newest first; `subject` None: of all streams. `before`: the last one of the page before."""
    with connection.cursor(row_factory=class_row(Attempt)) as cursor:
        return cursor.execute(
            """SELECT attempt_id, at, actor, on_behalf_of, command, subject, rules, facts, request_id
               FROM log.attempts
               WHERE (%(subject)s::uuid IS NULL OR subject = %(subject)s)
                 AND (%(before)s::uuid IS NULL OR attempt_id < %(before)s)
               ORDER BY attempt_id DESC LIMIT %(limit)s""",
            {"subject": subject, "before": before, "limit": limit},
        ).fetchall()
