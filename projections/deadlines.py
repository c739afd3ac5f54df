"""What is due, by when, for whom, and what does silence mean?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, dict_row

from contracts.claim import Claim
from contracts.consequences import Deadline
from contracts.contract import Contract
from contracts.deadlines import noted
from contracts.dispute import Dispute
from contracts.dossier import Note
from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import ABOUT, SIDES, Sight, about, concerns, first, ways
from projections.tables import Table

MOST = 200
"""Rows a page."""

DEADLINES = Table(
    "deadlines",
    {
        **ABOUT,
        "n": "integer",
        "number": "text",
        **SIDES,
        "name": "text NOT NULL",
        "ref": "uuid",
        "who": "text[] NOT NULL",
        "due_on": "date NOT NULL",
        "silence": "text NOT NULL",
        "rule": "text NOT NULL",
        "noted": "text",
        "days_left": "integer",
    },
    key=("stream_id", "n"),
    owner="stream_id",
    indexes=(
        "(college, due_on, stream_id)",
        "(enterprise, due_on, stream_id)",
        "(chamber, due_on, stream_id)",
        "(contract_id)",
        "(student)",
        "(mentor)",
    ),
)


@dataclass(frozen=True)
class Due:
    """Until the end of `due_on`, by the roles in `who`; nobody where it comes by itself. `days_left`: it is
    frozen, and `due_on` is its day if the contract goes on as planned. `noted`: that they were reminded, or
    that it was missed."""

    stream_id: UUID
    kind: str
    contract_id: UUID
    n: int
    number: str | None
    student: UUID | None
    student_name: str | None
    college: str | None
    enterprise: str | None
    name: str
    ref: UUID | None
    who: list[str]
    due_on: date
    silence: str
    rule: str
    days_left: int | None = None
    noted: Note | None = None


@dataclass(frozen=True)
class Page:
    """In the order of their days. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Due, ...]
    next: str | None
    as_of: AsOf


SELECT = """SELECT r.stream_id, r.kind, r.contract_id, r.n, r.number, r.student, p.name AS student_name,
              r.college, r.enterprise, r.name, r.ref, r.who, r.due_on, r.silence, r.rule, r.days_left,
              r.noted
            FROM projections.deadlines r LEFT JOIN personal.people p ON p.person_id = r.student"""


def of_contract(connection: Connection[Any], contract_id: UUID) -> list[Due]:
    """All that run, in the order of their days. Whoever asks has found out that the caller may see it."""
    with connection.cursor(row_factory=class_row(Due)) as cursor:
        return cursor.execute(
            f"{SELECT} WHERE r.stream_id = %s ORDER BY r.due_on, r.n".encode(), [contract_id]
        ).fetchall()


def of(
    connection: Connection[Any],
    sight: Sight,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    own: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Of the contracts that the caller may see, due from one day to another, both included; `own`: only what
    the caller has to do. Needs role kelisim_app. Raises BadCursor."""
    name = "deadlines"
    cursor = cursors.read(after, name, 3) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name)
    conditions, values = ["true"], sight.parameters | {"limit": limit + 1}
    if from_on:
        conditions.append("r.due_on >= %(from)s")
        values["from"] = from_on
    if to_on:
        conditions.append("r.due_on <= %(to)s")
        values["to"] = to_on
    if own:
        conditions.append(concerns(sight))
    if cursor:
        conditions.append("(r.due_on, r.stream_id, r.n) > (%(day)s::date, %(stream)s, %(n)s)")
        values |= {"day": cursor[0], "stream": UUID(cursor[1]), "n": int(cursor[2])}
    ordered = "r.due_on, r.stream_id, r.n"
    page = first(
        "projections.deadlines r", "r.stream_id, r.n", ways(sight), " AND ".join(conditions), ordered
    )
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"{SELECT} WHERE {page} ORDER BY {ordered} LIMIT %(limit)s".encode(), values
        ).fetchall()
    rows = tuple(Due(**row) for row in found[:limit])
    last = rows[-1] if len(found) > limit else None
    upto = cursors.written(name, last.due_on, last.stream_id, last.n) if last else None
    return Page(rows, upto, moment)


def _deadlines(folded: Folded) -> list[dict[str, Any]]:
    found = about(folded.stream_id, folded.state)
    return [
        {
            **found,
            "n": n,
            "number": folded.state.number,
            "name": deadline.name,
            "ref": deadline.ref,
            "who": deadline.who,
            "due_on": deadline.on,
            "silence": deadline.silence,
            "rule": deadline.rule,
            "noted": _noted(folded.state, deadline),
            "days_left": deadline.left,
        }
        for n, deadline in enumerate(folded.outlook.deadlines)
    ]


def _noted(state: Contract | Claim | Dispute, deadline: Deadline) -> Note | None:
    """Nobody is reminded of a claim or a dispute."""
    if not isinstance(state, Contract):
        return None
    return next((what for what in (Note.MISSED, Note.REMINDED) if noted(state, what, deadline)), None)


PROJECTION = folding("deadlines", ("contract", "claim", "dispute"), {DEADLINES: _deadlines})
