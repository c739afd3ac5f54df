"""Spreadsheets for the tests of the import, and a house to hand them in to."""

import csv
import io
from datetime import UTC, datetime

import psycopg
import pytest
from rich.console import Console

from api.house import opened
from api.imports import run as importing
from api.settings import Mode, Settings
from contracts.log import set_test_clock
from tests.api.sample_contracts import PATH

NOON = datetime(2026, 11, 24, 7, tzinfo=UTC)
"""12:00 of the legal day for which the sample was made."""


@pytest.fixture
def importing_house(database, tmp_path):
    with psycopg.connect(database, autocommit=True) as connection:
        set_test_clock(connection, NOON)
    with opened(Settings(mode=Mode.TEST, language="en", data=tmp_path, database_url=database)) as house:
        yield house


@pytest.fixture
def hand_in(importing_house, tmp_path):
    """Imports a file and answers the exit code, what was printed, and the report's lines."""

    def import_(path=PATH, inside=importing_house, language="en", **more):
        report, out = tmp_path / "report.csv", io.StringIO()
        console = Console(file=out, width=200)
        code = importing.run(inside, importing.Wanted(path, report, language, **more), console, console)
        lines = list(csv.reader(report.read_text("utf-8-sig").splitlines())) if report.exists() else []
        return code, out.getvalue(), lines

    return import_


def events(database):
    with psycopg.connect(database) as connection:
        return dict(connection.execute("SELECT type, count(*) FROM log.events GROUP BY type").fetchall())
