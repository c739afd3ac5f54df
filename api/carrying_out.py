"""What the end of an organisation, or of a mentor's work, does to its contracts.

One append for all of them could be refused by any one, and would hold the heads of thousands of streams at
once. So each contract is asked by its own command, under a key of its own and one correlation for all:
those that cannot be are reported with what stands in the way, whoever is interrupted begins again, and
nothing happens twice.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends

from api.house import House, Inside
from api.queries.fresh import including
from api.queries.lists import After, Limit, sight
from api.refusals import refusal
from api.security.acting import Asked, AskedBy
from contracts.contract import IN_FORCE, OUT_FOR_SIGNING, Contract, State
from contracts.decision import Command, Refusal, Refused
from contracts.log.facts import holds_in
from contracts.log.wishes import NotForThem, NotFound, Wish
from contracts.mentoring import ReportMentorLeft
from contracts.offer_end import WithdrawOffer
from contracts.parties import Kind, Organisation, Role
from contracts.places import holds
from contracts.takeover import RecordSuccession
from contracts.termination import ReportLiquidation
from projections import register
from projections.register import Filters

CONCERNED = (*OUT_FOR_SIGNING, State.SIGNED, *sorted(IN_FORCE - {State.ENDING}))
"""States in which a contract has something left to lose by the end of a party."""

GROUNDS = {Kind.ENTERPRISE: "enterprise-liquidated", Kind.COLLEGE: "college-closed"}


@dataclass(frozen=True)
class Touched:
    """One contract: the events that were recorded, or what stands in the way. Neither: it was so already."""

    contract: UUID
    number: str | None
    version: int
    events: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Report:
    """`next`: where to go on; None: all have been gone through."""

    correlation: str
    touched: tuple[Touched, ...]
    next: str | None


def of_organisation(house: House, asked: Asked, over: Organisation, after: str | None, limit: int) -> Report:
    """The contracts of one that is closed or has a successor, the newest first. Raises BadCursor."""
    mine = {Kind.COLLEGE: {"college": over.bin}, Kind.ENTERPRISE: {"enterprise": over.bin}}
    correlation = f"over-{over.bin}-{over.over_on}"
    if over.over_on is None or over.kind not in mine:
        return Report(correlation, (), None)
    filters = Filters(status=() if over.successor else CONCERNED, **mine[over.kind])  # type: ignore[arg-type]
    with house.pool.connection() as connection:
        page = register.search(connection, sight(house, asked, "register"), filters, after=after, limit=limit)
    touched = tuple(_touched(house, asked, row.contract_id, over, correlation) for row in page.items)
    return Report(correlation, touched, page.next)


def of_mentor(house: House, asked: Asked, mentor: UUID) -> Report:
    """The contracts whose students this mentor guides. They are as many as he has places."""
    person = house.folded("person", mentor)
    own = asked.organisation.bin if asked.organisation else None
    gone = [each.until for each in person.mentorships if each.enterprise == own] if person else []
    if not gone or gone[-1] is None:
        return Report(f"left-{mentor}", (), None)
    left_on = max(gone[-1], house.today())
    correlation = f"left-{mentor}-{left_on}"
    touched = tuple(
        _asked(house, asked, id_, ReportMentorLeft(mentor, left_on), correlation)
        for id_ in _guided_by(house, mentor, left_on)
    )
    return Report(correlation, touched, None)


def _guided_by(house: House, mentor: UUID, left_on: date) -> Sequence[UUID]:
    places = house.desk.sources.places([("mentor", str(mentor))])
    found = {hold.contract for key, place in places.items() for hold in holds_in(key, place)}
    return sorted(id_ for id_ in found if any(_holds(house, id_, mentor, left_on)))


def _holds(house: House, contract: UUID, mentor: UUID, left_on: date) -> Iterator[bool]:
    state = house.folded("contract", contract)
    if isinstance(state, Contract):
        for hold in holds(state):
            yield (hold.kind, hold.key) == ("mentor", str(mentor)) and hold.to_on >= left_on


def _touched(house: House, asked: Asked, id_: UUID, over: Organisation, correlation: str) -> Touched:
    state = house.folded("contract", id_)
    return _asked(house, asked, id_, _command(state, over), correlation)


def _command(state: Contract, over: Organisation) -> Command:
    """What the end of the party means for a contract as it stands."""
    party = Role.COLLEGE if over.kind is Kind.COLLEGE else Role.ENTERPRISE
    if over.successor:
        return RecordSuccession(party)
    if state.state in OUT_FOR_SIGNING:
        return WithdrawOffer()
    ground = GROUNDS[over.kind] if over.kind else ""
    return ReportLiquidation(over.over_on or date.max, over.act_no or "", ground)


def _asked(house: House, asked: Asked, id_: UUID, command: Command, correlation: str) -> Touched:
    caller = asked.caller
    key = f"{caller.person}:{correlation}:{id_}:{command.type}"
    digest = hashlib.sha256(key.encode()).digest()
    wish = Wish(command, id_, caller, key, digest, request_id=correlation)
    state = house.folded("contract", id_)
    number = state.number if isinstance(state, Contract) else None
    try:
        granted = house.desk.execute(wish)
    except Refused as refused:
        return Touched(id_, number, state.version, refusals=refused.refusals)
    except (NotFound, NotForThem):
        return Touched(id_, None, 0)
    return Touched(id_, number, granted.version, tuple(event["type"] for event in granted.events))


# Over HTTP

router = APIRouter(prefix="/api/v1/organisations/{bin}", tags=["organisations"])


@router.post("/carry-out", name="carry-out", dependencies=[Depends(including("register"))])
def carry_out(
    bin: str,
    house: Inside,
    asked: AskedBy,
    mentor: UUID | None = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Goes through the contracts of an organisation that is closed or has a successor; with `mentor`, through
    those of its mentor who has left. Whoever is interrupted asks again, from `next` or from the start."""
    found = house.organisation(bin)
    if found is None:
        raise NotFound("organisation")
    report = of_mentor(house, asked, mentor) if mentor else of_organisation(house, asked, found, after, limit)
    return shown(house, asked, report)


def shown(house: House, asked: Asked, report: Report) -> dict[str, Any]:
    today = house.today()
    done = [each for each in report.touched if not each.refusals]
    refused = [each for each in report.touched if each.refusals]
    return {
        "correlation": report.correlation,
        "done": [_head(each) | {"events": [*each.events]} for each in done],
        "refused": [
            _head(each)
            | {"refusals": [refusal(asked.language, house.law, found, today) for found in each.refusals]}
            for each in refused
        ],
        "next": report.next,
    }


def _head(each: Touched) -> dict[str, Any]:
    return {"id": str(each.contract), "number": each.number, "version": each.version}
