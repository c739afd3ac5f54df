"""Why do you read this? Asked of whoever reads by duty: once a contract, once for lists. Parties see it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.languages import say
from api.pages import language_of, render
from api.pages.furniture import Page, here
from api.pages.posted import Sender
from api.pages.reader import PurposeWanted
from api.pages.views.form import Field
from api.pages.views.form import Form as View
from api.problems import Problem
from api.queries.moments import note_read
from api.security.rights import RIGHTS
from api.security.sign_in import inside
from api.security.signed_in import csrf

router = APIRouter(include_in_schema=False)

SHORTEST, LONGEST = 5, 500
"""Characters."""

BY_DUTY = frozenset[str]().union(*(right.with_purpose for right in RIGHTS.values()))


def purpose_page(request: Request, wanted: PurposeWanted) -> HTMLResponse:
    return _page(request, here(request), wanted.subject)


@router.post("/purpose")
def state_purpose(
    request: Request,
    reader: Sender,
    purpose: Annotated[str, Form()] = "",
    subject: Annotated[UUID | None, Form()] = None,
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Kept as a read of its own, so that it stands before everything that is read for it."""
    if not reader.asked.caller.duties & BY_DUTY:
        raise Problem(404)
    words = " ".join(purpose.split())
    if not SHORTEST <= len(words) <= LONGEST:
        wrong = "pages.purpose.too-short" if len(words) < SHORTEST else "wrong.too-long"
        return _page(request, inside(back), subject, words, say(reader.language, wrong))
    note_read(reader.house, reader.with_purpose(words).asked, "purpose", subject=subject)
    return RedirectResponse(inside(back), 303)


def _page(
    request: Request, back: str, subject: UUID | None, typed: str = "", error: str | None = None
) -> HTMLResponse:
    language, kind = language_of(request), "one" if subject else "list"
    field = Field(
        "purpose",
        say(language, "pages.purpose.label"),
        "long",
        typed,
        hint=say(language, "pages.purpose.hint"),
        error=error,
    )
    form = View(
        "/purpose",
        [field],
        say(language, "pages.purpose.submit"),
        {"csrf": csrf(request), "back": back} | ({"subject": str(subject)} if subject else {}),
    )
    page = Page(
        say(language, f"pages.purpose.title-{kind}"),
        section="contracts",
        lead=say(language, "pages.purpose.lead"),
        failed=error is not None,
    )
    return render(request, "form.html", page, status=422 if error else 403, form=form)
