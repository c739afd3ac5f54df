"""A contract's entries in words: what, was, now, who, by which rule, and what people wrote themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.answers import instant
from api.house import House
from api.languages import say
from api.queries.moments import Stream, metadata
from api.refusals import source
from api.sentences import Speaker, fields_of, hidden
from contracts.canonical import plain
from contracts.contract import Contract
from contracts.corrected import CorrectionMade, kind_of, put_right, read, unfolding
from contracts.decision import Event
from contracts.log.recorder import StoredEvent
from contracts.parties import Role
from contracts.terms import REGISTER, Clause
from contracts.wording import sentences

COMMITMENT = 64
"""Digits of the commitment to a text that stands in the personal store."""


@dataclass(frozen=True)
class Telling:
    """A stream told in one language. `texts`: what people wrote, by commitment, while it is still there."""

    found: Stream
    speaker: Speaker
    texts: Mapping[str, str]

    def entries(self) -> Iterator[dict[str, Any]]:
        """Oldest first."""
        events = [entry.event for entry in self.found.entries]
        corrected_by = read(dict(enumerate(events, 1))).by
        steps = unfolding(events, Contract(id=self.found.id))
        for row, event, (before, after) in zip(self.found.rows, events, steps, strict=True):
            by = corrected_by.get(row.stream_version)
            made = event if isinstance(event, CorrectionMade) else None
            yield self._entry(row, event, before, after) | {
                "corrects": made.entry if made else None,
                "put_right": self._put_right(events, made) if made else [],
                "corrected_by": {"version": by, "position": self.found.rows[by - 1].position} if by else None,
            }

    def _entry(self, row: StoredEvent, event: Event, before: Contract, after: Contract) -> dict[str, Any]:
        by, law, language = metadata(row), self.found.law, self.speaker.language
        recorded_on = law.day(row.recorded_at)
        automatic = by.get("actor") == Role.DEADLINE
        return {
            "position": row.position,
            "version": row.stream_version,
            "event_id": str(row.event_id),
            "type": row.type,
            "text": self.speaker.event(event),
            "facts": self._facts(event),
            "changes": self._changes(before, after, recorded_on),
            "actor": by.get("actor"),
            "on_behalf_of": by.get("on_behalf_of"),
            "role": by.get("role"),
            "by": say(language, f"roles.{by['role']}") if by.get("role") else None,
            "command": by.get("command"),
            "automatic": automatic,
            "late": self._late(row) if automatic else None,
            "recorded_at": instant(row.recorded_at),
            "effective_on": plain(row.effective_on),
            "holds_from": (row.effective_on or recorded_on).isoformat(),
            "rule": self.rule(event, recorded_on),
            "law": by.get("law"),
            "hash": row.hash.hex(),
        }

    def _put_right(self, events: Sequence[Event], made: CorrectionMade) -> list[dict[str, str]]:
        """What the wrong entry said, field by field, and what it should have said."""
        wrong, language = events[made.entry - 1], self.speaker.language
        kept = hidden(wrong, self.found.roles)
        return [
            {
                "label": say(language, f"fields.{name}"),
                "was": self.speaker.value(was, name),
                "should_be": self.speaker.value(now, name),
            }
            for name, was, now in put_right(wrong, made, kind_of(events, made.entry))
            if name not in kept
        ]

    def rule(self, event: Event, on: date) -> dict[str, Any] | None:
        if (rule := event.rule) is None:
            return None
        law, language = self.found.law, self.speaker.language
        return {"rule": rule, "text": law.rule(rule, on).text[language], "source": source(law, rule, on)}

    def _facts(self, event: Event) -> list[dict[str, str]]:
        kept = hidden(event, self.found.roles)
        written = {name: value for name, value in fields_of(event) if name not in kept}
        sealed = [
            n for n, v in written.items() if isinstance(v, str) and len(v) == COMMITMENT and n in event.apart
        ]
        words = [
            {"label": label, "value": value}
            for label, value in self.speaker.facts(event, [*_unsaid(event), *kept])
        ]
        opened = [
            {"label": say(self.speaker.language, f"fields.{name}"), "value": self.texts[written[name]]}
            for name in sealed
            if written[name] in self.texts
        ]
        return [*words, *opened]

    def _changes(self, before: Contract, after: Contract, on: date) -> list[dict[str, Any]]:
        changed = [c for c in REGISTER if getattr(before.terms, c.field) != getattr(after.terms, c.field)]
        if not changed:
            return []
        was, now = (self.wording(contract, on) for contract in (before, after))
        return [self.change(clause, before, after, was, now) for clause in changed]

    def change(
        self,
        clause: Clause,
        before: Contract,
        after: Contract,
        was: Mapping[str, str],
        now: Mapping[str, str],
    ) -> dict[str, Any]:
        return {
            "clause": clause.id,
            "title": say(self.speaker.language, f"clauses.{clause.id}"),
            "class": clause.change,
            "was": plain(getattr(before.terms, clause.field)),
            "now": plain(getattr(after.terms, clause.field)),
            "was_text": was.get(clause.id),
            "now_text": now.get(clause.id),
        }

    def wording(self, contract: Contract, on: date) -> dict[str, str]:
        """Each clause in words."""
        law = self.found.law
        told = sentences(contract, law, law.known(on), self.speaker.language)
        return {sentence.clause: sentence.text for sentence in told}

    def _late(self, row: StoredEvent) -> dict[str, Any] | None:
        days = days_late(self.found, row)
        return {"days": days, "text": say(self.speaker.language, "history.late", n=days)} if days else None


def days_late(found: Stream, row: StoredEvent) -> int:
    """By how much something that happens by itself was recorded after it could have been, because nothing was
    running: after its day, and after the entry before it, which may be what it had waited for."""
    if row.effective_on is None:
        return 0
    before = found.rows[row.stream_version - 2].recorded_at if row.stream_version > 1 else row.recorded_at
    could_be = max(row.effective_on, found.law.day(before))
    return max(0, (found.law.day(row.recorded_at) - could_be).days)


def _unsaid(event: Event) -> list[str]:
    """Fields that are ids, digests, or told as changes of clauses."""
    return [
        *event.apart,
        "terms",
        "term",
        "schedule",
        "text_hash",
        "nonce",
        "student_record",
        "form",
        "parties",
    ]


def telling(house: House, found: Stream, language: str) -> Telling:
    """The words of people are opened for those who may read the history."""
    sealed = {
        value
        for entry in found.entries
        for name in entry.event.apart
        if isinstance(value := getattr(entry.event, name, None), str) and len(value) == COMMITMENT
    }
    with house.pool.connection() as connection:
        texts = house.personal.texts(connection, sealed) if sealed else {}
    return Telling(found, Speaker(language, house.law, found.today), texts)
