"""When there is nothing to show: the page for a status, and a page for every type of problem."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from api.languages import WORDS, say
from api.pages import language_of, render
from api.pages.furniture import Page
from api.pages.parts import Link

STATUSES = {
    400: "unreadable",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "not-found",
    409: "conflict",
    412: "conflict",
    413: "too-large",
    415: "wrong-media-type",
    422: "invalid",
    429: "too-many-requests",
    500: "failed",
    503: "unavailable",
}
"""Which problem a bare status means."""
PROBLEMS = sorted({key.split(".")[1] for key in WORDS["en"] if key.startswith("problems.")})
router = APIRouter(include_in_schema=False)


def wants_page(request: Request) -> bool:
    """Asked by a person's browser, not by a machine."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def error_page(request: Request, status: int, problem: str | None = None) -> HTMLResponse:
    name = problem if problem in PROBLEMS else STATUSES.get(status, "failed")
    return _page(request, name, status=status, failed=True)


@router.get("/problems/{name}")
def problem_page(request: Request, name: str) -> HTMLResponse:
    if name not in PROBLEMS:
        raise HTTPException(404)
    return _page(request, name)


def _page(request: Request, name: str, status: int = 200, failed: bool = False) -> HTMLResponse:
    language = language_of(request)
    title = say(language, f"problems.{name}.title")
    page = Page(
        title,
        lead=say(language, f"problems.{name}.meaning"),
        crumbs=() if failed else (Link(say(language, "furniture.nav.help"), "/help"), title),
        failed=failed,
    )
    return render(request, "problem.html", page, status=status, todo=say(language, f"problems.{name}.todo"))
