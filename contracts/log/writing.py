"""What a decision writes: events, and in the same append who is told, places, timers and personal rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.canonical import canonical
from contracts.contract import Contract
from contracts.law import Law
from contracts.log.deciding import Decided
from contracts.log.facts import as_state
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.log.recorder import Append, Appended, Boundary, Head, NewEvent
from contracts.log.streams import Stream
from contracts.log.wishes import Granted
from contracts.places import holds


def to_append(decided: Decided, law: Law, mapper: Mapper, application: str) -> Append | None:
    """None: there is nothing to write, and no key to be remembered."""
    wish, stream_id = decided.wish, decided.stream_id
    told = _told(decided)
    own = [(stream_id, event, told.get(n, ())) for n, event in enumerate(decided.own)]
    written = [*own, *((on.stream_id, on.event, ()) for on in decided.others)]
    if not written and wish.key is None:
        return None
    events = [
        NewEvent(id_, uuid7(), event.type, event.schema, mapper.encode(event), event.effective_on, notices)
        for id_, event, notices in written
    ]
    head = _head(stream_id, wish.command.stream, decided.stream, _timers(decided, law))
    heads = {stream_id: head} if own or not written else {}
    for on in decided.others:
        beside = decided.gathered.streams.get(on.stream_id)
        heads.setdefault(on.stream_id, _head(on.stream_id, on.event.stream, beside))
    return Append(
        heads=list(heads.values()),
        events=events,
        metadata=_metadata(decided, law, application),
        key=wish.key,
        request_hash=wish.request_hash,
        boundaries=_boundaries(decided),
        answer=_answer(decided) if wish.key else None,
        personal=decided.envelope.rows_of(event.data for event in events),
        not_after=law.end_of_day(decided.occasion.today),
    )


def _head(
    stream_id: UUID, kind: str, stream: Stream | None, timers: Mapping[str, datetime] | None = None
) -> Head:
    if stream is None:
        return Head(stream_id, kind, 0, timers=timers)
    return Head(stream_id, kind, stream.version, stream.hash, timers)


def granted(decided: Decided, position: int | None, recorded_at: Any, version: int) -> Granted:
    return Granted(
        decided.stream_id,
        version,
        position,
        recorded_at,
        decided.shown,
        decided.consequences.shown,
        decided.consequences.digest,
        begun=decided.before.version == 0 and bool(decided.own),
    )


def again(appended: Appended) -> Granted:
    """The answer to a key that was used before, as it was given."""
    answer = msgspec.json.decode(appended.answer or "{}")
    stream_id = UUID(answer["id"])
    version = appended.versions.get(stream_id, answer["version"])
    return Granted(
        stream_id,
        version,
        appended.position,
        appended.recorded_at,
        answer["events"],
        answer["consequences"],
        answer["digest"],
        begun=answer["begun"],
        replayed=True,
    )


def _answer(decided: Decided) -> str:
    answer = granted(decided, None, None, decided.after.version)
    return canonical(
        {
            "id": str(answer.stream_id),
            "version": answer.version,
            "events": answer.events,
            "consequences": answer.consequences,
            "digest": answer.digest,
            "begun": answer.begun,
        }
    )


def _metadata(decided: Decided, law: Law, application: str) -> dict[str, Any]:
    wish = decided.wish
    found = {
        "actor": decided.occasion.actor,
        "on_behalf_of": wish.on_behalf_of,
        "role": decided.occasion.role.value,
        "command": wish.command.type,
        "correlation": wish.request_id or None,
        "causation": wish.causation,
        "key": wish.key,
        "timer": wish.timer,
        "law": law.version,
        "application": application,
    }
    return {name: value for name, value in found.items() if value is not None}


def _boundaries(decided: Decided) -> list[Boundary]:
    if not isinstance(decided.after, Contract):
        return []
    was, now = set(holds(decided.before)), set(holds(decided.after))
    changed = sorted({(hold.kind, hold.key) for hold in was ^ now})
    places, held = decided.gathered.places, decided.gathered.facts.holds
    boundaries = []
    for key in changed:
        others = [hold for hold in held.get(key, ()) if hold.contract != decided.stream_id]
        mine = [hold for hold in now if (hold.kind, hold.key) == key]
        place = places.get(key)
        state = as_state([*others, *mine])
        if place or state:
            boundaries.append(Boundary(*key, place.version if place else None, state))
    return [*boundaries, *_number(decided)]


def _number(decided: Decided) -> list[Boundary]:
    """A number is given once; the series knows the last one."""
    number, series = decided.after.number, decided.gathered.series
    if decided.before.number or number is None:
        return []
    taken = [Boundary("number", number, None, canonical({"contract": str(decided.stream_id)}))]
    if series is None:
        return taken
    place = decided.gathered.places.get(("series", series))
    last = decided.gathered.facts.numbers_given + 1
    return [*taken, Boundary("series", series, place.version if place else None, canonical({"last": last}))]


def _timers(decided: Decided, law: Law) -> dict[str, datetime] | None:
    """All that run once it is written."""
    timers = decided.consequences.timers
    return None if timers is None else {timer.name: law.start_of(timer.on) for timer in timers}


def _told(decided: Decided) -> dict[int, list[dict[str, str]]]:
    """Who is told of which of the stream's own events."""
    last = {event.type: n for n, event in enumerate(decided.own)}
    told: dict[int, list[dict[str, str]]] = {}
    for notice in decided.consequences.notices:
        told.setdefault(last[notice.name], []).append(
            {"id": str(uuid7()), "role": notice.role.value, "ref": notice.ref}
        )
    return told
