"""Waiting until the mark has got somewhere: reading what one has just written."""

from collections.abc import Callable
from threading import Condition, Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

import psycopg

from contracts.log.connections import FOLLOW, direct

LOOK = 0.1
"""Seconds. A notification is a hint and may be lost, so whoever waits looks this often."""


class Watch:
    """The one LISTEN connection of a process. Anybody may wait on it."""

    def __init__(self, url: str, channels: tuple[str, ...] = ("kelisim_mark",), role: str = FOLLOW) -> None:
        """`url`: a direct connection, not a pooler's. Whoever tells of something else adds a channel."""
        self._url = url
        self._channels = channels
        self._role = role
        self._heard = Condition()
        self._waiting = 0
        self._stop = Event()
        self._thread = Thread(target=self._listen, name="mark", daemon=True)
        self.position = 0
        """The newest mark that was heard of."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def wait_for(self, position: int, timeout: float = 2.0) -> bool:
        """Until the mark has reached `position`; False: not in time (seconds)."""
        return self.wait(lambda: self.position >= position, timeout)

    def wait(self, reached: Callable[[], bool], timeout: float = 2.0) -> bool:
        """Until `reached()`, which is asked at once, at each notification and every 100 ms."""
        until = monotonic() + timeout
        with self._heard:
            self._waiting += 1
            try:
                while not reached():
                    left = until - monotonic()
                    if left <= 0:
                        return False
                    self._heard.wait(min(left, LOOK))
                return True
            finally:
                self._waiting -= 1

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                with direct(self._url, self._role) as connection:
                    for channel in self._channels:
                        connection.execute(f"LISTEN {channel}")
                    looked_at = 0.0
                    while not self._stop.is_set():
                        heard = [*connection.notifies(timeout=LOOK, stop_after=1)]
                        marks = [int(n.payload) for n in heard if n.channel == "kelisim_mark"]
                        if not looked_at or (self._waiting and monotonic() - looked_at >= LOOK):
                            # Whoever waits may move the mark himself: the sequencer may just have died.
                            marks += [
                                position for (position,) in connection.execute("SELECT log.advance_v1()")
                            ]
                            looked_at = monotonic()
                        self._tell(marks)
            except psycopg.Error:
                self._stop.wait(LOOK)

    def _tell(self, marks: list[int]) -> None:
        with self._heard:
            self.position = max(self.position, *marks) if marks else self.position
            self._heard.notify_all()
