"""How far the projections have come: waiting for a position, how old an answer is, and how they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic, sleep
from typing import Any

from psycopg import Connection

from contracts.log.connections import LogPool
from contracts.log.mark import Watch
from projections import versions
from projections.versions import LOCKS, State

FIRST_LOOK, LONGEST_LOOK = 0.002, 0.1
"""Seconds between two looks at a projection that the mark has passed."""


@dataclass(frozen=True)
class AsOf:
    """What an answer is true for. `lag_seconds`: since when something is recorded that it does not show."""

    position: int
    lag_seconds: float


class Condition(StrEnum):
    FOLLOWING = "following"
    FILLING = "filling"
    RETRYING = "retrying"
    DEGRADED = "degraded"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Health:
    """`behind`: positions up to the mark. `leader`: process id of the database's session that keeps it up;
    None: nobody does. `error`: the last one, until it goes on."""

    name: str
    version: int
    condition: Condition
    position: int
    mark: int
    behind: int
    lag_seconds: float
    dead_letters: int
    leader: int | None
    error: str | None


def ready(
    pool: LogPool,
    names: Sequence[str],
    position: int,
    timeout: float = 2.0,
    watch: Watch | None = None,
) -> bool:
    """Waits until what these projections answer includes `position`. False: not in time (seconds).

    With the process's `watch` nobody asks the database before the mark is there.
    """
    until, pause = monotonic() + timeout, FIRST_LOOK
    while True:
        with pool.connection(timeout=max(0.01, until - monotonic())) as connection:
            if reached(connection, names) >= position:
                return True
        left = until - monotonic()
        if left <= 0:
            return False
        if watch and watch.position < position:
            watch.wait_for(position, left)
        else:
            sleep(min(pause, left))
            pause = min(LONGEST_LOOK, pause * 2)


def reached(connection: Connection[Any], names: Sequence[str]) -> int:
    """What all of these answer includes, one named twice too. -1 where one is not there at all."""
    [[count, position]] = connection.execute(
        "SELECT count(*), min(position) FROM log.projections WHERE name = ANY(%s) AND state = 'live'",
        [[*names]],
    )
    return int(position) if names and count == len({*names}) else -1


def as_of(connection: Connection[Any], *names: str) -> AsOf:
    """Asked before the rows of an answer, so that they are at least as new."""
    position = reached(connection, names)
    return AsOf(position, _lag(connection, position))


def _lag(connection: Connection[Any], position: int) -> float:
    row = connection.execute(
        """SELECT extract(epoch FROM log.now_v1() - recorded_at)::float FROM log.events
           WHERE position > %s ORDER BY position LIMIT 1""",
        [position],
    ).fetchone()
    return max(0.0, round(row[0], 3)) if row else 0.0


def health(connection: Connection[Any]) -> list[Health]:
    """Of every version that is live or being filled."""
    leaders = dict(
        connection.execute(
            """SELECT objid::bigint, pid FROM pg_locks
               WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""",
            [LOCKS],
        ).fetchall()
    )
    rows = connection.execute(
        """SELECT p.name, p.version, p.state, p.position, p.error, m.position,
             (SELECT count(*) FROM log.dead_letters d WHERE d.projection = p.name AND d.version = p.version)
           FROM log.projections p, log.mark m WHERE p.state <> 'retired' ORDER BY p.name, p.version"""
    ).fetchall()
    found = []
    for name, number, state, position, error, mark, dead_letters in rows:
        lock = versions.Version(name, number, State(state), position, None).lock
        leader = leaders.get(lock[1] & 0xFFFFFFFF)
        found.append(
            Health(
                name=name,
                version=number,
                condition=_condition(State(state), leader, dead_letters, error),
                position=position,
                mark=mark,
                behind=max(0, mark - position),
                lag_seconds=_lag(connection, position),
                dead_letters=dead_letters,
                leader=leader,
                error=error,
            )
        )
    return found


def _condition(state: State, leader: int | None, dead_letters: int, error: str | None) -> Condition:
    if leader is None:
        return Condition.STOPPED
    if error and not dead_letters:
        return Condition.RETRYING
    if dead_letters:
        return Condition.DEGRADED
    return Condition.FILLING if state is State.FILLING else Condition.FOLLOWING
