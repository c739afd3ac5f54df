"""Appends that wait at the same moment go together, and none of them suffers from another."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

import psycopg
import pytest
from msgspec.structs import replace

from contracts.log import Boundary, Head, append
from contracts.log.appending import Appended
from contracts.log.check import check
from contracts.log.errors import BoundaryMoved, KeyReused, LogError, Unavailable, VersionMoved
from contracts.log.ids import uuid7
from contracts.log.together import ALONE, AT_ONCE, WAITING, Together
from tests.contracts.log.appends import DUE, full, plain, recorder
from tests.contracts.log.proxy import proxied


@contextmanager
def held(database, log, threads):
    """As many as may go alone wait for places that somebody holds, so that all others of this process go
    together."""
    places = [Boundary("student", f"held {n}", None, "[]") for n in range(ALONE)]
    with psycopg.connect(database, options="-c role=kelisim_app") as holder:
        append(holder, plain(uuid7(), boundaries=places))
        first = [threads.submit(log.append, plain(uuid7(), boundaries=[each])) for each in places]
        with psycopg.connect(database, autocommit=True) as watcher:
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            while watcher.execute(waits).fetchone() != (ALONE,):
                pass
        yield
        holder.commit()
    for each in first:
        with pytest.raises((BoundaryMoved, Unavailable)):
            each.result()


def outcome(log, wanted):
    try:
        return log.append(wanted)
    except LogError as refused:
        return type(refused)


def test_a_few_go_alone_side_by_side(database, owner):
    """None of them waits for another, whatever that one waits for."""
    with recorder(database) as log, ThreadPoolExecutor(16) as threads:
        with psycopg.connect(database, options="-c role=kelisim_app") as holder:
            append(holder, plain(uuid7(), boundaries=[Boundary("student", "held", None, "[]")]))
            waiting = threads.submit(
                log.append, plain(uuid7(), boundaries=[Boundary("student", "held", None, "[]")])
            )
            appended = [log.append(full(uuid7())) for _ in range(ALONE)]
            assert not waiting.done()
            holder.rollback()
        assert waiting.result().position > max(each.position for each in appended)
    assert check(owner).findings == []


def test_those_who_wait_share_a_transaction(database, owner):
    wanted = [full(uuid7()) for _ in range(12)]
    with recorder(database) as log, ThreadPoolExecutor(16) as threads, held(database, log, threads):
        appended = [*threads.map(log.append, wanted)]
    for each, append_ in zip(wanted, appended, strict=True):
        [stored] = log_of(owner, each)
        assert (stored[0], stored[1]) == (append_.position, append_.hashes[0])
        assert append_.versions == {each.heads[0].stream_id: 1}
    [[transactions]] = owner.execute("SELECT count(DISTINCT xmin::text) FROM log.events").fetchall()
    assert transactions < len(wanted)
    assert check(owner).findings == []


def log_of(owner, wanted):
    return owner.execute(
        "SELECT position, hash FROM log.events WHERE event_id = %s", [wanted.events[0].event_id]
    ).fetchall()


def test_each_has_its_own_answer(database, owner):
    """Moved, answered before, used for another request: they do not keep the others from being written."""
    known, other = full(uuid7()), full(uuid7())
    with recorder(database) as log, ThreadPoolExecutor(16) as threads:
        before = [log.append(known), log.append(other)]
        new = [full(uuid7(), events=n) for n in (1, 2, 3)]
        with held(database, log, threads):
            moved, again, reused, *written = threads.map(
                lambda wanted: outcome(log, wanted),
                [full(uuid7(), 7), known, replace(other, request_hash=b"another"), *new],
            )
    assert (moved, reused) == (VersionMoved, KeyReused)
    assert (again.replayed, again.position) == (True, before[0].position)
    assert [each.versions for each in written] == [
        {wanted.heads[0].stream_id: len(wanted.events)} for wanted in new
    ]
    assert check(owner).findings == []


def test_those_who_touch_the_same_do_not_go_together(database, owner):
    stream, leant_on = uuid7(), uuid7()
    with recorder(database) as log, ThreadPoolExecutor(16) as threads:
        log.append(plain(leant_on))
        leaning = [
            replace(plain(new := uuid7()), heads=[Head(new, "contract", 0), Head(leant_on, "contract", 1)])
            for _ in range(3)
        ]
        twins = [full(stream, key=f"k{n}", boundaries=()) for n in range(3)]
        with held(database, log, threads):
            found = [*threads.map(lambda wanted: outcome(log, wanted), [*twins, *leaning])]
    assert found[:3].count(VersionMoved) == 2
    assert [each.versions[leant_on] for each in found[3:]] == [1, 1, 1]
    assert check(owner).findings == []


def test_timers_stand_in_the_head_of_their_stream(database, owner):
    """Whoever goes with others keeps his own."""
    wanted = [full(uuid7(), timers=timers) for timers in ({"lapse": DUE}, None)]
    with recorder(database) as log, ThreadPoolExecutor(16) as threads, held(database, log, threads):
        [*threads.map(log.append, wanted)]
    found = dict(owner.execute("SELECT stream_id, timers FROM log.streams").fetchall())
    assert [found[each.heads[0].stream_id] for each in wanted] == [{"lapse": "2027-01-14T19:00:00Z"}, None]


def test_an_answer_that_got_lost_is_asked_for_by_each(database, owner):
    wanted = [full(uuid7()) for _ in range(8)]
    with (
        proxied(database) as proxy,
        recorder(proxy.url) as log,
        ThreadPoolExecutor(16) as threads,
        held(database, log, threads),
    ):
        proxy.lose(1)
        found = [*threads.map(log.append, wanted)]
    assert any(each.replayed for each in found)
    assert [len(log_of(owner, each)) for each in wanted] == [1] * len(wanted)


def test_a_long_append_goes_alone(database):
    """Those who wait would wait for all of its events."""
    with recorder(database) as log, ThreadPoolExecutor(16) as threads, held(database, log, threads):
        long = threads.submit(log.append, plain(uuid7(), events=500))
        assert log.append(full(uuid7())).versions
        assert long.result().position


def test_who_waits_for_a_place_does_not_hold_up_the_others(database):
    """L3, within one process."""
    with recorder(database) as log, ThreadPoolExecutor(16) as threads, held(database, log, threads):
        stuck = [
            threads.submit(
                outcome, log, plain(uuid7(), boundaries=[Boundary("student", "held 0", None, "[]")])
            )
            for _ in range(2)
        ]
        assert all(each.position for each in threads.map(log.append, [full(uuid7()) for _ in range(8)]))
        assert not any(each.done() for each in stuck)
    assert {each.result() for each in stuck} <= {BoundaryMoved, Unavailable}


def test_more_than_can_wait_are_told_at_once():
    go_on = Event()

    def alone(_):
        assert go_on.wait(10)
        return Appended(1, {}, datetime.now(UTC), False, None)

    together = Together(alone, lambda parts: [*map(alone, parts)])
    appends = [plain(uuid7()) for _ in range(ALONE + AT_ONCE + WAITING + 1)]
    with ThreadPoolExecutor(len(appends)) as threads:
        found = [threads.submit(together.append, each) for each in appends]
        told = next(as_completed(found, 10))
        go_on.set()
    with pytest.raises(Unavailable):
        told.result()
