"""One contract: as it is under both clocks, its text, its deadlines, and what may be done with it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.answers import instant
from api.house import House, Inside
from api.languages import LANGUAGES
from api.queries.fresh import Fresh
from api.queries.moments import InForceOn, KnownAt, Moment, Stream, moment, seen_by, stream
from api.refusals import refusal
from api.security.acting import Asked, AskedBy
from api.sentences import Speaker
from contracts.ahead import outlook
from contracts.canonical import plain
from contracts.contract import Contract, Parties, State
from contracts.lifecycle import COMMANDS
from contracts.parties import Role
from contracts.resting import OF_THE_CONTRACT, balance
from contracts.terms import REGISTER
from contracts.two_clocks import changes, holds_from
from contracts.two_clocks import seen as holding
from contracts.week import place_on
from contracts.wording import SIGNED_LANGUAGES, sentences

router = APIRouter(prefix="/api/v1/contracts/{id}", tags=["contracts"])

CONCLUDED = frozenset({State.SIGNED, State.ACTIVE, State.SUSPENDED, State.ENDING, State.COMPLETING})
ELSEWHERE = frozenset(
    {"version", "id", "state", "parties", "terms", "nonce", "payments", "training", "corrections"}
)
"""Members of a contract that stand in another place of the answer, or are nobody's business."""

NOT_OF_MENTOR = frozenset(
    {
        "signatures",
        "consents",
        "end",
        "mutual_ends",
        "withdrawal_consents",
        "proposals",
        "relocations",
        "suspensions",
        "results",
    }
)
NOT_OF_CHAMBER = frozenset({"suspensions"})
"""On which ground a contract rests says something of somebody's health."""


@router.get("", name="contract")
def contract(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    response: Response,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """The contract as it was in force on a day, by what was known at an instant."""
    at = moment(house, in_force_on, known_at)
    found = stream(house, asked, id, "contract", at.known_at)
    response.headers["ETag"] = f'"{len(found.rows)}"'
    return contract_at(house, found, at)


def contract_at(house: House, found: Stream, at: Moment) -> dict[str, Any]:
    then = found.at(at)
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
    rest = {name: value for name, value in plain(then).items() if name not in ELSEWHERE}
    if found.roles and found.roles <= {Role.MENTOR, Role.RECEIVER}:
        rest = {name: value for name, value in rest.items() if name not in NOT_OF_MENTOR}
    elif found.roles.isdisjoint(OF_THE_CONTRACT):
        rest = {name: value for name, value in rest.items() if name not in NOT_OF_CHAMBER}
    state = then.state_on(at.in_force_on)
    return {
        **head,
        "state": state,
        "in_force": in_force(then, state),
        "parties": parties(house, then.parties, then.terms.mentor.person if then.terms.mentor else None),
        "terms": seen_by(found.roles, plain(then.terms)),
        "clauses": clauses(found, at),
        "day": day(then, found, at),
        "promise": plain(then.results.promise),
        "leave": plain(balance(then, found.law, at.in_force_on)),
        **rest,
        "roles": sorted(found.roles),
    }


def in_force(then: Contract, state: State | None) -> bool:
    return state in CONCLUDED - {State.SIGNED} and then.concluded_on is not None


def parties(house: House, found: Parties | None, mentor: UUID | None = None) -> dict[str, Any]:
    """With the names that the personal store still knows."""
    if found is None:
        return {}
    ids = [id_ for id_ in (found.student, mentor) if id_]
    with house.pool.connection() as connection:
        records = house.personal.records(connection, ids)

    def person(id_: UUID | None) -> dict[str, Any] | None:
        return {"id": str(id_), "name": records[id_].name if id_ in records else None} if id_ else None

    return {
        "student": person(found.student),
        "mentor": person(mentor),
        "college": organisation(house, found.college),
        "enterprise": organisation(house, found.enterprise),
        "chamber": organisation(house, found.chamber) if found.chamber else None,
    }


def organisation(house: House, bin_: str) -> dict[str, Any]:
    found = house.organisation(bin_)
    return {"bin": bin_, "name": plain(found.name) if found and found.name else None}


def clauses(found: Stream, at: Moment) -> list[dict[str, Any]]:
    """Each clause that has a value, with the entry that set it last."""
    counted = holding(found.entries, found.law, at.in_force_on, at.known_at)
    set_by = {change.clause.id: change for change in changes(counted, Contract(id=found.id))}
    positions = {row.stream_version: row.position for row in found.rows}
    shown = []
    for clause in REGISTER:
        change = set_by.get(clause.id)
        if change is None or change.now is None or not seen_by(found.roles, {clause.field: change.now}):
            continue
        by = change.by
        shown.append(
            {
                "clause": clause.id,
                "class": clause.change,
                "value": plain(change.now),
                "since": holds_from(by, found.law).isoformat(),
                "by": {
                    "version": by.version,
                    "position": positions[by.version],
                    "type": by.event.type,
                    "recorded_at": instant(by.recorded_at),
                },
            }
        )
    return shown


def day(then: Contract, found: Stream, at: Moment) -> dict[str, Any]:
    """Where the student is that day."""
    holiday = found.law.holiday(at.in_force_on)
    return {
        "on": at.in_force_on.isoformat(),
        "place": place_on(then, found.law, at.in_force_on),
        "holiday": {"kind": holiday.kind, "name": dict(holiday.name), "instead_of": plain(holiday.instead_of)}
        if holiday
        else None,
    }


@router.get("/deadlines", name="contract-deadlines")
def deadlines(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Who has to do what by when, and what silence means."""
    found = stream(house, asked, id, "deadlines")
    now = found.at(Moment(found.today, None))
    ahead = outlook(now, house.law)
    return {
        "id": str(id),
        "version": len(found.rows),
        "as_of_position": found.position,
        "deadlines": plain(ahead.deadlines),
        "tasks": plain(ahead.tasks),
    }


@router.get("/allowed", name="allowed")
def allowed(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Every command, with the refusals that it would get now, as far as can be said without the wish."""
    found = stream(house, asked, id, "allowed")
    return {
        "id": str(id),
        "version": len(found.rows),
        "as_of_position": found.position,
        "commands": allowances(house, asked, id, found.today),
    }


def allowances(house: House, asked: Asked, id: UUID, today: date) -> list[dict[str, Any]]:
    """Every command for that stream, and what stands in its way."""
    speaker = Speaker(asked.language, house.law, today)
    return [
        {
            "command": each.command,
            "title": speaker.command(COMMANDS[each.command]),
            "allowed": not each.refusals,
            "refusals": [refusal(asked.language, house.law, r, today) for r in each.refusals],
        }
        for each in house.desk.allowed(id, asked.caller)
    ]


@router.get("/text", name="text")
def text(
    id: UUID,
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    in_force_on: InForceOn = None,
    known_at: KnownAt = None,
    language: Annotated[str | None, Query(description="kk, ru or en; without it, all.")] = None,
) -> dict[str, Any]:
    """The wording, clause by clause. It binds in the languages in which it was signed."""
    at = moment(house, in_force_on, known_at)
    found = stream(house, asked, id, "text", at.known_at)
    then = found.at(at)
    student = parties(house, then.parties).get("student")
    name = student["name"] if student else None
    languages = [language] if language in LANGUAGES else [*SIGNED_LANGUAGES, "en"]
    return {
        "id": str(id),
        "version": then.version,
        "in_force_on": at.in_force_on.isoformat(),
        "known_at": instant(at.known_at or found.now),
        "text_hash": then.text_hash,
        "binding": list(SIGNED_LANGUAGES),
        "clauses": _wordings(then, found, at, languages, name),
    }


def _wordings(
    then: Contract, found: Stream, at: Moment, languages: list[str], student: str | None
) -> list[Mapping[str, Any]]:
    by_clause: dict[str, dict[str, str]] = {}
    if then.version:
        for language in languages:
            for sentence in sentences(then, found.law, found.form_day(at), language, student):
                by_clause.setdefault(sentence.clause, {})[language] = sentence.text
    return [{"clause": clause, "text": wording} for clause, wording in by_clause.items()]
