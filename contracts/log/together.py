"""Appends of writers who wait at the same moment go together: one call, one commit, one wait for the disk.

Whoever finds nobody under way goes at once and alone, so that a single writer waits for nobody.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread

from contracts.log.appending import Appended, Prepared
from contracts.log.errors import Unavailable

Send = Callable[[Sequence[Prepared], bool], list[Appended]]
"""In one transaction; the second says whether others wait meanwhile."""

LANES = 2
"""Threads that send: while one waits for the disk, the other's appends are computed."""

AT_ONCE, EVENTS = 16, 32
"""Appends that go together at most, and events of one that may be among them."""

WAITING = 64
"""Appends: who comes then is told that the service is busy."""

IDLE = 1.0
"""Seconds after which a thread without work ends."""


class Apart(Exception):
    """What went together did not get there, through whichever of them."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


class _Waiting:
    __slots__ = ("appended", "done", "error", "part")

    def __init__(self, part: Prepared) -> None:
        self.part = part
        self.appended: Appended | None = None
        self.error: BaseException | None = None
        self.done = Lock()
        self.done.acquire()


class Together:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._arrived = Condition(Lock())
        self._waiting: deque[_Waiting] = deque()
        self._under_way = self._lanes = self._idle = 0

    def append(self, part: Prepared) -> Appended:
        """Raises Apart, Unavailable, and what `send` raises for this one alone."""
        if not 0 < len(part.events) <= EVENTS:
            return self._send([part], False)[0]
        with self._arrived:
            waiting = self._queued(part)
        if waiting is None:
            return self._at_once([part], False)[0]
        waiting.done.acquire()
        if waiting.error:
            raise Apart(waiting.error)
        assert waiting.appended
        return waiting.appended

    def _queued(self, part: Prepared) -> _Waiting | None:
        """None: nobody is under way, so it goes."""
        if not self._under_way:
            self._under_way += 1
            return None
        if len(self._waiting) >= WAITING:
            raise Unavailable("too many wait to write")
        waiting = _Waiting(part)
        self._waiting.append(waiting)
        if self._idle:
            self._arrived.notify()
        elif self._lanes < LANES:
            self._lanes += 1
            Thread(target=self._lane, name="append", daemon=True).start()
        return waiting

    def _at_once(self, parts: Sequence[Prepared], hurried: bool) -> list[Appended]:
        try:
            return self._send(parts, hurried)
        finally:
            with self._arrived:
                self._under_way -= 1

    def _lane(self) -> None:
        while batch := self._next():
            try:
                found = self._at_once([each.part for each in batch], True)
                for each, appended in zip(batch, found, strict=True):
                    each.appended = appended
            except BaseException as error:
                for each in batch:
                    each.error = error
            for each in batch:
                each.done.release()

    def _next(self) -> list[_Waiting]:
        """Those that go together next; none when nobody has come for a while."""
        with self._arrived:
            while not self._waiting:
                self._idle += 1
                came = self._arrived.wait(IDLE)
                self._idle -= 1
                if not came and not self._waiting:
                    self._lanes -= 1
                    return []
            self._under_way += 1
            return self._compatible()

    def _compatible(self) -> list[_Waiting]:
        """From the first on, those that touch nothing in common; the others keep their places."""
        taken: list[_Waiting] = []
        left: list[_Waiting] = []
        touched: set[object] = set()
        while self._waiting and len(taken) < AT_ONCE:
            each = self._waiting.popleft()
            fits = touched.isdisjoint(each.part.touches)
            (taken if fits else left).append(each)
            touched |= each.part.touches
        self._waiting.extendleft(reversed(left))
        return taken
