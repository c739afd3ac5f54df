"""Refused attempts, as they stand among the entries of a history."""

from datetime import datetime
from uuid import UUID

import msgspec

from api.formats import day, instant
from api.languages import say
from api.pages.law import cited
from api.pages.look import Look
from api.pages.names import names
from api.pages.parts import Link, Tag, Words
from api.pages.views.history import Entry
from api.queries.lists import sight
from contracts.decision import Refusal
from contracts.lifecycle import COMMANDS, REFUSALS
from projections import attempts
from projections.attempts import Attempt

MOST = 200
"""Attempts that stand in a history; all of them stand on their own page."""


def refused_entries(seen: Look) -> list[tuple[datetime, Entry]]:
    """Each with its instant. Those of the moment shown: none that came after it."""
    house = seen.reader.house
    everything = sight(house, seen.reader.asked, "attempts")
    filters = attempts.Filters(subject=seen.id, at_to=seen.at.known_at)
    with house.pool.connection() as connection:
        found = attempts.search(connection, everything, filters, limit=MOST).items
    return [(each.at, _entry(seen, each)) for each in found]


def refusals_of(attempt: Attempt) -> list[Refusal]:
    """As data again."""
    return [
        msgspec.convert(facts, REFUSALS[rule], strict=False)
        for rule, facts in zip(attempt.rules, attempt.facts, strict=True)
        if rule in REFUSALS
    ]


def command_words(language: str, command: str) -> str:
    return say(language, f"commands.{command}") if command in COMMANDS else command


def _entry(seen: Look, attempt: Attempt) -> Entry:
    language, law = seen.language, seen.found.law
    on = law.day(attempt.at)
    reasons = [seen.reader.speaker.refusal(each) for each in refusals_of(attempt)]
    first = attempt.rules[0] if attempt.rules else None
    return Entry(
        anchor=f"a-{attempt.attempt_id}",
        number="",
        sentence=say(language, "pages.history.refused", command=command_words(language, attempt.command)),
        recorded=instant(language, attempt.at, law.zone),
        in_force_from=day(language, on),
        by=_by(seen, attempt),
        tags=[Tag(say(language, "pages.entry-kinds.refused"), "bad")],
        mark="refused",
        because=" ".join(reasons),
        rule=Link(cited(language, law.rule(first, on)), f"/law/{first}?on={on}")
        if first and first in law.rules
        else None,
    )


def _by(seen: Look, attempt: Attempt) -> Words:
    kind, _, person = attempt.actor.partition(":")
    if kind != "person":
        return say(seen.language, "roles.deadline")
    return names(seen.reader.house, seen.language, [UUID(person)]).person(UUID(person))
