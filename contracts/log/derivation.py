"""What the tables beside the log must say, worked out from the events alone: for `check`."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.ahead import TIMERS, outlook
from contracts.canonical import canonical
from contracts.contract import Contract
from contracts.corrected import whole
from contracts.law import Law
from contracts.lifecycle import STREAMS, empty
from contracts.log.facts import as_held, joined
from contracts.log.looking import Derived, Seen
from contracts.log.mapper import Mapper
from contracts.places import holds


class ByEvents:
    def __init__(self, mapper: Mapper, law: Law, adult_on: Callable[[UUID], date | None]) -> None:
        """`adult_on`: a student's 18th birthday, from the personal store."""
        self._mapper = mapper
        self._law = law
        self._adult_on = adult_on

    def derived(self, kind: str, events: Sequence[Seen]) -> Derived:
        if STREAMS[kind] not in TIMERS:
            return Derived()
        said = (self._mapper.decode(each.type, each.schema_version, each.data) for each in events)
        state = whole(said, empty(kind, events[0].stream_id))
        written_on = self._law.day(events[-1].recorded_at)
        if not isinstance(state, Contract):
            return Derived((), self._instants(state, None, written_on))
        student = state.parties.student if state.parties and state.minor else None
        adult_on = self._adult_on(student) if student else None
        return Derived(_held(state, events[0].type), self._instants(state, adult_on, written_on))

    def _instants(self, state: Any, adult_on: date | None, written_on: date) -> dict[str, datetime]:
        timers = outlook(state, self._law, adult_on, written_on).timers
        return {timer.name: self._law.start_of(timer.on) for timer in timers}

    def state(self, kind: str, key: str, held: Sequence[str]) -> str | None:
        if not held:
            return None
        if kind == "number":
            return held[0]
        if kind == "series":
            return canonical({"last": max(int(msgspec.json.decode(member)["last"]) for member in held)})
        return joined(sorted(held))


def _held(contract: Contract, began_with: str) -> list[tuple[str, str, str]]:
    """Kind, key and member of each place that it takes."""
    held = [(hold.kind, hold.key, as_held(hold)) for hold in holds(contract)]
    if contract.number and contract.id:
        held.append(("number", contract.number, canonical({"contract": str(contract.id)})))
        if began_with == "contract.drafted":
            series, _, number = contract.number.rpartition("-")
            held.append(("series", series, canonical({"last": int(number)})))
    return held
