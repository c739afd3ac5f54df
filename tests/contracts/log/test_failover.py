"""L8 with a failover: the primary is killed for good, and its synchronous standby goes on."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import psycopg
import pytest

from api.postgres import Server
from bench.databases import SETTINGS
from bench.standby import Standby
from contracts.log import migrate
from contracts.log.check import check
from contracts.log.ids import uuid7
from tests.contracts.log.appends import plain, recorder
from tests.contracts.log.load import acknowledged, table, write_for

SECONDS = 6


@pytest.fixture
def primary():
    with TemporaryDirectory(prefix="kelisim-failover-") as name:
        os.chmod(name, 0o755)
        folder = Path(name) / "primary"
        folder.mkdir()
        server = Server(folder, SETTINGS)
        migrate(server.start())
        yield server
        server.stop()


def killed(server):
    """And not started again."""
    server.stopping.set()
    os.kill(server.leader(), signal.SIGKILL)
    server.thread.join()


def promoted(url):
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SELECT pg_promote()").fetchone() == (True,)


def test_what_was_acknowledged_is_there_after_a_failover(primary):
    url = primary.url()
    standby = Standby(primary.folder.parent / "standby", primary.folder, url)
    with standby.following(url, synchronous=True) as its_url, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_for, url, SECONDS, processes=2)
        sleep(SECONDS / 2)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone() == ("sync",)
        killed(primary)
        promoted(its_url)
        done, written = acknowledged(writing.result()), table(its_url)
        assert len(done) > 200
        assert done.items() <= {key: position for position, key in written}.items()
        with recorder(its_url) as log:
            assert log.append(plain(uuid7())).position > written[-1][0]
        with psycopg.connect(its_url, autocommit=True) as connection:
            assert check(connection).findings == []
