"""Who is this college, enterprise or chamber, who acts for it, with which partners and mentors?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from psycopg import Connection

from api.classifier import named
from api.formats import day
from api.languages import say
from api.pages import render
from api.pages.deeds import deeds
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, organisation_name, person_name
from api.pages.names import linked, names, official
from api.pages.parts import Column, Fact, Lines, Link, Table, Words
from api.pages.reader import Reader, Reading
from api.pages.views.subject import Block, Subject
from api.queries.moments import note_read
from api.queries.organisations import inside
from api.security.rights import RIGHTS
from contracts.log.facts import organisation_id
from contracts.log.wishes import NotFound
from contracts.parties import Kind, Organisation
from projections import memoranda, organisations, roster
from projections.memoranda import Framework

router = APIRouter(include_in_schema=False)


@router.get("/organisations/{bin}")
def organisation_page(bin: str, reader: Reading) -> HTMLResponse:
    """What is public to everybody; to itself, its chamber and auditors the rest too."""
    house, language = reader.house, reader.language
    found = house.organisation(bin)
    if found is None or found.name is None:
        raise NotFound("organisation")
    caught_up(reader, "organisations", "roster", "memoranda", "register")
    whole = reader.reads(organisation_id(bin), lambda r: inside(r.asked, found))
    reader = reader.with_purpose_of(organisation_id(bin))
    if whole:
        note_read(house, reader.asked, "organisation", subject=organisation_id(bin))
    name = official(language, found.name)
    page = Page(
        name.text,
        section="contracts",
        caption=say(language, f"kinds.{found.kind}"),
        crumbs=[Link(say(language, "furniture.nav.contracts"), "/contracts"), name],
    )
    blocks = [*_blocks(reader, found), *_deeds(reader, bin, found)] if whole else ()
    view = Subject(facts=facts(reader, found), blocks=blocks)
    return render(reader.request, "subject.html", page, view=view)


def _deeds(reader: Reader, bin_: str, found: Organisation) -> list[Block]:
    """To the organisation itself also what it begins with others."""
    own = reader.asked.organisation is not None and reader.asked.organisation.bin == bin_
    begins = {"commands.sign-memorandum": "/memoranda/new"} if own and found.kind is not Kind.CHAMBER else {}
    begins |= {"pages.endpoints.title": "/endpoints"} if own else {}
    more = [Link(say(reader.language, words), path) for words, path in begins.items()]
    return deeds(reader, organisation_id(bin_), f"/organisations/{bin_}", more)


def facts(reader: Reader, found: Organisation) -> list[Fact]:
    language = reader.language
    rows = [
        Fact(say(language, "fields.bin"), found.bin or ""),
        Fact(say(language, "fields.region"), found.region or ""),
    ]
    if found.name:
        other = found.name.ru if language == "kk" else found.name.kk
        rows.append(Fact(say(language, "pages.organisation.other-name"), other))
    if found.licence:
        taught = [named(language, code) for code in found.licence.specialties]
        licence = f"{found.licence.number}, {until(language, found.licence.until)}"
        rows.append(Fact(say(language, "fields.licence"), Lines(licence, taught)))
    if found.over_on:
        rows.append(Fact(say(language, "pages.organisation.over"), _over(language, found, found.over_on)))
    if found.chamber:
        name = names(reader.house, language, bins=[found.chamber]).organisation(found.chamber)
        chamber = linked(name, f"/organisations/{found.chamber}")
        rows.append(Fact(say(language, "fields.chamber"), chamber))
    return rows


def _over(language: str, found: Organisation, on: date) -> Words:
    """From which day on it is over, and who comes after it."""
    if found.successor is None:
        return day(language, on)
    return Lines(day(language, on), [Link(found.successor, f"/organisations/{found.successor}")])


def _blocks(reader: Reader, found: Organisation) -> list[Block]:
    house, bin_, today = reader.house, found.bin or "", reader.today
    with house.pool.connection() as connection:
        acting = organisations.acting(connection, bin=bin_)
        mentors = roster.mentors(connection, bin_, today) if found.kind is Kind.ENTERPRISE else []
        gone = roster.gone(connection, bin_, today) if found.kind is Kind.ENTERPRISE else []
        frames = _frames(connection, found, today)
    blocks = [_acting(reader, acting)]
    if found.kind is Kind.ENTERPRISE:
        blocks.append(_mentors(reader, mentors))
    if through := _to_go_through(reader, found, gone):
        blocks.append(Block(say(reader.language, "pages.carrying-out.title"), None, "", through))
    if found.kind is not Kind.CHAMBER:
        blocks.append(frameworks(reader, frames))
        contracts = address("/contracts", {found.kind.value if found.kind else "q": bin_})
        words = say(reader.language, "pages.organisation.contracts")
        blocks.append(Block(say(reader.language, "pages.register.title"), None, "", [Link(words, contracts)]))
    return blocks


def _frames(connection: Connection[Any], found: Organisation, today: date) -> list[Framework]:
    if found.kind is Kind.ENTERPRISE:
        return memoranda.of(connection, today, enterprise=found.bin)
    return memoranda.of(connection, today, college=found.bin) if found.kind is Kind.COLLEGE else []


def _acting(reader: Reader, found: list[organisations.Acting]) -> Block:
    language = reader.language

    def signs(each: organisations.Acting) -> str:
        if not each.signs:
            return say(language, "words.no")
        if each.signs_until is None:
            return say(language, "words.yes")
        return say(language, "pages.organisation.signs-until", day=day(language, each.signs_until))

    rows = [
        (person_name(reader, each.name), each.post, signs(each), until(language, each.until))
        for each in found
    ]
    return block(reader, "acting", ("person", "post", "signs", "until"), rows)


def _to_go_through(reader: Reader, found: Organisation, gone: list[roster.Mentor]) -> list[Words]:
    """To the contracts that something has happened to outside of them."""
    path, words = f"/organisations/{found.bin}/carry-out", say(reader.language, "pages.carrying-out.all")
    links: list[Words] = [Link(words, path)] if found.over_on else []
    return [*links, *(Link(person_name(reader, m.name), f"{path}?mentor={m.person}") for m in gone)]


def _mentors(reader: Reader, found: list[roster.Mentor]) -> Block:
    """Each with the way to their page, for the enterprise itself and for who may see everybody's."""
    language, asked = reader.language, reader.asked
    everybody = bool(asked.caller.duties & RIGHTS["person"].with_purpose)

    def name(each: roster.Mentor) -> Words:
        shown = person_name(reader, each.name)
        own = asked.organisation is not None and asked.organisation.bin == each.enterprise
        return linked(shown, f"/people/{each.person}") if own or everybody else shown

    rows = [
        (
            name(each),
            say(language, "pages.organisation.places", used=each.used, of=each.capacity),
            day(language, each.from_on),
            day(language, each.cleared_on) if each.cleared_on else say(language, "words.none-yet"),
        )
        for each in found
    ]
    return block(reader, "mentors", ("person", "taken", "from", "cleared"), rows)


def frameworks(reader: Reader, found: list[Framework]) -> Block:
    language = reader.language
    rows = [
        (
            _framework(reader, each),
            organisation_name(reader, each.enterprise_kk, each.enterprise_ru, each.enterprise),
            say(language, "pages.organisation.places", used=each.used + each.reserved, of=each.places),
            until(language, each.last_day),
        )
        for each in found
    ]
    return block(reader, "memoranda", ("college", "enterprise", "taken", "until"), rows)


def _framework(reader: Reader, each: Framework) -> Words:
    """With the way to it, for its sides and auditors."""
    name = organisation_name(reader, each.college_kk, each.college_ru, each.college)
    asked = reader.asked
    own = asked.organisation is None or asked.organisation.bin in (each.college, each.enterprise)
    return Link(name, f"/memoranda/{each.memorandum_id}") if own else name


def block(reader: Reader, name: str, heads: tuple[str, ...], rows: Sequence[Sequence[Words]]) -> Block:
    title = say(reader.language, f"pages.organisation.{name}")
    columns = [Column(say(reader.language, f"pages.organisation.head-{head}")) for head in heads]
    return Block(title, Table(title, columns, rows) if rows else None, say(reader.language, "words.nothing"))


def until(language: str, on: date | None) -> str:
    """The last day of what may have none."""
    return day(language, on) if on else say(language, "pages.organisation.no-end")
