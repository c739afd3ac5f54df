"""A correction through the real log: what is remembered of a stream, places, timers and the check know it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest

from contracts.contract import State
from contracts.correction import Correct, CorrectedAlready
from contracts.correction_answer import ApproveCorrection
from contracts.decision import Refused
from contracts.formation_rules import AnotherActive, NumberTaken
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.log.wishes import NotFound, Wish
from contracts.on_paper import RecordSigned
from contracts.organisation import ChangeSignatory
from contracts.parties import Record, Role
from contracts.person import RegisterPerson
from contracts.relations import Caller
from contracts.withdrawal import Withdraw
from tests.contracts.log.town import COLLEGE, ENTERPRISE, OPERATOR, terms

LAWYER = Caller(uuid7(), duties=frozenset({Role.LAWYER}))
RECEIVED, END_ON = date(2026, 10, 1), date(2026, 11, 2)
NOTICE = 2
"""The entry of the withdrawal."""


@pytest.fixture
def second(desk, house):
    """Another person of the college."""
    record = Record("800606490063", "Aigerim Demo", date(1980, 6, 6))
    person = desk.execute(Wish(RegisterPerson(record), None, OPERATOR)).stream_id
    mandate = ChangeSignatory(person, "clerk", "charter", signs=False)
    desk.execute(Wish(mandate, organisation_id(COLLEGE), OPERATOR))
    return Caller(person, f"org:{COLLEGE}")


@pytest.fixture
def left(desk, house, clock):
    """A contract of which a withdrawal was recorded."""
    college, _, student, mentor = house
    clock(2026, 9, 7, 4)
    wish = RecordSigned("17/2026", student.person, COLLEGE, ENTERPRISE, terms(mentor), date(2026, 8, 24))
    contract = desk.execute(Wish(wish, None, college)).stream_id
    clock(2026, 10, 1, 4)
    desk.execute(Wish(Withdraw("own-wish", RECEIVED, END_ON, Role.STUDENT), contract, college))
    return contract


def correct(desk, contract, who, second, entry=NOTICE, **what):
    wish = Correct(entry, "request 31", "the wrong person", Role.STUDENT, **what)
    asked = desk.execute(Wish(wish, contract, who))
    number = UUID(asked.events[0]["data"]["correction"])
    return desk.execute(Wish(ApproveCorrection(number), contract, second))


def state_of(desk, contract):
    return desk.sources.streams.now([contract]).streams[contract].state


def fresh(desk, contract):
    """As one who has never met the stream reads it."""
    return desk.sources.state("contract", desk.stored(contract))


def findings(database, desk):
    with psycopg.connect(database, autocommit=True) as connection:
        return check(connection, ByEvents(desk.mapper, desk.law, lambda student: None)).findings


def test_what_is_remembered_of_a_stream_is_read_anew(desk, house, second, left, database):
    assert state_of(desk, left).state is State.ENDING
    correct(desk, left, house[0], second)
    now = state_of(desk, left)
    assert (now.state, now.end_on, now.version) == (State.ACTIVE, None, 4)
    assert now == fresh(desk, left)
    desk.execute(Wish(Withdraw("own-wish", RECEIVED, END_ON, Role.STUDENT), left, house[0]))
    assert state_of(desk, left) == fresh(desk, left)
    assert findings(database, desk) == []


def test_timers_and_places_are_those_of_the_history_as_it_should_have_been(
    desk, house, second, left, database
):
    with psycopg.connect(database, autocommit=True) as connection:

        def stands():
            return connection.execute(
                """SELECT s.timers::text, b.state::text FROM log.streams s, log.boundary b
                   WHERE s.stream_id = %s AND (b.kind, b.key) = ('student', %s)""",
                [left, str(house[2].person)],
            ).fetchone()

        timers, place = stands()
        assert '"end"' in timers
        assert END_ON.isoformat() in place
        correct(desk, left, house[0], second)
        timers, place = stands()
        assert timers is None or '"end"' not in timers
        assert END_ON.isoformat() not in place
    assert findings(database, desk) == []


def test_an_entry_that_is_not_there_is_not_found(desk, house, left):
    for entry in (0, 3, -1):
        with pytest.raises(NotFound):
            desk.execute(Wish(Correct(entry, "1", "1", Role.STUDENT), left, house[0]))


def test_what_is_corrected_is_corrected_once(desk, house, second, left):
    correct(desk, left, house[0], second)
    with pytest.raises(Refused) as refused:
        correct(desk, left, house[0], second)
    assert refused.value.refusals == (CorrectedAlready(NOTICE, 4),)


def test_a_mistyped_number_is_given_back_and_another_taken(desk, house, second, left, database):
    with_number = {"entry": 1, "field": "number"}
    correct(desk, left, house[0], second, right="18/2026", **with_number)
    assert state_of(desk, left).number == "18/2026"
    assert findings(database, desk) == []
    with psycopg.connect(database, autocommit=True) as connection:
        taken = connection.execute("SELECT key FROM log.boundary WHERE kind = 'number'").fetchall()
    assert taken == [("18/2026",)]


def earlier(desk, house, number):
    """The same student's contract of the year before."""
    college, _, student, mentor = house
    found = terms(mentor)
    term = replace(found.term, starts_on=date(2025, 9, 1), ends_on=date(2026, 6, 30))
    found, ended_on = replace(found, term=term), date(2026, 6, 30)
    signed_on = date(2025, 8, 25)
    wish = RecordSigned(number, student.person, COLLEGE, ENTERPRISE, found, signed_on, ended_on=ended_on)
    return desk.execute(Wish(wish, None, college)).stream_id


def test_a_number_that_another_contract_has_is_not_taken(desk, house, second, left):
    earlier(desk, house, "18/2026")
    with pytest.raises(Refused) as refused:
        correct(desk, left, house[0], second, entry=1, field="number", right="18/2026")
    assert refused.value.refusals == (NumberTaken(),)


def test_a_contract_that_takes_the_period_meanwhile_is_in_the_way(desk, house, second, left, clock):
    college, _, student, mentor = house
    clock(2026, 11, 9, 4)
    found = terms(mentor)
    later = replace(found, term=replace(found.term, starts_on=date(2026, 11, 9)))
    wish = RecordSigned("19/2026", student.person, COLLEGE, ENTERPRISE, later, date(2026, 11, 6))
    desk.execute(Wish(wish, None, college))
    with pytest.raises(Refused) as refused:
        correct(desk, left, college, second)
    [found] = refused.value.refusals
    assert found == AnotherActive(date(2026, 11, 9), date(2027, 6, 30))
