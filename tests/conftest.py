"""PostgreSQL for the tests: the one at KELISIM_TEST_DATABASE_URL, else a throwaway one of their own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from api.postgres import THROWAWAY, embedded

# A machine that is busy with other tests is slow, and that is nobody's fault.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a running PostgreSQL, as a user who may make databases and roles."""
    for name in ("KELISIM_TEST_DATABASE_URL", "KELISIM_DATABASE_URL"):
        if url := os.environ.get(name):
            yield url
            return
    with tempfile.TemporaryDirectory(prefix="kelisim-") as folder:
        os.chmod(folder, 0o755)  # root's tests run the server as another user
        with embedded(Path(folder), THROWAWAY) as url:
            yield url


@contextmanager
def fresh(server: str, options: str = "") -> Iterator[tuple[str, str]]:
    """Name and URL of a database that lives as long as the block."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {options}")
        try:
            yield name, urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """The name of a migrated, empty database: `database` copies it."""
    from contracts.log.migrations import migrate  # here, so that tests without a database need no log

    with fresh(server) as (name, url):
        migrate(url)
        yield name


@pytest.fixture
def database(server: str, template: str) -> Iterator[str]:
    """The URL of a migrated, empty database that only this test sees."""
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, url):
        yield url
