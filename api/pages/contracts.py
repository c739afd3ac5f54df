"""Which contracts are there, and in which state?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from api import store
from api.languages import say
from api.pages import render
from api.pages.contract_filters import Chosen, chosen_filters, fields, filters_of, tags, what_they_are_called
from api.pages.contract_rows import HEADS, line, table
from api.pages.furniture import Page
from api.pages.lists import EXPORTED, address, caught_up, csv_file, csv_link, read_up_to
from api.pages.parts import Button, Link, Words
from api.pages.reader import Reader, Reading
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
    page = looked_at(reader, found)
    view = shown(reader, found, chosen, sort, emptied)
    view = with_hints(reader, view, unclear, bool(reader.request.query_params.get("iin")))
    return render(reader.request, "register.html", page, view=view)


@router.get("/contracts/by-iin")
def not_by_iin() -> Response:
    """After a change of the language: what was found by a number cannot be asked for again without it."""
    return RedirectResponse("/contracts?iin=1", 303)


@router.post("/contracts/by-iin")
def by_iin(
    reader: Reading, iin: Annotated[str, Form()] = "", token: Annotated[str, Form(alias="csrf")] = ""
) -> Response:
    """By a personal number: never in an address, never said back, and so no form that comes back either."""
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
    page = looked_at(reader, found)
    return render(reader.request, "register.html", page, view=shown(reader, found, {}, Order.NEWEST, None))


@router.get("/contracts.csv")
def register_file(reader: Reading, order: str = "") -> Response:
    caught_up(reader, "register", "organisations")
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "register"))
    reader = reader.with_purpose_of(None)
    with reader.house.pool.connection() as connection:
        filters, _ = filters_of(connection, chosen_filters(reader))
    sort = Order(order) if order in set(Order) else Order.NEWEST
    rows = [*_all(reader, seen, filters, sort)]
    note_read(reader.house, reader.asked, "register", shown=[row.contract_id for row in rows])
    heads = [say(reader.language, f"pages.register.{head}") for head in HEADS[:-1]]
    return csv_file("contracts", heads, (line(reader, row) for row in rows))


def _all(reader: Reader, seen: Sight, filters: Filters, sort: Order) -> Iterator[Row]:
    after, left = None, EXPORTED
    while left > 0:
        with reader.house.pool.connection() as connection:
            found = register.search(
                connection, seen, filters, after=after, order=sort, limit=min(BATCH, left)
            )
        yield from found.items
        after, left = found.next, left - len(found.items)
        if after is None:
            return


def is_personal_number(q: str) -> bool:
    return iin_fault(q, check_digit=False) is None and bin_fault(q, check_digit=False) is not None


def looked_at(reader: Reader, found: register.Page) -> Page:
    """What stands around the rows, once it is written down who looked at them."""
    note_read(
        reader.house,
        reader.asked,
        "register",
        shown=[r.contract_id for r in found.items],
        position=found.as_of.position,
    )
    return Page(
        say(reader.language, "pages.register.title"),
        section="contracts",
        lead=lead(reader, found),
        read_up_to=read_up_to(found.as_of),
    )


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
