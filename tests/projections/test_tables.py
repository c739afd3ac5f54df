"""Rows of a stream are written together: what it no longer says goes, what another says stays."""

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.tables import Table

STREAMS = [f"00000000-0000-0000-0000-00000000000{n}" for n in range(4)]
COLUMNS = {"stream": "uuid", "n": "integer", "said": "text"}
SEVERAL = Table("several", COLUMNS, key=("stream", "n"), owner="stream", indexes=("(said)",))
ONE = Table("one", COLUMNS, key=("stream",), owner="stream")

SAID = st.none() | st.sampled_from(["", "a", "б", "{}", '","'])
BATCH = st.dictionaries(
    st.sampled_from(STREAMS), st.dictionaries(st.integers(0, 3), SAID, max_size=4), max_size=4
)


@pytest.fixture
def connection(database):
    with psycopg.connect(database) as connection:
        connection.execute("CREATE SCHEMA tried")
        connection.execute("SET search_path = tried, pg_temp")
        for table in (SEVERAL, ONE):
            connection.execute(table.ddl)
        yield connection


def held(connection, table):
    return {
        (str(stream), n, said)
        for stream, n, said in connection.execute(f"SELECT stream, n, said FROM {table.name}")
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(BATCH, max_size=5))
def test_a_table_holds_what_its_streams_said_last(connection, batches):
    several, one = {}, {}
    with connection.transaction(force_rollback=True):
        for batch in batches:
            several |= batch
            one |= {stream: dict([*rows.items()][-1:]) for stream, rows in batch.items()}
            for table, kept in ((SEVERAL, several), (ONE, one)):
                rows = [
                    {"stream": stream, "n": n, "said": said}
                    for stream in batch
                    for n, said in kept[stream].items()
                ]
                table.write(connection, [*batch], rows)
                assert held(connection, table) == {
                    (stream, n, said) for stream, own in kept.items() for n, said in own.items()
                }


def test_a_row_that_is_as_it_was_is_not_touched(connection):
    rows = [{"stream": STREAMS[0], "n": n, "said": "a"} for n in range(2)]
    SEVERAL.write(connection, [STREAMS[0]], rows)
    before = connection.execute("SELECT ctid::text FROM several ORDER BY n").fetchall()
    SEVERAL.write(connection, [STREAMS[0]], rows)
    assert connection.execute("SELECT ctid::text FROM several ORDER BY n").fetchall() == before
