"""For whom somebody asks. Who may act for whom stands in the streams, never in a token."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import unquote
from uuid import UUID

from fastapi import Depends, Request

from api import store
from api.house import House, house_of
from api.lines import request_id
from api.pages import language_of
from api.problems import ON_BEHALF_OF, Problem
from api.security.signed_in import SignedIn, signed_in
from contracts.identification import bin_fault
from contracts.log.facts import organisation_id
from contracts.log.wishes import NotForThem
from contracts.parties import Kind, Organisation
from contracts.relations import Caller, acts

LONGEST_PURPOSE = 500
"""Characters."""


@dataclass(frozen=True)
class Asked:
    """Who asks, for whom, and why. `organisation`: the one that the caller acts for, if any."""

    caller: Caller
    organisation: Organisation | None
    purpose: str | None
    language: str
    request_id: str

    @property
    def kind(self) -> Kind | None:
        return self.organisation.kind if self.organisation else None


def asked(request: Request) -> Asked:
    """Raises Problem 401, Problem 403 where it is not clear for whom, NotForThem."""
    house, who = house_of(request), signed_in(request)
    on_behalf_of, organisation = for_whom(house, who, request.headers.get(ON_BEHALF_OF) or who.on_behalf_of)
    purpose = _words(request.headers.get("Kelisim-Purpose", ""))
    return Asked(
        Caller(who.person, on_behalf_of, who.duties),
        organisation,
        purpose or None,
        language_of(request),
        request_id(request),
    )


def caller_of(request: Request) -> Caller:
    """For a command: that they act for the organisation that they name is looked at where it is decided.
    Raises as `asked`."""
    house, who = house_of(request), signed_in(request)
    wanted = request.headers.get(ON_BEHALF_OF) or who.on_behalf_of
    on_behalf_of = wanted if _bin(wanted) else for_whom(house, who, wanted)[0]
    return Caller(who.person, on_behalf_of, who.duties)


AskedBy = Annotated[Asked, Depends(asked)]


def _words(header: str) -> str:
    """A text of any language: as it is in UTF-8, or percent-encoded, which every client can send."""
    with suppress(UnicodeError):
        header = header.encode("latin-1").decode()
    return " ".join(unquote(header).split())[:LONGEST_PURPOSE]


def organisations(house: House, person: UUID, today: date) -> list[Organisation]:
    """Those that the person acts for on that day."""
    with house.pool.connection() as connection:
        streams = store.signatory_of(connection, person)
    found = (house.folded("organisation", stream) for stream in streams)
    return sorted((each for each in found if each and acts(each, person, today)), key=lambda each: each.bin)


def for_whom(house: House, who: SignedIn, wanted: str | None) -> tuple[str | None, Organisation | None]:
    """Nobody acts for another by saying so: the streams are asked each time. Raises Problem 403,
    NotForThem."""
    if wanted is None:
        return _only_one(house, who)
    if bin_ := _bin(wanted):
        organisation, today = house.folded_today("organisation", organisation_id(bin_))
        if organisation and acts(organisation, who.person, today):
            return wanted, organisation
    kind, _, id_ = wanted.partition(":")
    if kind == "person" and (person := _uuid(id_)):
        if person == who.person:
            return None, None
        ward, today = house.folded_today("person", person)
        if ward and who.person in ward.representatives(today):
            return f"person:{person}", None
    raise NotForThem(wanted)


def _only_one(house: House, who: SignedIn) -> tuple[str | None, Organisation | None]:
    match organisations(house, who.person, house.today()):
        case []:
            return None, None
        case [only]:
            return f"org:{only.bin}", only
        case several:
            choices = [*(f"org:{each.bin}" for each in several), f"person:{who.person}"]
            raise Problem(403, "for-whom", right="act-for", header=ON_BEHALF_OF, choices=choices)


def _bin(wanted: str | None) -> str | None:
    kind, _, bin_ = (wanted or "").partition(":")
    return bin_ if kind == "org" and bin_fault(bin_, check_digit=False) is None else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
