"""J8 in a browser: an enterprise claims what it spent on training, the student answers, and it is paid."""

from datetime import date

import pytest

from api.formats import day, money
from tests.browser.walker import WAYS, plain
from tests.journeys.cast import C1, E1, M2, crowd
from tests.journeys.house import patiently

ITEM = {"items-0-kind": "external_course", "items-0-amount": "190000", "items-0-document": "Invoice 114"}
ASKED = {"about": "costs", "debtors-student": "60", "debtors-college": "40", **ITEM}


@pytest.fixture(scope="module")
def ready(town):
    """A contract for each way that its student has left on 2027-01-28, by own wish."""
    students = dict(zip(WAYS, crowd(len(WAYS)), strict=True))
    for student in students.values():
        town.enrol(student)
    town.at("2026-08-24 09:00")
    mentor = {"person": town.id(M2)}
    found = {way: town.conclude(student, mentor=mentor) for way, student in students.items()}
    town.at("2026-09-01 09:00")
    for contract in found.values():
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2026-12-28 11:00")
    wish = {"ground": "own-wish", "received_on": "2026-12-28", "end_on": "2027-01-28"}
    for way, contract in found.items():
        town[students[way]].does(f"{contract}/withdraw", wish)
    town.at("2027-01-29 00:00")
    for contract in found.values():
        patiently(lambda contract=contract: "contract.ended" in town.events(contract))
    town.at("2027-03-01 10:00")
    town.leavers = students
    return found


def test_an_enterprise_claims_and_a_student_answers(town, ready, walkers, way):
    contract, language, student = ready[way], walkers.language, town.leavers[way]

    enterprise = walkers("enterprise", E1)
    enterprise.previews(f"/claims/new?contract={contract.rpartition('/')[2]}", ASKED)
    shown = enterprise.text
    for amount in (19000000, 11400000, 10000000, 6000000, 4000000):
        assert plain(money(language, amount)) in shown
    assert plain(day(language, date(2027, 3, 11))) in shown
    enterprise.confirms()
    claim = enterprise.page.locator('main a[href^="/claims/"]:not([href*="/new"])').first.get_attribute(
        "href"
    )
    enterprise.goes(claim)
    assert plain(money(language, 10000000)) in enterprise.text
    assert enterprise.say("pages.claims.equal") in enterprise.text
    assert enterprise.say("pages.claims.no-answer") in enterprise.text

    debtor = walkers("student", student)
    debtor.goes("/worklist")
    debtor.clicks(f'main a[href="{claim}/answer-claim"]')
    debtor.does(f"{claim}/answer-claim", {"accept": "yes"})
    debtor.goes(claim)
    assert debtor.say("claim-answers.acknowledged") in debtor.text

    paid = {"amount": "60000", "on": "2027-03-01", "debtor": "student"}
    enterprise.does(f"{claim}/post-payment", paid)
    enterprise.goes(claim)
    assert plain(money(language, 4000000)) in enterprise.text
    assert town.events(claim)[-1] == "claim.payment_posted"

    college = walkers("college", C1)
    college.goes("/claims")
    college.clicks(f'main a[href="{claim}"]')
    assert college.say("pages.claims.equal") in college.text
