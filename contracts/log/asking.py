"""What is asked of the log and of the personal store before something is decided, in one round trip and as of
one moment."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from contracts.log.arrays import array, quoted
from contracts.log.personal import SealedRecord

STATEMENT = "SELECT asked_at, heads::text, places::text, records::text FROM log.ask_v1(%s, %s, %s, %s, %s)"

Key = tuple[str, str]
"""Kind and key of a boundary."""


class Place(NamedTuple):
    """A boundary as it stands: who holds it, as JSON text, and the version that the next write expects."""

    version: int
    state: str


class Written(NamedTuple):
    """An event of a stream; `data` is its JSON text, `before` the hash of the event before it."""

    position: int
    type: str
    schema: int
    data: msgspec.Raw
    before: bytes


class Since(NamedTuple):
    """A stream: its kind, the hash of its last event, and those that came after what was known."""

    kind: str
    hash: bytes
    events: Sequence[Written]


class Answer(NamedTuple):
    """`now`: by the clock of the log. What does not exist, or nobody holds, is not there."""

    now: datetime
    streams: dict[UUID, Since]
    places: dict[Key, Place]
    records: Sequence[SealedRecord]


class _Held(NamedTuple):
    kind: str
    key: str
    version: int
    state: msgspec.Raw


class _Found(NamedTuple):
    id: UUID
    kind: str
    hash: bytes
    events: list[Written] | None


_STREAMS = msgspec.json.Decoder(list[_Found])
_PLACES = msgspec.json.Decoder(list[_Held])
_RECORDS = msgspec.json.Decoder(list[SealedRecord])


def parameters(
    versions: Mapping[UUID, int], places: Collection[Key], people: Collection[UUID]
) -> Sequence[str]:
    return (
        array(map(str, versions)),
        array(map(str, versions.values())),
        array(quoted(kind) for kind, _ in places),
        array(quoted(key) for _, key in places),
        array(map(str, people)),
    )


def read(row: TupleRow) -> Answer:
    now, heads, places, records = row
    return Answer(
        now,
        {each.id: Since(each.kind, each.hash, each.events or ()) for each in _STREAMS.decode(heads or "[]")},
        {
            (each.kind, each.key): Place(each.version, bytes(each.state).decode())
            for each in _PLACES.decode(places or "[]")
        },
        _RECORDS.decode(records or "[]"),
    )
