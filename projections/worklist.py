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
from contracts.values import replace
from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.sight import ABOUT, ACTS, ORGANISATIONS, SIDES, Sight, about, concerns, visible
from projections.tables import Table

MOST = 200
"""Rows a page."""

TASKS = Table(
    "tasks",
    {
        **ABOUT,
        "n": "integer",
        "number": "text",
        **SIDES,
        "name": "text NOT NULL",
        "ref": "uuid",
        "who": "text[] NOT NULL",
        **{f"by_{role}": "boolean" for role in ORGANISATIONS},
        "command": "text NOT NULL",
        "due_on": "date",
        "day": "date NOT NULL",
        "silence": "text",
        "rule": "text",
    },
    key=("stream_id", "n"),
    owner="stream_id",
    indexes=(
        *(f"({role}, by_{role}, day, stream_id, n)" for role in ORGANISATIONS),
        "(student)",
        "(mentor)",
    ),
)
"""`by_college` and so on: whether that organisation has to act, in whichever of its roles; none where an
earlier column tells of the same organisation. `day`: that it is due on, or infinity. So a list is read off an
index, and counted in it."""


class Group(StrEnum):
    """Each task is in one. This week: within the seven days that begin today. Waiting: others have to act."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


RANKS = {group: rank for rank, group in enumerate(Group, 1)}

GROUPED = {
    Group.OVERDUE: "{own} AND r.day < %(today)s",
    Group.THIS_WEEK: "{own} AND r.day BETWEEN %(today)s AND %(week_ends_on)s",
    Group.LATER: "{own} AND r.day > %(week_ends_on)s",
    Group.WAITING: "NOT {own}",
}
"""On a row `r` of tasks; `own`: whether it is the caller's."""

BEYOND = "(r.day, r.stream_id, r.n) > (%(day)s::date, %(stream)s::uuid, %(n)s::integer)"


@dataclass(frozen=True)
class ToDo:
    """Of the contract, or of a claim that rests on it (`kind`). `command` does it, until the end of `due_on`;
    None: no day is set. `silence`: what happens by `rule` when nobody does."""

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
    values = sight.parameters | {"week_ends_on": sight.today + timedelta(days=6), "limit": limit + 1}
    parts = _counted(connection, Sight(sight.person, sight.today, sight.bin), values)
    rank, day, stream, n = cursor if cursor else ("0", None, None, None)
    values |= {"day": day, "stream": stream, "n": n}
    firsts = [
        f"""(SELECT {RANKS[part.group]} AS rank, r.* FROM projections.tasks r
             WHERE {part.condition} AND {BEYOND if RANKS[part.group] == int(rank) else "true"}
             ORDER BY r.day, r.stream_id, r.n LIMIT %(limit)s)"""
        for part in parts
        if part.group in groups and RANKS[part.group] >= int(rank)
    ]
    found = _first(connection, firsts, values) if firsts else []
    ranks = [row.pop("rank") for row in found]
    rows = tuple(
        ToDo(**row, group=[*Group][rank - 1]) for rank, row in zip(ranks[:limit], found[:limit], strict=True)
    )
    upto = None
    if len(found) > limit:
        last = rows[-1]
        upto = cursors.written(name, ranks[limit - 1], last.due_on or "infinity", last.stream_id, last.n)
    counts = dict.fromkeys(Group, 0)
    for part in parts:
        counts[part.group] += part.count
    days = [part.first_on for part in parts if part.first_on and part.group is not Group.WAITING]
    return WorkList(rows, counts, min(days, default=None), upto, moment)


@dataclass(frozen=True)
class _Part:
    """Tasks of one group that the caller sees in one way: a condition on a row `r`. None is in two parts."""

    group: Group
    condition: str
    count: int = 0
    first_on: date | None = None


def _parts(sight: Sight) -> list[_Part]:
    ways = [(visible(sight), f"({concerns(sight)}) IS TRUE")]
    if sight.bin:
        ways = [(f"r.{role} = %(sight_bin)s AND {ACTS}", f"r.by_{role}") for role in ORGANISATIONS]
    return [
        _Part(group, f"{way} AND {part.format(own=own)}")
        for group, part in GROUPED.items()
        for way, own in ways
    ]


def _counted(connection: Connection[Any], sight: Sight, values: dict[str, Any]) -> list[_Part]:
    """Those in which there is something."""
    parts = _parts(sight)
    counted = connection.execute(
        " UNION ALL ".join(
            f"""SELECT {n}, count(*), nullif(min(r.day), 'infinity') FROM projections.tasks r
                WHERE {part.condition}"""
            for n, part in enumerate(parts)
        ).encode(),
        values,
    )
    return [replace(parts[n], count=count, first_on=first_on) for n, count, first_on in counted if count]


def _first(connection: Connection[Any], firsts: list[str], values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as asking:
        return asking.execute(
            f"""SELECT r.rank, r.stream_id, r.kind, r.contract_id, r.n, r.number, r.student,
                  p.name AS student_name, r.college, r.enterprise, r.name, r.ref, r.who, r.command,
                  r.due_on, r.silence, r.rule
                FROM ({" UNION ALL ".join(firsts)}) AS r
                  LEFT JOIN personal.people p ON p.person_id = r.student
                ORDER BY r.rank, r.day, r.stream_id, r.n LIMIT %(limit)s""".encode(),
            values,
        ).fetchall()


def _tasks(folded: Folded) -> list[dict[str, Any]]:
    state, outlook, found = folded.state, folded.outlook, about(folded.stream_id, folded.state)
    rows = []
    for n, task in enumerate(outlook.tasks):
        deadline = _of(task, outlook.deadlines)
        rows.append(
            {
                **found,
                "n": n,
                "number": state.number,
                "name": task.name,
                "ref": task.ref,
                "who": task.who,
                **_by(found, task),
                "command": task.command,
                "due_on": task.by,
                "day": task.by or "infinity",
                "silence": deadline.silence if deadline else None,
                "rule": deadline.rule if deadline else None,
            }
        )
    return rows


def _by(found: dict[str, Any], task: Task) -> dict[str, bool | None]:
    """What the columns `by_college` and so on say."""
    by: dict[str, bool | None] = {}
    for role in ORGANISATIONS:
        roles = [other for other in ORGANISATIONS if found[other] == found[role]]
        told = found[role] is None or roles[0] is not role
        by[f"by_{role}"] = None if told else any(each in task.who for each in roles)
    return by


def _of(task: Task, deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The deadline that the task is there for: of the same day, about the same thing, for the same people."""
    return next(
        (d for d in deadlines if d.on == task.by and d.ref == task.ref and {*d.who} & {*task.who}),
        None,
    )


PROJECTION = folding("worklist", ("contract", "claim", "dispute"), {TASKS: _tasks})
