"""When nobody can say yet whether it was recorded: it is asked again with the same key, never done twice."""

from fastapi.responses import HTMLResponse

from api.pages import render
from api.pages.acting.asking import Asking
from api.pages.acting.previewed import caption
from api.pages.acting.questions import Answers
from api.pages.furniture import Page
from api.security.signed_in import csrf


def unsure_page(asking: Asking, sent: Answers, known: bool) -> HTMLResponse:
    """`known`: nothing was recorded, since the service could not be reached."""
    name = "unavailable" if known else "outcome-unknown"
    page = Page(
        asking.say(f"problems.{name}.title"),
        section="contracts",
        lead=asking.say("pages.unsure.nothing" if known else "pages.unsure.lead"),
        caption=caption(asking),
        failed=True,
    )
    return render(
        asking.reader.request,
        "unsure.html",
        page,
        status=503,
        action=asking.href("preview"),
        hidden={**sent, "csrf": csrf(asking.reader.request)},
        button=asking.say("pages.unsure.again" if known else "pages.unsure.check"),
    )
