"""One line a request: what was asked, by whom (an id), with what outcome. Nothing of what was sent."""

from time import perf_counter
from typing import Any

import structlog
from fastapi import Request
from prometheus_client import Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.log.ids import uuid7

METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""Where it is set, each process counts in a file there, and any of them can tell what all have counted."""

ANSWERS = Counter("kelisim_answers", "Answers by route and status.", ["method", "route", "status"])
SECONDS = Histogram("kelisim_answer_seconds", "Time from request to answer.", ["method", "route"])

QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Asked every few seconds: counted, not written."""

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every answer; a page brings its own policy."""

HSTS = "max-age=63072000; includeSubDomains"

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
                self._add_headers(MutableHeaders(scope=message), state["request_id"])
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            self._write(scope, status, perf_counter() - state["began"])

    def _add_headers(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in EVERYWHERE.items():
            headers.setdefault(name, value)
        headers["Kelisim-Request-Id"] = request_id
        if self.secure:
            headers["Strict-Transport-Security"] = HSTS

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
