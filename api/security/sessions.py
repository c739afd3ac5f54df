"""A browser's session: a secret in a cookie, of which only the digest is stored; the mark of its forms."""

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from api import store
from api.house import House, house_of
from api.settings import Mode
from api.store import Account

SECRET = 32
"""Bytes."""


def cookie_name(house: House) -> str:
    """`__Host-` needs https, which a demo on this machine has not."""
    return "__Host-kelisim" if house.settings.mode is Mode.PRODUCTION else "kelisim"


def secret_of(request: Request) -> str | None:
    return request.cookies.get(cookie_name(house_of(request))) or None


def digest_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def begin(house: House, response: Response, account: Account, acr: str | None = None) -> None:
    """Always under a new secret: one that was known before the sign-in is worth nothing."""
    secret = secrets.token_urlsafe(SECRET)
    with house.pool.connection() as connection:
        store.open_session(connection, digest_of(secret), account, acr)
    set_cookie(house, response, cookie_name(house), secret)


def end(request: Request, response: Response) -> None:
    house = house_of(request)
    if secret := secret_of(request):
        with house.pool.connection() as connection:
            store.end_session(connection, digest_of(secret))
    drop_cookie(house, response, cookie_name(house))


def set_cookie(house: House, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    secure = house.settings.mode is Mode.PRODUCTION
    response.set_cookie(name, value, seconds, path="/", httponly=True, samesite="lax", secure=secure)


def drop_cookie(house: House, response: Response, name: str) -> None:
    secure = house.settings.mode is Mode.PRODUCTION
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)


def csrf_of(secret: str) -> str:
    """What a form carries. It follows from the session, so nothing is stored."""
    return hmac.digest(secret.encode(), b"kelisim-csrf/1", "sha256").hex()
