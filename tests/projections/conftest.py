"""A database whose log is followed, and a town of colleges, enterprises and people in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from contracts.decision import Text
from contracts.log import Recorder, connect
from contracts.log.sequencer import Sequencer
from contracts.parties import Guardian, Kind, Name, Record
from contracts.person import NameRepresentative, RegisterPerson
from contracts.relations import Caller
from projections.every import PROJECTIONS
from projections.follower import Follower, install
from tests.conftest import fresh
from tests.projections.examples import C1, C2, E1, E2, KAZAKH, LAW, MINOR, PLAIN, R1, YO, Cast, Town


@pytest.fixture
def pool(database):
    with connect(database) as pool:
        yield pool


@pytest.fixture
def recorder(pool):
    return Recorder(pool)


@pytest.fixture
def sequencer(database) -> Iterator[Sequencer]:
    sequencer = Sequencer(database)
    sequencer.start()
    yield sequencer
    sequencer.stop()


@contextmanager
def following(database: str) -> Iterator[Follower]:
    """With every projection."""
    install(database, LAW, PROJECTIONS)
    follower = Follower(database, LAW, PROJECTIONS)
    follower.start()
    yield follower
    follower.stop()


@pytest.fixture
def followed(database, sequencer) -> Iterator[Follower]:
    with following(database) as follower:
        yield follower


@pytest.fixture
def town(database, followed) -> Iterator[Town]:
    town = Town(database)
    town.clock(2026, 8, 7)
    yield town
    town.close()


@pytest.fixture(scope="session")
def settled(server, template) -> Iterator[tuple[str, Cast]]:
    """The name of a database in which the cast lives: the tests that need it get a copy each."""
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (name, url):
        sequencer = Sequencer(url)
        sequencer.start()
        town = Town(url)
        town.clock(2026, 8, 7)
        with following(url):
            cast = settle(town)
        town.close()
        sequencer.stop()
        yield name, cast


@pytest.fixture
def database(request, server, template) -> Iterator[str]:
    source = request.getfixturevalue("settled")[0] if "cast" in request.fixturenames else template
    with fresh(server, f"TEMPLATE {source} STRATEGY file_copy") as (_, url):
        yield url


@pytest.fixture
def cast(settled) -> Cast:
    return settled[1]


def settle(town: Town) -> Cast:
    """Two colleges, two enterprises, a chamber; four students with a contract each, as drafted."""
    chamber = town.organisation(R1, Kind.CHAMBER, Name("Палата", "Палата"), head("650131390002"))
    kostanay = Name("Қостанай колледжі", "Костанайский колледж")
    c1 = town.organisation(C1, Kind.COLLEGE, kostanay, head("650131390101"), R1)
    almaty = Name("Алматы колледжі", "Алматинский колледж")
    c2 = town.organisation(C2, Kind.COLLEGE, almaty, head("650131390200"))
    zhetisu = Name("Жетісу электр", "Жетысу электро")
    e1 = town.organisation(E1, Kind.ENTERPRISE, zhetisu, head("650131390309"))
    alatau = Name("Алатау қуаты", "Алатау энерго")
    e2 = town.organisation(E2, Kind.ENTERPRISE, alatau, head("650131390408"))
    m1 = town.mentor(e1, Record("841231391802", "Askar Demo", date(1984, 12, 31)), 5)
    m2 = town.mentor(e2, Record("790630390003", "Serik Demo", date(1979, 6, 30)), 5)
    students = {
        KAZAKH: town.student(c1, Record("080706690811", KAZAKH, date(2008, 7, 6))),
        YO: town.student(c1, Record("080512690101", YO, date(2008, 5, 12))),
        PLAIN: town.student(c2, Record("070901690005", PLAIN, date(2007, 9, 1))),
        MINOR: town.student(c2, Record("100315690008", MINOR, date(2010, 3, 15))),
    }
    memorandum = town.memorandum(c1, e1, 3)
    contracts = {
        KAZAKH: town.draft(students[KAZAKH], c1, e1, m1, memorandum).stream_id,
        YO: town.draft(students[YO], c1, e2, m2).stream_id,
        PLAIN: town.draft(students[PLAIN], c2, e1, m1).stream_id,
        MINOR: town.draft(students[MINOR], c2, e2, m2).stream_id,
    }
    roza = Record("810203490004", "Roza Demo", date(1981, 2, 3))
    parent = town.ask(RegisterPerson(roza)).stream_id
    town.followed(
        town.ask(NameRepresentative(parent, Guardian.PARENT, Text("certificate 1")), students[MINOR], c2)
    )
    return Cast(
        chamber=chamber,
        c1=c1,
        c2=c2,
        e1=e1,
        e2=e2,
        mentor=Caller(m1),
        parent=Caller(parent),
        students={name: Caller(id_) for name, id_ in students.items()},
        contracts=contracts,
        memorandum=memorandum,
    )


def head(iin: str) -> Record:
    return Record(iin, f"Head {iin[-3:]}", date(1965, 1, 31))
