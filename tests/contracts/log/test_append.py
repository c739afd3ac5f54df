"""L4 to L7: what an append promises. L8 is in test_crash.py, L9 and L16 in test_protection.py."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic

import psycopg
import pytest
from msgspec.structs import replace

from contracts.log import Boundary, Head, append, set_test_clock
from contracts.log.asking import Place
from contracts.log.errors import (
    BoundaryMoved,
    DayMoved,
    KeyReused,
    VersionMoved,
)
from contracts.log.ids import uuid7
from tests.contracts.log.appends import DUE, HASH, METADATA, TABLES, event, full, plain, recorder, tables


def test_what_is_appended_reads_back_as_it_was(log):
    stream = uuid7()
    wanted = full(stream)
    appended = log.append(wanted)
    [stored] = log.streams([stream])[stream]
    [new] = wanted.events
    assert (stored.position, stored.stream_version) == (appended.position, 1)
    assert (stored.event_id, stored.type, stored.data) == (new.event_id, new.type, new.data)
    assert (stored.effective_on, stored.recorded_at) == (new.effective_on, appended.recorded_at)
    assert stored.metadata == json.dumps(METADATA, separators=(",", ":"))
    assert appended.versions == {stream: 1}


def test_several_streams_and_events_in_one_append(log):
    first, second, leant_on = sorted(uuid7() for _ in range(3))
    log.append(plain(second, events=2))
    log.append(plain(leant_on, events=1))
    heads = [Head(second, "contract", 2), Head(leant_on, "person", 1), Head(first, "contract", 0)]
    events = [event(first), event(second), event(first)]
    appended = log.append(replace(full(first), heads=heads, events=events))
    assert appended.versions == {first: 2, second: 3, leant_on: 1}
    assert log.append(replace(full(first), heads=heads, events=events)).versions == appended.versions
    written = log.streams([first, second])
    assert [stored.event_id for stored in written[first]] == [events[0].event_id, events[2].event_id]
    assert written[second][2].event_id == events[1].event_id
    assert appended.position == max(stored.position for stream in written.values() for stored in stream)


def test_a_stream_that_is_leant_on_may_not_have_moved(log):
    own, leant_on = uuid7(), uuid7()
    log.append(plain(leant_on, events=2))
    with pytest.raises(VersionMoved) as moved:
        log.append(replace(plain(own), heads=[Head(own, "contract", 0), Head(leant_on, "person", 1)]))
    assert moved.value.stream_id == leant_on
    assert log.streams([own]) == {own: []}


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_another_version_than_expected_is_refused(log, expected):
    stream = uuid7()
    log.append(plain(stream, events=2))
    with pytest.raises(VersionMoved) as moved:
        log.append(plain(stream, expected))
    assert moved.value.stream_id == stream


def test_versions_have_no_hole_and_no_double_whoever_writes(log, database):
    """L4: 16 writers on one stream, half of them by the short way."""
    stream, until = uuid7(), monotonic() + 3

    def write(short):
        won = lost = 0
        with psycopg.connect(database, autocommit=True, options="-c role=kelisim_app") as connection:
            while monotonic() < until:
                read = "SELECT version, hash FROM log.streams WHERE stream_id = %s"
                version, head = connection.execute(read, [stream]).fetchone() or (0, None)
                wanted = full(stream, version, key=f"w:{uuid7()}", boundaries=())
                if short:
                    wanted = replace(wanted, heads=[replace(wanted.heads[0], hash=head)])
                try:
                    append(connection, wanted)
                    won += 1
                except VersionMoved:
                    lost += 1
        return won, lost

    with ThreadPoolExecutor(16) as pool:
        won, lost = map(sum, zip(*pool.map(write, [True, False] * 8), strict=True))
    versions = [stored.stream_version for stored in log.streams([stream])[stream]]
    assert versions == [*range(1, won + 1)]
    assert won > 100
    assert lost > 100


@pytest.mark.parametrize("table", TABLES)
def test_an_append_happens_wholly_or_not_at_all(log, owner, database, table):
    """L5: each step in turn fails."""
    stream = uuid7()
    log.append(full(stream))
    before = tables(database)
    owner.execute(
        """CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'as the test wants' USING ERRCODE = 'ZZ001'; END $$"""
    )
    owner.execute(
        f"CREATE TRIGGER fails BEFORE INSERT OR UPDATE ON log.{table} FOR EACH ROW EXECUTE FUNCTION fails()"
    )
    for wanted in (full(stream, 1), full(uuid7()), full(stream, 1, timers={})):
        with pytest.raises(psycopg.Error, match="as the test wants"):
            log.append(wanted)
    assert tables(database) == before
    owner.execute(f"DROP TRIGGER fails ON log.{table}")
    assert log.append(full(stream, 1)).versions == {stream: 2}


def test_the_same_key_has_one_effect_however_parallel(database):
    """L6"""
    wanted = full(uuid7())
    with recorder(database) as log, ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: log.append(wanted), range(8))]
        again = log.append(wanted)
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    told = {(each.position, each.recorded_at, each.answer) for each in [*answers, again]}
    assert told == {(again.position, again.recorded_at, again.answer)}
    assert all(answer.versions == {wanted.heads[0].stream_id: 1} for answer in answers)
    assert answers[0].answer == wanted.answer  # to the byte
    assert [len(rows) for rows in tables(database).values()] == [1] * len(TABLES)


def test_a_key_that_failed_is_as_if_it_had_never_been_used(log):
    stream = uuid7()
    with pytest.raises(VersionMoved):
        log.append(full(stream, 5, key="a1:k"))
    assert log.answer_of("a1:k", HASH) is None
    assert not log.append(full(stream, 0, key="a1:k")).replayed
    assert log.answer_of("a1:k", HASH).replayed


def test_a_key_may_stand_for_a_wish_that_was_already_true(log):
    stream = uuid7()
    position = log.append(plain(stream, events=2)).position
    nothing = replace(full(stream, 2, timers=None), events=[], boundaries=())
    first, again = log.append(nothing), log.append(nothing)
    assert (first.position, first.versions, first.replayed) == (position, {stream: 2}, False)
    assert again == replace(first, replayed=True)


def test_the_same_key_with_another_request_is_refused(log):
    """L7"""
    stream = uuid7()
    log.append(full(stream, key="a1:k"))
    with pytest.raises(KeyReused):
        log.append(replace(full(stream, 1, key="a1:k"), request_hash=b"another"))
    with pytest.raises(KeyReused):
        log.answer_of("a1:k", b"another")
    assert len(log.streams([stream])[stream]) == 1


def test_a_boundary_is_taken_moved_and_left_by_who_saw_it_last(log):
    place = ("student", "01980000-0000-7000-8000-0000000000a1")

    def write(expected, state):
        log.append(plain(uuid7(), boundaries=[Boundary(*place, expected, state)]))
        return log.ask({}, [place, ("student", "nobody")]).places.get(place)

    taken = write(None, "[1]")
    assert taken.state == "[1]"
    for expected in (None, taken.version + 1):
        with pytest.raises(BoundaryMoved) as moved:
            write(expected, "[2]")
        assert (moved.value.kind, moved.value.key) == place
    changed = write(taken.version, "[1, 2]")
    assert changed == Place(changed.version, "[1, 2]")
    assert write(changed.version, None) is None
    # Left and taken again is not unmoved.
    assert write(None, "[1]").version not in {taken.version, changed.version}
    with pytest.raises(BoundaryMoved):
        write(taken.version, "[3]")


def test_two_who_want_the_same_place_at_once(database):
    with recorder(database) as log, ThreadPoolExecutor(8) as pool:

        def want(n):
            try:
                log.append(plain(uuid7(), boundaries=[Boundary("number", "75-2026-000001", None, str(n))]))
            except BoundaryMoved:
                return 0
            return 1

        assert sum(pool.map(want, range(8))) == 1


def test_a_timer_is_set_moved_and_taken_back(log, owner):
    stream = uuid7()
    later = DUE + timedelta(days=1)
    for version, timers in enumerate([{"lapse": DUE, "answer": later}, None, {"lapse": later}]):
        log.append(plain(stream, version, timers=timers))
    assert _timers(owner) == [({"lapse": "2027-01-15T19:00:00Z"}, later)]
    nothing = replace(plain(stream, 3, timers={}, key="a1:k", request_hash=HASH), events=[])
    assert log.append(nothing).versions == {stream: 3}
    assert _timers(owner) == [(None, None)]


def _timers(owner):
    return owner.execute("SELECT timers, due_at FROM log.streams").fetchall()


def test_nothing_is_written_at_or_past_the_legal_midnight(log, owner):
    midnight = datetime(2026, 11, 24, 19, tzinfo=UTC)
    set_test_clock(owner, midnight - timedelta(minutes=1))
    assert log.append(plain(uuid7(), not_after=midnight)).recorded_at < midnight
    set_test_clock(owner, midnight)
    stream = uuid7()
    with pytest.raises(DayMoved):
        log.append(full(stream, not_after=midnight))
    assert log.answer_of(full(stream).key, HASH) is None


def test_no_event_is_recorded_before_the_one_ahead_of_it(log):
    stream = uuid7()
    for version in range(20):
        log.append(plain(stream, version))
    recorded = [stored.recorded_at for stored in log.streams([stream])[stream]]
    assert recorded == sorted(recorded)


def test_part_of_a_transaction(log, database):
    """Whoever erases a person does it in one transaction with the event."""
    kept, dropped = uuid7(), uuid7()
    with psycopg.connect(database, options="-c role=kelisim_privacy") as connection:
        append(connection, plain(dropped))
        connection.rollback()
        append(connection, plain(kept))
    assert {stream: len(found) for stream, found in log.streams([kept, dropped]).items()} == {
        kept: 1,
        dropped: 0,
    }


def test_metadata_is_stored_in_canonical_form(log):
    stream = uuid7()
    log.append(replace(plain(stream), metadata=dict(reversed(METADATA.items())) | {"б": "é\n"}))
    [stored] = log.streams([stream])[stream]
    assert stored.metadata.endswith('"law":"kz/2026-11","б":"é\\n"}')
