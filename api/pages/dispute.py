"""What is disputed about this contract, how far has it come, by what evidence, and what may I do?"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.formats import day
from api.languages import say
from api.pages import render
from api.pages.deeds import deeds
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, person_name, read_up_to
from api.pages.names import roles
from api.pages.parts import Column, Fact, Lines, Link, Name, Row, Table, Tag, Words
from api.pages.reader import Reader, Reading
from api.pages.views.subject import Block, Subject
from api.queries.disputes import decision, evidence, known_then, panel, points, texts
from api.queries.lists import sight
from api.queries.moments import Moment, note_read, streamed
from contracts.dispute import OPEN, Dispute, Phase
from projections import disputes
from projections.disputes import Row as Listed

router = APIRouter(include_in_schema=False)

COLOURS: Mapping[str, str] = {Phase.CLOSED: "", Phase.DECIDED: "good"}


@router.get("/disputes")
def list_page(reader: Reading, after: str | None = None) -> HTMLResponse:
    """Of the reader's own contracts, newest first."""
    language = reader.language
    reader = reader.with_purpose_of(None)
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "disputes"))
    caught_up(reader, "disputes")
    with reader.house.pool.connection() as connection:
        found = disputes.of(connection, seen, after=after)
    ids = {row.dispute_id for row in found.items}
    note_read(reader.house, reader.asked, "disputes", shown=ids, position=found.as_of.position)
    page = Page(
        say(language, "pages.disputes.title"),
        section="claims",
        lead=say(language, "pages.disputes.lead" if found.items else "pages.disputes.none"),
        read_up_to=read_up_to(found.as_of),
    )
    more = [Link(say(language, "pages.disputes.more"), address("/disputes", {"after": found.next or ""}))]
    block = Block(
        say(language, "pages.disputes.title"),
        listed(reader, found.items) if found.items else None,
        say(language, "pages.disputes.none"),
        more if found.next else (),
    )
    return render(reader.request, "subject.html", page, view=Subject((), [block]))


def listed(reader: Reader, rows: Sequence[Listed]) -> Table:
    language = reader.language
    heads = ("parts.student", "fields.points", "fields.phase", "fields.until", "fields.opened_on")
    cells = [
        (
            Link(row.number or str(row.dispute_id), f"/disputes/{row.dispute_id}"),
            person_name(reader, row.student_name),
            str(row.points),
            phase_tag(language, row.phase),
            day(language, row.until_on) if row.until_on else say(language, "words.not-stated"),
            day(language, row.opened_on),
        )
        for row in rows
    ]
    columns = [Column(say(language, "fields.contract")), *(Column(say(language, head)) for head in heads)]
    return Table(say(language, "pages.disputes.title"), columns, cells)


def phase_tag(language: str, phase: str) -> Tag:
    return Tag(say(language, f"phases.{phase}"), COLOURS.get(phase, "warn"))


@router.get("/disputes/{id}")
def dispute_page(id: UUID, reader: Reading) -> HTMLResponse:
    house, language = reader.house, reader.language
    found = reader.reads(id, lambda r: streamed("dispute", r.house, r.asked, id, "dispute"))
    reader = reader.with_purpose_of(id)
    then = known_then(found, Moment(reader.today, None))
    words = texts(house, found, then, reader.asked)
    page = Page(
        f"{say(language, 'pages.ask.subject.dispute')} {then.number}",
        section="claims",
        lead=lead(language, then),
        crumbs=[
            Link(say(language, "pages.disputes.title"), "/disputes"),
            Link(then.number or "", f"/contracts/{then.contract}"),
        ],
    )
    shown = [evidence(item, found.roles, reader.asked, then, words) for item in then.evidence]
    blocks = [
        _points(reader, points(then, words)),
        *_panel(reader, panel(house, then)),
        _evidence(reader, shown),
        *_decision(reader, decision(then)),
        *deeds(reader, id, f"/disputes/{id}"),
    ]
    return render(reader.request, "subject.html", page, view=Subject(facts(reader, then, words), blocks))


def lead(language: str, then: Dispute) -> str:
    """The step, until when, and what is frozen meanwhile."""
    step = say(language, f"phases.{then.phase}")
    if then.phase not in OPEN:
        return say(language, "pages.dispute.closed", how=say(language, f"closings.{then.closing}"))
    if then.until:
        return say(language, "pages.dispute.until", step=step, day=day(language, then.until))
    return say(language, "pages.dispute.open", step=step)


def facts(reader: Reader, then: Dispute, words: Mapping[str, str | None]) -> list[Fact]:
    language = reader.language
    found = [
        Fact(say(language, "fields.contract"), Link(then.number or "", f"/contracts/{then.contract}")),
        Fact(say(language, "fields.by"), roles(language, [str(then.opened_by)])),
        Fact(say(language, "fields.against"), roles(language, [str(then.against)])),
        Fact(say(language, "fields.asks"), said(language, words.get("asks"))),
        Fact(say(language, "fields.phase"), phase_tag(language, str(then.phase))),
    ]
    if then.phase in OPEN:
        found.append(Fact(say(language, "pages.dispute.free"), say(language, "pages.dispute.free-what")))
    if then.settlement and then.phase in OPEN:
        terms = said(language, words.get(then.settlement.terms))
        agreed = roles(language, sorted(then.settlement.agreed))
        found.append(Fact(say(language, "fields.terms"), Lines(terms, [agreed])))
    if then.suspended:
        found.append(Fact(say(language, "fields.findings"), say(language, "pages.dispute.suspended")))
    return found


def said(language: str, text: str | None) -> Words:
    return text if text else say(language, "words.erased")


def _points(reader: Reader, found: list[dict[str, Any]]) -> Block:
    language, speaker = reader.language, reader.speaker
    heads = ("fields.points", "fields.admits", "fields.findings", "fields.reasons")
    rows: list[tuple[Words, ...]] = []
    for each in found:
        clause = say(language, f"clauses.{each['clause']}") if "clause" in each else None
        which = clause or each.get("item") or each.get("entry")
        matter = say(language, f"matters.{each['matter']}")
        finding = each["finding"] and say(language, f"findings.{each['finding']}")
        rows.append(
            (
                f"{each['number']}. {matter}: {which}" if which else f"{each['number']}. {matter}",
                speaker.value(each["admitted"]),
                finding or say(language, "words.not-stated"),
                each["reasons"] or say(language, "words.not-stated"),
            )
        )
    title = say(language, "fields.points")
    return Block(title, Table(title, [Column(say(language, head)) for head in heads], rows), "")


def _panel(reader: Reader, found: list[dict[str, Any]]) -> list[Block]:
    if not found:
        return []
    language = reader.language
    rows = [
        (
            say(language, f"roles.{seat['side']}"),
            Name(seat["name"]) if seat["name"] else say(language, "words.erased"),
            say(language, f"biases.{seat['bias']}") if seat["bias"] else say(language, "pages.dispute.sits"),
        )
        for seat in found
    ]
    heads = ("fields.side", "fields.member", "pages.dispute.seat")
    title = say(language, "pages.dispute.commission")
    return [Block(title, Table(title, [Column(say(language, head)) for head in heads], rows), "")]


def _evidence(reader: Reader, found: list[dict[str, Any]]) -> Block:
    language = reader.language
    rows: list[tuple[Words, ...]] = []
    for item in found:
        hidden = say(language, "pages.dispute.hidden", who=roles(language, item["readers"]))
        paper = say(language, f"evidence-papers.{item['paper']}")
        secret = [Tag(say(language, "fields.private"), "warn")] if item["private"] else []
        rows.append(
            (
                Row([f"{item['number']}. {paper}", *secret]),
                roles(language, [item["by"]]),
                item["shows"] or hidden,
                item["digest"],
            )
        )
    heads = ("fields.paper", "fields.by", "fields.shows", "fields.digest")
    title = say(language, "pages.dispute.evidence")
    columns = [Column(say(language, head)) for head in heads]
    return Block(title, Table(title, columns, rows) if rows else None, say(language, "words.nothing"))


def _decision(reader: Reader, found: dict[str, Any] | None) -> list[Block]:
    """The shares, where there are any."""
    if not found or not found["shares"]:
        return []
    language = reader.language
    rows = [(say(language, f"roles.{s['debtor']}"), f"{s['percent']} %") for s in found["shares"]]
    title = say(language, "fields.shares")
    heads = [Column(say(language, "fields.debtors")), Column(title)]
    return [Block(title, Table(title, heads, rows), "")]
