"""Where are our own programs told, with which secret, and does it arrive?"""

from collections.abc import Callable, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.formats import instant
from api.languages import say
from api.pages import render
from api.pages.furniture import Page
from api.pages.parts import Link
from api.pages.reader import Reader, Reading
from api.pages.views import form
from api.pages.views.endpoints import Address, Deed, Endpoints
from api.security.forms import check_form
from api.security.signed_in import csrf
from api.sending import endpoints
from api.sending.directory import Endpoint
from api.sending.endpoints import TooMany
from api.sending.reach import OutOfReach
from contracts.log.ids import uuid7
from contracts.log.wishes import NotFound

router = APIRouter(include_in_schema=False)

Token = Annotated[str, Form(alias="csrf")]

DEEDS: Mapping[str, Callable[..., object]] = {
    "disable": endpoints.disable,
    "enable": endpoints.enable,
    "send-again": endpoints.send_again,
}
"""What a button does, besides making a new secret."""


@router.get("/endpoints")
def endpoints_page(reader: Reading) -> HTMLResponse:
    return _page(reader)


@router.post("/endpoints")
def take_up(reader: Reading, token: Token = "", url: Annotated[str, Form()] = "") -> Response:
    """The secret is shown this once."""
    check_form(reader.request, token)
    try:
        taken = endpoints.take_up(reader.house, reader.asked, uuid7(), url.strip())
    except OutOfReach as error:
        return _page(reader, url=url, error=say(reader.language, f"endpoints.wrong.{error.why}"))
    except TooMany:
        many = say(reader.language, "endpoints.wrong.too-many", n=endpoints.MOST)
        return _page(reader, url=url, error=many)
    return _page(reader, taken.secret)


@router.get("/endpoints/{id}/{deed}")
def nothing_done(id: UUID, deed: str) -> Response:
    """After a change of the language: a secret is shown once."""
    return RedirectResponse("/endpoints", 303)


@router.post("/endpoints/{id}/{deed}")
def do(id: UUID, deed: str, reader: Reading, token: Token = "") -> Response:
    check_form(reader.request, token)
    if deed == "rotate-secret":
        return _page(reader, endpoints.rotate(reader.house, reader.asked, id).secret)
    if deed not in DEEDS:
        raise NotFound(deed)
    DEEDS[deed](reader.house, reader.asked, id)
    return RedirectResponse("/endpoints", 303)


def _page(reader: Reader, secret: str | None = None, url: str = "", error: str | None = None) -> HTMLResponse:
    language, house = reader.language, reader.house
    own = endpoints.own(house, reader.asked)
    bin_ = endpoints.bin_of(reader.asked)
    hidden = {"csrf": csrf(reader.request)}
    asked = form.Field(
        "url",
        say(language, "pages.endpoints.url"),
        value=url,
        hint=say(language, "pages.endpoints.hint"),
        error=error,
    )
    view = Endpoints(
        addresses=[_address(reader, each) for each in own],
        secret=secret,
        hidden=hidden,
        form=form.Form("/endpoints", [asked], say(language, "pages.endpoints.take"), hidden),
    )
    page = Page(
        say(language, "pages.endpoints.title"),
        section="contracts",
        lead=say(language, "pages.endpoints.lead"),
        crumbs=[
            Link(say(language, "questions.organisation"), f"/organisations/{bin_}"),
            say(language, "pages.endpoints.title"),
        ],
        failed=error is not None,
    )
    return render(reader.request, "endpoints.html", page, status=422 if error else 200, view=view)


def _address(reader: Reader, each: Endpoint) -> Address:
    language = reader.language
    counted = endpoints.counts(reader.house, each)
    notes = [say(language, "pages.endpoints.counts", **counted)]
    if each.both and each.old_until:
        until = instant(language, each.old_until, reader.law.zone)
        notes.append(say(language, "pages.endpoints.old", instant=until))
    state = {None: "works", "owner": "shut", "gone": "gone"}[each.disabled_why]
    deeds = ["rotate-secret", "enable" if each.disabled_at else "disable"]
    deeds += ["send-again"] if counted["dead"] and not each.disabled_at else []
    words = {"rotate-secret": "rotate", "send-again": "again"}
    return Address(
        each.url,
        say(language, f"pages.endpoints.{state}"),
        notes,
        [
            Deed(
                say(language, f"pages.endpoints.{words.get(deed, deed)}"),
                f"/endpoints/{each.endpoint_id}/{deed}",
            )
            for deed in deeds
        ],
    )
