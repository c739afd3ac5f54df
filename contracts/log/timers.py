"""What happens by itself: each timer that is due is handed in as a wish, once; refused, it is tried again
after the stream's next entry."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from contracts.decision import Refused
from contracts.lifecycle import timed
from contracts.log.connections import FOLLOW, LogConnection, direct
from contracts.log.desk import Desk
from contracts.log.errors import LogError
from contracts.log.wishes import NotFound, Wish

TICK = 0.1
"""Seconds between two looks."""

AT_ONCE = 100
"""Streams a look."""

LEADER = (19269, 2)
"""The session lock of the one who fires. Two at once would do no harm: the key of a firing is its own, and
whoever comes second finds that it is done."""

DUE = """
SELECT stream_id, timer.name, timer.due_at::timestamptz, version
FROM (SELECT stream_id, version, timers, due_at FROM log.streams
      WHERE due_at <= (SELECT log.now_v1()) ORDER BY due_at LIMIT %s) AS due,
  json_each_text(timers) AS timer (name, due_at)
WHERE timer.due_at::timestamptz BETWEEN due.due_at AND log.now_v1()
ORDER BY timer.due_at::timestamptz, stream_id, timer.name"""
"""The instant is asked once: the index is used for a value, not for what may differ from row to row."""

TRIED = """
UPDATE log.streams s SET tried_version = version,
  due_at = (SELECT min(timer.due_at::timestamptz) FROM json_each_text(s.timers) AS timer (name, due_at)
            WHERE timer.due_at::timestamptz > %(due_at)s)
WHERE stream_id = %(stream_id)s AND version = %(version)s"""
"""Until the stream's next entry only what is due later is looked at."""


class Due(NamedTuple):
    stream_id: UUID
    name: str
    due_at: datetime
    version: int


class Timers:
    def __init__(self, url: str, desk: Desk, note: Callable[..., Any]) -> None:
        """`url`: a direct connection. `note(event, **fields)` writes a line of the service's log."""
        self._url = url
        self._desk = desk
        self._note = note
        self._stop = Event()
        self._thread: Thread | None = None
        self.leading = False

    def start(self) -> None:
        self._thread = Thread(target=self.run, name="timers", daemon=True)
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
                    self._lead(connection)
            except psycopg.Error as error:
                self._note("timers.away", error=type(error).__name__)
                self._stop.wait(1.0)
            finally:
                self.leading = False

    def _lead(self, connection: LogConnection) -> None:
        while not self._stop.is_set():
            if not self.leading:
                row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", LEADER).fetchone()
                self.leading = bool(row and row[0])
            if not (self.leading and self.fire(connection)):
                self._stop.wait(TICK)

    def fire(self, connection: LogConnection) -> int:
        """Hands in what is due now, oldest first. Returns how many. What came to nothing is written down
        last, so that nothing else of its stream is lost when this ends in between."""
        due = [Due._make(row) for row in connection.execute(DUE, [AT_ONCE])]
        idle = []
        for timer in due:
            if self._stop.is_set():
                return len(due)
            if not self._hand_in(timer):
                idle.append(timer)
        for timer in idle:
            connection.execute(TRIED, timer._asdict())
        return len(due)

    def _hand_in(self, timer: Due) -> bool:
        """False: nothing was recorded, and nothing will be before the stream's next entry."""
        key = f"timer:{timer.stream_id}:{timer.name}:{timer.due_at.isoformat()}:{timer.version}"
        hash_ = key.encode().ljust(32)[:32]
        try:
            command = timed(timer.name)
            granted = self._desk.execute(Wish(command, timer.stream_id, None, key, hash_, timer=timer.name))
        except (Refused, NotFound) as refused:
            self._note("timer.refused", timer=timer.name.partition(":")[0], rules=str(refused))
        except LogError as error:
            self._note("timer.failed", timer=timer.name.partition(":")[0], error=type(error).__name__)
            self._stop.wait(TICK)
            return True
        except psycopg.Error:
            raise
        except Exception as error:  # whatever it is, only this stream may suffer
            self._note("timer.broken", timer=timer.name.partition(":")[0], error=type(error).__name__)
        else:
            self._note("timer.fired", timer=timer.name.partition(":")[0], position=granted.position)
            return granted.version > timer.version
        return False
