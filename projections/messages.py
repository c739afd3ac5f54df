"""What was sent to whom, about which entry, and has it left?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import dict_row

from projections import cursors
from projections.positions import AsOf, as_of
from projections.projection import Batch, Projection
from projections.sight import Sight, visible
from projections.tables import Table

MOST = 200
"""Rows a page."""

MESSAGES = Table(
    "messages",
    {
        "notice_id": "uuid",
        "stream_id": "uuid NOT NULL",
        "version": "integer NOT NULL",
        "name": "text NOT NULL",
        "to_role": "text NOT NULL",
        "to_ref": "text NOT NULL",
        "created_at": "timestamptz NOT NULL",
    },
    key=("notice_id",),
    owner="stream_id",
    indexes=("(stream_id, notice_id)", "(to_ref, notice_id)"),
)

ABOUT_WHAT = """SELECT contract_id AS stream_id, 'contract' AS kind, contract_id, number, student, mentor,
                         college, enterprise, chamber FROM projections.register
                UNION ALL
                SELECT claim_id, 'claim', contract_id, number, student, mentor, college, enterprise, chamber
                       FROM projections.claims
                UNION ALL
                SELECT dispute_id, 'dispute', contract_id, number, student, mentor, college, enterprise,
                       chamber FROM projections.disputes"""


@dataclass(frozen=True)
class Message:
    """About the event `name` of a contract, or of a claim that rests on one (`kind`), at that version.
    `to_ref`: `person:<uuid>` or `org:<BIN>`. `sent_at` None: no letter of it has left; `waiting` and
    `given_up` count those that were made."""

    notice_id: UUID
    stream_id: UUID
    kind: str
    contract_id: UUID
    number: str | None
    version: int
    name: str
    to_role: str
    to_ref: str
    to_name: str | None
    created_at: datetime
    sent_at: datetime | None
    waiting: int
    given_up: int


@dataclass(frozen=True)
class Page:
    """Newest first. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Message, ...]
    next: str | None
    as_of: AsOf


def messages(
    connection: Connection[Any],
    sight: Sight,
    *,
    contract_id: UUID | None = None,
    own: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """About the contracts that the caller may see; `own`: only those to the caller. Needs role kelisim_app.
    Raises BadCursor."""
    name = "messages"
    cursor = cursors.read(after, name, 1) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name, "register", "claims", "disputes")
    conditions = [visible(sight)]
    if contract_id:
        conditions.append("r.contract_id = %(contract)s")
    if own:
        conditions.append("m.to_ref = %(own)s")
    if cursor:
        conditions.append("m.notice_id < %(after)s")
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT m.notice_id, m.stream_id, r.kind, r.contract_id, r.number, m.version, m.name,
                  m.to_role, m.to_ref, p.name AS to_name, m.created_at, s.sent_at,
                  l.waiting, l.given_up
                FROM ({ABOUT_WHAT}) AS r JOIN projections.messages m USING (stream_id)
                  LEFT JOIN log.sent s USING (notice_id)
                  LEFT JOIN personal.people p ON p.person_id =
                    CASE WHEN starts_with(m.to_ref, 'person:') THEN substr(m.to_ref, 8)::uuid END
                  CROSS JOIN LATERAL (
                    SELECT count(*) FILTER (WHERE sent_at IS NULL AND dead_at IS NULL) AS waiting,
                      count(*) FILTER (WHERE dead_at IS NOT NULL) AS given_up
                    FROM edge.letters WHERE notice_id = m.notice_id) l
                WHERE {" AND ".join(conditions)} ORDER BY m.notice_id DESC LIMIT %(limit)s""".encode(),
            sight.parameters
            | {"contract": contract_id, "limit": limit + 1}
            | {"own": f"org:{sight.bin}" if sight.bin else f"person:{sight.person}"}
            | {"after": UUID(cursor[0]) if cursor else None},
        ).fetchall()
    rows = tuple(Message(**row) for row in found[:limit])
    more = len(found) > limit
    return Page(rows, cursors.written(name, rows[-1].notice_id) if more else None, moment)


class _Notice(msgspec.Struct):
    id: UUID
    role: str
    ref: str


class _Metadata(msgspec.Struct):
    notices: tuple[_Notice, ...] = ()


_METADATA = msgspec.json.Decoder(_Metadata)


def _write(connection: Connection[Any], batch: Batch) -> None:
    MESSAGES.add(
        connection,
        [
            {
                "notice_id": notice.id,
                "stream_id": event.stream_id,
                "version": event.stream_version,
                "name": event.type,
                "to_role": notice.role,
                "to_ref": notice.ref,
                "created_at": event.recorded_at,
            }
            for event in batch.events
            for notice in _METADATA.decode(event.metadata).notices
        ],
    )


PROJECTION = Projection("messages", (MESSAGES,), _write, reads=("stream_version", "metadata", "recorded_at"))
