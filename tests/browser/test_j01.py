"""J1 in a browser: a contract is formed by three parties."""

import pytest

from api.languages import LANGUAGES
from tests.browser.walker import ON
from tests.journeys.cast import C1, E1, G1, M2, crowd


@pytest.fixture(scope="module")
def drafts(town):
    """A minor's contract for each language, as the enterprise has written it."""
    students = dict(zip(LANGUAGES, crowd(len(LANGUAGES), "2010-04-01"), strict=True))
    mentor = {"person": town.id(M2)}
    town.at("2026-08-12 10:00")
    found = {}
    for language, student in students.items():
        town.enrol(student)
        town.represent(student, G1)
        found[language] = town.draft(student, mentor=mentor), student
    return found


def test_a_contract_is_formed(town, drafts, walkers, language):
    contract, student = drafts[language]
    personnel, clerk = walkers("enterprise", E1), walkers("college", C1)
    pupil, mother = walkers("student", student), walkers("parent", G1)

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
    if language == "en":
        clerk.goes(f"{contract}/sign")
        clerk.presses(ON)
        clerk.tabs_to("#promise")
        clerk.page.keyboard.press("Space")
        clerk.presses(ON)
    else:
        clerk.does(f"{contract}/sign")
    assert town.events(contract)[-2:] == ["contract.signed", "contract.concluded"]
    pupil.goes(contract)
    assert pupil.say("states.signed") in pupil.text
