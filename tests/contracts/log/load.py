"""Writers, readers and sequencers for the tests that need many at once."""

import random
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from threading import Thread
from time import monotonic, sleep, time

import psycopg

from contracts.log import append
from contracts.log.errors import LogError
from contracts.log.ids import uuid7
from contracts.log.sequencer import Sequencer
from tests.contracts.log.appends import full

THREADS = 4
"""Writers a process."""

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.contracts.log.load"])
"""A sequencer that is to live for two seconds must not spend them on being started."""

APP = "-c role=kelisim_app -c statement_timeout=3s -c lock_timeout=1s"


def write_for(url, seconds, processes=4):
    """16 writers in four processes. Returns (position, event_id) of all that was acknowledged."""
    with ProcessPoolExecutor(processes, mp_context=PROCESSES) as pool:
        found = pool.map(_write_in_threads, [url] * processes, [time() + seconds] * processes)
        return [acknowledged for part in found for acknowledged in part]


def _write_in_threads(url, until):
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(_write, [url] * THREADS, [until] * THREADS)
        return [acknowledged for part in found for acknowledged in part]


def _write(url, until):
    """2 % sleep up to 30 ms before they commit, 5 % roll back. Goes on through the loss of its connection."""
    acknowledged, chance = [], random.Random()
    while time() < until:
        try:
            with psycopg.connect(url, options=APP) as connection:
                while time() < until:
                    stream = uuid7()
                    for version in range(chance.randrange(1, 6)):
                        wanted = full(stream, version)
                        appended = append(connection, wanted)
                        if chance.random() < 0.02:
                            sleep(chance.random() * 0.03)
                        if chance.random() < 0.05:
                            connection.rollback()
                            break
                        connection.commit()
                        acknowledged.append((appended.position, wanted.events[0].event_id))
        except (psycopg.Error, LogError):
            sleep(0.05)  # the server was killed: neither acknowledged nor known to be lost
    return acknowledged


class Sequencers:
    """Two that run; `kill` takes them in turn with -9 and starts another in its place."""

    def __init__(self, url):
        self._url = url
        self.kills = 0

    def __enter__(self):
        self._processes = [self._begun(), self._begun()]
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.kill()
            process.join()

    def _begun(self):
        process = PROCESSES.Process(target=_sequence, args=(self._url,), daemon=True)
        process.start()
        return process

    def kill(self):
        victim = self._processes.pop(0)
        victim.kill()
        victim.join()
        assert victim.exitcode == -signal.SIGKILL
        self.kills += 1
        self._processes.append(self._begun())


def _sequence(url):
    Sequencer(url).run()


@dataclass
class Reader:
    """Follows the log and keeps every position that it saw, and every mark."""

    url: str
    by_mark: bool
    seen: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    upto: int | None = None
    """Set at the end: the position to read to."""

    def start(self):
        self._thread = Thread(target=self._follow)
        self._thread.start()
        return self

    def finish(self, upto):
        self.upto = upto
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _follow(self):
        position, until = 0, monotonic() + 120
        while (self.upto is None or position < self.upto) and monotonic() < until:
            try:
                with psycopg.connect(
                    self.url, autocommit=True, options="-c role=kelisim_follow"
                ) as connection:
                    while (self.upto is None or position < self.upto) and monotonic() < until:
                        position = self._read(connection, position)
                        sleep(0.002)
            except psycopg.Error:
                sleep(0.05)

    def _read(self, connection, position):
        limit = "2000000000"
        if self.by_mark:
            [(limit,)] = connection.execute("SELECT position FROM log.mark")
            self.marks.append(limit)
        rows = connection.execute(
            """SELECT position FROM log.events
               WHERE position > %s AND position <= %s ORDER BY position LIMIT 5000""",
            [position, limit],
        ).fetchall()
        self.seen += [found for (found,) in rows]
        if len(rows) == 5000 or not self.by_mark:
            return rows[-1][0] if rows else position
        return max(position, limit)
