"""Who looked at what, when, and what for?"""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api import reads
from api.formats import instant
from api.languages import WORDS, say
from api.pages import render
from api.pages.furniture import Page
from api.pages.lists import ROWS, address
from api.pages.names import names_of
from api.pages.parts import Column, Lines, Link, Table, Words
from api.pages.reader import Reader, Reading
from api.pages.views.register import Register
from api.problems import Problem
from api.queries.lists import sight
from api.queries.moments import note_read
from api.reads import Read
from api.security.rights import RIGHTS, see
from contracts.parties import Kind
from projections import register

router = APIRouter(include_in_schema=False)

HEADS = ("at", "who", "what", "why")
OWN = 20
"""Contracts that are offered to choose from."""


@router.get("/audit/reads")
def reads_page(
    reader: Reading,
    subject: Annotated[UUID | None, Query()] = None,
    before: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    """Of a contract, of oneself, or, for whoever audits, of all."""
    everything = subject is None and bool(reader.asked.caller.duties & RIGHTS["reads"].with_purpose)
    about = subject or (None if everything else reader.asked.caller.person)
    if about != reader.asked.caller.person:
        reader.reads(about, lambda r: _may(r, about))
    reader = reader.with_purpose_of(about)
    with reader.house.pool.connection() as connection:
        found = reads.of(connection, about, None, before, ROWS + 1)
    note_read(reader.house, reader.asked, "reads", subject=about)
    language, rows = reader.language, [*found[:ROWS]]
    page = Page(
        say(language, "pages.reads.title-all" if everything else "pages.reads.title"),
        section="audit" if everything else None,
        lead=say(language, "pages.reads.lead-all" if everything else "pages.reads.lead"),
        crumbs=_crumbs(reader, about),
    )
    query = {"subject": str(subject or "")}
    view = Register(
        filters=(),
        action="/audit/reads",
        chosen=(),
        table=_table(reader, rows, about) if rows else None,
        empty=[say(language, "pages.reads.none")],
        actions=_contracts(reader),
        after=address("/audit/reads", {**query, "before": str(rows[-1].read_id)})
        if len(found) > ROWS
        else None,
    )
    return render(reader.request, "register.html", page, view=view)


def _may(reader: Reader, about: UUID | None) -> None:
    if about is not None:
        see(reader.house, reader.asked, about, "reads")
        return
    if not sight(reader.house, reader.asked, "reads").everything:
        raise Problem(403, right="reads")


def _crumbs(reader: Reader, about: UUID | None) -> list[Words]:
    if about is None or about == reader.asked.caller.person:
        return []
    contracts = Link(say(reader.language, "furniture.nav.contracts"), "/contracts")
    contract = Link(say(reader.language, "pages.worklist.contract"), f"/contracts/{about}")
    return [contracts, contract, say(reader.language, "pages.reads.title")]


def _contracts(reader: Reader) -> list[Words]:
    """Own contracts, whose readers can be seen too; of whoever has only a few."""
    if reader.asked.caller.duties or reader.asked.kind is Kind.CHAMBER:
        return []
    seen = sight(reader.house, reader.asked, "register")
    with reader.house.pool.connection() as connection:
        own = register.search(connection, seen, limit=OWN).items
    return [
        Link(
            row.number or say(reader.language, "pages.contract.draft"),
            f"/audit/reads?subject={row.contract_id}",
        )
        for row in own
    ]


def _table(reader: Reader, rows: list[Read], about: UUID | None) -> Table:
    refs = {ref for each in rows for ref in (each.actor, each.on_behalf_of)}
    known = names_of(reader.house, reader.language, refs)
    numbers = {} if about else numbers_of(reader, {each.subject for each in rows if each.subject})
    return Table(
        say(reader.language, "pages.reads.title"),
        [Column(say(reader.language, f"pages.reads.{head}")) for head in HEADS],
        [
            (
                instant(reader.language, each.at, reader.law.zone),
                known.who(each.actor, each.on_behalf_of),
                _what(reader, each, about, numbers),
                each.purpose or say(reader.language, "pages.reads.own"),
            )
            for each in rows
        ],
        named=False,
    )


def _what(reader: Reader, each: Read, about: UUID | None, numbers: Mapping[UUID, str]) -> Words:
    """Of a list only that it showed what is asked about, never what else."""
    key = f"questions.{each.question}"
    words = say(reader.language, key) if key in WORDS[reader.language] else each.question
    if each.subject is None:
        return Lines(words, [say(reader.language, "pages.reads.in-list")]) if about else words
    number = numbers.get(each.subject)
    return Lines(words, [Link(number, f"/contracts/{each.subject}")]) if number and about is None else words


def numbers_of(reader: Reader, subjects: set[UUID]) -> dict[UUID, str]:
    """Of those that are contracts; the first entry names it."""
    house = reader.house
    first = (
        {id_: rows[0] for id_, rows in house.recorder.streams(subjects).items() if rows} if subjects else {}
    )
    events = {id_: house.mapper.decode(row.type, row.schema_version, row.data) for id_, row in first.items()}
    return {id_: number for id_, event in events.items() if (number := getattr(event, "number", None))}
