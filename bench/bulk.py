"""A whole log into a database, each event checked, against a bare binary COPY of the same rows into a table
with the same indexes and partitions, in as many transactions."""

from collections.abc import Iterator
from io import BytesIO
from time import monotonic

import psycopg

from api.collector import calm
from bench import lives
from bench.databases import fresh
from bench.figures import Figure, figure, interleaved
from contracts.log.bulk import ROWS, export_log, import_log
from contracts.log.derivation import ByEvents

COLUMNS = ", ".join(lives.EVENT_COLUMNS)
PARTITION = 10_000_000

RAW = f"""
CREATE TABLE raw (LIKE log.events INCLUDING ALL) PARTITION BY RANGE (position);
CREATE TABLE raw_0 PARTITION OF raw FOR VALUES FROM (0) TO ({PARTITION});
CREATE TABLE raw_1 PARTITION OF raw FOR VALUES FROM ({PARTITION}) TO ({2 * PARTITION});
CREATE TABLE raw_2 PARTITION OF raw FOR VALUES FROM ({2 * PARTITION}) TO ({3 * PARTITION})"""


def meant() -> ByEvents:
    calm()
    return lives.MEANT


def copied(server: str, parts: list[bytes], events: int) -> float:
    """Events a second."""
    with fresh(server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(RAW.encode())
        began = monotonic()
        for part in parts:
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY raw ({COLUMNS}) FROM STDIN (FORMAT BINARY)".encode()) as copy,
            ):
                copy.write(part)
        return events / (monotonic() - began)


class Import:
    """One import, measured twice: until the last event is in, and until the log is open."""

    def __init__(self, server: str, file: bytes, events: int) -> None:
        self._server, self._file, self._events = server, file, events
        self._opened = 0.0

    def events_in(self) -> float:
        """Events a second."""
        with fresh(self._server) as url:
            began = last = monotonic()

            def told(done: int, of: int) -> None:
                nonlocal last
                last = monotonic()

            import_log(url, BytesIO(self._file), meant, told)
            self._opened = self._events / (monotonic() - began)
        return self._events / (last - began)

    def opened(self) -> float:
        """Of the same import."""
        return self._opened


def figures(server: str, events: int = 200_000, rounds: int = 3) -> list[Figure]:
    with fresh(server) as url:
        events = lives.fill(url, events)
        file = BytesIO()
        export_log(url, file)
        with psycopg.connect(url) as connection:
            parts = [*_parts(connection, events)]
    moved = Import(server, file.getvalue(), events)
    found = interleaved(
        {
            "raw COPY": lambda: copied(server, parts, events),
            "import": moved.events_in,
            "opened": moved.opened,
        },
        rounds,
    )
    return [
        figure("import of a log, each event checked", "events/s", found, "import", "raw COPY", ">= 0.25"),
        figure(
            "the same until the log is open: held against what was checked, its places made",
            "events/s",
            found,
            "opened",
            "raw COPY",
            ">= 0.25",
        ),
    ]


def _parts(connection: psycopg.Connection, events: int) -> Iterator[bytes]:
    for after in range(0, events, ROWS):
        query = f"SELECT {COLUMNS} FROM log.events WHERE position > {after} AND position <= {after + ROWS}"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY ({query} ORDER BY position) TO STDOUT (FORMAT BINARY)".encode()) as copy,
        ):
            yield b"".join(copy)
