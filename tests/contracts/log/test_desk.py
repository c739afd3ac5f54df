"""Wishes through the real log: three parties sign, a deadline fires, a withdrawal is shown and done alike."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import psycopg
import pytest

from contracts.decision import Refused
from contracts.formation import Draft, Offer, Revise
from contracts.law import load
from contracts.lifecycle import EVENTS
from contracts.log import FOLLOW, Recorder, connect, direct, set_test_clock
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.desk import Desk
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from contracts.log.timers import Timers
from contracts.log.wishes import Wish
from contracts.organisation import ChangeSignatory, RegisterOrganisation
from contracts.parties import Kind, Licence, Name, Record, Role
from contracts.person import RegisterPerson
from contracts.relations import Caller
from contracts.roster import EnrolStudent, RegisterMentor
from contracts.signing import Sign
from contracts.terms import (
    Compensation,
    Form,
    Funding,
    Hours,
    Mentoring,
    PayKind,
    PracticeShare,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Terms,
    Week,
    Weekday,
    Workplace,
)

OPERATOR = Caller(uuid7(), duties=frozenset({Role.OPERATOR}))
COLLEGE, ENTERPRISE = "080440900104", "120440900005"
D = Weekday
WEEK = Week((D.MONDAY, D.TUESDAY), (D.WEDNESDAY, D.THURSDAY, D.FRIDAY))
LESS = Compensation(PayKind.COMPENSATION, 9_550_000)
DAY_HOURS = Hours(time(9), time(18), 60)


@pytest.fixture
def clock(database):
    def to(*moment):
        with psycopg.connect(database, autocommit=True) as connection:
            set_test_clock(connection, datetime(*moment, tzinfo=UTC))

    return to


@pytest.fixture
def desk(database):
    with connect(database) as pool:
        store = PersonalStore(b"p" * 32, b"l" * 32)
        yield Desk(Recorder(pool), Mapper(EVENTS), load("journey-1"), store, pool, "kelisim test")


@pytest.fixture
def house(desk, clock):
    """A college and an enterprise with who signs for them, a student, a mentor."""
    clock(2026, 8, 7, 4)

    def ask(command, stream_id=None, caller=OPERATOR):
        return desk.execute(Wish(command, stream_id, caller)).stream_id

    def organisation(bin_, kind, name, head, licence=None):
        head = ask(RegisterPerson(head))
        stream = ask(
            RegisterOrganisation(bin_, kind, Name(name, name), "75", licence=licence), organisation_id(bin_)
        )
        ask(ChangeSignatory(head, "director", "charter", signs=True), stream)
        return Caller(head, f"org:{bin_}")

    licence = Licence("1", ("07130700",))
    college = organisation(
        COLLEGE,
        Kind.COLLEGE,
        "Demo College",
        Record("650131390002", "Marat Demo", date(1965, 1, 31)),
        licence,
    )
    enterprise = organisation(
        ENTERPRISE, Kind.ENTERPRISE, "Demo Electro", Record("841231391802", "Askar Demo", date(1984, 12, 31))
    )
    student = desk.execute(
        Wish(
            EnrolStudent(Record("080706690811", "Zarina Demo", date(2008, 7, 6)), "07130700"),
            organisation_id(COLLEGE),
            college,
        )
    )
    mentor = desk.execute(
        Wish(
            RegisterMentor(Record("790630390003", "Serik Demo", date(1979, 6, 30)), 2),
            organisation_id(ENTERPRISE),
            enterprise,
        )
    )
    person = UUID(student.events[0]["data"]["person"])
    return college, enterprise, Caller(person), UUID(mentor.events[0]["data"]["person"])


def terms(mentor):
    return Terms(
        subject=Subject("07130700", "4S07130704"),
        term=Term(date(2026, 9, 1), date(2027, 6, 30)),
        form=Form.FULL_TIME,
        funding=Funding.STATE_ORDER,
        practice_share=PracticeShare(2592, 1556),
        schedule=Schedule(StartsWith.STUDY, (WEEK,), DAY_HOURS, DAY_HOURS),
        workplace=Workplace("Almaty, Demo street 1", "Substation service"),
        standing=Standing(Status.TRAINEE),
        compensation=Compensation(PayKind.COMPENSATION, 9500000),
        mentor=Mentoring(mentor),
    )


def drafted(desk, house, *key):
    """By the enterprise."""
    _, enterprise, student, mentor = house
    draft = Draft(student.person, COLLEGE, ENTERPRISE, "enterprise_first", terms(mentor))
    return desk.execute(Wish(draft, None, enterprise, *key)).stream_id


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


def test_an_offer_lapses_by_itself_once(desk, house, clock, database):
    _, enterprise, student, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    timers = Timers(database, desk, note=lambda event, **fields: None)
    with direct(database, FOLLOW) as connection:
        clock(2026, 9, 4, 18, 59)
        assert timers.fire(connection) == 0
        clock(2026, 9, 7, 3)
        assert (timers.fire(connection), timers.fire(connection)) == (1, 0)
    last = desk.stored(contract)[-1]
    assert (last.type, last.effective_on) == ("contract.lapsed", date(2026, 9, 5))
    assert last.recorded_at.date() == date(2026, 9, 7)
    assert not desk.sources.recorder.ask({}, [("student", str(student.person))]).places


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
