"""A browser's session: a cookie whose secret nobody else has, forms that are ours, an end."""

import hashlib

import psycopg
import pytest

from contracts.log.ids import uuid7
from tests.api.people import COLLEGE, ENTERPRISE, RECORDS, done, new_record, somebody, terms
from tests.api.security.browser import Browser


@pytest.fixture
def browser(place):
    browser = Browser(place.client)
    with browser.http:
        yield browser


def rows(place, query, *values):
    with psycopg.connect(place.url, autocommit=True) as connection:
        found = connection.execute(query, values)
        return found.fetchall() if found.description else []


def test_a_demo_person_signs_in_by_name_and_comes_back(browser):
    answer = browser.sign_in("operator")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("kelisim=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.http.get("/api/v1/organisations").status_code == 200


def test_only_the_digest_of_the_secret_is_stored(place, browser):
    browser.sign_in("operator")
    secret = browser.http.cookies["kelisim"]
    digests = [bytes(digest) for (digest,) in rows(place, "SELECT digest FROM edge.sessions")]
    assert hashlib.sha256(secret.encode()).digest() in digests
    assert secret not in str(rows(place, "SELECT * FROM edge.sessions"))


def test_each_sign_in_has_a_secret_of_its_own(browser):
    browser.sign_in("operator")
    first = browser.http.cookies["kelisim"]
    browser.sign_in("operator")
    assert browser.http.cookies["kelisim"] != first


@pytest.mark.parametrize(
    ("column", "ago"), [("seen_at", "31 minutes"), ("signed_in_at", "12 hours 1 minute")]
)
def test_a_session_that_rested_or_lasted_too_long_is_over(place, browser, column, ago):
    browser.sign_in("operator")
    digest = hashlib.sha256(browser.http.cookies["kelisim"].encode()).digest()
    rows(place, f"UPDATE edge.sessions SET {column} = now() - %s::interval WHERE digest = %s", ago, digest)
    assert browser.http.get("/api/v1/organisations").status_code == 401


def test_signing_out_ends_the_session(browser):
    browser.sign_in("operator")
    kept = browser.http.cookies["kelisim"]
    assert browser.post("/sign-out", csrf=browser.csrf("/help")).status_code == 303
    again = {"Cookie": f"kelisim={kept}"}
    assert browser.http.get("/api/v1/organisations", headers=again).status_code == 401


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_a_form_of_another_page_is_refused(browser, origin):
    csrf = browser.csrf()
    assert browser.post("/sign-in", origin, person="operator", csrf=csrf).status_code == 403
    browser.sign_in("operator")
    assert browser.post("/sign-out", origin, csrf=browser.csrf("/help")).status_code == 403
    assert browser.http.get("/api/v1/organisations").status_code == 200


def test_a_form_without_its_mark_is_refused(browser):
    assert browser.post("/sign-in", person="operator", csrf="").status_code == 403
    browser.sign_in("operator")
    assert browser.post("/sign-out", csrf="0" * 64).status_code == 403


def test_a_command_with_a_cookie_has_to_come_from_our_pages(browser):
    browser.sign_in("operator")
    body = {"bin": "010140000008", "kind": "college", "name": {"kk": "а", "ru": "а"}, "region": "75"}
    for origin, status in (("http://elsewhere.example", 403), (browser.address, 422)):
        answer = browser.http.post("/api/v1/organisations", json=body, headers={"Origin": origin})
        assert answer.status_code == status
    assert browser.http.post("/api/v1/organisations", json=body).status_code == 403


def test_nobody_signs_in_under_a_name_that_is_none(browser):
    answer = browser.sign_in("nobody")
    assert answer.status_code == 401
    assert "kelisim" not in browser.http.cookies


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "x"])
def test_the_way_back_leads_nowhere_else(browser, back):
    assert browser.sign_in("operator", back).headers["Location"] == "/"


def test_tokens_are_for_people_of_this_house_alone(place):
    assert place.client.post("/demo/tokens", params={"name": "nobody"}).status_code == 404
    assert place.client.post("/demo/tokens", params={"name": "person:x"}).status_code == 404


# For whom


def test_who_acts_for_several_has_to_say_for_whom(place):
    both = place.clerk(COLLEGE)
    place.clerk(ENTERPRISE, both.person)
    answer = both.get("/contracts")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/for-whom")
    assert answer.json()["header"] == "Kelisim-On-Behalf-Of"
    assert answer.json()["choices"] == [f"org:{COLLEGE}", f"org:{ENTERPRISE}", f"person:{both.person}"]
    for choice in answer.json()["choices"]:
        assert both.get("/contracts", Kelisim_On_Behalf_Of=choice).status_code == 200


def test_the_choice_of_a_session_stays(place, browser):
    both = place.clerk(COLLEGE)
    place.clerk(ENTERPRISE, both.person)
    rows(
        place,
        "INSERT INTO edge.demo_people (name, person_id) VALUES (%s, %s)",
        f"both-{both.person}",
        both.person,
    )
    browser.sign_in(f"both-{both.person}")
    assert browser.http.get("/api/v1/contracts").status_code == 403
    csrf = browser.csrf("/help")
    assert browser.post("/act-for", on_behalf_of="org:000000000000", csrf=csrf).status_code == 403
    assert browser.post("/act-for", on_behalf_of=f"org:{COLLEGE}", csrf=csrf).status_code == 303
    assert browser.http.get("/api/v1/contracts").status_code == 200


@pytest.mark.parametrize(
    "whom", [f"org:{ENTERPRISE}", "org:130940900302", "org:x", "person:x", "chamber", ":"]
)
def test_nobody_acts_for_another_by_saying_so(place, whom):
    answer = place.college.get("/contracts", Kelisim_On_Behalf_Of=whom)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-for-them")


@pytest.mark.parametrize("whom", [f"org:{ENTERPRISE}", "org:130940900302", "org:x", "person:x"])
def test_nobody_commands_for_another_by_saying_so(place, whom):
    """Whether there is such a contract or not."""
    for id in (place.draft(), uuid7()):
        answer = place.college.post(f"/contracts/{id}/offer", {}, Kelisim_On_Behalf_Of=whom)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-for-them")
        assert answer.json()["header"] == "Kelisim-On-Behalf-Of"


def test_a_mandate_that_is_over_gives_nothing(place):
    clerk = place.clerk(COLLEGE)
    assert clerk.get("/contracts").json()["items"] is not None
    id = place.draft()
    assert clerk.get(f"/contracts/{id}").status_code == 200
    over = {"person": clerk.person, "post": "Clerk", "authority": "order", "until": "2026-01-01"}
    done(place.operator.post(f"/organisations/{COLLEGE}/change-signatory", over))
    assert clerk.get(f"/contracts/{id}").status_code == 404
    answer = clerk.get("/contracts", Kelisim_On_Behalf_Of=f"org:{COLLEGE}")
    assert answer.status_code == 403


def test_a_parent_reads_the_contract_of_the_child(place):
    child = place.enrolled(RECORDS["pupil"])
    parent = place.person(RECORDS["parent"])
    stranger = place.person(new_record())
    named = {"representative": parent.person, "role": "mother", "proof": "birth certificate 1"}
    done(place.college.post(f"/people/{child.person}/name-representative", named))
    id = place.draft(child, terms=terms(place.mentor.person))
    whom = f"person:{child.person}"
    assert parent.get(f"/contracts/{id}").json()["roles"] == ["representative"]
    assert parent.get(f"/contracts/{id}", Kelisim_On_Behalf_Of=whom).status_code == 200
    assert stranger.get(f"/contracts/{id}").status_code == 404
    assert stranger.get(f"/contracts/{id}", Kelisim_On_Behalf_Of=whom).status_code == 403
    assert somebody(place.client, f"person:{child.person}").get(f"/people/{parent.person}").status_code == 404
