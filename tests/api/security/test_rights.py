"""Who may ask what: every role and every question, through the real route, against cells written by hand."""

from uuid import uuid4

import pytest

from api.security.rights import RIGHTS
from tests.api.people import COLLEGE, ENTERPRISE, OTHER, RECORDS, SPECIALTY, done, new_record, somebody, terms

QUESTIONS = ("contract", "allowed", "deadlines", "training", "text")
QUESTIONS += ("history", "diff", "events", "attempts", "reads")

CELLS = {
    # role            contract allowed deadlines training text history diff events attempts reads
    "student":        (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "representative": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "college":        (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "enterprise":     (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "mentor":         (200, 200, 200, 200, 403, 403, 403, 403, 403, 403),
    "chamber":        (200, 200, 200, 200, 200, 200, 200, 403, 403, 403),
    "lawyer":         (403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "lawyer+":        (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "reviewer":       (403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "reviewer+":      (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "ministry":       (403, 403, 403, 403, 403, 403, 403, 404, 404, 404),
    "ministry+":      (200, 200, 200, 200, 200, 200, 200, 404, 404, 404),
    "operator":       (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "operator+":      (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "privacy":        (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "another college": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "another chamber": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "another student": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "another mentor": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "nobody":         (401, 401, 401, 401, 401, 401, 401, 401, 401, 401),
}  # fmt: skip
"""+: with a stated purpose."""


@pytest.fixture(scope="module")
def contract(place, people):
    return people["contract"]


@pytest.fixture(scope="module")
def people(place):
    child = place.enrolled(RECORDS["pupil"])
    parent = place.person(RECORDS["parent"])
    named = {"representative": parent.person, "role": "mother", "proof": "birth certificate 1"}
    done(place.college.post(f"/people/{child.person}/name-representative", named))
    other_mentor = new_record()
    body = {"mentor": other_mentor, "capacity": 1}
    done(place.enterprise.post(f"/organisations/{ENTERPRISE}/register-mentor", body))
    found = {
        "contract": place.draft(child, terms=terms(place.mentor.person)),
        "student": child,
        "representative": parent,
        "college": place.college,
        "enterprise": place.enterprise,
        "mentor": place.mentor,
        "chamber": place.chamber,
        "another college": place.organisation(OTHER, "college", licence=[SPECIALTY]),
        "another chamber": place.organisation("150140002009", "chamber"),
        "another student": place.new_student(),
        "another mentor": somebody(place.client, f"person:{uuid4()}"),
    }
    for duty in ("lawyer", "reviewer", "ministry", "operator", "privacy"):
        found[duty] = somebody(place.client, duty)
        found[f"{duty}+"] = found[duty].saying(Kelisim_Purpose="a check")
    return found


def address(question, contract):
    return {
        "contract": f"/contracts/{contract}",
        "diff": f"/contracts/{contract}/diff?from=2026-11-01&to=2027-01-01",
        "attempts": f"/audit/attempts?contract={contract}",
        "reads": f"/audit/reads?subject={contract}",
    }.get(question, f"/contracts/{contract}/{question}")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("role", CELLS)
def test_every_cell(place, people, contract, role, question):
    expected = CELLS[role][QUESTIONS.index(question)]
    if role == "nobody":
        answer = place.client.get(f"/api/v1{address(question, contract)}")
    else:
        answer = people[role].get(address(question, contract))
    assert answer.status_code == expected, answer.text


def test_every_question_about_a_contract_has_its_column():
    of_others = {
        "claims",
        "person",
        "organisation",
        "memorandum",
        "register",
        "worklist",
        "search",
        "claim",
        "outcomes",
        "dispute",
        "disputes",
    }
    assert set(RIGHTS) == {*QUESTIONS, *of_others}


LISTS = ("/contracts", "/worklist", "/deadlines", "/audit/search", "/audit/attempts")
OF_ALL = {
    "student": (200, 200, 200, 200, 200),
    "college": (200, 200, 200, 200, 200),
    "chamber": (200, 200, 200, 200, 200),
    "lawyer": (403, 200, 403, 403, 403),
    "lawyer+": (200, 200, 200, 200, 200),
    "ministry": (403, 200, 403, 200, 200),
    "ministry+": (200, 200, 200, 200, 200),
    "operator": (403, 403, 403, 403, 403),
    "privacy": (403, 403, 403, 403, 403),
}


@pytest.mark.parametrize("role", OF_ALL)
@pytest.mark.parametrize("list_", LISTS)
def test_every_cell_of_the_lists(people, role, list_):
    assert people[role].get(list_).status_code == OF_ALL[role][LISTS.index(list_)]


def test_what_a_list_shows_is_what_may_be_seen(people, contract):
    sees = {
        role
        for role in CELLS
        if role != "nobody"
        and (answer := people[role].get("/contracts?limit=200")).status_code == 200
        and contract in {row["contract_id"] for row in answer.json()["items"]}
    }
    may = {role for role, cells in CELLS.items() if cells[0] == 200}
    assert sees == may


def test_a_mentor_sees_where_the_student_is_and_no_money(people, contract):
    answer = done(people["mentor"].get(f"/contracts/{contract}"))
    assert set(answer["terms"]) == {"subject", "term", "form", "schedule", "workplace", "mentor"}
    assert "C-COMPENSATION" not in {clause["clause"] for clause in answer["clauses"]}
    assert not {"signatures", "consents", "end"} & set(answer)


def test_whoever_runs_the_service_sees_no_person(place, people):
    for role in ("operator+", "privacy"):
        assert people[role].get(f"/people/{people['student'].person}").status_code in (403, 404)
        assert "acting" not in people[role].get(f"/organisations/{COLLEGE}").text


def test_a_command_of_another_role_is_refused_by_rule(people, contract):
    answer = people["mentor"].post(f"/contracts/{contract}/offer")
    assert [refusal["code"] for refusal in answer.json()["refusals"]] == ["GEN-NOT-PARTY"]
    for role in ("another college", "another student", "operator", "privacy"):
        assert people[role].post(f"/contracts/{contract}/offer").status_code == 404
