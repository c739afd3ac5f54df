"""J9 in a browser: a student complains, a commission decides, a party appeals."""

import hashlib

import pytest

from tests.browser.walker import WAYS
from tests.journeys.cast import C1, E1, M2, R1, crowd
from tests.journeys.house import patiently

PAPER = hashlib.sha256(b"the timetable").hexdigest()
*STUDENTS, ONE, TWO, THREE, CHAIR = crowd(len(WAYS) + 4)
MEMBERS = (ONE, TWO, THREE, CHAIR)
SIDES = ("student", "enterprise", "college", "chamber")


@pytest.fixture(scope="module")
def ready(town):
    """A contract for each way, active, and four people who may sit."""
    students = dict(zip(WAYS, STUDENTS, strict=True))
    for student in students.values():
        town.enrol(student)
    for member in MEMBERS:
        town.register(member)
    town.at("2026-08-24 09:00")
    mentor = {"person": town.id(M2)}
    found = {way: (student, town.conclude(student, mentor=mentor)) for way, student in students.items()}
    town.at("2026-09-01 09:00")
    for _, contract in found.values():
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2027-03-10 10:00")
    return found


def test_a_dispute_from_the_complaint_to_the_appeal(town, ready, walkers, way):
    student, contract = ready[way]
    reader = walkers("student", student)
    reader.goes(contract)
    reader.clicks(f'main a[href="{contract}/complain"]')
    reader.fills(
        {
            "points-clause.C-SCHEDULE": "yes",
            "against": "enterprise",
            "asks": "The days as they were signed.",
            "known_on": "2027-03-01",
        }
    )
    reader.clicks("form .buttons .button:not(.second)")
    assert reader.say("events.dispute.opened") in reader.text
    assert reader.say("events.contract.dispute_opened") in reader.text
    reader.confirms()
    [[id_]] = town.house.rows(
        "SELECT data ->> 'dispute' FROM log.events WHERE stream_id = %s AND type = 'contract.dispute_opened'",
        [contract.rpartition("/")[2]],
    )
    dispute = f"/disputes/{id_}"
    reader.goes(dispute)
    assert reader.say("pages.dispute.free-what") in reader.text
    assert reader.say("phases.complaint") in reader.text

    enterprise = walkers("enterprise", E1)
    enterprise.goes("/worklist")
    enterprise.clicks(f'main a[href="{dispute}"]')
    enterprise.does(f"{dispute}/answer-complaint", {"answer": "They were changed by word."})
    secret = {"paper": "document", "digest": PAPER, "shows": "Pay of another.", "private": "yes"}
    enterprise.does(f"{dispute}/submit-evidence", secret)
    enterprise.goes(dispute)
    assert "Pay of another." in enterprise.text
    reader.goes(dispute)
    assert "Pay of another." not in reader.text
    assert PAPER in reader.text

    reader.does(f"{dispute}/refer-to-commission")
    for side, member in zip(SIDES, MEMBERS, strict=True):
        town[R1].does(f"{dispute}/seat-member", {"side": side, "person": town.id(member)})
    college = walkers("college", C1)
    college.goes("/disputes")
    assert college.page.locator(f'main a[href="{dispute}"]').count() == 1
    chair = walkers("reviewer", CHAIR)
    typed = {"findings-1": "upheld", "reasons-1": "So it was signed."}
    chair.previews(f"{dispute}/decide", typed)
    assert chair.say("events.dispute.decided") in chair.text
    chair.confirms()
    reader.goes(dispute)
    assert "So it was signed." in reader.text
    assert reader.say("findings.upheld") in reader.text

    enterprise.does(f"{dispute}/appeal")
    enterprise.goes(dispute)
    assert enterprise.say("pages.dispute.suspended") in enterprise.text
    enterprise.goes(contract)
    assert enterprise.page.locator(f'main a[href="{dispute}"]').count() >= 1
