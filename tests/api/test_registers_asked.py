"""Forms of the registers: students, mentors, organisations, memoranda, people."""

import re

import psycopg
import pytest

from api.commands import PLACES
from api.languages import LANGUAGES, say
from api.pages.acting.registers import PLANS
from tests.api.forms import active, day, visitor
from tests.api.people import CHAMBER, COLLEGE, ENTERPRISE, QUALIFICATION, RECORDS, SPECIALTY, new_record

OF_ENTERPRISE = {"register-mentor", "retire-mentor", "make-preliminary"}
OF_CHAMBER = {"register-organisation"}
OWN = {"organisation", "person", "memorandum", "preliminary"}


def person(record):
    """As it is typed."""
    return {"iin": record["iin"], "name": record["name"]} | day("born_on", record["born_on"])


def within(name, typed):
    return {f"{name}-{field}": text for field, text in typed.items()}


@pytest.mark.parametrize(
    "command", sorted(name for name, plan in PLANS.items() if plan.command.stream in OWN)
)
def test_every_register_has_a_page_in_words(here, clerk, personnel, command):
    who, bin_ = (personnel, ENTERPRISE) if command in OF_ENTERPRISE else (clerk, COLLEGE)
    if command in OF_CHAMBER:
        who = visitor(here, here.chamber, f"org:{CHAMBER}")
    plan = PLANS[command]
    new = {kind: f"/{place}/new" for kind, place in PLACES.items()}
    there = {
        "organisation": f"/organisations/{bin_}/{command}",
        "person": f"/people/{here.student.person}/{command}",
        "memorandum": f"/memoranda/{memorandum(here)}/{command}",
    }
    path = (new if plan.command.begins else there)[plan.command.stream]
    for who.language in LANGUAGES:
        shown = who.goes(path)
        assert shown.status in (200, 409), shown.text
        assert not re.search(r"\b(pages|fields|commands|words|form|cures)\.[a-z]", shown.text)
        assert "None" not in shown.text
        assert say(who.language, f"commands.{command}") in shown.text


def stored(place, stream):
    """What happened there, in a word each."""
    with psycopg.connect(place.url) as connection:
        found = connection.execute(
            "SELECT type FROM log.events WHERE stream_id = %s ORDER BY stream_version", [stream]
        )
        return [type_.rpartition(".")[2] for [type_] in found]


def memorandum(place):
    body = {
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "places": 3,
        "qualifications": [QUALIFICATION],
    }
    return place.college.post("/memoranda", body).json()["id"]


def test_a_student_is_enrolled_and_the_number_is_not_said_back(here, clerk):
    record = new_record()
    form = clerk.goes(f"/organisations/{COLLEGE}/enrol-student").form("/enrol-student")
    missing = clerk.sends(form, within("student", person(record)))
    assert (missing.status, "Specialty: This is needed." in missing.text) == (422, True)
    assert record["iin"] not in missing.answer.text
    preview = clerk.sends(missing.form("/enrol-student"), {"specialty": SPECIALTY})
    assert preview.status == 200
    assert f"********{record['iin'][-4:]}" in preview.text
    assert record["iin"] not in preview.answer.text
    first, second = clerk.confirms(preview), clerk.confirms(preview)
    assert (first.status, first.path) == (200, second.path)
    assert "The student was enrolled" in first.text
    [page] = first.links("/people/")
    assert stored(here, page.rpartition("/")[2]) == ["registered", "student_enrolled"]


def test_a_wrong_number_is_refused_at_its_field(clerk):
    record = new_record() | {"iin": "070901690006"}
    typed = within("student", person(record)) | {"specialty": SPECIALTY}
    shown = clerk.fills(f"/organisations/{COLLEGE}/enrol-student", typed)
    assert (shown.status, "The IIN is wrong" in shown.text) == (422, True)
    assert shown.links("#student-iin")
    assert record["iin"] not in shown.answer.text


def test_a_memorandum_is_signed_and_ends(here, clerk):
    typed = {"enterprise": ENTERPRISE, "places": "3", f"qualifications-{QUALIFICATION}": "yes"}
    done = clerk.does("/memoranda/new", typed)
    [page] = done.links("/memoranda/0")
    assert clerk.goes(page).status == 200
    clerk.does(f"{page}/end-memorandum", day("end_on", "2027-06-30"))
    assert "30 June 2027" in clerk.goes(page).text


def test_a_representative_is_found_by_number_and_named(here, clerk):
    child, _ = here.enrolled(RECORDS["pupil"]), here.person(RECORDS["parent"])
    path = f"/people/{child.person}/name-representative"
    found = clerk.fills(
        path,
        {"representative_number": RECORDS["parent"]["iin"], "role": "mother", "proof": "birth certificate"}
        | day("representative_born_on", RECORDS["parent"]["born_on"]),
    )
    assert RECORDS["parent"]["name"] in found.text
    assert "/done?" in clerk.confirms(found).path
    assert "representative_named" in stored(here, child.person)
    told = clerk.fills(f"/contracts/{active(here, child)}/propose-mutual-end", day("end_on", "2027-01-14"))
    assert f"Legal representative {RECORDS['parent']['name']}" in told.text


def test_only_who_recorded_it_sees_that_it_is_done(here, clerk, personnel):
    typed = {"enterprise": ENTERPRISE, "places": "1", f"qualifications-{QUALIFICATION}": "yes"}
    done = clerk.does("/memoranda/new", typed)
    assert personnel.goes(done.path).status == 404
    assert visitor(here, here.new_student()).goes("/memoranda/new").status == 403


def test_a_student_leaves_the_list(here, clerk):
    student = here.new_student()
    here.caught_up()
    typed = {"student": student.person} | day("from_on", "2026-12-28")
    done = clerk.does(f"/organisations/{COLLEGE}/remove-student", typed)
    assert "The student was removed from the list" in done.text


def test_a_page_leads_to_what_can_be_done_there(here, clerk, personnel):
    own = clerk.goes(f"/organisations/{COLLEGE}")
    assert own.links("/enrol-student") == [f"/organisations/{COLLEGE}/enrol-student"]
    assert own.links("/register-mentor") == []
    assert own.links("/memoranda/new")
    assert personnel.goes(f"/organisations/{ENTERPRISE}").links("/register-mentor")
    assert personnel.goes(f"/organisations/{COLLEGE}").links("/enrol-student") == []
    student = clerk.goes(f"/people/{here.student.person}")
    assert student.links("/name-representative")
    assert visitor(here, here.student).goes(f"/people/{here.student.person}").links("/change-contacts")


def test_what_is_of_another_kind_has_no_such_form(here, clerk):
    contract = here.draft()
    for path in (
        f"/people/{contract}/name-representative",
        f"/memoranda/{here.student.person}/end-memorandum",
        "/people/nobody/change-contacts",
        "/contracts/nothing/withdraw",
    ):
        assert clerk.goes(path).status == 404
