"""`?lang=ru` on any page: kept in a cookie, then the same page again with everything else that stood in the
address."""

from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.languages import COOKIE, LANGUAGES

YEAR = 365 * 24 * 60 * 60
MACHINES = ("/api/", "/static/")


class LanguageSwitch:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = switched(scope) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        await (answer or self.app)(scope, receive, send)


def switched(scope: Scope) -> RedirectResponse | None:
    """The way back to the page. Only a path of this host: two slashes in front would name another."""
    path: str = scope["path"]
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    language = dict(asked).get("lang")
    if language not in LANGUAGES or path.startswith(MACHINES):
        return None
    rest = urlencode([(name, value) for name, value in asked if name != "lang"])
    raw = scope.get("raw_path", path.encode()).decode("latin-1")
    here = "/" + raw.partition("?")[0].lstrip("/\\")
    answer = RedirectResponse(f"{here}?{rest}" if rest else here, status_code=303)
    https = scope.get("scheme") == "https" or Headers(scope=scope).get("x-forwarded-proto") == "https"
    answer.set_cookie(COOKIE, language, max_age=YEAR, path="/", samesite="lax", secure=https, httponly=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer
