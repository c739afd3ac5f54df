"""What goes on in a database beside its appends: upkeep, a reader that takes its time, a writer that hangs,
strangers who come and go."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing import get_context
from threading import Event
from time import sleep
from typing import Any

import psycopg

from bench.appends import full
from contracts.log import APP, append, direct
from contracts.log.ids import uuid7

Disturbance = Callable[[str], AbstractContextManager[Any]]
"""In the database of that URL, as long as the block lasts."""

STRANGERS = 2
"""Processes."""
PACE = 0.02
"""Seconds between two appends of a stranger."""


def in_peace(url: str) -> AbstractContextManager[None]:
    return nullcontext()


@contextmanager
def repeated(url: str, *statements: str, pause: float = 0.05) -> Iterator[None]:
    """All of them again and again, with so many seconds after each. Raises what they raised."""
    over = Event()

    def run() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.is_set():
                for statement in statements:
                    connection.execute(statement.encode())
                    over.wait(pause)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        try:
            yield
        finally:
            over.set()
        running.result()


def repeating(*statements: str, pause: float = 0.05) -> Disturbance:
    return lambda url: repeated(url, *statements, pause=pause)


@contextmanager
def old_snapshot(url: str) -> Iterator[None]:
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute("SELECT count(*) FROM log.streams")
        yield


@contextmanager
def stuck_writer(url: str) -> Iterator[None]:
    """Has appended and neither commits nor goes away: an administrator's, without the service's limits."""
    with psycopg.connect(url) as connection:
        append(connection, full(uuid7(), 0))
        yield
        connection.rollback()


@contextmanager
def strangers(url: str, coming_and_going: bool) -> Iterator[None]:
    """Other processes that append now and then, by a connection that they keep, or one for each append."""
    processes = get_context("spawn")
    over, begun = processes.Event(), processes.Semaphore(0)
    running = [
        processes.Process(target=_strange, args=(url, coming_and_going, begun, over))
        for _ in range(STRANGERS)
    ]
    for process in running:
        process.start()
    for _ in running:
        begun.acquire()
    try:
        yield
    finally:
        over.set()
        for process in running:
            process.join()


def _strange(url: str, coming_and_going: bool, begun: Any, over: Any) -> None:
    begun.release()
    while not over.is_set():
        with direct(url, APP) as connection:
            while not over.is_set():
                append(connection, full(uuid7(), 0))
                sleep(PACE)
                if coming_and_going:
                    break


TABLES = [f"log.{name}" for name in ("events", "streams", "idempotency", "boundary")]
NEXT_PARTITION = """SELECT log.add_partitions_v1(
    (SELECT count(*)::integer FROM pg_inherits WHERE inhparent = 'log.events'::regclass))"""

IN_PEACE = "nothing"
BY_NAME: dict[str, Disturbance] = {
    IN_PEACE: in_peace,
    "VACUUM": repeating(*(f"VACUUM {table}" for table in TABLES)),
    "ANALYZE": repeating(*(f"ANALYZE {table}" for table in TABLES)),
    "CREATE INDEX CONCURRENTLY": repeating(
        "CREATE INDEX CONCURRENTLY bench ON log.events_0 (type)", "DROP INDEX CONCURRENTLY log.bench"
    ),
    "a new partition every half second": repeating(NEXT_PARTITION, pause=0.5),
    "a reader with an old snapshot": old_snapshot,
    "a writer that hangs": stuck_writer,
}
COMING_AND_GOING = "two processes, a connection for each of their appends"
STAYING = "two processes that keep their connections"
OF_STRANGERS: dict[str, Disturbance] = {
    STAYING: lambda url: strangers(url, coming_and_going=False),
    COMING_AND_GOING: lambda url: strangers(url, coming_and_going=True),
}
