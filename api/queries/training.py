"""The record of training of one contract: week by week, against the plan, and against the share."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from api.answers import instant
from api.house import Inside
from api.queries.fresh import Fresh
from api.queries.moments import InForceOn, KnownAt, moment, stream
from api.security.acting import AskedBy
from contracts.canonical import plain
from contracts.contract import Contract
from contracts.law import Law
from contracts.parties import Role
from contracts.training_hours import Progress, mondays, planned, progress
from contracts.training_record import Place

router = APIRouter(prefix="/api/v1/contracts/{id}", tags=["contracts"])


@router.get("/training", name="training")
def training(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """Hours by week and in all, in minutes: confirmed, planned, and needed for the share by that day."""
    at = moment(house, in_force_on, known_at)
    found = stream(house, asked, id, "training", at.known_at)
    then = found.at(at)
    answer = {
        "id": str(id),
        "version": then.version,
        "as_of_position": found.position,
        "in_force_on": at.in_force_on.isoformat(),
        "known_at": instant(at.known_at or found.now),
        "hours": hours(progress(then, house.law, at.in_force_on)),
        "weeks": [week(then, house.law, monday) for monday in mondays(then, at.in_force_on)],
        "excused": sorted(day.isoformat() for day in then.training.excused),
        "warned_upto": plain(then.training.warned_upto),
    }
    if found.roles and found.roles <= {Role.MENTOR}:
        return answer
    return answer | {
        "acknowledged": sorted(then.training.acknowledged),
        "unpaid": sorted(then.training.unpaid),
    }


def hours(found: Progress) -> dict[str, Any]:
    return {
        "done": plain(found.done),
        "planned": plain(found.planned),
        "needed_at_enterprise": found.needed,
        "missing_at_enterprise": found.missing,
    }


def week(contract: Contract, law: Law, monday: date) -> dict[str, Any]:
    """What is planned, and what each place has confirmed; None: nothing yet."""
    by_plan = planned(contract, law, monday, monday + timedelta(days=6))
    kept = {place: contract.training.week(monday, place) for place in Place}
    return {
        "monday": monday.isoformat(),
        "planned": plain(by_plan),
        **{
            place.value: {
                "minutes": found.minutes,
                "absences": plain(found.absences),
                "contest_by": found.contest_by.isoformat(),
                "contested_by": found.contested_by,
            }
            if found
            else None
            for place, found in kept.items()
        },
    }
