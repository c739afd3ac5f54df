"""What was sent to whom, about which entry, and has it left?"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.commands import PLACES
from api.formats import instant
from api.languages import say
from api.pages import render
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, chosen, person_name, read_up_to
from api.pages.names import names_of
from api.pages.parts import Column, Lines, Link, Row, Table, Words
from api.pages.reader import Reader, Reading
from api.pages.views.register import Register
from api.queries.lists import sight
from api.queries.moments import note_read
from projections import messages
from projections.messages import Message

router = APIRouter(include_in_schema=False)

HEADS = ("at", "about", "to", "state")


@router.get("/messages")
def messages_page(reader: Reading, after: str = "") -> HTMLResponse:
    caught_up(reader, "register", "messages")
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "register"))
    reader = reader.with_purpose_of(None)
    language, query = reader.language, chosen(reader.request, "own")
    own = query.get("own") == "1"
    with reader.house.pool.connection() as connection:
        found = messages.messages(connection, seen, own=own, after=after or None)
    shown = {each.contract_id for each in found.items}
    note_read(reader.house, reader.asked, "messages", shown=shown, position=found.as_of.position)
    page = Page(
        say(language, "pages.messages.title"),
        section="worklist",
        lead=say(language, "pages.messages.lead"),
        crumbs=[
            Link(say(language, "furniture.nav.worklist"), "/worklist"),
            Link(say(language, "pages.deadlines.title"), "/deadlines"),
            say(language, "pages.messages.title"),
        ],
        read_up_to=read_up_to(found.as_of),
    )
    words = "all" if own else "own"
    view = Register(
        filters=(),
        action="/messages",
        chosen=(),
        table=_table(reader, found.items) if found.items else None,
        empty=[say(language, "pages.messages.none")],
        actions=[
            Link(say(language, f"pages.messages.{words}"), address("/messages", {} if own else {"own": "1"}))
        ],
        after=address("/messages", {**query, "after": found.next}) if found.next else None,
    )
    return render(reader.request, "register.html", page, view=view)


def _table(reader: Reader, items: tuple[Message, ...]) -> Table:
    organisations = {each.to_ref for each in items if each.to_ref.startswith("org:")}
    known = names_of(reader.house, reader.language, organisations)

    def to(each: Message) -> Words:
        own = each.to_ref in organisations
        name = known.ref(each.to_ref) if own else person_name(reader, each.to_name)
        return Lines(say(reader.language, f"roles.{each.to_role}"), [name])

    return Table(
        say(reader.language, "pages.messages.title"),
        [Column(say(reader.language, f"pages.messages.{head}")) for head in HEADS],
        [(_at(reader, each), _about(reader, each), to(each), _state(reader, each)) for each in items],
        named=False,
    )


def _at(reader: Reader, each: Message) -> str:
    return instant(reader.language, each.created_at, reader.law.zone)


def _about(reader: Reader, each: Message) -> Words:
    number = each.number or say(reader.language, "pages.contract.draft")
    about = Link(number, f"/{PLACES[each.kind]}/{each.stream_id}")
    return Row([f"{say(reader.language, f'events.{each.name}')}.", about])


def _state(reader: Reader, each: Message) -> str:
    if each.sent_at is None:
        how = "queued" if each.waiting else "given-up" if each.given_up else "here"
        return say(reader.language, f"pages.messages.{how}")
    return say(
        reader.language,
        "pages.messages.sent",
        instant=instant(reader.language, each.sent_at, reader.law.zone),
    )
