"""Each decision of a log made again, under two laws, in the world that each of them has made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.ahead import outlook
from contracts.canonical import plain
from contracts.consequences import as_shown, consequences
from contracts.decision import Command, Effect, Event, Occasion, Refusal, Refused, effects
from contracts.law import Law
from contracts.lifecycle import timed
from contracts.log.replay.acts import Act
from contracts.log.replay.comparing import Difference, Outcome, details
from contracts.log.replay.world import World
from contracts.parties import Record, Role

FRESH = UUID(int=0)
"""Ids that are made anew are no part of what is compared."""


@dataclass
class Replayed:
    """`equal` of `decided` came to the same. `unlike`: positions at which the first law too decides otherwise
    than recorded. `left`: decisions of which too little is kept to make them again."""

    decided: int = 0
    equal: int = 0
    left: int = 0
    last_position: int = 0
    unlike: list[int] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True)
class _Made:
    """What a law makes of a wish: refusals, or effects and the consequences as they are shown."""

    refusals: tuple[Refusal, ...] = ()
    effects: tuple[Effect, ...] = ()
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Fired:
    """By itself, under the second law."""

    on: date
    made: _Made


def replay(
    acts: Iterable[Act], first: Law, second: Law, records: Callable[[UUID], Record | None]
) -> Replayed:
    """`records`: what the personal store knows of a person."""
    return _Replay(first, second, records).through(acts)


class _Replay:
    def __init__(self, first: Law, second: Law, records: Callable[[UUID], Record | None]) -> None:
        self.found = Replayed()
        self._first = World(first, records)
        self._second = World(second, records)
        self._fired: dict[tuple[UUID, str], _Fired] = {}
        self._late: dict[tuple[UUID, str], tuple[Act, date]] = {}

    def through(self, acts: Iterable[Act]) -> Replayed:
        for act in acts:
            self._by_itself(act.at)
            self._again(act)
            self.found.last_position = act.position + len(act.written) - 1
        for act, day in self._late.values():
            self._differs(act, Outcome.NEVER, days=(day, None))
        return self.found

    def _again(self, act: Act) -> None:
        recorded = _by_stream(act)
        if act.command is None or act.metadata.role not in set(Role):
            self.found.left += 1
            self._both(act, recorded)
            return
        self.found.decided += 1
        one = _made(self._first, act.command, act, act.stream_id, act.at)
        if one.refusals or not _same(one, recorded):
            self.found.unlike.append(act.position)
        if act.metadata.timer:
            self._timed(act, one)
        else:
            self._compared(act, one, _made(self._second, act.command, act, act.stream_id, act.at), recorded)
        for stream_id, events in recorded.items():
            self._first.happens(stream_id, events, act.at)

    def _both(self, act: Act, recorded: dict[UUID, list[Event]]) -> None:
        for world in (self._first, self._second):
            for stream_id, events in recorded.items():
                world.happens(stream_id, events, act.at)

    def _compared(self, act: Act, one: _Made, other: _Made, recorded: dict[UUID, list[Event]]) -> None:
        happened = recorded
        if other.refusals:
            self._differs(act, Outcome.REFUSED, other.refusals)
        elif one.refusals:
            self._differs(act, Outcome.GRANTED, one.refusals)
        elif found := (*details(one.shown, other.shown),):
            self._differs(act, Outcome.DIFFERS, (), found)
            happened = {
                e.stream_id: _with_ids(e.events, recorded.get(e.stream_id, [])) for e in other.effects
            }
        else:
            self.found.equal += 1
        for stream_id, events in happened.items():
            self._second.happens(stream_id, events, act.at)

    def _timed(self, act: Act, one: _Made) -> None:
        """What happened by itself has happened under the second law on its own day, does now, or will."""
        stream_id, name = act.stream_id, act.metadata.timer or ""
        due = self._second.due.get(stream_id, {}).get(name)
        if (stream_id, name) not in self._fired and due and due <= act.at:
            self._fire(act.at, stream_id, name)
        if (fired := self._fired.pop((stream_id, name), None)) is None:
            self._late[stream_id, name] = act, self._day(act)
        elif fired.on != (day := self._day(act)):
            self._differs(act, Outcome.ANOTHER_DAY, days=(day, fired.on))
        elif found := (*details(one.shown, fired.made.shown),):
            self._differs(act, Outcome.DIFFERS, (), found)
        else:
            self.found.equal += 1

    def _by_itself(self, until: datetime) -> None:
        """Everything that is due under the second law by then, in its order."""
        while due := self._second.next_due(until):
            self._fire(*due)

    def _fire(self, at: datetime, stream_id: UUID, name: str) -> None:
        """Refused, it is tried again after the next entry of its stream."""
        day = self._second.law.day(self._second.due[stream_id][name])
        made = _made(self._second, timed(name), None, stream_id, at)
        if not any(effect.events for effect in made.effects):
            return
        for effect in made.effects:
            self._second.happens(effect.stream_id, effect.events, at)
        if late := self._late.pop((stream_id, name), None):
            self._differs(late[0], Outcome.ANOTHER_DAY, days=(late[1], day))
        else:
            self._fired[stream_id, name] = _Fired(day, made)

    def _day(self, act: Act) -> date:
        """On which it was due under the first law."""
        due = self._first.due.get(act.stream_id, {}).get(act.metadata.timer or "", act.at)
        return self._first.law.day(due)

    def _differs(self, act: Act, outcome: Outcome, *more: Any, **days: Any) -> None:
        version = act.written[0].version
        self.found.differences.append(
            Difference(
                act.position, act.stream_id, version, act.at, act.metadata.command, outcome, *more, **days
            )
        )


def _made(world: World, command: Command, act: Act | None, stream_id: UUID, at: datetime) -> _Made:
    law, before = world.law, world.state(stream_id, command.stream)
    local = at.astimezone(law.zone)
    facts = world.facts(command.references(before), local.date())
    occasion = Occasion(
        act.metadata.actor if act else "deadline",
        act.role if act else Role.DEADLINE,
        act.metadata.on_behalf_of if act else None,
        local,
        law,
        facts,
        FRESH,
        act.sealed if act else {},
        outlook=outlook,
    )
    try:
        decision = command.decide(before, occasion)
    except Refused as refused:
        return _Made(refused.refusals)
    found = effects(decision, stream_id, before, lambda on: world.state(on.stream_id, on.event.stream))
    return _Made((), found, consequences(found, occasion, occasion.ahead).shown)


def _by_stream(act: Act) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for each in act.written:
        found.setdefault(each.stream_id, []).append(each.event)
    return found


def _same(made: _Made, recorded: dict[UUID, list[Event]]) -> bool:
    """Whether the same was recorded, but for ids and what is salted."""
    decided = [each for effect in made.effects for each in effect.events]
    written = [each for events in recorded.values() for each in events]
    return [*map(as_shown, decided)] == [*map(as_shown, written)]


def _with_ids(events: Iterable[Event], recorded: list[Event]) -> list[Event]:
    """The events of the second law under the ids that were recorded, which later decisions name."""
    left = list(recorded)
    found = []
    for event in events:
        like = next((each for each in left if each.type == event.type), None)
        if like is not None:
            left.remove(like)
            fields = plain(event) | {
                name: value for name, value in plain(like).items() if name in event.apart
            }
            event = msgspec.convert(fields, type(event))
        found.append(event)
    return found
