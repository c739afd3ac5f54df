"""Refused attempts, as they stand among the entries of a history."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from api.formats import instant
from api.languages import say
from api.pages.law import cited
from api.pages.look import Look
from api.pages.names import Names, names_of
from api.pages.parts import Fact, Lines, Link, Tag
from api.pages.views.history import Entry
from api.queries.audit import refusals_of
from api.queries.lists import sight
from api.sentences import Speaker
from contracts.decision import Refusal
from contracts.lifecycle import COMMANDS
from projections import attempts
from projections.attempts import Attempt

MOST = 200
"""Attempts that stand in a history; all of them stand on their own page."""


def attempts_at(seen: Look) -> Sequence[Attempt]:
    """Those of the moment shown: none that came after it."""
    house = seen.reader.house
    everything = sight(house, seen.reader.asked, "attempts")
    filters = attempts.Filters(subject=seen.id, at_to=seen.at.known_at)
    with house.pool.connection() as connection:
        return attempts.search(connection, everything, filters, limit=MOST).items


def command_words(language: str, command: str) -> str:
    return say(language, f"commands.{command}") if command in COMMANDS else command


@dataclass(frozen=True)
class Refusing:
    """`attempts`: those that are told."""

    seen: Look
    attempts: Sequence[Attempt]

    @cached_property
    def names(self) -> Names:
        refs = {ref for each in self.attempts for ref in (each.actor, each.on_behalf_of)}
        return names_of(self.seen.reader.house, self.seen.language, refs)

    def entry(self, attempt: Attempt) -> Entry:
        language, law = self.seen.language, self.seen.found.law
        command = command_words(language, attempt.command)
        return Entry(
            anchor=f"a-{attempt.attempt_id}",
            number="",
            sentence=say(language, "pages.history.refused", command=command),
            recorded=instant(language, attempt.at, law.zone),
            in_force_from="–",
            by=self.names.who(attempt.actor, attempt.on_behalf_of),
            tags=[Tag(say(language, "pages.entry-kinds.refused"), "bad")],
            mark="refused",
            facts=[self._reason(attempt, each) for each in refusals_of(attempt)],
        )

    def _reason(self, attempt: Attempt, refusal: Refusal) -> Fact:
        """A rule that stood in the way, as it was told, with its source."""
        language, law = self.seen.language, self.seen.found.law
        on = law.day(attempt.at)
        source = Link(cited(language, law.rule(refusal.type, on)), f"/law/{refusal.type}?on={on}")
        sentence = Speaker(language, law, on).refusal(refusal)
        return Fact(say(language, "pages.history.because"), Lines(sentence, [source]))
