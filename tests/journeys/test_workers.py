"""Two hundred commands with keys, and three processes that answer, each of which is killed among them."""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.journeys.cast import S5
from tests.journeys.house import patiently
from tests.journeys.many import DRAFTS, each_came_true_once, sent, two_hundred, whole
from tests.journeys.start import Town

CLIENTS = 8
WORKERS = 3


@pytest.fixture(scope="module")
def town(opened):
    found = Town(opened("journey-1", "2026-08-10 09:00", KELISIM_WORKERS=str(WORKERS)))
    found.enrol(S5)
    return found


@pytest.fixture(scope="module")
def wishes(town):
    return two_hundred(town)


def lines(house, event):
    every = (json.loads(line) for line in house.lines.read_text().splitlines() if line.startswith("{"))
    return [line for line in every if line["event"] == event]


def at_work(house):
    """The processes that have answered; a connection that begins is anybody's."""
    httpx.get(f"{house.http.base_url}/api/v1/contracts")
    return {line["pid"] for line in lines(house, "answered")}


def test_two_hundred_commands_and_the_death_of_every_worker(town, wishes):
    patiently(lambda: len(at_work(town.house)) == WORKERS)
    first, broken, answers = at_work(town.house), [], {}
    doomed = dict(zip((50, 90, 130), first, strict=True))

    def ask(key):
        while key not in answers:
            try:
                answers[key] = sent(wishes, key)
            except httpx.TransportError as error:
                broken.append(error)

    with ThreadPoolExecutor(CLIENTS) as clients:
        for number, _ in enumerate(clients.map(ask, wishes)):
            if number in doomed:
                os.kill(doomed[number], signal.SIGKILL)
    assert broken
    assert {answer.status_code for answer in answers.values()} <= {200, 201}
    for key, answer in answers.items():
        assert sent(wishes, key).json() == answer.json()
    died = {(line["worker"], line["code"]) for line in lines(town.house, "worker_died")}
    assert died == {(pid, -signal.SIGKILL) for pid in first}
    assert len({line["pid"] for line in lines(town.house, "answered") if "command" in line}) > WORKERS
    patiently(lambda: len(at_work(town.house) - first) == WORKERS)


def test_each_took_effect_exactly_once(town, wishes):
    each_came_true_once(town.house, wishes)


def test_the_log_and_what_stands_beside_it_are_whole(town):
    assert town.auditor.sees("/contracts", count="true")["total"] == DRAFTS
    whole(town.house)
