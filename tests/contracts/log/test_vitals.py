"""What tells an operator that the log is not well, before anybody else notices."""

import psycopg
import pytest

from api.server_process import patiently
from contracts.log import append
from contracts.log.ids import uuid7
from contracts.log.vitals import tables, vitals
from tests.contracts.log.appends import plain
from tests.contracts.log.load import APP


@pytest.fixture
def seen(database):
    """As the service sees it."""
    with psycopg.connect(database, autocommit=True, options=APP) as connection:
        yield connection


def test_a_log_that_is_well(log, owner, seen):
    log.append(plain(uuid7()))
    owner.execute("SELECT log.advance_v1()")
    found = vitals(seen)
    assert (found.mark, found.mark_lag_seconds) == (1, 0)
    assert (found.partitions_ahead, found.deadlocks) == (2, 0)
    assert (found.floor_pid, found.floor_seconds) == (None, None)
    assert (found.replicas, found.replica_lag_seconds, found.replica_lag_bytes) == (0, None, None)


def test_whoever_holds_the_mark_back_is_named(database, log, owner, seen):
    with psycopg.connect(database, options=APP) as first, psycopg.connect(database, options=APP) as second:
        for stuck in (first, second):
            append(stuck, plain(uuid7()))
        log.append(plain(uuid7()))
        owner.execute("SELECT log.advance_v1()")
        found = vitals(seen)
        assert found.floor_pid == first.info.backend_pid
        assert found.mark == 0
        assert found.floor_seconds > found.mark_lag_seconds > 0
        first.rollback()
        assert vitals(seen).floor_pid == second.info.backend_pid
    owner.execute("SELECT log.advance_v1()")
    assert (vitals(seen).floor_pid, vitals(seen).mark_lag_seconds) == (None, 0)


def test_a_reader_with_an_old_snapshot_is_seen(database, seen):
    before = vitals(seen).oldest_snapshot_seconds
    with psycopg.connect(database) as slow:
        slow.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        slow.execute("SELECT pg_sleep(0.3), count(*) FROM log.events")
        assert vitals(seen).oldest_snapshot_seconds >= 0.3 > before


@pytest.mark.parametrize(("reached", "ahead"), [(9_999_999, 2), (10_000_000, 1), (29_999_999, 0)])
def test_partitions_that_are_still_empty_are_counted(owner, seen, reached, ahead):
    owner.execute("SELECT setval('log.position_seq', %s)", [reached])
    assert vitals(seen).partitions_ahead == ahead


def test_tables_tell_what_vacuum_has_left(log, owner, seen):
    stream = uuid7()
    for version in range(5):
        log.append(plain(stream, version))

    def streams():
        return next(table for table in tables(seen) if table.name == "streams")

    assert {"events", "streams", "idempotency", "boundary"} <= {table.name for table in tables(seen)}
    assert not [table for table in tables(seen) if table.name.startswith("events_")]
    owner.execute("SELECT pg_stat_force_next_flush()")
    assert patiently(lambda: streams().live_rows, 10)
    assert streams().vacuumed_seconds_ago is None
    owner.execute("VACUUM log.streams")
    assert streams().dead_rows == 0
    assert 0 <= streams().vacuumed_seconds_ago < 60
    assert streams().bytes > 0
