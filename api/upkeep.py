"""What an operator does to the log and its tables from a terminal: check them, make them anew."""

from datetime import date
from threading import Event
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.house import House
from contracts.log import direct
from contracts.log.check import Finding, Report, check
from contracts.log.derivation import ByEvents
from projections import rebuild as rebuilding
from projections.every import BY_NAME
from projections.projection import Projection

SHOWN = 50
"""Findings a run; more of them say nothing more."""


def checked(house: House) -> bool:
    """Says what was looked at and every finding. False: something does not fit."""
    with direct(house.settings.direct_url, None) as connection:
        report = check(connection, ByEvents(house.desk.sources, house.law, lambda id_: adult_on(house, id_)))
    for finding in report.findings[:SHOWN]:
        typer.echo(_in_words(finding), err=True)
    typer.echo(_summed_up(report), err=bool(report.findings))
    unconfirmed = sum(1 for rules in house.law.rules.values() for rule in rules if not rule.source.confirmed)
    typer.echo(f"law {house.law.version}: {unconfirmed} entries wait for a lawyer's confirmation")
    return not report.findings


def adult_on(house: House, student: UUID) -> date | None:
    """The 18th birthday, while the personal store knows it."""
    with house.pool.connection() as connection:
        record = house.personal.records(connection, [student]).get(student)
    return house.law.adult_on(record.born_on, house.today()) if record else None


def rebuilt(house: House, names: list[str], replace_differing: bool, stop: Event) -> None:
    """Fills each projection's tables beside the old ones and switches. Raises Busy, Stuck, Differs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        for projection in chosen(names):
            task = shown.add_task(projection.name, total=None)

            def told(progress: rebuilding.Progress, task: object = task) -> None:
                shown.update(task, completed=progress.position, total=progress.mark)  # type: ignore[arg-type]

            done = rebuilding.rebuild(
                house.settings.direct_url,
                projection,
                house.law,
                progress=told,
                stop=stop,
                replace_differing=replace_differing,
                mapper=house.mapper,
            )
            if done is None:
                return
            same = {True: "the same rows as before", False: "other rows than before", None: "laid out anew"}
            typer.echo(f"{done.name}: version {done.version} up to entry {done.position}, {same[done.same]}")


class NoSuchProjection(LookupError):
    """Says which there are."""


def chosen(names: list[str]) -> list[Projection]:
    if unknown := [name for name in names if name not in BY_NAME]:
        raise NoSuchProjection(f"no projection {', '.join(unknown)}; there are: {', '.join(sorted(BY_NAME))}")
    return [BY_NAME[name] for name in names or sorted(BY_NAME)]


def _in_words(finding: Finding) -> str:
    where = " ".join(
        part
        for part in (
            f"stream {finding.stream_id}" if finding.stream_id else "",
            f"version {finding.version}" if finding.version else "",
            finding.where or "",
        )
        if part
    )
    return f"{finding.what}: {where}"


def _summed_up(report: Report) -> str:
    counted = f"{report.events} entries in {report.streams} streams"
    found = len(report.findings)
    return f"{counted}: {found} findings" if found else f"{counted}: the log is whole and unaltered"
