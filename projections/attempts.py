"""Who tried what and was refused, by which rules?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from projections import cursors
from projections.audit_trail import own_stream, seen_by
from projections.sight import Sight

MOST = 200
"""Rows a page."""


@dataclass(frozen=True)
class Filters:
    """`rule`: id of a refusal. `who`: `person:<uuid>` or `org:<BIN>`, as actor or principal. Both ends of a
    period are included."""

    subject: UUID | None = None
    rule: str | None = None
    command: str | None = None
    who: str | None = None
    at_from: datetime | None = None
    at_to: datetime | None = None


EVERY = Filters()


@dataclass(frozen=True)
class Attempt:
    """`number`: of the contract that it was about. `facts`: the fields of each refusal, as `rules` are."""

    attempt_id: UUID
    at: datetime
    actor: str
    on_behalf_of: str | None
    command: str
    subject: UUID | None
    number: str | None
    rules: list[str]
    facts: list[dict[str, Any]]
    request_id: str


@dataclass(frozen=True)
class Page:
    """Newest first. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Attempt, ...]
    next: str | None


CONDITIONS = {
    "subject": "a.subject = %(subject)s",
    "rule": "%(rule)s = ANY(a.rules)",
    "command": "a.command = %(command)s",
    "who": "(a.actor = %(who)s OR a.on_behalf_of = %(who)s)",
    "at_from": "a.at >= %(at_from)s",
    "at_to": "a.at <= %(at_to)s",
}


def search(
    connection: Connection[Any],
    sight: Sight,
    filters: Filters = EVERY,
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """About what the caller may see, and the caller's own. Never stale. Raises BadCursor."""
    name = "attempts"
    cursor = cursors.read(after, name, 1) if after else None
    limit = max(1, min(limit, MOST))
    where, values = _where(sight, filters)
    if cursor:
        where += " AND a.attempt_id < %(after)s"
        values["after"] = UUID(cursor[0])
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT a.attempt_id, a.at, a.actor, a.on_behalf_of, a.command, a.subject, c.number, a.rules,
                  a.facts, a.request_id
                FROM log.attempts a LEFT JOIN projections.register c ON c.contract_id = a.subject
                WHERE {where} ORDER BY a.attempt_id DESC LIMIT %(limit)s""".encode(),
            values | {"limit": limit + 1},
        ).fetchall()
    rows = tuple(Attempt(**row) for row in found[:limit])
    more = len(found) > limit
    return Page(rows, cursors.written(name, rows[-1].attempt_id) if more else None)


def by_rule(connection: Connection[Any], sight: Sight, filters: Filters = EVERY) -> dict[str, int]:
    """How often each rule stood in the way, the most frequent first."""
    where, values = _where(sight, filters)
    rows = connection.execute(
        f"""SELECT rule, count(*) FROM log.attempts a, unnest(a.rules) AS rule WHERE {where}
            GROUP BY rule ORDER BY count(*) DESC, rule""".encode(),
        values,
    )
    return dict(rows.fetchall())


def _where(sight: Sight, filters: Filters) -> tuple[str, dict[str, Any]]:
    chosen = {each: value for each in CONDITIONS if (value := getattr(filters, each))}
    mine = f"({' OR '.join([*seen_by(sight, 'a.subject'), 'a.actor = %(self)s'])})"
    values = sight.parameters | chosen | {"own": own_stream(sight), "self": f"person:{sight.person}"}
    return " AND ".join([mine, *(CONDITIONS[each] for each in chosen)]), values
