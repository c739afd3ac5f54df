"""J3 in a browser: a raise agreed by word is recorded late; less is agreed by all, as one text."""

from dataclasses import dataclass
from datetime import date

import pytest

from api.formats import day, money
from tests.browser.walker import ON, WAYS, Walker, newest_entry, plain, says, told
from tests.journeys.cast import E1, G1, M2, Someone, crowd
from tests.journeys.house import patiently

SINCE, LATER = "2026-11-02", "2027-02-01"
BEFORE, AFTER = "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z"


@dataclass
class K1:
    address: str
    student: Someone


@pytest.fixture(scope="module")
def k1s(town):
    """A minor's contract for each way, in force since 1 September."""
    students = crowd(len(WAYS), "2010-04-01")
    for student in students:
        town.enrol(student)
        town.represent(student, G1)
    town.at("2026-08-24 09:00")
    contracts = [town.conclude(each, G1, mentor={"person": town.id(M2)}) for each in students]
    town.at("2026-09-01 09:00")
    for contract in contracts:
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    return {way: K1(*each) for way, *each in zip(WAYS, contracts, students, strict=True)}


@pytest.fixture
def personnel(k1, walkers):
    return walkers("enterprise", E1)


def tenge(walker: Walker, sum_: int) -> str:
    return plain(money(walker.language, sum_))


def test_the_enterprise_records_a_raise_agreed_by_word(town, k1, personnel):
    town.not_before("2026-11-23 10:30")
    personnel.previews(f"{k1.address}/raise-pay", {"steps-from_on": SINCE, "steps-monthly": "110000"})
    assert personnel.say("sums.pay-change") in personnel.text
    assert tenge(personnel, 1500000) in personnel.text
    for role in ("student", "representative", "college"):
        assert personnel.say(f"roles.{role}") in told(personnel)
    personnel.confirms()
    assert town.came(k1.address, "pay.raised")


def test_the_student_sees_what_holds_and_since_when(k1, pupil):
    pupil.goes(k1.address)
    assert tenge(pupil, 11000000) in pupil.text
    pupil.goes(f"{k1.address}/history")
    entry = newest_entry(pupil)
    assert pupil.say("events.pay.raised") in entry
    assert pupil.say("pages.history.holds-earlier", n=21) in entry
    assert says(pupil, SINCE) in entry


def test_only_knowledge_differs_between_two_moments(town, k1, pupil):
    town.not_before("2026-12-01 09:00")
    pupil.goes(f"{k1.address}/diff?from=2026-11-10,{BEFORE}&to=2026-11-10,{AFTER}")
    assert pupil.say("pages.compare.knowledge") in pupil.text
    for sum_ in (9500000, 11000000):
        assert tenge(pupil, sum_) in pupil.text


def test_what_is_still_to_come_is_told_apart(k1, personnel, pupil):
    personnel.does(f"{k1.address}/raise-pay", {"steps-from_on": "2027-01-01", "steps-monthly": "120000"})
    pupil.goes(k1.address)
    assert pupil.say("pages.schedule.coming") in pupil.text
    assert tenge(pupil, 12000000) in pupil.text
    assert says(pupil, "2027-01-01") in pupil.text


def test_less_is_no_raise(town, k1, personnel):
    town.not_before("2026-12-02 09:00")
    less = {"steps-from_on": "2026-12-01", "steps-monthly": "100000"}
    personnel.previews(f"{k1.address}/raise-pay", less, status=409)
    assert "PAY-LOWER" in personnel.text
    assert tenge(personnel, 11000000) in personnel.text


def test_less_is_proposed_to_all(town, k1, personnel):
    personnel.goes(f"{k1.address}/propose-amendment/1")
    personnel.fills({"clauses-C-COMPENSATION": "yes", "from_on": LATER})
    personnel.clicks(ON)
    personnel.fills({"changes-compensation-monthly": "115000"})
    personnel.clicks(ON)
    assert personnel.say("change-classes.A") in personnel.text
    for sum_ in (12000000, 11500000):
        assert tenge(personnel, sum_) in personnel.text
    personnel.confirms()
    assert town.came(k1.address, "amendment.proposed")


def test_those_who_are_asked_agree_to_one_text(town, k1, pupil, mother, clerk):
    for walker in (pupil, mother, clerk):
        walker.goes(k1.address)
        walker.clicks(f'main a[href^="{k1.address}/accept-amendment"]')
        assert tenge(walker, 11500000) in walker.text
        assert walker.say("silence.amendment-lapses") in walker.text
        walker.clicks(ON)
        walker.confirms()
    assert town.came(k1.address, "amendment.accepted", "amendment.concluded")
    pupil.goes(f"{k1.address}?in_force_on={LATER}")
    assert pupil.say("events-told.amendment.concluded", number=1) in pupil.text
    assert plain(day(pupil.language, date.fromisoformat(LATER))) in pupil.text
    assert tenge(pupil, 11500000) in pupil.text
