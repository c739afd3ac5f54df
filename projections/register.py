"""Which contracts are there, between whom, in which state? Of those that the caller may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from contracts.contract import State
from contracts.log.names import nearest_russian
from projections import cursors
from projections.positions import AsOf, as_of
from projections.register_rows import GRAM, STATE_ON, grams
from projections.sight import Sight, first, ways

MOST = 200
"""Rows a page."""

WORDS = 6
"""Of a search; what comes after them is left out."""


class Order(StrEnum):
    NEWEST = "newest"
    NUMBER = "number"
    STUDENT = "student"
    STARTS = "starts"


@dataclass(frozen=True)
class Filters:
    """`q`: a number or a part of it, a student's name in any spelling, an organisation's name or BIN.
    `iin_digest`: PersonalStore.digest of an IIN, which itself goes no further. `status`: as of the caller's
    day. `sector`: first digits of the specialty. `starts_from` and `starts_to` are both included."""

    q: str | None = None
    iin_digest: bytes | None = None
    college: str | None = None
    enterprise: str | None = None
    status: Sequence[State] = ()
    specialty: str | None = None
    sector: str | None = None
    starts_from: date | None = None
    starts_to: date | None = None
    changed_since: datetime | None = None
    mentor: UUID | None = None
    memorandum: UUID | None = None
    student: UUID | None = None


EVERY = Filters()


@dataclass(frozen=True)
class Row:
    """`state` as of the day that was asked for. Names are None where they were erased or not recorded."""

    contract_id: UUID
    version: int
    position: int
    changed_at: datetime
    began_at: datetime
    number: str | None
    student: UUID
    student_name: str | None
    student_latin: str | None
    college: str
    college_kk: str | None
    college_ru: str | None
    enterprise: str
    enterprise_kk: str | None
    enterprise_ru: str | None
    chamber: str | None
    mentor: UUID | None
    memorandum: UUID | None
    specialty: str | None
    qualification: str | None
    state: State
    starts_on: date | None
    last_day: date | None
    next_deadline: date | None
    next_deadline_name: str | None


@dataclass(frozen=True)
class Page:
    """`next`: cursor of the page after this one; None: it is the last. `total`: only where asked for."""

    items: tuple[Row, ...]
    next: str | None
    as_of: AsOf
    total: int | None = None


CONDITIONS = {
    "college": "r.college = %(college)s",
    "enterprise": "r.enterprise = %(enterprise)s",
    "status": f"{STATE_ON} = ANY(%(status)s)",
    "specialty": "r.specialty = %(specialty)s",
    "sector": "starts_with(r.specialty, %(sector)s)",
    "starts_from": "r.starts_on >= %(starts_from)s",
    "starts_to": "r.starts_on <= %(starts_to)s",
    "changed_since": "r.changed_at >= %(changed_since)s",
    "mentor": "r.mentor = %(mentor)s",
    "memorandum": "r.memorandum = %(memorandum)s",
    "student": "r.student = %(student)s",
    "iin_digest": "r.student = (SELECT l.person_id FROM personal.lookup l WHERE l.digest = %(iin_digest)s)",
}

NUMBER = """(strpos(r.number, %(q)s) > 0 AND r.contract_id IN (
    SELECT n.contract_id FROM projections.numbers n WHERE n.parts @> %(grams)s::text[]))"""
SHORT_NUMBER = "strpos(r.number, %(q)s) > 0"


def _ascending(key: str, type_: str) -> tuple[str, str, str]:
    beyond = f"({key}, r.contract_id) > (%(after_key)s::{type_}, %(after_id)s)"
    return key, beyond, f"{key}, r.contract_id"


ORDERS = {
    Order.NEWEST: ("''", "r.contract_id < %(after_id)s", "r.contract_id DESC"),
    Order.NUMBER: _ascending("r.number", "text"),
    Order.STUDENT: _ascending(r"coalesce(p.sort_key, '\xff'::bytea)", "bytea"),
    Order.STARTS: _ascending("coalesce(r.starts_on, 'infinity'::date)", "date"),
}
"""The key of a row, what comes after the last one of a page, and the order."""

COLUMNS = f"""r.contract_id, r.version, r.position, r.changed_at, r.began_at, r.number,
    r.student, p.name AS student_name, p.name_latin AS student_latin,
    r.college, c.name_kk AS college_kk, c.name_ru AS college_ru,
    r.enterprise, e.name_kk AS enterprise_kk, e.name_ru AS enterprise_ru,
    r.chamber, r.mentor, r.memorandum, r.specialty, r.qualification, {STATE_ON} AS state,
    r.starts_on, coalesce(r.end_on, r.ends_on) AS last_day, r.next_deadline, r.next_deadline_name"""

ROWS = "projections.register r"
NAMED = f"{ROWS} LEFT JOIN personal.people p ON p.person_id = r.student"
ALL_NAMED = f"""{NAMED}
    LEFT JOIN projections.organisations c ON c.bin = r.college
    LEFT JOIN projections.organisations e ON e.bin = r.enterprise"""


def search(
    connection: Connection[Any],
    sight: Sight,
    filters: Filters = EVERY,
    *,
    after: str | None = None,
    limit: int = 50,
    order: Order = Order.NEWEST,
    count: bool = False,
) -> Page:
    """Needs role kelisim_app, since names stand in the personal store. Raises BadCursor (a ValueError)."""
    name = f"contracts {order}"
    cursor = cursors.read(after, name, 2) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, "register")
    led, rest, values = _wanted(connection, sight, filters)
    key, beyond, ordered = ORDERS[order]
    # What is quick for a chamber is not for an enterprise: planned anew, unless an index alone answers all.
    alike = len(led) == 1 or (order is Order.NEWEST and filters == EVERY)
    if cursor:
        rest += f" AND {beyond}"
        values |= {"after_key": cursor[0], "after_id": UUID(cursor[1])}
    page = first(NAMED if order is Order.STUDENT else ROWS, "r.contract_id", led, rest, ordered)
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT {COLUMNS}, ({key})::text AS key FROM {ALL_NAMED}
                WHERE {page} ORDER BY {ordered} LIMIT %(limit)s""".encode(),
            values | {"limit": limit + 1},
            prepare=None if alike else False,
        ).fetchall()
    keys = [row.pop("key") for row in found]
    rows = tuple(Row(**{**row, "state": State(row["state"])}) for row in found[:limit])
    more = len(found) > limit
    return Page(
        rows,
        cursors.written(name, keys[limit - 1], rows[-1].contract_id) if more else None,
        moment,
        number_of(connection, sight, filters) if count else None,
    )


def number_of(connection: Connection[Any], sight: Sight, filters: Filters = EVERY) -> int:
    """How many there are on all pages."""
    led, rest, values = _wanted(connection, sight, filters)
    where = f"({' OR '.join(led)}) AND {rest}"
    [[total]] = connection.execute(
        f"SELECT count(*) FROM projections.register r WHERE {where}".encode(), values
    )
    return int(total)


def _wanted(
    connection: Connection[Any], sight: Sight, filters: Filters
) -> tuple[list[str], str, dict[str, Any]]:
    """A row is wanted that one of the ways leads to, where the rest holds too; and their parameters."""
    chosen = {name: value for name in CONDITIONS if (value := getattr(filters, name))}
    rest = " AND ".join(["true", *(CONDITIONS[name] for name in chosen)])
    if filters.status:
        chosen["status"] = [*filters.status]
    found, values = ["true"], sight.parameters | chosen
    if text := (filters.q or "").strip():
        found, asked = _found(connection, text)
        values |= asked
    return [f"({seen} AND {each})" for seen in ways(sight) for each in found], rest, values


def _found(connection: Connection[Any], q: str) -> tuple[list[str], dict[str, Any]]:
    """By number, student or organisation. Each word has to be found, in the spelling that all share."""
    words = {f"word_{n}": word for n, word in enumerate(nearest_russian(q).split()[:WORDS])}
    values: dict[str, Any] = {"q": q, "grams": grams(q), **words}
    found = [NUMBER if len(q) >= GRAM else SHORT_NUMBER]
    if words:
        spelt = " AND ".join(f"strpos(nearest, %({name})s) > 0" for name in words)
        found.append(f"r.student = ANY(ARRAY(SELECT person_id FROM personal.people WHERE {spelt}))")
        named = f"SELECT bin FROM projections.organisations WHERE bin = %(q)s OR {spelt}"
        # Few, and known beforehand, so that the database can tell how many contracts they have.
        if bins := [bin_ for (bin_,) in connection.execute(named.encode(), values)]:
            values["bins"] = bins
            found.append("(r.college = ANY(%(bins)s) OR r.enterprise = ANY(%(bins)s))")
    return found, values
