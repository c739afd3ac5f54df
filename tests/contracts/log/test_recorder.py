"""What the recorder makes of lost answers and absent servers, and the library's interface over our tables."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep

import psycopg
import pytest
from eventsourcing.persistence import EventStore, IntegrityError
from msgspec.structs import replace

from contracts.log import Recorder, clock, connect
from contracts.log.connections import conninfo
from contracts.log.errors import OutcomeUnknown, Unavailable
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper, Recorded
from contracts.log.recorder import append
from tests.contracts.log.appends import HASH, Signed, event, full, plain, recorder
from tests.contracts.log.proxy import proxied


@pytest.fixture
def proxy(database):
    with proxied(database) as proxy:
        yield proxy


@pytest.fixture
def log(proxy):
    with recorder(proxy.url, size=2) as log:
        log.now()
        yield log


def test_a_lost_answer_is_asked_for_once_more(log, proxy):
    """L6: the connection is cut after the append was sent."""
    stream = uuid7()
    proxy.lose(1)
    appended = log.append(full(stream))
    assert appended.replayed  # it had been written; the second call found it
    assert [stored.position for stored in log.streams([stream])[stream]] == [appended.position]


def test_without_a_key_it_is_never_sent_again(log, proxy):
    stream = uuid7()
    proxy.lose(1)
    with pytest.raises(OutcomeUnknown):
        log.append(plain(stream))
    assert len(log.streams([stream])[stream]) == 1


def test_an_outcome_that_stays_unknown_can_be_asked_for(log, proxy):
    stream = uuid7()
    wanted = full(stream)
    proxy.lose(2)
    with pytest.raises(OutcomeUnknown):
        log.append(wanted)
    found = log.answer_of(wanted.key, HASH)
    assert found.replayed
    assert found.answer == wanted.answer
    assert log.append(wanted) == found


def test_reading_is_simply_done_again(log, proxy):
    stream = uuid7()
    log.append(plain(stream))
    proxy.lose(1)
    assert len(log.streams([stream])[stream]) == 1


def test_a_server_that_is_away_is_said_within_bounds(log, proxy):
    wanted = full(uuid7())
    log.append(wanted)
    proxy.cut()
    began = monotonic()
    with pytest.raises(OutcomeUnknown):
        log.append(wanted)
    with pytest.raises(Unavailable):
        log.now()
    assert monotonic() - began < 5
    proxy.closed = False
    until = monotonic() + 10
    while monotonic() < until:
        try:
            assert log.append(wanted).replayed
            break
        except Unavailable:
            sleep(0.1)
    else:
        pytest.fail("the pool did not come back")


def test_waiting_for_a_connection_is_bounded(database):
    with connect(database, size=1) as pool, pool.connection(), ThreadPoolExecutor(18) as threads:
        log = Recorder(pool)
        began = monotonic()
        found = [*threads.map(lambda _: _away(log), range(18))]
    assert found.count(Unavailable) == 18
    assert monotonic() - began < 3


def _away(log):
    try:
        return log.append(full(uuid7()))
    except Unavailable as away:
        return type(away)


def test_a_full_or_starting_server_writes_nothing(database):
    """A role that may have one connection: 53300 for the second."""
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("CREATE ROLE narrow_log LOGIN PASSWORD 'x' CONNECTION LIMIT 0 IN ROLE kelisim_app")
        try:
            narrow = psycopg.conninfo.make_conninfo(database, user="narrow_log", password="x")
            with recorder(narrow) as log, pytest.raises(Unavailable):
                log.append(full(uuid7()))
        finally:
            owner.execute("DROP ROLE narrow_log")


def test_each_append_on_another_server_connection(database):
    """L17: as behind a pooler that keeps no prepared statements."""
    stream = uuid7()
    for version in range(20):
        with psycopg.connect(
            conninfo(database, "kelisim_app"), autocommit=True, prepare_threshold=None
        ) as connection:
            append(connection, full(stream, version))
    with recorder(database, prepared=False) as log:
        log.append(full(stream, 20))
        stored = log.streams([stream])[stream]
        assert [one.stream_version for one in stored] == [*range(1, 22)]


def test_the_clock_is_the_databases_and_a_test_may_shift_it(database):
    with recorder(database) as log, psycopg.connect(database, autocommit=True) as owner:
        assert not clock.test_clock_is_set(owner)
        assert abs(log.now() - datetime.now(UTC)).total_seconds() < 5
        for instant in (datetime(2031, 1, 1, tzinfo=UTC), datetime(2019, 5, 6, 7, 8, tzinfo=UTC)):
            clock.set_test_clock(owner, instant)
            assert clock.test_clock_is_set(owner)
            assert 0 <= (log.append(plain(uuid7())).recorded_at - instant).total_seconds() < 5
        clock.set_test_clock(owner, None)
        assert not clock.test_clock_is_set(owner)
        assert abs(log.now() - datetime.now(UTC)).total_seconds() < 5


# The library's interface


@pytest.fixture
def store(database):
    with recorder(database) as log:
        yield EventStore(Mapper({"contract.signed": Signed}), log)


def signed(stream, version):
    return Recorded(stream, version, Signed("student", datetime(2026, 9, 1).date()), uuid7())


def test_the_librarys_event_store_works_on_our_tables(store):
    stream, other = uuid7(), uuid7()
    recorded = [signed(stream, 1), signed(stream, 2), signed(other, 1)]
    positions = [recording.notification.id for recording in store.put(recorded, metadata={"actor": "a1"})]
    assert positions == [1, 2, 3]
    assert [*store.get(stream)] == recorded[:2]
    assert [*store.get(stream, gt=1)] == recorded[1:2]
    assert [*store.get(stream, desc=True, limit=1)] == recorded[1:2]
    assert [*store.get(stream, lte=1)] == recorded[:1]
    assert store.recorder.streams([other])[other][0].metadata == '{"actor":"a1"}'
    with pytest.raises(IntegrityError):
        store.put([signed(stream, 2)])


def test_the_librarys_notifications_end_at_the_mark(store, database):
    recorded = [signed(uuid7(), 1) for _ in range(5)]
    store.put(recorded)
    log = store.recorder
    assert log.max_notification_id() is None
    assert log.select_notifications(1, 10) == []
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("SELECT log.advance_v1()")
    assert log.max_notification_id() == 5
    assert [found.id for found in log.select_notifications(2, 2)] == [2, 3]
    assert [found.id for found in log.select_notifications(2, 9, stop=4, inclusive_of_start=False)] == [3, 4]
    assert log.select_notifications(None, 9, topics=["contract.drafted"]) == []
    assert len(log.select_notifications(None, 9, topics=["contract.signed"])) == 5
    with pytest.raises(NotImplementedError):
        log.subscribe()
    assert recorded[0] == store.mapper.to_domain_event(log.select_notifications(1, 1)[0])


def test_event_is_the_librarys_only_in_its_envelope(store):
    stream = uuid7()
    store.recorder.append(replace(plain(stream), events=[event(stream)]))
    [found] = store.recorder.select_events(stream)
    assert found.topic == "contract.signed"
    assert b'"schema":1' in found.state
