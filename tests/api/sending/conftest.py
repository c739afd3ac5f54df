"""The service with a mail server and a receiver of calls beside it."""

from collections.abc import Iterator

import psycopg
import pytest

from api.app import create_app
from api.sending import sender
from api.settings import Mode, Settings
from tests.api.live import live
from tests.api.people import Town
from tests.api.sending.post_office import Calls, Mails, mail_server, receiver


@pytest.fixture
def mails() -> Iterator[Mails]:
    with mail_server() as found:
        yield found


@pytest.fixture
def calls() -> Iterator[Calls]:
    with receiver() as found:
        yield found


@pytest.fixture
def quick(monkeypatch):
    """What went wrong is tried again at once, three times in all."""
    monkeypatch.setattr(sender, "BACKOFF", (0.1, 0.1))
    monkeypatch.setattr(sender, "REST", 0.1)


@pytest.fixture
def settings(database, tmp_path, mails):
    return Settings(
        mode=Mode.TEST,
        language="ru",
        data=tmp_path,
        database_url=database,
        smtp_host="127.0.0.1",
        smtp_port=mails.port,
        smtp_tls="off",
        smtp_from="kelisim@demo.example",
    )


@pytest.fixture
def town(settings) -> Iterator[Town]:
    with live(create_app(settings)) as client:
        yield Town(client, settings.database_url)


@pytest.fixture
def owner(settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        yield connection
