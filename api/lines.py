"""One line a request: what was asked, by whom (an id), with what outcome. Nothing of what was sent."""

from collections.abc import Iterable
from time import perf_counter
from typing import Any

import structlog
from fastapi import Request
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.log.ids import uuid7

METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""Where it is set, each process counts in a file there, and any of them can tell what all have counted."""

ANSWERS = Counter("kelisim_answers", "Answers by route and status.", ["method", "route", "status"])
SECONDS = Histogram("kelisim_answer_seconds", "Time from request to answer.", ["method", "route"])

QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Asked every few seconds: counted, not written."""

EVERYWHERE = [
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
"""Headers of every answer; a page brings its own policy."""

Header = tuple[bytes, bytes]

HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")

log = structlog.get_logger("kelisim.edge")


class Lines:
    def __init__(self, app: ASGIApp, secure: bool) -> None:
        """`secure`: browsers are told to come by https only."""
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state |= {"began": perf_counter(), "request_id": str(uuid7()), "line": {}}
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._with_ours(message["headers"], state["request_id"])
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            self._write(scope, status, perf_counter() - state["began"])

    def _with_ours(self, headers: Iterable[Header], request_id: str) -> list[Header]:
        given = [*headers]
        names = {name for name, _ in given}
        given += (header for header in EVERYWHERE if header[0] not in names)
        given.append((b"kelisim-request-id", request_id.encode()))
        return [*given, HSTS] if self.secure else given

    @staticmethod
    def _write(scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        ANSWERS.labels(scope["method"], route, status).inc()
        SECONDS.labels(scope["method"], route).observe(seconds)
        if route in QUIET and status < 400:
            return
        log.info(
            "answered",
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            request_id=scope["state"]["request_id"],
            **{"outcome": "done" if status < 400 else "failed"} | scope["state"]["line"],
        )


def route_of(scope: Scope) -> str:
    """With its placeholders, since the path and the query may hold anything."""
    return getattr(scope.get("route"), "path", "none")


def note(request: Request, **fields: Any) -> None:
    """Puts `fields` on the line of this request."""
    request.scope["state"]["line"].update(fields)


def began(request: Request) -> float:
    """By `perf_counter`."""
    at: float = request.scope["state"]["began"]
    return at


def request_id(request: Request) -> str:
    id_: str = request.scope["state"]["request_id"]
    return id_
