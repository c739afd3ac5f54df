"""What the pages know of the service around them, and of the one who looks at them."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date

import psycopg
from fastapi import FastAPI, Request

from api import store
from api.house import VERSION, House, house_of
from api.languages import say
from api.lines import request_id
from api.pages import language_of
from api.pages.furniture import ReadUpTo, Service, Visitor
from api.pages.mount import mount as mount_pages
from api.pages.parts import Link, Name, Words
from api.problems import Problem
from api.security.acting import for_whom
from api.security.oidc import ProviderAway
from api.security.signed_in import SignedIn, csrf, whoever
from api.settings import Settings
from contracts import law
from contracts.log.errors import LogError
from contracts.log.wishes import NotForThem
from contracts.parties import Organisation, Role
from contracts.relations import Caller
from projections import roster, worklist
from projections.sight import Sight
from projections.worklist import Group

EVERYBODY = frozenset({"worklist", "contracts", "claims", "help"})
SCREENS: dict[Role, Collection[str]] = {
    Role.LAWYER: {"claims", "audit", "statistics"},
    Role.REVIEWER: {"claims", "audit"},
    Role.MINISTRY: {"audit", "statistics"},
    Role.OPERATOR: {"operations"},
}
"""What a duty sees in the navigation besides."""

BLIND = frozenset({Role.OPERATOR, Role.PRIVACY})
"""Who holds one of these and nothing else sees no contracts."""


AWAY = (psycopg.Error, LogError, ProviderAway)


def mount(app: FastAPI, settings: Settings) -> None:
    def house() -> House:
        found: House = app.state.house
        return found

    def today() -> date:
        return house().today()

    heard = 0

    def read_up_to() -> ReadUpTo:
        """The last that was heard of, where the database is away: the page that says so needs it too."""
        nonlocal heard
        with suppress(*AWAY):
            heard = house().recorder.mark()
        return ReadUpTo(heard)

    service = Service(
        mode=settings.mode.value,
        language=settings.language,
        version=VERSION,
        visitor=visitor,
        request_id=request_id,
        read_up_to=read_up_to,
        today=today,
        law=law.load(settings.law),
    )
    mount_pages(app, service)


def visitor(request: Request) -> Visitor | None:
    """None also while the database is away: the page that says so shows nobody."""
    try:
        who = whoever(request)
        return _visitor(request, who) if who else None
    except AWAY:
        return None


def _visitor(request: Request, who: SignedIn) -> Visitor:
    house, language = house_of(request), language_of(request)
    try:
        on_behalf_of, organisation = for_whom(house, who, who.on_behalf_of)
    except (Problem, NotForThem):  # for several, or no longer for the one that was chosen: then as oneself
        on_behalf_of, organisation = None, None
    return Visitor(
        role=_role(house, language, who, organisation),
        acting_for=_acting_for(house, language, who, organisation),
        screens=screens(who, organisation),
        csrf=csrf(request),
        tasks=_to_do(house, Caller(who.person, on_behalf_of)),
    )


def _to_do(house: House, caller: Caller) -> int:
    """How much waits for this person, others' tasks not counted."""
    with house.pool.connection() as connection:
        found = worklist.tasks(connection, Sight(caller.person, house.today(), caller.bin), limit=1)
    return found.total - found.counts[Group.WAITING]


def screens(who: SignedIn, organisation: Organisation | None) -> Collection[str]:
    """Whoever only reads, by duty, has no tasks."""
    first = EVERYBODY
    if who.duties and organisation is None:
        blind = {"contracts"} if who.duties <= BLIND else set()
        first = EVERYBODY - {"worklist", "claims"} - blind
    return first.union(*(SCREENS.get(duty, ()) for duty in who.duties))


def _role(house: House, language: str, who: SignedIn, organisation: Organisation | None) -> Words:
    """As what somebody is here; by name who is here for themselves."""
    if organisation and organisation.kind:
        return say(language, f"kinds.{organisation.kind}")
    if who.duties:
        return ", ".join(say(language, f"roles.{duty}") for duty in sorted(who.duties))
    with house.pool.connection() as connection:
        found = roster.names(connection, [who.person]).get(who.person)
    return Name(found) if found else ""


def _acting_for(
    house: House, language: str, who: SignedIn, organisation: Organisation | None
) -> Words | None:
    """For one of several: with the way to choose another."""
    if organisation is None or organisation.name is None:
        return None
    official = "kk" if language == "kk" else "ru"
    name = Name(getattr(organisation.name, official), official)
    with house.pool.connection() as connection:
        several = len(store.signatory_of(connection, who.person)) > 1
    return Link(name, "/act-for") if several else name
