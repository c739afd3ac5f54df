"""Questions over HTTP: a contract under both clocks, its history, lists, and who asked."""

import hashlib
import os
import re
from datetime import date, timedelta
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from contracts.log import set_test_clock
from tests.api.people import (
    COLLEGE,
    ENTERPRISE,
    RECORDS,
    SPECIALTY,
    done,
    new_record,
    somebody,
    terms,
)

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def contract(place):
    """A concluded contract of `place.student`, and the answer to its last signature."""
    return place.concluded(place.student)


def clock(place, instant):
    with psycopg.connect(place.url, autocommit=True) as connection:
        set_test_clock(connection, instant)


# Both clocks


def test_the_answer_names_both_moments(place, contract):
    now = done(place.college.get(f"/contracts/{contract}"))
    assert now["known"]
    assert (now["state"], now["in_force"]) == ("signed", False)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", now["in_force_on"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", now["known_at"])


def test_the_version_to_be_matched_is_in_the_etag(place, contract):
    answer = place.college.get(f"/contracts/{contract}")
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'


def test_before_the_first_entry_nothing_was_known(place, contract):
    answer = done(place.college.get(f"/contracts/{contract}?known_at=2026-01-01T00:00:00Z"))
    assert (answer["known"], answer["version"]) == (False, 0)
    assert "state" not in answer


def test_a_contract_is_seen_as_it_was_known_then(place, contract):
    entries = done(place.college.get(f"/contracts/{contract}/history"))["items"]
    drafted = entries[-1]["recorded_at"]
    answer = done(place.college.get(f"/contracts/{contract}?known_at={drafted}"))
    assert (answer["version"], answer["state"]) == (1, "draft")
    assert answer["known_at"] == drafted


@pytest.mark.parametrize(
    "query",
    [
        "in_force_on=2026-13-01",
        "in_force_on=20261101",
        "in_force_on=tomorrow",
        "known_at=2026-11-01",
        "known_at=2026-11-01T00:00:00",
        "known_at=now",
    ],
)
def test_a_moment_that_cannot_be_read_is_400(place, contract, query):
    answer = place.college.get(f"/contracts/{contract}?{query}")
    assert (answer.status_code, answer.json()["errors"]) == (400, [{"field": query.partition("=")[0]}])


def test_every_value_stands_with_the_entry_that_set_it(place, contract):
    answer = done(place.college.get(f"/contracts/{contract}"))
    set_ = {clause["clause"]: clause for clause in answer["clauses"]}
    assert {"C-SUBJECT", "C-TERM", "C-SCHEDULE", "C-MENTOR"} <= set(set_)
    assert set_["C-SCHEDULE"]["by"]["type"] == "contract.drafted"
    assert set_["C-SCHEDULE"]["class"] == "A"


@pytest.mark.parametrize(
    ("on", "place_", "holiday"),
    [("2027-02-02", "college", False), ("2027-02-04", "enterprise", False), ("2027-03-08", None, True)],
)
def test_where_the_student_is_on_a_day(place, contract, on, place_, holiday):
    day = done(place.college.get(f"/contracts/{contract}?in_force_on={on}"))["day"]
    assert (day["on"], day["place"], bool(day["holiday"])) == (on, place_, holiday)


def test_a_change_of_the_schedule_holds_from_its_day_and_the_comparison_names_its_entry(place):
    student = place.new_student()
    id = place.concluded(student)
    starts_on = date.fromisoformat("2027-01-04")
    hours = terms(place.mentor.person)["schedule"]
    turned = {**hours, "weeks": [{"college": ["thu", "fri"], "enterprise": ["mon", "tue", "wed"]}]}
    clock(place, f"{starts_on}T05:00:00Z")
    try:
        done(place.enterprise.post(f"/contracts/{id}/record-briefing", {"on": "2027-01-04"}))
        done(place.college.post(f"/contracts/{id}/activate"))
        body = {"schedule": turned, "from_on": "2027-02-01"}
        proposed = done(place.college.post(f"/contracts/{id}/propose-schedule-change", body))
        proposal = proposed["events"][0]["data"]["proposal"]
        for who in (place.enterprise, student):
            body = {"proposal": proposal, "accept": True}
            done(who.post(f"/contracts/{id}/answer-schedule-change", body))
        places = [
            done(place.college.get(f"/contracts/{id}?in_force_on={on}"))["day"]["place"]
            for on in ("2027-01-29", "2027-02-05")
        ]
        assert places == ["enterprise", "college"]
        answer = done(place.college.get(f"/contracts/{id}/diff?from=2027-01-31&to=2027-02-01"))
    finally:
        clock(place, None)
    [clause] = answer["clauses"]
    assert (clause["clause"], clause["class"]) == ("C-SCHEDULE", "A")
    assert clause["by"]["type"] == "schedule.change_agreed"
    assert clause["by"]["rule"]["source"]["article"]
    assert clause["was_text"] != clause["now_text"]
    same = done(place.college.get(f"/contracts/{id}/diff?from=2027-02-01&to=2027-02-02"))
    assert same["clauses"] == []


@pytest.mark.parametrize(
    "query", ["from=2027-01-01", "from=x&to=2027-01-01", "from=2027-01-01&to=2027-01-01,x"]
)
def test_a_comparison_needs_two_moments(place, contract, query):
    assert place.college.get(f"/contracts/{contract}/diff?{query}").status_code == 400


# In words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_is_told_in_the_language_asked_for(place, contract, language):
    items = done(place.college.get(f"/contracts/{contract}/history", Accept_Language=language))["items"]
    assert [entry["type"] for entry in items][::-1] == [
        "contract.drafted",
        "contract.offered",
        *["contract.signed"] * 3,
        "contract.concluded",
    ]
    assert [entry["version"] for entry in items] == [6, 5, 4, 3, 2, 1]
    for entry in items:
        assert entry["text"]
        assert entry["rule"]["text"]
        assert entry["rule"]["source"]["act"]
        assert (entry["actor"], entry["command"]) != (None, None)
    others = [
        done(place.college.get(f"/contracts/{contract}/history", Accept_Language=other))["items"][0]["text"]
        for other in LANGUAGES
        if other != language
    ]
    assert items[0]["text"] not in others


def test_an_own_reason_is_opened_for_the_parties_and_stands_in_no_entry(place):
    student = place.new_student()
    id = place.draft(student)
    done(place.college.post(f"/contracts/{id}/offer"))
    reason = "Басқа мамандық"
    answer = student.post(f"/contracts/{id}/refuse-to-sign", {"reason": reason})
    assert reason not in answer.text
    assert reason not in place.college.get(f"/contracts/{id}/events").text
    [told, *_] = done(place.college.get(f"/contracts/{id}/history"))["items"]
    assert reason in [fact["value"] for fact in told["facts"]]


def test_what_happened_by_itself_says_how_late_it_was_recorded(place):
    id = place.draft(place.new_student())
    offered = done(place.college.post(f"/contracts/{id}/offer"))
    sign_by = date.fromisoformat(offered["events"][0]["data"]["sign_by"])
    clock(place, f"{sign_by + timedelta(days=3)}T05:00:00Z")
    try:
        for _ in range(100):
            [last, *_] = done(place.college.get(f"/contracts/{id}/history"))["items"]
            if last["type"] == "contract.lapsed":
                break
    finally:
        clock(place, None)
    assert last["automatic"]
    assert last["effective_on"] == str(sign_by + timedelta(days=1))
    assert last["late"] == {"days": 2, "text": "Recorded 2 days late: the service was not running."}


@pytest.mark.parametrize("language", [None, "kk", "ru"])
def test_the_text_is_there_clause_by_clause_in_the_languages_that_bind(place, contract, language):
    query = f"?language={language}" if language else ""
    answer = done(place.student.get(f"/contracts/{contract}/text{query}"))
    assert answer["binding"] == ["kk", "ru"]
    assert len(answer["clauses"]) > 8
    assert {*answer["clauses"][0]["text"]} == ({language} if language else {"kk", "ru", "en"})
    assert "Камила Демо" in str(answer["clauses"])


def test_the_entries_are_answered_as_they_are_stored(place, contract):
    items = done(place.college.get(f"/contracts/{contract}/events"))["items"]
    with psycopg.connect(place.url) as connection:
        stored = connection.execute(
            """SELECT position, event_id::text, data::text, encode(hash, 'hex') FROM log.events
               WHERE stream_id = %s ORDER BY position""",
            [contract],
        ).fetchall()
    assert [(e["position"], e["event_id"], e["hash"]) for e in items] == [(p, i, h) for p, i, _, h in stored]
    assert [e["prev_hash"] for e in items][1:] == [e["hash"] for e in items][:-1]
    raw = place.college.get(f"/contracts/{contract}/events").text
    assert all(data in raw for _, _, data, _ in stored)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_allowed_and_why_not(place, contract, language):
    answer = done(place.student.get(f"/contracts/{contract}/allowed", Accept_Language=language))
    by_name = {each["command"]: each for each in answer["commands"]}
    assert not {"draft", "record-signed", "lapse"} & set(by_name)
    assert [r["code"] for r in by_name["record-briefing"]["refusals"]] == ["GEN-NOT-PARTY"]
    assert not by_name["sign"]["allowed"]
    assert all(each["title"] for each in answer["commands"])
    assert all(each["allowed"] == (not each["refusals"]) for each in answer["commands"])


# Lists


def test_the_register_waits_for_what_was_just_written(place):
    student = place.new_student()
    answer = place.college.post("/contracts", place.drafting(student))
    listed = place.college.get("/contracts?limit=1", Kelisim_Min_Position=answer.headers["Kelisim-Position"])
    assert done(listed)["items"][0]["contract_id"] == answer.json()["id"]
    assert listed.json()["as_of_position"] >= answer.json()["position"]


def test_a_position_that_does_not_come_is_503(place):
    answer = place.college.get("/contracts", Kelisim_Min_Position="999999999")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_the_register_is_read_page_by_page(place):
    for _ in range(3):
        place.draft()
    first = done(place.college.get("/contracts?limit=2&count=true"))
    assert len(first["items"]) == 2
    second = done(place.college.get(f"/contracts?limit=2&after={first['next']}"))
    ids = [row["contract_id"] for row in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert first["total"] >= 4
    assert "total" not in second


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *(("after=nothing", "after"), ("limit=0", "limit"), ("limit=201", "limit")),
        *(
            ("status=lost", "status"),
            ("starts_from=soon", "starts_from"),
            ("changed_since=x", "changed_since"),
        ),
    ],
)
def test_a_filter_that_cannot_be_read_is_400(place, query, field):
    answer = place.college.get(f"/contracts?{query}")
    assert (answer.status_code, [e["field"] for e in answer.json()["errors"]]) == (400, [field])


@pytest.mark.parametrize("q", ["Камила", "kamila", RECORDS["student"]["iin"], "75-2026-"])
def test_a_contract_is_found_by_number_name_and_iin(place, contract, q):
    found = done(place.college.get(f"/contracts?q={q}&limit=200"))["items"]
    assert (contract in {row["contract_id"] for row in found}) == (q != "kamila")


def test_a_party_lists_its_own_contracts_alone(place, contract):
    assert [row["contract_id"] for row in done(place.student.get("/contracts"))["items"]] == [contract]
    stranger = somebody(place.client, f"person:{uuid4()}")
    assert done(stranger.get("/contracts"))["items"] == []


def test_the_work_list_says_who_has_to_do_what_by_when(place, contract):
    mine = done(place.enterprise.get("/worklist?limit=200"))
    [task] = [t for t in mine["items"] if t["contract_id"] == contract]
    assert (task["command"], task["due_on"], task["group"]) == ("record-briefing", "2027-01-04", "later")
    assert mine["counts"]["later"] >= 1


def test_deadlines_stand_with_what_silence_means(place):
    id = place.draft(place.new_student())
    position = place.college.post(f"/contracts/{id}/offer").headers["Kelisim-Position"]
    of_contract = done(place.college.get(f"/contracts/{id}/deadlines"))
    [due] = [d for d in of_contract["deadlines"] if d["name"] == "sign"]
    assert due["silence"] == "offer-lapses"
    listed = done(place.college.get("/deadlines?limit=200", Kelisim_Min_Position=position))
    assert id in {row["contract_id"] for row in listed["items"]}
    one_day = f"/deadlines?from={due['on']}&to={due['on']}"
    assert {row["due_on"] for row in done(place.college.get(one_day))["items"]} == {due["on"]}


# People and organisations


def test_a_person_is_whole_to_those_who_need_it_and_masked_to_the_other_side(place, contract):
    id = place.student.person
    for who in (place.student, place.college):
        record = done(who.get(f"/people/{id}"))["record"]
        assert (record["iin"], record["name"]) == (RECORDS["student"]["iin"], "Камила Демо")
    other = done(place.enterprise.get(f"/people/{id}"))
    assert other["record"]["iin"] == "********0005"
    assert (other["record"]["name"], other["record"]["phone"]) == ("Камила Демо", None)
    assert {"iin", "phone", "email"} <= set(other["masked"])
    stranger = somebody(place.client, f"person:{uuid4()}")
    assert stranger.get(f"/people/{id}").status_code == 404


def test_an_organisation_shows_its_roster_to_its_own_and_its_chamber(place):
    for who in (place.college, place.chamber):
        answer = done(who.get(f"/organisations/{COLLEGE}"))
        assert {"acting", "mentors", "memoranda"} <= set(answer)
    public = done(place.enterprise.get(f"/organisations/{COLLEGE}"))
    assert public["licence"]["specialties"] == [SPECIALTY]
    assert "acting" not in public
    mentors = done(place.enterprise.get(f"/organisations/{ENTERPRISE}"))["mentors"]
    assert place.mentor.person in {mentor["person"] for mentor in mentors}
    assert place.college.get("/organisations/000000000000").status_code == 404


def test_a_memorandum_counts_its_places(place):
    body = {"college": COLLEGE, "enterprise": ENTERPRISE, "places": 3, "qualifications": ["4S07130704"]}
    id = done(place.college.post("/memoranda", body))["id"]
    contract = place.draft(memorandum=id)
    position = place.college.post(f"/contracts/{contract}/offer").headers["Kelisim-Position"]
    answer = done(place.college.get(f"/memoranda/{id}", Kelisim_Min_Position=position))
    assert (answer["places"], answer["used"], answer["reserved"]) == (3, 0, 1)
    stranger = somebody(place.client, f"person:{uuid4()}")
    assert stranger.get(f"/memoranda/{id}").status_code == 404


# Who looked


def test_each_look_is_written_down_before_the_answer(place, contract):
    place.student.get(f"/contracts/{contract}/text")
    looks = done(place.student.get(f"/audit/reads?subject={contract}"))["items"]
    [last, *_] = looks
    assert (last["question"], last["actor"]) == ("text", f"person:{place.student.person}")
    assert last["subject"] == contract


def test_a_list_is_one_look_with_the_ids_that_it_showed(place, contract):
    place.student.get("/contracts")
    looks = done(place.student.get(f"/audit/reads?subject={contract}"))["items"]
    assert looks[0]["question"] == "register"
    assert looks[0]["shown"] == [contract]


def test_a_list_that_showed_others_too_tells_of_this_one_only(place, contract):
    place.college.get("/contracts?limit=200")
    looks = done(place.student.get(f"/audit/reads?subject={contract}"))["items"]
    assert all(set(look["shown"]) <= {contract} for look in looks)


def test_what_cannot_be_written_down_is_not_answered(place, contract):
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE edge.reads RENAME TO away")
        try:
            answer = place.college.get(f"/contracts/{contract}")
        finally:
            connection.execute("ALTER TABLE edge.away RENAME TO reads")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert "Камила" not in answer.text


def test_an_auditor_says_what_for_and_the_parties_see_it(place, contract):
    lawyer = somebody(place.client, "lawyer")
    for question in (
        f"/contracts/{contract}",
        f"/contracts/{uuid4()}",
        "/contracts",
        "/audit/search",
        "/audit/reads",
    ):
        answer = lawyer.get(question)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/purpose-needed"), question
        assert answer.json()["header"] == "Kelisim-Purpose"
    purpose = lawyer.saying(Kelisim_Purpose=quote("Қарашадағы тексеру"))
    assert purpose.get(f"/contracts/{contract}").status_code == 200
    assert purpose.get(f"/contracts/{uuid4()}").status_code == 404
    looks = done(place.student.get(f"/audit/reads?subject={contract}"))["items"]
    assert looks[0]["purpose"] == "Қарашадағы тексеру"


def test_refused_attempts_are_for_the_parties_and_auditors(place, contract):
    done_ = place.student.post(f"/contracts/{contract}/record-briefing", {"on": "2027-01-04"})
    assert done_.status_code == 409
    for who in (place.college, somebody(place.client, "lawyer").saying(Kelisim_Purpose="audit")):
        items = done(who.get(f"/audit/attempts?contract={contract}"))["items"]
        assert items[0]["rules"] == ["contract.not-party"]
        assert items[0]["refusals"][0]["detail"]
        assert items[0]["title"]


def test_history_is_searched_by_event_and_clause(place, contract):
    position = done(place.college.get(f"/contracts/{contract}"))["position"]
    lawyer = somebody(place.client, "lawyer").saying(Kelisim_Purpose="audit")
    query = "/audit/search?type=contract.drafted&clause=C-SCHEDULE&limit=200"
    for who in (lawyer, place.college):
        answer = done(who.get(query, Kelisim_Min_Position=str(position)))
        assert contract in {entry["stream_id"] for entry in answer["items"]}
        assert {entry["type"] for entry in answer["items"]} == {"contract.drafted"}
        assert all(entry["text"] for entry in answer["items"])


# Calendars


def test_a_calendar_program_gets_days_without_names(place):
    student = place.new_student()
    id = place.draft(student)
    position = place.college.post(f"/contracts/{id}/offer").headers["Kelisim-Position"]
    done(student.get("/deadlines", Kelisim_Min_Position=position))
    address = done(student.post("/calendar-keys"))["address"]
    path = "/deadlines.ics" + address.partition("/deadlines.ics")[2]
    answer = place.client.get(path, headers={"Accept-Language": "ru"})
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.text.split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert f"UID:{id}-sign@kelisim" in answer.text.replace("\r\n ", "")
    assert "STATUS:CONFIRMED" in lines
    assert "Демо" not in answer.text
    assert all(len(line.encode()) <= 75 for line in lines)

    position = student.post(f"/contracts/{id}/refuse-to-sign").headers["Kelisim-Position"]
    done(student.get("/deadlines", Kelisim_Min_Position=position))
    again = place.client.get(path)
    assert "STATUS:CANCELLED" in again.text

    key = hashlib.sha256(path.partition("key=")[2].encode()).digest()
    with psycopg.connect(place.url) as connection:
        [(kept,)] = connection.execute("SELECT count(*) FROM edge.calendar_keys WHERE digest = %s", [key])
    assert kept == 1
    assert place.client.delete("/api/v1/calendar-keys", headers=student.headers).status_code == 204
    assert place.client.get(path).status_code == 404
    assert place.client.get("/deadlines.ics").status_code == 404


# Is it well?


def test_the_service_says_that_it_is_well(place):
    assert place.client.get("/health/live").json() == {"status": "live"}
    ready = place.client.get("/health/ready")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "wrong": []})


def test_the_metrics_name_nobody(place, contract):
    done(place.college.get(f"/contracts/{contract}"))
    text = place.client.get("/metrics").text
    assert 'route="/api/v1/contracts/{id}"' in text
    for measure in (
        "kelisim_log_mark",
        "kelisim_log_mark_lag_seconds",
        "kelisim_log_partitions_ahead",
        "kelisim_log_oldest_snapshot_seconds",
        'kelisim_table_bytes{table="events"}',
        'kelisim_table_dead_rows{table="streams"}',
        'kelisim_projection_behind{projection="register"}',
        f'kelisim_pool_requests_waiting{{pid="{os.getpid()}"}}',
    ):
        assert f"\n{measure} " in text
    assert "kelisim_log_replica_lag_bytes" not in text, "there is no replica"
    for personal in (contract, place.student.person, COLLEGE, RECORDS["student"]["iin"]):
        assert personal not in text


def test_a_contract_number_of_a_new_person_is_found_again(place):
    assert done(place.college.get(f"/contracts?q={new_record()['iin']}"))["items"] == []
