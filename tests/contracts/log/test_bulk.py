"""A whole log from one database into another: the same events at the same places, and nothing that an append
would not have written."""

import io
from dataclasses import dataclass
from functools import partial
from itertools import count

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.errors import InsufficientPrivilege

from contracts.log import Sequencer, append, bulk
from contracts.log.bulk import NotImported, Unfinished, export_log, finished, import_log
from contracts.log.check import check
from contracts.log.errors import VersionMoved, WrongSettings
from contracts.log.ids import uuid7
from contracts.log.logfile import NotWhole
from contracts.log.looking import SealedEvent
from contracts.log.recorder import StoredEvent
from tests.conftest import fresh
from tests.contracts.log.appends import HASH, full, plain, recorder
from tests.contracts.log.places import ByNewest, move

SAME = {
    "events": "SELECT * FROM log.events ORDER BY position",
    "streams": "SELECT * FROM log.streams ORDER BY stream_id",
    "places": "SELECT kind, key, state::text FROM log.boundary ORDER BY kind, key",
    "keys": "SELECT i::text FROM log.idempotency i ORDER BY key",
    "mark": "SELECT position FROM log.mark",
}


@pytest.fixture
def other(server, template):
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, url):
        yield url


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(bulk, "ROWS", 4)


@pytest.fixture
def streams(log):
    """Three that hold places and one that holds none any more, with holes where something was rolled back."""
    streams, places = sorted(uuid7() for _ in range(4)), [set() for _ in range(4)]
    for n, wanted in enumerate(("ab", "b", "", "c", "a", "b", "bc", "", "abc")):
        move(log, streams[n % 4], n // 4, set(wanted), places[n % 4])
        places[n % 4] = set(wanted)
        if n % 3 == 0:
            with pytest.raises(VersionMoved):
                log.append(full(streams[0], 99))
    return streams


def exported(url):
    file = io.BytesIO()
    export_log(url, file)
    return file.getvalue()


def imported(url, file):
    return import_log(url, io.BytesIO(file), ByNewest)


def rows(url):
    with psycopg.connect(url) as connection:
        found = {name: connection.execute(query).fetchall() for name, query in SAME.items()}
    return {name: [str(row) for row in found[name]] for name in found}


def findings(url):
    with psycopg.connect(url, autocommit=True) as connection:
        return check(connection, ByNewest()).findings


def closed(url):
    with psycopg.connect(url) as connection:
        try:
            finished(connection)
        except Unfinished:
            return True
    return False


def test_all_of_it_is_there_and_nothing_differs(database, other, streams):
    report = imported(other, exported(database))
    assert (report.streams, report.events, report.findings) == (4, 9, [])
    assert rows(other) == rows(database)
    assert findings(other) == []


def test_appends_go_on_above_the_places_of_the_other(database, other, log, streams):
    file = exported(database)
    imported(other, file)
    with recorder(other) as there:
        here, moved = log.append(plain(streams[0], 3)), there.append(plain(streams[0], 3))
        assert moved.position == here.position
        with pytest.raises(VersionMoved):
            there.append(plain(streams[0], 3))


def test_a_key_is_answered_there_as_here(database, other, log):
    wanted = full(uuid7(), key="person:a1:once")
    first = log.append(wanted)
    imported(other, exported(database))
    with recorder(other) as there:
        again = there.append(wanted)
        assert (again.replayed, again.answer) == (True, first.answer)
        assert (again.position, again.versions, again.recorded_at) == (
            first.position,
            first.versions,
            first.recorded_at,
        )
        assert there.answer_of("person:a1:once", HASH) == again


def test_an_empty_log_may_be_moved_too(database, other):
    assert imported(other, exported(database)).events == 0
    assert not closed(other)


def test_the_same_again_changes_nothing_and_a_longer_one_goes_on(database, other, log, streams):
    file = exported(database)
    imported(other, file)
    before = rows(other)
    imported(other, file)
    assert rows(other) == before
    move(log, streams[3], 2, {"c", "d"}, {"c"})
    log.append(plain(uuid7(), events=6))
    imported(other, exported(database))
    assert rows(other)["events"] == rows(database)["events"]
    assert rows(other)["places"] != before["places"]
    imported(other, file)  # shorter than what is there
    assert rows(other)["events"] == rows(database)["events"]


@pytest.mark.parametrize("events", [1, 30])
def test_another_log_is_refused_and_this_one_stays_open(database, other, streams, events):
    with recorder(other) as there:
        there.append(plain(uuid7(), events=events))
        before = rows(other)
        with pytest.raises(NotImported, match="not how the log began: above position 0"):
            imported(other, exported(database))
        assert rows(other) == before
        assert there.append(plain(uuid7())).position


def test_a_log_that_went_another_way_is_refused(database, other, log, streams):
    imported(other, exported(database))
    log.append(plain(uuid7()))
    with recorder(other) as there:
        there.append(plain(uuid7()))
    with pytest.raises(NotImported, match="not how the log began"):
        imported(other, exported(database))


def test_a_cut_file_leaves_whole_parts_and_the_whole_one_goes_on(database, other, streams):
    whole = exported(database)
    ends = [n for n in range(len(whole)) if whole.startswith(b'{"part":', n)]
    for cut in (5, ends[0] + 3, ends[2] - 1, ends[2], ends[3] + 20, ends[-1], len(whole) - 2):
        with pytest.raises(NotWhole):
            imported(other, whole[:cut])
        had = rows(other)["events"]
        assert len(had) in (0, 4, 8, 9)
        assert had == rows(database)["events"][: len(had)]
        assert closed(other) == bool(had)
    assert had == rows(database)["events"]
    imported(other, whole)
    assert rows(other) == rows(database)


def test_any_changed_byte_is_found(database, other, streams):
    whole = exported(database)
    for at in range(0, len(whole), 211):
        changed = bytearray(whole)
        changed[at] ^= 1
        with pytest.raises(NotWhole):
            imported(other, bytes(changed))
    imported(other, whole)
    assert rows(other) == rows(database)


def test_something_behind_the_end_is_not_of_one_log(database, other, streams):
    with pytest.raises(NotWhole):
        imported(other, exported(database) + b" ")


def test_until_it_has_ended_nobody_appends_exports_or_starts(database, other, streams):
    whole = exported(database)
    with pytest.raises(NotWhole):
        imported(other, whole[:-1])
    for way in (plain, full):
        with recorder(other) as there, pytest.raises(InsufficientPrivilege):
            there.append(way(uuid7()))
    with pytest.raises(Unfinished):
        exported(other)
    assert closed(other)
    imported(other, whole)
    with recorder(other) as there:
        assert there.append(plain(uuid7())).position


HASHED = """hash = log.event_hash_v1(
    stream_id, stream_version, event_id, {type}, schema_version, effective_on, {recorded_at}, data::text,
    encode(sha256(convert_to(metadata::text, 'UTF8')), 'hex'), prev_hash)"""


def hashed(type="type", recorded_at="recorded_at"):
    return f"type = {type}, recorded_at = {recorded_at}, " + HASHED.format(type=type, recorded_at=recorded_at)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE log.events SET data = (data::text || ' ')::json WHERE {}", "wrong hash"),
        ("UPDATE log.events SET effective_on = NULL WHERE {}", "wrong hash"),
        ("UPDATE log.events SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1) WHERE {}", "wrong hash"),
        (f"UPDATE log.events SET {hashed(type=chr(39) + 'a' + chr(10) + chr(39))} WHERE {{}}", "wrong type"),
        (
            f"UPDATE log.events SET {hashed(recorded_at='recorded_at - interval $$1 day$$')} WHERE {{}}",
            "recorded",
        ),
        ("UPDATE log.events SET stream_id = gen_random_uuid() WHERE {}", "wrong hash"),
        ("DELETE FROM log.events WHERE stream_id = %(stream)s AND stream_version = 2", "version"),
        ("DELETE FROM log.streams WHERE stream_id = %(stream)s", "wrong kind"),
    ],
)
@pytest.mark.parametrize("rows", [2, 1000], ids=["parts apart", "one part"])
def test_what_no_append_would_have_written_is_refused_by_name(
    database, other, owner, log, change, what, rows, monkeypatch
):
    """As somebody with all rights to the other database could write it: the file itself is whole."""
    monkeypatch.setattr(bulk, "ROWS", rows)
    log.append(plain(uuid7()))
    stream = uuid7()
    for version in range(3):
        log.append(plain(stream, version))
    log.append(plain(uuid7(), events=3))
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        here = "stream_id = %(stream)s AND stream_version = 3"
        assert owner.execute(change.format(here), {"stream": stream}).rowcount
    version = 1 if "streams" in change else 3
    with pytest.raises(NotImported, match=rf"version {version}: {what}$"):
        imported(other, exported(database))


def test_a_chain_that_was_hashed_anew_does_not_link(database, other, owner, log):
    stream = uuid7()
    for version in range(3):
        log.append(plain(stream, version))
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(f"UPDATE log.events SET {hashed(type='$$forged$$')} WHERE stream_version = 2")
    with pytest.raises(NotImported, match=f"stream {stream} version 3: prev"):
        imported(other, exported(database))


HEAD = """UPDATE log.streams s SET hash = e.hash FROM log.events e
          WHERE e.stream_id = s.stream_id AND e.stream_version = s.version"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE log.events SET data = (data::text || ' ')::json WHERE position = {last}", "what='hash'"),
        ("UPDATE log.events SET metadata = '{{}}' WHERE position = {last}", "what='hash'"),
        ("UPDATE log.events SET prev_hash = hash WHERE position = {last}", "what='prev'"),
        (f"UPDATE log.events SET {hashed(type='$$forged$$')} WHERE position = {{last}}; {HEAD}", "not what"),
        ("UPDATE log.events SET position = position + 1 WHERE position = {last}", "not what"),
        ("DELETE FROM log.events WHERE position = {last}", "what='head'"),
        ("UPDATE log.streams SET version = version + 1", "what='head'"),
        ("UPDATE log.streams SET hash = sha256(hash)", "what='head'"),
        ("DELETE FROM log.streams", "what='head'"),
    ],
)
def test_what_is_altered_before_the_log_is_open_is_found(database, other, streams, change, says):
    """By somebody who has all rights: triggers off, hashes made anew."""

    def told(done, of):
        if done == of:
            with psycopg.connect(other) as there:
                there.execute("SET session_replication_role = replica")
                [[last]] = there.execute("SELECT max(position) FROM log.events")
                there.execute(change.format(last=last))

    with pytest.raises(NotImported, match=says):
        import_log(other, io.BytesIO(exported(database)), ByNewest, told)
    assert closed(other)


@dataclass
class Seeing(ByNewest):
    """Each event as `kind` has it."""

    kind: type

    def derived(self, kind, events):
        assert {type(event) for event in events} == {self.kind}
        return super().derived(kind, events)


def test_no_hash_is_computed_twice_unless_the_log_holds_more(database, other, log, streams):
    file = exported(database)
    with pytest.raises(NotWhole):
        imported(other, file[:-1])
    import_log(other, io.BytesIO(file), partial(Seeing, SealedEvent))
    assert rows(other) == rows(database)
    log.append(plain(streams[0], 3))
    imported(other, exported(database))
    import_log(other, io.BytesIO(file), partial(Seeing, StoredEvent))


def test_what_stood_there_before_is_looked_at_too(database, other, streams):
    """An import that goes on holds the whole file against what is there."""
    file = exported(database)
    with pytest.raises(NotWhole):
        imported(other, file[:-1])
    with psycopg.connect(other) as there:
        there.execute("SET session_replication_role = replica")
        there.execute("UPDATE log.events SET data = (data::text || ' ')::json WHERE position < 3")
    with pytest.raises(NotImported, match=r"2 findings, .*what='hash'"):
        imported(other, file)
    assert closed(other)


def test_a_service_that_runs_is_not_imported_into(database, other, streams):
    sequencer = Sequencer(other)
    sequencer.start()
    try:
        for _ in count():
            if sequencer.leading:
                break
        with pytest.raises(NotImported, match="a service runs on this database"):
            imported(other, exported(database))
    finally:
        sequencer.stop()
    assert imported(other, exported(database)).events == 9


def test_somebody_who_writes_just_now_is_not_written_over(database, other, streams):
    with psycopg.connect(other) as writing:
        append(writing, plain(uuid7()))
        with pytest.raises(NotImported, match="somebody writes to this log"):
            imported(other, exported(database))
    assert not closed(other)


def test_places_that_readers_have_passed_are_not_filled(database, other, streams):
    """L1: no event at or below a published mark becomes visible later."""
    with psycopg.connect(other) as writing:
        append(writing, plain(uuid7(), events=5))
        writing.rollback()
    with psycopg.connect(other, autocommit=True) as reader:
        assert reader.execute("SELECT log.advance_v1()").fetchone() == (5,)
    with pytest.raises(NotImported, match="readers have passed these places"):
        imported(other, exported(database))
    assert rows(other)["events"] == []


def test_an_import_promises_no_less_than_an_append(database, other, streams):
    with pytest.raises(WrongSettings):
        imported(make_conninfo(other, options="-c synchronous_commit=off"), exported(database))


@pytest.mark.parametrize("role", ["kelisim_app", "kelisim_follow", "kelisim_privacy"])
@pytest.mark.parametrize(
    "call", ["stage_v1()", "import_v1(0, 1)", "reach_v1(1)", "let_append_v1(false)", "let_append_v1(true)"]
)
def test_no_role_of_the_service_may_import(owner, role, call):
    owner.execute(f"SET ROLE {role}")
    with pytest.raises(InsufficientPrivilege):
        owner.execute(f"SELECT log.{call}")
