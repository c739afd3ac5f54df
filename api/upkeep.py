"""What an operator asks of the log from a terminal: whether it is whole."""

from datetime import date
from uuid import UUID

import typer

from api.house import House
from contracts.log import direct
from contracts.log.check import Finding, Report, check
from contracts.log.derivation import ByEvents

SHOWN = 50
"""Findings a run; more of them say nothing more."""


def checked(house: House) -> bool:
    """Says what was looked at and every finding. False: something does not fit."""
    with direct(house.settings.direct_url, None) as connection:
        report = check(connection, ByEvents(house.mapper, house.law, lambda id_: adult_on(house, id_)))
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
