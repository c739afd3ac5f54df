"""What a form sends. One that comes from a session that is over is given back filled in, not thrown away."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.languages import say
from api.pages import language_of, render
from api.pages.furniture import Page, here
from api.pages.parts import Link
from api.pages.reader import Reader, reader
from api.problems import Problem
from api.security.forms import check_form, from_us
from api.security.signed_in import csrf, whoever

MOST_FIELDS = 400


class ComesBack(Exception):
    """The form is not lost: whoever sent it sends it again."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        super().__init__("the form belongs to a session that is over")
        self.typed = typed


async def fields(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    return {name: value.replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(fields)]


def sender(request: Request, typed: Typed) -> Reader:
    """Who sent the form. Raises Problem 403 for a foreign one, ComesBack for one of an old session."""
    if not from_us(request):
        raise Problem(403, "foreign-form")
    try:
        check_form(request, typed.get("csrf"))
    except Problem as problem:
        raise ComesBack(typed) from problem
    if whoever(request) is None:
        raise ComesBack(typed)
    return reader(request)


Sender = Annotated[Reader, Depends(sender)]
"""A parameter of a page that takes a form."""


def comes_back(request: Request, error: ComesBack) -> HTMLResponse:
    """The form as it was sent, with a mark that holds: after signing in again it only needs to be sent."""
    language, signed_in = language_of(request), whoever(request) is not None
    page = Page(
        say(language, "pages.comes-back.title"),
        lead=say(language, f"pages.comes-back.{'again' if signed_in else 'sign-in'}"),
        failed=True,
    )
    return render(
        request,
        "comes_back.html",
        page,
        status=403,
        hidden={**error.typed, "csrf": csrf(request)},
        action=here(request),
        sign_in=None if signed_in else Link(say(language, "furniture.sign-in"), "/sign-in"),
    )
