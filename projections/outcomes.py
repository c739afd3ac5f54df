"""What has become of those who completed their training: by year, specialty and college."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from contracts.contract import Contract, State
from contracts.results import Occupation
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import PARTIES, Sight, parties, visible
from projections.tables import Table

LEAST = 5
"""Graduates. Of fewer no figure is told, since it would tell of somebody."""

OUTCOMES = Table(
    "outcomes",
    {
        "contract_id": "uuid",
        **PARTIES,
        "specialty": "text",
        "completed_on": "date NOT NULL",
        "occupation": "text",
        "promise": "text",
    },
    key=("contract_id",),
    owner="contract_id",
    indexes=("(college)", "(enterprise)", "(chamber)", "(student)", "(mentor)"),
)

WORKS = (Occupation.AT_THE_ENTERPRISE, Occupation.ELSEWHERE, Occupation.OWN_BUSINESS)
"""Occupations that count as employed."""


@dataclass(frozen=True)
class Figures:
    """Of `graduates`, whose outcome is `known`: how many work, and how many of them at the enterprise of the
    contract; how many promises to hire were broken. `withheld`: the group is smaller than LEAST."""

    year: int
    specialty: str | None
    college: str
    graduates: int | None
    known: int | None
    employed: int | None
    at_the_enterprise: int | None
    promises_broken: int | None
    withheld: bool = False


@dataclass(frozen=True)
class Answer:
    items: tuple[Figures, ...]
    as_of: AsOf


def figures(connection: Connection[Any], sight: Sight, *, year: int | None = None) -> Answer:
    """Of the contracts that the caller may see. Needs role kelisim_app."""
    moment = as_of(connection, "outcomes")
    values = sight.parameters | {"year": year, "works": list(WORKS), "least": LEAST}
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            f"""SELECT extract(year FROM r.completed_on)::int AS year, r.specialty, r.college,
                  count(*) AS graduates, count(r.occupation) AS known,
                  count(*) FILTER (WHERE r.occupation = ANY(%(works)s)) AS employed,
                  count(*) FILTER (WHERE r.occupation = 'at_the_enterprise') AS at_the_enterprise,
                  count(*) FILTER (WHERE r.promise = 'breached') AS promises_broken
                FROM projections.outcomes r
                WHERE {visible(sight)}
                  AND (%(year)s::int IS NULL OR extract(year FROM r.completed_on) = %(year)s)
                GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3""".encode(),
            values,
        ).fetchall()
    return Answer(tuple(_told(row) for row in found), moment)


def _told(row: dict[str, Any]) -> Figures:
    """A group that is too small is named, and no more."""
    if row["graduates"] >= LEAST:
        return Figures(**row)
    return Figures(row["year"], row["specialty"], row["college"], None, None, None, None, None, True)


def _outcome(folded: Folded) -> list[dict[str, Any]]:
    contract: Contract = folded.state
    if contract.state is not State.COMPLETED or contract.end_on is None:
        return []
    subject, results = contract.terms.subject, contract.results
    row = {
        "contract_id": folded.stream_id,
        **parties(contract),
        "specialty": subject.specialty if subject else None,
        "completed_on": contract.end_on,
        "occupation": results.outcomes[-1].occupation if results.outcomes else None,
        "promise": results.promise,
    }
    return [row]


PROJECTION = folding("outcomes", "contract", {OUTCOMES: _outcome})
