"""Who studies where, who is a mentor where and has places left, who stands for whom?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, dict_row

from contracts.log.names import nearest_russian, nearly_the_same
from contracts.parties import Person
from projections import cursors
from projections.folding import Folded
from projections.positions import AsOf, as_of
from projections.projection import folding
from projections.tables import Table

MOST = 200
"""Rows a page."""

ENROLMENTS = Table(
    "enrolments",
    {
        "student": "uuid",
        "n": "integer",
        "college": "text NOT NULL",
        "specialty": "text NOT NULL",
        "from_on": "date NOT NULL",
        "until": "date",
    },
    key=("student", "n"),
    owner="student",
    indexes=("(college)",),
)

MENTORSHIPS = Table(
    "mentorships",
    {
        "mentor": "uuid",
        "n": "integer",
        "enterprise": "text NOT NULL",
        "capacity": "integer NOT NULL",
        "from_on": "date NOT NULL",
        "cleared_on": "date",
        "until": "date",
    },
    key=("mentor", "n"),
    owner="mentor",
    indexes=("(enterprise)",),
)

GUARDIANSHIPS = Table(
    "guardianships",
    {
        "student": "uuid",
        "representative": "uuid",
        "role": "text NOT NULL",
        "until": "date NOT NULL",
    },
    key=("student", "representative"),
    owner="student",
    indexes=("(representative)",),
)


@dataclass(frozen=True)
class Student:
    """`until`: the day from which no longer; None: no end is known. `contracts`: that are not over."""

    person: UUID
    name: str | None
    name_latin: str | None
    college: str
    specialty: str
    from_on: date
    until: date | None
    contracts: int


@dataclass(frozen=True)
class Mentor:
    """`used`: places held on the day that was asked for, of `capacity`."""

    person: UUID
    name: str | None
    enterprise: str
    capacity: int
    used: int
    from_on: date
    cleared_on: date | None
    until: date | None


@dataclass(frozen=True)
class Representative:
    """Up to the day before `until`."""

    person: UUID
    name: str | None
    student: UUID
    role: str
    until: date


LETTERS = 4
"""With which a word begins in two names that may be nearly the same."""


@dataclass(frozen=True)
class Students:
    """In the order of their names. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Student, ...]
    next: str | None
    as_of: AsOf


def students(
    connection: Connection[Any],
    college: str,
    today: date,
    *,
    q: str = "",
    after: str | None = None,
    limit: int = 50,
) -> Students:
    """Enrolled there on that day. Needs role kelisim_app. Raises BadCursor."""
    name = "students"
    cursor = cursors.read(after, name, 2) if after else None
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, "roster")
    words = {f"word_{n}": word for n, word in enumerate(nearest_russian(q).split())}
    conditions = [f"strpos(p.nearest, %({word})s) > 0" for word in words]
    key = r"coalesce(p.sort_key, '\xff'::bytea)"
    values: dict[str, Any] = {"college": college, "today": today, "limit": limit + 1, **words}
    if cursor:
        conditions.append(f"({key}, r.student) > (%(key)s::bytea, %(id)s)")
        values |= {"key": cursor[0], "id": UUID(cursor[1])}
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT r.student AS person, p.name, p.name_latin, r.college, r.specialty, r.from_on, r.until,
                  (SELECT count(*) FROM projections.register c
                   WHERE c.student = r.student AND c.held_to >= %(today)s) AS contracts, ({key})::text AS key
                FROM projections.enrolments r LEFT JOIN personal.people p ON p.person_id = r.student
                WHERE r.college = %(college)s AND r.from_on <= %(today)s
                  AND (r.until IS NULL OR r.until > %(today)s)
                  AND {" AND ".join(conditions or ["true"])}
                ORDER BY {key}, r.student LIMIT %(limit)s""".encode(),
            values,
        ).fetchall()
    keys = [row.pop("key") for row in found]
    rows = tuple(Student(**row) for row in found[:limit])
    upto = cursors.written(name, keys[limit - 1], rows[-1].person) if len(found) > limit else None
    return Students(rows, upto, moment)


def mentors(connection: Connection[Any], enterprise: str, on: date) -> list[Mentor]:
    """Of that enterprise on that day, in the order of their names. Needs role kelisim_app."""
    with connection.cursor(row_factory=class_row(Mentor)) as cursor:
        return cursor.execute(
            """SELECT r.mentor AS person, p.name, r.enterprise, r.capacity,
                 (SELECT count(*) FROM projections.register c
                  WHERE c.mentor = r.mentor AND %(on)s BETWEEN c.held_from AND c.held_to) AS used,
                 r.from_on, r.cleared_on, r.until
               FROM projections.mentorships r LEFT JOIN personal.people p ON p.person_id = r.mentor
               WHERE r.enterprise = %(enterprise)s AND (r.until IS NULL OR r.until > %(on)s)
               ORDER BY p.sort_key, r.mentor""",
            {"enterprise": enterprise, "on": on},
        ).fetchall()


def gone(connection: Connection[Any], enterprise: str, on: date) -> list[Mentor]:
    """Who has left that enterprise, or is to leave it, and still stands as a mentor in its contracts.
    Needs role kelisim_app."""
    with connection.cursor(row_factory=class_row(Mentor)) as cursor:
        return cursor.execute(
            """SELECT r.mentor AS person, p.name, r.enterprise, r.capacity, held.used,
                 r.from_on, r.cleared_on, r.until
               FROM projections.mentorships r LEFT JOIN personal.people p ON p.person_id = r.mentor
                 CROSS JOIN LATERAL (
                   SELECT count(*) AS used FROM projections.register c
                   WHERE c.mentor = r.mentor AND c.enterprise = r.enterprise
                     AND c.held_to >= greatest(r.until, %(on)s)) AS held
               WHERE r.enterprise = %(enterprise)s AND r.until IS NOT NULL AND held.used > 0
               ORDER BY p.sort_key, r.mentor""",
            {"enterprise": enterprise, "on": on},
        ).fetchall()


def representatives(connection: Connection[Any], student: UUID, on: date) -> list[Representative]:
    """Who stands for the student on that day. Needs role kelisim_app."""
    with connection.cursor(row_factory=class_row(Representative)) as cursor:
        return cursor.execute(
            """SELECT r.representative AS person, p.name, r.student, r.role, r.until
               FROM projections.guardianships r LEFT JOIN personal.people p ON p.person_id = r.representative
               WHERE r.student = %s AND r.until > %s ORDER BY p.sort_key, r.representative""",
            [student, on],
        ).fetchall()


def alike(connection: Connection[Any], college: str, student: UUID, on: date) -> bool:
    """Whether another student of that college has nearly the same name. Compared are those who share a word
    of it, or its beginning. Needs role kelisim_app."""
    found = connection.execute(
        """SELECT DISTINCT own.name, p.name
           FROM personal.people own,
             projections.enrolments r JOIN personal.people p ON p.person_id = r.student
           WHERE own.person_id = %(student)s AND r.student <> own.person_id
             AND r.college = %(college)s AND r.from_on <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
             AND EXISTS (SELECT FROM unnest(string_to_array(own.nearest, ' ')) AS one (word),
                           unnest(string_to_array(p.nearest, ' ')) AS other (word)
                         WHERE left(one.word, %(letters)s) = left(other.word, %(letters)s))""",
        {"student": student, "college": college, "on": on, "letters": LETTERS},
    )
    return any(nearly_the_same(*each) for each in found)


def names(connection: Connection[Any], people: list[UUID]) -> dict[UUID, str]:
    """Of those who are not erased. Needs role kelisim_app."""
    return dict(
        connection.execute(
            "SELECT person_id, name FROM personal.people WHERE person_id = ANY(%s)", [people]
        ).fetchall()
    )


def _enrolments(folded: Folded) -> list[dict[str, Any]]:
    person: Person = folded.state
    return [
        {
            "student": folded.stream_id,
            "n": n,
            "college": each.college,
            "specialty": each.specialty,
            "from_on": each.from_on,
            "until": each.until,
        }
        for n, each in enumerate(person.enrolments)
    ]


def _mentorships(folded: Folded) -> list[dict[str, Any]]:
    person: Person = folded.state
    return [
        {
            "mentor": folded.stream_id,
            "n": n,
            "enterprise": each.enterprise,
            "capacity": each.capacity,
            "from_on": each.from_on,
            "cleared_on": each.cleared_on,
            "until": each.until,
        }
        for n, each in enumerate(person.mentorships)
    ]


def _guardianships(folded: Folded) -> list[dict[str, Any]]:
    person: Person = folded.state
    return [
        {
            "student": folded.stream_id,
            "representative": each.representative,
            "role": each.role,
            "until": each.until,
        }
        for each in person.guardianships
    ]


PROJECTION = folding(
    "roster",
    "person",
    {ENROLMENTS: _enrolments, MENTORSHIPS: _mentorships, GUARDIANSHIPS: _guardianships},
)
