"""The service on a port of this machine, with made-up contracts in it, for a browser to look at."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from api.app import create_app
from api.settings import Mode, Settings
from tests.api.live import live
from tests.browser.story import Story


@dataclass(frozen=True)
class Site:
    address: str
    story: Story
    sessions: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """`{active}` and the like stand for the id of a contract, `<student>` for that of a person."""
        for name, id_ in self.story.contracts.items():
            path = path.replace(f"{{{name}}}", id_)
        for name, id_ in self.story.people.items():
            path = path.replace(f"<{name}>", id_)
        return self.address + path.replace("{memorandum}", self.story.memorandum)

    def cookie(self, person: str) -> dict[str, str]:
        """Of a session of that demo person; none for nobody."""
        if not person:
            return {}
        if person not in self.sessions:
            self.sessions[person] = signed_in(self.address, person)
        return {"kelisim": self.sessions[person]}

    def bearer(self, name: str, language: str = "en") -> httpx.Client:
        """Anybody of the story, without a session."""
        return httpx.Client(
            base_url=self.address,
            headers={"Accept": "text/html", "Accept-Language": language, **self.story.headers(name)},
            timeout=20,
        )

    def client(self, person: str = "", language: str = "en") -> httpx.Client:
        headers = {"Accept": "text/html", "Accept-Language": language, "Origin": self.address}
        return httpx.Client(base_url=self.address, headers=headers, cookies=self.cookie(person), timeout=20)


def signed_in(address: str, person: str) -> str:
    with httpx.Client(base_url=address, headers={"Origin": address, "Accept": "text/html"}) as client:
        token = re.search('name="csrf" value="([0-9a-f]+)"', client.get("/sign-in").text)
        assert token
        answer = client.post("/sign-in", data={"person": person, "csrf": token[1]})
        assert answer.status_code == 303, answer.text
        return client.cookies["kelisim"]


@contextmanager
def site_on(database: str, folder: Path) -> Iterator[Site]:
    """On a migrated, empty database."""
    settings = Settings(mode=Mode.TEST, language="kk", data=folder, database_url=database, rate=1_000_000)
    with (
        live(create_app(settings)) as http,
        psycopg.connect(database, autocommit=True) as connection,
    ):
        yield Site(str(http.base_url).rstrip("/"), Story(http, connection, database).tell())
