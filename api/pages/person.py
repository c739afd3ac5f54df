"""Who is this, where do they study or work, who stands for them? As far as whoever asks may know."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.classifier import named
from api.formats import day
from api.languages import LANGUAGES, say
from api.pages import render
from api.pages.deeds import deeds
from api.pages.furniture import Page
from api.pages.lists import address, caught_up
from api.pages.names import Names, linked, names, roles
from api.pages.organisation import block, until
from api.pages.parts import Fact, Link, Name, Words
from api.pages.reader import Reader, Reading
from api.pages.views.subject import Block, Subject
from api.queries.moments import note_read
from api.queries.people import ALL, fields_for, masked
from contracts.log.wishes import NotFound
from contracts.parties import Enrolment, Guardianship, Kind, Mentorship, Person, Record, Role

router = APIRouter(include_in_schema=False)

SHOWN = ("name", "name_latin", "iin", "born_on", "phone", "email", "language")


@router.get("/people/{id}")
def person_page(id: UUID, reader: Reading) -> HTMLResponse:
    house, language = reader.house, reader.language
    found: Person | None = house.folded("person", id)
    may_see = reader.reads(id, lambda r: fields_for(r.house, r.asked, id, found)) if found else frozenset()
    if found is None or not may_see:
        raise NotFound(str(id))
    reader = reader.with_purpose_of(id)
    caught_up(reader, "roster", "organisations", "register")
    note_read(house, reader.asked, "person", subject=id)
    with house.pool.connection() as connection:
        record = house.personal.records(connection, [id]).get(id)
    title = record.name if record else say(language, "words.erased")
    page = Page(
        title,
        section="contracts",
        caption=_caption(language, found),
        crumbs=[
            Link(say(language, "furniture.nav.contracts"), "/contracts"),
            Name(title) if record else title,
        ],
    )
    notes = [say(language, "pages.person.masked")] if record and may_see != ALL else []
    blocks = [*_blocks(reader, found, may_see), *deeds(reader, id, f"/people/{id}")]
    view = Subject(_facts(reader, record, may_see), blocks, notes)
    return render(reader.request, "subject.html", page, view=view)


def _caption(language: str, found: Person) -> str | None:
    return roles(language, _roles(found)) or None


def _roles(found: Person) -> list[Role]:
    """In which there are, or were, contracts of this person."""
    return [
        *([Role.STUDENT] if found.enrolments else []),
        *([Role.MENTOR] if found.mentorships else []),
    ]


def _facts(reader: Reader, record: Record | None, may_see: frozenset[str]) -> list[Fact]:
    """What is hidden from the one who asks is not there; the number is shown by its last digits."""
    if record is None:
        return []
    whole = masked(record, may_see)
    found = []
    for name in SHOWN:
        if value := whole.get(name):
            found.append(
                Fact(say(reader.language, f"pages.person.{name}"), _value(reader, name, value, record))
            )
    return found


def _value(reader: Reader, name: str, value: str, record: Record) -> Words:
    if name == "born_on":
        return day(reader.language, record.born_on)
    if name == "language":
        return Name(LANGUAGES[value], value)
    return Name(value) if name == "name" else value


def _blocks(reader: Reader, found: Person, may_see: frozenset[str]) -> list[Block]:
    """To an organisation its own part, unless it is a chamber."""
    asked = reader.asked
    mine = asked.organisation.bin if asked.organisation and asked.kind is not Kind.CHAMBER else None
    enrolments = [e for e in found.enrolments if mine in (None, e.college)]
    mentorships = [m for m in found.mentorships if mine in (None, m.enterprise)]
    guardianships = found.guardianships if may_see == ALL else ()
    bins = {e.college for e in enrolments} | {m.enterprise for m in mentorships}
    known = names(reader.house, reader.language, [g.representative for g in guardianships], bins)
    blocks = []
    if enrolments:
        blocks.append(_enrolments(reader, known, enrolments))
    if mentorships:
        blocks.append(_mentorships(reader, known, mentorships))
    if guardianships:
        blocks.append(_guardianships(reader, known, guardianships))
    return [*blocks, _contracts(reader, found)]


def _enrolments(reader: Reader, known: Names, found: Sequence[Enrolment]) -> Block:
    rows = [
        (
            linked(known.organisation(each.college), f"/organisations/{each.college}"),
            named(reader.language, each.specialty),
            day(reader.language, each.from_on),
            until(reader.language, each.until),
        )
        for each in found
    ]
    return block(reader, "enrolments", ("college", "specialty", "from", "until"), rows)


def _mentorships(reader: Reader, known: Names, found: Sequence[Mentorship]) -> Block:
    rows = [
        (
            linked(known.organisation(each.enterprise), f"/organisations/{each.enterprise}"),
            str(each.capacity),
            day(reader.language, each.from_on),
            until(reader.language, each.until),
        )
        for each in found
    ]
    return block(reader, "mentorships", ("enterprise", "capacity", "from", "until"), rows)


def _guardianships(reader: Reader, known: Names, found: Sequence[Guardianship]) -> Block:
    rows = [
        (
            known.person(each.representative),
            say(reader.language, f"guardians.{each.role}"),
            day(reader.language, each.until),
        )
        for each in found
    ]
    return block(reader, "guardianships", ("person", "role", "until"), rows)


def _contracts(reader: Reader, found: Person) -> Block:
    links: list[Words] = [
        Link(
            say(reader.language, f"pages.person.contracts-{role}"),
            address("/contracts", {role.value: str(found.id)}),
        )
        for role in _roles(found)
    ]
    return Block(
        say(reader.language, "pages.register.title"),
        None,
        "" if links else say(reader.language, "words.nothing"),
        links,
    )
