"""J1 in a browser: a contract is formed by three parties."""

import pytest

from tests.browser.walker import ON, WAYS
from tests.journeys.cast import C1, E1, G1, M2, crowd
from tests.journeys.start import QUALIFICATION, SPECIALTY

SEARCH = "form .buttons [name=stay]"


HOURS = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": "60"}


@pytest.fixture(scope="module")
def students(town):
    """A minor for each way, whom the college has admitted."""
    found = dict(zip(WAYS, crowd(len(WAYS), "2010-04-01"), strict=True))
    for student in found.values():
        town.enrol(student)
        town.represent(student, G1)
    town.at("2026-08-12 10:00")
    return found


def clause(name, **typed):
    return {f"terms-{name}-{part}": text for part, text in typed.items()}


def week():
    """Two days at the college and three at the enterprise, eight hours each."""
    days = dict.fromkeys(("mon", "tue"), "college") | dict.fromkeys(("wed", "thu", "fri"), "enterprise")
    found = clause("schedule-weeks-1", **days) | clause("schedule", starts_with="study")
    for place in ("college", "enterprise"):
        found |= clause(f"schedule-{place}_hours", **HOURS)
    return found


def drafts(personnel, town, student):
    """By the page, step by step. Where the contract is found."""
    personnel.goes("/contracts")
    personnel.clicks('main a[href="/contracts/new"]')
    personnel.fills({"student_number": student.iin, "student_born_on": student.born_on})
    personnel.clicks(SEARCH)
    assert student.iin not in personnel.page.content()
    assert personnel.page.locator(f'[name="student"][value="{town.id(student)}"]').is_checked()
    personnel.clicks(ON)
    personnel.fills({"partner_find": C1.bin})
    personnel.clicks(SEARCH)
    personnel.fills({"partner": C1.bin})
    personnel.clicks(ON)
    place = clause("workplace", address="Almaty, Demo street 1", department="Substation service")
    subject = clause("subject", specialty=SPECIALTY, qualification=QUALIFICATION)
    term = clause("term", starts_on="2026-09-01", ends_on="2027-06-30")
    hours = clause("practice_share", total_hours="2592", enterprise_hours="1556")
    pay = clause("compensation", kind="compensation", monthly="95000")
    costs = {"items-external_course": "yes", "debtors-student": "yes", "cap": "100000"}
    for answers in (
        {"memorandum": town.memorandum, **place, **clause("mentor", person=town.id(M2))},
        {**subject, "terms-form": "full_time", "terms-funding": "state_order"},
        {**term, **hours},
        week(),
        {**clause("standing", status="trainee"), **pay},
        clause("hiring", kind="conditional", least_grade="good", needs_vacancy="yes")
        | clause("reimbursement", **costs)
        | clause("transfer", silence_releases="yes"),
    ):
        personnel.fills(answers)
        personnel.clicks(ON)
    personnel.confirms()
    return personnel.page.url.removeprefix(personnel.address).partition("/draft/")[0]


def test_a_contract_is_formed(town, students, walkers, way):
    student = students[way]
    personnel, clerk = walkers("enterprise", E1), walkers("college", C1)
    pupil, mother = walkers("student", student), walkers("parent", G1)

    contract = drafts(personnel, town, student)
    assert town.events(contract) == ["contract.drafted"]
    personnel.goes(contract)
    personnel.clicks(f'main a[href="{contract}/offer"]')
    personnel.clicks(ON)
    personnel.confirms()
    personnel.does(f"{contract}/sign")
    pupil.goes(contract)
    pupil.clicks(f'main a[href="{contract}/sign"]')
    pupil.clicks(ON)
    pupil.confirms()
    assert town.events(contract)[-2:] == ["contract.signed"] * 2

    clerk.previews(f"{contract}/sign", status=409)
    assert "FOR-ORDER" in clerk.text
    assert "FOR-MINOR-CONSENT" in clerk.text
    assert clerk.say("cures.consent") in clerk.text
    first = len(town.events(contract))

    personnel.previews(f"{contract}/revise", {"terms-compensation-monthly": "95500"})
    whose = ", ".join(personnel.say(f"roles.{role}") for role in ("enterprise", "student"))
    assert personnel.say("events.contract.signatures_voided") in personnel.text
    assert whose in personnel.text
    assert len(town.events(contract)) == first
    personnel.confirms()
    assert town.events(contract)[-2:] == ["contract.revised", "contract.signatures_voided"]
    personnel.does(f"{contract}/offer")
    personnel.does(f"{contract}/sign")
    pupil.does(f"{contract}/sign")
    mother.goes(contract)
    mother.clicks(f'main a[href="{contract}/consent"]')
    mother.clicks(ON)
    mother.confirms()
    clerk.does(f"{contract}/sign")
    assert town.events(contract)[-2:] == ["contract.signed", "contract.concluded"]
    pupil.goes(contract)
    assert pupil.say("states.signed") in pupil.text
