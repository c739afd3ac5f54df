"""What happened to a contract; what differs between two moments; and the entries as they are stored."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from api.answers import instant
from api.house import Inside
from api.problems import Problem
from api.queries.fresh import Fresh
from api.queries.moments import Moment, Stream, Streamed, day, metadata, not_to_come, stream
from api.queries.moments import instant as read_instant
from api.queries.telling import Telling, telling
from api.security.acting import AskedBy
from contracts.canonical import plain
from contracts.terms import REGISTER, Clause
from contracts.two_clocks import because, holds_from

router = APIRouter(prefix="/api/v1/contracts/{id}", tags=["contracts"])


@router.get("/history", name="history")
def history(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Every entry in words, newest first."""
    found = stream(house, asked, id, "history")
    told = telling(house, found, asked.language)
    return {
        "id": str(id),
        "version": len(found.rows),
        "as_of_position": found.position,
        "items": [*told.entries()][::-1],
    }


@router.get("/diff", name="diff")
def diff(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    from_: Annotated[str, Query(alias="from", description="A day, or a day and an instant: DAY,INSTANT.")],
    to: Annotated[str, Query(description="As `from`.")],
) -> dict[str, Any]:
    """What differs between two moments, clause by clause, with the entry that made it differ."""
    first, second = moment_in(from_, "from"), moment_in(to, "to")
    found = stream(house, asked, id, "diff", second.known_at, "to")
    not_to_come(first.known_at, found.now, "from")
    told = telling(house, found, asked.language)
    was, now = found.at(first), found.at(second)
    differing = [c for c in REGISTER if getattr(was.terms, c.field) != getattr(now.terms, c.field)]
    texts = [told.wording(then, at.in_force_on) for then, at in ((was, first), (now, second))]
    return {
        "id": str(id),
        "from": _shown(first, found),
        "to": _shown(second, found),
        "state": {"was": was.state_on(first.in_force_on), "now": now.state_on(second.in_force_on)},
        "clauses": [
            {**told.change(clause, was, now, *texts), "by": _set_by(clause, found, told, first, second)}
            for clause in differing
        ],
        "only_knowledge_changed": first.in_force_on == second.in_force_on
        and (bool(differing) or was.state_on(first.in_force_on) != now.state_on(second.in_force_on)),
    }


def _set_by(
    clause: Clause, found: Stream, told: Telling, first: Moment, second: Moment
) -> dict[str, Any] | None:
    """The entry that gave the clause its value at the later moment; where none did, at the earlier."""
    if (by := because(clause, found.entries, found.law, first, second)) is None:
        return None
    row = found.rows[by.version - 1]
    return {
        "position": row.position,
        "version": by.version,
        "type": row.type,
        "text": told.speaker.event(by.event),
        "recorded_at": instant(row.recorded_at),
        "holds_from": holds_from(by, found.law).isoformat(),
        "actor": metadata(row).get("actor"),
        "rule": told.rule(by.event, found.law.day(row.recorded_at)),
    }


def moment_in(text: str, field: str) -> Moment:
    """`2026-11-02` or `2026-11-02,2026-11-03T00:00:00Z`."""
    on, _, known_at = text.partition(",")
    in_force_on = day(on, field)
    if in_force_on is None:
        raise Problem(400, errors=[{"field": field}])
    return Moment(in_force_on, read_instant(known_at, field) if known_at else None)


def _shown(at: Moment, found: Stream) -> dict[str, str]:
    return {"in_force_on": at.in_force_on.isoformat(), "known_at": instant(at.known_at or found.now)}


@router.get("/events", name="events", response_class=Response)
def events(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> Response:
    """The entries as they are stored, with their hashes. `data` and `metadata` are the stored text itself."""
    return stored_events(stream(house, asked, id, "events"))


def stored_events(found: Streamed) -> Response:
    items = [
        {
            "position": row.position,
            "stream_id": str(row.stream_id),
            "version": row.stream_version,
            "type": row.type,
            "schema": row.schema_version,
            "event_id": str(row.event_id),
            "effective_on": plain(row.effective_on),
            "recorded_at": instant(row.recorded_at),
            "data": msgspec.Raw(row.data.encode()),
            "metadata": msgspec.Raw(row.metadata.encode()),
            "prev_hash": row.prev_hash.hex(),
            "hash": row.hash.hex(),
        }
        for row in found.rows
    ]
    body = {"id": str(found.id), "items": items, "next": None, "as_of_position": found.position}
    return Response(msgspec.json.encode(body), media_type="application/json")
