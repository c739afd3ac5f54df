"""L1, L2 and L8 with crashes: a durable server of its own, whose first process is killed with -9."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psycopg
import pytest

from api.postgres import DURABLE, embedded
from contracts.log import append, migrate
from contracts.log.check import check
from contracts.log.ids import uuid7
from tests.contracts.log.appends import plain, recorder
from tests.contracts.log.load import APP, Reader, Sequencers, write_for

SECONDS = 15


class Crashing:
    """A server that can be killed; the embedded one then starts it again."""

    def __init__(self, folder, url):
        self._pid_file = folder / "database" / "postmaster.pid"
        self.url = url
        self.kills = 0

    def kill(self):
        pid = int(self._pid_file.read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        self.kills += 1
        until = monotonic() + 60
        while monotonic() < until:
            try:
                if self._pid_file.read_text().split()[0] != str(pid):
                    psycopg.connect(self.url).close()
                    return
            except (OSError, IndexError, psycopg.OperationalError):
                pass  # not yet there again
            sleep(0.05)
        pytest.fail("the server did not come back")


@pytest.fixture(scope="module")
def server_of_its_own():
    with TemporaryDirectory(prefix="kelisim-crash-") as name:
        os.chmod(name, 0o755)
        folder = Path(name)
        with embedded(folder, DURABLE | {"max_connections": "100"}) as url:
            with psycopg.connect(url) as connection:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)
            migrate(url)
            yield Crashing(folder, url)


def test_what_was_acknowledged_survives_and_nothing_appears_below_the_mark(server_of_its_own):
    server = server_of_its_own
    readers = [Reader(server.url, by_mark=True).start() for _ in range(2)]
    with Sequencers(server.url) as sequencers, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_for, server.url, SECONDS)
        began = monotonic()
        crashes = [began + SECONDS / 3, began + 2 * SECONDS / 3]
        while not writing.done():
            sleep(1)
            sequencers.kill()
            if crashes and monotonic() >= crashes[0]:
                crashes.pop(0)
                server.kill()
        acknowledged = writing.result()
        with psycopg.connect(server.url) as connection:
            written = connection.execute(
                "SELECT position, event_id FROM log.events ORDER BY position"
            ).fetchall()
        positions = [position for position, _ in written]
        for reader in readers:
            reader.finish(upto=positions[-1])
    print(
        f"\n{len(acknowledged)} acknowledged of {len(written)} events, {server.kills} crashes of the server, "
        f"{sequencers.kills} sequencers killed"
    )
    assert server.kills >= 2
    assert len(acknowledged) > 200
    assert set(acknowledged) <= set(written)
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
