"""Which disputes are there, about which contract, in which step, and until when?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.dispute import Dispute
from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import PARTIES, Sight, visible, whole
from projections.tables import Table

MOST = 200
"""Rows a page."""

DISPUTES = Table(
    "disputes",
    {
        "dispute_id": "uuid",
        "contract_id": "uuid NOT NULL",
        "claim_id": "uuid",
        "number": "text",
        **PARTIES,
        "opened_by": "text NOT NULL",
        "against": "text NOT NULL",
        "phase": "text NOT NULL",
        "points": "integer NOT NULL",
        "opened_on": "date NOT NULL",
        "until_on": "date",
        "closing": "text",
        "closed_on": "date",
        "members": "uuid[] NOT NULL",
    },
    key=("dispute_id",),
    owner="dispute_id",
    indexes=("(contract_id)", "(college)", "(enterprise)", "(chamber)", "(student)"),
)


@dataclass(frozen=True)
class Row:
    """`until_on`: the last day of the step in which it is."""

    dispute_id: UUID
    contract_id: UUID
    claim_id: UUID | None
    number: str | None
    student: UUID
    student_name: str | None
    college: str
    enterprise: str
    opened_by: str
    against: str
    phase: str
    points: int
    opened_on: date
    until_on: date | None
    closing: str | None
    closed_on: date | None


@dataclass(frozen=True)
class Page:
    """Newest first. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Row, ...]
    next: str | None
    as_of: AsOf


def of(
    connection: Connection[Any],
    sight: Sight,
    *,
    contract_id: UUID | None = None,
    open_only: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Those of the caller's contracts, and those in whose commission the caller sits. Needs role kelisim_app.
    Raises BadCursor."""
    name = "disputes"
    cursor = cursors.read(after, name, 1) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name)
    sits = "%(sight_person)s = ANY(r.members)" if sight.bin is None else "false"
    conditions = [f"({visible(sight)} OR {sits})"]
    if contract_id:
        conditions.append("r.contract_id = %(contract)s")
    if open_only:
        conditions.append("r.closed_on IS NULL")
    if cursor:
        conditions.append("r.dispute_id < %(after)s")
    with connection.cursor(row_factory=class_row(Row)) as asking:
        found = asking.execute(
            f"""SELECT r.dispute_id, r.contract_id, r.claim_id, r.number, r.student, p.name AS student_name,
                  r.college, r.enterprise, r.opened_by, r.against, r.phase, r.points, r.opened_on,
                  r.until_on, r.closing, r.closed_on
                FROM projections.disputes r LEFT JOIN personal.people p ON p.person_id = r.student
                WHERE {" AND ".join(conditions)} ORDER BY r.dispute_id DESC LIMIT %(limit)s""".encode(),
            sight.parameters
            | {"contract": contract_id, "limit": limit + 1}
            | {"after": UUID(cursor[0]) if cursor else None},
        ).fetchall()
    more = len(found) > limit
    items = tuple(found[:limit])
    return Page(items, cursors.written(name, items[-1].dispute_id) if more else None, moment)


def _row(folded: Folded) -> list[dict[str, Any]]:
    found: Dispute = folded.state
    row = {
        "dispute_id": folded.stream_id,
        "contract_id": found.contract,
        "claim_id": found.claim,
        "number": found.number,
        **whole(found),
        "opened_by": found.opened_by,
        "against": found.against,
        "phase": found.phase,
        "points": len(found.points),
        "opened_on": found.opened_on,
        "until_on": found.until,
        "closing": found.closing,
        "closed_on": found.closed_on,
        "members": found.members,
    }
    return [row]


PROJECTION = folding("disputes", "dispute", {DISPUTES: _row})
