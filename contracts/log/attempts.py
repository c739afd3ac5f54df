"""Refused wishes: written down with the rules that stood in the way, for whoever audits."""

from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from contracts.canonical import plain
from contracts.decision import Refusal
from contracts.log.ids import uuid7


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
