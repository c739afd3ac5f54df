"""How often one caller may ask: a bucket of requests that fills again as time goes by.

Of each caller one number is kept, the moment at which the bucket will be full again: a request that finds
something in it moves that on by the time that one request takes to come back. The numbers lie in memory that
all processes of the service share, found by a digest of what the caller is known by.
"""

import hashlib
from collections.abc import MutableSequence
from math import ceil
from multiprocessing import get_context
from time import monotonic

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import Problem, answer

Buckets = MutableSequence[float]
"""By `monotonic`, which is the same in all processes of a machine."""

CALLERS = 1 << 18
"""Places. Of 10,000 callers one in 25 shares one with another, and with it how often both may ask."""

FREE = ("/health/", "/metrics", "/static/")
"""Asked by machines that watch, or by every page."""


def buckets() -> Buckets:
    """All full. Processes that this one starts may be given them."""
    shared: Buckets = get_context("spawn").RawArray("d", CALLERS)
    return shared


class Rate:
    def __init__(self, app: ASGIApp, a_minute: int, full_at: Buckets) -> None:
        self.app = app
        self._each = 60 / a_minute
        self._all = 60 - self._each
        self._full_at = full_at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(FREE):
            wait = self._take(_caller(scope), monotonic())
            if wait:
                refused = answer(Request(scope), Problem(429, headers={"Retry-After": str(wait)}))
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, caller: int, now: float) -> int:
        """0, or in how many seconds it is worth asking again. Two who ask at the same instant may count as
        one: cheaper than a lock, and of no use to anybody."""
        full_at = max(self._full_at[caller], now)
        if full_at - now > self._all:
            return ceil(full_at - now - self._all)
        self._full_at[caller] = full_at + self._each
        return 0


def _caller(scope: Scope) -> int:
    """By what one is known here, else by address. Only a digest is looked at."""
    known = {name: value for name, value in scope["headers"] if name in (b"authorization", b"cookie")}
    address = (scope.get("client") or [""])[0].encode()
    told = known.get(b"authorization") or known.get(b"cookie") or address
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest()) % CALLERS
