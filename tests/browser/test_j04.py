"""J4 in a browser: a student moves to another enterprise, and the old one is silent. The tests are the steps,
in the order of the days; each is taken on every way before the next one."""

from dataclasses import dataclass

import pytest

from tests.browser.walker import ON, WAYS, plain, says
from tests.journeys.cast import E1, E2, M2, Someone, crowd
from tests.journeys.house import patiently
from tests.journeys.moves import END_ON, START_ON, at_e2, concluded, draft_at_e2
from tests.journeys.start import id_of

BOTH = ["transfer.completed", "contract.ended"]


@dataclass
class Move:
    """`old`, `new`: where both contracts are found."""

    student: Someone
    old: str
    new: str = ""


@pytest.fixture(scope="module")
def moves(town):
    """A contract with E1 for each way, active; at E2 a mentor who has places."""
    at_e2(town, capacity=20)
    students = crowd(len(WAYS), "2006-04-01")
    for student in students:
        town.enrol(student)
    town.not_before("2026-08-24 09:00")
    town.memorandum = town.agree_on_places(len(WAYS))
    mentor = {"person": town.id(M2)}
    found = {
        way: Move(each, town.conclude(each, mentor=mentor)) for way, each in zip(WAYS, students, strict=True)
    }
    town.at("2026-09-01 09:00")
    for move in found.values():
        town.ready(move.old, "2026-09-01")
        patiently(lambda move=move: "contract.activated" in town.events(move.old))
    town.at("2026-12-10 15:00")
    return found


@pytest.fixture
def move(moves, way):
    return moves[way]


def test_1_the_college_asks_for_it_step_by_step(town, move, clerk):
    clerk.goes(move.old)
    clerk.clicks(f'main a[href="{move.old}/request-transfer"]')
    assert clerk.say("pages.transfer.addendum") in clerk.text
    clerk.fills({"kind": "enterprise"})
    clerk.clicks(ON)
    clerk.fills({"receiver": E2.bin})
    clerk.clicks(ON)
    clerk.fills({"end_on": END_ON, "start_on": "2027-01-13"})
    clerk.clicks(ON)
    assert clerk.say("pages.transfer.stays-hiring") in clerk.text
    clerk.clicks(ON, status=409)
    assert "TRA-GAP" in clerk.text

    clerk.goes(f"{move.old}/request-transfer/3")
    assert clerk.say("pages.transfer.gap", n=2) in clerk.text
    clerk.fills({"start_on": START_ON})
    clerk.clicks(ON)
    clerk.clicks(ON)
    assert says(clerk, "2026-12-18") in clerk.text
    assert clerk.say("silence.silence-releases") in clerk.text
    clerk.confirms()
    assert town.came(move.old, "transfer.requested")
    clerk.goes(move.old)
    assert clerk.say("pages.transfer.no-gap") in clerk.text


def test_2_the_contract_there_is_begun_from_the_old_one(town, move, clerk):
    clerk.goes(move.old)
    clerk.clicks('main a[href*="/contracts/new?successor_of="]')
    assert "/contracts/new/1" in clerk.page.url
    hidden = clerk.page.locator('input[name="successor_of"]')
    assert hidden.input_value() == id_of(move.old)


def test_3_all_sign_it(town, moves):
    town.not_before("2026-12-15 10:00")
    for move in moves.values():
        move.new = draft_at_e2(town, move.student, START_ON, None, move.old)
        concluded(town, move.new, move.student)


def test_4_it_is_not_completed_before_the_old_enterprise_has_answered(town, move, clerk):
    town.not_before("2026-12-16 10:00")
    clerk.goes(f"{move.old}/complete-transfer")
    clerk.clicks(ON, status=409)
    assert "TRA-CONSENT" in clerk.text
    assert clerk.say("roles.enterprise") in clerk.text
    assert says(clerk, "2026-12-18") in clerk.text


def test_5_the_silent_enterprise_reads_what_its_silence_meant(town, move, walkers):
    town.not_before("2026-12-19 08:00")
    enterprise = walkers("enterprise", E1)
    enterprise.goes(f"{move.old}/history")
    assert enterprise.say("events.transfer.release_deemed") in enterprise.text
    enterprise.goes(f"{move.old}/decline-transfer", status=409)
    assert "TRA-DONE" in enterprise.text


def test_6_both_contracts_are_shown_side_by_side_and_change_together(town, move, clerk):
    town.not_before("2026-12-21 10:00")
    clerk.goes(move.old)
    clerk.clicks(f'main a[href="{move.old}/complete-transfer"]')
    both = clerk.page.get_by_role("region", name=clerk.say("pages.transfer.both"), exact=True).first
    shown = plain(both.inner_text())
    for words in (E1.name, E2.name, says(clerk, END_ON), says(clerk, START_ON)):
        assert words in shown
    assert clerk.say("pages.transfer.no-gap") in clerk.text
    clerk.clicks(ON)
    before = town.events(move.new)
    assert clerk.say("events.transfer.completed") in clerk.text
    assert E2.name in clerk.text
    clerk.confirms()
    assert town.events(move.old)[-2:] == BOTH
    assert town.events(move.new) == [*before, "transfer.carried_over", "contract.activated"]


def test_7_each_contract_leads_to_the_other(town, move, clerk):
    clerk.goes(move.old)
    clerk.clicks(f'main a[href="{move.new}"]')
    assert clerk.say("pages.transfer.carried", days=54, hours=432) in clerk.text
    clerk.clicks(f'main a[href="{move.old}"]')
    assert clerk.say("pages.transfer.after") in clerk.text
