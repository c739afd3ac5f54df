"""J7: the wrong person withdrawn, and corrected. The tests are the steps, in the order of the days."""

from datetime import date

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, CLERK, E1, E2, M2, R1, S4, S6
from tests.journeys.house import patiently
from tests.journeys.start import Town

RECEIVED, LAST_DAY = "2027-01-29", "2027-03-01"
REQUEST = {"ground": "own-wish", "received_on": RECEIVED, "initiator": "student"}
WITHDRAW = {**REQUEST, "end_on": LAST_DAY}
DIGEST_OF_THE_REQUEST = "6f" * 32
BEFORE, MISTAKEN, CORRECTED = "2027-01-31T00:00:00Z", "2027-02-05T00:00:00Z", "2027-02-09T00:00:00Z"
THEN = "2027-03-10"


@pytest.fixture(scope="module")
def j7(opened):
    """K6 and K7 active, of two men with nearly the same name."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    with_two_contracts(town)
    return town


def with_two_contracts(town):
    town.house.watched = False
    for student in (S4, S6):
        town.enrol(student)
    town.at("2026-08-24 09:00")
    mentor = {"mentor": {"person": town.id(M2)}}
    town.k6, town.k7 = town.conclude(S4, **mentor), town.conclude(S6, **mentor)
    town.at("2026-09-01 09:00")
    for contract in (town.k6, town.k7):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.house.watched = True


def timers_of(town, contract):
    return town.house.one(
        "SELECT timers::text FROM log.streams WHERE stream_id = %s", [contract.rpartition("/")[2]]
    )


def test_1_the_clerk_withdraws_the_wrong_contract(j7):
    j7.at("2027-02-01 10:00")
    j7.held = j7.holds("student", j7.id(S4))
    j7.timers = timers_of(j7, j7.k6)
    done = j7[C1].does(f"{j7.k6}/withdraw", WITHDRAW)
    assert done.types == ["withdrawal.noticed"]
    j7.wrong = done.version
    assert set(done.started) == {"end", "last-pay", "certificate"}
    assert '"end"' in timers_of(j7, j7.k6)


def test_2_notices_go_out(j7):
    told = {f"person:{j7.id(S4)}", f"org:{E1.bin}", f"person:{j7.id(M2)}", f"org:{R1.bin}"}
    assert j7.told(j7.k6, "withdrawal.noticed") == told


def test_3_the_enterprise_reads_and_plans(j7):
    j7.at("2027-02-03 09:00")
    assert j7[E1].sees(j7.k6)["state"] == "ending"
    j7.at("2027-02-04 09:00")
    planned = j7[E1].does(f"{j7.k6}/record-pay", {"month": "2027-02", "amount": 9500000})
    assert planned.types == ["pay.recorded"]


# What stands in the way


def correct(town, **more):
    return {
        "entry": town.wrong,
        "proof": DIGEST_OF_THE_REQUEST,
        "reason": "The wrong person",
        "found_by": "student",
    } | more


def test_4_without_evidence(j7):
    j7.at("2027-02-08 16:00")
    wish = correct(j7)
    for body in ({k: v for k, v in wish.items() if k != "proof"}, {**wish, "proof": " "}):
        answer = j7[C1].post(f"{j7.k6}/correct", body)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["/proof"]


def test_4_an_entry_of_another_contract(j7):
    assert len(j7.events(j7.k7)) < j7.wrong
    assert j7[C1].post(f"{j7.k7}/correct", correct(j7)).status_code == 404
    assert j7[C1].post(f"{j7.k7}/correct", correct(j7, entry=0)).status_code == 404


def test_4_somebody_else_s(j7):
    refused = j7[E1].refused(f"{j7.k6}/correct", correct(j7))
    assert (refused.codes, refused.facts("COR-OWN")) == (["COR-OWN"], {"recorded_by": "college"})
    refused = j7[C1].refused(f"{j7.k6}/correct", correct(j7, entry=j7.wrong + 1))
    assert (refused.codes, refused.facts("COR-OWN")) == (["COR-OWN"], {"recorded_by": "enterprise"})


def test_4_where_the_fact_did_change(j7):
    """He wanted to leave then, and now he does not: that is a change, and the clerk has no part in it."""
    refused = j7[C1].refused(f"{j7.k6}/correct", correct(j7, true_from="2027-02-08"))
    assert refused.codes == ["COR-CHANGE"]
    assert refused.facts("COR-CHANGE") == {"true_from": "2027-02-08", "held_from": RECEIVED}
    assert j7[C1].would_be_refused(j7.k6, "revoke-notice").codes == ["WIT-GROUND"]
    assert j7[S4].would_be_refused(j7.k6, "revoke-notice").codes == []


def test_4_what_was_signed_is_locked(j7):
    refused = j7[E1].refused(f"{j7.k6}/correct", correct(j7, entry=1))
    assert (refused.codes, refused.facts("COR-LOCKED")) == (["COR-LOCKED"], {"entry": 1})


def test_4_no_such_field(j7):
    refused = j7[C1].refused(f"{j7.k6}/correct", correct(j7, field="last_day", right=LAST_DAY))
    assert refused.codes == ["COR-FIELD"]
    assert "end_on" in refused.facts("COR-FIELD")["fields"]


def test_4_proposed(j7):
    before = j7[S4].sees(j7.k6)
    shown = j7[C1].preview(f"{j7.k6}/correct", correct(j7))
    done = j7[C1].does(f"{j7.k6}/correct", correct(j7), shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    assert done.types == ["correction.proposed"]
    j7.correction = {"correction": done.data("correction.proposed")["correction"]}
    assert j7[S4].sees(j7.k6)["state"] == before["state"] == "ending"
    assert "approve-correction" in j7[CLERK].tasks(j7.k6)
    assert j7[C1].refused(f"{j7.k6}/correct", correct(j7)).codes == ["COR-WAITS"]


def test_4_the_clerk_himself_cannot_approve(j7):
    for command in ("approve-correction", "reject-correction"):
        refused = j7[C1].refused(f"{j7.k6}/{command}", j7.correction)
        assert refused.codes == ["COR-FOUR-EYES"]
        assert refused.facts("COR-FOUR-EYES") == {"may_answer": ["college", "lawyer"]}
        assert ("lawyer", "approve-correction") in refused.cures("COR-FOUR-EYES")
        assert j7[E1].refused(f"{j7.k6}/{command}", j7.correction).codes == ["COR-FOUR-EYES"]
    assert j7[E2].post(f"{j7.k6}/approve-correction", j7.correction).status_code == 404
    assert j7[S4].refused(f"{j7.k6}/approve-correction", j7.correction).codes == ["GEN-NOT-PARTY"]


# Corrected


def test_5_a_second_person_approves(j7):
    j7.at("2027-02-08 16:10")
    shown = j7[CLERK].preview(f"{j7.k6}/approve-correction", j7.correction)
    done = j7.made = j7[CLERK].does(f"{j7.k6}/approve-correction", j7.correction, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    assert done.types == ["correction.made"]
    made = done.data("correction.made")
    assert (made["entry"], made["of"], made.get("right")) == (j7.wrong, "withdrawal.noticed", None)


def test_5_its_deadlines_are_withdrawn_and_its_timers_gone(j7):
    assert set(j7.made.stopped) >= {"end", "certificate"}
    assert j7[S4].sees(f"{j7.k6}/deadlines")["deadlines"] == []
    assert timers_of(j7, j7.k6) == j7.timers
    assert j7.holds("student", j7.id(S4)) == j7.held
    assert j7.house.one(
        "SELECT count(*) FROM projections.deadlines WHERE contract_id = %s", [j7.k6.rpartition("/")[2]]
    ) == (0)


def test_5_who_had_been_told_is_told_again(j7):
    assert j7.told(j7.k6, "correction.made") == j7.told(j7.k6, "withdrawal.noticed")
    assert j7.made.told == {"student", "enterprise", "mentor", "chamber"}


def test_5_who_read_and_planned_gets_a_task(j7):
    assert "follow-correction" in j7[E1].tasks(j7.k6)
    assert "follow-correction" not in j7[C1].tasks(j7.k6)
    done = j7[E1].does(f"{j7.k6}/follow-correction", j7.correction)
    assert done.types == ["correction.followed"]
    assert "follow-correction" not in j7[E1].tasks(j7.k6)


def test_5_no_practice_day_is_lost(j7):
    found = j7[S4].sees(j7.k6)
    assert (found["state"], found["in_force"], found.get("end_on")) == ("active", True, None)
    assert j7[S4].sees(j7.k6, in_force_on=THEN)["day"]["place"] == "enterprise"


def test_5_what_is_corrected_is_not_corrected_twice(j7):
    refused = j7[C1].refused(f"{j7.k6}/correct", correct(j7))
    assert refused.codes == ["COR-TWICE"]
    assert refused.facts("COR-TWICE") == {"entry": j7.wrong, "by_entry": j7.made.version}
    assert refused.see("COR-TWICE").endswith(f"#e-{j7.made.position}")


def test_6_the_right_contract_is_withdrawn_and_loses_nothing_by_the_mistake(j7):
    j7.at("2027-02-09 09:00")
    done = j7[C1].does(f"{j7.k7}/withdraw", WITHDRAW)
    assert done.data("withdrawal.noticed")["received_on"] == RECEIVED
    assert done.started["end"]["on"] == LAST_DAY
    assert (date(2027, 2, 9) - date.fromisoformat(RECEIVED)).days == 11
    page = j7[C1].page(f"{j7.k7}/history").text
    assert "Holds 11 days earlier than it was recorded." in page


@pytest.mark.parametrize(
    ("known_at", "state"), [(BEFORE, "active"), (MISTAKEN, "ended"), (CORRECTED, "active")]
)
def test_7_what_was_known_when(j7, known_at, state):
    for who in (C1, S4, E1):
        found = j7[who].sees(j7.k6, in_force_on=THEN, known_at=known_at)
        assert found["state"] == state
        assert found.get("end_on") == (LAST_DAY if state == "ended" else None)
    assert j7[E2].get(j7.k6, in_force_on=THEN, known_at=known_at).status_code == 404


def test_8_the_history_keeps_both_and_says_which_was_wrong(j7):
    entries = j7[C1].history(j7.k6)
    wrong, made = entries[j7.wrong], entries[j7.made.version]
    assert wrong["type"] == "withdrawal.noticed"
    assert wrong["corrected_by"] == {"version": j7.made.version, "position": j7.made.position}
    assert (made["corrects"], made["corrected_by"]) == (j7.wrong, None)
    page = j7[C1].page(f"{j7.k6}/history").text.replace("\xa0", " ")
    assert "Corrected on 8 February 2027 by:" in page
    assert "Our record was wrong" in page
    stored = j7[C1].sees(f"{j7.k6}/events")["items"]
    assert [event["type"] for event in stored].count("withdrawal.noticed") == 1
    assert stored[j7.wrong - 1]["data"]["end_on"] == LAST_DAY


def test_8_the_history_as_it_was_known(j7):
    """Before the correction nothing was marked."""
    page = j7[C1].page(f"{j7.k6}/history", in_force_on="2027-02-05", known_at=MISTAKEN).text
    assert "Notice of withdrawal was given" in page
    assert "Corrected on" not in page


def test_8_only_our_knowledge_changed(j7):
    found = j7[C1].sees(f"{j7.k6}/diff", **{"from": f"{THEN},{MISTAKEN}", "to": f"{THEN},{CORRECTED}"})
    assert found["state"] == {"was": "ended", "now": "active"}


def test_8_who_saw_it_as_ending(j7):
    id_ = j7.k6.rpartition("/")[2]
    found = j7[C1].sees("/audit/reads", subject=id_, limit=200)["items"]
    looks = [(read["on_behalf_of"], read["at"]) for read in found if read["question"] == "contract"]
    assert len([at for who, at in looks if who == f"org:{E1.bin}" and at.startswith("2027-02-03")]) == 1
    assert not [read for read in found if read["on_behalf_of"] == f"org:{R1.bin}"]


def test_9_the_correction_was_right_and_a_wrong_one_is_corrected_too(j7):
    wish = correct(j7, entry=j7.made.version, reason="It was he after all")
    done = j7[CLERK].does(f"{j7.k6}/correct", wish)
    again = {"correction": done.data("correction.proposed")["correction"]}
    made = j7[C1].does(f"{j7.k6}/approve-correction", again)
    assert j7[S4].sees(j7.k6)["state"] == "ending"
    entries = j7[C1].history(j7.k6)
    assert entries[j7.made.version]["corrected_by"]["version"] == made.version
    assert entries[j7.wrong]["corrected_by"] is None
    assert '"end"' in timers_of(j7, j7.k6)
    back = correct(j7, entry=made.version, reason="No, it was the other")
    asked = {"correction": j7[C1].does(f"{j7.k6}/correct", back).data("correction.proposed")["correction"]}
    j7[CLERK].does(f"{j7.k6}/approve-correction", asked)
    assert j7[S4].sees(j7.k6)["state"] == "active"
    assert timers_of(j7, j7.k6) == j7.timers


def test_10_nothing_comes_of_it_by_itself(j7):
    j7.at("2027-03-02 09:00")
    assert "contract.ended" not in j7.events(j7.k6)
    assert j7.came(j7.k7, "contract.ended")
    assert j7[S4].sees(j7.k6)["state"] == "active"


def test_nobody_is_told_of_the_other(j7):
    wrong, right = (f"person:{j7.id(student)}" for student in (S4, S6))
    told = j7.house.rows(
        "SELECT stream_id, to_ref FROM projections.messages WHERE to_ref IN (%s, %s)", [wrong, right]
    )
    contracts = {ref: {f"/contracts/{id_}" for id_, to in told if to == ref} for ref in (wrong, right)}
    assert contracts == {wrong: {j7.k6}, right: {j7.k7}}
    assert j7[S6].get(j7.k6).status_code == j7[S4].get(j7.k7).status_code == 404


# What must never happen, under either law


@pytest.fixture(scope="module")
def kz(opened):
    """The same under the law of the land: whatever day it gives is taken."""
    town = Town(opened("kz", "2026-08-07 08:00"))
    with_two_contracts(town)
    town.at("2027-02-01 10:00")
    refused = town[C1].refused(f"{town.k6}/withdraw", {**REQUEST, "end_on": "2027-02-01"})
    wish = {**REQUEST, "end_on": refused.facts("WIT-NOTICE")["earliest"]}
    town.timers = timers_of(town, town.k6)
    town.wrong = town[C1].does(f"{town.k6}/withdraw", wish).version
    asked = town[C1].does(f"{town.k6}/correct", correct(town)).data("correction.proposed")["correction"]
    assert town[C1].post(f"{town.k6}/approve-correction", {"correction": asked}).status_code == 409
    town[CLERK].does(f"{town.k6}/approve-correction", {"correction": asked})
    town[C1].does(f"{town.k7}/withdraw", wish)
    town.at(f"{wish['end_on']} 09:00")
    town.at("2027-03-31 09:00")
    return town


@pytest.fixture(params=["j7", "kz"])
def town(request):
    return request.getfixturevalue(request.param)


def test_the_wrong_entry_stands_as_it_was_recorded(town):
    entries = town[C1].sees(f"{town.k6}/events")["items"]
    assert entries[town.wrong - 1]["type"] == "withdrawal.noticed"
    assert [entry["version"] for entry in entries] == [*range(1, len(entries) + 1)]


def test_no_timer_of_it_lives(town):
    assert '"end"' not in (timers_of(town, town.k6) or "")
    assert "contract.ended" not in town.events(town.k6)
    assert "contract.ended" in town.events(town.k7)


def test_what_must_never_happen_has_not(town):
    assert never.a_correction_by_one_alone(town.house) == []
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.personal_words(town.house) == []
