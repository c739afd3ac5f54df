"""What goes on beside the requests: the sequencer, the projections, the timers, the post, and tidying up."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from typing import Any, Protocol

import psycopg
import structlog

from api import store
from api.house import House
from api.sending import store as letters
from api.sending.sender import Sender
from contracts.log.connections import FOLLOW, direct
from contracts.log.sequencer import Sequencer
from contracts.log.timers import Timers
from projections.every import PROJECTIONS
from projections.follower import Follower, install

log = structlog.get_logger("kelisim.following")

SWEEP = 600.0
"""Seconds between two sweeps of what has had its time."""


class Worker(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


@contextmanager
def following(house: House) -> Iterator[list[Worker]]:
    """All of it in threads of this process, until the block ends."""
    url = house.settings.direct_url
    install(url, house.law, PROJECTIONS)
    workers: list[Worker] = [
        Sequencer(url),
        Follower(url, house.law, PROJECTIONS, mapper=house.mapper, watch=house.watch),
        Timers(url, house.desk, note),
        Sender(house, note),
        Sweeper(house),
    ]
    with ExitStack() as running:
        for worker in workers:
            worker.start()
            running.callback(worker.stop)
        yield workers


def note(event: str, **fields: Any) -> None:
    log.info(event, **fields)


class Sweeper:
    """Removes sessions that are over, sign-ins that were left, forms that nobody came back to, and letters of
    long ago."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stop = Event()
        self._thread = Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._house.pool.connection() as connection:
                    store.sweep(connection)
                with direct(self._house.settings.direct_url, FOLLOW) as connection:
                    letters.sweep(connection)
            except psycopg.Error as error:
                note("sweep.failed", error=type(error).__name__)
            self._stop.wait(SWEEP)
