"""Which organisations are there, and who acts for them?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from contracts.log.names import nearest_russian, sort_key
from contracts.parties import Kind, Organisation
from projections.folding import Folded
from projections.projection import folding
from projections.tables import Table

ORGANISATIONS = Table(
    "organisations",
    {
        "stream_id": "uuid",
        "version": "integer NOT NULL",
        "bin": 'text COLLATE "C" NOT NULL UNIQUE',
        "kind": "text NOT NULL",
        "name_kk": "text NOT NULL",
        "name_ru": "text NOT NULL",
        "nearest": "text NOT NULL",
        "sort_key": "bytea NOT NULL",
        "region": "text NOT NULL",
        "chamber": "text",
        "licence": "text",
        "licence_until": "date",
        "specialties": "text[] NOT NULL",
    },
    key=("stream_id",),
    owner="stream_id",
    indexes=("(kind, sort_key)",),
)

MANDATES = Table(
    "mandates",
    {
        "stream_id": "uuid",
        "person": "uuid",
        "bin": "text NOT NULL",
        "post": "text NOT NULL",
        "signs": "boolean NOT NULL",
        "signs_until": "date",
        "until": "date",
    },
    key=("stream_id", "person"),
    owner="stream_id",
    indexes=("(person)", "(bin, person)"),
)


@dataclass(frozen=True)
class Listed:
    """`licence_until`: its last day; None: no end is set. `specialties`: that a college may teach."""

    bin: str
    kind: Kind
    name_kk: str
    name_ru: str
    region: str
    chamber: str | None
    licence: str | None
    licence_until: date | None
    specialties: list[str]


@dataclass(frozen=True)
class Acting:
    """A person who acts for an organisation up to `until`, and may sign up to `signs_until` where `signs`."""

    bin: str
    person: UUID
    name: str | None
    post: str
    signs: bool
    signs_until: date | None
    until: date | None


def by_bin(connection: Connection[Any], bins: list[str]) -> dict[str, Listed]:
    with connection.cursor(row_factory=class_row(Listed)) as cursor:
        rows = cursor.execute(f"{SELECT} WHERE bin = ANY(%s)".encode(), [bins])
        return {row.bin: row for row in rows}


def search(
    connection: Connection[Any], kind: Kind | None = None, q: str = "", limit: int = 50
) -> list[Listed]:
    """By BIN or by words of either name, in every spelling; in the order of the Kazakh names."""
    words = nearest_russian(q).split()
    spelt = " AND ".join(["true", *(f"strpos(nearest, %(word_{n})s) > 0" for n in range(len(words)))])
    with connection.cursor(row_factory=class_row(Listed)) as cursor:
        return cursor.execute(
            f"""{SELECT} WHERE (%(kind)s::text IS NULL OR kind = %(kind)s) AND (bin = %(q)s OR ({spelt}))
                ORDER BY sort_key, bin LIMIT %(limit)s""".encode(),
            {"kind": kind, "q": q.strip(), "limit": limit}
            | {f"word_{n}": word for n, word in enumerate(words)},
        ).fetchall()


def acting(
    connection: Connection[Any], *, bin: str | None = None, person: UUID | None = None
) -> list[Acting]:
    """For one organisation, or one person for all of theirs. Needs role kelisim_app."""
    with connection.cursor(row_factory=class_row(Acting)) as cursor:
        return cursor.execute(
            """SELECT m.bin, m.person, p.name, m.post, m.signs, m.signs_until, m.until
               FROM projections.mandates m LEFT JOIN personal.people p ON p.person_id = m.person
               WHERE (%(bin)s::text IS NULL OR m.bin = %(bin)s)
                 AND (%(person)s::uuid IS NULL OR m.person = %(person)s)
                 AND (%(bin)s::text IS NOT NULL OR %(person)s::uuid IS NOT NULL)
               ORDER BY m.bin, p.sort_key, m.person""",
            {"bin": bin, "person": person},
        ).fetchall()


SELECT = """SELECT bin, kind, name_kk, name_ru, region, chamber, licence, licence_until, specialties
            FROM projections.organisations"""


def _organisation(folded: Folded) -> list[dict[str, Any]]:
    found: Organisation = folded.state
    if found.name is None or found.bin is None:
        raise LookupError("an organisation begins with its name")
    row = {
        "stream_id": folded.stream_id,
        "version": folded.version,
        "bin": found.bin,
        "kind": found.kind,
        "name_kk": found.name.kk,
        "name_ru": found.name.ru,
        "nearest": nearest_russian(f"{found.name.kk} {found.name.ru}"),
        "sort_key": f"\\x{sort_key(found.name.kk).hex()}",
        "region": found.region,
        "chamber": found.chamber,
        "licence": found.licence.number if found.licence else None,
        "licence_until": found.licence.until if found.licence else None,
        "specialties": found.licence.specialties if found.licence else (),
    }
    return [row]


def _mandates(folded: Folded) -> list[dict[str, Any]]:
    found: Organisation = folded.state
    return [
        {
            "stream_id": folded.stream_id,
            "person": mandate.person,
            "bin": found.bin,
            "post": mandate.post,
            "signs": mandate.signs,
            "signs_until": mandate.signs_until,
            "until": mandate.until,
        }
        for mandate in found.mandates
    ]


PROJECTION = folding("organisations", "organisation", {ORGANISATIONS: _organisation, MANDATES: _mandates})
