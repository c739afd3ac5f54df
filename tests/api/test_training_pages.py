"""Pages of the training record, of mentors and departments, and of organisations that end."""

import re

import pytest

from api.languages import LANGUAGES
from tests.api.forms import active, day, visitor
from tests.api.people import CHAMBER, COLLEGE, ENTERPRISE, QUALIFICATION, done, new_record

RAW = re.compile(r"\b(pages|fields|commands|words|events|refusals|trained-at)\.[a-z]")
MONDAY = "2026-12-14"


def in_words(who, path):
    """In every language."""
    for language in LANGUAGES:
        who.language = language
        shown = who.goes(path)
        assert shown.status == 200, shown.text
        assert not RAW.search(shown.text)
        assert "None" not in shown.text
    who.language = "en"
    return who.goes(path)


@pytest.fixture(scope="module")
def contract(place):
    return f"/contracts/{active(place)}"


def test_a_week_is_confirmed_by_a_form(here, personnel, contract):
    form = personnel.goes(f"{contract}/confirm-attendance").form("/confirm-attendance")
    wrong = personnel.sends(form, {"week": "2026-12-21", "minutes": "a lot"})
    assert (wrong.status, "hours and minutes. Example: 22 or 22:30" in wrong.text) == (422, True)
    preview = personnel.sends(form, {"week": "2026-12-21", "minutes": "22:30"})
    assert "22 h 30 min" in preview.text
    assert "A week of attendance was confirmed" in personnel.confirms(preview).text
    shown = in_words(personnel, f"{contract}/training")
    assert "22 h 30 min" in shown.text
    offered = personnel.goes(f"{contract}/confirm-attendance").text
    assert "14 December 2026 – 20 December 2026" in offered
    assert "21 December 2026 – 27 December 2026" not in offered, "it is confirmed"


def test_days_that_were_missed_are_ticked_and_excused(here, personnel, clerk, contract):
    missed = {"week": MONDAY, "absences-2026-12-17": "yes"}
    personnel.does(f"{contract}/confirm-attendance", missed)
    clerk.does(f"{contract}/excuse-absence", {"days-2026-12-17": "yes", "proof": "note 12"})
    text = clerk.goes(f"{contract}/training").text
    assert "Thu 17" in text
    assert "excused" in text


def test_what_is_contested_is_marked(here, clerk, contract):
    clerk.does(f"{contract}/contest-attendance", {"week": MONDAY, "reason": "on Friday too"})
    assert "contested" in clerk.goes(f"{contract}/training").text


def test_a_mentor_is_chosen_from_those_of_the_enterprise(here, personnel, contract):
    other = new_record()
    wish = {"mentor": other, "capacity": 2, "cleared_on": "2026-01-10", "from_on": "2026-01-10"}
    made = done(here.enterprise.post(f"/organisations/{ENTERPRISE}/register-mentor", wish))
    person = next(e["data"]["person"] for e in made["events"] if e["type"] == "person.registered")
    here.caught_up()
    shown = personnel.goes(f"{contract}/replace-mentor")
    assert other["name"] in shown.text
    replaced = personnel.does(f"{contract}/replace-mentor", {"new": person} | day("from_on", "2027-02-01"))
    assert "The mentor was replaced" in replaced.text
    assert other["name"] in personnel.goes(f"{contract}/history").text
    then = personnel.goes(f"{contract}?in_force_on-day=1&in_force_on-month=2&in_force_on-year=2027")
    assert other["name"] in then.text


def test_another_department_is_proposed_and_answered(here, personnel, contract):
    place = {"workplace-address": "Almaty, 1 Demo street", "workplace-department": "Relay protection"}
    typed = place | {"reason": "repairs"} | day("from_on", "2027-02-01")
    assert "Another department was proposed" in personnel.does(f"{contract}/change-department", typed).text
    shown = personnel.goes(f"{contract}/answer-department-change")
    assert "Relay protection" in shown.text
    assert "Where the student is now" in shown.text


def test_quotas_of_a_memorandum_are_asked_and_shown(here, clerk):
    typed = {
        "enterprise": ENTERPRISE,
        "places": "3",
        f"qualifications-{QUALIFICATION}": "yes",
        f"quotas-{QUALIFICATION}": "2",
    }
    [page] = clerk.does("/memoranda/new", typed).links("/memoranda/0")
    assert "Places for each qualification" in in_words(clerk, page).text
    stored = done(here.college.get(page))
    assert stored["quotas"] == [{"qualification": QUALIFICATION, "places": 2}]


def test_when_a_mentor_has_left_his_contracts_are_gone_through(here, personnel):
    contract = active(here)
    wish = {"mentor": here.mentor.person, "from_on": "2026-12-28", "gone": True}
    done(here.enterprise.post(f"/organisations/{ENTERPRISE}/retire-mentor", wish))
    here.caught_up()
    path = f"/organisations/{ENTERPRISE}/carry-out?mentor={here.mentor.person}"
    assert path in personnel.goes(f"/organisations/{ENTERPRISE}").answer.text
    before = in_words(personnel, path)
    assert "Each contract then asks for another mentor" in before.text
    report = personnel.sends(before.form("/carry-out"))
    assert "Not possible: 0" in report.text
    assert "The mentor has left; another is to be named" in report.text
    assert report.links(f"/contracts/{contract}")
    here.caught_up()
    assert path not in personnel.goes(f"/organisations/{ENTERPRISE}").answer.text


def test_who_has_no_part_in_it_goes_through_nothing(here, clerk):
    assert clerk.goes(f"/organisations/{ENTERPRISE}/carry-out").status == 404
    nothing = visitor(here, here.chamber, f"org:{CHAMBER}").goes(f"/organisations/{CHAMBER}/carry-out")
    assert "there is nothing to go through" in nothing.text


def test_of_an_organisation_that_closes_each_contract_gives_notice(here, clerk):
    contract = active(here)
    act = {"from_on": "2027-03-01", "act_no": "LQ-3"}
    done(here.college.post(f"/organisations/{COLLEGE}/close-organisation", act))
    shown = in_words(clerk, f"/organisations/{COLLEGE}/carry-out")
    report = clerk.sends(shown.form("/carry-out"))
    assert report.links(f"/contracts/{contract}")
    assert done(here.college.get(f"/contracts/{contract}"))["state"] == "ending"
    assert "Over since" in clerk.goes(f"/organisations/{COLLEGE}").text
