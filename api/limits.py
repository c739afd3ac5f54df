"""What a body may be, checked before it is parsed: 1 MiB, 32 levels deep, 2,000 keys."""

import re

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, answer

LARGEST = 1024 * 1024
DEEPEST = 32
MOST_KEYS = 2_000

SIGNS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[{}\[\]:]', re.DOTALL)
"""A string (also one that does not end: each byte is looked at once) or what gives the text its shape."""


class Limits:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"POST", "PUT", "PATCH", "DELETE"}:
            await self.app(scope, receive, send)
            return
        body = await read(receive, Headers(scope=scope).get("content-length", ""))
        if refused := _refused(scope, body):
            await refused(scope, receive, send)
            return
        given = [body or b""]

        async def again() -> Message:
            if given:
                return {"type": "http.request", "body": given.pop(), "more_body": False}
            return await receive()

        await self.app(scope, again, send)


async def read(receive: Receive, length: str) -> bytes | None:
    """The whole body; None: it is larger than allowed, and no more of it is read than that."""
    if length.isascii() and length.isdecimal() and int(length) > LARGEST:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _refused(scope: Scope, body: bytes | None) -> Response | None:
    if body is None or (is_json(scope) and too_much(body)):
        return answer(Request(scope), Problem(413))
    return None


def is_json(scope: Scope) -> bool:
    return (
        Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    )


def too_much(text: bytes) -> bool:
    """Whether it is nested too deeply or has too many keys, as far as can be seen without parsing."""
    depth = keys = 0
    for found in SIGNS.finditer(text):
        match found[0]:
            case b"{" | b"[":
                depth += 1
            case b"}" | b"]":
                depth -= 1
            case b":":
                keys += 1
        if depth > DEEPEST or keys > MOST_KEYS:
            return True
    return False
