"""Whether a form, or a request with a cookie, comes from a page of ours."""

import hmac
import secrets
from ipaddress import ip_address

from fastapi import Request, Response

from api.house import house_of
from api.problems import Problem
from api.security.sessions import SECRET, csrf_of, secret_of, set_cookie

BEFORE = "kelisim_form"
"""Cookie of a browser that has not signed in yet."""


def from_us(request: Request) -> bool:
    """By `Origin`, which a browser sends with every POST and a page of others cannot forge."""
    origin = request.headers.get("origin")
    return origin in {house_of(request).settings.address, f"{request.url.scheme}://{request.url.netloc}"}


def from_this_machine(request: Request) -> bool:
    """The only place from which a demo's people sign in."""
    return request.client is not None and is_loopback(request.client.host)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_form(request: Request, csrf: str | None) -> None:
    """Raises Problem 403: the form is not ours, or belongs to a session that is over."""
    secret = secret_of(request) or request.cookies.get(BEFORE)
    if not from_us(request) or not secret or not hmac.compare_digest(csrf_of(secret), csrf or ""):
        raise Problem(403, "foreign-form")


def csrf_before(request: Request, response: Response) -> str:
    """For a form of somebody who has not signed in."""
    secret = request.cookies.get(BEFORE) or secrets.token_urlsafe(SECRET)
    set_cookie(house_of(request), response, BEFORE, secret)
    return csrf_of(secret)
