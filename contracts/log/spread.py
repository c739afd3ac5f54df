"""The check spread over the cores: each process looks at other streams, all of them at the same moment."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, NamedTuple

from psycopg import Connection

from contracts.log.check import Derivation, Looked, Report, Span, compared, looked_at, one_moment, spans
from contracts.log.connections import direct

Means = Callable[[], Derivation]
"""Called once in each process: a function of a module, or a partial of one."""

AHEAD = 3
"""Spans for each process, under way or found and not yet taken."""


def check(url: str, means: Means, processes: int | None = None) -> Report:
    """`url`: a direct connection, not a pooler's. `processes` None: one a core."""
    with (
        direct(url, None) as connection,
        one_moment(connection),
        looking(url, connection, means, processes) as looked,
    ):
        return compared(connection, means(), looked)


@contextmanager
def looking(
    url: str, connection: Connection[Any], means: Means, processes: int | None = None
) -> Iterator[Iterable[Looked]]:
    """At every span, as `connection` sees it in its transaction."""
    [[snapshot]] = connection.execute("SELECT pg_export_snapshot()")
    count = processes or os.cpu_count() or 1
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (url, snapshot, means))
    try:
        yield _in_order(pool, spans(connection), AHEAD * count)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, spans: Iterable[Span], ahead: int) -> Iterator[Looked]:
    coming: deque[Future[Looked]] = deque()
    for span in spans:
        coming.append(pool.submit(_look, span))
        if len(coming) > ahead:
            yield coming.popleft().result()
    while coming:
        yield coming.popleft().result()


class _Process(NamedTuple):
    """What each has of its own, as long as it runs."""

    connection: Connection[Any]
    snapshot: str
    derivation: Derivation


_process: _Process


def _begin(url: str, snapshot: str, means: Means) -> None:
    global _process
    _process = _Process(direct(url, None), snapshot, means())


def _look(span: Span) -> Looked:
    connection, snapshot, derivation = _process
    with one_moment(connection, snapshot):
        return looked_at(connection, derivation, span)
