"""How large the tables beside the events grow when their rows change and go again and again, with autovacuum
and without."""

from dataclasses import dataclass
from itertools import count

import psycopg
from msgspec.structs import replace

from bench.appends import full
from bench.databases import fresh
from bench.disturbing import Disturbance, in_peace, repeated
from bench.writers import Write, rate
from contracts.log import Boundary, Recorder, connect
from contracts.log.ids import uuid7
from contracts.log.vitals import tables

WRITERS = 16
STREAMS = 64
"""A writer's own, in turn."""
SLICE, SLICES = 10, 6
"""Seconds; the first is the beginning."""

CHANGING = ("streams", "idempotency", "boundary")
FORGET = "DELETE FROM log.idempotency WHERE recorded_at < log.now_v1() - interval '10 seconds'"
"""In earnest a key is kept for 30 days."""

SIZES = """
SELECT c.relname, pg_relation_size(c.oid)
FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE coalesce(i.indrelid, c.oid) = ANY(%s::text[]::regclass[])
ORDER BY coalesce(i.indrelid, c.oid)::regclass::text, c.relkind DESC, c.relname"""


@dataclass(frozen=True)
class Grown:
    """`before`, `after`: bytes of each table and index. `dead`: rows of each table at the end."""

    appends: int
    before: dict[str, int]
    after: dict[str, int]
    dead: dict[str, int]


def changing(recorder: Recorder) -> Write:
    """Heads move on, each takes its place once more and sets its timer anew, keys come and are forgotten."""
    streams, place = [uuid7() for _ in range(STREAMS)], Boundary("student", "", None, "[]")

    def write(n: int) -> None:
        stream, version = streams[n % STREAMS], n // STREAMS
        key = ("student", str(stream))
        held = recorder.ask({}, [key]).places.get(key)
        moved = replace(place, key=key[1], expected=held.version if held else None)
        recorder.append(replace(full(stream, version), boundaries=[moved]))

    return write


def going_on(write: Write) -> Write:
    """From where it was when the clock was stopped."""
    numbers = count()
    return lambda _: write(next(numbers))


def grown(server: str, autovacuum: bool = True, beside: Disturbance = in_peace) -> Grown:
    """`beside`: goes on all the while."""
    with fresh(server) as url, connect(url, size=WRITERS) as pool:
        with psycopg.connect(url, autocommit=True) as owner:
            for table in CHANGING:
                owner.execute(f"ALTER TABLE log.{table} SET (autovacuum_enabled = {autovacuum})".encode())
        writes = [going_on(changing(Recorder(pool))) for _ in range(WRITERS)]
        with repeated(url, FORGET, pause=1), beside(url):
            rates = [rate(WRITERS, SLICE, writes.__getitem__)]
            before = sizes(url)
            rates += [rate(WRITERS, SLICE, writes.__getitem__) for _ in range(SLICES - 1)]
        with psycopg.connect(url) as connection:
            dead = {table.name: table.dead_rows for table in tables(connection)}
        return Grown(int(sum(rates) * SLICE), before, sizes(url), dead)


def sizes(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        return dict(connection.execute(SIZES, [[f"log.{table}" for table in CHANGING]]).fetchall())
