"""The clock by which events are recorded: the database's, which mode `test` alone may shift."""

from datetime import datetime
from typing import Any

from psycopg import Connection


def now(connection: Connection[Any]) -> datetime:
    row = connection.execute("SELECT log.now_v1()").fetchone()
    assert row is not None
    instant: datetime = row[0]
    return instant


def test_clock_is_set(connection: Connection[Any]) -> bool:
    """Modes `demo` and `production` refuse to start then."""
    row = connection.execute("SELECT pg_sequence_last_value('log.test_clock') IS NOT NULL").fetchone()
    return row is not None and bool(row[0])


def set_test_clock(connection: Connection[Any], instant: datetime | None) -> None:
    """From now on it is `instant`, at once and for everybody, and time goes on from there; None: as it is.

    Needs the rights of the one who migrated.
    """
    if instant is None:
        connection.execute("SELECT setval('log.test_clock', 1, false)")
        return
    connection.execute(
        """SELECT setval('log.test_clock',
                         round(extract(epoch FROM %s::timestamptz - clock_timestamp()) * 1000000)::bigint)""",
        [instant],
    )
