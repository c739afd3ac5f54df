"""One dispute: its points, steps, evidence and decision, as they are or as they were known at a moment; and
beside it the contract as it was known then."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.answers import instant
from api.house import House, Inside
from api.queries.contract import contract_at
from api.queries.fresh import Fresh
from api.queries.moments import (
    InForceOn,
    KnownAt,
    Moment,
    Stream,
    Streamed,
    moment,
    stored,
    streamed,
)
from api.security.acting import Asked, AskedBy
from contracts.canonical import plain
from contracts.decision import fold
from contracts.dispute import OPEN, Dispute, Evidence, Seat, side_of
from contracts.parties import Role

router = APIRouter(prefix="/api/v1/disputes/{id}", tags=["disputes"])

NEVER_FROZEN = ("pay", "safety", "attendance", "study")


@router.get("", name="dispute")
def dispute(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    response: Response,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """The dispute by what was known at an instant, and the contract as this caller saw it then."""
    at = moment(house, in_force_on, known_at)
    found = streamed("dispute", house, asked, id, "dispute", at.known_at)
    response.headers["ETag"] = f'"{len(found.rows)}"'
    return dispute_at(house, asked, found, at)


def known_then(found: Streamed, at: Moment) -> Dispute:
    """By what had been recorded by then."""
    known = [e.event for e in found.entries if at.known_at is None or e.recorded_at <= at.known_at]
    then: Dispute = fold(known, Dispute(id=found.id))
    return then


def dispute_at(house: House, asked: Asked, found: Streamed, at: Moment) -> dict[str, Any]:
    then = known_then(found, at)
    head = {
        "id": str(found.id),
        "version": then.version,
        "position": found.position,
        "known_at": instant(at.known_at or found.now),
        "known": then.version > 0,
    }
    if not then.version or then.contract is None:
        return head
    words = texts(house, found, then, asked)
    return {
        **head,
        "number": then.number,
        "contract": str(then.contract),
        "claim": plain(then.claim),
        "phase": then.phase,
        "open": then.phase in OPEN,
        "until": plain(then.until),
        "opened_by": then.opened_by,
        "against": then.against,
        "concerned": sorted(then.concerned),
        "points": points(then, words),
        "asks": words.get("asks"),
        "opened_on": plain(then.opened_on),
        "answer_by": plain(then.answer_by),
        "decide_by": plain(then.decide_by),
        "frozen": [plain(point) for point in then.points] if then.phase in OPEN else [],
        "never_frozen": NEVER_FROZEN,
        "mediation": plain(then.mediation),
        "panel": panel(house, then),
        "replace_by": plain(then.replace_by),
        "evidence": [evidence(item, found.roles, asked, then, words) for item in then.evidence],
        "decision": decision(then),
        "suspended": then.suspended,
        "settlement": settlement(then, words),
        "verdict": then.verdict,
        "closing": then.closing,
        "closed_on": plain(then.closed_on),
        "roles": sorted(found.roles),
        **_contract(house, found, then, at),
    }


def _contract(house: House, found: Streamed, then: Dispute, at: Moment) -> dict[str, Any]:
    """As it was known then, and where that is another moment, as it is known now."""
    if then.contract is None:
        return {}
    file = stored(Stream, "contract", house, then.contract, found.roles - {Role.REVIEWER}, found.now)
    shown = {"contract_then": contract_at(house, file, at)}
    now = Moment(house.today(), None)
    return shown if at == now else {**shown, "contract_now": contract_at(house, file, now)}


def points(then: Dispute, words: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Each with what was found of it, and why."""
    decision = then.decision
    return [
        {
            "number": n,
            **plain(point),
            "admitted": n in then.admitted,
            "finding": decision.findings[n - 1] if decision else None,
            "reasons": words.get(decision.reasons[n - 1]) if decision else None,
        }
        for n, point in enumerate(then.points, 1)
    ]


def decision(then: Dispute) -> dict[str, Any] | None:
    if (found := then.decision) is None:
        return None
    return {
        "on": plain(found.on),
        "appeal_by": plain(then.appeal_by),
        "shares": plain(found.shares),
        "members": [str(member) for member in found.members],
        "copied": found.copied,
    }


def settlement(then: Dispute, words: Mapping[str, str | None]) -> dict[str, Any] | None:
    if (found := then.settlement) is None:
        return None
    return {**plain(found), "terms": words.get(found.terms), "agreed": sorted(found.agreed)}


def panel(house: House, then: Dispute) -> list[dict[str, Any]]:
    """Every member that was named, also those who have stepped back."""
    with house.pool.connection() as connection:
        records = house.personal.records(connection, [seat.person for seat in then.seats])

    def shown(seat: Seat) -> dict[str, Any]:
        record = records.get(seat.person)
        name = record.name if record else None
        return {"side": seat.side, "person": str(seat.person), "name": name, "bias": seat.bias}

    return [shown(seat) for seat in then.seats]


def evidence(
    item: Evidence, roles: frozenset[Role], asked: Asked, then: Dispute, words: Mapping[str, str | None]
) -> dict[str, Any]:
    """That it is there, its digest and who may read it; what it shows only to those."""
    sides = {item.by} if item.private else then.concerned
    return {
        "number": item.number,
        "by": item.by,
        "paper": item.paper,
        "digest": item.digest,
        "on": item.on.isoformat(),
        "entry": item.entry,
        "private": item.private,
        "readers": sorted({*sides, Role.REVIEWER}),
        "shows": words.get(item.shows) if may_read(item, roles, asked, then) else None,
    }


def may_read(item: Evidence, roles: frozenset[Role], asked: Asked, then: Dispute) -> bool:
    """Of a confidential item the content is for the side that handed it in, and for who sits."""
    if asked.caller.person in then.members and asked.caller.bin is None:
        return True
    return not item.private or item.by in {side_of(role) for role in roles}


def texts(house: House, found: Streamed, then: Dispute, asked: Asked) -> dict[str, str | None]:
    """What was said in words, by commitment, as far as it is kept and for this caller; `asks` by name."""
    asks: str = getattr(found.entries[0].event, "asks", "")
    wanted = [item.shows for item in then.evidence if may_read(item, found.roles, asked, then)]
    wanted += then.decision.reasons if then.decision else ()
    wanted += [then.settlement.terms] if then.settlement else ()
    with house.pool.connection() as connection:
        said = house.personal.texts(connection, [asks, *wanted])
    return {**said, "asks": said.get(asks)}
