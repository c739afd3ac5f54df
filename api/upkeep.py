"""What an operator asks of the log from a terminal: whether it is whole."""

from datetime import date
from functools import partial
from uuid import UUID

import typer

from api.collector import calm
from api.house import House, keys_of
from api.settings import Settings
from contracts import law as laws
from contracts.lifecycle import EVENTS
from contracts.log import APP, direct, spread
from contracts.log.clock import now
from contracts.log.derivation import ByEvents
from contracts.log.looking import Finding, Report
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore

SHOWN = 50
"""Findings a run; more of them say nothing more."""


def checked(house: House) -> bool:
    """Says what was looked at and every finding. False: something does not fit."""
    report = spread.check(house.settings.direct_url, partial(meaning, house.settings))
    for finding in report.findings[:SHOWN]:
        typer.echo(_in_words(finding), err=True)
    typer.echo(_summed_up(report), err=bool(report.findings))
    unconfirmed = sum(1 for rules in house.law.rules.values() for rule in rules if not rule.source.confirmed)
    typer.echo(f"law {house.law.version}: {unconfirmed} entries wait for a lawyer's confirmation")
    return not report.findings


def meaning(settings: Settings) -> ByEvents:
    """What the events say, for a process that does nothing else from now on."""
    keys, law = keys_of(settings), laws.load(settings.law)
    store, connection = PersonalStore(keys.person, keys.lookup), direct(settings.direct_url, APP)
    today = law.day(now(connection))

    def adult_on(student: UUID) -> date | None:
        """The 18th birthday, while the personal store knows it."""
        record = store.records(connection, [student]).get(student)
        return law.adult_on(record.born_on, today) if record else None

    calm()
    return ByEvents(Mapper(EVENTS), law, adult_on)


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
