"""L12, L13, L15: each event counts once, one that cannot be written stops nobody, and reads wait."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import psycopg
import pytest

from contracts.log import Recorder, connect
from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from projections import dead_letters, versions
from projections.every import PROJECTIONS
from projections.folding import Folds
from projections.follower import Follower, install
from projections.positions import Condition, health, reached, ready
from projections.reading import Reading, connected
from projections.register_rows import PROJECTION as REGISTER
from projections.runner import Runner, passing
from projections.worklist import PROJECTION as WORKLIST
from tests.projections.examples import LAW, LIVES, MAPPER, appended, numbered
from tests.projections.following import COUNTING

ROOT = Path(__file__).parents[2]
ALL = [projection.name for projection in PROJECTIONS]


class Following:
    """A process that counts, and can be told at the database by its name."""

    def __init__(self, database, name):
        self.name = name
        url = f"{database}{'&' if '?' in database else '?'}application_name={name}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.projections.following", url], cwd=ROOT, stderr=subprocess.DEVNULL
        )

    def kill(self):
        self.process.kill()
        self.process.wait()


def who_leads(connection):
    [[name]] = connection.execute(
        """SELECT max(application_name) FROM pg_stat_activity JOIN pg_locks USING (pid)
           WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND datname = current_database()""",
        [versions.LOCKS],
    )
    return name


def writing(database, stop, seconds_between=0.0):
    with connect(database, size=1) as pool:
        recorder, number = Recorder(pool), 0
        while not stop.is_set():
            number += 1
            appended(recorder, uuid7(), numbered(LIVES[number % len(LIVES)], number))
            stop.wait(seconds_between)


def test_each_event_counts_once_whenever_the_leader_is_killed(database, sequencer):
    """L12."""
    install(database, LAW, (COUNTING,))
    stop, kills, names = Event(), 0, iter(f"follower_{n}" for n in range(1000))
    writers = [Thread(target=writing, args=[database, stop, 0.005]) for _ in range(2)]
    for writer in writers:
        writer.start()
    running = [Following(database, next(names)) for _ in range(2)]
    until = monotonic() + 12
    try:
        with psycopg.connect(database, autocommit=True) as connection:
            while monotonic() < until or kills < 6:
                sleep(random.uniform(0.05, 0.4))
                leader = who_leads(connection)
                for following in [each for each in running if each.name == leader]:
                    running.remove(following)
                    following.kill()
                    kills += 1
                    running.append(Following(database, next(names)))
            stop.set()
            for writer in writers:
                writer.join()
            [[last]] = connection.execute("SELECT max(position) FROM log.events")
            while reached(connection, ["counting"]) < last:
                sleep(0.05)
            counted = connection.execute("SELECT type, n FROM projections.counts ORDER BY type").fetchall()
            there = connection.execute("SELECT type, count(*) FROM log.events GROUP BY type ORDER BY type")
            assert counted == there.fetchall()
            assert sum(n for _, n in counted) > 1000
    finally:
        stop.set()
        for following in running:
            following.kill()


def test_a_leader_that_lost_its_lock_without_knowing_counts_nothing_twice(database, recorder, sequencer):
    install(database, LAW, (COUNTING,))
    position = appended(recorder, uuid7(), numbered(LIVES[3], 1))
    with Watch(database) as watch:
        assert watch.wait_for(position)
    with connected(database) as connection:
        version = versions.live(connection, "counting")
        for _ in range(2):  # each believes that it leads, and goes on from the same place
            Runner(COUNTING, version, Reading(Folds(MAPPER, LAW))).step(connection, position)
    with psycopg.connect(database) as connection:
        [[counted]] = connection.execute("SELECT sum(n) FROM projections.counts")
    assert counted == len(LIVES[3])


# L13


def poisoned(projection, broken):
    """Cannot write an event of the streams in `broken`."""

    def write(connection, batch):
        if any(event.stream_id in broken and projection.wants(event) for event in batch.events):
            raise ZeroDivisionError("poison")
        projection.write(connection, batch)

    return replace(projection, write=write)


def follow(database, *projections):
    install(database, LAW, projections)
    follower = Follower(database, LAW, projections)
    follower.start()
    return follower


def test_one_event_that_cannot_be_written_stops_neither_its_projection_nor_another(
    database, recorder, pool, sequencer
):
    broken, whole = uuid7(), [uuid7() for _ in range(30)]
    for number, stream_id in enumerate([*whole[:10], broken, *whole[10:]]):
        position = appended(recorder, stream_id, numbered(LIVES[0], number + 1))
    follower = follow(database, poisoned(REGISTER, {broken}), WORKLIST)
    try:
        assert ready(pool, ["register", "worklist"], position, 10)
        later = appended(recorder, broken, LIVES[1][1:], version=1)
        assert ready(pool, ["register", "worklist"], later, 10)
        with pool.connection() as connection:
            registered = {
                row[0] for row in connection.execute("SELECT contract_id FROM projections.register")
            }
            listed = {row[0] for row in connection.execute("SELECT contract_id FROM projections.tasks")}
            letters = dead_letters.of(connection)
            found = {each.name: each for each in health(connection)}
    finally:
        follower.stop()
    assert registered == {*whole}
    assert listed == {*whole, broken}
    assert [(each.stream_id, each.type, each.tries) for each in letters] == [
        (broken, "contract.drafted", 3),
        (broken, "contract.offered", 0),
    ]
    assert letters[0].error == "ZeroDivisionError: poison"
    assert found["register"].condition is Condition.DEGRADED
    assert found["register"].dead_letters == 2
    assert found["worklist"].condition is Condition.FOLLOWING


def test_a_dead_letter_is_tried_again(database, recorder, pool, sequencer):
    broken = {uuid7()}
    [stream_id] = broken
    position = appended(recorder, stream_id, numbered(LIVES[4], 1))
    follower = follow(database, poisoned(REGISTER, broken))
    try:
        assert ready(pool, ["register"], position, 10)
        broken.clear()
        assert dead_letters.retry(database, REGISTER, LAW) == len(LIVES[4])
        with pool.connection() as connection:
            assert dead_letters.of(connection) == []
            [(state,)] = connection.execute("SELECT state FROM projections.register")
        assert state == "active"
        with pool.connection() as connection:
            assert health(connection)[0].condition is Condition.FOLLOWING
    finally:
        follower.stop()


def test_a_dead_letter_is_let_go(database, recorder, pool, sequencer):
    broken = {uuid7()}
    [stream_id] = broken
    position = appended(recorder, stream_id, numbered(LIVES[1], 1))
    follower = follow(database, poisoned(REGISTER, broken))
    try:
        assert ready(pool, ["register"], position, 10)
        broken.clear()
        with connected(database) as connection:
            assert dead_letters.discard(connection, "register") == 2
        with pool.connection() as connection:
            assert connection.execute("SELECT FROM projections.register").fetchall() == []
    finally:
        follower.stop()


def test_a_table_that_is_missing_sets_no_event_aside(database, recorder, pool, sequencer):
    install(database, LAW, (REGISTER,))
    with connected(database) as connection:
        connection.execute("ALTER TABLE p_register_v1.numbers RENAME TO elsewhere")
    position = appended(recorder, uuid7(), numbered(LIVES[0], 1))
    follower = follow(database, REGISTER)
    try:
        assert not ready(pool, ["register"], position, 0.5)
        with pool.connection() as connection:
            [found] = health(connection)
            assert (found.condition, found.dead_letters) == (Condition.RETRYING, 0)
            assert "numbers" in (found.error or "")
        with connected(database) as connection:
            connection.execute("ALTER TABLE p_register_v1.elsewhere RENAME TO numbers")
        assert ready(pool, ["register"], position, 10)
        with pool.connection() as connection:
            [found] = health(connection)
            assert (found.condition, found.error) == (Condition.FOLLOWING, None)
    finally:
        follower.stop()


def test_what_passes_by_itself_is_told_from_what_does_not():
    assert passing(psycopg.errors.LockNotAvailable())
    assert passing(psycopg.errors.SerializationFailure())
    assert passing(psycopg.OperationalError("connection lost"))
    assert passing(psycopg.errors.ReadOnlySqlTransaction())
    assert not passing(psycopg.errors.UniqueViolation())
    assert not passing(psycopg.DataError("NUL"))
    assert not passing(KeyError("x"))


# L15


def test_a_read_that_waits_for_a_position_includes_it(database, recorder, pool, followed):
    with Watch(database) as watch:
        for number in range(200):
            stream_id = uuid7()
            position = appended(recorder, stream_id, numbered(LIVES[number % 2], number + 1))
            assert ready(pool, ["register"], position, 2.0, watch if number % 4 else None)
            with pool.connection() as connection:
                found = connection.execute(
                    "SELECT contract_id FROM projections.register WHERE contract_id = %s", [stream_id]
                ).fetchall()
            assert found == [(stream_id,)]


def test_every_projection_gets_there(recorder, pool, followed):
    position = appended(recorder, uuid7(), numbered(LIVES[4], 1))
    assert ready(pool, ALL, position)


def test_with_nobody_following_a_read_says_in_time_that_it_cannot(database, recorder, pool, sequencer):
    install(database, LAW, PROJECTIONS)
    position = appended(recorder, uuid7(), numbered(LIVES[0], 1))
    began = monotonic()
    assert not ready(pool, ["register"], position)
    assert 1.9 <= monotonic() - began < 3
    with pool.connection() as connection:
        found = {each.name: each for each in health(connection)}["register"]
    assert found.condition is Condition.STOPPED
    assert found.leader is None
    assert found.behind >= 1
    assert found.lag_seconds > 1


def test_what_is_not_there_is_never_ready(pool, followed):
    assert not ready(pool, ["register", "no_such"], 0, 0.05)


# Standing by


def test_many_processes_may_start_at_the_same_moment(database):
    threads = [Thread(target=install, args=[database, LAW, PROJECTIONS]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connected(database) as connection:
        assert versions.all_live(connection) == {name: 1 for name in ALL}


def test_a_stand_by_takes_over(database, recorder, pool, followed):
    assert ready(pool, ALL, appended(recorder, uuid7(), numbered(LIVES[0], 1)), 10)
    with pool.connection() as connection:
        leaders = {each.leader for each in health(connection)}
    second = Follower(database, LAW, PROJECTIONS)
    second.start()
    try:
        followed.stop()
        assert ready(pool, ALL, appended(recorder, uuid7(), numbered(LIVES[0], 2)), 10)
        with pool.connection() as connection:
            assert leaders.isdisjoint({each.leader for each in health(connection)})
    finally:
        second.stop()


def test_a_lost_connection_is_made_again(database, recorder, pool, followed):
    assert ready(pool, ALL, appended(recorder, uuid7(), numbered(LIVES[0], 1)))
    with pool.connection() as connection:
        leaders = {each.leader for each in health(connection)}
    with psycopg.connect(database, autocommit=True) as connection:
        for leader in leaders:
            connection.execute("SELECT pg_terminate_backend(%s)", [leader])
    assert ready(pool, ALL, appended(recorder, uuid7(), numbered(LIVES[0], 2)), 5)


def test_a_follower_may_not_change_the_log(database, recorder, followed):
    appended(recorder, uuid7(), numbered(LIVES[0], 1))
    with connected(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM log.events")


def test_the_service_reads_through_the_views_only(pool, followed):
    with pool.connection() as connection:
        connection.execute("SELECT FROM projections.register")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT FROM p_register_v1.register")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM projections.register")
