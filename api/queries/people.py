"""A person, as far as the one who asks may know them."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from api.answers import shown
from api.house import House, Inside
from api.queries.fresh import Fresh
from api.queries.lists import sight
from api.queries.moments import note_read
from api.security.acting import Asked, AskedBy
from api.security.rights import anywhere
from contracts.log.wishes import NotFound
from contracts.parties import Kind, Person, Record
from projections import register
from projections.register import Filters

router = APIRouter(prefix="/api/v1/people", tags=["people"])

ALL = frozenset(each.name for each in fields(Record))
BY_CONTRACT = frozenset({"name", "name_latin", "born_on", "language"})
"""What the other side of a contract needs to know. The number is shown by its last four digits."""

SHOWN_DIGITS = 4


@router.get("/{id}", name="person")
def person(id: UUID, house: Inside, asked: AskedBy, fresh: Fresh) -> dict[str, Any]:
    """Masked by right: whole for oneself, for who stands for them, for the own college or employer."""
    found = house.folded("person", id)
    may_see = fields_for(house, asked, id, found) if found else frozenset()
    if found is None or not may_see:
        raise NotFound(str(id))
    note_read(house, asked, "person", subject=id)
    with house.pool.connection() as connection:
        record = house.personal.records(connection, [id]).get(id)
    return {
        "id": str(id),
        "version": found.version,
        "record": masked(record, may_see) if record else None,
        "masked": sorted(ALL - may_see),
        "erased_on": shown(found.erased_on),
        **_roles(house, asked, found, may_see),
    }


def fields_for(house: House, asked: Asked, id: UUID, found: Person) -> frozenset[str]:
    """Which parts of the record the caller sees; none where the caller has nothing to do with the person."""
    today, caller = house.today(), asked.caller
    if asked.organisation is None and (caller.person == id or caller.person in found.representatives(today)):
        return ALL
    own = {each.college for each in found.enrolments} | {each.enterprise for each in found.mentorships}
    if asked.organisation and asked.organisation.bin in own:
        return ALL
    if anywhere("person", asked) or _by_contract(house, asked, id):
        return BY_CONTRACT
    return frozenset()


def _by_contract(house: House, asked: Asked, id: UUID) -> bool:
    """Whether a contract that the caller may see is about the person."""
    seen = sight(house, asked, "person")
    with house.pool.connection() as connection:
        return any(
            register.search(connection, seen, filters, limit=1).items
            for filters in (Filters(student=id), Filters(mentor=id))
        )


def masked(record: Record, may_see: frozenset[str]) -> dict[str, Any]:
    known = {each.name: getattr(record, each.name) for each in fields(record)}
    whole = {name: shown(value) if name in may_see else None for name, value in known.items()}
    if "iin" not in may_see:
        whole["iin"] = "*" * (len(record.iin) - SHOWN_DIGITS) + record.iin[-SHOWN_DIGITS:]
    return whole


def _roles(house: House, asked: Asked, found: Person, may_see: frozenset[str]) -> dict[str, Any]:
    """Where the person studies and works: to an organisation its own part, unless it is an auditor's."""
    mine = asked.organisation.bin if asked.organisation and asked.kind is not Kind.CHAMBER else None
    return {
        "enrolments": [shown(e) for e in found.enrolments if mine in (None, e.college)],
        "mentorships": [shown(m) for m in found.mentorships if mine in (None, m.enterprise)],
        "representatives": [shown(g) for g in found.guardianships] if may_see == ALL else [],
    }
