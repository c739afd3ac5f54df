"""The service as it runs, on a database of its own, and people to ask it."""

from collections.abc import Iterator
from datetime import datetime

import httpx
import psycopg
import pytest

from api.app import create_app
from api.settings import Mode, Settings
from contracts.log import set_test_clock
from tests.api.forms import ALMATY, Visitor, visitor
from tests.api.live import live
from tests.api.people import COLLEGE, ENTERPRISE, Town
from tests.conftest import fresh


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


@pytest.fixture(scope="module")
def place(server, template, tmp_path_factory) -> Iterator[Town]:
    """As `town`, for all tests of a file: each asks about a contract of its own, or changes nothing."""
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, url):
        data = tmp_path_factory.mktemp("place")
        settings = Settings(mode=Mode.TEST, language="en", data=data, database_url=url)
        with live(create_app(settings)) as client:
            yield Town(client, url)


@pytest.fixture
def here(place) -> Town:
    """Monday morning, 28 December 2026."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        set_test_clock(connection, datetime(2026, 12, 28, 11, 0, tzinfo=ALMATY))
    return place


@pytest.fixture
def clerk(here) -> Visitor:
    """Of the college, at its pages."""
    return visitor(here, here.college, f"org:{COLLEGE}")


@pytest.fixture
def personnel(here) -> Visitor:
    """Of the enterprise, at its pages."""
    return visitor(here, here.enterprise, f"org:{ENTERPRISE}")


@pytest.fixture
def connection(settings) -> Iterator[psycopg.Connection]:
    """As the one who migrated: sees everything."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        yield connection
