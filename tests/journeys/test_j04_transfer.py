"""J4: a student moves to another enterprise, and the old one is silent. The tests are the steps, in the
order of the days."""

from datetime import date
from uuid import UUID

import pytest

from tests.journeys.cast import C1, C2, E1, E2, G2, M3, S2
from tests.journeys.moves import (
    ANSWER_BY,
    END_ON,
    START_ON,
    TO_E2,
    active,
    at_e2,
    concluded,
    draft_at_e2,
    nothing_wrong,
)
from tests.journeys.start import QUALIFICATION, Town, id_of

RELEASED_AT = "2026-12-18T19:00:0"


@pytest.fixture(scope="module")
def j4(opened):
    """K2 active with E1; at E2 a mentor with one of two students, and one place."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    at_e2(town)
    town.enrol(S2)
    town.represent(S2, G2)
    town.house.watched = False
    town.k2 = active(town, S2, G2)
    town.house.watched = True
    return town


# The request


def test_a_first_day_two_days_late_leaves_a_gap(j4):
    j4.at("2026-12-10 14:00")
    refused = j4[C1].refused(f"{j4.k2}/request-transfer", {**TO_E2, "start_on": "2027-01-13"})
    assert refused.codes == ["TRA-GAP"]
    assert refused.facts("TRA-GAP") == {"end_on": END_ON, "start_on": "2027-01-13", "days": 2}


def test_who_stays_or_is_nobody_is_no_receiver(j4):
    same = j4[C1].refused(f"{j4.k2}/request-transfer", {**TO_E2, "receiver": E1.bin})
    assert same.codes == ["TRA-SAME"]
    college = j4[C1].refused(f"{j4.k2}/request-transfer", {**TO_E2, "receiver": C1.bin})
    assert college.codes == ["FOR-UNKNOWN"]
    department = j4[C1].refused(f"{j4.k2}/request-transfer", {**TO_E2, "kind": "department"})
    assert department.codes == ["TRA-ADDENDUM"]
    wrong = j4[C1].post(f"{j4.k2}/request-transfer", {**TO_E2, "receiver": "130940900303"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "/receiver")


def test_1_the_transfer_is_asked_for(j4):
    j4.at("2026-12-10 15:00")
    done = j4[C1].does(f"{j4.k2}/request-transfer", {**TO_E2, "reason": "nearer to home"})
    requested = done.data("transfer.requested")
    assert (requested["answer_by"], requested["silence_releases"]) == (ANSWER_BY, True)
    assert done.started["answer-transfer"]["on"] == ANSWER_BY
    assert done.started["answer-transfer"]["silence"] == "silence-releases"
    assert done.told >= {"student", "representative", "enterprise", "chamber"}
    task = j4[E1].tasks(j4.k2)["answer-transfer"]
    assert (task["due_on"], task["silence"]) == (ANSWER_BY, "silence-releases")
    assert task["rule"] == "transfer.release"


def test_1_it_stands_in_the_enterprise_s_calendar(j4):
    j4[E1].sees("/deadlines")
    address = j4[E1].post("/calendar-keys").json()["address"]
    calendar = j4.house.http.get(f"/deadlines.ics{address.partition('/deadlines.ics')[2]}")
    assert calendar.status_code == 200
    entries = calendar.text.replace("\r\n ", "").split("BEGIN:VEVENT")
    [entry] = [each for each in entries if f"UID:{id_of(j4.k2)}-answer-transfer" in each]
    assert "20261218" in entry


def test_the_student_s_time_is_free_for_the_successor_alone(j4):
    refused = j4[C1].refused("/contracts", wish_at_e2(j4, S2, START_ON))
    assert refused.codes == ["FOR-ONE-ACTIVE"]


def wish_at_e2(town, student, starts_on):
    terms = town.terms(term={"starts_on": starts_on, "ends_on": "2027-06-30"}, mentor={"person": town.id(M3)})
    return {
        "student": town.id(student),
        "college": C1.bin,
        "enterprise": E2.bin,
        "route": "college_first",
        "terms": terms,
    }


def test_2_the_successor_is_drafted_and_offered(j4):
    j4.at("2026-12-11 10:00")
    j4.k3 = draft_at_e2(j4, S2, START_ON, j4.places, j4.k2)
    assert j4.came(j4.k3, "contract.drafted", "transfer.succession_begun")
    assert j4.came(j4.k2, "transfer.requested", "transfer.successor_named")
    assert j4[C1].sees(j4.k3)["succession"]["predecessor"] == id_of(j4.k2)
    assert j4[C1].sees(j4.k2)["moves"][0]["successor"] == id_of(j4.k3)


def test_3_all_sign_it(j4):
    j4.at("2026-12-15 10:00")
    concluded(j4, j4.k3, S2, G2)
    assert j4[S2].sees(j4.k3)["state"] == "signed"
    assert j4.holds("memorandum", j4.places) == 1
    assert j4.holds("student", j4.id(S2)) == 2


def test_4_the_old_enterprise_has_not_answered(j4):
    j4.at("2026-12-16 10:00")
    refused = j4[C1].refused(f"{j4.k2}/complete-transfer")
    assert refused.codes == ["TRA-CONSENT"]
    facts = {"missing": ["enterprise"], "answer_by": ANSWER_BY, "silence_releases": True}
    assert refused.facts("TRA-CONSENT") == facts
    assert ("enterprise", "accept-transfer") in refused.cures("TRA-CONSENT")
    assert j4[C1].would_be_refused(j4.k3, "activate").codes == ["GEN-NOT-YET", "FOR-BRIEFING", "TRA-WAITS"]


def test_5_silence_is_release_at_the_end_of_the_day_and_not_before(j4):
    j4.at("2026-12-18 23:59")
    assert "transfer.release_deemed" not in j4.events(j4.k2)
    j4.at("2026-12-19 00:00")
    assert j4.came(j4.k2, "transfer.release_deemed")
    [deemed] = [e for e in j4[S2].sees(f"{j4.k2}/events")["items"] if e["type"] == "transfer.release_deemed"]
    assert deemed["recorded_at"].startswith(RELEASED_AT)
    assert deemed["data"]["days_given"] == [f"2026-12-{day}" for day in (11, 14, 15, 17, 18)]
    assert deemed["metadata"]["actor"] == "deadline"
    assert f"org:{E1.bin}" in j4.told(j4.k2, "transfer.release_deemed")
    assert "answer-transfer" not in j4[E1].tasks(j4.k2)
    said = j4[E1].history(j4.k2)[deemed["version"]]["text"]
    assert "counts as release" in said


def test_5_once(j4):
    j4.at("2026-12-20 12:00")
    assert j4.events(j4.k2).count("transfer.release_deemed") == 1
    due = j4[C1].tasks(j4.k2)["complete-transfer"]
    assert due["due_on"] == END_ON


def test_6_the_preview_shows_both_contracts_and_writes_nothing(j4):
    j4.at("2026-12-21 10:00")
    j4.shown = j4[C1].preview(f"{j4.k2}/complete-transfer")
    assert j4.shown.types == [
        "transfer.completed",
        "contract.ended",
        "transfer.carried_over",
        "contract.activated",
    ]
    assert j4.shown.consequences["ends"] == ["hiring", "reimbursement"]
    [january] = j4.shown.consequences["money"]
    steps = {step["name"]: step["value"] for step in january["steps"]}
    assert (steps["practice-days-done"], steps["practice-days-planned"]) == (2, 11)


def test_6_both_contracts_change_in_one_append(j4):
    how = {"shown": j4.shown.digest, "seen": j4.shown.version}
    done = j4[C1].does(f"{j4.k2}/complete-transfer", **how)
    assert done.bytes_of_consequences == j4.shown.bytes_of_consequences
    rows = j4.house.rows(
        """SELECT position, stream_id, type, metadata ->> 'correlation', effective_on FROM log.events
           WHERE stream_id = ANY(%s) ORDER BY position DESC LIMIT 4""",
        [[UUID(id_of(j4.k2)), UUID(id_of(j4.k3))]],
    )[::-1]
    first = rows[0][0]
    assert [row[0] for row in rows] == [first, first + 1, first + 2, first + 3]
    assert [(str(row[1]), row[2]) for row in rows] == [
        (id_of(j4.k2), "transfer.completed"),
        (id_of(j4.k2), "contract.ended"),
        (id_of(j4.k3), "transfer.carried_over"),
        (id_of(j4.k3), "contract.activated"),
    ]
    assert len({row[3] for row in rows}) == 1
    assert rows[0][3]
    assert [row[4] for row in rows[1::2]] == [date(2027, 1, 11)] * 2


def test_6_what_goes_along(j4):
    done = [e["data"] for e in j4[S2].sees(f"{j4.k2}/events")["items"] if e["type"] == "transfer.completed"]
    assert (done[0]["days"], done[0]["practice_minutes"]) == (54, 54 * 8 * 60)
    assert j4[S2].sees(j4.k3)["succession"] == {
        "predecessor": id_of(j4.k2),
        "carried": {"days": 54, "minutes": 54 * 8 * 60, "qualification": QUALIFICATION},
    }
    assert (j4.holds("memorandum", j4.memorandum), j4.holds("memorandum", j4.places)) == (1, 1)


@pytest.mark.parametrize(("day", "old", "new"), [(END_ON, "active", "signed"), (START_ON, "ended", "active")])
def test_no_day_has_two_partners_and_none_has_no_partner(j4, day, old, new):
    assert j4[S2].sees(j4.k2, in_force_on=day)["state"] == old
    assert j4[S2].sees(j4.k3, in_force_on=day)["state"] == new


def test_places_are_freed_and_taken_by_their_day(j4):
    taken = {}
    for memorandum in (j4.memorandum, j4.places):
        [state] = j4.house.rows(
            "SELECT state::text FROM log.boundary WHERE (kind, key) = ('memorandum', %s)", [memorandum]
        )[0]
        taken[memorandum] = state
    assert f'"to_on":"{END_ON}"' in taken[j4.memorandum].replace(" ", "")
    assert f'"from_on":"{START_ON}"' in taken[j4.places].replace(" ", "")


def test_7_the_old_enterprise_is_too_late(j4):
    j4.at("2026-12-22 10:00")
    refused = j4[E1].refused(f"{j4.k2}/decline-transfer", {"reason": "he is needed here"})
    assert refused.codes == ["TRA-DONE"]
    assert refused.facts("TRA-DONE") == {"outcome": "agreed", "since": "2026-12-19", "deemed": True}
    assert j4[C1].does(f"{j4.k2}/complete-transfer").events == []


def test_the_old_contract_still_lives_to_its_last_day(j4):
    assert "GEN-STATE" in j4[C1].refused(f"{j4.k2}/withdraw", withdrawal()).codes
    paid = {"month": "2026-11", "amount": 9500000}
    assert j4[E1].does(f"{j4.k2}/record-pay", paid).types == ["pay.recorded"]


def withdrawal():
    return {"ground": "own-wish", "received_on": "2026-12-22", "end_on": "2027-01-22", "initiator": "student"}


def test_each_contract_leads_to_the_other(j4):
    assert f"{j4.k3}" in j4[C1].page(j4.k2).text
    assert f"{j4.k2}" in j4[C1].page(j4.k3).text


# What must never happen, under either law


def test_under_the_law_of_the_land_both_change_or_neither(opened):
    town = Town(opened("kz", "2026-08-07 08:00"))
    town.house.watched = False
    at_e2(town)
    town.enrol(S2)
    town.represent(S2, G2)
    old = active(town, S2, G2)
    town.at("2026-12-10 15:00")
    wish = {**TO_E2, "kind": "college", "receiver": C2.bin}
    assert "TRA-WINDOW" in town[C1].refused(f"{old}/request-transfer", wish).codes
    town[C1].does(f"{old}/request-transfer", TO_E2)
    new = concluded(town, draft_at_e2(town, S2, START_ON, town.places, old), S2, G2)
    assert town[C1].refused(f"{old}/complete-transfer").codes == ["TRA-CONSENT", "FOR-MEDICAL"]
    town[C1].does(f"{new}/record-fitness", {"on": "2026-12-10"})
    town[E1].does(f"{old}/accept-transfer")
    shown = town[C1].preview(f"{old}/complete-transfer")
    done = town[C1].does(f"{old}/complete-transfer", shown=shown.digest, seen=shown.version)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    nothing_wrong(town)


def test_what_must_never_happen_has_not(j4):
    nothing_wrong(j4)
