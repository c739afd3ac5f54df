"""Wishes through the real log: three parties sign, a deadline fires, a withdrawal is shown and done alike."""

from datetime import date

import psycopg
import pytest

from contracts.decision import Refused
from contracts.formation import Draft, Offer, Revise
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.log.wishes import Wish
from contracts.parties import Record
from contracts.roster import RegisterMentor
from contracts.signing import Sign
from contracts.terms import (
    Compensation,
    Mentoring,
    PayKind,
    Terms,
)
from tests.contracts.log.town import COLLEGE, ENTERPRISE, drafted, terms

LESS = Compensation(PayKind.COMPENSATION, 9_550_000)


def test_three_parties_sign(desk, house, clock):
    college, enterprise, student, mentor = house
    clock(2026, 8, 10, 4)
    draft = Draft(student.person, COLLEGE, ENTERPRISE, "enterprise_first", terms(mentor))
    begun = desk.execute(Wish(draft, None, enterprise, "k1", b"h" * 32))
    assert begun.begun
    assert begun.events[0]["data"]["number"] == "75-2026-000001"
    assert desk.execute(Wish(draft, None, enterprise, "k1", b"h" * 32)).stream_id == begun.stream_id
    contract = begun.stream_id
    previewed = desk.preview(Wish(Offer(), contract, enterprise))
    offered = desk.execute(Wish(Offer(), contract, enterprise, previewed=previewed.digest))
    assert offered.consequences == previewed.consequences
    text = offered.events[0]["data"]["text_hash"]
    with pytest.raises(Refused) as refused:
        desk.execute(Wish(Sign(text), contract, college))
    assert [r.code for r in refused.value.refusals] == ["FOR-ORDER"]
    assert refused.value.attempt
    desk.execute(Wish(Sign(text), contract, enterprise))
    revised = desk.execute(
        Wish(Revise(Terms(compensation=Compensation(PayKind.COMPENSATION, 9550000))), contract, enterprise)
    )
    assert [event["type"] for event in revised.events] == ["contract.revised", "contract.signatures_voided"]
    text = desk.execute(Wish(Offer(), contract, enterprise)).events[0]["data"]["text_hash"]
    for party in (enterprise, student, college):
        last = desk.execute(Wish(Sign(text), contract, party))
    assert [event["type"] for event in last.events] == ["contract.signed", "contract.concluded"]
    assert last.version == 10
    assert [a.command for a in desk.allowed(contract, enterprise) if not a.refusals]


def test_another_mentor_in_the_text_frees_the_first_ones_place(desk, house, clock):
    college, enterprise, _, mentor = house
    clock(2026, 8, 10, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    other = desk.execute(
        Wish(
            RegisterMentor(Record("650131390002", "Marat Demo", date(1965, 1, 31)), 2),
            organisation_id(ENTERPRISE),
            enterprise,
        )
    ).consequences
    assert other["events"]
    assert desk.sources.recorder.ask({}, [("mentor", str(mentor))]).places
    desk.execute(Wish(Revise(Terms(mentor=Mentoring(college.person))), contract, enterprise))
    assert not desk.sources.recorder.ask({}, [("mentor", str(mentor))]).places
    desk.execute(Wish(Offer(), contract, enterprise))
    assert desk.sources.recorder.ask({}, [("mentor", str(college.person))]).places


def test_of_a_stream_that_was_met_only_what_is_new_is_read(desk, house, clock):
    _, enterprise, _, _ = house
    clock(2026, 8, 10, 4)
    contract = drafted(desk, house)
    sources, unknown = desk.sources, uuid7()
    met = sources.streams.now([contract, unknown]).streams
    assert met.keys() == {contract}
    desk.execute(Wish(Offer(), contract, enterprise))
    since = sources.recorder.ask({contract: met[contract].version}).streams[contract]
    assert [event.type for event in since.events] == ["contract.offered"]
    found = sources.streams.now([contract]).streams[contract]
    stored = desk.stored(contract)
    assert (found.version, found.hash, found.position) == (2, stored[-1].hash, stored[-1].position)
    assert found.state == sources.state("contract", stored)
    assert sources.streams.now([contract]).streams[contract] is found


def test_after_a_failover_what_is_remembered_is_read_again(desk, house, clock, database):
    """An event that was met is gone, and then another stands where it stood."""
    _, enterprise, _, _ = house
    clock(2026, 8, 10, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    streams = desk.sources.streams
    with psycopg.connect(database) as owner:
        owner.execute("ALTER TABLE log.events_0 DISABLE TRIGGER append_only")
        owner.execute("DELETE FROM log.events WHERE stream_id = %s AND stream_version = 2", [contract])
        owner.execute(
            """UPDATE log.streams s SET version = 1, hash = e.hash FROM log.events e
               WHERE e.stream_id = s.stream_id AND s.stream_id = %s""",
            [contract],
        )
    assert streams.now([contract]).streams[contract].version == 1
    desk.execute(Wish(Revise(Terms(compensation=LESS)), contract, enterprise))
    found = streams.now([contract]).streams[contract]
    assert found.state == desk.sources.state("contract", desk.stored(contract))


def test_the_tables_beside_the_log_say_what_the_events_say(desk, house, clock, database):
    _, enterprise, _, _ = house
    clock(2026, 8, 10, 4)
    contract = drafted(desk, house, "k", b"h" * 32)
    desk.execute(Wish(Offer(), contract, enterprise))
    derivation = ByEvents(desk.mapper, desk.law, adult_on=lambda student: None)
    with psycopg.connect(database) as connection:
        assert check(connection, derivation).findings == []
        connection.execute("UPDATE log.boundary SET state = '[]' WHERE kind = 'mentor'")
        connection.execute("UPDATE log.streams SET timers = NULL, due_at = NULL")
        connection.commit()
        wrong = {finding.what for finding in check(connection, derivation).findings}
    assert wrong == {"boundary", "timer"}
