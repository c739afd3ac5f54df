"""An IIN in every field of every command: no answer, no line of the log and no entry says it back."""

import json
import logging
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from api import log_lines
from api.commands import path
from api.examples import EXAMPLES
from contracts.lifecycle import COMMANDS
from contracts.parties import Role
from tests.api.people import COLLEGE, done

IIN = "780313412002"
"""Of nobody here: where it is found, it was said back."""
NAME = "Құпияәлі Қайталанбас"
PHONE = "+77019998877"

SEALED = {"record", "student", "mentor", "contacts"}
"""Fields that are sealed for a person: there a name and a number belong."""


@pytest.fixture
def written(capsys):
    """Asks for all that the service has written about itself."""
    log_lines.configure()
    yield lambda: capsys.readouterr().err
    logging.getLogger().handlers.clear()


def places(kind, at=()):
    """Every place in a body, with what is declared there."""
    kind = (
        next((part for part in get_args(kind) if part is not type(None)), kind)
        if _is_optional(kind)
        else kind
    )
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield from places(hints[field.name], (*at, field.name))
    elif get_origin(kind) in (tuple, frozenset):
        yield from places(get_args(kind)[0], (*at, 0))
    yield at, kind


def _is_optional(kind):
    return get_origin(kind) in (Union, UnionType)


def with_value(body, at, value):
    """A copy of `body` in which `value` stands at that place."""
    if not at:
        return value
    [first, *rest] = at
    if isinstance(first, int):
        return [with_value(body[0] if isinstance(body, list) and body else {}, rest, value)]
    body = dict(body) if isinstance(body, dict) else {}
    return {**body, first: with_value(body.get(first, {}), rest, value)}


def asked(command):
    return command.by != {Role.DEADLINE}


def address(place, command, contract):
    ids = {"contract": contract, "memorandum": str(uuid4()), "person": place.student.person}
    at = path(command)
    return at.format(id=ids.get(command.stream, contract), bin=COLLEGE)


def by(place, command):
    for role, who in (
        (Role.COLLEGE, place.college),
        (Role.ENTERPRISE, place.enterprise),
        (Role.STUDENT, place.student),
        (Role.OPERATOR, place.operator),
    ):
        if role in command.by:
            return who
    return place.college


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS.values() if asked(c)], ids=lambda command: command.type
)
def test_a_number_sent_in_any_field_is_said_back_nowhere(place, written, command):
    contract = place.draft()
    who, to = by(place, command), address(place, command, contract)
    example = json.loads(json.dumps(EXAMPLES[command.type]))
    for at, kind in places(command):
        values = [IIN, f"№ {IIN}, {NAME}", [IIN], {IIN: IIN}]
        for value in values:
            answer = who.post(to, with_value(example, at, value), Idempotency_Key=str(uuid4()))
            assert IIN not in answer.text, (at, kind)
            assert answer.status_code < 500, (at, answer.text)
            if kind is str and value == IIN and at[0] not in SEALED:
                assert answer.status_code in (404, 422), (at, answer.text)
    assert who.post(to, {IIN: 1, "name": NAME}).text.count(IIN) == 0
    lines = written()
    assert IIN not in lines
    assert NAME not in lines


def test_no_line_of_a_day_s_work_holds_a_name_a_number_or_a_phone(place, written):
    record = {"iin": IIN, "name": NAME, "born_on": "1978-03-13", "phone": PHONE, "email": "a@b.example"}
    person = place.person(record)
    done(person.post(f"/people/{person.person}/change-contacts", {"contacts": {"phone": PHONE}}))
    place.college.get(f"/contracts?q={NAME}")
    place.college.get(f"/contracts?q={IIN}")
    place.college.get(f"/organisations/{IIN}")
    place.college.get(f"/contracts/{IIN}")
    place.college.post(f"/organisations/{IIN}/change-signatory", {})
    place.college.get("/contracts", Kelisim_Purpose=quote(NAME))
    place.client.get(f"/{IIN}?name={NAME}", headers={"Authorization": f"Bearer {IIN}"})
    lines = written()
    assert lines.count("\n") >= 9
    for personal in (IIN, NAME, PHONE, "a@b.example", person.headers["Authorization"].split()[1]):
        assert personal not in lines
    for line in lines.splitlines():
        assert {"request_id", "route", "status", "milliseconds", "outcome"} <= set(json.loads(line))


def test_a_line_says_who_did_what_with_what_outcome_and_where_it_stands(place, written):
    answer = place.college.post("/contracts", place.drafting())
    refused = place.college.post(f"/contracts/{answer.json()['id']}/activate")
    granted, other = (
        json.loads(line) for line in written().splitlines() if '"command"' in line and "contracts" in line
    )
    assert granted["command"] == "draft"
    assert granted["outcome"] == "granted"
    assert granted["position"] == answer.json()["position"]
    assert granted["actor"] == place.college.person
    assert granted["request_id"] == answer.headers["Kelisim-Request-Id"]
    assert (other["command"], other["outcome"], other["status"]) == ("activate", "refused", 409)
    assert other["code"] == "contract.state"
    assert refused.status_code == 409


def test_no_entry_of_the_log_and_no_attempt_holds_a_name_or_a_number(place):
    with psycopg.connect(place.url) as connection:
        texts = connection.execute(
            """SELECT string_agg(data::text || metadata::text, '') FROM log.events UNION ALL
               SELECT string_agg(facts::text, '') FROM log.attempts UNION ALL
               SELECT string_agg(answer::text, '') FROM log.idempotency UNION ALL
               SELECT string_agg(r::text, '') FROM edge.reads r WHERE purpose IS NULL"""
        ).fetchall()
    assert texts[0][0]
    for (text,) in texts:
        assert IIN not in (text or "")
        assert NAME not in (text or "")
        assert "Демо Демо" not in (text or "")
