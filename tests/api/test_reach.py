"""Days and numbers at the edge of what is taken, and beyond it: a clear answer, and never an overflow."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from api.commands import path
from api.examples import EXAMPLES
from api.pages.typed_day import read_day
from api.reach import FIRST, LAST, range_of
from api.wrong_fields import pointer
from contracts.lifecycle import COMMANDS
from tests.api.people import COLLEGE, ENTERPRISE, done, terms

DAY = timedelta(days=1)
EDGES = ("1900-01-01", "2199-12-31")


def leaves(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Days and whole numbers in a body, with their places."""
    if isinstance(value, dict | list):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(member, (*where, key))
    elif type(value) is int or (isinstance(value, str) and is_day(value)):
        yield where, value


def is_day(text: str) -> bool:
    return len(text) == len("2026-11-24") and text[4] == text[7] == "-"


PLACES_OF = [
    pytest.param(name, where, value, id=f"{name}{pointer(where)}")
    for name, body in EXAMPLES.items()
    for where, value in leaves(body)
]


def other(name: str, where: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The example with another value at one place."""
    body: dict[str, Any] = json.loads(json.dumps(EXAMPLES[name]))  # a copy in which no part stands twice
    inner: Any = body
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    return body


def address(town, name: str, id: str) -> str:
    command = COMMANDS[name]
    if command.stream == "organisation":
        return path(command).format(bin=COLLEGE)
    return path(command).format(id=id)


@pytest.mark.parametrize(("name", "where", "value"), PLACES_OF)
def test_what_lies_beyond_is_named_and_nothing_is_done(here, name, where, value):
    least, most = range_of(where[-1])
    days = (str(FIRST - DAY), str(LAST + DAY), "9999-12-31")
    beyond = (least - 1, most + 1, 10**30) if type(value) is int else days
    for wrong in beyond:
        answer = here.college.post(address(here, name, here.student.person), other(name, where, wrong))
        assert answer.status_code == 422, answer.text
        assert [each["field"] for each in answer.json()["errors"]] == [pointer(where)]


@pytest.fixture(scope="module")
def at_every_stage(place):
    """A draft, an offered contract, a concluded one and one whose paper says that it was signed long ago."""
    offered = place.draft()
    done(place.college.post(f"/contracts/{offered}/offer"))
    parties = {"student": place.new_student().person, "college": COLLEGE, "enterprise": ENTERPRISE}
    paper = {"number": "1", "signed_on": EDGES[0], "terms": terms(place.mentor.person), **parties}
    recorded = done(place.college.post("/contracts/record-signed", paper))["id"]
    return place.draft(), offered, place.concluded(), recorded


def names_nothing(name: str, where: tuple[Any, ...], answer: Any) -> bool:
    """No contract has so many entries that the one at the edge could be corrected."""
    return (name, where, answer.status_code) == ("correct", ("entry",), 404)


@pytest.mark.parametrize(("name", "where", "value"), PLACES_OF)
def test_what_lies_at_the_edge_is_decided(here, at_every_stage, name, where, value):
    if COMMANDS[name].stream != "contract" or COMMANDS[name].begins:
        return
    for edge in range_of(where[-1]) if type(value) is int else EDGES:
        for contract in at_every_stage:
            for who in (here.college, here.enterprise):
                body = other(name, where, edge)
                answer = who.post(f"/contracts/{contract}/{name}?preview=true", body)
                assert answer.status_code in (200, 403, 409) or names_nothing(name, where, answer)


@pytest.mark.parametrize("on", EDGES)
@pytest.mark.parametrize("part", ["", "/deadlines", "/history", "/text"])
def test_a_contract_is_read_at_the_edge(here, at_every_stage, part, on):
    for contract in at_every_stage:
        assert here.college.get(f"/contracts/{contract}{part}?in_force_on={on}").status_code == 200


@pytest.mark.parametrize(("first", "last"), [EDGES, EDGES[::-1]])
def test_moments_at_the_edge_are_compared(here, at_every_stage, first, last):
    for contract in at_every_stage:
        assert here.college.get(f"/contracts/{contract}/diff?from={first}&to={last}").status_code == 200


@pytest.mark.parametrize(
    "asked", ["in_force_on=9999-12-31", "in_force_on=0001-01-01", "known_at=9999-12-31T00:00:00Z"]
)
def test_beyond_it_the_question_is_wrong(here, at_every_stage, asked):
    answer = here.college.get(f"/contracts/{at_every_stage[0]}?{asked}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, asked.partition("=")[0])


@pytest.mark.parametrize("year", ["1899", "2200", "9999"])
def test_a_form_takes_no_such_day(year):
    read = read_day("en", {"on-day": "1", "on-month": "1", "on-year": year}, "on")
    assert (read.on, read.error) == (None, "There is no such date. Example: 27 3 2026.")


@pytest.mark.parametrize("on", EDGES)
@pytest.mark.parametrize("part", ["", "/schedule", "/history", "/text"])
def test_a_page_shows_a_contract_at_the_edge(clerk, at_every_stage, part, on):
    for contract in at_every_stage:
        assert clerk.goes(f"/contracts/{contract}{part}?in_force_on={on}").status == 200
        assert clerk.goes(f"/contracts/{contract}/diff?from={on}&to=2026-12-28").status == 200


BEGINNINGS = [each for each in PLACES_OF if COMMANDS[each.values[0]].begins]


@pytest.mark.parametrize(("name", "where", "value"), BEGINNINGS)
def test_a_beginning_at_the_edge_is_decided(here, name, where, value):
    parties = {"student": here.student.person, "mentor": here.mentor.person}
    for edge in range_of(where[-1]) if type(value) is int else EDGES:
        body = {key: parties.get(key, one) for key, one in other(name, where, edge).items()}
        answer = here.college.post(f"{path(COMMANDS[name])}?preview=true", body)
        assert answer.status_code in (200, 403, 404, 409), answer.text
