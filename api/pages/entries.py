"""An entry of the history in words: what, was and now, because, who, both dates, the rule, the raw entry."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from api.formats import day, instant, number
from api.languages import say
from api.pages import correction_words
from api.pages.clauses import ClauseWords
from api.pages.contract_terms import clause_words
from api.pages.law import cited
from api.pages.look import Look
from api.pages.parts import Fact, Lines, Link, Tag, Words
from api.pages.views.history import Change, Entry, Raw
from api.queries.moments import metadata, seen_by
from api.queries.telling import Telling, days_late
from api.sentences import fields_of, hidden
from contracts.contract import Contract
from contracts.corrected import CorrectionMade, Reading, unfolding
from contracts.decision import Event
from contracts.log.chain import preimage
from contracts.log.recorder import StoredEvent
from contracts.parties import Role
from contracts.terms import REGISTER, differing
from contracts.two_clocks import holds_from

KINDS = {
    "agreement": frozenset(
        {"contract.concluded", "schedule.change_agreed", "withdrawal.mutual_agreed", "contract.imported"}
    ),
    "refusal": frozenset(
        {
            "contract.refused",
            "schedule.change_declined",
            "withdrawal.mutual_declined",
            "contract.offer_withdrawn",
        }
    ),
}
"""Entries in which all agree, and those in which somebody says no."""

COLOURS = {"agreement": "good", "refusal": "bad", "correction": "warn"}

TOLD_APART = frozenset({"by", "party", "text_hash", "nonce", "reason", "breach", "what", "terms", "source"})
"""Facts that stand elsewhere in an entry: who, because, and what is no word for people."""


@dataclass(frozen=True)
class Told:
    """One entry between what was before it and what came of it. `set_by`: the version of the entry that set
    each field of the terms before."""

    row: StoredEvent
    before: Contract
    after: Contract
    kind: str
    """agreement, refusal, correction, change (a clause became another), automatic, or step."""
    set_by: Mapping[str, int]

    @cached_property
    def by(self) -> dict[str, str]:
        return metadata(self.row)

    @cached_property
    def clauses(self) -> list[str]:
        return [clause.id for clause in differing(self.before.terms, self.after.terms)]


def told(seen: Look) -> list[Told]:
    """Every entry that was known at the moment shown, oldest first."""
    found, set_by = [], dict[str, int]()
    steps = unfolding((entry.event for entry in seen.found.entries), Contract(id=seen.id))
    for row, (before, after) in zip(seen.found.rows, steps, strict=True):
        if seen.at.known_at is None or row.recorded_at <= seen.at.known_at:
            found.append(Told(row, before, after, kind_of(row, before, after), set_by))
        if after.terms is not before.terms and (changed := differing(before.terms, after.terms)):
            set_by = set_by | {clause.field: row.stream_version for clause in changed}
    return found


def kind_of(row: StoredEvent, before: Contract, after: Contract) -> str:
    if metadata(row).get("actor") == Role.DEADLINE:
        return "automatic"
    if row.type in correction_words.OWN:
        return "correction"
    for kind, types in KINDS.items():
        if row.type in types:
            return kind
    return "change" if before.version and before.terms != after.terms else "step"


@dataclass(frozen=True)
class Teller:
    """`new_since`: entries above that position are new to who looks. `opened`: the position whose raw entry
    stands open. `known`: which of the entries were wrong, by all that is shown."""

    seen: Look
    telling: Telling
    known: Reading
    new_since: int | None = None
    opened: int | None = None

    @cached_property
    def clauses(self) -> ClauseWords:
        return clause_words(self.seen)

    def entry(self, each: Told) -> Entry:
        seen, row, language = self.seen, each.row, self.seen.language
        entry = seen.found.entries[row.stream_version - 1]
        recorded_on, holds = seen.found.law.day(row.recorded_at), holds_from(entry, seen.found.law)
        later = holds > seen.at.in_force_on
        return Entry(
            anchor=f"e-{row.position}",
            number=number(language, row.position),
            sentence=seen.reader.speaker.event(entry.event),
            recorded=instant(language, row.recorded_at, seen.found.law.zone),
            in_force_from=day(language, holds),
            by=self.by(each),
            tags=self._tags(each),
            mark=self._mark(each, later),
            facts=self._facts(each),
            changes=self.changes(each),
            because=self._because(each),
            gap=self._gap(each, holds, recorded_on),
            rule=rule_of(seen, entry.event, recorded_on),
            fingerprint=row.hash.hex()[:8],
            raw=self._raw(row),
            unfolded=row.position == self.opened,
            marks=correction_words.marks(seen, row, self.known),
            correct=correction_words.to_correct(seen, row, self.known),
        )

    def _mark(self, each: Told, later: bool) -> str:
        if each.row.stream_version in self.known.by:
            return "wrong"
        return "later" if later else "correction" if each.kind == "correction" else ""

    def _tags(self, each: Told) -> list[Tag]:
        language = self.seen.language
        tags = []
        new = self.new_since is not None and each.row.position > self.new_since
        if new and each.by.get("actor") != self.seen.reader.actor:
            tags.append(Tag(say(language, "words.new"), "strong"))
        if each.kind != "step":
            tags.append(Tag(say(language, f"pages.entry-kinds.{each.kind}"), COLOURS.get(each.kind, "")))
        return tags

    def by(self, each: Told) -> Words:
        """The person, in which role, and for whom."""
        by, language = each.by, self.seen.language
        actor = by.get("actor", "")
        role = say(language, f"roles.{by['role']}") if by.get("role") else ""
        if not actor.startswith("person:"):
            return role
        person = actor.removeprefix("person:")
        name = self.seen.names.person(UUID(person))
        notes: list[Words] = [role] if role else []
        if (behalf := by.get("on_behalf_of")) and not behalf.startswith("person:"):
            notes.append(self.seen.names.ref(behalf))
        return Lines(name, notes)

    def _facts(self, each: Told) -> list[Fact]:
        """Fields of the event that are words for people, without those that are told elsewhere. Proposed days
        are told whole, for no clause says them yet."""
        event = self.seen.found.entries[each.row.stream_version - 1].event
        ids = {name for name, value in fields_of(event) if isinstance(value, UUID) or value == ()}
        ids |= hidden(event, self.seen.found.roles)
        unsaid = {
            *event.apart,
            *TOLD_APART,
            *ids,
            "schedule",
            "term",
            "changes",
            "parties",
            "form",
            "student_record",
        }
        unsaid |= correction_words.told_apart(event)
        facts = [Fact(label, value) for label, value in self.seen.reader.speaker.facts(event, tuple(unsaid))]
        proposed = getattr(event, "schedule", None)
        if proposed and not each.clauses:
            label = say(self.seen.language, "fields.schedule")
            facts.insert(0, Fact(label, self.clauses.brief(proposed)))
        return facts

    def changes(self, each: Told) -> list[Change]:
        """Clauses that became another; a first draft sets them all, and is told by the text."""
        if not each.before.version:
            return []
        event = self.seen.found.entries[each.row.stream_version - 1].event
        if isinstance(event, CorrectionMade):
            return correction_words.put_right(self.seen, event)
        visible = seen_by(self.seen.found.roles, {clause.field: clause for clause in REGISTER})
        found = []
        for clause in REGISTER:
            was, now = getattr(each.before.terms, clause.field), getattr(each.after.terms, clause.field)
            if was == now or clause.field not in visible:
                continue
            found.append(
                Change(
                    *self.clauses.was_and_now(was, now),
                    say(self.seen.language, f"clauses.{clause.id}"),
                    self._set_before(each, clause.field),
                )
            )
        return found

    def _set_before(self, each: Told, field: str) -> Words | None:
        """The entry before this one that set the clause."""
        setter = each.set_by.get(field)
        return self.seen.entry(setter) if setter else None

    def _because(self, each: Told) -> Words | None:
        """What people said themselves; of a change, that the fact itself became another."""
        event = self.seen.found.entries[each.row.stream_version - 1].event
        names = {"reason", "breach", "what", "terms", "source"} - hidden(event, self.seen.found.roles)
        sealed = (getattr(event, name, None) for name in sorted(names))
        words = [
            self.telling.texts[text]
            for text in sealed
            if isinstance(text, str) and text in self.telling.texts
        ]
        if each.kind in ("change", "agreement") and each.clauses and each.before.version:
            words.insert(0, say(self.seen.language, "pages.history.fact-changed"))
        if each.row.type == CorrectionMade.type:
            words.insert(0, say(self.seen.language, "pages.history.record-wrong"))
        return ". ".join(words) if words else None

    def _gap(self, each: Told, holds: date, recorded_on: date) -> str | None:
        days = (holds - recorded_on).days
        if each.kind == "automatic" and (late := days_late(self.seen.found, each.row)):
            return say(self.seen.language, "history.late", n=late)
        if abs(days) <= 1:
            return None
        key = "pages.history.holds-later" if days > 0 else "pages.history.holds-earlier"
        return say(self.seen.language, key, n=abs(days))

    def _raw(self, row: StoredEvent) -> Raw | None:
        if not self.seen.may("events"):
            return None
        language, path = self.seen.language, f"/contracts/{self.seen.id}/history/{row.position}"
        return Raw(
            preimage(row, row.prev_hash).decode(),
            row.hash.hex(),
            row.data,
            hashlib.sha256(row.data.encode()).hexdigest(),
            [
                Link(say(language, f"pages.history.bytes-{part}"), f"{path}/{part}")
                for part in ("entry", "data", "metadata")
            ],
        )


def rule_of(seen: Look, event: Event, on: date) -> Words | None:
    """The law under which an entry stands, as it was that day."""
    if (rule := event.rule) is None:
        return None
    return Link(cited(seen.language, seen.found.law.rule(rule, on)), f"/law/{rule}?on={on}")


def clause_options(found: Sequence[Told]) -> list[str]:
    """Ids of the clauses that some entry changed, in the order of the register."""
    changed = {id_ for each in found for id_ in each.clauses}
    return [clause.id for clause in REGISTER if clause.id in changed]
