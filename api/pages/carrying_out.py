"""An organisation is over, or a mentor has left: what that does to each contract, gone through and
reported."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from api import carrying_out
from api.carrying_out import Report, Touched
from api.formats import day
from api.languages import say
from api.pages import render
from api.pages.furniture import Page
from api.pages.lists import caught_up
from api.pages.names import official
from api.pages.parts import Column, Lines, Link, Table, Words
from api.pages.reader import Reader, Reading
from api.pages.views.carrying_out import CarryingOut
from api.queries.organisations import inside
from api.security.forms import check_form
from api.security.signed_in import csrf
from api.sentences import Speaker
from contracts.log.wishes import NotFound
from contracts.parties import Organisation

router = APIRouter(include_in_schema=False)

AT_ONCE = 50
"""Contracts a page."""


@router.get("/organisations/{bin}/carry-out")
def before(bin: str, reader: Reading, mentor: UUID | None = None) -> HTMLResponse:
    """What would be done, and the button that does it."""
    return _page(reader, _found(reader, bin), mentor, None)


@router.post("/organisations/{bin}/carry-out")
def carry_out(
    bin: str,
    reader: Reading,
    token: Annotated[str, Form(alias="csrf")] = "",
    mentor: Annotated[UUID | None, Form()] = None,
    after: Annotated[str | None, Form()] = None,
) -> HTMLResponse:
    check_form(reader.request, token)
    found = _found(reader, bin)
    caught_up(reader, "register")
    house, asked = reader.house, reader.asked
    report = (
        carrying_out.of_mentor(house, asked, mentor)
        if mentor
        else carrying_out.of_organisation(house, asked, found, after or None, AT_ONCE)
    )
    return _page(reader, found, mentor, report)


def _found(reader: Reader, bin_: str) -> Organisation:
    """For the organisation itself and its chamber. Raises NotFound."""
    found = reader.house.organisation(bin_)
    if found is None or found.name is None or not inside(reader.asked, found):
        raise NotFound("organisation")
    return found


def _page(reader: Reader, found: Organisation, mentor: UUID | None, report: Report | None) -> HTMLResponse:
    language, name = reader.language, found.name
    if name is None:
        raise NotFound("organisation")
    shown = official(language, name)
    page = Page(
        say(language, "pages.carrying-out.title"),
        section="contracts",
        lead=_lead(reader, found, mentor, report),
        caption=shown,
        crumbs=[
            Link(say(language, "furniture.nav.contracts"), "/contracts"),
            Link(shown, f"/organisations/{found.bin}"),
            say(language, "pages.carrying-out.title"),
        ],
    )
    fields = {
        "csrf": csrf(reader.request),
        "mentor": str(mentor or ""),
        "after": (report and report.next) or "",
    }
    view = CarryingOut(
        action=f"/organisations/{found.bin}/carry-out",
        fields={field: value for field, value in fields.items() if value},
        goes_on=report is None or report.next is not None,
        button=say(language, f"pages.carrying-out.{'go-on' if report else 'begin'}"),
        table=_table(reader, report) if report and report.touched else None,
    )
    return render(reader.request, "carrying_out.html", page, view=view)


def _lead(reader: Reader, found: Organisation, mentor: UUID | None, report: Report | None) -> str:
    language = reader.language
    if report:
        refused = sum(1 for each in report.touched if each.refusals)
        done = len(report.touched) - refused
        return say(language, "pages.carrying-out.report", done=done, refused=refused)
    if mentor:
        return say(language, "pages.carrying-out.mentor")
    if found.over_on is None:
        return say(language, "pages.carrying-out.nothing")
    words = "successor" if found.successor else "closed"
    return say(language, f"pages.carrying-out.{words}", day=day(language, found.over_on))


def _table(reader: Reader, report: Report) -> Table:
    language = reader.language
    columns = [Column(say(language, f"pages.carrying-out.{head}")) for head in ("contract", "outcome")]
    rows = [[_contract(reader, each), _outcome(reader, each)] for each in report.touched]
    return Table(say(language, "pages.carrying-out.title"), columns, rows)


def _contract(reader: Reader, each: Touched) -> Words:
    return Link(each.number or say(reader.language, "pages.contract.draft"), f"/contracts/{each.contract}")


def _outcome(reader: Reader, each: Touched) -> Words:
    speaker = Speaker(reader.language, reader.house.law, reader.today)
    if each.refusals:
        reasons = [speaker.refusal(refusal) for refusal in each.refusals]
        return Lines(say(reader.language, "pages.carrying-out.refused"), reasons)
    if not each.events:
        return say(reader.language, "pages.carrying-out.already")
    return Lines(say(reader.language, f"events.{each.events[0]}"), [])
