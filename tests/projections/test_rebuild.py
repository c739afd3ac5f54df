"""L14: tables made anew equal the live ones, and readers never see half of them."""

from dataclasses import replace
from threading import Event, Thread
from time import sleep

import psycopg
import pytest

from contracts.log import Recorder, connect
from contracts.log.check import check
from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from projections import rebuild, versions
from projections.every import PROJECTIONS
from projections.folding import Folds
from projections.follower import Follower, install
from projections.positions import Condition, health, ready
from projections.reading import LastOnly, connected
from projections.rebuild import Busy, Differs, checksum
from projections.register_rows import PROJECTION as REGISTER
from projections.tables import Table
from projections.versions import State
from projections.worklist import PROJECTION as WORKLIST
from tests.projections.examples import LAW, LIVES, MAPPER, appended, numbered

ALL = [projection.name for projection in PROJECTIONS]


def written(recorder, count, first=1):
    """So many contracts, each come further one event at a time, mixed with the others. The last position."""
    lives = [(uuid7(), numbered(LIVES[n % len(LIVES)], first + n)) for n in range(count)]
    for version in range(max(len(life) for _, life in lives)):
        for stream_id, life in lives:
            if version < len(life):
                position = appended(recorder, stream_id, [life[version]], version)
    return position


class Load:
    """Contracts that come and change, and readers who look, while something else happens."""

    def __init__(self, database, at_least):
        self.database, self.at_least = database, at_least
        self.stop, self.short, self.looks = Event(), [], 0
        self.threads = [Thread(target=self.write), Thread(target=self.look), Thread(target=self.look)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def write(self):
        with connect(self.database, size=1) as pool:
            recorder, number = Recorder(pool), 5000
            while not self.stop.is_set():
                number += 1
                self.last = appended(recorder, uuid7(), numbered(LIVES[number % len(LIVES)], number))

    def look(self):
        """Through the view, all the while; by a prepared statement, as the service does."""
        with connect(self.database, size=1) as pool, pool.connection() as connection:
            while not self.stop.is_set():
                [[count]] = connection.execute("SELECT count(contract_id) FROM projections.register")
                self.looks += 1
                if count < self.at_least:
                    self.short.append(count)


def test_tables_made_anew_under_load_equal_the_live_ones(database, recorder, pool, followed):
    position = written(recorder, 200)
    assert ready(pool, ALL, position, 20)
    with Load(database, at_least=200) as load:
        done = [rebuild.rebuild(database, projection, LAW) for projection in PROJECTIONS]
    assert {each.name: each.version for each in done} == {name: 2 for name in ALL}
    assert [each.same for each in done] == [True] * len(ALL)
    assert load.looks > 20
    assert load.short == []
    assert ready(pool, ALL, load.last, 20)


def test_a_log_that_goes_on_in_its_next_partition_is_checked_followed_and_made_anew(
    database, recorder, pool, followed
):
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("SELECT setval('log.position_seq', 9999900)")
        position = written(recorder, 60)
        lying = owner.execute(
            "SELECT DISTINCT tableoid::regclass::text FROM log.events ORDER BY 1"
        ).fetchall()
        assert lying == [("log.events_0",), ("log.events_1",)]
        assert check(owner).findings == []
    assert ready(pool, ALL, position, 20)
    assert [rebuild.rebuild(database, each, LAW).same for each in PROJECTIONS] == [True] * len(ALL)


def test_live_and_made_anew_are_equal_when_all_is_quiet(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 60), 20)
    with connected(database) as connection:
        before = {each.name: checksum(connection, each) for each in PROJECTIONS}
        for projection in PROJECTIONS:
            rebuild.rebuild(database, projection, LAW)
        assert {each.name: checksum(connection, each) for each in PROJECTIONS} == before
    assert "register:60:" in before["register"]


def test_the_follower_goes_on_with_the_new_version(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 10), 20)
    rebuild.rebuild(database, REGISTER, LAW)
    assert ready(pool, ["register"], written(recorder, 10, first=100))
    with pool.connection() as connection:
        [found] = [each for each in health(connection) if each.name == "register"]
        [[count]] = connection.execute("SELECT count(*) FROM projections.register")
    assert (found.version, found.condition, count) == (2, Condition.FOLLOWING, 20)


def test_one_that_was_stopped_goes_on_where_it_was(database, recorder, pool, followed, monkeypatch):
    monkeypatch.setattr(rebuild, "FILLING", 10)
    monkeypatch.setattr(rebuild, "BATCH", 10)
    assert ready(pool, ALL, written(recorder, 60), 20)
    stop, seen = Event(), []

    def first(progress):
        seen.append(progress)
        if len(seen) == 3:
            stop.set()

    assert rebuild.rebuild(database, REGISTER, LAW, progress=first, stop=stop) is None
    with connected(database) as connection:
        [new, old] = versions.of(connection, "register")
    assert (new.number, new.state, old.state) == (2, State.FILLING, State.LIVE)
    assert 0 < new.position < seen[-1].mark
    again = []
    done = rebuild.rebuild(database, REGISTER, LAW, progress=again.append)
    assert (done.version, done.same) == (2, True)
    assert again[0].position == new.position
    assert again[-1].position <= again[-1].mark


def test_filling_looks_at_the_last_entry_of_each_stream_up_to_where_it_began(
    database, recorder, pool, sequencer
):
    """Not at the last of all: what comes later is met later, and until then the row must be there."""
    first, second = uuid7(), uuid7()
    appended(recorder, first, numbered(LIVES[1], 1))
    end = appended(recorder, second, numbered(LIVES[0], 2))
    later = appended(recorder, second, LIVES[1][1:], version=1)
    with Watch(database) as watch:
        assert watch.wait_for(later)
    with connected(database) as connection:
        batch = LastOnly(Folds(MAPPER, LAW), end).after(connection, 0, end, 100)
    assert [(event.stream_id, event.stream_version) for event in batch.events] == [(first, 2), (second, 1)]
    assert batch.upto == end


def test_a_version_is_filled_by_one_alone(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 5), 20)
    with connected(database) as connection:
        new = rebuild.begun(connection, REGISTER, REGISTER.fingerprint(LAW.version))
        [[leads]] = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", new.lock)
        assert leads
        with pytest.raises(Busy):
            rebuild.rebuild(database, REGISTER, LAW)


def test_live_rows_that_are_not_what_the_log_says_are_found(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 10), 20)
    with connected(database) as connection:
        connection.execute("UPDATE p_register_v1.register SET state = 'completed' WHERE state = 'draft'")
    with pytest.raises(Differs):
        rebuild.rebuild(database, REGISTER, LAW)
    with pool.connection() as connection:
        assert connection.execute("SELECT FROM projections.register WHERE state = 'completed'").fetchall()
    done = rebuild.rebuild(database, REGISTER, LAW, replace_differing=True)
    assert done.same is False
    with pool.connection() as connection:
        states = connection.execute("SELECT state, count(*) FROM projections.register GROUP BY state")
        assert "completed" not in dict(states.fetchall())


# A program with other tables

OTHER = Table(
    "register",
    {"contract_id": "uuid", "number": "text", "longer": "boolean NOT NULL"},
    key=("contract_id",),
    owner="contract_id",
)


def of_another_shape(connection, batch):
    met = batch.streams(connection, "contract")
    rows = [{"contract_id": m.stream_id, "number": m.state.number, "longer": m.version > 1} for m in met]
    OTHER.write(connection, [m.stream_id for m in met], rows)


def test_a_program_with_other_tables_fills_them_beside_and_switches(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 30), 20)
    newer = replace(REGISTER, tables=(OTHER,), write=of_another_shape)
    follower = Follower(database, LAW, (newer,))
    with Load(database, at_least=30) as load:
        follower.start()
        while True:
            with pool.connection() as connection:
                found = versions.live(connection, "register")
            if found.number == 2:
                break
            sleep(0.05)
    assert load.short == []
    assert ready(pool, ["register"], load.last, 20)
    with pool.connection() as connection:
        [[counted]] = connection.execute("SELECT count(*) FROM projections.register WHERE longer IS NOT NULL")
        [[there]] = connection.execute("SELECT count(DISTINCT stream_id) FROM log.events")
    assert counted == there
    follower.stop()


def test_an_older_program_does_not_take_the_tables_back(database, recorder, pool, sequencer):
    install(database, LAW, (REGISTER,))
    newer = replace(REGISTER, revision=2)
    with connected(database) as connection:
        new = rebuild.begun(connection, newer, newer.fingerprint(LAW.version))
        with connection.transaction():
            versions.switch(connection, newer, new)
        assert versions.wanted(connection, REGISTER, REGISTER.fingerprint(LAW.version)) is None
        assert versions.wanted(connection, newer, newer.fingerprint(LAW.version)).number == 2


def test_another_pack_of_law_is_another_version_of_what_depends_on_it(database):
    assert REGISTER.fingerprint("kz/1") != REGISTER.fingerprint("kz/2")
    assert WORKLIST.fingerprint("kz/1") == WORKLIST.fingerprint("kz/1")
    other = {each.name for each in PROJECTIONS if each.fingerprint("kz/1") != each.fingerprint("kz/2")}
    assert other == {"register", "worklist", "deadlines", "outcomes", "claims", "disputes"}


def test_what_is_retired_for_a_day_is_dropped(database, recorder, pool, followed):
    assert ready(pool, ALL, written(recorder, 5), 20)
    rebuild.rebuild(database, REGISTER, LAW)
    with connected(database) as connection:
        assert versions.drop_retired(connection, ALL) == 0
        connection.execute(
            "UPDATE log.projections SET changed_at = now() - interval '25 hours' WHERE state = 'retired'"
        )
        assert versions.drop_retired(connection, ALL) == 1
        assert [each.number for each in versions.of(connection, "register")] == [2]
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT FROM p_register_v1.register")
        assert connection.execute("SELECT count(*) FROM projections.register").fetchone() == (5,)
