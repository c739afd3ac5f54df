"""The whole log out of a database and into another, part by part: the events as they stand, and the keys that
answer for them. What stands beside the events is made from them; personal data stay where they are."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from secrets import randbits
from typing import Any, BinaryIO, TypeVar

import psycopg
from psycopg import Connection
from psycopg.sql import Literal

from contracts.log.check import compared, differing, one_moment
from contracts.log.connections import LogConnection, direct
from contracts.log.errors import LogError
from contracts.log.failures import meaning
from contracts.log.logfile import Events, Keys, Log, Reader, Writer
from contracts.log.looking import Report, SealedEvent, lines
from contracts.log.recorder import StoredEvent, columns
from contracts.log.sequencer import LEADER
from contracts.log.spread import Crew, Means, crew

ROWS = 5_000
"""Events a part, and so a transaction of an import. Keys too."""

BATCH = 1_000
"""Boundaries in memory at once."""

T = TypeVar("T")
Part = Events | Keys

Told = Callable[[int, int], object]
"""Hears how many events are done by now, and of how many."""


class NotImported(LogError):
    """Says why. What was imported before stays, and the right file goes on behind it."""


class Unfinished(LogError):
    """An import into this database has begun and not ended."""


def finished(connection: Connection[Any]) -> None:
    """Raises Unfinished."""
    [[closed]] = connection.execute("SELECT log.closed_v1()")
    if closed:
        raise Unfinished("an import into this log has not ended: `kelisim import-log` with its file goes on")


# Out

EVENTS = f"""
SELECT {", ".join(StoredEvent._fields)}, CASE WHEN stream_version = 1 THEN
    (SELECT kind FROM log.streams WHERE streams.stream_id = events.stream_id) END AS kind
FROM log.events WHERE position <= {{mark}}"""

KEYS = """
SELECT key, request_hash, stream_id, last_version, versions, answer, recorded_at, confirmed
FROM log.idempotency WHERE {mark} >= (
    SELECT max(position)
    FROM json_each_text(coalesce(versions, json_build_object(stream_id, last_version))) AS reached
    JOIN log.events e ON e.stream_id = reached.key::uuid AND e.stream_version = reached.value::integer)"""


def export_log(url: str, file: BinaryIO, told: Told = lambda done, of: None) -> Log:
    """As it is at one moment, up to the mark. `url`: a direct connection, as whoever administers. Raises
    Unfinished."""
    with direct(url, None) as connection:
        finished(connection)
        connection.execute("SELECT log.advance_v1()")
        with one_moment(connection):
            [[mark]] = connection.execute("SELECT position FROM log.mark")
            [[events]] = connection.execute("SELECT count(*) FROM log.events WHERE position <= %s", [mark])
            writer = Writer(file, log := Log(events, mark))
            done = 0
            for rows, copied, after, upto in _parts(connection, EVENTS.format(mark=mark), "position", 0):
                writer.events(rows, copied, after, upto)
                told(done := done + rows, events)
            for rows, copied, *_ in _parts(connection, KEYS.format(mark=mark), "key", ""):
                writer.keys(rows, copied)
            writer.end()
    return log


def _parts(
    connection: Connection[Any], query: str, column: str, after: Any
) -> Iterator[tuple[int, bytes, Any, Any]]:
    """How many rows, the rows, and above what and up to what they lie in that column."""
    while True:
        above = Literal(after).as_string(connection)
        part = f"SELECT * FROM ({query}) AS every WHERE {column} > {above} ORDER BY {column} LIMIT {ROWS}"
        [[rows, upto]] = connection.execute(f"SELECT count(*), max({column}) FROM ({part}) AS part".encode())
        if not rows:
            return
        with connection.cursor() as cursor, cursor.copy(_binary(f"({part}) TO STDOUT")) as copy:
            copied = b"".join(copy)
        yield rows, copied, after, upto
        after = upto


# In

SET_BOUNDARIES = """
DELETE FROM log.boundary b USING pg_temp.wanted w WHERE w.state IS NULL AND b.kind = w.kind AND b.key = w.key;
INSERT INTO log.boundary (kind, key, version, state)
SELECT kind, key, nextval('log.boundary_seq'), state FROM pg_temp.wanted WHERE state IS NOT NULL
ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, state = excluded.state"""


SEAL = f"""
SELECT count(*), coalesce(bit_xor(hash_record_extended(row(
    {columns(StoredEvent._fields)}), {{salt}})), 0) FROM {{rows}}"""
"""Of rows, in whatever order. Nobody knows the salt before: whatever stands elsewhere or otherwise afterwards
brings another seal, but for a chance of 1 in 2^64."""


SET_TIMERS = """
UPDATE log.streams s SET timers = t.timers, due_at = t.due_at
FROM pg_temp.timed t WHERE t.stream_id = s.stream_id"""


class Seal:
    """Of all that the file has at its places, each event of which was checked as it came."""

    def __init__(self) -> None:
        self._salt = randbits(62)
        self._rows, self._seal = 0, 0

    def add(self, lane: LogConnection) -> None:
        rows, seal = self._of(lane, "staged")
        self._rows, self._seal = self._rows + rows, self._seal ^ seal

    def holds(self, connection: LogConnection, upto: int) -> bool:
        """Whether the log is all that, and nothing else, up to there."""
        return self._of(connection, f"log.events WHERE position <= {upto}") == (self._rows, self._seal)

    def _of(self, connection: LogConnection, rows: str) -> tuple[int, int]:
        [[count, seal]] = connection.execute(SEAL.format(salt=self._salt, rows=rows).encode())
        return count, seal


def import_log(url: str, file: BinaryIO, means: Means, told: Told = lambda done, of: None) -> Report:
    """Into an empty log, or one that is how this one began. `url` as for an export. Raises NotImported and
    NotWhole: then nobody can append until an import has come to its end, if it had added anything."""
    reader, sealed, done = Reader(file), Seal(), 0
    half = reader.log.events // 2
    with (
        crew(url, means) as hands,
        _lane(url) as connection,
        _lane(url) as other,
        ThreadPoolExecutor(1) as thread,
        _in_words(),
    ):
        [[alone]] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", LEADER)
        if not alone:
            raise NotImported("a service runs on this database: stop it first")
        for lane, part in _one_ahead(thread, _staged(reader, sealed, connection, other)):
            _take(lane, part)
            before, done = done, done + part.rows
            if before <= half < done:
                hands.gather()
            told(done, reader.log.events)
        connection.execute("SELECT log.reach_v1(%s)", [reader.log.position])
        analyzed = thread.submit(other.execute, "ANALYZE log.events, log.streams")
        report = _opened(connection, hands, means, sealed, reader.log.position)
        analyzed.result()
        connection.execute("SELECT log.advance_v1()")
    return report


def _lane(url: str) -> LogConnection:
    connection = direct(url, None)
    connection.execute("SET lock_timeout = '2s'")
    connection.execute("SELECT log.stage_v1()")
    connection.execute("CREATE TEMPORARY TABLE staged_keys (LIKE log.idempotency) ON COMMIT DELETE ROWS")
    return connection


def _staged(reader: Reader, sealed: Seal, *lanes: LogConnection) -> Iterator[tuple[LogConnection, Part]]:
    """Each part, on lanes by turns, in a transaction that has only looked at its rows one by one."""
    for lane, (part, copied) in zip(cycle(lanes), reader.parts(), strict=False):
        lane.execute("BEGIN")
        table = "staged" if isinstance(part, Events) else "staged_keys"
        with lane.cursor() as cursor, cursor.copy(_binary(f"{table} FROM STDIN")) as copy:
            copy.write(copied)
        if isinstance(part, Events):
            sealed.add(lane)
        yield lane, part


def _one_ahead(thread: ThreadPoolExecutor, items: Iterator[T]) -> Iterator[T]:
    """While one is worked on, the next is made ready."""
    coming = thread.submit(next, items, None)
    while (item := coming.result()) is not None:
        coming = thread.submit(next, items, None)
        yield item


def _take(lane: LogConnection, part: Part) -> None:
    if isinstance(part, Events):
        lane.execute("SELECT log.import_v1(%s, %s)", [part.after, part.upto])
        lane.execute("COMMIT")
        lane.execute("SELECT log.reach_v1(%s)", [part.upto])
    else:
        lane.execute("INSERT INTO log.idempotency SELECT * FROM staged_keys ON CONFLICT DO NOTHING")
        lane.execute("COMMIT")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except psycopg.errors.LockNotAvailable as error:
        raise NotImported("somebody writes to this log: stop them first") from error
    except psycopg.errors.CheckViolation as error:
        # "Failing row contains (position, stream_id, stream_version, ...": no more of it goes out.
        _, stream_id, version = (error.diag.message_detail or "(,,").partition("(")[2].split(", ")[:3]
        raise NotImported(
            f"stream {stream_id} version {version}: wrong {error.diag.constraint_name}"
        ) from error
    except psycopg.Error as error:
        if error.sqlstate in ("KL008", "KL009"):
            raise NotImported(f"{error.diag.message_primary}: {error.diag.message_detail}") from error
        raise meaning(error) or error from error


def _opened(connection: LogConnection, hands: Crew, means: Means, sealed: Seal, upto: int) -> Report:
    """Checks all of it as `kelisim check` does, but for boundaries and timers, which come to say what the
    events do; and for the hashes of a log that is still what was checked as it came."""
    with one_moment(connection):
        held = sealed.holds(connection, upto)
        [[beyond]] = connection.execute("SELECT max(position) > %s FROM log.events", [upto])
        looked = hands.look(connection, SealedEvent if held and not beyond else StoredEvent)
        derivation = means()
        report = compared(connection, None, looked)
        if wrong := [each for each in report.findings if each.what != "timer"]:
            raise NotImported(f"{len(wrong)} findings, the first of them: {wrong[0]}")
        if not held:
            raise NotImported("the log is not what came from the file")
        _note(connection, differing(connection, derivation))
        connection.execute(SET_BOUNDARIES)
        connection.execute(SET_TIMERS)
        connection.execute("SELECT log.let_append_v1(true)")
    return Report(report.streams, report.events)


def _note(connection: LogConnection, places: Iterator[tuple[str, str, str | None]]) -> None:
    connection.execute(
        """CREATE TEMPORARY TABLE wanted (kind text COLLATE "C", key text COLLATE "C", state json)
           ON COMMIT DROP"""
    )
    while some := [*islice(places, BATCH)]:
        with connection.cursor() as cursor, cursor.copy("COPY pg_temp.wanted FROM STDIN") as copy:
            copy.write(lines(some))


def _binary(what: str) -> bytes:
    return f"COPY {what} (FORMAT BINARY)".encode()
