"""J6: a college processes a withdrawal. The tests are the steps, in the order of the days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, C2, CLERK, E1, G1, M1, R1, S1, S3, S5
from tests.journeys.house import patiently
from tests.journeys.start import Town, schedule

OTHER_DAYS = schedule("thu fri", "mon tue wed")
LAST_DAY = "2027-01-28"
REQUEST = {"ground": "own-wish", "received_on": "2026-12-28", "initiator": "student"}
WITHDRAW = {**REQUEST, "end_on": LAST_DAY}


@pytest.fixture(scope="module")
def j6(opened):
    """K1, K4 and K5 active; on K4 and K5 the college's proposals of Christmas Eve are open."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    with_three_contracts(town)
    return town


def with_three_contracts(town):
    town.house.watched = False
    for student in (S1, S3, S5):
        town.enrol(student)
    town.represent(S1, G1)
    town.at("2026-08-24 09:00")
    town.k1, town.k4, town.k5 = town.conclude(S1, G1), town.conclude(S3), town.conclude(S5)
    town.at("2026-09-01 09:00")
    for contract in (town.k1, town.k4, town.k5):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2026-12-24 09:00")
    wish = {"schedule": OTHER_DAYS, "from_on": "2027-01-11"}
    for contract in (town.k4, town.k5):
        town[C1].does(f"{contract}/propose-schedule-change", wish)
    town.house.watched = True


def test_1_a_notice_that_is_too_short(j6):
    j6.at("2026-12-28 11:00")
    refused = j6[C1].refused(f"{j6.k5}/withdraw", {**REQUEST, "end_on": "2027-01-14"})
    assert refused.codes == ["WIT-NOTICE"]
    assert refused.facts("WIT-NOTICE") == {
        "received_on": "2026-12-28",
        "end_on": "2027-01-14",
        "earliest": LAST_DAY,
        "days_early": 14,
    }
    assert refused.cures("WIT-NOTICE") == {("college", "withdraw"), ("college", "propose-mutual-end")}


def test_days_outside(j6):
    before = j6[C1].refused(f"{j6.k5}/withdraw", {**REQUEST, "end_on": "2026-12-27"})
    assert before.codes == ["WIT-NOTICE"]
    after = j6[C1].refused(f"{j6.k5}/withdraw", {**REQUEST, "end_on": "2027-07-01"})
    assert after.codes == ["GEN-STATE"]
    assert after.facts("GEN-STATE")["last_day"] == "2027-06-30"


def test_a_clerk_of_another_college_finds_nothing(j6):
    assert j6[C2].post(f"{j6.k5}/withdraw", WITHDRAW).status_code == 404
    assert j6[C2].get(j6.k5).status_code == 404


def test_2_the_preview_writes_nothing(j6):
    j6.at("2026-12-28 11:10")
    j6.n = len(j6.events(j6.k5))
    j6.shown = j6[C1].preview(f"{j6.k5}/withdraw", WITHDRAW)
    assert j6.shown.answer.headers["ETag"] == f'"{j6.n}"'
    assert j6.shown.answer.headers["Kelisim-Preview"] == j6.shown.digest


def test_3_what_the_preview_says(j6):
    shown = j6.shown
    assert shown.types == ["withdrawal.noticed", "schedule.change_closed"]
    assert shown.data("withdrawal.noticed")["end_on"] == LAST_DAY
    assert shown.data("schedule.change_closed")["reason"] == "withdrawal"
    days = {"end": LAST_DAY, "last-pay": "2027-02-10", "certificate": "2027-02-04"}
    assert {name: deadline["on"] for name, deadline in shown.started.items()} == days
    assert {name: d["on"] for name, d in shown.stopped.items()} == {"answer-schedule-change": "2026-12-31"}
    assert shown.told == {"student", "enterprise", "mentor", "chamber"}
    who = {name: task["who"] for name, task in shown.opened.items()}
    assert who == {
        "last-pay": ["enterprise"],
        "certificate": ["college"],
        "return-property": ["college", "enterprise"],
    }
    assert shown.closed.keys() == {"answer-schedule-change"}
    assert shown.consequences["cannot_be_undone"] == {
        "from_on": "2027-01-29",
        "command": "revoke-notice",
        "who": "student",
    }
    assert shown.consequences["ends"] == ["hiring"]


def test_3_what_it_costs(j6):
    january, training = j6.shown.consequences["money"]
    assert (january["name"], january["amount"], january["to"], january["by"]) == (
        *("last-month", 8636364),
        *("student", "enterprise"),
    )
    steps = {step["name"]: step["value"] for step in january["steps"]}
    assert steps["monthly"] == 9500000
    assert (steps["practice-days-done"], steps["practice-days-planned"]) == (10, 11)
    assert 8636363 * 11 < 9500000 * 10 < 8636364 * 11
    assert (training["name"], training["amount"], training["to"]) == ("training-costs", 0, "enterprise")
    steps = {step["name"]: (step["value"], step["unit"]) for step in training["steps"]}
    assert (steps["cap"], steps["limitation"]) == ((10000000, "tiyn"), (3, "years"))


def test_4_what_was_shown_is_done(j6):
    j6.at("2026-12-28 11:25")
    j6.key = uuid4().hex
    how = {"key": j6.key, "seen": j6.n, "shown": j6.shown.digest}
    done = j6.done = j6[C1].does(f"{j6.k5}/withdraw", WITHDRAW, **how)
    assert done.status == 200
    assert done.bytes_of_consequences == j6.shown.bytes_of_consequences
    assert done.digest == j6.shown.digest
    assert j6[C1].sees(j6.k5)["state"] == "ending"


def test_5_confirmed_again(j6):
    again = j6[C1].post(f"{j6.k5}/withdraw", WITHDRAW, key=j6.key, seen=j6.n, shown=j6.shown.digest)
    assert again.text == j6.done.answer.text
    told = {f"org:{E1.bin}", f"org:{R1.bin}", f"person:{j6.id(S5)}", f"person:{j6.id(M1)}"}
    assert j6.told(j6.k5, "withdrawal.noticed") == told
    same = j6[C1].does(f"{j6.k5}/withdraw", WITHDRAW)
    assert (same.events, same.version) == ([], j6.done.version)
    other = j6[C1].refused(f"{j6.k5}/withdraw", {**REQUEST, "end_on": "2027-01-29"})
    assert other.codes == ["GEN-STATE"]
    late = j6[CLERK].post(f"{j6.k5}/withdraw", WITHDRAW, seen=j6.n)
    assert (late.status_code, late.json()["type"]) == (412, "/problems/conflict")
    assert late.json()["version"] == j6.done.version


def test_6_the_enterprise_looks(j6):
    j6.at("2026-12-28 11:26")
    due = {name: task["due_on"] for name, task in j6[E1].tasks(j6.k5).items()}
    assert due == {"last-pay": "2027-02-10", "return-property": None}
    shown = j6[E1].sees(f"{j6.k5}/deadlines")["deadlines"]
    assert {d["name"]: d["on"] for d in shown} == {
        "end": LAST_DAY,
        "last-pay": "2027-02-10",
        "certificate": "2027-02-04",
    }


def test_6_the_letter_in_both_languages(j6):
    made = {}
    for language in ("kk", "ru"):
        answer = j6[E1].page(f"{j6.k5}/letter.pdf", **{"in": language})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Language"] == language
        assert answer.content.startswith(b"%PDF-")
        made[language] = answer.content
        assert j6[E1].page(f"{j6.k5}/letter.pdf", **{"in": language}).content == answer.content
    assert made["kk"] != made["ru"]
    assert j6[C2].page(f"{j6.k5}/letter.pdf").status_code == 404


def test_on_another_day_the_preview_holds_no_more(j6):
    j6.at("2026-12-29 09:00")
    wish = {**REQUEST, "received_on": "2026-12-29", "end_on": "2027-01-29"}
    shown = j6[C1].preview(f"{j6.k4}/withdraw", wish)
    j6.at("2026-12-30 09:00")
    before = j6.events(j6.k4)
    refused = j6[C1].refused(f"{j6.k4}/withdraw", wish, shown=shown.digest, seen=shown.version)
    assert refused.codes == ["GEN-DAY-MOVED"]
    assert refused.facts("GEN-DAY-MOVED") == {"today": "2026-12-30"}
    assert j6.events(j6.k4) == before


def test_an_end_on_a_saturday_moves_to_monday(j6):
    wish = {**REQUEST, "received_on": "2026-12-30"}
    refused = j6[C1].refused(f"{j6.k4}/withdraw", {**wish, "end_on": "2027-01-30"})
    assert refused.facts("WIT-NOTICE")["earliest"] == "2027-02-01"


def test_two_clerks_at_once(j6):
    j6.before = j6[S3].sees(j6.k4)
    wish = {**REQUEST, "received_on": "2026-12-30", "end_on": "2027-02-01"}
    path, seen = f"{j6.k4}/withdraw", j6[C1].preview(f"{j6.k4}/withdraw", wish).version
    with ThreadPoolExecutor(2) as clerks:
        answers = [*clerks.map(lambda who: j6[who].post(path, wish, seen=seen), (C1, CLERK))]
    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["type"] == "/problems/conflict"
    assert second.json()["version"] == first.json()["version"] == len(j6.events(j6.k4))


def test_revoked(j6):
    j6.at("2027-01-05 09:00")
    done = j6[S3].does(f"{j6.k4}/revoke-notice")
    assert done.types == ["withdrawal.revoked"]
    after = j6[S3].sees(j6.k4)
    assert (after["state"], after["in_force"]) == ("active", True)
    differing = {n for n in j6.before.keys() | after.keys() if j6.before.get(n) != after.get(n)}
    assert differing == {"version", "position", "known_at", "in_force_on", "day", "proposals"}
    [proposal] = after["proposals"]
    assert proposal["outcome"] == "closed"
    stored = j6[S3].sees(f"{j6.k4}/events")["items"]
    [closed] = [event["data"] for event in stored if event["type"] == "schedule.change_closed"]
    assert (closed["proposal"], closed["reason"]) == (proposal["id"], "withdrawal")
    assert "withdrawal.noticed" in [event["type"] for event in stored]
    assert not j6[S3].tasks(j6.k4)


def test_of_a_minor_the_representative_is_asked(j6):
    wish = {"ground": "own-wish", "received_on": "2027-01-05", "end_on": "2027-02-05"}
    refused = j6[S1].refused(f"{j6.k1}/withdraw", wish)
    assert refused.codes == ["WIT-MINOR"]
    assert refused.cures("WIT-MINOR") == {("representative", "consent-to-withdrawal")}
    consent = {"ground": "own-wish", "end_on": "2027-02-05"}
    j6[G1].does(f"{j6.k1}/consent-to-withdrawal", consent)
    assert j6[S1].preview(f"{j6.k1}/withdraw", wish).types[0] == "withdrawal.noticed"


def test_expelled_without_an_order_or_unheard(j6):
    answer = j6[C1].post(f"{j6.k1}/expel", {"ground": "absence"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["/order_no"]
    refused = j6[C1].refused(f"{j6.k1}/expel", {"ground": "absence", "order_no": "12-k"})
    assert refused.codes == ["WIT-HEARD"]
    assert refused.facts("WIT-HEARD") == {"working_days": 2, "earliest": "2027-01-09"}


def test_7_ended_once(j6):
    j6.at("2027-01-28 23:59")
    assert "contract.ended" not in j6.events(j6.k5)
    j6.at("2027-01-29 00:00")
    assert j6.came(j6.k5, "contract.ended")
    assert j6.effective(j6.k5) == date(2027, 1, 29)
    ended = j6[S5].sees(f"{j6.k5}/events")["items"][-1]
    assert (ended["data"]["end_on"], ended["data"]["known_on"]) == (LAST_DAY, "2026-12-28")
    assert ended["recorded_at"].startswith("2027-01-28T19:00:0")
    assert j6[S5].sees(j6.k5)["state"] == "ended"
    assert j6[S5].sees(j6.k5, in_force_on=LAST_DAY)["state"] == "ending"
    j6.at("2027-02-02 09:00")
    assert j6.events(j6.k5).count("contract.ended") == 1
    assert j6[S3].sees(j6.k4)["state"] == "active"


# What must never happen, under either law


@pytest.fixture(scope="module")
def kz(opened):
    """The same under the law of the land: whatever day it gives is taken."""
    town = Town(opened("kz", "2026-08-07 08:00"))
    with_three_contracts(town)
    town.at("2026-12-28 11:00")
    town.n = len(town.events(town.k5))
    refused = town[C1].refused(f"{town.k5}/withdraw", {**REQUEST, "end_on": "2026-12-29"})
    wish = {**REQUEST, "end_on": refused.facts("WIT-NOTICE")["earliest"]}
    town.shown = town[C1].preview(f"{town.k5}/withdraw", wish)
    how = {"seen": town.n, "shown": town.shown.digest}
    town.done = town[C1].does(f"{town.k5}/withdraw", wish, **how)
    assert "WIT-MINOR" in town[C1].refused(f"{town.k1}/withdraw", wish).codes
    return town


@pytest.fixture(params=["j6", "kz"])
def town(request):
    return request.getfixturevalue(request.param)


def test_nothing_is_done_that_was_not_shown(town):
    assert town.done.bytes_of_consequences == town.shown.bytes_of_consequences
    assert [event["type"] for event in town.shown.consequences["events"]] == town.done.types
    assert all(each["steps"] for each in town.done.consequences["money"])


def test_what_must_never_happen_has_not(town):
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.two_proposals_open(town.house) == []
    assert never.personal_words(town.house) == []
