"""A log, and the connection of whoever administers it."""

import psycopg
import pytest

from tests.contracts.log.appends import recorder
from tests.contracts.log.town import clock, desk, house

__all__ = ["clock", "desk", "house"]


@pytest.fixture
def log(database):
    with recorder(database) as log:
        yield log


@pytest.fixture
def owner(database):
    """A connection of whoever administers the database."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection
