"""Connections to the log: small bounded pools, under a role of the log and its time limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import Diagnostic
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

APP, FOLLOW, PRIVACY = "kelisim_app", "kelisim_follow", "kelisim_privacy"

LIMITS = (
    "-c lock_timeout=1s -c statement_timeout=3s -c idle_in_transaction_session_timeout=2s -c timezone=UTC"
)

TRUSTED_FOR = 30.0
"""Seconds: a connection that was idle for longer is tried before it is used."""


SIZE = 8
"""Connections of a pool, where the server has enough of them."""


class LogConnection(Connection[TupleRow]):
    """Knows when it was used last, and whether the server ever answered without being sure."""

    used_at: float = 0.0
    doubtful: bool = False

    def hear(self, notice: Diagnostic) -> None:
        # A cancelled wait for a synchronous standby: committed here, perhaps not there.
        self.doubtful = self.doubtful or notice.sqlstate == "01000"


class LogPool(ConnectionPool[LogConnection]):
    @contextmanager
    def fresh(self) -> Iterator[LogConnection]:
        """A connection made now, outside the pool, which may be full of dead ones: those are thrown away."""
        with LogConnection.connect(self.conninfo, **self.kwargs) as connection:  # type: ignore[arg-type]
            _configure(connection)
            self.check()
            yield connection

    def putconn(self, conn: LogConnection) -> None:
        conn.used_at = monotonic()
        super().putconn(conn)


def conninfo(url: str, role: str | None) -> str:
    """`role` None: as the URL's own user, for whoever administers."""
    given = conninfo_to_dict(url).get("options", "")
    options = f"{given} -c role={role} {LIMITS}" if role else given
    return make_conninfo(url, options=options, connect_timeout=2, target_session_attrs="read-write")


def connect(url: str, role: str | None = APP, size: int = SIZE, prepared: bool = True) -> LogPool:
    """Opens at once and fills in the background. Waiting is bounded: 1 s, and 16 who wait.

    Autocommit: an append is one statement, so one round trip. `prepared` False: for a pooler that loses
    prepared statements.
    """
    return LogPool(
        conninfo(url, role),
        connection_class=LogConnection,
        kwargs={"autocommit": True, "prepare_threshold": 0 if prepared else None},
        min_size=min(size, 1),
        max_size=size,
        max_waiting=16,
        timeout=1.0,
        max_idle=300.0,
        reconnect_timeout=5.0,
        configure=_configure,
        check=_check,
        open=True,
    )


def _configure(connection: LogConnection) -> None:
    connection.add_notice_handler(connection.hear)
    connection.used_at = monotonic()


def _check(connection: LogConnection) -> None:
    if monotonic() - connection.used_at > TRUSTED_FOR:
        connection.execute("")


def room(url: str) -> int:
    """How many connections the server has for all who are not its owner."""
    with direct(url, None) as connection:
        [(found,)] = connection.execute(
            """SELECT sum(CASE name WHEN 'max_connections' THEN 1 ELSE -1 END * setting::int)
               FROM pg_settings
               WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')"""
        )
    return int(found)


def direct(url: str, role: str | None, **settings: Any) -> LogConnection:
    """One connection of its own, in autocommit: for a leader, for LISTEN, for asking once more."""
    connection = LogConnection.connect(conninfo(url, role), autocommit=True, **settings)
    _configure(connection)
    return connection
