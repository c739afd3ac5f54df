"""Brings a database to the shape that this version needs: numbered SQL files, each applied once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import psycopg
from psycopg import Connection, errors

from contracts.log.errors import WrongDatabase

LOCK = (19269, 3)
"""Held while files are applied: one migrator at a time in a database."""

RECORD = """
CREATE SCHEMA IF NOT EXISTS log;
CREATE TABLE IF NOT EXISTS log.migrations (
    number integer PRIMARY KEY,
    name   text NOT NULL,
    sha256 text NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
)"""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """Those of this version, in order."""
    folder = files("contracts.log") / "migrations"
    found = [path for path in folder.iterdir() if path.name.endswith(".sql")]
    return sorted(
        (Migration(int(path.name[:4]), path.name, path.read_text(encoding="utf-8")) for path in found),
        key=lambda migration: migration.number,
    )


def migrate(url: str) -> list[str]:
    """Applies what is missing, each file in a transaction of its own, and returns the names.

    Many processes may call it at once; when nothing is missing it costs one query. Raises WrongDatabase.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
            raise WrongDatabase(f"the database is encoded in {encoding}: make one WITH ENCODING 'UTF8'")
        wanted = migrations()
        if not list(_missing(connection, wanted)):
            return []
        connection.execute("SELECT pg_advisory_lock(%s, %s)", LOCK)
        connection.execute(RECORD)
        applied = list(_missing(connection, wanted))
        for migration in applied:
            _apply(connection, migration)
        return [migration.name for migration in applied]


def _missing(connection: Connection, wanted: list[Migration]) -> Iterator[Migration]:
    try:
        rows = connection.execute("SELECT number, sha256 FROM log.migrations").fetchall()
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        rows = []
    applied: dict[int, str] = dict(rows)
    for migration in wanted:
        if migration.number not in applied:
            yield migration
        elif applied[migration.number] != migration.sha256:
            raise WrongDatabase(f"{migration.name} is not the file that this database was migrated with")


def _apply(connection: Connection, migration: Migration) -> None:
    with connection.transaction():
        connection.execute(migration.sql.encode())
        connection.execute(
            "INSERT INTO log.migrations (number, name, sha256) VALUES (%s, %s, %s)",
            [migration.number, migration.name, migration.sha256],
        )
