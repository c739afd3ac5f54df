"""What is asked of a stream, and what it is answered with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.decision import Command, Refusal
from contracts.relations import Caller


class NotFound(LookupError):
    """No such stream, or none that this caller may know of."""


class NotForThem(Exception):
    """The caller does not act for the organisation that they name."""


class StaleVersion(Exception):
    """The stream is no longer at the version that the caller saw."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the stream is at version {version}")
        self.version = version


@dataclass(frozen=True)
class Wish:
    """`stream_id` None: of a new stream.

    key, request_hash  so that asking twice has one effect
    expected           the version that the caller saw
    previewed          digest of the consequences that the caller was shown
    timer              name of the timer that asks, in place of a caller
    """

    command: Command
    stream_id: UUID | None
    caller: Caller | None
    key: str | None = None
    request_hash: bytes | None = None
    expected: int | None = None
    previewed: str | None = None
    request_id: str = ""
    causation: str | None = None
    timer: str | None = None

    @property
    def actor(self) -> str:
        return f"person:{self.caller.person}" if self.caller else "deadline"

    @property
    def on_behalf_of(self) -> str | None:
        return self.caller.on_behalf_of if self.caller else None


@dataclass(frozen=True)
class Granted:
    """`position` and `recorded_at` are None for a preview. `events` as an answer shows them."""

    stream_id: UUID
    version: int
    position: int | None
    recorded_at: datetime | None
    events: list[dict[str, Any]]
    consequences: dict[str, Any]
    digest: str
    begun: bool
    replayed: bool = False


@dataclass(frozen=True)
class Allowance:
    """A command, and the refusals that it would get now; none: it is allowed, as far as can be said without
    the wish."""

    command: str
    refusals: tuple[Refusal, ...]
