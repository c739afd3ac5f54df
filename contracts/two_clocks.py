"""The contract under both clocks: as it was in force on a day, by what was known at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.contract import Contract
from contracts.decision import Event
from contracts.law import Law
from contracts.terms import REGISTER, Clause


@dataclass(frozen=True)
class Entry:
    """An event in its stream. `effective_on` None: it counts from the day on which it was recorded."""

    version: int
    event: Event
    effective_on: date | None
    recorded_at: datetime


@dataclass(frozen=True)
class Change:
    """A clause that an entry set, with its value before and after."""

    clause: Clause
    was: Any
    now: Any
    by: Entry


def seen(entries: Iterable[Entry], law: Law, in_force_on: date, known_at: datetime | None) -> list[Entry]:
    """What had been recorded by `known_at` and holds on that day, in the order in which it holds."""
    known = [entry for entry in entries if known_at is None or entry.recorded_at <= known_at]
    holding = [(holds_from(entry, law), entry) for entry in known]
    ordered = sorted((pair for pair in holding if pair[0] <= in_force_on), key=lambda p: (p[0], p[1].version))
    return [entry for _, entry in ordered]


def holds_from(entry: Entry, law: Law) -> date:
    return entry.effective_on or law.day(entry.recorded_at)


def as_of(
    entries: Sequence[Entry], law: Law, in_force_on: date, known_at: datetime | None, empty: Contract
) -> Contract:
    """`version` is that of the newest entry that counts. With nothing known yet: `empty`."""
    contract = empty
    for entry in seen(entries, law, in_force_on, known_at):
        contract = replace(entry.event.evolve(contract), version=max(contract.version, entry.version))
    return contract


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
