"""A real service as a process of its own, on a database of its own, under a clock that the journey moves."""

import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import psycopg

from api.postgres import free_port, running
from api.security.demo import issuer
from api.server_process import patiently as became
from contracts.log import set_test_clock
from tests.terminal import KELISIM, ROOT, environment
from tests.waiting import DUE

ALMATY = ZoneInfo("Asia/Almaty")
PATIENCE = 30
"""Seconds in which it must be ready, or end."""

FOLLOWED = """SELECT least((SELECT position FROM log.mark), (SELECT position FROM edge.posted),
                           (SELECT min(position) FROM log.projections WHERE state = 'live'))"""
"""Up to where everything has been read that is read in its turn."""


class House:
    def __init__(self, database: str | None, law: str, folder: Path) -> None:
        """`database` None: the service brings its own, which lives and dies with it. `folder`: for its keys,
        its log lines, and that database."""
        self.database, self.law, self.folder = database, law, folder
        self.settings: dict[str, str] = {}
        """Besides those that every journey has."""
        self.watched = True
        """Whether each step is looked up in the history. Not while a journey is only being prepared."""
        self.port = free_port()
        self.lines = folder / "lines.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=20)
        self.direct: psycopg.Connection[Any] | None = None

    @property
    def url(self) -> str:
        """Of the database, as its owner."""
        found = self.database or running(self.folder / "data")
        assert found, "the service's own database does not run"
        return found

    def connected(self) -> psycopg.Connection[Any]:
        """Past the service."""
        if self.direct is None:
            self.direct = psycopg.connect(self.url, autocommit=True)
        return self.direct

    def close(self) -> None:
        self.stop()
        self.http.close()
        if self.direct:
            self.direct.close()

    # The service

    def start(self) -> None:
        settings = {
            "KELISIM_MODE": "test",
            "KELISIM_LAW": self.law,
            "KELISIM_DATABASE_URL": self.database or "",
            "KELISIM_DATA": str(self.folder / "data"),
            "KELISIM_PORT": str(self.port),
            "KELISIM_LANGUAGE": "en",
            "KELISIM_RATE": "1000000",
            **self.settings,
        }
        with self.lines.open("ab") as lines:
            self.process = subprocess.Popen(
                [*KELISIM, "serve"],
                cwd=ROOT,
                env=environment(**settings),
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
            )
        patiently(self._ready)

    def _ready(self) -> bool:
        assert self.process
        assert self.process.poll() is None, self.lines.read_text()[-4000:]
        try:
            return self.http.get("/health/ready").is_success
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self._end(lambda process: process.terminate())

    def kill(self) -> None:
        """As by the loss of the machine: nothing is closed in order."""
        self._end(lambda process: process.kill())

    def _end(self, how: Any) -> None:
        if self.process:
            how(self.process)
            self.process.wait(PATIENCE)
            self.process = None
        if self.direct and not self.database:
            self.direct = self.direct.close()

    # The clock

    def at(self, local: str) -> None:
        """It becomes this moment in Almaty, such as "2026-08-10 09:00"; what is due then has happened."""
        set_test_clock(self.connected(), in_almaty(local))
        if self.process:
            patiently(lambda: self.one(DUE) == 0)

    def not_before(self, local: str) -> None:
        """As `at`, unless that moment has passed: time does not run back for whoever comes second. All lists
        know then of what is due."""
        if self.one("SELECT log.now_v1() < %s", [in_almaty(local)]):
            self.at(local)
            self.followed()

    # People

    def token(self, person: UUID) -> str:
        return issuer(self.folder / "data" / "keys").token(person)

    def demo_person(self, name: str) -> UUID:
        """Somebody with a duty beside any contract, who is there from the first start."""
        found: UUID = self.one("SELECT person_id FROM edge.demo_people WHERE name = %s", [name])
        return found

    # What is stored, past the service

    def one(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        [value] = self.connected().execute(query, parameters).fetchone() or [None]
        return value

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return self.connected().execute(query, parameters).fetchall()

    def last_position(self) -> int:
        return self.one("SELECT coalesce(max(position), 0) FROM log.events")

    def at_rest(self) -> dict[str, tuple[int, str]]:
        """Everything, once all has come up with the log."""
        self.followed()
        return self.everything()

    def followed(self) -> None:
        """Waits until the mark and all that follows it have come up with the log."""
        patiently(lambda: self.one(FOLLOWED) >= self.last_position())

    def everything(self) -> dict[str, tuple[int, str]]:
        """Of every table and sequence: how many rows there are, and a checksum of them all."""
        names = self.rows(
            """SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables
               WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
               UNION ALL SELECT format('%%I.%%I', schemaname, sequencename) FROM pg_sequences ORDER BY 1"""
        )
        found = {}
        for [name] in names:
            [row] = self.rows(
                f"""SELECT count(*), coalesce(md5(string_agg(line, '|' ORDER BY line)), '')
                    FROM (SELECT row(t.*)::text AS line FROM {name} t) AS lines"""
            )
            found[name] = tuple(row)
        return found


def in_almaty(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ALMATY)


def patiently(come: Any) -> None:
    """Waits until it is so."""
    assert became(come, PATIENCE), "it did not come to pass in time"
