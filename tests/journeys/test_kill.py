"""Two hundred commands with keys; the service is killed among them. What each was to do happens once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import psycopg
import pytest

from contracts.law import load
from contracts.lifecycle import EVENTS
from contracts.log import APP, Recorder, connect
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.desk import Desk
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from tests.journeys.cast import C1, E1, S5, crowd
from tests.journeys.start import Town

CLIENTS = 8
HALF = 100


@pytest.fixture(scope="module", params=[False, True], ids=["a server of its own", "the embedded one"])
def town(opened, request):
    """The embedded PostgreSQL is a child of the service and dies with it."""
    found = Town(opened("journey-1", "2026-08-10 09:00", embedded=request.param))
    found.enrol(S5)
    return found


@pytest.fixture(scope="module")
def wishes(town):
    """Who asks what, each under its own key. None of them is true already, or could be had twice unseen."""
    memorandum = {"college": C1.bin, "enterprise": E1.bin, "places": 1, "qualifications": ["4S07130704"]}
    contacts = f"/organisations/{E1.bin}/change-organisation-contacts"
    found = [
        *((town.operator, "/people", {"record": someone.record}) for someone in crowd(60)),
        *((town[E1], "/contracts", town.text(S5)) for _ in range(60)),
        *((town[C1], "/memoranda", memorandum) for _ in range(40)),
        *((town[E1], contacts, {"contacts": {"phone": f"+77005551{n:03d}"}}) for n in range(40)),
    ]
    mixed = [found[n * 77 % len(found)] for n in range(len(found))]
    return {uuid4().hex: wish for wish in mixed}


def test_two_hundred_commands_and_a_death(town, wishes):
    before, broken = {}, []

    def ask(key):
        who, path, body = wishes[key]
        try:
            answer = who.post(path, body, key=key)
        except httpx.TransportError as error:
            broken.append(error)
            return
        if undecided(answer):
            return
        before[key] = answer
        if len(before) == HALF:
            town.house.kill()

    with ThreadPoolExecutor(CLIENTS) as clients:
        [*clients.map(ask, wishes)]
    assert len(wishes) == 200
    assert broken
    assert HALF <= len(before) < HALF + CLIENTS
    assert all(answer.is_success for answer in before.values())

    town.house.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        after = dict(zip(wishes, clients.map(lambda key: sent(wishes, key), wishes), strict=True))
    assert {answer.status_code for answer in after.values()} <= {200, 201}
    for key, answer in before.items():
        assert after[key].json() == answer.json()


def sent(wishes, key):
    """Until it is decided, always with the same key."""
    who, path, body = wishes[key]
    while undecided(answer := who.post(path, body, key=key)):
        pass
    return answer


def undecided(answer):
    """A client that lost a race, or came while the service was overrun, is told so and asks again."""
    return answer.status_code == 503 or answer.json().get("type") == "/problems/conflict"


def test_each_took_effect_exactly_once(town, wishes):
    keys = town.house.rows("SELECT metadata ->> 'key' FROM log.events WHERE metadata ->> 'key' <> ''")
    found = Counter(key.rpartition(":")[2] for [key] in keys)
    assert {key: found[key] for key in wishes} == dict.fromkeys(wishes, 1)
    drafted = town.house.rows("SELECT data ->> 'number' FROM log.events WHERE type = 'contract.drafted'")
    assert sorted(n for [n] in drafted) == [f"75-2026-{n:06d}" for n in range(1, 61)]


def test_the_log_and_what_stands_beside_it_are_whole(town):
    house = town.house
    assert town.auditor.sees("/contracts", count="true")["total"] == 60
    with connect(house.url, APP) as pool, psycopg.connect(house.url) as connection:
        mapper, store = Mapper(EVENTS), PersonalStore(b"p" * 32, b"l" * 32)
        desk = Desk(Recorder(pool), mapper, load(house.law), store, pool, "kelisim test")
        derivation = ByEvents(desk.sources, desk.law, adult_on=lambda student: None)
        assert check(connection, derivation).findings == []
