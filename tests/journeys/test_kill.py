"""Two hundred commands with keys; the service is killed among them. What each was to do happens once."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.journeys.cast import S5
from tests.journeys.many import DRAFTS, each_came_true_once, sent, two_hundred, undecided, whole
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
    return two_hundred(town)


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


def test_each_took_effect_exactly_once(town, wishes):
    each_came_true_once(town.house, wishes)


def test_the_log_and_what_stands_beside_it_are_whole(town):
    assert town.auditor.sees("/contracts", count="true")["total"] == DRAFTS
    whole(town.house)
