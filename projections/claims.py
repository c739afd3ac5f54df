"""Which claims are there, who owes how much, and what is left of it?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import SIDES, Sight, first, sides, ways
from projections.tables import Table

MOST = 200
"""Rows a page."""

CLAIMS = Table(
    "claims",
    {
        "claim_id": "uuid",
        "contract_id": "uuid NOT NULL",
        "number": "text",
        **SIDES,
        "about": "text NOT NULL",
        "creditor": "text NOT NULL",
        "debtors": "text[] NOT NULL",
        "asked": "bigint NOT NULL",
        "owed": "bigint NOT NULL",
        "overpaid": "bigint NOT NULL",
        "opened_on": "date NOT NULL",
        "answer_by": "date NOT NULL",
        "next_deadline": "date",
        "settled_on": "date",
    },
    key=("claim_id",),
    owner="claim_id",
    indexes=("(college, claim_id)", "(enterprise, claim_id)", "(student)", "(contract_id)"),
)


@dataclass(frozen=True)
class Row:
    """Tiyn. Who is no side of it is None. `settled_on` None: it is open."""

    claim_id: UUID
    contract_id: UUID
    number: str | None
    student: UUID | None
    student_name: str | None
    college: str | None
    enterprise: str | None
    about: str
    creditor: str
    debtors: list[str]
    asked: int
    owed: int
    overpaid: int
    opened_on: date
    answer_by: date
    next_deadline: date | None
    settled_on: date | None


@dataclass(frozen=True)
class Page:
    """Newest first. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Row, ...]
    next: str | None
    as_of: AsOf


def claims(
    connection: Connection[Any],
    sight: Sight,
    *,
    contract_id: UUID | None = None,
    open_only: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Those that the caller is a side of; an auditor all. Needs role kelisim_app. Raises BadCursor."""
    name = "claims"
    cursor = cursors.read(after, name, 1) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name)
    conditions = ["true"]
    if contract_id:
        conditions.append("r.contract_id = %(contract)s")
    if open_only:
        conditions.append("r.settled_on IS NULL")
    if cursor:
        conditions.append("r.claim_id < %(after)s")
    page = first(
        "projections.claims r", "r.claim_id", ways(sight), " AND ".join(conditions), "r.claim_id DESC"
    )
    values = sight.parameters | {
        "contract": contract_id,
        "after": UUID(cursor[0]) if cursor else None,
        "limit": limit + 1,
    }
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT r.claim_id, r.contract_id, r.number, r.student, p.name AS student_name, r.college,
                  r.enterprise, r.about, r.creditor, r.debtors, r.asked, r.owed, r.overpaid, r.opened_on,
                  r.answer_by, r.next_deadline, r.settled_on
                FROM projections.claims r LEFT JOIN personal.people p ON p.person_id = r.student
                WHERE {page} ORDER BY r.claim_id DESC LIMIT %(limit)s""".encode(),
            values,
        ).fetchall()
    rows = tuple(Row(**row) for row in found[:limit])
    more = len(found) > limit
    return Page(rows, cursors.written(name, rows[-1].claim_id) if more else None, moment)


def _claim(folded: Folded) -> list[dict[str, Any]]:
    claim = folded.state
    return [
        {
            "claim_id": folded.stream_id,
            "contract_id": claim.contract,
            "number": claim.number,
            **sides(claim),
            "about": claim.about,
            "creditor": claim.creditor,
            "debtors": sorted(claim.debtors),
            "asked": claim.sum,
            "owed": claim.owed,
            "overpaid": claim.overpaid,
            "opened_on": claim.opened_on,
            "answer_by": claim.answer_by,
            "next_deadline": min((each.on for each in folded.outlook.deadlines), default=None),
            "settled_on": claim.settled_on,
        }
    ]


PROJECTION = folding("claims", "claim", {CLAIMS: _claim})
