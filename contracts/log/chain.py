"""The hash of an event: over a text, so that an expert can check it with `sha256sum` alone."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
import rfc8785

from contracts.log.errors import Unstorable

FIRST_PREV = bytes(32)
"""What the first event of a stream follows."""

LARGEST = 2**53 - 1
"""Integers beyond it do not survive every JSON reader."""

_encoder = msgspec.json.Encoder(order="sorted")


class Hashed(Protocol):
    """An event with the names of the columns of log.events."""

    @property
    def stream_id(self) -> UUID: ...
    @property
    def stream_version(self) -> int: ...
    @property
    def event_id(self) -> UUID: ...
    @property
    def type(self) -> str: ...
    @property
    def schema_version(self) -> int: ...
    @property
    def effective_on(self) -> date | None: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def data(self) -> str:
        """The stored text."""

    @property
    def metadata(self) -> Mapping[str, Any] | str:
        """What it says, or its stored text, which is its canonical form."""


def preimage(event: Hashed, prev: bytes) -> bytes:
    """Eleven lines. `prev` is the hash of the event before, FIRST_PREV at version 1."""
    metadata = event.metadata if isinstance(event.metadata, str) else canonical(event.metadata)
    recorded_at = event.recorded_at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
    return (
        f"kelisim-event/1\n"
        f"stream {event.stream_id!s}\n"
        f"version {event.stream_version}\n"
        f"id {event.event_id!s}\n"
        f"type {event.type}\n"
        f"schema {event.schema_version}\n"
        f"effective {event.effective_on or '-'}\n"
        f"recorded {recorded_at}Z\n"
        f"data {hashlib.sha256(event.data.encode()).hexdigest()}\n"
        f"metadata {hashlib.sha256(metadata.encode()).hexdigest()}\n"
        f"prev {prev.hex()}\n"
    ).encode()


def event_hash(event: Hashed, prev: bytes) -> bytes:
    return hashlib.sha256(preimage(event, prev)).digest()


def leaf_data(tag: bytes, hash: bytes) -> bytes:
    """What the tree sees of an event: nobody can tell its contract from it."""
    return hashlib.sha256(b"kelisim-leaf/1\n" + tag + hash).digest()


def canonical(value: Any) -> str:
    """The RFC 8785 form. Raises Unstorable for what it or an event may not hold."""
    storable(value)
    try:
        text = _encoder.encode(value)
        # msgspec is twenty times as fast and the same but for escapes and for the order of rare keys.
        if b"\\" in text or not text.isascii():
            text = rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise Unstorable(str(error)) from error
    return text.decode()


def storable(value: Any) -> None:
    """Raises Unstorable for all but strings, integers within 2^53-1, true, false, null, lists, objects."""
    if isinstance(value, str) or value is None or value is True or value is False:
        return
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise Unstorable(f"{value} is beyond 2^53-1")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if not isinstance(key, str):
                raise Unstorable(f"key {key!r} is not a string")
            storable(member)
    elif isinstance(value, list | tuple):
        for member in value:
            storable(member)
    else:
        raise Unstorable(f"{type(value).__name__} is not stored")
