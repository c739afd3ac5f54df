"""Which contracts are there, what is due, and what has to be done: of all that the caller may see."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.answers import listed, shown
from api.house import House, Inside
from api.queries.fresh import including
from api.queries.moments import day, instant, note_read
from api.security.acting import Asked, AskedBy
from api.security.rights import anywhere
from contracts.contract import State
from contracts.identification import iin_fault
from projections import deadlines, disputes, outcomes, worklist
from projections import register as contracts
from projections.register import Filters, Order
from projections.sight import Sight
from projections.worklist import Group

router = APIRouter(prefix="/api/v1", tags=["lists"])

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
Words = Annotated[str | None, Query(max_length=200)]

IIN = re.compile("[0-9]{12}")


def sight(house: House, asked: Asked, question: str) -> Sight:
    """What the caller sees of all contracts. Raises Problem 403."""
    everything = anywhere(question, asked)
    return Sight(asked.caller.person, house.today(), asked.caller.bin, everything)


@router.get("/contracts", name="register", dependencies=[Depends(including("register", "organisations"))])
def register(
    house: Inside,
    asked: AskedBy,
    q: Annotated[Words, Query(description="Number, name in any spelling, IIN, BIN.")] = None,
    college: Words = None,
    enterprise: Words = None,
    status: Annotated[list[State] | None, Query()] = None,
    specialty: Words = None,
    sector: Words = None,
    starts_from: Words = None,
    starts_to: Words = None,
    changed_since: Words = None,
    order: Order = Order.NEWEST,
    limit: Limit = 50,
    after: After = None,
    count: bool = False,
) -> dict[str, Any]:
    """The register. Newest first, unless another order is asked for."""
    by_number = q is not None and IIN.fullmatch(q.strip()) and iin_fault(q.strip(), check_digit=False) is None
    filters = Filters(
        q=None if by_number else q,
        iin_digest=house.personal.digest(q.strip()) if q and by_number else None,
        college=college,
        enterprise=enterprise,
        status=tuple(status or ()),
        specialty=specialty,
        sector=sector,
        starts_from=day(starts_from, "starts_from"),
        starts_to=day(starts_to, "starts_to"),
        changed_since=instant(changed_since, "changed_since") if changed_since else None,
    )
    seen = sight(house, asked, "register")
    with house.pool.connection() as connection:
        page = contracts.search(connection, seen, filters, after=after, limit=limit, order=order, count=count)
    shown_ids = [row.contract_id for row in page.items]
    note_read(house, asked, "register", shown=shown_ids, position=page.as_of.position)
    return listed(page.items, page.next, page.as_of, **({"total": page.total} if count else {}))


@router.get("/worklist", name="worklist", dependencies=[Depends(including("worklist"))])
def work(
    house: Inside,
    asked: AskedBy,
    group: Annotated[list[Group] | None, Query()] = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Who has to do what by when, and what silence means: the caller's own first."""
    seen = sight(house, asked, "worklist")
    with house.pool.connection() as connection:
        page = worklist.tasks(connection, seen, groups=tuple(group or Group), after=after, limit=limit)
    ids = {row.contract_id for row in page.items}
    note_read(house, asked, "worklist", shown=ids, position=page.as_of.position)
    return listed(page.items, page.next, page.as_of, counts=shown(page.counts), next_on=shown(page.next_on))


@router.get("/disputes", name="disputes", dependencies=[Depends(including("disputes"))])
def in_dispute(
    house: Inside,
    asked: AskedBy,
    contract: Annotated[UUID | None, Query(description="Only about this contract.")] = None,
    running: Annotated[bool, Query(alias="open", description="Only those that are open.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Disputes about the caller's contracts, and those in whose commission the caller sits; newest first."""
    seen = sight(house, asked, "disputes")
    with house.pool.connection() as connection:
        page = disputes.of(
            connection, seen, contract_id=contract, open_only=running, after=after, limit=limit
        )
    ids = {row.dispute_id for row in page.items}
    note_read(house, asked, "disputes", shown=ids, position=page.as_of.position)
    return listed(page.items, page.next, page.as_of)


@router.get("/deadlines", name="deadlines", dependencies=[Depends(including("deadlines"))])
def due(
    house: Inside,
    asked: AskedBy,
    from_: Annotated[str | None, Query(alias="from")] = None,
    to: Words = None,
    own: bool = False,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """What is due, in the order of the days. `own`: only what the caller has to do."""
    seen = sight(house, asked, "deadlines")
    days: dict[str, date | None] = {"from_on": day(from_, "from"), "to_on": day(to, "to")}
    with house.pool.connection() as connection:
        page = deadlines.of(connection, seen, **days, own=own, after=after, limit=limit)
    ids = {row.contract_id for row in page.items}
    note_read(house, asked, "deadlines", shown=ids, position=page.as_of.position)
    return listed(page.items, page.next, page.as_of)


@router.get("/outcomes", name="outcomes", dependencies=[Depends(including("outcomes"))])
def became(
    house: Inside,
    asked: AskedBy,
    year: Annotated[int | None, Query(ge=1990, le=2199)] = None,
) -> dict[str, Any]:
    """How many have completed their training, and how many of them work: by year, specialty and college. Of a
    group of fewer than five no figure is told."""
    seen = sight(house, asked, "outcomes")
    with house.pool.connection() as connection:
        found = outcomes.figures(connection, seen, year=year)
    note_read(house, asked, "outcomes", position=found.as_of.position)
    return listed(found.items, None, found.as_of)
