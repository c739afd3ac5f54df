"""L1, L2 and L8 with crashes: a durable server of its own, whose first process is killed with -9."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import psycopg
import pytest

from contracts.log import append, migrate
from contracts.log.check import check
from contracts.log.ids import uuid7
from tests.contracts.log.appends import plain, recorder
from tests.contracts.log.crashing import crashing
from tests.contracts.log.load import APP, Reader, Standing, acknowledged, sequence, table, write_for

SECONDS = 15


@pytest.fixture(scope="module")
def server_of_its_own():
    with crashing() as server:
        migrate(server.url)
        yield server


def test_what_was_acknowledged_survives_and_nothing_appears_below_the_mark(server_of_its_own):
    server = server_of_its_own
    readers = [Reader(server.url, by_mark=True).start() for _ in range(2)]
    with Standing(sequence, server.url) as sequencers, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_for, server.url, SECONDS)
        began = monotonic()
        crashes = [began + SECONDS / 3, began + 2 * SECONDS / 3]
        while not writing.done():
            sleep(1)
            sequencers.kill()
            if crashes and monotonic() >= crashes[0]:
                crashes.pop(0)
                server.kill()
        done = acknowledged(writing.result())
        written = table(server.url)
        positions = [position for position, _ in written]
        for reader in readers:
            reader.finish(upto=positions[-1])
    print(
        f"\n{len(done)} acknowledged of {len(written)} events, {server.kills} crashes of the server, "
        f"{sequencers.kills} sequencers killed"
    )
    assert server.kills >= 2
    assert len(done) > 200
    assert done.items() <= {key: position for position, key in written}.items()
    for reader in readers:
        assert reader.seen == positions
    with psycopg.connect(server.url, autocommit=True) as connection:
        report = check(connection)
    assert (report.events, report.findings) == (len(written), [])


def test_a_position_that_readers_have_passed_is_never_handed_out_again(server_of_its_own):
    """A rolled back append leaves positions behind that a crash must not bring back below the mark."""
    server = server_of_its_own
    for _ in range(5):
        with psycopg.connect(server.url, options=APP) as connection:
            append(connection, plain(uuid7(), events=40))  # beyond what the sequence wrote down ahead
            connection.rollback()
        with psycopg.connect(server.url, autocommit=True) as connection:
            [(mark,)] = connection.execute("SELECT log.advance_v1()")
        server.kill()
        with recorder(server.url) as log:
            assert log.append(plain(uuid7())).position > mark
