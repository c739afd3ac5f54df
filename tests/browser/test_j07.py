"""J7 in a browser: the wrong man withdrawn, and our record corrected by two."""

from datetime import date

import pytest

from api.formats import day
from tests.browser.walker import ON, WAYS, plain
from tests.journeys.cast import C1, CLERK, M2, S4, S6, crowd
from tests.journeys.house import patiently

LAST_DAY = date(2027, 3, 1)
REQUEST = {"initiator": "student", "ground": "own-wish"}
DAYS = {"received_on": "2027-01-29", "end_on": "2027-03-01"}
WRONG = {"field": "whole", "proof": "6f" * 32, "reason": "S4", "found_by": "student"}


@pytest.fixture(scope="module")
def ready(town):
    """A contract of the wrong one for each way; somebody of nearly the same name is at the same college."""
    students = dict(zip(WAYS, [S4, *crowd(len(WAYS) - 1)], strict=True))
    for student in (*students.values(), S6):
        town.enrol(student)
    town.at("2026-08-24 09:00")
    mentor = {"person": town.id(M2)}
    found = {way: town.conclude(student, mentor=mentor) for way, student in students.items()}
    town.at("2026-09-01 09:00")
    for contract in found.values():
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2027-02-01 10:00")
    return found


def test_the_wrong_man_s_record_is_corrected_by_two(town, ready, walkers, way):
    contract, language = ready[way], walkers.language

    def says(on):
        return plain(day(language, on))

    clerk = walkers("college", C1)
    clerk.goes(f"{contract}/withdraw?all=1")
    clerk.fills(REQUEST | DAYS)
    clerk.clicks(ON)
    assert clerk.say("pages.ask.nearly-the-same") in clerk.text
    assert clerk.say("pages.ask.whom") in clerk.text
    clerk.confirms()
    assert town.came(contract, "withdrawal.noticed")

    clerk.goes(f"{contract}/history")
    assert clerk.say("events.withdrawal.noticed") in clerk.text
    correct = clerk.page.locator('main a[href*="/correct?entry="]').first
    clerk.clicks(correct)
    assert clerk.say("pages.ask.correct.what-happened") in clerk.text
    assert clerk.say("events.withdrawal.noticed") in clerk.text
    assert says(LAST_DAY) in clerk.text
    clerk.fills(WRONG)
    clerk.clicks(ON)
    clerk.confirms()
    assert town.came(contract, "correction.proposed")
    clerk.goes(f"{contract}/approve-correction")
    clerk.clicks(ON, status=409)
    assert "COR-FOUR-EYES" in clerk.text

    second = walkers("college", CLERK)
    second.goes(contract)
    second.clicks(f'main a[href="{contract}/approve-correction"]')
    assert second.say("pages.history.should-not-stand") in second.text
    second.clicks(ON)
    assert says(LAST_DAY) in second.text, "the deadline that stops"
    told = second.page.locator("table").filter(has_text=second.say("pages.preview.channel"))
    for role in ("student", "enterprise", "mentor", "chamber"):
        assert second.say(f"roles.{role}") in plain(told.inner_text())
    second.confirms()
    assert town.came(contract, "correction.made")

    second.goes(contract)
    assert second.say("states.active") in plain(second.page.locator("h1").inner_text())
    second.goes(f"{contract}/history")
    shown = second.text
    assert second.say("pages.history.record-wrong") in shown
    assert second.say("pages.history.corrected-by", day=day(language, date(2027, 2, 1))) in shown
    assert second.say("events.withdrawal.noticed") in shown, "what was wrong is never hidden"
    assert second.page.locator(".timeline > .wrong").count() == 1
