"""The demo data: every state to look at, in any season, the same after any number of starts."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

import psycopg
import pytest

from api import demo, store
from api.demo.contracts import STORIES
from api.demo.people import CHAMBER, COLLEGE, ELECTRO
from api.house import opened
from api.security.demo import NAMES
from api.settings import Mode, Settings, WrongSetting
from contracts.contract import State
from contracts.identification import bin_fault, iin_fault
from contracts.log import set_test_clock
from contracts.log.desk import Desk
from tests.api.importing import events


@pytest.fixture
def settings(database, tmp_path):
    return Settings(mode=Mode.TEST, language="en", data=tmp_path, database_url=database)


@pytest.fixture
def house(settings):
    with opened(settings) as house:
        yield house


def contracts(house, database):
    with psycopg.connect(database) as connection:
        ids = connection.execute("SELECT stream_id FROM log.streams WHERE kind = 'contract'").fetchall()
    sources = house.desk.sources
    return [sources.state("contract", sources.stored(id_)) for (id_,) in ids]


SEASONS = [
    *((2026, 11, 24), (2027, 1, 1), (2027, 6, 30), (2027, 7, 20), (2027, 8, 31), (2027, 9, 1)),
    *((2027, 9, 30), (2028, 2, 29), (2031, 10, 12)),
]


@pytest.mark.parametrize("day", SEASONS)
def test_it_shows_every_state_in_any_season(house, database, day):
    with psycopg.connect(database, autocommit=True) as connection:
        set_test_clock(connection, datetime(*day, 7, tzinfo=UTC))
    assert demo.load(house)
    found = contracts(house, database)
    assert Counter(contract.state for contract in found) == {
        State.DRAFT: 1,
        State.OFFERED: 1,
        State.SIGNING: 2,
        State.SIGNED: 2,
        State.REFUSED: 1,
        State.ACTIVE: 3,
        State.ENDING: 1,
        State.ENDED: 2,
        State.COMPLETED: 1,
    }
    assert len(found) == len(STORIES) == 14
    [waiting] = [contract for contract in found if contract.minor and contract.state is State.SIGNING]
    assert waiting.given_and_missing() == (("enterprise", "student"), ("college", "representative"))
    assert [contract.open_proposal for contract in found if contract.open_proposal]
    [owing] = [contract for contract in found if contract.state is State.ENDED and contract.end]
    assert not owing.certificate_issued


def test_loaded_again_it_adds_nothing_and_takes_less_than_five_seconds(house, database):
    began = monotonic()
    assert demo.load(house)
    assert monotonic() - began < 5
    before = events(database)
    assert not demo.load(house)
    assert events(database) == before


class Gone(Exception):
    """The process ends here."""


class CutOff(Desk):
    def __init__(self, house, wishes):
        parts = (house.recorder, house.mapper, house.law, house.personal, house.pool)
        super().__init__(*parts, "kelisim test")
        self.left = wishes

    def execute(self, wish):
        if not self.left:
            raise Gone
        self.left -= 1
        return super().execute(wish)


@pytest.mark.parametrize("appends", [0, 1, 20, 45, 65])
def test_cut_off_it_goes_on_where_it_was(settings, house, database, appends):
    cut = replace(house, desk=CutOff(house, appends))
    with pytest.raises(Gone):
        demo.load(cut)
    with opened(settings) as again:
        assert demo.load(again)
        assert len(contracts(again, database)) == 14
    recorded = events(database)
    assert recorded["organisation.registered"] == 4
    assert recorded["person.registered"] == recorded["organisation.student_enrolled"] + 13


def test_each_name_of_the_sign_in_page_is_somebody_who_acts_for_the_demo_s_organisations(house, database):
    demo.load(house)
    with house.pool.connection() as connection:
        people = store.demo_people(connection)
    assert set(people) == set(NAMES)
    acting = {name: account.on_behalf_of for name, account in people.items() if account.on_behalf_of}
    assert acting == {
        "chamber": f"org:{CHAMBER}",
        "college": f"org:{COLLEGE}",
        "enterprise": f"org:{ELECTRO}",
    }
    duties = {name: account.duties for name, account in people.items() if account.duties}
    assert duties == {name: [name] for name in ("operator", "lawyer", "reviewer", "ministry", "privacy")}
    with house.pool.connection() as connection:
        records = house.personal.records(connection, [account.person_id for account in people.values()])
    assert len(records) == len(NAMES)
    assert all(record.name.startswith("Демо ") for record in records.values())
    assert not any(iin_fault(record.iin) for record in records.values())
    assert not bin_fault(COLLEGE)


def test_there_is_no_demo_in_production(house):
    with pytest.raises(WrongSetting, match="there is no demo"):
        demo.load(replace(house, settings=replace(house.settings, mode=Mode.PRODUCTION)))
