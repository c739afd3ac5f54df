"""Which contracts are there, and in which state?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from api import store
from api.classifier import named
from api.formats import day
from api.languages import say
from api.pages import render
from api.pages.contract_filters import Chosen, chosen_filters, fields, filters_of, tags, what_they_are_called
from api.pages.contract_now import state_tag
from api.pages.furniture import Page
from api.pages.lists import (
    EXPORTED,
    address,
    caught_up,
    csv_file,
    csv_link,
    organisation_name,
    person_name,
    read_up_to,
)
from api.pages.parts import Button, Column, Lines, Link, Table, Tag, Words
from api.pages.reader import Reader, Reading
from api.pages.typed_day import distance
from api.pages.views.register import Register
from api.queries.lists import sight
from api.queries.moments import note_read
from api.security.forms import check_form
from api.security.signed_in import csrf
from contracts.identification import bin_fault, iin_fault
from contracts.parties import Kind
from projections import register
from projections.register import Filters, Order, Row
from projections.sight import Sight

router = APIRouter(include_in_schema=False)

HEADS = ("number", "student", "college", "enterprise", "specialty", "state", "next", "new")
SORTED = {"number": Order.NUMBER, "student": Order.STUDENT}
BATCH = 200


@router.get("/contracts")
def register_page(reader: Reading, after: str = "", order: str = "", count: bool = False) -> Response:
    chosen = chosen_filters(reader)
    if is_personal_number(chosen.get("q", "")):
        return RedirectResponse("/contracts?iin=1", 303)  # it must not stay in an address
    caught_up(reader, "register", "organisations")
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "register"))
    reader = reader.with_purpose_of(None)
    sort = Order(order) if order in set(Order) else Order.NEWEST
    with reader.house.pool.connection() as connection:
        filters, unclear = filters_of(connection, chosen)
        found = register.search(connection, seen, filters, after=after or None, order=sort, count=count)
        emptied = excluding(connection, seen, chosen) if chosen and not found.items else None
    note_read(
        reader.house,
        reader.asked,
        "register",
        shown=[r.contract_id for r in found.items],
        position=found.as_of.position,
    )
    page = Page(
        say(reader.language, "pages.register.title"),
        section="contracts",
        lead=lead(reader, found),
        read_up_to=read_up_to(found.as_of),
    )
    view = shown(reader, found, chosen, sort, emptied)
    view = with_hints(reader, view, unclear, bool(reader.request.query_params.get("iin")))
    return render(reader.request, "register.html", page, view=view)


@router.post("/contracts/by-iin")
def by_iin(
    reader: Reading,
    iin: Annotated[str, Form(max_length=40)] = "",
    token: Annotated[str, Form(alias="csrf")] = "",
) -> Response:
    """By a personal number: never in an address, never said back."""
    check_form(reader.request, token)
    digits = "".join(iin.split())
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "register"))
    reader = reader.with_purpose_of(None)
    if iin_fault(digits, check_digit=False):
        page = Page(
            say(reader.language, "pages.register.title"),
            section="contracts",
            failed=True,
            lead=say(reader.language, "pages.register.no-iin"),
        )
        view = shown(reader, None, {}, Order.NEWEST, None)
        return render(reader.request, "register.html", page, status=422, view=view)
    caught_up(reader, "register")
    filters = Filters(iin_digest=reader.house.personal.digest(digits))
    with reader.house.pool.connection() as connection:
        found = register.search(connection, seen, filters, limit=BATCH)
    note_read(
        reader.house,
        reader.asked,
        "register",
        shown=[r.contract_id for r in found.items],
        position=found.as_of.position,
    )
    page = Page(
        say(reader.language, "pages.register.title"),
        section="contracts",
        lead=lead(reader, found),
        read_up_to=read_up_to(found.as_of),
    )
    return render(reader.request, "register.html", page, view=shown(reader, found, {}, Order.NEWEST, None))


@router.get("/contracts.csv")
def register_file(reader: Reading, order: str = "") -> Response:
    chosen = chosen_filters(reader)
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "register"))
    reader = reader.with_purpose_of(None)
    sort = Order(order) if order in set(Order) else Order.NEWEST
    rows = [*_all(reader, seen, chosen, sort)]
    note_read(reader.house, reader.asked, "register", shown=[row.contract_id for row in rows])
    heads = [say(reader.language, f"pages.register.{head}") for head in HEADS[:-1]]
    return csv_file("contracts", heads, (_line(reader, row) for row in rows))


def _all(reader: Reader, seen: Sight, chosen: dict[str, str], sort: Order) -> Iterator[Row]:
    after, left = None, EXPORTED
    while left > 0:
        with reader.house.pool.connection() as connection:
            filters, _ = filters_of(connection, chosen)
            found = register.search(
                connection, seen, filters, after=after, order=sort, limit=min(BATCH, left)
            )
        yield from found.items
        after, left = found.next, left - len(found.items)
        if after is None:
            return


def is_personal_number(q: str) -> bool:
    return iin_fault(q, check_digit=False) is None and bin_fault(q, check_digit=False) is not None


def lead(reader: Reader, found: register.Page) -> str:
    if found.total is not None:
        return say(reader.language, "pages.register.total", n=found.total)
    more = "-more" if found.next else ""
    return say(reader.language, f"pages.register.shown{more}", n=len(found.items))


def shown(
    reader: Reader, found: register.Page | None, chosen: dict[str, str], sort: Order, emptied: Chosen | None
) -> Register:
    kept = {"order": sort.value} if sort is not Order.NEWEST else {}
    items = found.items if found else ()
    after = address("/contracts", {**chosen, **kept, "after": found.next}) if found and found.next else None
    return Register(
        filters=fields(reader, chosen),
        action="/contracts",
        chosen=tags(reader, chosen, what_they_are_called(reader, chosen), kept),
        table=table(reader, items, chosen, sort) if items else None,
        empty=nothing(reader, chosen, emptied),
        actions=actions(reader, chosen, kept, bool(items)),
        after=after,
        kept=kept,
        secret=csrf(reader.request) or None,
    )


def actions(reader: Reader, chosen: dict[str, str], kept: dict[str, str], any_: bool) -> list[Words]:
    found: list[Words] = []
    if reader.asked.kind in (Kind.COLLEGE, Kind.ENTERPRISE):
        found.append(Button(say(reader.language, "pages.register.new-contract"), "/contracts/new"))
    if any_:
        counted = address("/contracts", {**chosen, **kept, "count": "1"})
        found.append(Link(say(reader.language, "pages.register.count"), counted))
        found.append(csv_link(reader, "/contracts", {**chosen, **kept}))
    return found


def nothing(reader: Reader, chosen: dict[str, str], emptied: Chosen | None) -> list[Words]:
    """Why there is none, and what can be done."""
    language = reader.language
    if not chosen:
        return [say(language, "pages.register.none-at-all")]
    lines: list[Words] = [say(language, "pages.register.none")]
    if emptied:
        rest = {name: value for name, value in chosen.items() if name != emptied.name}
        words = say(
            language,
            "pages.register.without",
            filter=say(language, f"pages.register.{emptied.name}"),
            n=emptied.count,
        )
        lines.append(Link(words, address("/contracts", rest)))
    return [*lines, Link(say(language, "pages.register.drop-all"), "/contracts")]


def excluding(connection: store.Connected, seen: Sight, chosen: dict[str, str]) -> Chosen | None:
    """The filter without which most contracts would be found."""
    found = []
    for name in chosen:
        filters, _ = filters_of(connection, {n: v for n, v in chosen.items() if n != name})
        found.append(Chosen(name, register.number_of(connection, seen, filters)))
    best = max(found, key=lambda each: each.count, default=None)
    return best if best and best.count else None


def with_hints(reader: Reader, view: Register, unclear: list[Words], iin: bool) -> Register:
    """What has to be said before the list: that a number is asked for elsewhere, that a name is not clear."""
    hints = [*unclear]
    if iin:
        hints.insert(0, say(reader.language, "pages.register.iin-hint"))
    return replace(view, facts=hints)


# Rows


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
        found = store.reads(connection, actor=reader.actor, limit=BATCH)
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


def _line(reader: Reader, row: Row) -> list[object]:
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
