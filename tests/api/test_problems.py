"""What is answered instead: every status of the interface, with its page, and nothing of what was sent."""

import json
from uuid import uuid4

import pytest
import rfc8785

from api.languages import LANGUAGES, WORDS
from api.pages.errors import PROBLEMS, STATUSES
from tests.api.people import COLLEGE, ENTERPRISE, OTHER, RECORDS, somebody, terms

MEMBERS = ["type", "title", "status", "detail", "instance", "request_id"]


def post(place, path, content, **headers):
    headers = {**place.college.headers, "Content-Type": "application/json", **headers}
    return place.client.post(f"/api/v1{path}", content=content, headers=headers)


def is_problem(answer, status, name):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert list(body)[: len(MEMBERS)] == MEMBERS
    assert (body["type"], body["status"]) == (f"/problems/{name}", status)
    assert body["request_id"] == answer.headers["Kelisim-Request-Id"]
    return body


@pytest.mark.parametrize(
    "content", [b"{", b"[1,", b"nothing", b'{"a": 1e', b'{"name": "\\ud800"}', b"\xff\xfe"]
)
def test_what_is_no_json_is_400(place, content):
    is_problem(post(place, "/contracts", content), 400, "unreadable")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_another_media_type_is_415(place, kind):
    answer = post(place, "/contracts", b"{}", **{"Content-Type": kind})
    is_problem(answer, 415, "wrong-media-type")


@pytest.mark.parametrize("content", [b"[]", b'"text"', b"null", b"5"])
def test_json_that_is_no_object_is_422(place, content):
    body = is_problem(post(place, "/contracts", content), 422, "invalid")
    assert body["errors"] == [{"field": "", "message": "This must be an object with fields."}]


def test_each_wrong_field_is_named_by_its_pointer_and_not_said_back(place):
    sent = {
        "student": "Камила",
        "college": COLLEGE,
        "route": "by_air",
        "terms": {
            "term": {"starts_on": "2026-09-31", "ends_on": 20270630},
            "practice_share": {"total_hours": "2592", "enterprise_hours": 1556.5},
            "colour": "red",
        },
        "070901690005": 1,
    }
    body = is_problem(place.college.post("/contracts", sent), 422, "invalid")
    assert {error["field"] for error in body["errors"]} == {
        "/student",
        "/enterprise",
        "/route",
        "/terms/term/starts_on",
        "/terms/term/ends_on",
        "/terms/practice_share/total_hours",
        "/terms/practice_share/enterprise_hours",
        "/terms/colour",
        "/?",
    }
    text = json.dumps(body["errors"], ensure_ascii=False)
    for value in ("Камила", "by_air", "2026-09-31", "20270630", "1556.5", "red", "070901690005"):
        assert value not in text


@pytest.mark.parametrize(
    ("iin", "fault"),
    [
        ("100315690009", "last digit"),
        ("10031569000", "12 digits"),
        ("1003156900O8", "something else"),
        ("101315690008", "date"),
        ("100315790008", "century"),
    ],
)
def test_a_wrong_iin_is_422_at_its_place(place, iin, fault):
    record = {**RECORDS["pupil"], "iin": iin}
    for path, body, field in (
        (
            f"/organisations/{COLLEGE}/enrol-student",
            {"student": record, "specialty": "07130700"},
            "/student/iin",
        ),
        ("/people", {"record": record}, "/record/iin"),
    ):
        [error] = is_problem(place.college.post(path, body), 422, "invalid")["errors"]
        assert error["field"] == field
        assert fault in error["message"]
        assert iin not in json.dumps(error)


def test_a_wrong_bin_is_422_at_its_place(place):
    name = {"kk": "а", "ru": "а"}
    body = {"bin": "120440900006", "kind": "college", "name": name, "region": "75", "chamber": "1"}
    found = is_problem(place.operator.post("/organisations", body), 422, "invalid")["errors"]
    assert {error["field"] for error in found} == {"/bin", "/chamber"}


def test_a_number_of_a_person_stands_nowhere_but_in_a_record(place):
    body = {"person": str(uuid4()), "post": "Director 100315690008", "authority": "charter"}
    answer = place.operator.post(f"/organisations/{ENTERPRISE}/change-signatory", body)
    [error] = is_problem(answer, 422, "invalid")["errors"]
    assert error == {"field": "/post", "message": "A personal number (IIN) must not stand here."}


def test_a_body_over_1_mib_is_413(place):
    is_problem(post(place, "/contracts", b'{"a": "' + b"x" * (1 << 20) + b'"}'), 413, "too-large")


def test_a_body_of_unsaid_length_over_1_mib_is_413(place):
    is_problem(post(place, "/contracts", iter([b"x" * 1000] * 1100)), 413, "too-large")


@pytest.mark.parametrize(("deep", "status"), [(32, 422), (33, 413)])
def test_a_body_is_at_most_32_deep(place, deep, status):
    assert post(place, "/contracts", b"[" * deep + b"]" * deep).status_code == status


@pytest.mark.parametrize(("keys", "status"), [(2000, 422), (2001, 413)])
def test_a_body_has_at_most_2000_keys(place, keys, status):
    content = json.dumps({f"k{n}": 0 for n in range(keys)}).encode()
    assert post(place, "/contracts", content).status_code == status


def test_signs_inside_texts_are_not_counted(place):
    content = json.dumps({"reason": '[{:"' * 3000}).encode()
    assert post(place, "/contracts", content).status_code == 422


def test_whoever_is_not_signed_in_is_401(place):
    answer = place.client.get("/api/v1/contracts")
    is_problem(answer, 401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    wrong = place.client.get("/api/v1/contracts", headers={"Authorization": "Bearer x.y.z"})
    is_problem(wrong, 401, "not-signed-in")


@pytest.fixture(scope="module")
def strangers(place):
    """Who has nothing to do with the contract, each in another way."""
    return [
        place.organisation(OTHER, "enterprise"),
        place.new_student(),
        somebody(place.client, f"person:{uuid4()}"),
        somebody(place.client, "operator"),
        somebody(place.client, "privacy"),
    ]


@pytest.mark.parametrize("question", ["", "/history", "/events", "/text", "/allowed", "/deadlines"])
def test_what_may_not_be_known_of_is_answered_as_what_is_not_there(place, strangers, question):
    id = place.draft(place.new_student())
    for who in strangers:
        answers = [who.get(f"/contracts/{each}{question}") for each in (id, uuid4(), "no-id-at-all")]
        bodies = [is_problem(answer, 404, "not-found") for answer in answers]
        for body in bodies:
            del body["request_id"], body["instance"]
        assert bodies[0] == bodies[1] == bodies[2]
        assert len({len(answer.content) for answer in answers}) == 1


def test_a_command_on_what_may_not_be_known_of_is_404_too(place, strangers):
    id = place.draft(place.new_student())
    for who in strangers:
        for each in (id, uuid4()):
            is_problem(who.post(f"/contracts/{each}/withdraw-offer"), 404, "not-found")


def test_what_may_not_be_known_of_takes_as_long_as_what_is_not_there(place, strangers):
    id, who = place.concluded(place.new_student()), strangers[0]

    def median(address):
        times = sorted(who.get(address).elapsed.total_seconds() for _ in range(21))
        return times[10]

    known, unknown = median(f"/contracts/{id}"), median(f"/contracts/{uuid4()}")
    assert abs(known - unknown) < 0.005


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_every_rule_with_source_and_cure_in_the_language_asked_for(place, language):
    agreed = terms(place.mentor.person)
    both = {"college": ["mon", "tue"], "enterprise": ["tue", "wed", "thu", "fri"]}
    agreed["practice_share"]["enterprise_hours"] = 1555
    agreed["schedule"]["weeks"] = [both]
    id = place.draft(terms=agreed)
    answer = place.college.post(f"/contracts/{id}/offer", Accept_Language=language)
    body = is_problem(answer, 409, "refused")
    assert answer.headers["Content-Language"] == language
    assert body["title"] == WORDS[language]["problems.refused.title"]
    assert len(body["refusals"]) > 1
    for refusal in body["refusals"]:
        assert list(refusal) == ["rule", "code", "detail", "source", "facts", "cures"]
        assert set(refusal["source"]) == {"act", "article", "link", "in_force_from", "confirmed"}
        assert all({"who", "what", "command"} <= set(cure) for cure in refusal["cures"])
        assert refusal["cures"]
    details = {r["rule"]: r["detail"] for r in body["refusals"]}
    assert {"formation.practice-share", "schedule.clash"} <= set(details)
    other = place.college.post(f"/contracts/{id}/offer", Accept_Language="kk" if language != "kk" else "ru")
    assert details != {r["rule"]: r["detail"] for r in other.json()["refusals"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_problem_has_a_page_in_three_languages(place, language):
    assert {*STATUSES.values()} <= {*PROBLEMS}
    for name in PROBLEMS:
        page = place.client.get(f"/problems/{name}", headers={"Accept-Language": language})
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_browser_gets_a_page_where_a_program_gets_a_problem(place):
    page = place.client.get("/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert place.client.get("/nowhere").headers["Content-Type"] == "application/problem+json"


def test_every_answer_has_the_headers_that_keep_browsers_careful(place):
    for address in ("/api/v1/contracts", "/health/live", "/nowhere", "/openapi.json", "/docs", "/help"):
        headers = place.client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
        assert headers["Cache-Control"] == "no-store"
        assert "server" not in headers


def test_facts_of_a_refusal_are_plain_values(place):
    id = place.draft(terms={"subject": {"specialty": "07130700", "qualification": "4S07130704"}})
    refusals = place.college.post(f"/contracts/{id}/offer").json()["refusals"]
    assert rfc8785.dumps(refusals)
