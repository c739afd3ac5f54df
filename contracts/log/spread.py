"""The check spread over the cores: each process looks at other streams, all of them at the same moment."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any, NamedTuple

from psycopg import Connection

from contracts.log.check import compared, one_moment
from contracts.log.connections import direct
from contracts.log.looking import Derivation, Looked, Report, Seen, Span, looked_at, spans
from contracts.log.recorder import StoredEvent

Means = Callable[[], Derivation]
"""Called once in each process: a function of a module, or a partial of one."""

AHEAD = 3
"""Spans for each process, under way or found and not yet taken."""


def check(url: str, means: Means, processes: int | None = None) -> Report:
    """`url`: a direct connection, not a pooler's. `processes` None: one a core."""
    with (
        crew(url, means, processes) as hands,
        direct(url, None) as connection,
        one_moment(connection),
    ):
        looked = hands.look(connection)
        return compared(connection, means(), looked)


class Crew:
    """Processes that look at the log of one database."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool = pool
        self._count = count

    def gather(self) -> None:
        """They start, which takes them half a second, and wait."""
        for _ in range(self._count):
            self._pool.submit(_wait)

    def look(self, connection: Connection[Any], seen: type[Seen] = StoredEvent) -> Iterator[Looked]:
        """At every span in order, as `connection` sees it in its transaction. They begin at once."""
        [[snapshot]] = connection.execute("SELECT pg_export_snapshot()")
        looks = (self._pool.submit(_look, snapshot, span, seen) for span in spans(connection))
        return _in_order(deque(islice(looks, AHEAD * self._count)), looks)


@contextmanager
def crew(url: str, means: Means, processes: int | None = None) -> Iterator[Crew]:
    count, context = processes or os.cpu_count() or 1, get_context("forkserver")
    context.set_forkserver_preload([getattr(means, "func", means).__module__])  # read once, not by each
    pool = ProcessPoolExecutor(count, context, _begin, (url, means))
    try:
        yield Crew(pool, count)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(coming: deque[Future[Looked]], more: Iterator[Future[Looked]]) -> Iterator[Looked]:
    while coming:
        yield coming.popleft().result()
        coming.extend(islice(more, 1))


class _Process(NamedTuple):
    """What each has of its own, as long as it runs."""

    connection: Connection[Any]
    derivation: Derivation


_process: _Process


def _begin(url: str, means: Means) -> None:
    global _process
    _process = _Process(direct(url, None), means())


def _wait() -> None:
    """For work."""


def _look(snapshot: str, span: Span, seen: type[Seen]) -> Looked:
    connection, derivation = _process
    with one_moment(connection, snapshot):
        return looked_at(connection, derivation, span, seen)
