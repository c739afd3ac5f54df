"""How the last day of a deadline was counted, so that it can be counted again by hand."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from api.formats import day
from api.languages import say
from contracts.contract import Contract
from contracts.decision import Event
from contracts.law import Count, Law

BEGUN_BY = {
    "sign": "contract.offered",
    "answer-schedule-change": "schedule.change_proposed",
    "answer-amendment": "amendment.proposed",
    "object-to-change": "amendment.noticed",
    "answer-mutual-end": "withdrawal.mutual_proposed",
    "cure": "withdrawal.cure_demanded",
}
"""Which entry starts which deadline."""

MOST = 12
"""Days off that are listed one by one."""

Dated = Sequence[tuple[date, Event]]
"""Entries with the legal day on which each was recorded."""


def count_of(
    name: str, ref: UUID | None, rule: str, due: date, contract: Contract, entries: Dated, law: Law
) -> Count | None:
    """None: the day was set by people, or comes from something else than a period."""
    if (after := _after(name, ref, contract, entries)) is None:
        return None
    if name == "end":
        ground = law.ground(contract.end.ground, after) if contract.end else None
        if ground is None or ground.notice is None:
            return None
        rule = ground.notice
    try:
        count = law.end_of(law.rule(rule, after).value, after)
    except (LookupError, ValueError):
        return None
    return count if count.last == due else None


def _after(name: str, ref: UUID | None, contract: Contract, entries: Dated) -> date | None:
    """The day of the cause, which is not counted."""
    if name == "end":
        return contract.end.received_on if contract.end else None
    if name == "certificate":
        return contract.end_on
    begun = [
        on
        for on, event in entries
        if event.type == BEGUN_BY.get(name) and (ref is None or getattr(event, "proposal", None) == ref)
    ]
    return begun[-1] if begun else None


def words(language: str, count: Count) -> str:
    """From which day, how long, what was skipped."""
    length = say(language, f"pages.units.{count.unit.replace('_', '-')}", n=count.length)
    parts = [say(language, "pages.deadlines.counted", day=day(language, count.after), length=length)]
    if count.skipped:
        days = ", ".join(day(language, each) for each in count.skipped[:MOST])
        key = "moved" if count.moved_from else "skipped"
        parts.append(say(language, f"pages.deadlines.{key}", days=days))
    if not count.certain:
        parts.append(say(language, "pages.deadlines.uncertain"))
    return " ".join(parts)
