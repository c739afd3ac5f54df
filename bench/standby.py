"""A standby that follows a server, made by its own base backup."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psycopg

from api.postgres import Server
from api.server_process import launch, patiently, user_for
from bench.databases import SETTINGS
from contracts.log.vitals import vitals

SLOT = "bench"


class Standby:
    """Of the server that runs in `primary` under `url`, in a new `folder`."""

    def __init__(self, folder: Path, primary: Path, url: str) -> None:
        self._folder = folder
        server = Server(folder, SETTINGS)
        folder.mkdir(mode=0o755)
        server.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(server.data, *user_for(primary / "database"))
        shutil.copyfile(primary / "database.password", server.password)
        copying = launch(
            "pg_basebackup",
            server.data,
            server.log,
            f"--pgdata={server.data}",
            f"--dbname={url}",
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--create-slot",
            f"--slot={SLOT}",
        )
        if code := copying.wait():
            raise server.failure(code)

    @contextmanager
    def following(self, url: str, synchronous: bool = False) -> Iterator[str]:
        """Its own URL, as long as the block lasts; it has everything when that begins. `url`: a log of the
        primary's."""
        server = Server(self._folder, SETTINGS)
        own = server.start()
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                assert patiently(lambda: vitals(connection).replica_lag_bytes == 0, 60)
            with waited_for(url) if synchronous else nullcontext():
                yield own
        finally:
            server.stop()


@contextmanager
def waited_for(url: str) -> Iterator[None]:
    """Each commit waits until a standby has it."""
    try:
        _wait_for(url, "*")
        yield
    finally:
        with suppress(psycopg.OperationalError):  # a primary that is gone waits no more
            _wait_for(url, "")


def _wait_for(url: str, names: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
        connection.execute("SELECT pg_reload_conf()")
