"""What can go wrong between a decision and its record. The database's own errors stay inside."""

from uuid import UUID


class LogError(Exception):
    """Something about the log, never about the contract."""


class VersionMoved(LogError):
    """Another append to the stream was recorded first. Deciding again is safe."""

    def __init__(self, stream_id: UUID | None) -> None:
        super().__init__(f"stream {stream_id} has moved on")
        self.stream_id = stream_id


class BoundaryMoved(LogError):
    """Another stream took or left the place first. Deciding again is safe."""

    def __init__(self, kind: str, key: str | None) -> None:
        super().__init__(f"boundary {kind} {key} has moved")
        self.kind = kind
        self.key = key


class DayMoved(LogError):
    """A legal midnight passed between decision and record. Deciding again is safe."""


class KeyReused(LogError):
    """The idempotency key was used for another request."""


class Unavailable(LogError):
    """Nothing was written; asking again after `retry_after` seconds may help."""

    def __init__(self, why: str, retry_after: int = 1) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class OutcomeUnknown(LogError):
    """The answer was lost: it may or may not have been written. Asking again with the same key finds out."""


class Malformed(LogError):
    """An append that no correct caller sends: a bug."""


class WrongSettings(LogError):
    """The connection's settings would make an append less than durable: a bug of the installation."""


class HistoryProtected(LogError):
    """Somebody tried to change or remove an event."""


class Unstorable(LogError, ValueError):
    """An event that would not read back as it was: a float, a number too large, half a character."""


class WrongDatabase(LogError):
    """It cannot be migrated: another encoding, or made with another file of a migration."""
