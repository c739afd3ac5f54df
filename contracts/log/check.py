"""Whether the log is whole: every stream's versions and hash chain, and whether what stands beside the events
(heads, boundaries, timers, keys) says what they say."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from psycopg import Connection

from contracts.log.appending import timers_text
from contracts.log.looking import Derivation, Finding, Looked, Report, looked_at, rows, spans

PLACES = 100
"""Boundaries in memory at once: of each all that is held of it is there."""


def check(connection: Connection[Any], derivation: Derivation | None = None) -> Report:
    """All of it as it is at one moment, in constant memory but for the findings."""
    with one_moment(connection):
        looked = (looked_at(connection, derivation, span) for span in spans(connection))
        return compared(connection, derivation, looked)


@contextmanager
def one_moment(connection: Connection[Any], snapshot: str | None = None) -> Iterator[None]:
    """A transaction that sees the log as it is now, or as the one that exported `snapshot` does."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if snapshot:
            connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'".encode())
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def compared(connection: Connection[Any], derivation: Derivation | None, looked: Iterable[Looked]) -> Report:
    """`looked`: at every span. Without a derivation boundaries are left as they are."""
    report = Report()
    _collect(connection, report, looked)
    report.findings += _keys(connection)
    if derivation:
        report.findings += (
            Finding("boundary", where=f"{kind} {key}") for kind, key, _ in differing(connection, derivation)
        )
    return report


def _collect(connection: Connection[Any], report: Report, looked: Iterable[Looked]) -> None:
    """Adds up what was found, and gathers in tables of the session the places that are held, and the timers
    that stand wrong."""
    connection.execute(
        """CREATE TEMPORARY TABLE held (kind text COLLATE "C", key text COLLATE "C", member text COLLATE "C")
           ON COMMIT DROP;
           CREATE TEMPORARY TABLE timed (stream_id uuid, timers json, due_at timestamptz) ON COMMIT DROP"""
    )
    for each in looked:
        report.streams += each.streams
        report.events += each.events
        report.findings += each.findings
        with connection.cursor() as cursor, cursor.copy("COPY pg_temp.held FROM STDIN") as copy:
            copy.write(each.held)
        with connection.cursor() as cursor, cursor.copy("COPY pg_temp.timed FROM STDIN") as copy:
            for stream_id, timers in each.timers:
                due_at = min(timers.values(), default=None)
                copy.write_row((stream_id, timers_text(timers) if timers else None, due_at))


# What stands beside the streams


def _keys(connection: Connection[Any]) -> Iterator[Finding]:
    """An idempotency key that answers for events which are not there."""
    for stream_id, version in rows(
        connection,
        """SELECT k.stream_id, k.last_version FROM log.idempotency k LEFT JOIN log.streams s USING (stream_id)
           WHERE k.last_version > coalesce(s.version, 0)""",
    ):
        yield Finding("key", stream_id, version)


def differing(connection: Connection[Any], derivation: Derivation) -> Iterator[tuple[str, str, str | None]]:
    """Kind, key and what the state should be, of each boundary that does not say what is held."""
    found = rows(
        connection,
        """SELECT kind, key, state::text, held.members
           FROM log.boundary
           FULL JOIN (SELECT kind, key, array_agg(member ORDER BY member) AS members
                      FROM pg_temp.held GROUP BY kind, key) held USING (kind, key)
           ORDER BY kind, key""",
        batch=PLACES,
    )
    for kind, key, state, members in found:
        wanted = derivation.state(kind, key, members or [])
        if not _same(wanted, state):
            yield kind, key, wanted


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or msgspec.json.decode(one) == msgspec.json.decode(other)
