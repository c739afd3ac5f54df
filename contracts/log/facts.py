"""What a decision must know beside its own stream: other streams, personal records, who holds which place."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from contracts.contract import Contract
from contracts.corrected import whole
from contracts.facts import Facts
from contracts.lifecycle import empty
from contracts.log.asking import Key, Place
from contracts.log.connections import LogPool
from contracts.log.history import Readers, nobody
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from contracts.log.recorder import Recorder, StoredEvent
from contracts.log.streams import Stream, Streams
from contracts.parties import References
from contracts.places import Hold
from contracts.values import replace

NAMESPACE = UUID("6b656c69-7369-8d00-8000-6f7267000000")


def organisation_id(bin_: str) -> UUID:
    """The stream of an organisation, found by its BIN (version 8: made by ourselves from a digest)."""
    made = bytearray(hashlib.sha256(NAMESPACE.bytes + bin_.encode()).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x80, made[8] & 0x3F | 0x80
    return UUID(bytes=bytes(made))


@dataclass(frozen=True)
class Gathered:
    """The facts, the boundaries that somebody holds of those that were looked at, and each stream that is
    there. `wanted`: what was looked for, with the parties of the contract that it is about."""

    wanted: References
    facts: Facts
    places: Mapping[Key, Place]
    looked_at: frozenset[Key]
    streams: Mapping[UUID, Stream]
    series: str | None


class Sources:
    """Where facts come from."""

    def __init__(
        self,
        recorder: Recorder,
        mapper: Mapper,
        store: PersonalStore,
        pool: LogPool,
        readers: Readers = nobody,
    ) -> None:
        self.recorder = recorder
        self.mapper = mapper
        self.store = store
        self.pool = pool
        self.readers = readers
        self.streams = Streams(recorder, mapper)

    def stored(self, stream_id: UUID) -> list[StoredEvent]:
        """The stream as it is stored; empty where there is none."""
        return self.recorder.streams([stream_id])[stream_id]

    def state(self, kind: str, stored: Iterable[StoredEvent], stream_id: UUID | None = None) -> Any:
        """What the events of one stream have made of it."""
        rows = list(stored)
        begun = empty(kind, stream_id or (rows[0].stream_id if rows else None))
        return whole((self.mapper.decode(row.type, row.schema_version, row.data) for row in rows), begun)

    def gather(self, wanted: References, acting: str | None, today: date) -> Gathered:
        wanted = self._with_parties(wanted)
        known_id = self._known(wanted.iin)
        ids, keys = self._ids(wanted, acting, known_id), self._keys(wanted)
        now = self.streams.now({*ids.values()}, keys, [id_ for id_ in (wanted.student, known_id) if id_])
        found = {part: now.streams[id_].state for part, id_ in ids.items() if id_ in now.streams}
        records = {each.person_id: self.store.opened(each).record for each in now.records}
        for part in ("student", "known"):
            if part in found and found[part].id in records:
                found[part] = replace(found[part], record=records[found[part].id])
        college, places, series = found.get("college"), now.places, None
        if wanted.numbered and college:
            series = f"{college.region}-{today.year}"
            keys |= {("series", series)}
            places = {**places, **self.places([("series", series)])}
        beyond = self._beyond(found.get("successor"), today)
        streams = now.streams
        if beyond:
            streams, places = {**beyond.streams, **streams}, {**beyond.places, **places}
            keys |= beyond.looked_at
        facts = Facts(
            **found,
            beyond=beyond.facts if beyond else None,
            holds={key: holds_in(key, place) for key, place in places.items() if key[0] in HELD},
            numbers_given=_last(places.get(("series", series or ""))),
            number_taken=("number", wanted.number or "") in places,
        )
        return Gathered(wanted, facts, places, keys, streams, series)

    def _beyond(self, successor: Any, today: date) -> Gathered | None:
        """What stands around the contract that is to take the place of the one that is asked; not what
        stands around that one's own successor."""
        if successor is None:
            return None
        return self.gather(replace(successor.references, contract=None, successor=None), None, today)

    def _with_parties(self, wanted: References) -> References:
        """Of what begins about a contract: that contract's student, college and enterprise."""
        if wanted.contract is None or wanted.student:
            return wanted
        about = self.streams.now([wanted.contract]).streams.get(wanted.contract)
        if about is None or not isinstance(about.state, Contract):
            return replace(wanted, contract=None)
        found = about.state.references
        return replace(wanted, student=found.student, college=found.college, enterprise=found.enterprise)

    def places(self, keys: Collection[Key]) -> dict[Key, Place]:
        """Those of the boundaries that somebody holds."""
        return self.recorder.ask({}, keys).places if keys else {}

    def also(self, gathered: Gathered, keys: Iterable[Key]) -> Gathered:
        """With more boundaries: those that the decision turned out to give back or to take."""
        if not (more := frozenset(keys) - gathered.looked_at):
            return gathered
        found = self.places(more)
        holds = {key: holds_in(key, place) for key, place in found.items() if key[0] in HELD}
        facts = replace(gathered.facts, holds={**gathered.facts.holds, **holds})
        return replace(
            gathered, facts=facts, places={**gathered.places, **found}, looked_at=gathered.looked_at | more
        )

    @staticmethod
    def _keys(wanted: References) -> frozenset[Key]:
        held = {(kind, str(id_)) for kind in HELD if (id_ := getattr(wanted, kind))}
        return frozenset(held | {("number", wanted.number)} if wanted.number else held)

    def _known(self, iin: str | None) -> UUID | None:
        if iin is None:
            return None
        with self.pool.connection() as connection:
            return self.store.find_person(connection, iin)

    @staticmethod
    def _ids(wanted: References, acting: str | None, known: UUID | None) -> dict[str, UUID]:
        """The stream of each part that is wanted."""
        people = {
            "student": wanted.student,
            "mentor": wanted.mentor,
            "representative": wanted.representative,
            "member": wanted.member,
            "known": known,
        }
        organisations = {
            "college": wanted.college,
            "enterprise": wanted.enterprise,
            "chamber": wanted.chamber,
            "receiver": wanted.receiver,
            "acting": acting,
        }
        others = {
            "memorandum": wanted.memorandum,
            "preliminary": wanted.preliminary,
            "contract": wanted.contract,
            "claim": wanted.claim,
            "successor": wanted.successor,
        }
        return {
            **{part: id_ for part, id_ in {**people, **others}.items() if id_},
            **{part: organisation_id(bin_) for part, bin_ in organisations.items() if bin_},
        }


HELD = ("student", "mentor", "memorandum")
"""Boundaries that contracts hold; each is the name of a reference too."""


class _Held(msgspec.Struct, omit_defaults=True):
    contract: UUID
    from_on: date
    to_on: date
    detail: str | None = None


def holds_in(key: Key, place: Place) -> tuple[Hold, ...]:
    held = msgspec.json.decode(place.state, type=list[_Held])
    return tuple(Hold(*key, each.contract, each.from_on, each.to_on, each.detail) for each in held)


def as_state(holds: Iterable[Hold]) -> str | None:
    """The JSON text of a boundary with these holds; None: nobody has one."""
    return joined(map(as_held, sorted(holds)))


def as_held(hold: Hold) -> str:
    """Its part of that text. Of several contracts the parts lie in the order of the holds."""
    held = _Held(hold.contract, hold.from_on, hold.to_on, hold.detail)
    return msgspec.json.encode(held).decode()


def joined(held: Iterable[str]) -> str | None:
    return f"[{','.join(parts)}]" if (parts := [*held]) else None


def _last(place: Place | None) -> int:
    return int(msgspec.json.decode(place.state)["last"]) if place else 0
