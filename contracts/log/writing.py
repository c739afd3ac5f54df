"""What a decision writes: events, and in the same append who is told, places, timers and personal rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from contracts.ahead import TIMERS
from contracts.asked import unsaid
from contracts.canonical import canonical
from contracts.consequences import Notice, Timer
from contracts.contract import Contract
from contracts.decision import Effect, Event
from contracts.law import Law
from contracts.log.deciding import Decided
from contracts.log.facts import as_state
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.log.recorder import Append, Appended, Boundary, Head, NewEvent
from contracts.log.sealing import personal_fields
from contracts.log.wishes import Granted
from contracts.places import holds


def to_append(decided: Decided, law: Law, mapper: Mapper, application: str) -> Append | None:
    """None: there is nothing to write, and no key to be remembered."""
    wish = decided.wish
    written = [*zip(decided.effects, decided.consequences.brought, strict=True)]
    if any(effect.events for effect in decided.effects):
        written = [(effect, brought) for effect, brought in written if effect.events]
    elif wish.key is None:
        return None
    events = [
        NewEvent(
            effect.stream_id,
            uuid7(),
            event.type,
            event.schema,
            mapper.encode(event),
            event.effective_on,
            told,
        )
        for effect, brought in written
        for event, told in _told(effect.events, brought.notices)
    ]
    return Append(
        heads=[_head(decided, effect, brought.timers, law) for effect, brought in written],
        events=events,
        metadata=_metadata(decided, law, application),
        key=wish.key,
        request_hash=wish.request_hash,
        boundaries=_boundaries(decided),
        answer=_answer(decided) if wish.key else None,
        personal=decided.envelope.rows_of(event.data for event in events),
        not_after=law.end_of_day(decided.occasion.today),
    )


def _head(decided: Decided, effect: Effect, timers: Iterable[Timer], law: Law) -> Head:
    """With all timers that run once it is written, where the stream may have some."""
    instants = {timer.name: law.start_of(timer.on) for timer in timers}
    run = instants if type(effect.after) in TIMERS else None
    if (stream := decided.gathered.streams.get(effect.stream_id)) is None:
        kind = effect.events[0].stream if effect.events else decided.wish.command.stream
        return Head(effect.stream_id, kind, 0, timers=run)
    return Head(effect.stream_id, stream.kind, stream.version, stream.hash, run)


def granted(decided: Decided, position: int | None, recorded_at: Any, version: int) -> Granted:
    return Granted(
        decided.own.stream_id,
        version,
        position,
        recorded_at,
        decided.shown,
        decided.consequences.shown,
        decided.consequences.digest,
        begun=decided.own.before.version == 0 and bool(decided.own.events),
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
    answer = granted(decided, None, None, decided.own.after.version)
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
        "law": law.version_on(_holds_from(decided)),
        "wish": unsaid(
            wish.command,
            (event for effect in decided.effects for event in effect.events),
            personal_fields(wish.command.type),
            decided.envelope.commitments,
        )
        or None,
        "application": application,
    }
    return {name: value for name, value in found.items() if value is not None}


def _holds_from(decided: Decided) -> date:
    """The day from which the first of its events holds in law, else the day on which it was decided."""
    effective = (event.effective_on for effect in decided.effects for event in effect.events)
    return next((day for day in effective if day), decided.occasion.today)


def _boundaries(decided: Decided) -> list[Boundary]:
    """Every place that a contract takes or gives back, with all who hold it afterwards."""
    contracts = [effect for effect in decided.effects if isinstance(effect.after, Contract)]
    was = {hold for effect in contracts for hold in holds(effect.before)}
    now = {hold for effect in contracts for hold in holds(effect.after)}
    moved = {effect.stream_id for effect in contracts}
    places, held = decided.gathered.places, decided.gathered.facts.holds
    boundaries = []
    for key in sorted({(hold.kind, hold.key) for hold in was ^ now}):
        others = [hold for hold in held.get(key, ()) if hold.contract not in moved]
        mine = [hold for hold in now if (hold.kind, hold.key) == key]
        place = places.get(key)
        state = as_state([*others, *mine])
        if place or state:
            boundaries.append(Boundary(*key, place.version if place else None, state))
    return [*boundaries, *_number(decided)]


def _number(decided: Decided) -> list[Boundary]:
    """A number is given once; the series knows the last one. One that was mistyped is given back."""
    own, series = decided.own, decided.gathered.series
    if not isinstance(own.after, Contract):
        return []
    number = own.after.number
    if number in (None, own.before.number):
        return []
    taken = [Boundary("number", number, None, canonical({"contract": str(own.stream_id)}))]
    if held := decided.gathered.places.get(("number", own.before.number or "")):
        return [*taken, Boundary("number", own.before.number, held.version, None)]
    if series is None:
        return taken
    place = decided.gathered.places.get(("series", series))
    last = decided.gathered.facts.numbers_given + 1
    return [*taken, Boundary("series", series, place.version if place else None, canonical({"last": last}))]


def _told(events: Sequence[Event], notices: Sequence[Notice]) -> Iterator[tuple[Event, list[dict[str, str]]]]:
    """Each event with those who are told of it."""
    for n, event in enumerate(events):
        about = [notice for notice in notices if notice.nth == n]
        yield event, [{"id": str(uuid7()), "role": each.role.value, "ref": each.ref} for each in about]
