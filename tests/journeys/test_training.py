"""A year of training: weeks, mentors, the department, pay, and who comes after the enterprise."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, C2, E1, E2, G1, M1, M2, M3, R1, S1, S3
from tests.journeys.house import patiently
from tests.journeys.start import Town, id_of

FIRST, SECOND = "2026-08-31", "2026-09-07"
DAY = 480
"""Minutes."""


@pytest.fixture(scope="module")
def town(opened):
    """K1 of a minor and K4 of an adult, both active, guided by M1."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    for student in (S1, S3):
        town.enrol(student)
    town.represent(S1, G1)
    town.at("2026-08-24 09:00")
    town.k1, town.k4 = town.conclude(S1, G1), town.conclude(S3)
    town.at("2026-09-01 09:00")
    for contract in (town.k1, town.k4):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.house.watched = True
    return town


def does(town, who, path, wish, **how):
    """A mentor may not look into the history, so that it is not looked up there."""
    town.house.watched = who not in (M1, M2)
    done = town[who].does(path, wish, **how)
    town.house.watched = True
    return done


def same(town, who, path, wish):
    """What is done is what was shown, byte for byte."""
    shown = town[who].preview(path, wish)
    done = does(town, who, path, wish, seen=shown.version, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    return done


# Week by week


def test_a_week_is_confirmed_once_it_is_over(town):
    town.at("2026-09-06 20:00")
    early = town[M1].refused(f"{town.k1}/confirm-attendance", {"week": FIRST})
    assert early.codes == ["ATT-FUTURE"]
    assert early.facts("ATT-FUTURE") == {"over_on": "2026-09-06", "today": "2026-09-06"}
    town.at("2026-09-07 09:00")
    due = town[M1].tasks(town.k1)
    assert due["confirm-attendance"]["due_on"] == "2026-09-14"
    done = same(town, M1, f"{town.k1}/confirm-attendance", {"week": FIRST})
    assert done.data("attendance.confirmed")["minutes"] == 3 * DAY
    town[C1].does(f"{town.k1}/confirm-attendance", {"week": FIRST})
    record = town[S1].sees(f"{town.k1}/training")
    assert record["hours"]["done"] == {"enterprise": 3 * DAY, "college": DAY}
    assert record["hours"]["missing_at_enterprise"] == 0


def test_more_than_the_age_allows_is_refused(town):
    town.at("2026-09-14 09:00")
    over = town[E1].refused(f"{town.k1}/confirm-attendance", {"week": SECOND, "minutes": 36 * 60 + 1})
    assert over.facts("ATT-OVER") == {"minutes": 2161, "limit_minutes": 2160}
    assert over.cures("ATT-OVER") == {
        ("mentor", "confirm-attendance"),
        ("enterprise", "confirm-attendance"),
    }
    lifted = town[E1].preview(f"{town.k1}/confirm-attendance", {"week": SECOND, "minutes": 36 * 60})
    assert lifted.types == ["attendance.confirmed"]


def test_a_week_is_contested_and_confirmed_anew(town):
    missed = {"week": SECOND, "absences": ["2026-09-10", "2026-09-11"]}
    does(town, M1, f"{town.k1}/confirm-attendance", missed)
    twice = town[M1].refused(f"{town.k1}/confirm-attendance", {"week": SECOND})
    assert twice.codes == ["ATT-TWICE"]
    same(town, S1, f"{town.k1}/contest-attendance", {"week": SECOND, "reason": "I was there on Friday"})
    shorter = {"week": SECOND, "absences": ["2026-09-10"]}
    done = does(town, M1, f"{town.k1}/confirm-attendance", shorter)
    assert done.data("attendance.confirmed")["minutes"] == 2 * DAY
    noted = {"days": ["2026-09-10"], "proof": "certificate 12"}
    same(town, C1, f"{town.k1}/excuse-absence", noted)
    assert town[S1].sees(f"{town.k1}/training")["excused"] == ["2026-09-10"]


def test_when_too_much_is_missing_all_are_warned(town):
    town.at("2026-09-21 09:00")
    days = ["2026-09-16", "2026-09-17", "2026-09-18"]
    done = same(town, E1, f"{town.k1}/confirm-attendance", {"week": "2026-09-14", "absences": days})
    assert done.types == ["attendance.confirmed", "attendance.shortfall_warned"]
    people = {f"person:{town.id(who)}" for who in (S1, G1, M1)}
    assert town.told(town.k1, "attendance.shortfall_warned") == people | {f"org:{C1.bin}"}
    record = town[G1].sees(f"{town.k1}/training")
    assert (record["warned_upto"], record["hours"]["missing_at_enterprise"]) == ("2026-09-20", 1632)


def test_a_record_that_stops_is_asked_about(town):
    town.at("2026-10-18 23:59")
    before = len(town.events(town.k1))
    town.at("2026-10-19 09:00")
    assert town.came(town.k1, "attendance.shortfall_warned")
    assert len(town.events(town.k1)) == before + 1
    assert "attendance.shortfall_warned" not in town.events(town.k4), "nobody keeps its record yet"


def test_the_page_shows_it_in_every_language(town):
    for who in (S1, G1, M1, C1, E1, R1):
        for language in ("kk", "ru", "en"):
            headers = town[who].headers(language) | {"Accept": "text/html"}
            page = town.house.http.get(f"{town.k1}/training", headers=headers)
            assert page.status_code == 200, page.text[:500]
            assert "pages.training." not in page.text
            assert "None" not in page.text
    assert town[C2].page(f"{town.k1}/training").status_code == 404


# Mentors


def test_a_mentor_is_replaced_from_a_day_on(town):
    wish = {"old": str(town.id(M1)), "new": str(town.id(M2)), "from_on": "2026-11-02"}
    done = same(town, E1, f"{town.k1}/replace-mentor", wish)
    assert done.types == ["mentor.replaced"]
    people = {f"person:{town.id(who)}" for who in (S1, G1, M1, M2)}
    told = town.told(town.k1, "mentor.replaced")
    assert told == people | {f"org:{C1.bin}", f"org:{R1.bin}"}
    assert (town.holds("mentor", str(town.id(M1))), town.holds("mentor", str(town.id(M2)))) == (2, 1)
    before, after = (
        town[S1].sees(town.k1, in_force_on=day)["terms"]["mentor"]["person"]
        for day in ("2026-11-01", "2026-11-02")
    )
    assert (before, after) == (str(town.id(M1)), str(town.id(M2)))
    for mentor in (M1, M2):
        assert town[mentor].get(town.k1).status_code == 200, "one leads until then, one from then on"


def test_a_mentor_who_is_full_or_not_cleared_is_refused(town):
    wish = {"old": str(town.id(M1)), "new": str(town.id(M2)), "from_on": "2026-11-02"}
    town[E1].does(
        f"/organisations/{E1.bin}/register-mentor", {"mentor": M2.record, "capacity": 1, "cleared_on": None}
    )
    full = town[E1].refused(f"{town.k4}/replace-mentor", wish)
    assert full.facts("MEN-CAPACITY") == {"taken": 1, "places": 1}
    assert ("enterprise", "register-mentor") in full.cures("MEN-CAPACITY")
    cure = {"mentor": M2.record, "capacity": 2, "cleared_on": "2026-07-20"}
    town[E1].does(f"/organisations/{E1.bin}/register-mentor", cure)
    assert town[E1].preview(f"{town.k4}/replace-mentor", wish).types == ["mentor.replaced"]


def test_when_a_mentor_leaves_each_contract_asks_for_another(town):
    mentor = str(town.id(M1))
    path, wish = f"/organisations/{E1.bin}/retire-mentor", {"mentor": mentor, "from_on": "2026-10-26"}
    busy = town[E1].refused(path, wish)
    assert busy.facts("MEN-BUSY") == {"students": 2}
    town[E1].does(path, wish | {"gone": True})
    report = town[E1].post(f"/organisations/{E1.bin}/carry-out?mentor={mentor}").json()
    assert {each["id"] for each in report["done"]} == {id_of(town.k1), id_of(town.k4)}
    assert (report["refused"], report["next"]) == ([], None)
    assert town.came(town.k4, "mentor.left")
    again = town[E1].post(f"/organisations/{E1.bin}/carry-out?mentor={mentor}").json()
    assert again["correlation"] == report["correlation"]
    assert town.events(town.k4).count("mentor.left") == 1
    due = town[E1].tasks(town.k4)["assign-mentor"]
    assert (due["command"], due["due_on"]) == ("assign-mentor", "2026-11-02")


def test_the_days_without_a_mentor_are_closed(town):
    wish = {"mentor": str(town.id(M2)), "from_on": "2026-11-09"}
    late = town[E1].refused(f"{town.k4}/assign-mentor", wish)
    assert late.facts("MEN-GAP")["earliest"] == "2026-10-26"
    earliest = wish | {"from_on": late.facts("MEN-GAP")["earliest"]}
    assert same(town, E1, f"{town.k4}/assign-mentor", earliest).types == ["mentor.assigned"]
    assert "assign-mentor" not in town[E1].tasks(town.k4)


def test_two_who_want_the_last_place_of_a_mentor_do_not_both_get_it(town):
    wish = {"mentor": M3.record, "capacity": 1, "cleared_on": "2026-07-20", "from_on": "2026-10-19"}
    made = town[E1].does(f"/organisations/{E1.bin}/register-mentor", wish)
    mentor = made.data("person.registered")["person"]
    move = {"old": str(town.id(M2)), "new": mentor, "from_on": "2026-12-01"}
    paths = [f"{contract}/replace-mentor" for contract in (town.k1, town.k4)]
    with ThreadPoolExecutor(2) as both:
        answers = [*both.map(lambda path: town[E1].post(path, move), paths)]
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [refused] = [answer.json() for answer in answers if answer.status_code == 409]
    assert [each["code"] for each in refused["refusals"]] == ["MEN-CAPACITY"]
    assert town.holds("mentor", mentor) == 1


# Where and when


def test_another_department_is_proposed_with_its_reasons(town):
    place = {"address": "Almaty, Demo street 1", "department": "Relay protection"}
    wish = {"workplace": place, "from_on": "2026-11-16", "reason": "The service is closed for repairs"}
    silent = town[E1].refused(f"{town.k1}/change-department", wish | {"reason": " "})
    assert silent.codes == ["DEP-REASON"]
    done = same(town, E1, f"{town.k1}/change-department", wish)
    proposal = done.data("department.change_proposed")["proposal"]
    answer = {"proposal": proposal, "accept": True}
    asked = town[C1].refused(f"{town.k1}/answer-department-change", answer)
    assert asked.codes == ["DEP-NOT-ASKED"]
    town[S1].does(f"{town.k1}/answer-department-change", answer)
    agreed = same(town, G1, f"{town.k1}/answer-department-change", answer)
    assert agreed.types == ["department.change_accepted", "department.change_agreed"]
    departments = [
        town[S1].sees(town.k1, in_force_on=day)["terms"]["workplace"]["department"]
        for day in ("2026-11-15", "2026-11-16")
    ]
    assert departments == ["Substation service", "Relay protection"]


def test_the_enterprise_shifts_the_times_of_a_day(town):
    hours = {"starts_at": "08:00:00", "ends_at": "17:00:00", "break_minutes": 60}
    short = town[E1].refused(f"{town.k1}/shift-times", {"hours": hours, "from_on": "2026-10-28"})
    assert short.facts("SCH-NOTICE") == {"given": 9, "needed": 10, "earliest": "2026-10-29"}
    done = same(town, E1, f"{town.k1}/shift-times", {"hours": hours, "from_on": "2026-10-29"})
    assert done.types == ["schedule.times_shifted"]


# Pay


def test_the_student_says_whether_the_pay_has_come(town):
    town.at("2026-11-11 09:00")
    town[E1].does(f"{town.k4}/record-pay", {"month": "2026-09", "amount": 9500000})
    same(town, S3, f"{town.k4}/acknowledge-pay", {"month": "2026-09"})
    same(town, S3, f"{town.k4}/report-unpaid", {"month": "2026-10"})
    assert town[E1].tasks(town.k4)["pay-unpaid-month"]["due_on"] == "2026-11-10"
    record = town[S3].sees(f"{town.k4}/training")
    assert (record["acknowledged"], record["unpaid"]) == (["2026-09"], ["2026-10"])
    early = town[S3].refused(f"{town.k4}/report-unpaid", {"month": "2026-11"})
    assert early.facts("PAY-NOT-DUE") == {"month": "2026-11", "due_on": "2026-12-10"}
    town[E1].does(f"{town.k4}/record-pay", {"month": "2026-10", "amount": 9500000})
    assert "pay-unpaid-month" not in town[E1].tasks(town.k4)


# The enterprise is merged into another


def test_a_successor_takes_the_enterprise_s_place_in_each_contract(town):
    path = f"/organisations/{E1.bin}"
    act = {"successor": E2.bin, "from_on": "2026-11-16", "act_no": "RO-1"}
    town[R1].does(f"{path}/reorganise-organisation", act)
    early = town[R1].post(f"{path}/carry-out").json()
    assert {each["id"] for each in early["refused"]} == {id_of(town.k1), id_of(town.k4)}
    assert {each["refusals"][0]["code"] for each in early["refused"]} == {"GEN-NOT-YET"}
    town.at("2026-11-16 09:00")
    first = town[R1].post(f"{path}/carry-out?limit=1").json()
    assert (len(first["done"]), first["refused"]) == (1, [])
    rest = town[R1].post(f"{path}/carry-out?after={first['next']}").json()
    touched = {each["id"] for each in [*first["done"], *rest["done"]]}
    assert touched == {id_of(town.k1), id_of(town.k4)}
    assert first["correlation"] == rest["correlation"]
    for contract in (town.k1, town.k4):
        assert town.came(contract, "contract.party_succeeded")
        assert town[E2].sees(contract)["parties"]["enterprise"]["bin"] == E2.bin
        assert town[E1].get(contract).status_code == 404
    assert town[R1].post(f"{path}/carry-out").json()["done"] == [], "there is none left"
    correlations = {
        row
        for [row] in town.house.rows(
            "SELECT metadata ->> 'correlation' FROM log.events WHERE type = 'contract.party_succeeded'"
        )
    }
    assert correlations == {first["correlation"]}


def test_what_must_never_happen_has_not(town):
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.personal_words(town.house) == []
