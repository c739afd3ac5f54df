"""What the tests of the log append, and how they look at all that an append may touch."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import psycopg

from contracts.log import Append, Boundary, Head, NewEvent, Recorder, connect
from contracts.log.ids import uuid7

METADATA = {"actor": "person:01980000-0000-7000-8000-0000000000a1", "command": "sign", "law": "kz/2026-11"}
HASH = bytes(range(32))
DUE = datetime(2027, 1, 14, 19, tzinfo=UTC)


@dataclass(frozen=True)
class Signed:
    type: ClassVar[str] = "contract.signed"
    schema: ClassVar[int] = 1
    sparse: ClassVar[bool] = False
    party: str
    on: date


NOTICE = {
    "id": "01980000-0000-7000-8000-0000000000b1",
    "role": "student",
    "ref": "person:01980000-0000-7000-8000-0000000000a1",
}


def event(stream, said='Договор «№ 1» \\ "ok"', effective_on=date(2026, 9, 1), notices=()):
    data = json.dumps({"said": said}, ensure_ascii=False)
    return NewEvent(stream, uuid7(), "contract.signed", 1, data, effective_on, notices)


def plain(stream, expected=0, events=1, timers=None, **parts):
    """Only events."""
    head = Head(stream, "contract", expected, timers=timers)
    return Append([head], [event(stream) for _ in range(events)], METADATA, **parts)


def full(stream, expected=0, key=None, **parts):
    """Everything that one append can hold, but for personal data."""
    every = {
        "key": key or f"person:a1:{stream}:{expected}",
        "request_hash": HASH,
        "boundaries": [Boundary("student", f"{stream}:{expected}", None, '[{"until":"2027-06-30"}]')],
        "timers": {f"lapse:{expected}": DUE},
        "answer": '{"events": [],  "consequences": {}}',
    }
    return plain(stream, expected, **(every | parts))


@contextmanager
def recorder(database, **settings):
    with connect(database, **settings) as pool:
        yield Recorder(pool)


TABLES = ("events", "streams", "idempotency", "boundary")


def tables(database):
    """Every row of every table that an append writes to."""
    with psycopg.connect(database) as connection:
        return {
            table: sorted(row for (row,) in connection.execute(f"SELECT t::text FROM log.{table} t"))
            for table in TABLES
        }
