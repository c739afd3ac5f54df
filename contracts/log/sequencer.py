"""The sequencer: publishes the mark up to which nothing can appear later, and keeps the log's house.

One of all that run leads, by a session lock; the others stand by. The leader exists to save work: two at
once would do no harm, because the mark only ever moves up to what is true.
"""

from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic

import psycopg

from contracts.log.connections import FOLLOW, LogConnection, direct

LEADER = (19269, 1)
"""The session lock of the one who leads."""

TICK, IDLE = 0.010, 0.050
"""Seconds between two advances while the mark moves, and when it stands."""

PARTITIONS_EVERY, FORGET_EVERY = 30.0, 3600.0
"""Seconds."""

BATCH = 1000
"""Keys forgotten between two advances."""

FORGET = """DELETE FROM log.idempotency WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM log.idempotency WHERE recorded_at < log.now_v1() - interval '30 days' LIMIT %s))"""


class Sequencer:
    def __init__(self, url: str) -> None:
        """`url`: a direct connection, not a pooler's, for the lock belongs to a session."""
        self._url = url
        self._stop = Event()
        self._thread: Thread | None = None
        self.leading = False
        self.position = 0
        """The mark that was published last."""
        self.trouble: str | None = None
        """What keeps it from working just now."""

    def start(self) -> None:
        """In a thread of this process."""
        self._thread = Thread(target=self.run, name="sequencer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def run(self) -> None:
        """Until `stop`, through every loss of the connection."""
        while not self._stop.is_set():
            try:
                with direct(self._url, FOLLOW) as connection:
                    self.trouble = None
                    self._stand_by(connection)
                    self._lead(connection)
            except psycopg.Error as error:
                self.trouble = str(error)
                self._stop.wait(IDLE)
            finally:
                self.leading = False

    def _stand_by(self, connection: LogConnection) -> None:
        while not self._stop.is_set():
            [(leads,)] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", LEADER)
            if leads:
                return
            self._stop.wait(IDLE)

    def _lead(self, connection: LogConnection) -> None:
        if not self._stop.is_set():
            connection.execute("SELECT log.open_epoch_v1()")
            self.leading = True
        chores = _Chores(connection)
        while not self._stop.is_set():
            [(position,)] = connection.execute("SELECT log.advance_v1()")
            moved, self.position = position != self.position, position
            chores.next()
            self.trouble = chores.trouble
            self._stop.wait(TICK if moved else IDLE)


class _Chores:
    """What the leader does beside the mark, a little at a time, since meanwhile the mark stands."""

    def __init__(self, connection: LogConnection) -> None:
        self._connection = connection
        self._partitions_at = self._forget_at = monotonic()
        self.trouble: str | None = None

    def next(self) -> None:
        """One that is due. What went wrong does not stop the mark, and is tried again."""
        now = monotonic()
        try:
            if now >= self._partitions_at:
                self._partitions_at = now + PARTITIONS_EVERY
                self._quickly("SELECT log.add_partitions_v1()")
            elif now >= self._forget_at:
                self._forget_at = now + FORGET_EVERY
                if self._quickly(FORGET, [BATCH]) == BATCH:
                    self._forget_at = now
        except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable) as error:
            self.trouble = str(error)

    def _quickly(self, query: str, parameters: Sequence[object] = ()) -> int:
        with self._connection.transaction():
            self._connection.execute("SET LOCAL lock_timeout = '100ms'")
            self._connection.execute("SET LOCAL statement_timeout = '500ms'")
            done = self._connection.execute(query.encode(), parameters).rowcount
        self.trouble = None
        return done
