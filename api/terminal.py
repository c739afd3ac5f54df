"""What every command at a terminal stands on: settings, a database that runs, words for what is wrong."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import typer
from psycopg import OperationalError

from api import postgres, settings
from api.house import House, opened
from api.security import installation
from api.server_process import NoDatabase
from api.serving import NotStarted, PortTaken
from api.settings import Settings, WrongSetting
from api.tokens import NoToken
from contracts import log
from contracts.log.bulk import NotImported, Unfinished, finished
from contracts.log.errors import WrongDatabase
from contracts.log.keys import KeyRefused
from contracts.log.logfile import NotWhole

REFUSALS = (
    *(WrongSetting, NoDatabase, PortTaken, NotStarted, NoToken, WrongDatabase, KeyRefused),
    *(Unfinished, NotImported, NotWhole),
)
"""What is wrong around the program and not in it: their words are for the person at the terminal."""


@contextmanager
def working(given: Settings) -> Iterator[House]:
    """The house without its door, on a database of the right shape and mode, with a log that is whole."""
    prepared(given)
    with log.direct(given.direct_url, None) as connection:
        finished(connection)
    with opened(given) as house:
        yield house


def prepared(given: Settings) -> None:
    log.migrate(given.direct_url)
    installation.agree(given)


@contextmanager
def told() -> Iterator[Settings]:
    """The settings; and where something stands in the way, one line that says what, and exit 1."""
    try:
        yield settings.read(os.environ)
    except REFUSALS as refused:
        typer.echo(f"kelisim: {refused}", err=True)
        raise typer.Exit(1) from refused
    except OperationalError as error:
        [reason, *_] = str(error).strip().splitlines() or [type(error).__name__]
        typer.echo(f"kelisim: the database does not answer: {reason}", err=True)
        raise typer.Exit(1) from error


Embedded = Callable[[Path], AbstractContextManager[str]]


@contextmanager
def database(given: Settings, start: Embedded = postgres.shared) -> Iterator[Settings]:
    """The settings with a database that runs: the one they name, else the embedded one. Raises NoDatabase."""
    if given.database_url:
        yield given
    else:
        with start(given.data) as url:
            yield replace(given, database_url=url)
