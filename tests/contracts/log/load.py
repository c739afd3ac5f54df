"""Writers, readers and followers for the tests that need many at once."""

import random
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count, repeat
from multiprocessing import get_context
from threading import Thread
from time import monotonic, sleep, time
from uuid import UUID, uuid5

import psycopg
from msgspec.structs import replace

from contracts.log import Append, Boundary, Head, Recorder, append, connect
from contracts.log.errors import LogError, OutcomeUnknown
from contracts.log.ids import uuid7
from contracts.log.sequencer import Sequencer
from tests.contracts.log.appends import METADATA, event, full

THREADS = 4
"""Writers a process."""

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.contracts.log.load"])
"""A sequencer that is to live for two seconds must not spend them on being started."""

APP = "-c role=kelisim_app -c statement_timeout=3s -c lock_timeout=1s"

PAUSE = 0.05
"""Seconds after an append that failed: perhaps the server is being started again."""


class Told(IntEnum):
    """What the writer of an append knows about it; the more, the higher."""

    DENIED = 0
    """Nothing was written."""
    UNKNOWN = 1
    DONE = 2


@dataclass(frozen=True)
class Asked:
    """One try of an append. `position`: at which it was acknowledged."""

    key: str
    request_hash: bytes
    told: Told
    position: int | None = None


def by_key(asked: list[Asked]) -> dict[str, Asked]:
    """Of each append the try of which most is known."""
    return {each.key: each for each in sorted(asked, key=lambda each: each.told)}


def acknowledged(asked: list[Asked]) -> dict[str, int | None]:
    """By key: where it is."""
    return {key: each.position for key, each in by_key(asked).items() if each.told is Told.DONE}


# What is appended

STATE = '[{"until":"2027-06-30"}]'


def pressure(stream, version, events=1, beside=False):
    """With everything on, of a kind that no projection knows. `beside`: with one event of another stream."""
    wanted = full(
        stream,
        version,
        events=events,
        boundaries=[Boundary("pressure", f"{stream}:{version}", None, STATE)],
    )
    streams = [(stream, version), *([(uuid7(), 0)] if beside else [])]
    return replace(
        wanted,
        heads=[Head(id_, "pressure", expected) for id_, expected in streams],
        events=[
            replace(each, type="pressure.put")
            for each in [*wanted.events, *(event(id_) for id_, _ in streams[1:])]
        ],
        metadata=METADATA | {"key": wanted.key},
    )


# Writers: (url, number, until) -> what they were told


def write_for(url, seconds, writers=None, processes=4) -> list[Asked]:
    """Each of `writers` in a thread of its own in each process: 16 slow ones unless others are named."""
    writers = writers or [slow] * THREADS
    with ProcessPoolExecutor(processes, mp_context=PROCESSES) as pool:
        found = pool.map(
            _write_in_threads, repeat(url), range(processes), repeat(writers), [time() + seconds] * processes
        )
        return [asked for part in found for asked in part]


def _write_in_threads(url, process, writers, until):
    with ThreadPoolExecutor(len(writers)) as pool:
        numbers = count(process * len(writers))
        found = pool.map(lambda write, number: [*write(url, number, until)], writers, numbers)
        try:
            return [asked for part in found for asked in part]
        except Exception as error:
            raise RuntimeError(repr(error)) from error  # a refusal cannot be handed to another process


def slow(url, number, until) -> Iterator[Asked]:
    """2 % sleep up to 30 ms before they commit, 5 % roll back. Goes on through the loss of its connection,
    and never asks again."""
    chance = random.Random()
    while time() < until:
        try:
            with psycopg.connect(url, options=APP) as connection:
                while time() < until:
                    yield from _one_stream(connection, chance)
        except psycopg.OperationalError:
            sleep(PAUSE)


def _one_stream(connection, chance):
    stream, version = uuid7(), 0
    for _ in range(chance.randrange(1, 6)):
        events = chance.randrange(1, 4)
        asked = _at_leisure(connection, pressure(stream, version, events, chance.random() < 0.3), chance)
        yield asked
        if asked.told is not Told.DONE:
            connection.rollback()
            return
        version += events


def _at_leisure(connection, wanted: Append, chance) -> Asked:
    key, request_hash = wanted.key, wanted.request_hash
    try:
        appended = append(connection, wanted)
        if chance.random() < 0.02:
            sleep(chance.random() * 0.03)
    except LogError:
        return Asked(key, request_hash, Told.DENIED)
    if chance.random() < 0.05:
        return Asked(key, request_hash, Told.DENIED)
    try:
        connection.commit()
    except psycopg.Error:
        return Asked(key, request_hash, Told.UNKNOWN)
    return Asked(key, request_hash, Told.DONE, appended.position)


class Persistent:
    """Asks with one key until it is answered, and of the answered ones some once more."""

    def __init__(self, until, gives_up=0.0, again=0.05):
        """`gives_up`, `again`: shares."""
        self.asked: list[Asked] = []
        self._until = until
        self._gives_up = gives_up
        self._again = again
        self._chance = random.Random()

    def ask(self, key, request_hash, how):
        """What `how()` answers, which has a position. Raises its last error when time or patience is over."""
        while True:
            try:
                answer = how()
            except (LogError, psycopg.Error) as error:
                told = Told.UNKNOWN if isinstance(error, OutcomeUnknown) else Told.DENIED
                self.asked.append(Asked(key, request_hash, told))
                if time() > self._until or self._chance.random() < self._gives_up:
                    raise
                sleep(PAUSE)
            else:
                self.asked.append(Asked(key, request_hash, Told.DONE, answer.position))
                if self._chance.random() >= self._again:
                    return answer


STREAMS = UUID("01980000-0000-7000-8000-0000000000b1")
LONG = 50
"""Events of a stream, before the next one is taken."""


def twin(url, number, until) -> list[Asked]:
    """Appends what every other twin does, to the same streams under the same keys: each is to happen once."""
    persistent = Persistent(until)
    with connect(url, size=1) as pool:
        recorder = Recorder(pool)
        try:
            for n in count():
                if time() > until:
                    break
                wanted = pressure(uuid5(STREAMS, str(n // LONG)), n % LONG)
                persistent.ask(wanted.key, wanted.request_hash, lambda wanted=wanted: recorder.append(wanted))
        except (LogError, psycopg.Error):
            pass  # time was over before the server was back
    return persistent.asked


# What follows the log


class Standing:
    """Two processes that do `work(url)`; `kill` takes them in turn with -9 and starts another."""

    def __init__(self, work, url):
        self._work = work
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
        process = PROCESSES.Process(target=self._work, args=(self._url,), daemon=True)
        process.start()
        return process

    def kill(self):
        victim = self._processes.pop(0)
        victim.kill()
        victim.join()
        assert victim.exitcode == -signal.SIGKILL
        self.kills += 1
        self._processes.append(self._begun())


def sequence(url):
    Sequencer(url).run()


@dataclass
class Reader:
    """Follows the log and keeps every position that it saw, and every mark. `longest`: seconds that it saw
    nothing new."""

    url: str
    by_mark: bool
    patience: float = 120
    seen: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    longest: float = 0.0
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
        position, until = 0, monotonic() + self.patience
        while (self.upto is None or position < self.upto) and monotonic() < until:
            try:
                with psycopg.connect(
                    self.url, autocommit=True, options="-c role=kelisim_follow"
                ) as connection:
                    while (self.upto is None or position < self.upto) and monotonic() < until:
                        position = self._read(connection, position)
                        sleep(0.002)
            except psycopg.Error:
                sleep(PAUSE)

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
        self._see([found for (found,) in rows])
        if len(rows) == 5000 or not self.by_mark:
            return rows[-1][0] if rows else position
        return max(position, limit)

    def _see(self, found):
        now = monotonic()
        if found and self.seen:
            self.longest = max(self.longest, now - self._seen_at)
        if found:
            self._seen_at = now
            self.seen += found


def table(url):
    """The position of every event, in order, and the key under which it was written."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT position, metadata->>'key' FROM log.events ORDER BY position"
        ).fetchall()
