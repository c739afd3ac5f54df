"""A college and an enterprise at the desk, and a contract of theirs as far as a test needs it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import psycopg
import pytest

from contracts.formation import Draft, Offer
from contracts.law import load
from contracts.lifecycle import EVENTS
from contracts.log import Recorder, connect, set_test_clock
from contracts.log.desk import Desk
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
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


def concluded(desk, house, *others):
    """Offered by the enterprise and signed by all. `others`: whom the draft is for instead."""
    college, enterprise, student, _ = house
    contract = drafted(desk, house)
    text = desk.execute(Wish(Offer(), contract, enterprise)).events[0]["data"]["text_hash"]
    for party in (enterprise, student, college):
        desk.execute(Wish(Sign(text), contract, party))
    return contract
