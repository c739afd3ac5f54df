"""An organisation with its roster, and a memorandum with its places."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.answers import shown
from api.house import House, Inside
from api.queries.fresh import including
from api.queries.moments import note_read
from api.security.acting import Asked, AskedBy
from api.security.rights import anywhere, see
from contracts.log.facts import organisation_id
from contracts.log.wishes import NotFound
from contracts.parties import Kind, Memorandum, Organisation
from projections import memoranda, organisations, roster
from projections.positions import as_of

router = APIRouter(prefix="/api/v1", tags=["organisations"])

TABLES = ("organisations", "roster", "memoranda", "register")


@router.get("/organisations", name="organisations", dependencies=[Depends(including("organisations"))])
def search(
    house: Inside,
    asked: AskedBy,
    q: str = Query("", max_length=200),
    kind: Kind | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    """By BIN or words of the name. Which organisations there are is no secret."""
    with house.pool.connection() as connection:
        moment = as_of(connection, "organisations")
        found = organisations.search(connection, kind, q, limit)
    return {
        "items": shown(found),
        "next": None,
        "as_of_position": moment.position,
        "lag_seconds": moment.lag_seconds,
    }


@router.get("/organisations/{bin}", name="organisation", dependencies=[Depends(including(*TABLES))])
def organisation(bin: str, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """What is public; for itself, its chamber and auditors also who acts for it, mentors, memoranda."""
    found = house.organisation(bin)
    if found is None:
        raise NotFound("organisation")
    public = {
        "bin": found.bin,
        "version": found.version,
        "kind": found.kind,
        "name": shown(found.name),
        "region": found.region,
        "chamber": found.chamber,
        "licence": shown(found.licence),
    }
    if not inside(asked, found):
        return public
    note_read(house, asked, "organisation", subject=organisation_id(bin))
    return public | _roster(house, found)


def inside(asked: Asked, found: Organisation) -> bool:
    if asked.organisation:
        return asked.organisation.bin in (found.bin, found.chamber)
    return anywhere("organisation", asked)


def _roster(house: House, found: Organisation) -> dict[str, Any]:
    today, bin_ = house.today(), found.bin or ""
    of_college, of_enterprise = (
        bin_ if found.kind is kind else None for kind in (Kind.COLLEGE, Kind.ENTERPRISE)
    )
    with house.pool.connection() as connection:
        return {
            "acting": shown(organisations.acting(connection, bin=bin_)),
            "mentors": shown(roster.mentors(connection, bin_, today)),
            "memoranda": shown(
                memoranda.of(connection, today, college=of_college, enterprise=of_enterprise)
                if of_college or of_enterprise
                else ()
            ),
        }


@router.get("/memoranda/{id}", name="memorandum", dependencies=[Depends(including(*TABLES))])
def memorandum(id: UUID, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """The framework of a college and an enterprise, with its places: in all, used, reserved."""
    seen = see(house, asked, id, "memorandum")
    with house.pool.connection() as connection:
        found = memoranda.of(connection, house.today(), memorandum_id=id)
    if not found:
        raise NotFound(str(id))
    note_read(house, asked, "memorandum", subject=id)
    quotas = seen.state.quotas if isinstance(seen.state, Memorandum) else ()
    answer: dict[str, Any] = shown(found[0]) | {"quotas": shown(quotas)}
    return answer
