"""Corrections in the history: what an entry said and what it should have said, and the ways from one to the
other."""

from collections.abc import Sequence
from typing import Any

from api.formats import day
from api.languages import WORDS, say
from api.pages.look import Look
from api.pages.parts import Link, Row, Words
from api.pages.views.history import Change
from api.sentences import hidden
from contracts.canonical import plain
from contracts.corrected import CorrectionMade, Reading, kind_of, read
from contracts.corrected import put_right as differing
from contracts.decision import Event
from contracts.log.recorder import StoredEvent

OWN = frozenset({"correction.proposed", "correction.made", "correction.rejected", "correction.followed"})
"""Entries that are about another entry of the contract."""


def told_apart(event: Event) -> frozenset[str]:
    """Fields that are told by ways to other entries, and by what was and should have been."""
    if isinstance(event, CorrectionMade):
        return frozenset({"entry", "of", "of_schema", "right", "fell"})
    return frozenset({"entry", "of"}) if event.type in OWN else frozenset()


def reading(seen: Look, rows: Sequence[StoredEvent]) -> Reading:
    """What is known of these entries."""
    return read({row.stream_version: seen.found.entries[row.stream_version - 1].event for row in rows})


def marks(seen: Look, row: StoredEvent, known: Reading) -> list[Words]:
    """Under an entry: that it was wrong, or which one it is about."""
    event = seen.found.entries[row.stream_version - 1].event
    found: list[Words] = []
    if by := known.by.get(row.stream_version):
        on = day(seen.language, seen.found.law.day(seen.found.rows[by - 1].recorded_at))
        found.append(Row([say(seen.language, "pages.history.corrected-by", day=on), seen.entry_or_words(by)]))
    if isinstance(entry := getattr(event, "entry", None), int) and row.type in OWN:
        found.append(Row([say(seen.language, "pages.history.corrects"), seen.entry_or_words(entry)]))
    return found


def put_right(seen: Look, made: CorrectionMade) -> list[Change]:
    """Each field that should have said something else; of an entry that should not stand, its sentence."""
    wrong = seen.found.entries[made.entry - 1].event
    speaker = seen.reader.speaker
    if made.right is None:
        should = say(seen.language, "pages.history.should-not-stand")
        return [Change(speaker.event(wrong), should, say(seen.language, "pages.history.the-entry"))]
    events = [entry.event for entry in seen.found.entries]
    kept = hidden(wrong, seen.found.roles)
    return [
        Change(_said(seen, was, name), _said(seen, now, name), say(seen.language, f"fields.{name}"))
        for name, was, now in differing(wrong, made, kind_of(events, made.entry))
        if name not in kept
    ]


def _said(seen: Look, value: Any, name: str) -> Words | None:
    if value is None:
        return None
    if hasattr(value, "__dataclass_fields__"):
        return "; ".join(_parts(seen, plain(value)))
    return seen.reader.speaker.value(value, name)


def _parts(seen: Look, parts: dict[str, Any]) -> list[str]:
    """What has parts, as it is stored: by the names of its fields where they have a word."""
    found = []
    for name, value in parts.items():
        key = f"fields.{name}"
        label = say(seen.language, key) if key in WORDS[seen.language] else name
        inner = ", ".join(_parts(seen, value)) if isinstance(value, dict) else str(value)
        found.append(f"{label}: {inner}")
    return found


def to_correct(seen: Look, row: StoredEvent, known: Reading) -> Link | None:
    """The way to say that the entry was wrong, for whoever may, while it is not known to be."""
    if seen.moved or row.stream_version in known.by or row.type in OWN - {"correction.made"}:
        return None
    if not seen.can_correct:
        return None
    return Link(
        say(seen.language, "pages.history.correct"),
        f"/contracts/{seen.id}/correct?entry={row.stream_version}",
    )
