"""What is this, and how do I get in?"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.languages import say
from api.pages import language_of, render
from api.pages.furniture import Page


@dataclass(frozen=True)
class DemoPerson:
    """`name` as `kelisim token` knows it; `does` says in words what this person may see and do."""

    name: str
    role: str
    does: str


def sign_in_page(
    request: Request,
    *,
    csrf: str,
    people: Sequence[DemoPerson] = (),
    provider: str | None = None,
    back: str = "/",
    failed: str | None = None,
) -> HTMLResponse:
    """Demo people as buttons, or the way to the identity provider. `failed` is a reason in words that tells
    nothing about whether an account exists."""
    language = language_of(request)
    page = Page(
        say(language, "pages.sign-in.title"), lead=say(language, "pages.sign-in.lead"), failed=bool(failed)
    )
    return render(
        request,
        "sign_in.html",
        page,
        status=401 if failed else 200,
        people=people,
        provider=provider,
        csrf=csrf,
        back=back,
        failed=failed,
    )
