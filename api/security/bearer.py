"""What a bearer token is worth: the account that it stands for."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import time
from typing import Protocol

from api import store
from api.house import House
from api.security.oidc import Provider
from api.store import Account

TRUSTED_FOR = 60.0
"""Seconds that a signature which was found good is not looked at again: no longer is a key honoured that its
owner has taken back."""

REMEMBERED = 10_000
"""Tokens."""


class Bearers(Protocol):
    """Whoever gives out tokens here: the demo's own issuer, or the provider of the installation."""

    def account(self, house: House, token: str) -> Account | None: ...


class OfProvider:
    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.tokens = GoodTokens(provider.subject_of_access)

    def account(self, house: House, token: str) -> Account | None:
        subject = self.tokens.subject(token)
        if subject is None:
            return None
        with house.pool.connection() as connection:
            return store.identity(connection, self.provider.issuer, subject)


class GoodTokens:
    """Tokens whose signature was found good lately, by their digests: to look at one costs more than all else
    that is asked about it."""

    def __init__(self, look: Callable[[str], tuple[str, int] | None], remembered: int = REMEMBERED) -> None:
        """`look`: whose token it is, and when it is over (seconds since 1970); None: it is none."""
        self._look = look
        self._remembered = remembered
        self._known: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def subject(self, token: str) -> str | None:
        digest, now = hashlib.sha256(token.encode()).digest(), time()
        with self._lock:
            subject, until = self._known.get(digest, (None, 0.0))
        if subject is not None and now < until:
            return subject
        if (found := self._look(token)) is None:
            return None
        subject, over = found
        with self._lock:
            self._known[digest] = subject, min(over, now + TRUSTED_FOR)
            self._known.move_to_end(digest)
            if len(self._known) > self._remembered:
                self._known.popitem(last=False)
        return subject
