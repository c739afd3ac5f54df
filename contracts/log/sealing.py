"""The personal fields of a wish, closed before it is decided: events may hold their commitments only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

from psycopg import Connection

from contracts.canonical import canonical, plain
from contracts.decision import Command, Text
from contracts.lifecycle import COMMANDS
from contracts.log.personal import PersonalStore, Sealed, stored
from contracts.parties import Contacts, Person, Record
from contracts.values import replace

KINDS = (Text, Record, Contacts)


@dataclass(frozen=True)
class Envelope:
    """`commitments` by field as a decision sees them, and the ciphertext that belongs to each."""

    commitments: Mapping[str, str]
    sealed: tuple[Sealed, ...]

    def rows_of(self, data: Iterable[str]) -> str | None:
        """The rows whose commitments stand in these events; others are thrown away."""
        written = "".join(data)
        return stored(each for each in self.sealed if each.commitment in written)


def seal(
    store: PersonalStore,
    connection: Connection[Any],
    command: Command,
    state: Any,
    *,
    actor: UUID | None,
    student: UUID | None,
    fresh: UUID,
) -> Envelope:
    """Words about a contract are kept with its student, so that they go when the student's data go; words of
    an organisation with the person who says them. New contacts make a new version of a person's record."""
    commitments: dict[str, str] = {}
    sealed: list[Sealed] = []
    for name, kind, value in _each(command):
        closed = _closed(store, connection, kind, value, state, student or actor, fresh)
        field = (
            name if kind is not Record and not (kind is Contacts and isinstance(state, Person)) else "record"
        )
        commitments[field] = closed.commitment
        sealed.append(closed)
    return Envelope(commitments, tuple(sealed))


def _each(command: Command) -> Iterator[tuple[str, Any, Any]]:
    """Field, kind and value; each of several texts for itself, as `reasons.0`."""
    for name, kind in given(command).items():
        value = getattr(command, name)
        if isinstance(value, tuple):
            yield from ((f"{name}.{n}", kind, one) for n, one in enumerate(value))
        else:
            yield name, kind, value


def given(command: Command) -> dict[str, Any]:
    """Its personal fields that hold something, and as what."""
    return {
        name: kind
        for name, kind in personal_fields(command.type).items()
        if getattr(command, name) is not None
    }


@cache
def personal_fields(command: str) -> dict[str, Any]:
    """Which fields of the command of that name are personal, and as what."""
    hints = get_type_hints(COMMANDS[command])
    return {
        name: kind for name, hint in hints.items() for kind in KINDS if hint is kind or kind in get_args(hint)
    }


class NobodyToKeepIt(LookupError):
    """Words that belong to nobody whose data are kept here."""


def _closed(
    store: PersonalStore,
    connection: Connection[Any],
    kind: Any,
    value: Any,
    state: Any,
    keeper: UUID | None,
    fresh: UUID,
) -> Sealed:
    if kind is Record:
        return store.seal_record(fresh, 1, value)
    if kind is Contacts and isinstance(state, Person) and state.id:
        held = store.open_record(connection, state.id)
        if held is None:
            raise NobodyToKeepIt(str(state.id))
        given = {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) is not None}
        return store.seal_record(state.id, held.version + 1, replace(held.record, **given), held.key)
    keys = store.keys(connection, [keeper]) if keeper else {}
    if keeper is None or keeper not in keys:
        raise NobodyToKeepIt(str(keeper))
    text = canonical(plain(value)) if kind is Contacts else value
    return store.seal_text(keeper, text, keys[keeper])
