"""Appends of writers who wait at the same moment go together: one call, one commit, one wait for the disk.

A few go at once and alone, each by a connection of its own, so that nobody waits where few write. All others
are sent by one thread, which takes with it whoever has come meanwhile; while it does, nobody goes alone.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread

from contracts.log.appending import Append, Appended, Prepared
from contracts.log.errors import Unavailable

Alone = Callable[[Append], Appended]
Send = Callable[[Sequence[Prepared]], list[Appended]]
"""In one transaction, and in a hurry: others wait meanwhile."""

AT_ONCE, EVENTS = 16, 32
"""Appends that go together at most, and events of one that may be among them."""

ALONE = 4
"""Appends that go alone at a time. More would share the database's processors and save no wait."""

WAITING = 64
"""Appends: who comes then is told that the service is busy."""

IDLE = 1.0
"""Seconds after which the thread ends when nobody comes."""


class Apart(Exception):
    """What went together did not get there, through whichever of them."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


class _Waiting:
    __slots__ = ("appended", "done", "error", "next", "part")

    def __init__(self, part: Prepared) -> None:
        self.part = part
        self.appended: Appended | None = None
        self.error: BaseException | None = None
        self.next: _Waiting | None = None
        self.done = Lock()
        self.done.acquire()

    def wait(self) -> None:
        """And wake the next: all woken at once would stand in line for the interpreter, and behind them the
        thread that has more to send."""
        try:
            self.done.acquire()
        except BaseException:
            self.done.acquire()
            raise
        finally:
            if self.next:
                self.next.done.release()


class Together:
    def __init__(self, alone: Alone, send: Send) -> None:
        self._alone = alone
        self._send = send
        self._waiting: SimpleQueue[_Waiting] = SimpleQueue()
        self._few = BoundedSemaphore(ALONE)
        self._starts = Lock()
        self._running = self._under_way = False

    def append(self, wanted: Append) -> Appended:
        """Raises Apart, Unavailable, Unstorable, and what `alone` raises."""
        if not 0 < len(wanted.events) <= EVENTS:
            return self._alone(wanted)
        if not self._under_way and self._few.acquire(blocking=False):
            try:
                return self._alone(wanted)
            finally:
                self._few.release()
        return self._with_others(Prepared(wanted))

    def _with_others(self, part: Prepared) -> Appended:
        if self._waiting.qsize() >= WAITING:
            raise Unavailable("too many wait to write")
        waiting = _Waiting(part)
        self._waiting.put(waiting)
        if not self._running:
            self._start()
        waiting.wait()
        if waiting.error:
            raise Apart(waiting.error)
        assert waiting.appended
        return waiting.appended

    def _start(self) -> None:
        with self._starts:
            if not self._running:
                self._running = True
                Thread(target=self._run, name="append", daemon=True).start()

    def _run(self) -> None:
        left: list[_Waiting] = []
        while batch := self._next(left):
            self._under_way = True
            try:
                found = self._send([each.part for each in batch])
                for each, appended in zip(batch, found, strict=True):
                    each.appended = appended
            except BaseException as error:
                for each in batch:
                    each.error = error
            self._under_way = False
            for each, following in pairwise(batch):
                each.next = following
            batch[0].done.release()

    def _next(self, left: list[_Waiting]) -> list[_Waiting]:
        """From the first on those that touch nothing in common, the others stay in `left`; none when nobody
        has come for a while."""
        came = left[:]
        left.clear()
        try:
            while len(came) < AT_ONCE:
                came.append(self._waiting.get_nowait() if came else self._waiting.get(timeout=IDLE))
        except Empty:
            if not came and self._ends():
                return []
        taken: list[_Waiting] = []
        touched: set[object] = set()
        for each in came:
            (taken if touched.isdisjoint(each.part.touches) else left).append(each)
            touched |= each.part.touches
        return taken or self._next(left)

    def _ends(self) -> bool:
        """Whoever puts himself in the queue looks afterwards whether this runs; so this looks at the queue
        after it has said that it does not."""
        self._running = False
        with self._starts:
            if self._running or self._waiting.empty():
                return True
            self._running = True
            return False
