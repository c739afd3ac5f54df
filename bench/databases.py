"""Databases of a PostgreSQL as a service has it, with everything on that makes a commit last."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from api.postgres import DURABLE
from contracts.log.migrations import migrate

SETTINGS = DURABLE | {"max_connections": "200"}


@contextmanager
def fresh(url: str, *, migrated: bool = True) -> Iterator[str]:
    """A database of its own."""
    name = f"bench_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            found = urlsplit(url)._replace(path=f"/{name}").geturl()
            if migrated:
                migrate(found)
            yield found
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


BEHIND = """SELECT count(*) FROM log.projections
            WHERE state = 'live' AND position < (SELECT max(position) FROM log.events)"""


def followed(url: str) -> None:
    """Waits until all tables have come to the end of the log."""
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(BEHIND).fetchone() != (0,):
            sleep(0.05)


def parts(url: str) -> dict[str, str]:
    """As the eventsourcing library names them."""
    given = conninfo_to_dict(url)
    return {
        "dbname": given["dbname"],
        "host": given["host"],
        "port": given.get("port", "5432"),
        "user": given["user"],
        "password": given.get("password", ""),
    }
