"""Events as stored text and back: under their own name and schema version, never under a Python path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing import persistence

from contracts.corrected import CorrectionMade
from contracts.decision import Event
from contracts.log.appending import NewEvent
from contracts.log.chain import storable
from contracts.log.errors import Unstorable
from contracts.values import replace

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""From the fields of one schema version to those of the next."""

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    # Clauses came in that nobody could fill in before.
    ("contract.drafted", 1): lambda fields: fields,
    ("contract.revised", 1): lambda fields: fields,
    ("contract.imported", 1): lambda fields: fields,
    # A memorandum said nothing of places for each qualification, a mentor nothing of specialties.
    ("memorandum.signed", 1): lambda fields: {**fields, "quotas": []},
    ("organisation.mentor_registered", 1): lambda fields: {**fields, "specialties": []},
}
"""By name and the schema they start from."""


@dataclass(frozen=True)
class Recorded:
    """An event in its place, as the library's application hands it in and out."""

    originator_id: UUID
    originator_version: int
    event: Event
    event_id: UUID
    effective_on: date | None = None


class Envelope(msgspec.Struct):
    """What the library's stored event holds as its state."""

    event_id: UUID
    schema: int
    effective_on: date | None
    data: msgspec.Raw


class UnknownEvent(LookupError):
    """The log holds an event that this version does not know, or a newer form of it."""


class Mapper(persistence.Mapper[UUID]):
    def __init__(
        self, events: Mapping[str, type[Event]], upcasters: Mapping[tuple[str, int], Upcaster] | None = None
    ) -> None:
        """`events` by name, as in contracts.lifecycle; `upcasters`: UPCASTERS where none are given."""
        self._events = dict(events)
        self._upcasters = dict(UPCASTERS if upcasters is None else upcasters)
        self._decoders = {name: msgspec.json.Decoder(event) for name, event in events.items()}
        for name, event in events.items():
            if missing := [n for n in range(1, event.schema) if (name, n) not in self._upcasters]:
                raise UnknownEvent(f"{name}: schema {missing[0]} cannot be read")

    def encode(self, event: Event) -> str:
        """The text that is stored and hashed. Raises Unstorable."""
        try:
            fields = msgspec.to_builtins(event, order="deterministic")
            if event.sparse:
                fields = _without_nothing(fields)
            storable(fields)
            return msgspec.json.encode(fields).decode()
        except (TypeError, UnicodeEncodeError) as error:  # keys of two kinds; half a character
            raise Unstorable(f"{event.type}: {error}") from error

    def decode(self, type: str, schema: int, data: str | bytes | msgspec.Raw) -> Event:
        """Raises UnknownEvent."""
        event = self._events.get(type)
        if event is None or schema > event.schema:
            raise UnknownEvent(f"{type} schema {schema}")
        if schema == event.schema:
            found = self._decoders[type].decode(data)
        else:
            found = msgspec.convert(self._lifted(type, schema, msgspec.json.decode(data)), event)
        return self._right(found) if isinstance(found, CorrectionMade) else found

    def _lifted(self, type: str, schema: int, fields: dict[str, Any]) -> dict[str, Any]:
        for version in range(schema, self._events[type].schema):
            fields = self._upcasters[type, version](fields)
        return fields

    def _right(self, made: CorrectionMade) -> CorrectionMade:
        """What an entry should have said, in the newest form of that entry."""
        if made.right is None or made.of not in self._events:
            return made
        fields = self._lifted(made.of, made.of_schema, {**made.right})
        return replace(made, right=fields, of_schema=self._events[made.of].schema)

    # The library's interface

    def to_stored_event(self, domain_event: Any) -> persistence.StoredEvent:
        recorded: Recorded = domain_event
        event = recorded.event
        data = msgspec.Raw(self.encode(event).encode())
        state = Envelope(recorded.event_id, event.schema, recorded.effective_on, data)
        return persistence.StoredEvent(
            recorded.originator_id, recorded.originator_version, event.type, msgspec.json.encode(state)
        )

    def to_domain_event(self, stored_event: persistence.StoredEvent) -> Any:
        state = msgspec.json.decode(stored_event.state, type=Envelope)
        return Recorded(
            UUID(str(stored_event.originator_id)),
            stored_event.originator_version,
            self.decode(stored_event.topic, state.schema, bytes(state.data)),
            state.event_id,
            state.effective_on,
        )


def _without_nothing(fields: Any) -> Any:
    if isinstance(fields, dict):
        return {name: _without_nothing(value) for name, value in fields.items() if value is not None}
    return [_without_nothing(value) for value in fields] if isinstance(fields, list | tuple) else fields


def from_library(stored: persistence.StoredEvent) -> NewEvent:
    state = msgspec.json.decode(stored.state, type=Envelope)
    data = bytes(state.data).decode()
    stream_id = UUID(str(stored.originator_id))
    return NewEvent(stream_id, state.event_id, stored.topic, state.schema, data, state.effective_on)


def to_library(stored: Any) -> persistence.Notification:
    """`stored`: the columns of log.events."""
    data = msgspec.Raw(stored.data.encode())
    state = Envelope(stored.event_id, stored.schema_version, stored.effective_on, data)
    return persistence.Notification(
        originator_id=stored.stream_id,
        originator_version=stored.stream_version,
        topic=stored.type,
        state=msgspec.json.encode(state),
        id=stored.position,
    )
