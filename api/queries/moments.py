"""A contract as one who may asks for it: at which two moments, with the stream it comes from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
import psycopg
from fastapi import Query

from api import reads
from api.house import House
from api.problems import Problem
from api.reach import in_reach
from api.security.acting import Asked
from api.security.rights import OF_MENTOR, OF_RECEIVER, see
from contracts.contract import Contract
from contracts.law import Law
from contracts.lifecycle import STREAMS, empty
from contracts.log.errors import Unavailable
from contracts.log.recorder import StoredEvent
from contracts.log.wishes import NotFound
from contracts.parties import Role
from contracts.two_clocks import Entry, Moment, as_of

InForceOn = Annotated[str | None, Query(description="A day, YYYY-MM-DD. Without it: today.")]
KnownAt = Annotated[str | None, Query(description="An instant, RFC 3339. Without it: now.")]


S = TypeVar("S", bound="Streamed")


@dataclass(frozen=True)
class Streamed:
    """All entries of a contract or of what rests on one, and in which roles the caller sees them."""

    id: UUID
    kind: str
    rows: list[StoredEvent]
    entries: tuple[Entry, ...]
    roles: frozenset[Role]
    law: Law
    now: datetime

    def state(self, moment: Moment) -> Any:
        """What it was in force as on a day, by what was known at an instant."""
        begun = empty(self.kind, self.id)
        return as_of(self.entries, self.law, moment.in_force_on, moment.known_at, begun)

    @cached_property
    def today(self) -> date:
        return self.law.day(self.now)

    @property
    def position(self) -> int:
        return self.rows[-1].position


class Stream(Streamed):
    """Of a contract."""

    def at(self, moment: Moment) -> Contract:
        found: Contract = self.state(moment)
        return found

    def form_day(self, at: Moment) -> date:
        """The text is made by the form of the day on which it was offered."""
        offered = [entry for entry in self.entries if entry.event.type == "contract.offered"]
        return self.law.day(offered[-1].recorded_at) if offered else self.law.known(at.in_force_on)


def stream(
    house: House,
    asked: Asked,
    id: UUID,
    question: str,
    known_at: datetime | None = None,
    field: str = "known_at",
) -> Stream:
    """Of a contract. `field`: where the instant was asked for. Raises NotFound, Problem 400, Problem 403."""
    return _read(Stream, "contract", house, asked, id, question, known_at, field)


def streamed(
    kind: str, house: House, asked: Asked, id: UUID, question: str, known_at: datetime | None = None
) -> Streamed:
    """Of another kind. Raises NotFound, Problem 400, Problem 403."""
    return _read(Streamed, kind, house, asked, id, question, known_at)


def _read(
    made: type[S],
    kind: str,
    house: House,
    asked: Asked,
    id: UUID,
    question: str,
    known_at: datetime | None,
    field: str = "known_at",
) -> S:
    """Written down as read before anything of it is answered."""
    seen = see(house, asked, id, question)
    if not isinstance(seen.state, STREAMS[kind]):
        raise NotFound(str(id))
    not_to_come(known_at, seen.now, field)
    found = stored(made, kind, house, id, seen.roles - asked.caller.duties, seen.now)
    note_read(house, asked, question, subject=id, known_at=known_at, position=found.position)
    return found


def not_to_come(known_at: datetime | None, now: datetime, field: str) -> None:
    """Nobody knows what will be known. Raises Problem 400."""
    if known_at and known_at > now:
        raise Problem(400, errors=[{"field": field}])


def stored(made: type[S], kind: str, house: House, id: UUID, roles: frozenset[Role], now: datetime) -> S:
    """For who may see it in these roles, as the asker has found out."""
    rows = house.recorder.streams([id])[id]
    entries = tuple(
        Entry(
            row.stream_version,
            house.mapper.decode(row.type, row.schema_version, row.data),
            row.effective_on,
            row.recorded_at,
        )
        for row in rows
    )
    return made(id, kind, rows, entries, roles, house.law, now)


def note_read(house: House, asked: Asked, question: str, **about: Any) -> None:
    """Raises Unavailable: what cannot be written down is not answered."""
    try:
        with house.pool.connection() as connection:
            reads.write(
                connection,
                asked.caller,
                question,
                purpose=asked.purpose,
                request_id=asked.request_id,
                **about,
            )
    except psycopg.Error as error:
        raise Unavailable("the look cannot be written down") from error


def moment(house: House, in_force_on: str | None, known_at: str | None) -> Moment:
    """Raises Problem 400."""
    return Moment(
        day(in_force_on, "in_force_on") or house.today(), instant(known_at, "known_at") if known_at else None
    )


def day(text: str | None, field: str) -> date | None:
    """Raises Problem 400."""
    if text is None:
        return None
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise unreadable(field) from error
    # other forms of ISO 8601 are read too, and nobody means them
    if len(text) != len("2026-11-24") or not in_reach(read):
        raise unreadable(field)
    return read


def instant(text: str, field: str) -> datetime:
    """Of an aware instant. Raises Problem 400."""
    try:
        read = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign in an address reads as a space
    except ValueError as error:
        raise unreadable(field) from error
    if read.tzinfo is None or not in_reach(read.date()):
        raise unreadable(field)
    return read.astimezone(UTC)


def unreadable(field: str) -> Problem:
    return Problem(400, errors=[{"field": field}])


def seen_by(roles: frozenset[Role], clauses: dict[str, Any]) -> dict[str, Any]:
    """What of a contract's clauses, by field, somebody in these roles sees."""
    for role, own in ((Role.MENTOR, OF_MENTOR), (Role.RECEIVER, OF_RECEIVER)):
        if roles and roles <= {role}:
            return {name: value for name, value in clauses.items() if name in own}
    return clauses


def metadata(row: StoredEvent) -> dict[str, Any]:
    read: dict[str, Any] = msgspec.json.decode(row.metadata)
    return read
