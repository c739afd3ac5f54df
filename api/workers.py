"""Processes that answer behind one port. The one that starts them keeps their number; it answers
nothing itself, and follows the log for all of them.

Between it and each of them is one line: over it a worker says that it answers, and whichever end of it dies,
however it dies, the other hears of it.
"""

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread
from time import monotonic, sleep
from typing import Never

import structlog

from api import log_lines
from api.collector import calm
from api.lines import METRICS
from api.rate import Buckets, buckets
from api.serving import GRACE, NotStarted, run, stopped_in_order
from api.settings import Settings, WrongSetting
from contracts.log.connections import SIZE, room

log = structlog.get_logger("kelisim.workers")

SPAWN = get_context("spawn")
"""A fork would copy threads' locks and open connections."""

SHORTEST, LONGEST = 0.1, 5.0
"""Seconds before one that died is followed by another: more and more while they die young."""

YOUNG = 10.0
"""Seconds."""

CLOSING = 5
"""Seconds that a worker has after GRACE to close what it has open."""

NOT_THEIRS = 20
"""Connections left to the process that starts the workers, and to whoever administers."""


@dataclass(frozen=True)
class Worker:
    process: SpawnProcess
    line: Connection
    began: float

    def answers(self) -> bool:
        """Waits until it says so; False: it died."""
        try:
            self.line.recv()
        except (EOFError, OSError):
            return False
        return True


@contextmanager
def workers(given: Settings, count: int, at: socket.socket, connections: int) -> Iterator["Crew"]:
    """All of them answer, each with a pool of so many `connections`. Raises NotStarted."""
    crew = Crew(given, count, at, connections)
    try:
        crew.begin()
        yield crew
    finally:
        crew.end()


class Crew:
    def __init__(self, given: Settings, count: int, at: socket.socket, connections: int) -> None:
        self._of_each = (given, at, connections, buckets())
        self._count = count
        self._workers: list[Worker] = []
        self._pause = SHORTEST
        os.environ[METRICS] = str(emptied(given))

    def begin(self) -> None:
        """Raises NotStarted."""
        self._workers += (self._one() for _ in range(self._count))
        if not all([worker.answers() for worker in self._workers]):
            raise NotStarted("a worker did not start: the reason is on a line before this")

    def keep(self) -> Never:
        """Until a signal ends it."""
        while True:
            heard = wait([worker.line for worker in self._workers])
            for number, worker in enumerate(self._workers):
                if worker.line in heard and not worker.answers():
                    self._workers[number] = self._after(worker)

    def end(self) -> None:
        """What they have under way is answered first."""
        for worker in self._workers:
            worker.process.terminate()
        until = monotonic() + GRACE + CLOSING
        for worker in self._workers:
            worker.process.join(max(0, until - monotonic()))
            worker.process.kill()
            worker.process.join()

    def _one(self) -> Worker:
        ours, theirs = SPAWN.Pipe()
        with theirs:
            process = SPAWN.Process(target=work, args=(theirs, *self._of_each), name="worker")
            process.start()
        return Worker(process, ours, monotonic())

    def _after(self, dead: Worker) -> Worker:
        dead.process.join()
        dead.line.close()
        log.error("worker_died", worker=dead.process.pid, code=dead.process.exitcode)
        young = monotonic() - dead.began < YOUNG
        self._pause = min(LONGEST, self._pause * 2) if young else SHORTEST
        sleep(self._pause)
        return self._one()


def share(given: Settings, count: int) -> int:
    """How many connections the pool of each may open. Raises WrongSetting."""
    if given.database_direct_url:
        return SIZE  # the others go through a pooler, which sets bounds of its own
    left = room(given.direct_url) - NOT_THEIRS
    of_each = left // count - 1  # one to listen on
    if of_each < 2:
        raise WrongSetting(
            f"KELISIM_WORKERS is {count}; allowed with this database: at most {left // 3}, "
            "or more where its max_connections is higher"
        )
    return min(SIZE, of_each)


def emptied(given: Settings) -> str:
    folder = given.data.absolute() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return str(folder)


def work(line: Connection, given: Settings, at: socket.socket, connections: int, asked: Buckets) -> None:
    """The whole life of a worker."""
    from api.app import create_app  # here: the process that starts the workers needs no edge

    log_lines.configure()
    Thread(target=end_with, args=[line], daemon=True).start()
    app = create_app(given, connections, asked)
    calm()
    with stopped_in_order():
        try:
            run(app, at, ready=lambda: line.send("ready"))
        except NotStarted as error:
            raise SystemExit(1) from error


def end_with(line: Connection) -> None:
    """Ends this process in order when the one that started it is gone."""
    try:
        line.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)
