"""The service as it runs, on a database of its own, and people to ask it."""

from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from api.settings import Mode, Settings
from tests.api.live import live
from tests.api.people import Town


@pytest.fixture
def settings(database, tmp_path):
    return Settings(mode=Mode.TEST, language="en", data=tmp_path, database_url=database)


@pytest.fixture
def app(settings):
    return create_app(settings)


@pytest.fixture
def client(app) -> Iterator[httpx.Client]:
    with live(app) as client:
        yield client


@pytest.fixture
def town(client) -> Town:
    """A chamber, a college and an enterprise, each with a clerk who signs for it; a student and a mentor."""
    return Town(client)
