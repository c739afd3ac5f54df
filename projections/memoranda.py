"""Which college and enterprise agreed on how many places, and how many are taken?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.parties import Memorandum
from projections.folding import Folded
from projections.projection import folding
from projections.tables import Table

MEMORANDA = Table(
    "memoranda",
    {
        "memorandum_id": "uuid",
        "version": "integer NOT NULL",
        "college": "text NOT NULL",
        "enterprise": "text NOT NULL",
        "places": "integer NOT NULL",
        "qualifications": "text[] NOT NULL",
        "ends_on": "date",
        "ended_on": "date",
    },
    key=("memorandum_id",),
    owner="memorandum_id",
    indexes=("(college)", "(enterprise)"),
)


@dataclass(frozen=True)
class Framework:
    """`used`: contracts that are concluded and hold a place on some day from the asked one on; `reserved`:
    those that are out for signing. `last_day`: None: no end is set."""

    memorandum_id: UUID
    version: int
    college: str
    college_kk: str | None
    college_ru: str | None
    enterprise: str
    enterprise_kk: str | None
    enterprise_ru: str | None
    places: int
    used: int
    reserved: int
    qualifications: list[str]
    last_day: date | None


def of(
    connection: Connection[Any],
    on: date,
    *,
    college: str | None = None,
    enterprise: str | None = None,
    memorandum_id: UUID | None = None,
    running: bool = False,
) -> list[Framework]:
    """Of a college, of an enterprise, of both together, or one. `running`: only if it holds on that day."""
    with connection.cursor(row_factory=class_row(Framework)) as cursor:
        return cursor.execute(
            """SELECT r.memorandum_id, r.version, r.college, c.name_kk AS college_kk, c.name_ru AS college_ru,
                 r.enterprise, e.name_kk AS enterprise_kk, e.name_ru AS enterprise_ru, r.places,
                 taken.used, taken.reserved, r.qualifications,
                 least(r.ends_on, r.ended_on) AS last_day
               FROM projections.memoranda r
                 LEFT JOIN projections.organisations c ON c.bin = r.college
                 LEFT JOIN projections.organisations e ON e.bin = r.enterprise
                 CROSS JOIN LATERAL (
                   SELECT count(*) FILTER (WHERE k.state NOT IN ('offered', 'signing')) AS used,
                     count(*) FILTER (WHERE k.state IN ('offered', 'signing')) AS reserved
                   FROM projections.register k
                   WHERE k.memorandum = r.memorandum_id AND k.held_to >= %(on)s) AS taken
               WHERE (%(college)s::text IS NULL OR r.college = %(college)s)
                 AND (%(enterprise)s::text IS NULL OR r.enterprise = %(enterprise)s)
                 AND (%(id)s::uuid IS NULL OR r.memorandum_id = %(id)s)
                 AND (NOT %(running)s OR coalesce(least(r.ends_on, r.ended_on), %(on)s) >= %(on)s)
               ORDER BY r.memorandum_id DESC""",
            {
                "on": on,
                "college": college,
                "enterprise": enterprise,
                "id": memorandum_id,
                "running": running,
            },
        ).fetchall()


def _memorandum(folded: Folded) -> list[dict[str, Any]]:
    found: Memorandum = folded.state
    row = {
        "memorandum_id": folded.stream_id,
        "version": folded.version,
        "college": found.college,
        "enterprise": found.enterprise,
        "places": found.places,
        "qualifications": found.qualifications,
        "ends_on": found.ends_on,
        "ended_on": found.ended_on,
    }
    return [row]


PROJECTION = folding("memoranda", "memorandum", {MEMORANDA: _memorandum})
