"""A durable server of its own, whose first process is killed with -9."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psycopg
import pytest

from api.postgres import DURABLE, embedded


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


@contextmanager
def crashing():
    with TemporaryDirectory(prefix="kelisim-crash-") as name:
        os.chmod(name, 0o755)
        folder = Path(name)
        with embedded(folder, DURABLE | {"max_connections": "100"}) as url:
            with psycopg.connect(url) as connection:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)
            yield Crashing(folder, url)
