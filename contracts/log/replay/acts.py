"""The decisions that a log holds: all that one append recorded, with what was asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from contracts.asked import as_asked
from contracts.decision import Command, Event
from contracts.lifecycle import COMMANDS
from contracts.log.looking import rows
from contracts.log.mapper import Mapper
from contracts.log.recorder import StoredEvent, columns
from contracts.log.sealing import personal_fields
from contracts.parties import Contacts, Record, Role

WHOLE = (Record, Contacts)
"""What is personal as a whole: of a wish with it too little is kept to ask it again."""


class Metadata(msgspec.Struct):
    actor: str = ""
    role: str = ""
    on_behalf_of: str | None = None
    command: str = ""
    correlation: str | None = None
    key: str | None = None
    timer: str | None = None
    wish: dict[str, Any] = {}


@dataclass(frozen=True)
class Written:
    stream_id: UUID
    version: int
    event: Event


@dataclass(frozen=True)
class Act:
    """`position`: of its first entry. `stream_id`: the one that was asked. `command` None: it cannot be asked
    again. `sealed`: commitments of the words of people in it."""

    position: int
    at: datetime
    stream_id: UUID
    metadata: Metadata
    written: tuple[Written, ...]
    command: Command | None
    sealed: Mapping[str, str]

    @property
    def role(self) -> Role:
        return Role(self.metadata.role)


FIELDS = tuple(
    name for name in StoredEvent._fields if name not in ("prev_hash", "hash", "event_id", "effective_on")
)
_METADATA = msgspec.json.Decoder(Metadata)


@dataclass(frozen=True)
class _Row:
    position: int
    stream_id: UUID
    stream_version: int
    type: str
    schema_version: int
    data: str
    metadata: str
    recorded_at: datetime


def acts(connection: Connection[Any], mapper: Mapper) -> Iterator[Act]:
    """In the order of the log, within a transaction."""
    found = rows(connection, f"SELECT {columns(FIELDS)} FROM log.events ORDER BY position")
    read = ((row, _METADATA.decode(row.metadata)) for row in (_Row(*each) for each in found))
    for _, together in groupby(read, key=_append):
        yield _act([*together], mapper)


def _append(read: tuple[_Row, Metadata]) -> tuple[Any, ...]:
    """What the entries of one append have in common, and two appends have not."""
    row, metadata = read
    return row.recorded_at, metadata.key, metadata.correlation, metadata.command, metadata.actor


def _act(read: list[tuple[_Row, Metadata]], mapper: Mapper) -> Act:
    (first, metadata), rows = read[0], [row for row, _ in read]
    written = tuple(
        Written(row.stream_id, row.stream_version, mapper.decode(row.type, row.schema_version, row.data))
        for row in rows
    )
    fields = _fields(metadata, (msgspec.json.decode(row.data) for row in rows))
    kind = COMMANDS.get(metadata.command)
    personal = personal_fields(metadata.command) if kind else {}
    sealed = {name: fields[name] for name in personal if name in fields}
    return Act(
        first.position, first.recorded_at, first.stream_id, metadata, written, _command(kind, fields), sealed
    )


def _fields(metadata: Metadata, data: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    kind = COMMANDS.get(metadata.command)
    return as_asked(kind, metadata.wish, data) if kind else {}


def _command(kind: type[Command] | None, fields: Mapping[str, Any]) -> Command | None:
    if kind is None or any(of in WHOLE for of in personal_fields(kind.type).values()):
        return None
    if kind.looks_back is not Command.looks_back:  # our record was wrong under any law
        return None
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError:  # recorded before what was asked was kept
        return None
