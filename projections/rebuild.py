"""Makes a projection's tables anew beside the old ones, while everything goes on, and then switches."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic, sleep
from typing import Any

import psycopg
from psycopg import Connection

from contracts.law import Law
from contracts.lifecycle import EVENTS
from contracts.log.mapper import Mapper
from projections import versions
from projections.folding import Folds
from projections.projection import Projection
from projections.reading import LastOnly, Reading, connected, mark
from projections.runner import BATCH, Runner
from projections.versions import State, Version

FILLING = 2000
"""Events a transaction while nobody reads."""

PATIENCE = 30.0
"""Seconds that a batch may be kept from being written."""

FOR_COMPARING = 20
"""Tries to find old and new at the same place; the old one may stand still, or be far behind."""


@dataclass(frozen=True)
class Progress:
    """`position` of `mark` looked at; `per_second`: positions."""

    name: str
    version: int
    position: int
    mark: int
    per_second: float


@dataclass(frozen=True)
class Rebuilt:
    """`same`: whether the old tables held the same; None: they are laid out otherwise, or did not move."""

    name: str
    version: int
    position: int
    same: bool | None


class Busy(Exception):
    """Another process fills this version."""


class Stuck(Exception):
    """The new tables cannot be filled; the old ones stay."""


class Differs(Exception):
    """Old and new tables hold different rows at the same place in the log. The old ones stay live."""


def rebuild(
    url: str,
    projection: Projection,
    law: Law,
    *,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    replace_differing: bool = False,
    mapper: Mapper | None = None,
) -> Rebuilt | None:
    """Fills a new version from the start of the log, or goes on with one that was stopped, and switches.

    None: stopped. Raises Busy, Stuck, Differs, psycopg.OperationalError. `replace_differing`: switch although
    the old rows are not what the log says. `url`: a direct connection.
    """
    fingerprint = projection.fingerprint(law.version)
    with connected(url) as connection:
        new = begun(connection, projection, fingerprint)
        folds = Folds(mapper or Mapper(EVENTS), law)
        runner = filler(connection, projection, new, folds)
        if not filled(connection, runner, progress, stop):
            return None
        same = None
        old = versions.live(connection, projection.name)
        if old and old.fingerprint == fingerprint:
            same = compared(url, connection, runner, old)
            if same is False and not replace_differing:
                raise Differs(projection.name)
            if not filled(connection, runner, progress, stop):
                return None
        position = switched(connection, runner)
        return Rebuilt(projection.name, new.number, position, same)


def begun(connection: Connection[Any], projection: Projection, fingerprint: str) -> Version:
    """One that was stopped before, or a new one."""
    for known in versions.of(connection, projection.name):
        if known.state is State.FILLING and known.fingerprint == fingerprint:
            return known
    return versions.opened(connection, projection, fingerprint, State.FILLING)


def filler(connection: Connection[Any], projection: Projection, new: Version, folds: Folds) -> Runner:
    """Raises Busy."""
    runner = Runner(projection, new, Reading(folds, projection.reads), FILLING)
    if not runner.lead(connection):
        raise Busy(f"{new.name}: another process fills version {new.number}")
    return runner


def filled(
    connection: Connection[Any],
    runner: Runner,
    progress: Callable[[Progress], None] | None,
    stop: Event | None,
) -> bool:
    """Until less than a batch is missing. False: stopped, or no longer wanted. Raises Stuck."""
    began_at, began = monotonic(), runner.version.position
    while (top := mark(connection)) - runner.version.position >= BATCH:
        folds, reads = runner.reading.folds, runner.reading.reads
        runner.reading = LastOnly(folds, top, reads) if runner.projection.kinds else Reading(folds, reads)
        while (at := runner.version.position) < top:
            if progress:
                speed = (at - began) / max(monotonic() - began_at, 1e-3)
                progress(Progress(runner.version.name, runner.version.number, at, top, speed))
            if runner.retired or (stop and stop.is_set()):
                return False
            _step(connection, runner, top)
    runner.reading = Reading(runner.reading.folds, runner.reading.reads)
    return True


def _step(connection: Connection[Any], runner: Runner, upto: int, patience: float = PATIENCE) -> None:
    """One batch. What passes by itself is waited for. Raises Stuck."""
    until = monotonic() + patience
    while not runner.step(connection, upto) or runner.trouble:
        if monotonic() > until or runner.retired:
            raise Stuck(runner.trouble or f"version {runner.version.number} was retired")
        sleep(0.05)


def compared(url: str, connection: Connection[Any], runner: Runner, old: Version) -> bool | None:
    """Whether the new tables hold what the live ones do at the same place. None: they never stood there.

    The live one is held for a moment only: the sums are taken in a snapshot.
    """
    for _ in range(FOR_COMPARING):
        with connected(url) as holding, connected(url) as seeing:
            with holding.transaction(force_rollback=True):
                there = versions.locked(holding, old)
                while runner.version.position < there.position:
                    _step(connection, runner, there.position)
                same_place = runner.version.position == there.position and not there.aside
                if same_place:
                    seeing.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    seeing.execute("SELECT set_config('statement_timeout', '0', true)")
            if same_place:
                return checksum(seeing, runner.projection, old) == checksum(
                    seeing, runner.projection, runner.version
                )
        if there.aside:
            return None
        sleep(0.1)
    return None


def switched(connection: Connection[Any], runner: Runner) -> int:
    """Brings the new version up to where the live one is, and shows it in the same moment."""
    while True:
        try:
            with connection.transaction():
                connection.execute(
                    "SET LOCAL lock_timeout = '300ms'"
                )  # readers queue behind a waiting switch
                connection.execute("SELECT pg_advisory_xact_lock(%s, 0)", [versions.LOCKS])
                old = versions.live(connection, runner.projection.name)
                upto = versions.locked(connection, old).position if old else 0
                while runner.version.position < upto:
                    _step(connection, runner, upto, patience=1.0)
                versions.switch(connection, runner.projection, runner.version)
            return runner.version.position
        except psycopg.errors.LockNotAvailable:
            runner.version = next(
                v for v in versions.of(connection, runner.version.name) if v.number == runner.version.number
            )


def checksum(connection: Connection[Any], projection: Projection, version: Version | None = None) -> str:
    """Of all rows, in whatever order; of the live version unless another is named. Equal rows, equal sums."""
    version = version or versions.live(connection, projection.name)
    if version is None:
        raise LookupError(f"{projection.name} has no version yet")
    return " ".join(_sum(connection, f"{version.schema}.{table.name}") for table in projection.tables)


def _sum(connection: Connection[Any], table: str) -> str:
    [[count, total]] = connection.execute(
        f"""SELECT count(*), coalesce(sum(hashtextextended(each::text, 0)::numeric), 0)
            FROM {table} AS each""".encode()
    )
    return f"{table.partition('.')[2]}:{count}:{total}"
