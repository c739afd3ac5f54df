"""What people see: one file and one template a page. The words stand in the translations."""

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.languages import COOKIE, choose, say
from api.pages.furniture import Page, Service, furnish
from api.pages.static import asset

CSP = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Vary": "Accept-Language, Cookie",
}


def render(request: Request, template: str, page: Page, status: int = 200, **view: Any) -> HTMLResponse:
    """A page with all that stands around it. `view` is what the template is about: ready words, no rules."""
    language = language_of(request)
    furniture = furnish(request, page, language, service_of(request))
    html = _templates(language).get_template(template).render(furniture=furniture, page=page, **view)
    return HTMLResponse(html, status, headers=HEADERS | {"Content-Language": language})


def language_of(request: Request) -> str:
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(COOKIE),
        request.headers.get("accept-language"),
        service_of(request).language,
    )


def service_of(request: Request) -> Service:
    service: Service = request.app.state.pages
    return service


@cache
def _templates(language: str) -> Environment:
    """One a language, so that a macro says its words without being told in which."""
    environment = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        asset=asset, language=language, say=lambda key, **values: say(language, key, **values)
    )
    return environment
