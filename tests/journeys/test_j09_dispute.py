"""J9: a claim is disputed, mediated, decided, appealed, and carried out. The tests are the steps."""

import hashlib

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, C2, E1, E2, R1, S3, S5, crowd
from tests.journeys.house import patiently
from tests.journeys.start import COMMON, Town, id_of

REQUEST = {"ground": "own-wish", "received_on": "2026-12-28", "initiator": "student", "end_on": "2027-01-28"}
BY_MONTHS = {**COMMON["reimbursement"], "proportion": "full_months"}
COURSE = {"kind": "external_course", "amount": 15000000, "document": "Invoice 14"}
MATERIALS = {"kind": "materials_consumed_in_training", "amount": 4000000, "document": "Act 7"}
SHARES = [{"debtor": "student", "percent": 30}, {"debtor": "college", "percent": 70}]
REASONS = [f"Reason {n}" for n in range(3)]
DECIDE = {"findings": ["upheld", "rejected", "partly"], "reasons": REASONS, "shares": SHARES}
PAPER = hashlib.sha256(b"pay of a third person").hexdigest()
MEDIATOR, OF_S5, OF_E1, OF_C1, OF_C2, CHAIR, *OTHERS = crowd(10, "2001-03-04")
COURT = {"court": "District court", "number": "2-114/2027", "verdict": "dismissed", "found_on": "2027-06-10"}


def with_a_claim(town):
    """K5 ended on 2027-01-28, and E1 claims: of 19000000 in proportion, capped to 10000000."""
    town.house.watched = False
    town.enrol(S5)
    for person in (MEDIATOR, OF_S5, OF_E1, OF_C1, OF_C2, CHAIR, *OTHERS):
        town.register(person)
    town.at("2026-08-24 09:00")
    town.k5 = town.conclude(S5, reimbursement=BY_MONTHS)
    town.at("2026-09-01 09:00")
    town.ready(town.k5, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(town.k5))
    town.at("2026-12-28 11:25")
    town[C1].does(f"{town.k5}/withdraw", REQUEST)
    town.at("2027-01-29 00:00")
    patiently(lambda: town.came(town.k5, "contract.ended"))
    town.at("2027-03-01 10:00")
    wish = {
        "contract": id_of(town.k5),
        "debtors": [{"debtor": "student", "parts": 60}, {"debtor": "college", "parts": 40}],
        "items": [COURSE, MATERIALS],
    }
    town.claim = f"/claims/{town[E1].does('/claims', wish).id}"
    town.items = town[E1].sees(town.k5)["account"]["claims"][0]["items"]
    town.house.watched = True


@pytest.fixture(scope="module")
def j9(opened):
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    with_a_claim(town)
    return town


def complaint(town):
    points = [{"matter": "share"}, *({"matter": "item", "item": item} for item in town.items)]
    return {
        "contract": id_of(town.k5),
        "claim": id_of(town.claim),
        "against": "enterprise",
        "points": points,
        "asks": "The college had no place for me.",
        "known_on": "2027-03-01",
    }


def owed(town):
    found = town[E1].sees(town.claim)["debts"]
    return {debt["debtor"]: debt["principal"] for debt in found}


def test_the_claim_is_shared_60_to_40(j9):
    assert owed(j9) == {"student": 6000000, "college": 4000000}
    assert j9[E1].sees(j9.claim)["answer_by"] == "2027-03-11"


def test_1_complained_point_by_point(j9):
    j9.at("2027-03-10 10:00")
    shown = j9[S5].preview("/disputes", complaint(j9))
    done = j9[S5].does("/disputes", complaint(j9), shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    j9.dispute = f"/disputes/{done.id}"
    assert "dispute.opened" in done.types
    assert {"contract.dispute_opened", "claim.contested", "claim.dispute_opened"} <= {*done.types}
    assert done.data("dispute.opened")["answer_by"] == "2027-03-25"
    assert done.started["answer-complaint"]["on"] == "2027-03-25"
    assert {"enterprise", "college", "chamber"} <= done.told
    seen = j9[S5].sees(j9.dispute)
    assert [point["matter"] for point in seen["frozen"]] == ["share", "item", "item"]
    assert seen["never_frozen"] == ["pay", "safety", "attendance", "study"]


def test_the_other_side_has_it_on_its_list(j9):
    [task] = [t for t in j9[E1].sees("/worklist")["items"] if t["name"] == "answer-complaint"]
    assert (task["kind"], task["stream_id"]) == ("dispute", id_of(j9.dispute))
    assert (task["due_on"], task["silence"]) == ("2027-03-25", "points-contested")
    due = [each for each in j9[E1].sees("/deadlines")["items"] if each["kind"] == "dispute"]
    assert [(each["name"], each["due_on"]) for each in due] == [("answer-complaint", "2027-03-25")]


def test_the_same_point_is_disputed_once(j9):
    refused = j9[S5].refused("/disputes", complaint(j9))
    assert refused.codes == ["DIS-SAME"]
    assert refused.facts("DIS-SAME")["points"] == [1, 2, 3]


def test_a_stranger_finds_nothing(j9):
    assert j9[E2].get(j9.dispute).status_code == 404
    assert j9[C2].post(f"{j9.dispute}/answer-complaint").status_code == 404
    j9.enrol(S3)
    assert j9[S3].post("/disputes", complaint(j9)).status_code == 404


def test_2_nothing_is_collected_and_no_interest_runs(j9):
    j9.at("2027-03-11 10:00")
    refused = j9[E1].refused(f"{j9.claim}/deduct-from-pay", {"month": "2027-01", "amount": 100000})
    assert refused.codes == ["GEN-FROZEN"]
    facts = refused.facts("GEN-FROZEN")
    assert [point["matter"] for point in facts["points"]] == ["share", "item", "item"]
    assert (facts["since"], facts["until"]) == ("2027-03-10", "2027-03-25")
    assert refused.cures("GEN-FROZEN") >= {("reviewer", "decide")}
    assert j9[E1].post(f"{j9.claim}/post-payment?preview=true", PAID).status_code == 200, "paid freely"
    assert j9[E1].post(f"{j9.k5}/record-pay?preview=true", PAY).status_code == 200, "pay goes on"


PAID = {"amount": 100, "on": "2027-03-11", "debtor": "student"}
PAY = {"month": "2026-12", "amount": 9500000}


def test_another_point_is_another_dispute(j9):
    """About the promise to hire: it will not be answered in time."""
    wish = complaint(j9) | {"points": [{"matter": "clause", "clause": "C-HIRING"}]}
    del wish["claim"]
    j9.second = f"/disputes/{j9[S5].does('/disputes', wish).id}"


def test_3_answered_with_a_confidential_item(j9):
    j9.at("2027-03-25 10:00")
    done = j9[E1].does(f"{j9.dispute}/answer-complaint", {"answer": "The shares are as agreed."})
    assert done.types == ["dispute.answered", "contract.dispute_moved"]
    paper = {"paper": "document", "digest": PAPER, "shows": "Pay of a third person.", "private": True}
    j9[E1].does(f"{j9.dispute}/submit-evidence", paper)
    [item] = j9[S5].sees(j9.dispute)["evidence"]
    assert (item["digest"], item["private"]) == (PAPER, True)
    assert item["readers"] == ["enterprise", "reviewer"]
    assert item["shows"] is None
    assert "third person" not in j9[S5].get(j9.dispute).text
    assert j9[E1].sees(j9.dispute)["evidence"][0]["shows"] == "Pay of a third person."


def test_an_answer_that_is_late_grants_nothing(j9):
    j9.at("2027-03-26 10:00")
    assert j9.came(j9.second, "dispute.silent")
    done = j9[E1].does(f"{j9.second}/answer-complaint", {"admits": [1]})
    assert done.data("dispute.answered")["late"] is True
    assert [point["admitted"] for point in j9[S5].sees(j9.second)["points"]] == [False]


def test_4_both_want_the_same_mediator(j9):
    j9.at("2027-03-31 10:00")
    wish = {"mediator": j9.id(MEDIATOR)}
    refused = j9[S5].refused(f"{j9.dispute}/agree-mediation", wish)
    assert refused.codes == ["DIS-MEDIATOR"]
    entry = {"person": j9.id(MEDIATOR), "register_no": "M-17"}
    j9[R1].does(f"/organisations/{R1.bin}/admit-mediator", entry)
    assert j9[S5].does(f"{j9.dispute}/agree-mediation", wish).types == ["dispute.mediation_agreed"]
    done = j9[E1].does(f"{j9.dispute}/agree-mediation", wish)
    assert done.data("dispute.mediation_started")["ends_by"] == "2027-04-30"


def test_the_timer_counts_nothing_for_these_days(j9):
    j9.at("2027-04-01 10:00")
    patiently(lambda: "claim.penalty_accrued" in j9.events(j9.claim))
    found = [e["data"] for e in j9[E1].sees(f"{j9.claim}/events")["items"] if e["type"] == ACCRUED]
    assert {(each["amount"], each["reason"]) for each in found} == {(0, "dispute")}


ACCRUED = "claim.penalty_accrued"


def test_5_referred_to_the_commission(j9):
    j9.at("2027-04-20 10:00")
    j9[S5].does(f"{j9.dispute}/end-mediation")
    done = j9[S5].does(f"{j9.dispute}/refer-to-commission")
    assert done.data("dispute.referred")["decide_by"] == "2027-05-14"
    for who, side, member in ((S5, "student", OF_S5), (E1, "enterprise", OF_E1), (C1, "college", OF_C1)):
        j9[who].does(f"{j9.dispute}/seat-member", {"side": side, "person": j9.id(member)})
    early = j9[OF_S5].refused(f"{j9.dispute}/decide", DECIDE)
    assert early.codes == ["DIS-CONFLICT", "DIS-QUORUM"]
    assert early.facts("DIS-QUORUM") == {"missing": ["chamber"]}
    j9[R1].does(f"{j9.dispute}/seat-member", {"side": "chamber", "person": j9.id(CHAIR)})
    assert {seat["side"] for seat in j9[S5].sees(j9.dispute)["panel"]} == {
        *("student", "enterprise", "college", "chamber")
    }
    assert j9[CHAIR].sees(j9.dispute)["evidence"][0]["shows"] == "Pay of a third person."


def test_6_who_has_own_money_in_it_steps_back(j9):
    j9.at("2027-04-22 10:00")
    done = j9[OF_C1].does(f"{j9.dispute}/recuse", {"bias": "own_money"})
    assert done.data("dispute.member_recused")["replace_by"] == "2027-04-27"
    refused = j9[OF_C1].refused(f"{j9.dispute}/decide", DECIDE)
    assert refused.facts("DIS-CONFLICT") == {"why": "recused", "side": "college"}
    assert refused.cures("DIS-CONFLICT") == {("chamber", "seat-member")}
    unequal = j9[CHAIR].refused(f"{j9.dispute}/decide", DECIDE)
    assert unequal.codes == ["DIS-QUORUM"]
    assert unequal.facts("DIS-QUORUM") == {"missing": ["college"]}
    again = {"side": "college", "person": j9.id(OF_C1)}
    assert j9[R1].refused(f"{j9.dispute}/seat-member", again).codes == ["DIS-CONFLICT"]
    j9[R1].does(f"{j9.dispute}/seat-member", {"side": "college", "person": j9.id(OF_C2)})


def test_the_other_dispute_is_decided_too(j9):
    j9.at("2027-04-23 10:00")
    j9[S5].does(f"{j9.second}/refer-to-commission")
    for side, member in zip(("student", "enterprise", "college", "chamber"), OTHERS, strict=True):
        j9[R1].does(f"{j9.second}/seat-member", {"side": side, "person": j9.id(member)})


def test_7_decided_with_reasons_and_carried_out(j9):
    j9.at("2027-05-12 10:00")
    without = {**DECIDE, "reasons": ["", *REASONS[1:]]}
    assert j9[CHAIR].refused(f"{j9.dispute}/decide", without).codes == ["DIS-REASONS"]
    above = {**DECIDE, "shares": [{**share, "percent": 60} for share in SHARES]}
    answer = j9[CHAIR].post(f"{j9.dispute}/decide", above)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/shares")

    shown = j9[CHAIR].preview(f"{j9.dispute}/decide", DECIDE)
    done = j9[CHAIR].does(f"{j9.dispute}/decide", DECIDE, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    assert done.types == ["dispute.decided", "contract.dispute_moved", "claim.divided"]
    assert done.data("dispute.decided")["appeal_by"] == "2027-05-26"
    assert done.started["hand-over-copy"]["on"] == "2027-05-17"
    assert owed(j9) == {"student": 3000000, "college": 7000000}
    assert done.data("claim.divided")["dispute"] == id_of(j9.dispute), "traceable to what was decided"
    *_, last = j9[E1].sees(f"{j9.claim}/ledger")["rows"]
    moved = {posting["debtor"]: posting["amount"] for posting in last["postings"]}
    assert moved == {"student": -3000000, "college": 3000000}
    assert [point["reasons"] for point in j9[S5].sees(j9.dispute)["points"]] == REASONS
    other = {"findings": ["rejected"], "reasons": ["It was on conditions."]}
    j9[OTHERS[3]].does(f"{j9.second}/decide", other)
    j9[R1].does(f"{j9.dispute}/hand-over-copy")


def test_8_an_appeal_suspends_it(j9):
    j9.at("2027-05-24 10:00")
    done = j9[C1].does(f"{j9.dispute}/appeal")
    assert done.types == ["dispute.appealed", "contract.dispute_moved", "claim.division_suspended"]
    assert j9[S5].sees(j9.dispute)["suspended"] is True
    assert owed(j9) == {"student": 3000000, "college": 7000000}, "suspended, not removed"
    refused = j9[E1].refused(f"{j9.claim}/deduct-from-pay", {"month": "2027-01", "amount": 100000})
    assert refused.codes == ["GEN-FROZEN"]


def test_an_appeal_that_is_late(j9):
    j9.at("2027-05-27 10:00")
    assert j9.came(j9.second, "dispute.closed")
    refused = j9[S5].refused(f"{j9.second}/appeal")
    assert refused.codes == ["DIS-APPEAL-LATE"]
    assert refused.facts("DIS-APPEAL-LATE") == {"last": "2027-05-26"}
    assert refused.cures("DIS-APPEAL-LATE") == {("chamber", "restore-time")}
    cure = {"what": "appeal", "until": "2027-06-02", "reasons": "Was in hospital."}
    j9[R1].does(f"{j9.second}/restore-time", cure)
    assert j9[S5].preview(f"{j9.second}/appeal").types[0] == "dispute.appealed"


def test_9_what_the_court_found(j9):
    j9.at("2027-06-10 10:00")
    done = j9[C1].does(f"{j9.dispute}/record-court", COURT)
    assert {"dispute.court_recorded", "contract.dispute_closed"} <= {*done.types}
    assert done.data("claim.division_resumed")["from_on"] == "2027-05-12"
    assert done.types[-1] == "claim.dispute_closed"
    seen = j9[S5].sees(j9.dispute)
    assert (seen["phase"], seen["suspended"], seen["frozen"]) == ("closed", False, [])
    answer = j9[E1].post(f"{j9.claim}/deduct-from-pay", {"month": "2027-01", "amount": 100000})
    assert "GEN-FROZEN" not in answer.text


def test_interest_runs_from_the_next_day(j9):
    before = len(j9.events(j9.claim))
    j9.at("2027-07-01 10:00")
    patiently(lambda: len(j9.events(j9.claim)) > before)
    found = [e["data"] for e in j9[E1].sees(f"{j9.claim}/events")["items"] if e["type"] == ACCRUED]
    late = [each for each in found if each["amount"]]
    assert {each["from_on"] for each in late} == {"2027-06-11"}
    assert {each["reason"] for each in found if not each["amount"]} == {"dispute"}


def test_as_known_then(j9):
    then = {"known_at": "2027-03-20T05:00:00Z", "in_force_on": "2027-03-20"}
    dispute = j9[S5].sees(j9.dispute, **then)
    assert dispute["phase"] == "complaint"
    assert dispute["contract_then"] == j9[S5].sees(j9.k5, **then)
    assert dispute["contract_now"]["disputes"] != dispute["contract_then"]["disputes"]
    assert j9[S5].sees(j9.dispute, known_at="2027-03-09T05:00:00Z")["known"] is False


# What must never happen, under either law


@pytest.fixture(scope="module")
def kz(opened):
    """The same under the law of the land: whatever days it gives are taken."""
    town = Town(opened("kz", "2026-08-07 08:00"))
    with_a_claim(town)
    town.at("2027-03-10 10:00")
    town.dispute = f"/disputes/{town[S5].does('/disputes', complaint(town)).id}"
    town.at("2027-03-15 10:00")
    town[E1].does(f"{town.dispute}/answer-complaint")
    town[S5].does(f"{town.dispute}/refer-to-commission")
    members = zip(("student", "enterprise", "college", "chamber"), OTHERS, strict=True)
    for side, member in members:
        town[R1].does(f"{town.dispute}/seat-member", {"side": side, "person": town.id(member)})
    town[OTHERS[3]].does(f"{town.dispute}/decide", DECIDE)
    return town


@pytest.fixture(params=["j9", "kz"])
def town(request):
    return request.getfixturevalue(request.param)


def test_what_must_never_happen_has_not(town):
    assert never.collected_while_disputed(town.house) == []
    assert never.decided_with_a_member_who_stepped_back(town.house) == []
    assert never.divided_without_a_cause(town.house) == []
    assert never.personal_words(town.house) == []


def test_no_confidential_words_stand_in_the_log(town):
    found = town.house.rows("SELECT data::text || metadata::text FROM log.events")
    assert not [text for [text] in found if "third person" in text]
