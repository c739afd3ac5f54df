"""J4, otherwise: the old enterprise lets go or refuses, a place is gone, a college changes, all was down."""

from datetime import date

import pytest

from tests.journeys.cast import C1, C2, E1, E2, G2, M2, M3, R1, S2, S3, S5, S8
from tests.journeys.house import patiently
from tests.journeys.moves import (
    ANSWER_BY,
    START_ON,
    TO_E2,
    active,
    at_e2,
    concluded,
    draft_at_e2,
    nothing_wrong,
)
from tests.journeys.start import Town, id_of

SILENT_HERE = {"transfer": {"silence_releases": False}}


@pytest.fixture(scope="module")
def others(opened):
    """Four students of E1 on their way to E2; the contract of the last has no clause about silence."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    at_e2(town, capacity=6)
    students = (S3, S5, S8)
    for student in (*students, S2):
        town.enrol(student)
    town.represent(S2, G2)
    town.memorandum = town.agree_on_places(6)
    town.mentor_of_e1 = {"person": town.id(M2)}
    for student in students:
        town.k[student.name] = active(town, student, mentor=town.mentor_of_e1)
    town.k[S2.name] = active(town, S2, G2, mentor=town.mentor_of_e1, **SILENT_HERE)
    town.at("2026-12-10 15:00")
    town.new = {}
    for student in (*students, S2):
        old, parent = town.k[student.name], G2 if student is S2 else None
        town[C1].does(f"{old}/request-transfer", TO_E2)
        town.new[student.name] = concluded(
            town, draft_at_e2(town, student, START_ON, None, old), student, parent
        )
    return town


def test_the_old_enterprise_lets_go(others):
    others.at("2026-12-15 12:00")
    old, new = others.k[S3.name], others.new[S3.name]
    others[E1].does(f"{old}/accept-transfer")
    assert (
        others[C1].does(f"{old}/complete-transfer", {"next_contract": id_of(new)}).types[0]
        == "transfer.completed"
    )
    assert others.came(new, "transfer.carried_over", "contract.activated")


def test_the_old_enterprise_refuses(others):
    """The transfer stops, the contract made for it falls, and both ways that are left are open."""
    others.at("2026-12-17 12:00")
    old, new = others.k[S5.name], others.new[S5.name]
    held = others.holds("student", others.id(S5))
    done = others[E1].does(f"{old}/decline-transfer", {"reason": "he is needed here"})
    assert done.types == ["transfer.declined", "transfer.successor_dropped"]
    assert done.told >= {"student", "college"}
    assert (held, others.holds("student", others.id(S5))) == (2, 1)
    assert others[C1].sees(new)["state"] == "lapsed"
    refused = others[C1].refused(f"{old}/complete-transfer")
    assert refused.codes == ["TRA-DONE"]
    assert refused.facts("TRA-DONE")["outcome"] == "declined"
    assert {("college", "complain"), ("college", "withdraw")} <= refused.cures("TRA-DONE")
    leave = {
        "ground": "own-wish",
        "received_on": "2026-12-17",
        "end_on": "2027-01-18",
        "initiator": "student",
    }
    assert others[C1].preview(f"{old}/withdraw", leave).types[0] == "withdrawal.noticed"


def test_without_the_clause_silence_releases_nobody_and_the_task_escalates(others):
    others.at("2026-12-19 00:00")
    old = others.k[S2.name]
    assert others.came(old, "transfer.escalated")
    assert f"org:{R1.bin}" in others.told(old, "transfer.escalated")
    assert "settle-transfer" in others[C1].tasks(old)
    assert others[E1].tasks(old)["answer-transfer"]["group"] == "overdue"
    refused = others[C1].refused(f"{old}/complete-transfer")
    assert refused.facts("TRA-CONSENT") == {
        "missing": ["enterprise"],
        "answer_by": ANSWER_BY,
        "silence_releases": False,
    }
    others[E1].does(f"{old}/accept-transfer")
    assert others[C1].preview(f"{old}/complete-transfer").types[0] == "transfer.completed"


def test_the_place_is_taken_between_preview_and_confirmation(others):
    others.at("2026-12-21 10:00")
    old, new = others.k[S8.name], others.new[S8.name]
    shown = others[C1].preview(f"{old}/complete-transfer")
    before = others.events(old), others.events(new)
    fewer = {"mentor": M3.record, "capacity": 1, "cleared_on": "2026-07-20"}
    others[E2].does(f"/organisations/{E2.bin}/register-mentor", fewer)
    how = {"shown": shown.digest, "seen": shown.version}
    refused = others[C1].refused(f"{old}/complete-transfer", **how)
    assert refused.codes == ["TRA-CAPACITY"]
    assert refused.facts("TRA-CAPACITY")["of"] == "mentor"
    assert (others.events(old), others.events(new)) == before
    others[E2].does(f"/organisations/{E2.bin}/register-mentor", {**fewer, "capacity": 6})
    assert others[C1].does(f"{old}/complete-transfer", **how).types[-1] == "contract.activated"


def test_who_asked_calls_it_off(others):
    old, new = others.k[S2.name], others.new[S2.name]
    assert others[E1].refused(f"{old}/cancel-transfer").codes == ["GEN-NOT-PARTY"]
    others[C1].does(f"{old}/cancel-transfer")
    assert others[C1].sees(new)["state"] == "lapsed"
    assert others[C1].sees(old)["state"] == "active"


def test_the_service_was_down_when_the_day_ended(opened):
    """Silence counts from the day, however late it is recorded; and once."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    town.enrol(S3)
    old = active(town, S3)
    town.at("2026-12-10 15:00")
    town[C1].does(f"{old}/request-transfer", TO_E2)
    town.house.stop()
    town.at("2026-12-23 08:00")
    town.house.start()
    patiently(lambda: town.came(old, "transfer.release_deemed"))
    assert town.effective(old) == date(2026, 12, 19)
    assert town.events(old).count("transfer.release_deemed") == 1


# To another college


def test_a_transfer_to_another_college(opened):
    """The receiving college sees what it needs, sets the difference, and is no party."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    town.enrol(S3)
    old = active(town, S3)
    town.at("2026-12-10 15:00")
    assert town[C2].get(old).status_code == 404
    wish = {**TO_E2, "kind": "college", "receiver": C2.bin}
    done = town[S3].does(f"{old}/request-transfer", wish)
    assert done.told >= {"college", "enterprise", "receiver"}
    seen = town[C2].sees(old)
    assert seen["roles"] == ["receiver"]
    assert "compensation" not in seen["terms"]
    assert town[C2].get(f"{old}/history").status_code == 403
    assert town[C1].refused(f"{old}/set-academic-difference").codes == ["TRA-RECEIVER"]
    assert town[C2].refused(f"{old}/accept-transfer").codes == ["GEN-NOT-PARTY"]
    town[C2].does(f"{old}/set-academic-difference", {"modules": ["PM-02"], "hours": 72})
    terms = town.terms(term={"starts_on": START_ON, "ends_on": "2027-06-30"})
    draft = {
        "student": town.id(S3),
        "college": C2.bin,
        "enterprise": E1.bin,
        "route": "college_first",
        "terms": terms,
        "successor_of": id_of(old),
    }
    new = f"/contracts/{town[C2].does('/contracts', draft).id}"
    text = {"text_hash": town[C2].does(f"{new}/offer").data("contract.offered")["text_hash"]}
    for who in (E1, S3, C2):
        town[who].does(f"{new}/sign", text)
    town[C1].does(f"{old}/accept-transfer")
    assert town[C2].refused(f"{old}/complete-transfer").codes == ["FOR-ENROLLED"]
    enrolled = {"student": S3.record, "specialty": "07130700"}
    town[C2].does(f"/organisations/{C2.bin}/enrol-student", enrolled)
    assert town[C2].does(f"{old}/complete-transfer").types[-1] == "contract.activated"
    assert town[C2].get(old).status_code == 404, "the transfer is over"
    assert {task for task in town[C1].tasks(old)} >= {"certificate"}


def test_what_must_never_happen_has_not(others):
    nothing_wrong(others)
