"""All streams as a law has made them, in memory: what a decision of that day could know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import Any
from uuid import UUID

from contracts.ahead import TIMERS, outlook
from contracts.contract import Contract
from contracts.corrected import onwards
from contracts.decision import Event
from contracts.facts import Facts
from contracts.law import Law
from contracts.lifecycle import empty
from contracts.log.facts import HELD, organisation_id
from contracts.parties import Person, Record, References
from contracts.places import Hold, holds
from contracts.values import replace

Key = tuple[str, str]
AGAIN = timedelta(minutes=1)
"""After an entry, until what was refused to a timer is tried again: what was recorded meanwhile was first."""
ORGANISATIONS = ("college", "enterprise", "receiver")


@dataclass
class World:
    """`records`: what is known of a person in the personal store; None where it was erased."""

    law: Law
    records: Callable[[UUID], Record | None]
    states: dict[UUID, Any] = field(default_factory=dict)
    said: dict[UUID, list[Event]] = field(default_factory=dict)
    due: dict[UUID, dict[str, datetime]] = field(default_factory=dict)
    held: dict[Key, dict[UUID, Hold]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    series: dict[str, int] = field(default_factory=dict)
    _waiting: list[tuple[datetime, UUID, str]] = field(default_factory=list)

    def state(self, stream_id: UUID, kind: str) -> Any:
        found = self.states.get(stream_id)
        return empty(kind, stream_id) if found is None else found

    def happens(self, stream_id: UUID, events: Iterable[Event], at: datetime) -> None:
        recorded, past = [*events], self.said.setdefault(stream_id, [])
        before = self.states.get(stream_id)
        after = before
        if recorded:
            begun = empty(recorded[0].stream, stream_id)
            after = onwards(past, recorded, begun if before is None else before, begun)
        past += recorded
        self.states[stream_id] = after
        if isinstance(after, Contract):
            self._places(stream_id, before, after)
        if type(after) in TIMERS:
            today = self.law.day(at)
            found = outlook(after, self.law, self._adult_on(after, today), today).timers
            self.due[stream_id] = {timer.name: self.law.start_of(timer.on) for timer in found}
            for name, due in self.due[stream_id].items():
                heappush(self._waiting, (due if due > at else at + AGAIN, stream_id, name))

    def next_due(self, until: datetime) -> tuple[datetime, UUID, str] | None:
        """Of the timers that run and are to be tried by then the earliest; each is told once until its stream
        has another entry."""
        while self._waiting and self._waiting[0][0] <= until:
            at, stream_id, name = heappop(self._waiting)
            if (due := self.due[stream_id].get(name)) and due <= at:
                return at, stream_id, name
        return None

    def _places(self, stream_id: UUID, before: Contract | None, after: Contract) -> None:
        for hold in holds(before) if before else ():
            self.held.get((hold.kind, hold.key), {}).pop(stream_id, None)
        for hold in holds(after):
            self.held.setdefault((hold.kind, hold.key), {})[stream_id] = hold
        if after.number and (before is None or before.number is None):
            self.numbers.add(after.number)
            series, _, last = after.number.rpartition("-")
            if last.isdecimal():
                self.series[series] = max(self.series.get(series, 0), int(last))

    def _adult_on(self, state: Any, today: date) -> date | None:
        if not isinstance(state, Contract) or state.parties is None or not state.minor:
            return None
        record = self.records(state.parties.student)
        return self.law.adult_on(record.born_on, today) if record else None

    def facts(self, wanted: References, today: date) -> Facts:
        """As they are looked at when a wish is decided."""
        found = {name: self.states[id_] for name, id_ in _ids(wanted) if id_ in self.states}
        if isinstance(student := found.get("student"), Person) and student.id:
            found["student"] = replace(student, record=self.records(student.id))
        college = found.get("college")
        series = f"{college.region}-{today.year}" if wanted.numbered and college else ""
        successor = found.get("successor")
        around = replace(successor.references, contract=None, successor=None) if successor else None
        return Facts(
            **found,
            beyond=self.facts(around, today) if around else None,
            holds={key: tuple(sorted(self.held.get(key, {}).values())) for key in _keys(wanted)},
            numbers_given=self.series.get(series, 0),
            number_taken=wanted.number in self.numbers,
        )


def _ids(wanted: References) -> Iterator[tuple[str, UUID]]:
    for each in fields(wanted):
        value = getattr(wanted, each.name)
        if isinstance(value, UUID):
            yield each.name, value
        elif value and each.name in ORGANISATIONS:
            yield each.name, organisation_id(value)


def _keys(wanted: References) -> list[Key]:
    return [(kind, str(id_)) for kind in HELD if (id_ := getattr(wanted, kind))]
