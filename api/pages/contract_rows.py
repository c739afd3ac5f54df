"""Contracts as rows: of the list on the page, and of a file."""

from uuid import UUID

from api import reads
from api.classifier import named
from api.formats import day
from api.languages import say
from api.pages.contract_now import state_tag
from api.pages.lists import address, organisation_name, person_name
from api.pages.parts import Column, Lines, Link, Table, Tag, Words
from api.pages.reader import Reader
from api.pages.typed_day import distance
from projections.register import Order, Row

HEADS = ("number", "student", "college", "enterprise", "specialty", "state", "next", "new")
SORTED = {"number": Order.NUMBER, "student": Order.STUDENT}
REMEMBERED = 200
"""Reads in which it is looked for what somebody has seen of which contract."""


def table(reader: Reader, rows: tuple[Row, ...], chosen: dict[str, str], sort: Order) -> Table:
    heads = [head for head in HEADS if head != (reader.asked.kind.value if reader.asked.kind else "")]
    columns = [_column(reader, head, chosen, sort) for head in heads]
    looked = looks(reader)
    cells = [_cells(reader, row, looked.get(row.contract_id)) for row in rows]
    return Table(
        say(reader.language, "pages.register.title"),
        columns,
        [tuple(each[head] for head in heads) for each in cells],
    )


def _column(reader: Reader, head: str, chosen: dict[str, str], sort: Order) -> Column:
    words = say(reader.language, f"pages.register.{head}")
    if head not in SORTED:
        return Column(words, hidden=head == "new")
    by = SORTED[head]
    link = Link(words, address("/contracts", {**chosen, "order": "" if sort is by else by.value}))
    return Column(link, sorted="ascending" if sort is by else None)


def looks(reader: Reader) -> dict[UUID, int]:
    """Up to which position this person has seen which contract: of those looked at last."""
    with reader.house.pool.connection() as connection:
        found = reads.of(connection, actor=reader.actor, limit=REMEMBERED)
    seen: dict[UUID, int] = {}
    for read in found:
        if read.question == "contract" and read.subject and read.position is not None:
            seen.setdefault(read.subject, read.position)
    return seen


def _cells(reader: Reader, row: Row, looked: int | None) -> dict[str, Words]:
    language = reader.language
    new = looked is not None and row.position > looked
    return {
        "number": Lines(
            Link(row.number or say(language, "pages.contract.draft"), f"/contracts/{row.contract_id}"),
            [],
            whole=True,
        ),
        "student": person_name(reader, row.student_name),
        "college": organisation_name(reader, row.college_kk, row.college_ru, row.college),
        "enterprise": organisation_name(reader, row.enterprise_kk, row.enterprise_ru, row.enterprise),
        "specialty": named(language, row.specialty) if row.specialty else say(language, "words.not-stated"),
        "state": state_tag(language, row.state),
        "next": _deadline(reader, row),
        "new": Tag(say(language, "words.new"), "strong") if new else "",
    }


def _deadline(reader: Reader, row: Row) -> Words:
    if row.next_deadline is None or row.next_deadline_name is None:
        return ""
    language = reader.language
    notes = [
        say(language, f"deadlines.{row.next_deadline_name}"),
        distance(language, row.next_deadline, reader.today),
    ]
    return Lines(day(language, row.next_deadline), notes, whole=True)


def line(reader: Reader, row: Row) -> list[object]:
    """Of a file: days as programs write them."""
    official = "kk" if reader.language == "kk" else "ru"
    return [
        row.number,
        row.student_name,
        getattr(row, f"college_{official}") or row.college,
        getattr(row, f"enterprise_{official}") or row.enterprise,
        row.specialty,
        say(reader.language, f"states.{row.state}"),
        row.next_deadline,
    ]
