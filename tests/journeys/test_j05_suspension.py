"""J5: leave by illness and the return. The tests are the steps, in the order of the days."""

from datetime import date

import pytest

from api.formats import day
from tests.journeys import never
from tests.journeys.cast import C1, E1, M1, R1, S3, S5
from tests.journeys.house import patiently
from tests.journeys.start import Town, schedule

OTHER_DAYS = schedule("thu fri", "mon tue wed")
FROM_ON, TO_ON, BACK_ON = "2027-02-01", "2027-08-01", "2027-08-02"
DIAGNOSIS = "pneumonia on both sides"
ORDER, CONCLUSION = "a1" * 32, "b2" * 32
LEAVE = {
    "ground": "illness",
    "from_on": FROM_ON,
    "to_on": TO_ON,
    "order_no": ORDER,
    "proof": CONCLUSION,
    "reason": DIAGNOSIS,
}


@pytest.fixture(scope="module")
def j5(opened):
    """K4 and K5 active; on K4 the enterprise's proposal of 25 January is open."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    with_two_contracts(town)
    return town


def with_two_contracts(town):
    town.house.watched = False
    for student in (S3, S5):
        town.enrol(student)
    town.at("2026-08-24 09:00")
    town.k4, town.k5 = town.conclude(S3), town.conclude(S5)
    town.at("2026-09-01 09:00")
    for contract in (town.k4, town.k5):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2027-01-25 09:00")
    wish = {"schedule": OTHER_DAYS, "from_on": "2027-03-01"}
    done = town[E1].does(f"{town.k4}/propose-schedule-change", wish)
    town.proposal = done.data("schedule.change_proposed")
    town.house.watched = True


def facts(caller, contract):
    """Everything that the history says in words."""
    entries = caller.history(contract).values()
    return {fact["value"] for entry in entries for fact in entry["facts"]}


def test_what_is_refused(j5):
    j5.at("2027-01-29 09:00")
    path, before = f"{j5.k4}/suspend", j5.events(j5.k4)
    assert j5.proposal["answer_by"] == "2027-02-01"
    two_months = j5[C1].refused(path, {**LEAVE, "to_on": "2027-03-31"})
    assert two_months.codes == ["SUS-LENGTH"]
    assert two_months.facts("SUS-LENGTH") == {
        "from_on": FROM_ON,
        "to_on": "2027-03-31",
        "earliest": "2027-07-31",
        "latest": "2028-01-31",
        "left": 365,
    }
    nothing = {name: value for name, value in LEAVE.items() if name != "proof"}
    unproven = j5[C1].refused(path, nothing)
    assert unproven.codes == ["SUS-PROOF"]
    assert unproven.facts("SUS-PROOF") == {"ground": "illness", "papers": ["proof"]}
    assert j5[S3].refused(path, LEAVE).codes == ["SUS-GROUND"]
    assert j5.events(j5.k4) == before


def test_what_the_preview_says(j5):
    j5.shown = j5[C1].preview(f"{j5.k4}/suspend", LEAVE)
    whole, *months = j5.shown.consequences["money"]
    steps = {step["name"]: step["value"] for step in whole["steps"]}
    assert steps == {"suspended-days": 182, "practice-days-fallen-out": 62}
    assert [(each["month"], each["amount"]) for each in months] == [(f"2027-{n:02}", 0) for n in range(2, 8)]
    assert all(each["rule"] == "suspension.pay" for each in (whole, *months))
    assert j5.shown.consequences["ends"] == ["answers-rest", "instalments-rest", "pay-rest"]
    assert {"limitation-runs", "retention-runs"} <= set(j5.shown.consequences["stays"])
    assert j5.shown.stopped["answer-schedule-change"]["on"] == "2027-02-01"
    frozen = j5.shown.started["answer-schedule-change"]
    assert (frozen["on"], frozen["left"]) == (BACK_ON, 1)
    assert j5.shown.started["place-kept"]["on"] == "2027-08-06"
    assert j5.shown.told == {"student", "enterprise", "mentor", "chamber"}


def test_it_is_suspended_as_it_was_shown(j5):
    done = j5[C1].does(f"{j5.k4}/suspend", LEAVE, shown=j5.shown.digest)
    assert done.bytes_of_consequences == j5.shown.bytes_of_consequences
    assert done.types == ["suspension.started"]
    assert j5.effective(j5.k4) == date(2027, 2, 1)
    j5[C1].does(f"{j5.k5}/suspend", LEAVE)
    again = j5[C1].does(f"{j5.k4}/suspend", LEAVE)
    assert again.types == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2027-01-31", "active"), (FROM_ON, "suspended"), (TO_ON, "suspended"), (BACK_ON, "suspended")],
)
def test_the_state_on_a_day(j5, on, expected):
    seen = j5[S3].sees(j5.k4, in_force_on=on)
    assert (seen["state"], seen["in_force"]) == (expected, True)


def test_a_frozen_deadline_says_what_is_left(j5):
    due = {each["name"]: each for each in j5[S3].sees(f"{j5.k4}/deadlines")["deadlines"]}
    assert (due["answer-schedule-change"]["left"], due["answer-schedule-change"]["on"]) == (1, BACK_ON)
    assert due["return"]["on"] == due["place-kept"]["on"] == "2027-08-06"
    listed = {each["name"]: each for each in j5[S3].sees("/deadlines")["items"]}
    assert listed["answer-schedule-change"]["days_left"] == 1
    assert "Frozen, 1 day left" in j5[S3].page("/deadlines").text
    page = j5[S3].page(j5.k4).text
    assert "Frozen, 1 day left" in page
    assert day("en", date(2027, 8, 6)) in page, "until when the place is kept"


def test_a_diagnosis_is_for_the_college_alone(j5):
    assert DIAGNOSIS in facts(j5[C1], j5.k4)
    for who in (S3, E1, R1):
        assert DIAGNOSIS not in facts(j5[who], j5.k4)
    assert CONCLUSION in facts(j5[S3], j5.k4)
    assert CONCLUSION not in facts(j5[E1], j5.k4)
    assert "academic leave: illness" in facts(j5[E1], j5.k4)
    assert "academic leave: illness" not in facts(j5[R1], j5.k4)
    assert "suspensions" not in j5[R1].sees(j5.k4)
    assert "suspensions" not in j5[M1].sees(j5.k4)
    stored = "".join(text for [text] in j5.house.rows("SELECT data::text FROM log.events"))
    assert DIAGNOSIS not in stored
    assert DIAGNOSIS in j5[C1].page(f"{j5.k4}/history").text
    assert DIAGNOSIS not in j5[E1].page(f"{j5.k4}/history").text


def test_a_frozen_deadline_never_fires(j5):
    j5.at("2027-02-02 09:00")
    assert "schedule.change_lapsed" not in j5.events(j5.k4)
    j5.at("2027-03-01 09:00")
    assert "schedule.change_lapsed" not in j5.events(j5.k4)
    assert j5[S3].sees(j5.k4)["state"] == "suspended"
    assert j5[S3].sees(j5.k4)["day"]["place"] is None


def test_a_second_leave_overlaps(j5):
    later = {**LEAVE, "from_on": "2027-03-01", "to_on": "2027-09-30"}
    refused = j5[C1].refused(f"{j5.k4}/suspend", later)
    assert refused.codes == ["SUS-OVERLAP"]
    assert refused.facts("SUS-OVERLAP") == {"from_on": FROM_ON, "last": TO_ON}
    assert ("college", "extend-suspension") in refused.cures("SUS-OVERLAP")


def test_who_may_leave_meanwhile(j5):
    own = {"ground": "own-wish", "received_on": "2027-03-01", "end_on": "2027-04-01"}
    shown = j5[S3].preview(f"{j5.k4}/withdraw", own)
    assert shown.types[0] == "withdrawal.noticed"
    assert "notice-runs" in shown.consequences["stays"]
    assert shown.started["end"]["on"] == "2027-04-01"
    [month] = [each for each in shown.consequences["money"] if each["name"] == "last-month"]
    assert (month["month"], month["amount"]) == ("2027-04", 0)
    breach = {
        "ground": "breach-by-student",
        "received_on": "2027-03-01",
        "end_on": "2027-03-01",
        "proof": "act 3",
        "heard_on": "2027-02-15",
    }
    refused = j5[E1].refused(f"{j5.k4}/withdraw", breach)
    assert refused.codes == ["WIT-PROTECTED"]
    assert refused.facts("WIT-PROTECTED") == {
        "ground": "breach-by-student",
        "protects": ["illness", "leave"],
        "until": TO_ON,
    }


def test_a_suspended_month_takes_no_pay(j5):
    paid = j5[E1].preview(f"{j5.k4}/record-pay", {"month": "2027-02", "amount": 0})
    assert paid.types == ["pay.recorded"]


def test_an_early_return_that_is_recorded_late(j5):
    j5.at("2027-07-12 09:00")
    done = j5[C1].does(f"{j5.k5}/resume", {"on": "2027-07-05", "fitness": "note 7"})
    ended = done.data("suspension.ended")
    assert (ended["days"], ended["term"]["ends_on"]) == (154, "2027-12-01")
    early = {"in_force_on": "2027-07-06"}
    assert j5[S5].sees(j5.k5, **early, known_at="2027-07-08T00:00:00Z")["state"] == "suspended"
    j5.at("2027-07-13 09:00")
    assert j5[S5].sees(j5.k5, **early, known_at="2027-07-13T00:00:00Z")["state"] == "active"
    assert j5[S5].sees(j5.k5, in_force_on="2027-07-04")["state"] == "suspended"


def test_the_return(j5):
    j5.at("2027-08-02 09:00")
    path = f"{j5.k4}/resume"
    refused = j5[C1].refused(path, {"on": BACK_ON})
    assert refused.codes == ["SUS-FIT"]
    assert refused.facts("SUS-FIT") == {"ground": "illness"}
    wish = {"on": BACK_ON, "fitness": "c3" * 32}
    shown = j5[C1].preview(path, wish)
    done = j5[C1].does(path, wish, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    assert done.types == ["suspension.ended", "suspension.answer_resumed"]
    ended = done.data("suspension.ended")
    assert (ended["days"], ended["term"]["ends_on"]) == (182, "2027-12-29")
    assert done.data("suspension.answer_resumed")["answer_by"] == BACK_ON
    now = j5[S3].sees(j5.k4)
    assert (now["state"], now["terms"]["term"]["ends_on"]) == ("active", "2027-12-29")
    before = j5[S3].sees(j5.k4, in_force_on=TO_ON)
    assert (before["state"], before["terms"]["term"]["ends_on"]) == ("suspended", "2027-06-30")
    [clause] = [each for each in now["clauses"] if each["clause"] == "C-TERM"]
    assert (clause["since"], clause["by"]["type"]) == (BACK_ON, "suspension.ended")
    assert now["proposals"][0]["answer_by"] == BACK_ON
    assert j5[S3].tasks(j5.k4)["answer-schedule-change"]["due_on"] == BACK_ON


def test_the_balance_of_leave_on_any_day(j5):
    leave = {
        on: j5[S3].sees(j5.k4, in_force_on=on)["leave"]
        for on in ("2027-01-31", FROM_ON, "2027-04-30", TO_ON, BACK_ON)
    }
    assert {on: each["used"] for on, each in leave.items()} == {
        "2027-01-31": 0,
        FROM_ON: 1,
        "2027-04-30": 89,
        TO_ON: 182,
        BACK_ON: 182,
    }
    assert leave[BACK_ON] == {"allowed": 365, "used": 182, "left": 183}
    assert "Used: 182 of 365 days. Left: 183." in j5[S3].page(j5.k4).text


def test_the_answer_that_was_left_runs_out(j5):
    j5.at("2027-08-02 23:59")
    assert "schedule.change_lapsed" not in j5.events(j5.k4)
    j5.at("2027-08-03 00:00")
    assert j5.came(j5.k4, "schedule.change_lapsed")
    assert j5.events(j5.k4).count("schedule.change_lapsed") == 1


# What must never happen, under either law


@pytest.fixture(scope="module")
def kz(opened):
    """The same under the law of the land, where nobody comes back in time: the answer waits even then."""
    town = Town(opened("kz", "2026-08-07 08:00"))
    with_two_contracts(town)
    town.at("2027-01-29 09:00")
    town.shown = town[C1].preview(f"{town.k4}/suspend", LEAVE)
    town.done = town[C1].does(f"{town.k4}/suspend", LEAVE, shown=town.shown.digest)
    town.at("2027-08-20 09:00")
    assert town.came(town.k4, "suspension.return_missed")
    assert "schedule.change_lapsed" not in town.events(town.k4)
    assert town[S3].sees(town.k4)["state"] == "suspended"
    assert "no-return" in town[C1].tasks(town.k4)
    return town


@pytest.fixture(params=["j5", "kz"])
def town(request):
    return request.getfixturevalue(request.param)


def test_what_must_never_happen_has_not(town):
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.two_proposals_open(town.house) == []
    assert never.personal_words(town.house) == []


def test_nothing_is_done_that_was_not_shown(town):
    shown = town.shown
    assert [event["type"] for event in shown.consequences["events"]] == ["suspension.started"]
    assert all(each["amount"] == 0 for each in shown.consequences["money"])
