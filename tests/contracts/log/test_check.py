"""L10, L11: the check finds every changed byte, and whatever beside the events does not say what they say."""

import json
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.log import looking, spread
from contracts.log.check import check
from contracts.log.errors import VersionMoved
from contracts.log.ids import uuid7
from contracts.log.looking import Finding
from tests.contracts.log.appends import DUE, full, plain
from tests.contracts.log.places import ByNewest, move


@pytest.fixture
def streams(log):
    """Three of 1, 4 and 7 events."""
    streams = sorted(uuid7() for _ in range(3))
    for stream, length in zip(streams, (1, 4, 7), strict=True):
        log.append(full(stream))
        if length > 1:
            log.append(plain(stream, 1, events=length - 1))
    return streams


def tampered(owner, statement, *parameters):
    """As somebody with all rights to the database: triggers off."""
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        assert owner.execute(statement, parameters).rowcount
    return check(owner).findings


def test_a_whole_log_has_no_findings(owner, streams):
    report = check(owner)
    assert (report.streams, report.events, report.findings) == (3, 12, [])


def test_an_empty_log_has_no_findings(owner):
    assert check(owner).findings == []


@pytest.mark.parametrize(
    "change",
    [
        "data = overlay(data::text placing 'X' from 12)::json",
        "data = (data::text || ' ')::json",
        "metadata = '{}'",
        "metadata = (metadata::text || ' ')::json",
        "type = 'contract.Signed'",
        "schema_version = 2",
        "effective_on = NULL",
        "effective_on = effective_on + 1",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "event_id = gen_random_uuid()",
        "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)",
    ],
)
def test_any_changed_byte_is_found_and_named(owner, streams, change):
    """L10"""
    found = tampered(
        owner, f"UPDATE log.events SET {change} WHERE stream_id = %s AND stream_version = 3", streams[1]
    )
    assert Finding("hash", streams[1], 3) in found
    assert {(finding.stream_id, finding.version) for finding in found} <= {(streams[1], 3), (streams[1], 4)}


def test_a_change_that_was_hashed_anew_breaks_the_link_of_the_next(owner, streams):
    found = tampered(
        owner,
        """UPDATE log.events SET type = 'contract.forged', hash = log.event_hash_v1(
               stream_id, stream_version, event_id, 'contract.forged', schema_version, effective_on,
               recorded_at, data::text, encode(sha256(convert_to(metadata::text, 'UTF8')), 'hex'), prev_hash)
           WHERE stream_id = %s AND stream_version = 2""",
        streams[1],
    )
    assert found == [Finding("prev", streams[1], 3)]


def test_a_removed_event_is_found(owner, streams):
    found = tampered(owner, "DELETE FROM log.events WHERE stream_id = %s AND stream_version = 2", streams[1])
    assert found == [Finding("version", streams[1], 3), Finding("prev", streams[1], 3)]


def test_a_removed_end_is_found_by_the_head(owner, streams):
    found = tampered(owner, "DELETE FROM log.events WHERE stream_id = %s AND stream_version > 2", streams[2])
    assert found == [Finding("head", streams[2], 2)]


def test_a_removed_stream_is_found_by_all_that_it_leaves_behind(owner, streams):
    timer = Finding("timer", streams[0], where="lapse:0")
    found = tampered(owner, "DELETE FROM log.events WHERE stream_id = %s", streams[0])
    assert found == [Finding("head", streams[0], 0), timer]
    found = tampered(owner, "DELETE FROM log.streams WHERE stream_id = %s", streams[0])
    assert found == [Finding("key", streams[0], 1)]


def test_a_stream_without_its_head_is_found(owner, streams):
    found = tampered(owner, "DELETE FROM log.streams WHERE stream_id = %s", streams[2])
    assert found == [Finding("head", streams[2], 7), Finding("key", streams[2], 1)]


def test_two_events_of_one_version_are_found(owner, streams):
    found = tampered(
        owner,
        "UPDATE log.events SET stream_version = 3 WHERE stream_id = %s AND stream_version = 4",
        streams[1],
    )
    assert Finding("version", streams[1], 3) in found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log.streams SET version = version + 1 WHERE stream_id = %s",
        "UPDATE log.streams SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE stream_id = %s",
    ],
)
def test_a_head_that_says_something_else_is_found(owner, streams, change):
    assert tampered(owner, change, streams[1]) == [Finding("head", streams[1], 4)]


def test_the_check_looks_at_one_moment_while_appends_go_on(owner, log, streams):
    with owner.transaction():
        owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        owner.execute("SELECT FROM log.mark")
        log.append(plain(streams[0], 1))
        assert owner.execute("SELECT count(*) FROM log.events").fetchone() == (12,)
    assert check(owner).events == 13


# What stands beside the events


@given(
    moves=st.lists(
        st.tuples(st.integers(0, 2), st.sets(st.sampled_from("abcd"), max_size=3)), min_size=1, max_size=12
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_stands_beside_the_events_says_what_they_say(log, owner, moves):
    """L11, after whatever was done."""
    streams = [uuid7() for _ in range(3)]
    versions, holds = [0, 0, 0], [set(), set(), set()]
    for n, places in moves:
        move(log, streams[n], versions[n], places, holds[n])
        versions[n], holds[n] = versions[n] + 1, places
        with pytest.raises(VersionMoved):
            log.append(full(streams[n], 99))
    assert check(owner, ByNewest()).findings == []


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))

TWO = {"lapse": DUE.isoformat(), "other": DUE.isoformat()}


@pytest.fixture
def held(log):
    stream = uuid7()
    move(log, stream, 0, {"a", "b"}, set())
    return stream


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE log.boundary SET state = '[]' WHERE key = 'a'", ("boundary", "place a")),
        ("DELETE FROM log.boundary WHERE key = 'b'", ("boundary", "place b")),
        ("INSERT INTO log.boundary VALUES ('place', 'c', 1, '[]')", ("boundary", "place c")),
        ("UPDATE log.streams SET timers = '{}', due_at = NULL", ("timer", "lapse")),
        ("UPDATE log.streams SET due_at = due_at + interval '1 second'", ("timer", "due_at")),
        (f"UPDATE log.streams SET timers = '{json.dumps(TWO)}'", ("timer", "other")),
    ],
)
def test_what_does_not_is_found(owner, held, change, finding):
    assert check(owner, ByNewest()).findings == []
    owner.execute(change)
    what, where = finding
    [found] = check(owner, ByNewest()).findings
    assert (found.what, found.where) == (what, where)
    assert found.stream_id == (held if what == "timer" else None)


def test_processes_side_by_side_find_the_same_at_one_moment(log, owner, database, monkeypatch):
    monkeypatch.setattr(looking, "STREAMS", 2)
    streams = sorted(uuid7() for _ in range(7))
    for stream in streams:
        move(log, stream, 0, {str(stream), "shared"}, set())
    assert spread.check(database, ByNewest, 2) == check(owner, ByNewest())
    owner.execute("UPDATE log.streams SET version = 9 WHERE stream_id = ANY(%s)", [streams[1:6:2]])
    owner.execute("UPDATE log.boundary SET state = '[]' WHERE key = 'shared'")
    owner.execute("DELETE FROM log.streams WHERE stream_id = %s", [streams[6]])
    report = check(owner, ByNewest())
    assert len(report.findings) == 7
    assert spread.check(database, ByNewest, 2) == report


@given(st.lists(st.tuples(TEXT, st.none() | TEXT), max_size=4))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_hold_whatever_a_place_may_be_called(owner, values):
    owner.execute("DROP TABLE IF EXISTS pg_temp.said; CREATE TEMPORARY TABLE said (one text, other text)")
    with owner.cursor() as cursor, cursor.copy("COPY pg_temp.said FROM STDIN") as copy:
        copy.write(looking.lines(values))
    assert owner.execute("SELECT one, other FROM pg_temp.said").fetchall() == values


def test_the_order_of_keys_in_a_state_does_not_matter(owner, held):
    owner.execute("UPDATE log.boundary SET state = (' ' || state::text)::json")
    assert check(owner, ByNewest()).findings == []


def test_memory_does_not_grow_with_the_log(log, owner):
    """Six times the events within a tenth more memory."""
    streams = [uuid7() for _ in range(10)]

    def grow(upto):
        for version in range(len(log.streams(streams[:1])[streams[0]]), upto, 100):
            for stream in streams:
                log.append(plain(stream, version, events=100))

    def peak():
        tracemalloc.start()
        events = check(owner).events
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return events, peak

    grow(500)
    few, small = peak()
    grow(3000)
    many, large = peak()
    assert (few, many) == (5_000, 30_000)
    assert large < small * 1.1
