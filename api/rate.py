"""How often one caller may ask: a bucket of requests that fills again as time goes by."""

import hashlib
from collections import OrderedDict
from math import ceil
from time import monotonic

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import Problem, answer

REMEMBERED = 10_000
"""Callers. Whoever was not heard of for longest is forgotten first, and then has a full bucket again."""

FREE = ("/health/", "/metrics", "/static/")
"""Asked by machines that watch, or by every page."""


class Rate:
    def __init__(self, app: ASGIApp, a_minute: int) -> None:
        self.app = app
        self.most = float(a_minute)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(FREE):
            wait = self._take(_caller(scope), monotonic())
            if wait:
                refused = answer(Request(scope), Problem(429, headers={"Retry-After": str(wait)}))
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, caller: bytes, now: float) -> int:
        """0, or in how many seconds it is worth asking again."""
        left, at = self._left.pop(caller, (self.most, now))
        left = min(self.most, left + (now - at) * self.most / 60)
        self._left[caller] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return 0 if left >= 1 else max(1, ceil((1 - left) * 60 / self.most))


def _caller(scope: Scope) -> bytes:
    """By what one is known here, else by address. Only a digest is kept."""
    headers, client = Headers(scope=scope), scope.get("client")
    known = headers.get("authorization") or headers.get("cookie") or (client[0] if client else "")
    return hashlib.sha256(known.encode()).digest()[:16]
