"""Many wishes at once, each under its own key, and that each of them came true exactly once."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from contracts.law import load
from contracts.lifecycle import EVENTS
from contracts.log import APP, Recorder, connect
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.desk import Desk
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from tests.journeys.caller import Caller
from tests.journeys.cast import C1, E1, S5, crowd
from tests.journeys.house import House
from tests.journeys.start import Town

Wishes = dict[str, tuple[Caller, str, dict[str, Any]]]
"""By key: who asks, where, what."""

DRAFTS = 60


def two_hundred(town: Town) -> Wishes:
    """None of them is true already, or could be had twice unseen."""
    memorandum = {"college": C1.bin, "enterprise": E1.bin, "places": 1, "qualifications": ["4S07130704"]}
    contacts = f"/organisations/{E1.bin}/change-organisation-contacts"
    found = [
        *((town.operator, "/people", {"record": someone.record}) for someone in crowd(60)),
        *((town[E1], "/contracts", town.text(S5)) for _ in range(DRAFTS)),
        *((town[C1], "/memoranda", memorandum) for _ in range(40)),
        *((town[E1], contacts, {"contacts": {"phone": f"+77005551{n:03d}"}}) for n in range(40)),
    ]
    mixed = [found[n * 77 % len(found)] for n in range(len(found))]
    return {uuid4().hex: wish for wish in mixed}


def sent(wishes: Wishes, key: str) -> httpx.Response:
    """Until it is decided, always with the same key."""
    who, path, body = wishes[key]
    while undecided(answer := who.post(path, body, key=key)):
        pass
    return answer


def undecided(answer: httpx.Response) -> bool:
    """A client that lost a race, or came while the service was overrun, is told so and asks again."""
    return answer.status_code == 503 or answer.json().get("type") == "/problems/conflict"


def each_came_true_once(house: House, wishes: Wishes) -> None:
    keys = house.rows("SELECT metadata ->> 'key' FROM log.events WHERE metadata ->> 'key' <> ''")
    found = Counter(key.rpartition(":")[2] for [key] in keys)
    assert {key: found[key] for key in wishes} == dict.fromkeys(wishes, 1)
    drafted = house.rows("SELECT data ->> 'number' FROM log.events WHERE type = 'contract.drafted'")
    assert sorted(n for [n] in drafted) == [f"75-2026-{n:06d}" for n in range(1, DRAFTS + 1)]


def whole(house: House, adult_on: date | None = None) -> None:
    """The log, and what stands beside it. `adult_on`: of every minor there."""
    with connect(house.url, APP) as pool, psycopg.connect(house.url) as connection:
        mapper, store = Mapper(EVENTS), PersonalStore(b"p" * 32, b"l" * 32)
        desk = Desk(Recorder(pool), mapper, load(house.law), store, pool, "kelisim test")
        derivation = ByEvents(desk.mapper, desk.law, adult_on=lambda student: adult_on)
        assert check(connection, derivation).findings == []
