"""A dispute through the API and its pages: who sees what of it, then and now."""

import hashlib
import re
from datetime import datetime

import psycopg
import pytest

from api.languages import LANGUAGES, say
from api.pages.acting.registers import PLANS
from contracts.log import set_test_clock
from tests.api.forms import ALMATY, active, day, visitor
from tests.api.people import CHAMBER, COLLEGE, ENTERPRISE, done, new_record, somebody

DIGEST = hashlib.sha256(b"the timetable").hexdigest()
OF_DISPUTES = sorted(
    name for name, plan in PLANS.items() if plan.command.stream == "dispute" and not plan.command.begins
)


@pytest.fixture(scope="module")
def quarrel(place):
    """A contract of a new student, and a dispute about its schedule against the enterprise."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        set_test_clock(connection, datetime(2026, 12, 28, 11, 0, tzinfo=ALMATY))
    student = place.new_student()
    contract = active(place, student)
    return student, contract, opened(student, contract)


def opened(student, contract):
    body = {
        "contract": contract,
        "against": "enterprise",
        "points": [{"matter": "clause", "clause": "C-SCHEDULE"}],
        "asks": "The days as they were signed.",
        "known_on": "2026-12-20",
    }
    return done(student.post("/disputes", body))["id"]


def test_only_a_party_complains_and_learns_of_it(here, quarrel):
    _, contract, dispute = quarrel
    stranger = here.new_student()
    body = {
        "contract": contract,
        "against": "enterprise",
        "points": [],
        "asks": "x",
        "known_on": "2026-12-20",
    }
    assert stranger.post("/disputes", body).status_code == 404
    assert stranger.get(f"/disputes/{dispute}").status_code == 404
    assert stranger.post(f"/disputes/{dispute}/answer-complaint", {}).status_code == 404
    other = here.organisation("130940900302", "enterprise", chamber=CHAMBER)
    assert other.get(f"/disputes/{dispute}").status_code == 404
    assert stranger.get("/disputes").json()["items"] == []


def test_what_a_side_sees(here, quarrel):
    student, contract, dispute = quarrel
    seen = done(student.get(f"/disputes/{dispute}"))
    assert (seen["phase"], seen["opened_by"], seen["against"]) == ("complaint", "student", "enterprise")
    assert seen["asks"] == "The days as they were signed."
    assert seen["frozen"] == [{"matter": "clause", "clause": "C-SCHEDULE"}]
    assert seen["never_frozen"] == ["pay", "safety", "attendance", "study"]
    assert seen["contract_then"]["id"] == contract
    assert [each["id"] for each in seen["contract_then"]["disputes"]] == [dispute]
    here.caught_up()
    [row] = done(here.enterprise.get(f"/disputes?contract={contract}&open=true"))["items"]
    assert (row["dispute_id"], row["phase"], row["until_on"]) == (dispute, "complaint", seen["answer_by"])


def test_a_disputed_schedule_is_not_changed(here, quarrel):
    _, contract, _ = quarrel
    days = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": 60}
    week = {"college": ["thu", "fri"], "enterprise": ["mon", "tue", "wed"]}
    schedule = {"starts_with": "study", "weeks": [week], "college_hours": days, "enterprise_hours": days}
    answer = here.college.post(
        f"/contracts/{contract}/propose-schedule-change", {"schedule": schedule, "from_on": "2027-02-15"}
    )
    assert answer.status_code == 409
    [refusal] = answer.json()["refusals"]
    assert refusal["code"] == "GEN-FROZEN"
    assert refusal["facts"]["points"] == [{"matter": "clause", "clause": "C-SCHEDULE"}]
    assert "Clause of the contract: Schedule" in refusal["detail"]


def test_shares_of_more_than_the_whole_are_no_shares(here, quarrel):
    student, _, dispute = quarrel
    shares = [{"debtor": "student", "percent": 60}, {"debtor": "college", "percent": 41}]
    answer = student.post(f"/disputes/{dispute}/propose-settlement", {"terms": "so", "shares": shares})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["/shares"]
    over = [{"debtor": "student", "percent": 101}]
    answer = student.post(f"/disputes/{dispute}/propose-settlement", {"terms": "so", "shares": over})
    assert "/shares/0/percent" in [each["field"] for each in answer.json()["errors"]]


def test_of_a_confidential_paper_others_see_the_digest_alone(here, quarrel):
    student, _, dispute = quarrel
    secret = {"paper": "document", "digest": DIGEST, "shows": "pay of another", "private": True}
    done(here.enterprise.post(f"/disputes/{dispute}/submit-evidence", secret))
    [other] = done(student.get(f"/disputes/{dispute}"))["evidence"]
    assert (other["digest"], other["private"], other["shows"]) == (DIGEST, True, None)
    assert other["readers"] == ["enterprise", "reviewer"]
    [own] = done(here.enterprise.get(f"/disputes/{dispute}"))["evidence"]
    assert own["shows"] == "pay of another"
    page = visitor(here, student).goes(f"/disputes/{dispute}")
    assert "pay of another" not in page.text
    assert "Confidential. May be read by: Enterprise, Dispute reviewer." in page.text
    assert (
        "pay of another"
        in visitor(here, here.enterprise, f"org:{ENTERPRISE}").goes(f"/disputes/{dispute}").text
    )
    assert (
        "pay of another"
        not in visitor(here, here.college, f"org:{COLLEGE}").goes(f"/disputes/{dispute}").text
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_in_words(here, quarrel, language):
    student, contract, dispute = quarrel
    reader = visitor(here, student, language=language)
    paths = [
        "/disputes",
        f"/disputes/{dispute}",
        f"/contracts/{contract}/complain",
        *(f"/disputes/{dispute}/{name}" for name in OF_DISPUTES),
    ]
    for path in paths:
        shown = reader.goes(path)
        assert shown.status in (200, 409), (path, shown.text)
        assert not re.search(r"\b(pages|fields|commands|words|form|cures|phases)\.[a-z]", shown.text)
        assert "None" not in shown.text, (path, shown.text)
    assert say(language, "pages.dispute.free-what") in reader.goes(f"/disputes/{dispute}").text


def test_a_student_complains_by_the_form(here):
    student = here.new_student()
    contract = active(here, student)
    reader = visitor(here, student)
    typed = {"against": "college", "points-clause.C-SCHEDULE": "yes", "asks": "other days"}
    opened = reader.does(f"/contracts/{contract}/complain", typed | day("known_on", "2026-12-20"))
    assert "A dispute was opened with a complaint" in opened.text
    [page] = {link for link in opened.links("/disputes/") if "new" not in link}
    shown = reader.goes(page)
    assert "Clause of the contract: Schedule" in shown.text
    assert "other days" in shown.text


# The whole way


def test_a_commission_decides_by_the_form(here):
    student = here.new_student()
    contract = active(here, student)
    dispute = opened(student, contract)
    done(here.enterprise.post(f"/disputes/{dispute}/answer-complaint", {"answer": "no"}))
    done(student.post(f"/disputes/{dispute}/refer-to-commission"))
    members = {}
    for side in ("student", "enterprise", "college", "chamber"):
        person = done(here.operator.post("/people", {"record": new_record()}))["id"]
        members[side] = somebody(here.client, f"person:{person}")
        done(here.chamber.post(f"/disputes/{dispute}/seat-member", {"side": side, "person": person}))
    chair = members["chamber"]
    secret = {"paper": "document", "digest": DIGEST, "shows": "pay of another", "private": True}
    done(here.enterprise.post(f"/disputes/{dispute}/submit-evidence", secret))
    seen = done(chair.get(f"/disputes/{dispute}"))
    assert seen["roles"] == ["reviewer"]
    assert seen["evidence"][0]["shows"] == "pay of another"
    assert seen["contract_then"]["terms"]["schedule"]
    here.caught_up()
    assert [row["dispute_id"] for row in done(chair.get("/disputes"))["items"]] == [dispute]

    done(members["college"].post(f"/disputes/{dispute}/recuse", {"bias": "own_money"}))
    gone = done(members["college"].get(f"/disputes/{dispute}"))
    assert gone["evidence"][0]["shows"] is None, "who has stepped back reads nothing confidential"
    decide = {"findings": ["upheld"], "reasons": ["so it was signed"]}
    refused = members["college"].post(f"/disputes/{dispute}/decide", decide)
    assert [each["code"] for each in refused.json()["refusals"]] == ["DIS-CONFLICT", "DIS-QUORUM"]
    another = done(here.operator.post("/people", {"record": new_record()}))["id"]
    done(here.chamber.post(f"/disputes/{dispute}/seat-member", {"side": "college", "person": another}))

    typed = {"findings-1": "upheld", "reasons-1": "so it was signed"}
    decided = visitor(here, chair).does(f"/disputes/{dispute}/decide", typed)
    assert "The commission decided the dispute" in decided.text
    seen = done(student.get(f"/disputes/{dispute}"))
    assert (seen["phase"], seen["points"][0]["finding"]) == ("decided", "upheld")
    assert seen["points"][0]["reasons"] == "so it was signed"
    then = done(student.get(f"/disputes/{dispute}?known_at=2020-01-01T00:00:00Z"))
    assert then["known"] is False
    page = visitor(here, student).goes(f"/disputes/{dispute}")
    assert "so it was signed" in page.text
