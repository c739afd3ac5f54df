"""Deadlines for calendar programs, which cannot send a header: an address with a key of its own."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api import store
from api.house import House, Inside, house_of
from api.languages import say
from api.lines import request_id
from api.pages import language_of
from api.problems import Problem
from api.queries.moments import note_read
from api.security.acting import Asked, AskedBy, for_whom
from api.security.signed_in import SignedIn
from contracts.ahead import outlook
from contracts.consequences import Deadline
from contracts.contract import Contract
from contracts.corrected import unfolding
from contracts.relations import Caller
from projections import deadlines, register
from projections.sight import Sight

router = APIRouter(tags=["lists"])

MOST = 200
RECENT = timedelta(days=30)
RECENTLY_CHANGED = 50
"""For how long a deadline that was dropped is still told, and of how many contracts at most."""

LINE = 75
"""Bytes of a line (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Noted:
    """A day in a calendar. No name of anybody: calendars are shared."""

    uid: str
    number: str | None
    name: str
    silence: str
    on: date
    cancelled: bool = False


@router.post("/api/v1/calendar-keys", name="make-calendar-key", status_code=201)
def make(house: Inside, asked: AskedBy) -> dict[str, str]:
    """A secret address, shown this once. It shows what the caller has to do, and nothing else."""
    key = secrets.token_urlsafe(32)
    with house.pool.connection() as connection:
        store.add_calendar(connection, _digest(key), asked.caller)
    return {"address": f"{house.settings.address}/deadlines.ics?key={key}"}


@router.delete("/api/v1/calendar-keys", name="end-calendar-keys", status_code=204)
def end(house: Inside, asked: AskedBy) -> None:
    """All addresses that the caller ever made show nothing from now on."""
    with house.pool.connection() as connection:
        store.end_calendars(connection, asked.caller.person)


@router.get("/deadlines.ics", name="calendar")
def calendar(request: Request, key: Annotated[str, Query(max_length=100)] = "") -> Response:
    house = house_of(request)
    asked = _asked(request, house, key)
    today = house.today()
    seen = Sight(asked.caller.person, today, asked.caller.bin)
    with house.pool.connection() as connection:
        page = deadlines.of(connection, seen, from_on=today - RECENT, own=True, limit=MOST)
    entries = [
        Noted(_uid(due.stream_id, due.name, due.ref), due.number, due.name, due.silence, due.due_on)
        for due in page.items
    ]
    dropped = _dropped(house, seen, {entry.uid for entry in entries})
    note_read(house, asked, "calendar", shown={due.contract_id for due in page.items})
    text = "\r\n".join(_lines(asked.language, [*entries, *dropped], page.as_of.position)) + "\r\n"
    return Response(text, media_type="text/calendar; charset=utf-8")


def _asked(request: Request, house: House, key: str) -> Asked:
    """Raises Problem 404: a wrong key opens nothing and tells nothing."""
    with house.pool.connection() as connection:
        account = store.calendar_of(connection, _digest(key)) if key else None
    if account is None:
        raise Problem(404)
    who = SignedIn(account.person_id, frozenset(), account.on_behalf_of)
    on_behalf_of, organisation = for_whom(house, who, who.on_behalf_of or f"person:{who.person}")
    caller = Caller(who.person, on_behalf_of)
    return Asked(caller, organisation, "calendar", language_of(request), request_id(request))


def _dropped(house: House, seen: Sight, running: set[str]) -> Iterator[Noted]:
    """Deadlines of contracts that changed lately which run no longer."""
    since = house.recorder.now() - RECENT
    filters = register.Filters(changed_since=since)
    with house.pool.connection() as connection:
        page = register.search(connection, seen, filters, limit=RECENTLY_CHANGED)
    streams = house.recorder.streams([row.contract_id for row in page.items]) if page.items else {}
    for id_, rows in streams.items():
        contract, known = Contract(id=id_), dict[str, Deadline]()
        said = [house.mapper.decode(row.type, row.schema_version, row.data) for row in rows]
        for _, contract in unfolding(said, Contract(id=id_)):
            known |= {_uid(id_, d.name, d.ref): d for d in outlook(contract, house.law).deadlines}
        still = {_uid(id_, d.name, d.ref) for d in outlook(contract, house.law).deadlines}
        for uid, gone in known.items():
            if uid not in still | running:
                yield Noted(uid, contract.number, gone.name, gone.silence, gone.on, cancelled=True)


def _lines(language: str, entries: list[Noted], position: int) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kelisim//Deadlines//EN", "METHOD:PUBLISH")
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        title = say(language, f"deadlines.{entry.name}")
        shown: dict[str, Any] = {
            "UID": f"{entry.uid}@kelisim",
            "DTSTAMP": stamp,
            "SEQUENCE": position,
            "STATUS": "CANCELLED" if entry.cancelled else "CONFIRMED",
            "DTSTART;VALUE=DATE": f"{entry.on:%Y%m%d}",
            "DTEND;VALUE=DATE": f"{entry.on + timedelta(days=1):%Y%m%d}",
            "TRANSP": "TRANSPARENT",
            "SUMMARY": _escaped(f"{entry.number or ''} {title}".strip()),
            "DESCRIPTION": _escaped(say(language, f"silence.{entry.silence}")),
        }
        yield "BEGIN:VEVENT"
        for name, value in shown.items():
            yield from _folded(f"{name}:{value}")
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _folded(line: str) -> Iterator[str]:
    """Parts of at most LINE bytes, no character of which is cut."""
    start = ""
    while line:
        cut = line
        while len((start + cut).encode()) > LINE:
            cut = cut[:-1]
        yield start + cut
        line, start = line[len(cut) :], " "


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _uid(contract: UUID, name: str, ref: UUID | None) -> str:
    return f"{contract}-{name}-{ref}" if ref else f"{contract}-{name}"


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
