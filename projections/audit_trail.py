"""What happened, when, by whom, about which clause? Every entry of the log can be found."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import dict_row

from contracts.decision import Event
from contracts.lifecycle import EVENTS
from contracts.log.facts import organisation_id
from contracts.log.recorder import StoredEvent
from contracts.terms import CLAUSES, REGISTER, Terms
from projections import cursors
from projections.folding import KINDS
from projections.positions import AsOf, as_of
from projections.projection import Batch, Projection
from projections.sight import ACTS, Sight, first, visible
from projections.tables import Table

MOST = 200
"""Rows a page."""

ENTRIES = Table(
    "entries",
    {
        "position": "bigint",
        "stream_id": "uuid NOT NULL",
        "kind": "text",
        "type": "text NOT NULL",
        "recorded_at": "timestamptz NOT NULL",
        "effective_on": "date",
        "actor": "text",
        "on_behalf_of": "text",
        "role": "text",
        "command": "text",
        "clauses": "text[] NOT NULL",
    },
    key=("position",),
    owner="stream_id",
    indexes=("(stream_id, position)", "(type, position)", "(actor, position)"),
)
"""What is searched by. The rest of an entry stands in the log, and is read there."""


@dataclass(frozen=True)
class Filters:
    """`types`: names of events; `who`: `person:<uuid>` or `org:<BIN>`, as actor or principal. Both ends of a
    period are included. `effective_from`: an entry without a day of its own is not found by it."""

    stream_id: UUID | None = None
    types: tuple[str, ...] = ()
    kind: str | None = None
    clause: str | None = None
    who: str | None = None
    role: str | None = None
    command: str | None = None
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    effective_from: date | None = None
    effective_to: date | None = None


EVERY = Filters()


@dataclass(frozen=True)
class Entry:
    """An event as it is stored. `number`: of its contract. `clauses`: ids of those that it is about. `hash`:
    hex."""

    position: int
    stream_id: UUID
    kind: str | None
    number: str | None
    version: int
    type: str
    schema_version: int
    event_id: UUID
    effective_on: date | None
    recorded_at: datetime
    actor: str | None
    on_behalf_of: str | None
    role: str | None
    command: str | None
    law: str | None
    clauses: list[str]
    hash: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Newest first. `next`: cursor of the page after this one; None: it is the last."""

    items: tuple[Entry, ...]
    next: str | None
    as_of: AsOf


CONDITIONS = {
    "stream_id": "r.stream_id = %(stream_id)s",
    "types": "r.type = ANY(%(types)s)",
    "kind": "r.kind = %(kind)s",
    "clause": "%(clause)s = ANY(r.clauses)",
    "who": "(r.actor = %(who)s OR r.on_behalf_of = %(who)s)",
    "role": "r.role = %(role)s",
    "command": "r.command = %(command)s",
    "recorded_from": "r.recorded_at >= %(recorded_from)s",
    "recorded_to": "r.recorded_at <= %(recorded_to)s",
    "effective_from": "r.effective_on >= %(effective_from)s",
    "effective_to": "r.effective_on <= %(effective_to)s",
}


def search(
    connection: Connection[Any],
    sight: Sight,
    filters: Filters = EVERY,
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Entries of the contracts that the caller may see, and of the caller's own stream. Raises BadCursor,
    also where the log was restored since: positions may belong to other entries then."""
    name = "audit_trail"
    [[epoch]] = connection.execute("SELECT epoch FROM log.mark")
    cursor = cursors.read(after, name, 2) if after else None
    if cursor and cursor[0] != str(epoch):
        raise cursors.BadCursor(name)
    limit = max(1, min(limit, MOST))
    moment = as_of(connection, name)
    chosen = {each: value for each in CONDITIONS if (value := getattr(filters, each))}
    conditions = ["true", *(CONDITIONS[each] for each in chosen)]
    if cursor:
        conditions.append("r.position < %(after)s")
    values = sight.parameters | chosen | {"limit": limit + 1, "own": own_stream(sight)}
    led, rest = seen_by(sight, "r.stream_id"), " AND ".join(conditions)
    # Of its own what is quick for a chamber is not for an enterprise: planned anew.
    page = first("projections.entries r", "r.position", led, rest, "r.position DESC")
    with connection.cursor(row_factory=dict_row) as asking:
        found = asking.execute(
            f"""SELECT r.position, r.stream_id, r.kind, c.number, e.stream_version AS version, r.type,
                  e.schema_version, e.event_id, r.effective_on, r.recorded_at, r.actor, r.on_behalf_of,
                  r.role, r.command,
                  e.metadata->>'law' AS law, r.clauses, encode(e.hash, 'hex') AS hash, e.data
                FROM projections.entries r JOIN log.events e ON e.position = r.position
                  LEFT JOIN projections.register c ON c.contract_id = r.stream_id
                WHERE {page} ORDER BY r.position DESC LIMIT %(limit)s""".encode(),
            values
            | ({"types": [*filters.types]} if filters.types else {})
            | ({"after": int(cursor[1])} if cursor else {}),
            prepare=None if sight.everything else False,
        ).fetchall()
    rows = tuple(Entry(**row) for row in found[:limit])
    more = len(found) > limit
    return Page(rows, cursors.written(name, epoch, rows[-1].position) if more else None, moment)


def seen_by(sight: Sight, stream: str) -> list[str]:
    """Of these conditions one holds where the caller may see it. Parameters: the sight's, and `own`."""
    if sight.everything:
        return ["true"]
    contracts = f"SELECT r.contract_id FROM projections.register r WHERE {visible(sight)}"
    own = f"{stream} = %(own)s" + (f" AND {ACTS}" if sight.bin else "")
    return [f"{stream} IN ({contracts})", f"({own})"]


def own_stream(sight: Sight) -> UUID:
    return organisation_id(sight.bin) if sight.bin else sight.person


class _Metadata(msgspec.Struct):
    actor: str | None = None
    on_behalf_of: str | None = None
    role: str | None = None
    command: str | None = None


_METADATA = msgspec.json.Decoder(_Metadata)


CLAUSE_OF: dict[Any, str] = {
    next(iter(get_args(hint))): clause.id
    for clause, hint in zip(REGISTER, get_type_hints(Terms).values(), strict=True)
}
"""The clause that a value is of, by its type."""


def _about_clauses(event: type[Event]) -> list[tuple[str, str | None]]:
    """Fields that hold clauses, each with the one clause of which it is the value; None: any."""
    named = fields(event)  # type: ignore[arg-type]  # every event is a dataclass
    return [
        (each.name, CLAUSE_OF.get(each.type))
        for each in named
        if each.type is Terms or each.type in CLAUSE_OF or each.name == "removed"
    ]


_ABOUT = {name: about for name, event in EVENTS.items() if (about := _about_clauses(event))}


def clauses(event: StoredEvent) -> list[str]:
    """Ids of the clauses that it sets, proposes or takes out."""
    if not (about := _ABOUT.get(event.type)):
        return []
    data = msgspec.json.decode(event.data)
    found: set[str] = set()
    for name, one in about:
        value = data.get(name)
        if name == "removed":
            found |= {*(value or ())}
        elif one and value is not None:
            found.add(one)
        elif not one:
            found |= {clause.id for clause in REGISTER if (value or {}).get(clause.field) is not None}
    return sorted(found & CLAUSES.keys())


def _row(event: StoredEvent) -> dict[str, Any]:
    metadata = _METADATA.decode(event.metadata)
    return {
        "position": event.position,
        "stream_id": event.stream_id,
        "kind": KINDS.get(event.type),
        "type": event.type,
        "recorded_at": event.recorded_at,
        "effective_on": event.effective_on,
        "actor": metadata.actor,
        "on_behalf_of": metadata.on_behalf_of,
        "role": metadata.role,
        "command": metadata.command,
        "clauses": clauses(event),
    }


def _write(connection: Connection[Any], batch: Batch) -> None:
    ENTRIES.add(connection, [_row(event) for event in batch.events])


PROJECTION = Projection(
    "audit_trail", (ENTRIES,), _write, revision=2, reads=("data", "metadata", "effective_on", "recorded_at")
)
