"""What the house knows already about the rows of a batch: looked up for all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import msgspec

from api.imports.checking import Entry
from contracts.log.asking import Key, Place
from contracts.log.desk import Desk
from contracts.log.facts import holds_in, organisation_id
from contracts.log.names import nearest_russian
from contracts.log.personal import PersonKey
from contracts.log.recorder import StoredEvent
from contracts.log.streams import Stream
from contracts.on_paper import Imported
from contracts.parties import Organisation, Person
from contracts.places import Hold


@dataclass
class Known:
    """At one moment. `organisations` by BIN, `people` by IIN with their records, `imported` by number; they
    grow as rows are taken."""

    now: datetime
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    keys: Mapping[UUID, PersonKey]
    streams: Mapping[UUID, Stream]
    places: Mapping[Key, Place]
    imported: Mapping[str, Imported | None]

    @property
    def today(self) -> date:
        return self.now.date()

    def holds(self, key: Key) -> tuple[Hold, ...]:
        place = self.places.get(key)
        return holds_in(key, place) if place else ()

    def number_taken(self, number: str) -> bool:
        return ("number", number) in self.places

    def holder(self, number: str) -> UUID | None:
        """The contract that has this number."""
        place = self.places.get(("number", number))
        return contract_of(place) if place else None


def look_up(desk: Desk, entries: Iterable[Entry]) -> Known:
    sources, rows = desk.sources, list(entries)
    recorder, store = sources.recorder, sources.store
    bins = {named.bin for row in rows for named in (row.college, row.enterprise)}
    with sources.pool.connection() as connection:
        found = store.find_people(connection, {row.student.iin for row in rows})
        records, keys = store.records(connection, found.values()), store.keys(connection, found.values())
    numbers = {("number", row.number) for row in rows}
    held = {*numbers, *(("student", str(id_)) for id_ in found.values())}
    now = sources.streams.now({*map(organisation_id, bins), *found.values()}, held)
    contracts = {key[1]: contract_of(place) for key, place in now.places.items() if key in numbers}
    streams = now.streams
    written = recorder.streams(contracts.values())
    return Known(
        now=now.at.astimezone(desk.law.zone),
        organisations={
            bin_: streams[id_].state for bin_ in bins if (id_ := organisation_id(bin_)) in streams
        },
        people={iin: replace(streams[id_].state, record=records.get(id_)) for iin, id_ in found.items()},
        keys=keys,
        streams=streams,
        places=now.places,
        imported={number: _imported(desk, written[id_]) for number, id_ in contracts.items()},
    )


def contract_of(place: Place) -> UUID:
    """Who holds a number."""
    return UUID(msgspec.json.decode(place.state)["contract"])


def same_person(known: str, given: str) -> bool:
    """Whether two spellings of a name share a word: a number in the wrong row brings a stranger's name."""
    return bool(set(nearest_russian(known).split()) & set(nearest_russian(given).split()))


def _imported(desk: Desk, stored: list[StoredEvent]) -> Imported | None:
    """None: it came here another way."""
    first = desk.mapper.decode(stored[0].type, stored[0].schema_version, stored[0].data) if stored else None
    return first if isinstance(first, Imported) else None
