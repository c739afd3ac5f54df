"""What is due, by when, for whom, how was it counted, and what does silence mean?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import store
from api.commands import PLACES
from api.formats import day
from api.languages import say
from api.pages import counting, render
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, chosen, person_name, read_up_to
from api.pages.names import roles
from api.pages.parts import Column, Lines, Link, Row, Table, Tag, Words
from api.pages.reader import Reader, Reading
from api.pages.typed_day import distance
from api.pages.views.deadlines import Calendar, Deadlines
from api.queries import calendar
from api.queries.lists import sight
from api.queries.moments import note_read
from api.security.forms import check_form
from api.security.signed_in import csrf
from contracts.contract import Contract
from contracts.corrected import whole
from contracts.decision import Event
from projections import deadlines
from projections.deadlines import Due

router = APIRouter(include_in_schema=False)

HEADS = ("what", "who", "by", "count", "silence")


@router.get("/deadlines")
def deadlines_page(reader: Reading, after: str = "") -> HTMLResponse:
    return _page(reader, after, None)


@router.get("/deadlines/calendar")
def no_calendar() -> Response:
    """After a change of the language: an address is shown once."""
    return RedirectResponse("/deadlines", 303)


@router.post("/deadlines/calendar")
def make_calendar(reader: Reading, token: Annotated[str, Form(alias="csrf")] = "") -> Response:
    """The address is shown this once: only its digest is kept."""
    check_form(reader.request, token)
    return _page(reader, "", calendar.make(reader.house, reader.asked)["address"])


@router.post("/deadlines/calendar/end")
def end_calendars(reader: Reading, token: Annotated[str, Form(alias="csrf")] = "") -> Response:
    check_form(reader.request, token)
    with reader.house.pool.connection() as connection:
        store.end_calendars(connection, reader.asked.caller.person)
    return RedirectResponse("/deadlines", 303)


def _page(reader: Reader, after: str, made: str | None) -> HTMLResponse:
    caught_up(reader, "deadlines")
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "deadlines"))
    reader = reader.with_purpose_of(None)
    query = chosen(reader.request, "own")
    own = query.get("own") == "1"
    with reader.house.pool.connection() as connection:
        found = deadlines.of(connection, seen, own=own, after=after or None)
    shown = {due.contract_id for due in found.items}
    note_read(reader.house, reader.asked, "deadlines", shown=shown, position=found.as_of.position)
    language = reader.language
    page = Page(
        say(language, "pages.deadlines.title"),
        section="worklist",
        lead=say(language, f"pages.deadlines.lead{'-more' if found.next else ''}", n=len(found.items)),
        crumbs=[
            Link(say(language, "furniture.nav.worklist"), "/worklist"),
            say(language, "pages.deadlines.title"),
        ],
        read_up_to=read_up_to(found.as_of),
    )
    other = Link(
        say(language, f"pages.deadlines.{'all' if own else 'own'}"),
        address("/deadlines", {} if own else {"own": "1"}),
    )
    view = Deadlines(
        links=[other, Link(say(language, "pages.messages.title"), "/messages")],
        table=_table(reader, found.items) if found.items else None,
        empty=say(language, "pages.deadlines.none"),
        after=address("/deadlines", {**query, "after": found.next}) if found.next else None,
        calendar=Calendar(csrf(reader.request), made),
    )
    return render(reader.request, "deadlines.html", page, view=view)


def _table(reader: Reader, items: Sequence[Due]) -> Table:
    folded = streams(reader, {due.stream_id for due in items if due.kind == "contract"})
    return Table(
        say(reader.language, "pages.deadlines.title"),
        [Column(say(reader.language, f"pages.deadlines.{head}")) for head in HEADS],
        [_row(reader, due, folded.get(due.stream_id)) for due in items],
    )


@dataclass(frozen=True)
class Folded:
    contract: Contract
    entries: counting.Dated


def streams(reader: Reader, ids: set[UUID]) -> Mapping[UUID, Folded]:
    """Contracts with the days of their entries: how a day was counted stands in no table."""
    house, found = reader.house, {}
    for id_, rows in house.recorder.streams(ids).items():
        entries: list[tuple[date, Event]] = []
        for row in rows:
            event = house.mapper.decode(row.type, row.schema_version, row.data)
            entries.append((reader.law.day(row.recorded_at), event))
        found[id_] = Folded(whole((event for _, event in entries), Contract(id=id_)), entries)
    return found


def _row(reader: Reader, due: Due, folded: Folded | None) -> tuple[Words, ...]:
    """`folded`: of a contract's deadline."""
    language = reader.language
    about = Link(due.number or say(language, "pages.contract.draft"), f"/{PLACES[due.kind]}/{due.stream_id}")
    student = ["·", person_name(reader, due.student_name)] if due.student else []
    count = folded and counting.count_of(
        due.name, due.ref, due.rule, due.due_on, folded.contract, folded.entries, reader.law
    )
    state = [Tag(say(language, "words.overdue"), "bad")] if due.due_on < reader.today else []
    if due.days_left is not None:
        state = [Tag(say(language, "words.frozen", n=due.days_left), "warn")]
    noted = [say(language, f"words.{due.noted}")] if due.noted else []
    rule = Link(say(language, "pages.history.rule"), f"/law/{due.rule}?on={reader.today}")
    return (
        Lines(
            say(language, f"deadlines.{due.name}"),
            [Row([about, *student])],
        ),
        roles(language, due.who) or say(language, "roles.deadline"),
        Lines(
            day(language, due.due_on),
            [distance(language, due.due_on, reader.today), *state, *noted],
            whole=True,
        ),
        counting.words(language, count) if count else say(language, "pages.deadlines.set"),
        Lines(say(language, f"silence.{due.silence}"), [rule]),
    )
