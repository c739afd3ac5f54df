"""The contract under both clocks: as it was in force on a day, by what was known at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from contracts.contract import Contract
from contracts.corrected import CorrectionMade, read
from contracts.decision import Event
from contracts.law import Law
from contracts.terms import REGISTER, Clause
from contracts.values import replace

State = TypeVar("State")


@dataclass(frozen=True)
class Entry:
    """An event in its stream. `effective_on` None: it counts from the day on which it was recorded.
    `said_by`: the version of the correction by which it says what it says."""

    version: int
    event: Event
    effective_on: date | None
    recorded_at: datetime
    said_by: int | None = None


@dataclass(frozen=True)
class Change:
    """A clause that an entry set, with its value before and after."""

    clause: Clause
    was: Any
    now: Any
    by: Entry


def seen(entries: Iterable[Entry], law: Law, in_force_on: date, known_at: datetime | None) -> list[Entry]:
    """What had been recorded by `known_at` and holds on that day, in the order in which it holds."""
    return [e for e in _in_order(entries, law, in_force_on, known_at) if holds_from(e, law) <= in_force_on]


def holds_from(entry: Entry, law: Law) -> date:
    return entry.effective_on or law.day(entry.recorded_at)


def as_of(
    entries: Iterable[Entry], law: Law, in_force_on: date, known_at: datetime | None, empty: State
) -> State:
    """Of a contract, or of what rests on one. `version` is that of the newest entry that counts. With nothing
    known yet: `empty`."""
    state: Any = empty
    for entry in _in_order(entries, law, in_force_on, known_at):
        holds = holds_from(entry, law) <= in_force_on
        after = entry.event.evolve(state) if holds else entry.event.announce(state)
        state = replace(after, version=max(state.version, entry.version))
    found: State = state
    return found


def _in_order(
    entries: Iterable[Entry], law: Law, in_force_on: date, known_at: datetime | None
) -> list[Entry]:
    """What had been recorded by `known_at` and counts on that day: because it holds, or because it is agreed
    and still to come. It stands as it was recorded, for an entry builds on those before it, however far back
    it is dated; only a change of a clause that holds stands at its very day."""
    known = sorted(known_by(entries, known_at), key=lambda e: -e.version)
    ordered: list[tuple[date, int, Entry]] = []
    earliest_after = date.max
    for entry in known:
        holds, recorded = holds_from(entry, law), law.day(entry.recorded_at)
        earliest_after = min(earliest_after, holds)
        if min(holds, recorded) <= in_force_on:
            stands = holds if entry.event.waits and holds <= in_force_on else min(earliest_after, recorded)
            ordered.append((stands, entry.version, entry))
    return [entry for _, _, entry in sorted(ordered, key=lambda found: found[:2])]


def known_by(entries: Iterable[Entry], known_at: datetime | None) -> list[Entry]:
    """What had been recorded by then, as it should have been by what was known then: without what was known
    to be wrong."""
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    if not any(isinstance(entry.event, CorrectionMade) for entry in known):
        return known
    found = read({entry.version: entry.event for entry in known})
    return [_saying(entry, event, found.by) for entry in known if (event := found.says[entry.version])]


def _saying(entry: Entry, event: Event, by: Mapping[int, int]) -> Entry:
    if event is entry.event:
        return entry
    return replace(entry, event=event, effective_on=event.effective_on, said_by=by[entry.version])


@dataclass(frozen=True)
class Moment:
    """As it was in force on a day, by what was known at an instant; None: by all."""

    in_force_on: date
    known_at: datetime | None


def because(
    clause: Clause, entries: Sequence[Entry], law: Law, first: Moment, second: Moment
) -> Entry | None:
    """The entry by which the clause is another one at the second moment: one that set it, or one that says
    that our record was wrong."""
    by_version = {entry.version: entry for entry in entries}

    def set_by(at: Moment) -> Entry | None:
        counted = seen(entries, law, at.in_force_on, at.known_at)
        made = [change.by for change in changes(counted, Contract()) if change.clause is clause]
        return made[-1] if made else None

    was, now = set_by(first), set_by(second)
    known = {
        e.version: e.event for e in entries if second.known_at is None or e.recorded_at <= second.known_at
    }
    corrected = read(known).by.get(was.version) if was else None
    if corrected and was and was.said_by != corrected:
        return by_version[corrected]
    return by_version[now.said_by] if now and now.said_by else now or was


def changes(entries: Iterable[Entry], empty: Contract) -> list[Change]:
    """Each clause that each of the entries set, in their order: what blame and compare are made of."""
    found: list[Change] = []
    contract = empty
    for entry in entries:
        after: Contract = entry.event.evolve(contract)
        for clause in REGISTER:
            was, now = getattr(contract.terms, clause.field), getattr(after.terms, clause.field)
            if was != now:
                found.append(Change(clause, was, now, entry))
        contract = after
    return found
