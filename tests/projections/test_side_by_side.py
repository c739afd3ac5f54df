"""L12, L13: projections of a kind that stand at the same place go on in one transaction, and none pays for
another."""

from dataclasses import replace

import psycopg
import pytest

from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from projections import versions
from projections.every import PROJECTIONS
from projections.folding import Folds
from projections.follower import install
from projections.reading import Reading, connected
from projections.register_rows import PROJECTION as REGISTER
from projections.runner import Runner, step
from projections.versions import State
from projections.worklist import PROJECTION as WORKLIST
from tests.projections.examples import LAW, LIVES, MAPPER, appended, numbered
from tests.projections.following import COUNTING

LIFE = LIVES[3]


@pytest.fixture
def connection(database):
    install(database, LAW, (REGISTER, WORKLIST, COUNTING))
    with connected(database) as connection:
        yield connection


@pytest.fixture
def write(database, recorder, sequencer):
    """Appends a contract, and answers its last position once the mark is there."""
    with Watch(database) as watch:

        def write(number, life=LIFE):
            position = appended(recorder, uuid7(), numbered(life, number))
            assert watch.wait_for(position)
            return position

        yield write


def runners(connection, *projections):
    reading = Reading(Folds(MAPPER, LAW))
    return [Runner(each, versions.live(connection, each.name), reading) for each in projections]


def failing(projection):
    """Writes, and then cannot."""

    def write(connection, batch):
        projection.write(connection, batch)
        raise ZeroDivisionError("poison")

    return replace(projection, write=write)


def counted(connection):
    [[total]] = connection.execute("SELECT coalesce(sum(n), 0) FROM projections.counts")
    return total


def transactions(connection, *names):
    """That moved these last."""
    [[count]] = connection.execute(
        "SELECT count(DISTINCT xmin::text) FROM log.projections WHERE name = ANY(%s)", [[*names]]
    )
    return count


def test_no_two_have_tables_of_one_name():
    """Else one would write into the other's: all their schemas are in one search path."""
    names = [table.name for projection in PROJECTIONS for table in projection.tables]
    assert sorted(names) == sorted({*names})


def test_what_folds_moves_in_one_transaction(connection, write):
    group = runners(connection, REGISTER, WORKLIST, COUNTING)
    for number in range(1, 4):
        position = write(number)
        assert step(connection, group, position)
        assert [each.version.position for each in group] == [position] * 3
        assert transactions(connection, "register", "worklist") == 1
        assert counted(connection) == number * len(LIFE)
    assert not step(connection, group, position)


def test_one_that_cannot_write_takes_nothing_from_the_others(connection, write):
    group = runners(connection, COUNTING, failing(REGISTER), WORKLIST)
    counting, register, worklist = group
    position = write(1)
    assert step(connection, group, position)
    assert counting.version.position == worklist.version.position == position
    assert register.version.position == 0
    assert counted(connection) == len(LIFE)
    while register.version.position < position:
        step(connection, group, position)
    [[letters]] = connection.execute("SELECT count(*) FROM log.dead_letters WHERE projection = 'register'")
    assert (letters, counted(connection)) == (len(LIFE), len(LIFE))


def test_what_lists_entries_comes_after_what_folds(connection, write):
    """In a transaction of its own."""
    group = runners(connection, COUNTING, REGISTER)
    step(connection, group, write(1))
    rows = connection.execute(
        "SELECT name FROM log.projections WHERE position > 0 ORDER BY xmin::text::bigint"
    )
    assert rows.fetchall() == [("register",), ("counting",)]


def test_one_that_failed_goes_with_the_others_again(connection, write):
    group = runners(connection, WORKLIST, failing(REGISTER), COUNTING)
    position = write(1)
    step(connection, group, position)
    group[1].projection = REGISTER
    while group[1].version.position < position or group[1].size < group[0].size:
        position = write(group[1].size)
        step(connection, group, position)
    step(connection, group, position := write(5_000))
    assert [each.version.position for each in group] == [position] * 3
    assert transactions(connection, "worklist", "register") == 1
    [[events]] = connection.execute("SELECT count(*) FROM log.events")
    assert counted(connection) == events


def test_one_that_another_session_holds_keeps_nobody(database, connection, write):
    group = runners(connection, COUNTING, REGISTER)
    position = write(1)
    with psycopg.connect(database) as holding:
        versions.locked(holding, group[1].version)
        step(connection, group, position)
        assert [each.version.position for each in group] == [position, 0]
        assert group[1].trouble
    while group[1].version.position < position:
        step(connection, group, position)
    assert (counted(connection), group[1].trouble) == (len(LIFE), None)


def test_two_who_believe_that_they_lead_count_nothing_twice(database, connection, write):
    first = runners(connection, COUNTING, REGISTER)
    second = runners(connection, COUNTING, REGISTER)
    position = write(1)
    with connected(database) as other:
        step(connection, first, position)
        step(other, second, position)
        assert [each.version.position for each in second] == [position] * 2
        step(other, second, position := write(2))
        step(connection, first, position)
    assert counted(connection) == 2 * len(LIFE)


def test_one_that_was_retired_meanwhile_writes_no_more(connection, write):
    group = runners(connection, COUNTING, REGISTER)
    position = write(1)
    connection.execute("UPDATE log.projections SET state = 'retired' WHERE name = 'register'")
    step(connection, group, position)
    assert [each.version.state for each in group] == [State.LIVE, State.RETIRED]
    assert connection.execute("SELECT FROM p_register_v1.register").fetchall() == []
    assert counted(connection) == len(LIFE)
