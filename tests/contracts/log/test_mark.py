"""L1 to L3 and L18: the mark below which nothing appears later. With crashes of the server: test_crash.py."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import monotonic, sleep

import psycopg
import pytest

from contracts.log import append
from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from contracts.log.sequencer import Sequencer
from tests.contracts.log.appends import full, plain, recorder
from tests.contracts.log.load import APP, Reader, Standing, acknowledged, sequence, table, write_for

SECONDS = 32


def test_nothing_appears_below_the_mark(database):
    """L1, L2: 16 writers, sequencers killed about once a second, readers that keep all they saw."""
    readers = [Reader(database, by_mark=True).start() for _ in range(3)]
    heedless = Reader(database, by_mark=False).start()
    with Standing(sequence, database) as sequencers, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_for, database, SECONDS)
        kill_at = monotonic() + 1
        while not writing.done():
            read_meanwhile = [len(reader.seen) for reader in readers]
            sleep(max(0, kill_at - monotonic()))
            sequencers.kill()
            kill_at += 1
        done = acknowledged(writing.result())
        written = table(database)
        positions = [position for position, _ in written]
        for reader in (*readers, heedless):
            reader.finish(upto=positions[-1])
    missed = len(positions) - len(heedless.seen)
    print(
        f"\n{len(positions)} events by 16 writers in {SECONDS} s, {sequencers.kills} sequencers killed, "
        f"{missed} events missed without the mark, read meanwhile {read_meanwhile}"
    )
    assert sequencers.kills >= 25
    assert missed > 0, "a reader who ignores the mark must miss something, else this proves nothing"
    assert min(read_meanwhile) > len(positions) / 2
    for reader in readers:
        assert reader.seen == positions
        assert reader.marks == sorted(reader.marks)
    assert done.items() <= {key: position for position, key in written}.items()
    assert len(done) > 1000


def test_a_stuck_writer_stops_the_mark_and_no_other_writer(database):
    """L3"""
    stop, written = Event(), []

    def write():
        with psycopg.connect(database, autocommit=True, options=APP) as connection:
            while not stop.is_set():
                written.append(append(connection, plain(uuid7())).position)

    def rate(seconds):
        before = len(written)
        sleep(seconds)
        return (len(written) - before) / seconds

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    sequencer = Sequencer(database)
    sequencer.start()
    try:
        sleep(0.5)
        found = []
        while len(found) < 4 and max(found, default=0) < 0.8:  # a busy machine's rates jump
            usual = meanwhile = 0
            for _ in range(6):
                usual += rate(0.2)
                with psycopg.connect(database, options="-c role=kelisim_app") as stuck:
                    held = append(stuck, plain(uuid7())).position
                    meanwhile += rate(0.2)
                    assert sequencer.position < held < max(written)
                    stuck.rollback()
            found.append(meanwhile / usual)
        until = monotonic() + 5
        while sequencer.position <= held and monotonic() < until:
            sleep(0.01)
        assert sequencer.position > held
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        sequencer.stop()
    print(f"\nrate beside a stuck writer: {found} of the usual one")
    assert max(found) >= 0.8


UPKEEP = (
    "VACUUM log.events",
    "VACUUM (ANALYZE) log.streams",
    "ANALYZE log.events",
    "CREATE INDEX CONCURRENTLY by_type_{n} ON log.events_0 (type)",
    "REINDEX INDEX CONCURRENTLY log.events_0_pkey",
    "SELECT log.add_partitions_v1({n} + 3)",
    "VACUUM log.idempotency",
)


def test_upkeep_does_not_stop_appends(database):
    """L18"""
    stop, slowest = Event(), []

    def write():
        longest = 0.0
        with psycopg.connect(database, autocommit=True, options=APP) as connection:
            while not stop.is_set():
                began = monotonic()
                append(connection, full(uuid7()))
                longest = max(longest, monotonic() - began)
        slowest.append(longest)

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        with psycopg.connect(database, autocommit=True) as connection:
            for n in range(3):
                for statement in UPKEEP:
                    connection.execute(statement.format(n=n))
            [(partitions,)] = connection.execute(
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'log.events'::regclass"
            )
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert partitions == 6
    assert len(slowest) == 4
    assert max(slowest) < 1.0


def test_a_rolled_back_position_is_a_hole_that_means_nothing(database):
    with recorder(database) as log, psycopg.connect(database) as connection:
        append(connection, plain(uuid7(), events=3))
        assert log.mark() == 0
        connection.rollback()
        position = log.append(plain(uuid7())).position
        connection.execute("SELECT log.advance_v1()")
        connection.commit()
        assert position == log.mark() == 4
        assert [stored.position for stored in log.read(0, 10)] == [4]


def test_a_reader_is_given_nothing_above_the_mark(database):
    with recorder(database) as log, psycopg.connect(database, autocommit=True) as connection:
        for _ in range(3):
            log.append(plain(uuid7(), events=2))
        assert log.read(0, 10) == []
        with psycopg.connect(database) as slow:
            append(slow, plain(uuid7()))
            log.append(plain(uuid7()))
            connection.execute("SELECT log.advance_v1()")
            assert [stored.position for stored in log.read(0, 10)] == [1, 2, 3, 4, 5, 6]
            slow.commit()
        connection.execute("SELECT log.advance_v1()")
        assert [stored.position for stored in log.read(4, 3)] == [5, 6, 7]
        assert [stored.position for stored in log.read(4, 10, upto=6)] == [5, 6]
        assert log.mark() == 8


def test_whoever_wrote_waits_until_it_can_be_read(database):
    sequencer = Sequencer(database)
    sequencer.start()
    with recorder(database) as log, Watch(database) as watch:
        for _ in range(50):
            appended = log.append(plain(uuid7()))
            assert watch.wait_for(appended.position)
            assert log.read(appended.position - 1, 1)
        sequencer.stop()
        # Nobody leads now: whoever waits moves the mark himself.
        assert watch.wait_for(log.append(plain(uuid7())).position, timeout=1)
        began = monotonic()
        assert not watch.wait_for(appended.position + 100, timeout=0.3)
        assert 0.3 <= monotonic() - began < 0.6


def test_waiting_goes_on_when_the_listening_connection_is_lost(database):
    with (
        recorder(database) as log,
        Watch(database) as watch,
        psycopg.connect(database, autocommit=True) as owner,
    ):
        assert watch.wait_for(log.append(plain(uuid7())).position)
        [(ended,)] = owner.execute(
            """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE query ~ '^(LISTEN|SELECT log.advance)'"""
        )
        assert ended
        assert watch.wait_for(log.append(plain(uuid7())).position)


def test_one_of_two_sequencers_leads_and_the_other_takes_over(database):
    first, second = Sequencer(database), Sequencer(database)
    first.start()
    until = monotonic() + 5
    while not first.leading and monotonic() < until:
        sleep(0.01)
    second.start()
    sleep(0.2)
    assert (first.leading, second.leading) == (True, False)
    first.stop()
    until = monotonic() + 5
    while not second.leading and monotonic() < until:
        sleep(0.01)
    assert (first.leading, second.leading) == (False, True)
    second.stop()


def test_the_leader_forgets_old_keys_and_keeps_partitions_ahead(database):
    with recorder(database) as log, psycopg.connect(database, autocommit=True) as owner:
        old, young = full(uuid7()), full(uuid7())
        log.append(old)
        log.append(young)
        owner.execute(
            "UPDATE log.idempotency SET recorded_at = now() - interval '31 days' WHERE key = %s", [old.key]
        )
        owner.execute("SELECT setval('log.position_seq', 10000000)")
        sequencer = Sequencer(database)
        sequencer.start()
        until = monotonic() + 5
        # By a read: asking for the answer writes to the row, and what is in use is left for the next time.
        there = "SELECT FROM log.idempotency WHERE key = %s"
        while owner.execute(there, [old.key]).fetchone() is not None and monotonic() < until:
            sleep(0.01)
        sequencer.stop()
        assert not log.answer_of(old.key, old.request_hash)
        assert log.answer_of(young.key, young.request_hash)
        assert log.append(plain(uuid7())).position == 10_000_001
        found = owner.execute("SELECT tableoid::regclass::text FROM log.events ORDER BY position").fetchall()
        assert found == [("log.events_0",), ("log.events_0",), ("log.events_1",)]
        assert owner.execute("SELECT to_regclass('log.events_3') IS NOT NULL").fetchone() == (True,)


@pytest.mark.parametrize("change", ["timeline = timeline + 1", "system_id = '1'"])
def test_a_new_epoch_begins_when_the_server_is_another(database, change):
    with recorder(database) as log, psycopg.connect(database, autocommit=True) as owner:
        log.append(plain(uuid7(), events=7))
        epochs = [owner.execute("SELECT log.open_epoch_v1()").fetchone() for _ in range(2)]
        owner.execute("SELECT log.advance_v1()")
        owner.execute(f"UPDATE log.epochs SET {change}")
        epochs.append(owner.execute("SELECT log.open_epoch_v1()").fetchone())
        assert epochs == [(1,), (1,), (2,)]
        rows = owner.execute("SELECT epoch, from_position FROM log.epochs ORDER BY epoch").fetchall()
        assert rows == [(1, 0), (2, 7)]
        assert owner.execute("SELECT position, epoch FROM log.mark").fetchone() == (7, 2)
