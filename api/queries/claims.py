"""Claims: which there are, what one of them is under both clocks, and its ledger."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from api.answers import instant, listed
from api.house import House, Inside
from api.queries.contract import allowances, parties
from api.queries.fresh import Fresh, including
from api.queries.history import stored_events
from api.queries.lists import After, Limit, sight
from api.queries.moments import InForceOn, KnownAt, Moment, Streamed, moment, note_read, stream, streamed
from api.security.acting import AskedBy
from contracts import ledger, price_plan
from contracts.ahead import outlook
from contracts.canonical import plain
from contracts.claim import Claim
from contracts.two_clocks import seen as holding
from projections import claims as listed_claims

router = APIRouter(prefix="/api/v1", tags=["claims"])


@router.get("/claims", name="claims", dependencies=[Depends(including("claims"))])
def claims(
    house: Inside,
    asked: AskedBy,
    contract: UUID | None = None,
    open_only: Annotated[bool, Query(alias="open")] = False,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Those of which the caller is a side, newest first. `open`: only what is not settled."""
    seen = sight(house, asked, "claims")
    with house.pool.connection() as connection:
        page = listed_claims.claims(
            connection, seen, contract_id=contract, open_only=open_only, after=after, limit=limit
        )
    ids = {row.contract_id for row in page.items}
    note_read(house, asked, "claims", shown=ids, position=page.as_of.position)
    return listed(page.items, page.next, page.as_of)


@router.get("/claims/{id}", name="claim")
def claim(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    response: Response,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """The claim as it stood on a day, by what was known at an instant: sum, steps, what each debtor owes."""
    at = moment(house, in_force_on, known_at)
    found = streamed("claim", house, asked, id, "claim", at.known_at)
    response.headers["ETag"] = f'"{len(found.rows)}"'
    return claim_at(house, found, at)


def claim_at(house: House, found: Streamed, at: Moment) -> dict[str, Any]:
    then: Claim = found.state(at)
    head = {
        "id": str(found.id),
        "version": then.version,
        "position": found.position,
        "in_force_on": at.in_force_on.isoformat(),
        "known_at": instant(at.known_at or found.now),
        "known": then.version > 0,
    }
    if not then.version:
        return head
    rest = {name: value for name, value in plain(then).items() if name not in {"id", "version", "parties"}}
    debts = [{**plain(debt), "owed": debt.owed, "next": plain(debt.next_instalment)} for debt in then.debts]
    named = {role: party for role, party in parties(house, then.parties).items() if role in then.sides}
    return {
        **head,
        **rest,
        "debts": debts,
        "parties": named,
        "owed": then.owed,
        "overpaid": then.overpaid,
        "roles": sorted(found.roles),
    }


@router.get("/claims/{id}/ledger", name="ledger")
def ledger_of(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """Double entry, under both clocks: each row of postings comes to nothing, and so do all balances."""
    at = moment(house, in_force_on, known_at)
    found = streamed("claim", house, asked, id, "claim", at.known_at)
    counted = holding(found.entries, found.law, at.in_force_on, at.known_at)
    posted = ledger.rows(sorted(counted, key=lambda entry: entry.version), found.law)
    positions = {row.stream_version: row.position for row in found.rows}
    running: dict[str, int] = {}
    rows = []
    for row in posted:
        for posting in row.postings:
            running[posting.account] = running.get(posting.account, 0) + posting.amount
        rows.append({**plain(row), "position": positions[row.version], "balances": dict(running)})
    return {
        "id": str(id),
        "version": len(found.rows),
        "in_force_on": at.in_force_on.isoformat(),
        "known_at": instant(at.known_at or found.now),
        "rows": rows,
        "balances": running,
        "balanced": not ledger.out_of_balance(posted) and not sum(running.values()),
    }


@router.get("/claims/{id}/deadlines", name="claim-deadlines")
def deadlines(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Who has to answer or to pay by when, and what silence means."""
    found = streamed("claim", house, asked, id, "claim")
    ahead = outlook(found.state(Moment(found.today, None)), house.law)
    return {
        "id": str(id),
        "version": len(found.rows),
        "as_of_position": found.position,
        "deadlines": plain(ahead.deadlines),
        "tasks": plain(ahead.tasks),
    }


@router.get("/claims/{id}/allowed", name="claim-allowed")
def allowed(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Every command, with the refusals that it would get now, as far as can be said without the wish."""
    found = streamed("claim", house, asked, id, "claim")
    return {
        "id": str(id),
        "version": len(found.rows),
        "as_of_position": found.position,
        "commands": allowances(house, asked, id, found.today),
    }


@router.get("/claims/{id}/events", name="claim-events", response_class=Response)
def events(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> Response:
    """The entries as they are stored, with their hashes."""
    return stored_events(streamed("claim", house, asked, id, "claim"))


@router.get("/contracts/{id}/price", name="price")
def price(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """What the enterprise pays the college month by month: what was due and paid as of a day, by what was
    known at an instant, and what comes back after an early end."""
    at = moment(house, in_force_on, known_at)
    found = stream(house, asked, id, "text", at.known_at)
    standing = price_plan.standing(found.at(at), found.law, at.in_force_on)
    head = {
        "id": str(id),
        "version": len(found.rows),
        "in_force_on": at.in_force_on.isoformat(),
        "known_at": instant(at.known_at or found.now),
        "agreed": standing is not None,
    }
    if standing is None:
        return head
    answer: dict[str, Any] = plain(standing)
    return {**head, **plain(standing.price), **answer, "price": standing.price.price}
