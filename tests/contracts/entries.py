"""Contracts as entries with both their days, for questions under two clocks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from contracts.contract import Contract
from contracts.two_clocks import Entry, as_of
from tests.examples import (
    K1,
    K1_ACTIVE,
    K5_ACTIVE,
    LAW,
)

EMPTY = Contract(id=K1)
NOW = None


def recorded(*pairs):
    """Entries from events and the days on which they were recorded, at 11:00 in Almaty."""
    return [
        Entry(n, event, event.effective_on, datetime.combine(day, time(6), UTC))
        for n, (event, day) in enumerate(pairs, start=1)
    ]


def each_on(day: date, events: Iterable):
    return [(event, day) for event in events]


def on(entries, day, known_at=NOW):
    return as_of(entries, LAW, day, known_at, EMPTY)


BEGUN = [*each_on(date(2026, 8, 24), K1_ACTIVE[:-2]), *each_on(date(2026, 9, 1), K1_ACTIVE[-2:])]
BEGUN_S5 = [*each_on(date(2026, 8, 24), K5_ACTIVE[:-2]), *each_on(date(2026, 9, 1), K5_ACTIVE[-2:])]
