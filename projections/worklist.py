"""Who has to do what, by when, and what if they do not?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from contracts.consequences import Deadline, Task
from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import PARTIES, Sight, concerns, parties, visible
from projections.tables import Table

MOST = 200
"""Rows a page."""

TASKS = Table(
    "tasks",
    {
        "contract_id": "uuid",
        "n": "integer",
        "number": "text",
        **PARTIES,
        "name": "text NOT NULL",
        "ref": "uuid",
        "who": "text[] NOT NULL",
        "command": "text NOT NULL",
        "due_on": "date",
        "silence": "text",
        "rule": "text",
    },
    key=("contract_id", "n"),
    owner="contract_id",
    indexes=("(college)", "(enterprise)", "(chamber)", "(student)", "(mentor)"),
)


class Group(StrEnum):
    """Each task is in one. This week: within the seven days that begin today. Waiting: others have to act."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


@dataclass(frozen=True)
class ToDo:
    """`command` does it, until the end of `due_on`; None: no day is set. `silence`: what happens by `rule`
    when nobody does."""

    contract_id: UUID
    n: int
    number: str | None
    student: UUID
    student_name: str | None
    college: str
    enterprise: str
    name: str
    ref: UUID | None
    who: list[str]
    command: str
    due_on: date | None
    silence: str | None
    rule: str | None
    group: Group


@dataclass(frozen=True)
class WorkList:
    """`counts` are of all, `items` of one page. `next_on`: the first day on which something is due."""

    items: tuple[ToDo, ...]
    counts: dict[Group, int]
    next_on: date | None
    next: str | None
    as_of: AsOf

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def tasks(
    connection: Connection[Any],
    sight: Sight,
    *,
    groups: Sequence[Group] = tuple(Group),
    after: str | None = None,
    limit: int = 50,
) -> WorkList:
    """Of the caller's own contracts: the caller's by their days, then those that wait for others. A right to
    audit makes no task. Needs role kelisim_app. Raises BadCursor."""
    name = "worklist"
    cursor = cursors.read(after, name, 4) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name)
    values = sight.parameters | {"week_ends_on": sight.today + timedelta(days=6)}
    grouped = _grouped(Sight(sight.person, sight.today, sight.bin))
    counts, next_on = _counts(connection, grouped, values)
    key = "(rank, coalesce(due_on, 'infinity'), contract_id, n)"
    rank, day, contract, n = cursor if cursor else ("0", "-infinity", str(UUID(int=0)), "0")
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT * FROM ({grouped}) AS mine
                WHERE "group" = ANY(%(groups)s) AND {key} > (%(rank)s, %(day)s::date, %(contract)s, %(n)s)
                ORDER BY rank, coalesce(due_on, 'infinity'), contract_id, n LIMIT %(limit)s""".encode(),
            values
            | {"groups": [*groups], "limit": limit + 1}
            | {"rank": int(rank), "day": day, "contract": UUID(contract), "n": int(n)},
        ).fetchall()
    ranks = [row.pop("rank") for row in found]
    rows = tuple(ToDo(**{**row, "group": Group(row["group"])}) for row in found[:limit])
    upto = None
    if len(found) > limit:
        last = rows[-1]
        upto = cursors.written(name, ranks[limit - 1], last.due_on or "infinity", last.contract_id, last.n)
    return WorkList(rows, counts, next_on, upto, moment)


def _grouped(sight: Sight) -> str:
    own = concerns(sight)
    order = ", ".join(f"'{group.value}'" for group in Group)
    return f"""SELECT *, array_position(ARRAY[{order}], "group") AS rank FROM (
        SELECT r.contract_id, r.n, r.number, r.student, p.name AS student_name, r.college, r.enterprise,
          r.name, r.ref, r.who, r.command, r.due_on, r.silence, r.rule,
          CASE WHEN ({own}) IS NOT TRUE THEN 'waiting'
            WHEN r.due_on < %(today)s THEN 'overdue'
            WHEN r.due_on <= %(week_ends_on)s THEN 'this_week' ELSE 'later' END AS "group"
        FROM projections.tasks r LEFT JOIN personal.people p ON p.person_id = r.student
        WHERE {visible(sight)}) AS seen"""


def _counts(
    connection: Connection[Any], grouped: str, values: dict[str, Any]
) -> tuple[dict[Group, int], date | None]:
    rows = connection.execute(
        f'SELECT "group", count(*), min(due_on) FROM ({grouped}) AS mine GROUP BY "group"'.encode(), values
    ).fetchall()
    counted = {Group(group): count for group, count, _ in rows}
    days = [day for group, _, day in rows if day and group != Group.WAITING]
    return {group: counted.get(group, 0) for group in Group}, min(days, default=None)


def _tasks(folded: Folded) -> list[dict[str, Any]]:
    contract, outlook = folded.state, folded.outlook
    rows = []
    for n, task in enumerate(outlook.tasks):
        deadline = _of(task, outlook.deadlines)
        rows.append(
            {
                "contract_id": folded.stream_id,
                "n": n,
                "number": contract.number,
                **parties(contract),
                "name": task.name,
                "ref": task.ref,
                "who": task.who,
                "command": task.command,
                "due_on": task.by,
                "silence": deadline.silence if deadline else None,
                "rule": deadline.rule if deadline else None,
            }
        )
    return rows


def _of(task: Task, deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The deadline that the task is there for: of the same day, about the same thing, for the same people."""
    return next(
        (d for d in deadlines if d.on == task.by and d.ref == task.ref and {*d.who} & {*task.who}),
        None,
    )


PROJECTION = folding("worklist", "contract", {TASKS: _tasks})
