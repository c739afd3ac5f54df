"""A whole log into a file, and from a file into a database."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.sending.store import skip_to_mark
from api.settings import Settings
from api.upkeep import meaning
from contracts.log import FOLLOW, bulk, direct


def exported(url: str, path: Path) -> None:
    """Written beside its place and moved there when whole. Raises Unfinished, OSError."""
    beside = path.with_name(f"{path.name}.part")
    with open(beside, "wb", opener=_for_its_owner) as file, _shown("exported") as shown:
        log = bulk.export_log(url, file, shown)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    typer.echo(f"{log.events} entries, up to position {log.position}: {path}")


def imported(settings: Settings, path: Path) -> None:
    """Raises NotImported, NotWhole, OSError."""
    with path.open("rb") as file, _shown("imported") as shown:
        report = bulk.import_log(settings.direct_url, file, partial(meaning, settings), shown)
    with direct(settings.direct_url, FOLLOW) as connection:
        skip_to_mark(connection)
    typer.echo(f"{report.events} entries in {report.streams} streams: the log is whole and unaltered")


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _shown(what: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=None)

        def shown(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        yield shown
