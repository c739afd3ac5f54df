"""Where the forms of the registers stand: /organisations/{bin}/{command}, /people/{id}/{command},
/memoranda/{id}/{command}, and /new for what begins."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from api.commands import PLACES
from api.formats import instant, number
from api.languages import say
from api.pages import render
from api.pages.acting import form_routes
from api.pages.acting.asking import Asking, Plan, Subject, begun
from api.pages.acting.by_number import name_of
from api.pages.acting.claims_asked import PLANS as CLAIMS
from api.pages.acting.form_routes import id_of
from api.pages.acting.registers import PLANS
from api.pages.furniture import Page
from api.pages.names import official
from api.pages.parts import Button, Fact, Words
from api.pages.reader import Reader, Reading
from api.pages.views.done import Done
from api.problems import Problem
from api.queries.fresh import PATIENCE
from api.queries.moments import metadata
from api.security.sign_in import inside
from contracts.claim_rules import ClaimOpenedHere
from contracts.lifecycle import EVENTS
from contracts.log.facts import organisation_id
from contracts.log.recorder import StoredEvent
from contracts.log.wishes import NotFound

router = APIRouter(include_in_schema=False)

ABOUT_A_CONTRACT = frozenset({"complain"})
"""Of the commands that begin something, those that begin it about a contract."""

TOGETHER = 20
"""Entries of one append that are looked at, at most."""


def path(plan: Plan) -> str:
    place = PLACES[plan.command.stream]
    if plan.command.type in ABOUT_A_CONTRACT:
        return f"/contracts/{{id}}/{plan.command.type}"
    if plan.command.begins:
        return f"/{place}/new"
    return f"/{place}/{{id}}/{plan.command.type}"


def asking(plan: Plan, reader: Reader, id: str) -> Asking:
    """Raises NotFound, Problem 403."""
    own = path(plan).replace("{id}", id)
    if plan.command.begins:
        subject = _begun_about(reader, plan, id)
        if not Asking(reader, plan, own, subject=subject).roles & plan.command.by:
            raise Problem(403, right=plan.command.type)
    elif plan.command.stream == "organisation":
        subject = _organisation(reader, id)
    else:
        subject = _other(reader, plan, id)
    return begun(Asking(reader, plan, own, subject=subject))


def _begun_about(reader: Reader, plan: Plan, id: str) -> Subject:
    """What begins stands by itself, or is about a contract, as whose party somebody asks."""
    name = say(reader.language, f"pages.ask.subject.{plan.command.stream}")
    if plan.command.type not in ABOUT_A_CONTRACT:
        return Subject(None, name, "/contracts")
    contract = id_of(id)
    if not (found := reader.house.desk.relations(contract, reader.asked.caller)):
        raise NotFound(id)
    return Subject(None, name, f"/contracts/{contract}", reader.house.folded("contract", contract), found)


def _organisation(reader: Reader, bin_: str) -> Subject:
    found = reader.house.organisation(bin_)
    if found is None or found.name is None:
        raise NotFound("organisation")
    reader.house.desk.see(organisation_id(bin_), reader.asked.caller)
    return Subject(
        organisation_id(bin_), official(reader.language, found.name), f"/organisations/{bin_}", found
    )


def _other(reader: Reader, plan: Plan, id: str) -> Subject:
    stream_id, stream = id_of(id), plan.command.stream
    seen = reader.house.desk.see(stream_id, reader.asked.caller)
    if (state := reader.house.folded(stream, stream_id)) is None:
        raise NotFound(id)
    name: Words = name_of(reader, stream_id) if stream == "person" else ""
    if not name:
        name = Asking(reader, plan, "").say(f"pages.ask.subject.{stream}")
    page = f"/{PLACES[stream]}/{stream_id}"
    return Subject(stream_id, name, page, state, seen.roles if stream == "dispute" else frozenset())


def add(plan: Plan) -> None:
    def finished(
        reader: Reading, id: str = "", entry: int | None = None, already: int = 0, then: str = ""
    ) -> Response:
        return done_page(asking(plan, reader, id), entry, then)

    form_routes.add(router, path(plan), partial(asking, plan))
    router.add_api_route(f"{path(plan)}/done", finished, response_class=Response)


def done_page(asking: Asking, entry: int | None, then: str) -> HTMLResponse:
    """To whoever recorded it alone."""
    house = asking.reader.house
    rows = _recorded_with(asking, entry) if entry and house.watch.wait_for(entry, PATIENCE) else []
    row = rows[0] if rows else None
    if entry and row is None:
        raise HTTPException(404)
    lead = asking.say("pages.done.already-lead")
    entries = []
    if row:
        at = instant(asking.language, row.recorded_at, asking.law.zone)
        lead = asking.say("pages.done.recorded", number=row.position, instant=at)
        entries = [_told(asking, each) for each in rows]
    page = Page(
        asking.say("pages.done.title" if row else "pages.done.already"),
        section="contracts",
        lead=lead,
        caption=asking.title,
    )
    view = Done(entries, (), (), _acts(asking, row, then), finished=False)
    return render(asking.reader.request, "done.html", page, view=view)


def _recorded_with(asking: Asking, entry: int) -> list[StoredEvent]:
    """All that the asker's own wish has recorded, of which that entry is the last."""
    rows = asking.reader.house.recorder.read(max(0, entry - TOGETHER), min(TOGETHER, entry))
    wish = next((metadata(row).get("correlation") for row in rows if row.position == entry), None)
    own = {"actor": asking.reader.actor, "correlation": wish}
    return [row for row in rows if own.items() <= metadata(row).items() and row.position <= entry]


def _told(asking: Asking, row: StoredEvent) -> Fact:
    return Fact(number(asking.language, row.position), asking.reader.speaker.event(_event(asking, row)))


def _event(asking: Asking, row: StoredEvent) -> Any:
    return asking.reader.house.mapper.decode(row.type, row.schema_version, row.data)


def _acts(asking: Asking, row: StoredEvent | None, then: str) -> list[Words]:
    """Back to what was begun, and on to what was made."""
    back = [Button(asking.say("pages.done.back-to-form"), inside(then))] if then else []
    made = asking.back
    if row and EVENTS[row.type] is ClaimOpenedHere:
        made = f"/claims/{_event(asking, row).claim}"
    elif row and EVENTS[row.type].stream in ("person", "memorandum", "claim", "dispute"):
        made = f"/{PLACES[EVENTS[row.type].stream]}/{row.stream_id}"
    onward = asking.say("pages.done.see") if made != "/contracts" else asking.say("furniture.nav.contracts")
    again = asking.path if not then else f"{asking.path}?{urlencode({'then': then})}"
    return [
        *back,
        Button(onward, made, "second" if then else ""),
        Button(asking.say("pages.done.another"), again, "second"),
    ]


for each in (*PLANS.values(), *CLAIMS.values()):
    add(each)
