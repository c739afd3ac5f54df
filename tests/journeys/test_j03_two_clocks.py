"""J3: a raise that was agreed by word is recorded late, and one that is still to come. Every answer names its
two moments. The tests are the steps, in the order of the days."""

import json

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, E1, G1, M1, S1
from tests.journeys.house import patiently
from tests.journeys.start import Town, schedule

P3 = schedule("thu fri", "mon tue wed")
BEFORE, AFTER = "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z"
OCTOBER, NOVEMBER = "2026-10-30", "2026-11-10"


def pay(monthly):
    return {"kind": "compensation", "monthly": monthly}


@pytest.fixture(scope="module")
def j3(opened):
    """K1 after J2: drafted with 9500000, revised to 9550000 on 19 August, other days since 2 November."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    town.enrol(S1)
    town.represent(S1, G1)
    town.at("2026-08-10 09:00")
    town.k1 = town.draft(S1)
    town.at("2026-08-19 09:00")
    town[E1].does(f"{town.k1}/revise", {"terms": {"compensation": pay(9550000)}})
    text = {"text_hash": town.offer(town.k1)}
    for who, command in ((E1, "sign"), (S1, "sign"), (G1, "consent")):
        town[who].does(f"{town.k1}/{command}", text)
    town.at("2026-08-24 09:00")
    town[C1].does(f"{town.k1}/sign", text)
    town.at("2026-09-01 09:00")
    town.ready(town.k1, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(town.k1))
    town.at("2026-10-14 09:00")
    wish = {"schedule": P3, "from_on": "2026-11-02"}
    done = town[E1].does(f"{town.k1}/propose-schedule-change", wish)
    answer = {"proposal": done.data("schedule.change_proposed")["proposal"], "accept": True}
    for who in (S1, G1, C1):
        town[who].does(f"{town.k1}/answer-schedule-change", answer)
    town.house.watched = True
    return town


def raised(*steps):
    return {"steps": [{"from_on": from_on, "monthly": monthly} for from_on, monthly in steps]}


def of_pay(town, **at):
    [clause] = [c for c in town[S1].sees(town.k1, **at)["clauses"] if c["clause"] == "C-COMPENSATION"]
    return clause


def test_a_raise_agreed_by_word_is_recorded_three_weeks_later(j3):
    j3.at("2026-11-23 10:30")
    path, wish = f"{j3.k1}/raise-pay", raised(("2026-11-02", 11000000))
    shown = j3[E1].preview(path, wish)
    done = j3[E1].does(path, wish, shown=shown.digest)
    assert shown.bytes_of_consequences == done.bytes_of_consequences
    assert done.types == ["pay.raised"]
    assert done.events[0]["effective_on"] == "2026-11-02"
    assert done.told == {"student", "representative", "college"}
    assert (done.opened, done.started) == ({}, {})
    assert not j3[S1].tasks(j3.k1)
    j3.raised = done


def test_november_brings_her_so_much_more(j3):
    [money] = j3.raised.consequences["money"]
    assert (money["name"], money["amount"], money["month"]) == ("pay-change", 1450000, "2026-11")
    assert (money["by"], money["to"], money["rule"]) == ("enterprise", "student", "pay.broken-month")
    steps = {step["name"]: step["value"] for step in money["steps"]}
    assert steps == {
        "monthly-before": 9550000,
        "monthly-after": 11000000,
        "practice-days-changed": 13,
        "practice-days-planned": 13,
        "due-before": 9550000,
        "due-after": 11000000,
    }
    assert steps["due-after"] == 11000000 * 13 // 13
    assert steps["due-after"] - steps["due-before"] == money["amount"]


def test_the_history_says_that_it_holds_from_an_earlier_day(j3):
    entry = j3[S1].history(j3.k1)[j3.raised.version]
    assert (entry["effective_on"], entry["holds_from"]) == ("2026-11-02", "2026-11-02")
    assert entry["recorded_at"].startswith("2026-11-23T05:30")
    page = j3[S1].page(f"{j3.k1}/history").text
    assert "21 days earlier" in page
    for_changes = j3[S1].page(f"{j3.k1}/history", kind="change").text
    assert f'id="e-{j3.raised.position}"' in for_changes


def test_the_same_month_under_two_clocks(j3):
    """The table of four answers; each names its two moments."""
    j3.at("2026-12-01 09:00")
    first = j3.raised.version
    for in_force_on, known_at, monthly, later in (
        (OCTOBER, BEFORE, 9550000, False),
        (OCTOBER, AFTER, 9550000, False),
        (NOVEMBER, BEFORE, 9550000, False),
        (NOVEMBER, AFTER, 11000000, True),
    ):
        shown = j3[S1].sees(j3.k1, in_force_on=in_force_on, known_at=known_at)
        assert shown["in_force_on"] == in_force_on
        assert shown["known_at"] == known_at.replace("Z", ".000000Z")
        clause = of_pay(j3, in_force_on=in_force_on, known_at=known_at)
        assert clause["value"]["monthly"] == shown["terms"]["compensation"]["monthly"] == monthly
        if later:
            assert clause["by"]["version"] == first
        else:
            assert clause["by"]["recorded_at"].startswith("2026-08-19")


def test_between_the_two_moments_only_our_knowledge_differs(j3):
    at = {"from": f"{NOVEMBER},{BEFORE}", "to": f"{NOVEMBER},{AFTER}"}
    shown = j3[S1].sees(f"{j3.k1}/diff", **at)
    [clause] = shown["clauses"]
    assert (clause["clause"], clause["class"]) == ("C-COMPENSATION", "U")
    assert (clause["was"]["monthly"], clause["now"]["monthly"]) == (9550000, 11000000)
    assert clause["by"]["version"] == j3.raised.version
    assert shown["only_knowledge_changed"] is True
    assert [shown[name]["known_at"] for name in ("from", "to")] == [
        each.replace("Z", ".000000Z") for each in (BEFORE, AFTER)
    ]


def test_the_page_that_compares_says_so_in_words(j3):
    query = {"from": f"{NOVEMBER},{BEFORE}", "to": f"{NOVEMBER},{AFTER}"}
    page = j3[S1].page(f"{j3.k1}/diff", **query)
    assert page.status_code == 200
    assert "our knowledge did" in page.text


def test_a_raise_that_is_still_to_come(j3):
    done = j3[E1].does(f"{j3.k1}/raise-pay", raised(("2027-01-01", 12000000)))
    assert done.events[0]["effective_on"] == "2027-01-01"
    [money] = done.consequences["money"]
    assert (money["amount"], money["month"]) == (1000000, "2027-01")
    j3.second = done
    today, then = of_pay(j3), of_pay(j3, in_force_on="2027-01-05")
    assert (today["value"]["monthly"], today["to_come"]) == (11000000, False)
    assert (then["value"]["monthly"], then["to_come"]) == (12000000, True)
    assert then["by"]["version"] == done.version
    page = j3[S1].page(j3.k1).text
    assert "Agreed, still to come" in page
    assert "110,000.00" in page
    later = j3[S1].page(j3.k1, in_force_on="2027-01-05").text
    assert "120,000.00" in later
    assert "Agreed, still to come" in later


def test_a_page_that_shows_the_past_changes_nothing(j3):
    for at in ({"in_force_on": "2026-11-10"}, {"known_at": BEFORE}):
        page = j3[E1].page(j3.k1, **at)
        assert page.status_code == 200
        assert 'method="post" action="/contracts' not in page.text
        assert f'href="{j3.k1}/raise-pay' not in page.text


def test_less_is_no_raise(j3):
    j3.at("2026-12-02 09:00")
    refused = j3[E1].refused(f"{j3.k1}/raise-pay", raised(("2026-12-01", 10000000)))
    assert refused.codes == ["PAY-LOWER"]
    assert refused.facts("PAY-LOWER") == {
        "from_on": "2026-12-01",
        "amount": 10000000,
        "in_force": 11000000,
    }


def test_less_from_a_past_day_takes_the_word_of_all(j3):
    path = f"{j3.k1}/propose-amendment"
    wish = {"from_on": "2026-11-16", "changes": {"compensation": pay(10000000)}}
    refused = j3[E1].refused(path, wish)
    assert refused.codes == ["AMD-BACKDATED"]
    assert refused.facts("AMD-BACKDATED") == {"from_on": "2026-11-16", "earliest": "2026-12-02"}
    agreed = j3[E1].preview(path, {**wish, "agreed_on": "2026-11-13"})
    assert agreed.types == ["amendment.proposed"]
    assert agreed.data("amendment.proposed")["asked"] == ["college", "enterprise", "student"]
    assert agreed.opened["answer-amendment"]["who"] == ["college", "representative", "student"]


def test_what_set_the_pay_leads_from_entry_to_entry(j3):
    """Blame, newest first."""
    entries = j3[S1].history(j3.k1)
    changed = [
        entry
        for _, entry in sorted(entries.items(), reverse=True)
        if any(change["clause"] == "C-COMPENSATION" for change in entry["changes"])
    ]
    assert [entry["type"] for entry in changed] == [
        "pay.raised",
        "pay.raised",
        "contract.revised",
        "contract.drafted",
    ]
    days = ["2026-12-01", "2026-11-23", "2026-08-19", "2026-08-10"]
    assert [entry["recorded_at"][:10] for entry in changed] == days
    page = j3[S1].page(f"{j3.k1}/history", clause="C-COMPENSATION").text
    positions = [page.index(f'id="e-{entry["position"]}"') for entry in changed]
    assert positions == sorted(positions)


# An addendum, from its proposal to its number


def test_an_addendum_lowers_the_pay_once_all_have_agreed(j3):
    path = f"{j3.k1}/propose-amendment"
    wish = {"from_on": "2027-02-01", "changes": {"compensation": pay(11500000)}, "reason": "fewer orders"}
    shown = j3[E1].preview(path, wish)
    done = j3[E1].does(path, wish)
    assert shown.bytes_of_consequences == done.bytes_of_consequences
    proposed = done.data("amendment.proposed")
    assert (proposed["materiality"], proposed["answer_by"]) == ("A", "2026-12-09")
    text = {"text_hash": proposed["text_hash"]}
    again = j3[E1].refused(f"{j3.k1}/raise-pay", raised(("2027-03-01", 13000000)))
    assert again.codes == ["AMD-PENDING"]
    for who in (S1, G1):
        assert j3[who].tasks(j3.k1)["answer-amendment"]["due_on"] == "2026-12-09"
        assert j3[who].does(f"{j3.k1}/accept-amendment", text).types == ["amendment.accepted"]
    stranger = j3[M1].refused(f"{j3.k1}/accept-amendment", text)
    assert stranger.codes == ["GEN-NOT-PARTY"]
    last = j3[C1].does(f"{j3.k1}/accept-amendment", text)
    assert last.types == ["amendment.accepted", "amendment.concluded"]
    assert last.data("amendment.concluded")["number"] == 1
    [money] = last.consequences["money"]
    assert money["amount"] == -500000
    assert of_pay(j3, in_force_on="2027-02-01")["value"]["monthly"] == 11500000
    assert of_pay(j3, in_force_on="2027-01-31")["value"]["monthly"] == 12000000
    entry = j3[S1].history(j3.k1)[last.version]
    assert "1" in entry["text"]
    later = j3[S1].page(j3.k1, in_force_on="2027-02-05").text
    assert entry["text"] in later
    compared = j3[S1].page(f"{j3.k1}/diff", **{"from": "2027-01-31", "to": "2027-02-01"}).text
    assert entry["text"] in compared


def test_a_clause_of_the_two_organisations_is_agreed_by_the_two(j3):
    plan = {"price": 1125000, "months": 12, "held_back_percent": 20}
    wish = {"from_on": "2027-01-01", "changes": {"payment_plan": plan}}
    done = j3[C1].does(f"{j3.k1}/propose-amendment", wish)
    proposed = done.data("amendment.proposed")
    assert (proposed["materiality"], proposed["asked"]) == ("B", ["college", "enterprise"])
    refused = j3[S1].refused(f"{j3.k1}/accept-amendment", {"text_hash": proposed["text_hash"]})
    assert refused.codes == ["AMD-SIGNER"]
    last = j3[E1].does(f"{j3.k1}/accept-amendment", {"text_hash": proposed["text_hash"]})
    assert last.data("amendment.concluded")["number"] == 2
    assert j3[S1].sees(j3.k1, in_force_on="2027-01-01")["terms"]["payment_plan"] == plan


def test_a_notice_stands_unless_somebody_objects(j3):
    assessed = {"assessment": {"interim_a_year": 2, "enterprise_sits": True}}
    wish = {"from_on": "2027-01-11", "changes": assessed}
    done = j3[C1].does(f"{j3.k1}/give-notice-of-change", wish)
    assert done.started["object-to-change"]["on"] == "2026-12-09"
    j3.at("2026-12-10 00:05")
    patiently(lambda: "amendment.concluded" in j3.events(j3.k1)[-3:])
    shown = j3[S1].sees(j3.k1, in_force_on="2027-01-11")
    assert shown["terms"]["assessment"]["interim_a_year"] == 2
    told = {"from_on": "2027-01-25", "changes": {"assessment": {"interim_a_year": 4}}}
    notice = j3[C1].does(f"{j3.k1}/give-notice-of-change", told).data("amendment.noticed")
    objection = j3[G1].does(f"{j3.k1}/object", {"notice": notice["proposal"], "reason": "too many"})
    assert objection.types == ["amendment.objected"]
    no = j3[E1].does(f"{j3.k1}/decline-amendment", {"text_hash": notice["text_hash"]})
    assert no.types == ["amendment.declined"]
    kept = j3[S1].sees(j3.k1, in_force_on="2027-01-25")["terms"]["assessment"]
    assert kept["interim_a_year"] == 2


# Bad input


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"in_force_on": "2026-02-30"}, "in_force_on"),
        ({"known_at": "2026-11-20T00:00:00"}, "known_at"),
        ({"known_at": "2031-01-01T00:00:00Z"}, "known_at"),
    ],
)
def test_a_moment_that_is_none_is_named(j3, query, field):
    answer = j3[S1].get(j3.k1, **query)
    assert answer.status_code == 400
    assert field in answer.text


@pytest.mark.parametrize("field", ["from", "to"])
def test_nobody_compares_with_what_will_be_known(j3, field):
    at = {"from": NOVEMBER, "to": NOVEMBER} | {field: f"{NOVEMBER},2031-01-01T00:00:00Z"}
    answer = j3[S1].get(f"{j3.k1}/diff", **at)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_before_the_first_entry_nothing_was_known(j3):
    shown = j3[S1].sees(j3.k1, known_at="2026-08-09T00:00:00Z")
    assert shown["known"] is False
    page = j3[S1].page(j3.k1, known_at="2026-08-09T00:00:00Z")
    assert page.status_code == 200
    assert "nothing was known yet" in page.text
    first = j3[S1].history(j3.k1)[1]
    assert first["recorded_at"].startswith("2026-08-10")


@pytest.mark.parametrize(
    "wish",
    [
        {"steps": [{"from_on": "2026-12-15", "monthly": 11000000.5}]},
        {"steps": [{"from_on": "2026-12-15", "monthly": "13000000"}]},
        {"steps": [{"from_on": "2026-02-30", "monthly": 13000000}]},
        {"steps": [{"monthly": 13000000}]},
        {},
    ],
)
def test_a_raise_that_cannot_be_read_is_none(j3, wish):
    assert j3[E1].post(f"{j3.k1}/raise-pay", wish).status_code == 422


# What must never happen


def test_the_same_question_has_the_same_answer_later(j3):
    """Byte for byte, but for the position up to which everything was read."""
    path, at = j3.k1, {"in_force_on": NOVEMBER, "known_at": AFTER}
    before = j3[S1].sees(path, **at)
    j3.at("2027-01-05 09:00")
    j3[E1].does(f"{path}/record-pay", {"month": "2026-12", "amount": 11000000})
    after = j3[S1].sees(path, **at)
    for each in (before, after):
        each.pop("position")
        each.pop("version", None)
    assert json.dumps(before) == json.dumps(after)


def test_what_was_paid_is_closed_to_changes(j3):
    refused = j3[E1].refused(f"{j3.k1}/raise-pay", raised(("2026-12-15", 13000000)))
    assert refused.codes == ["GEN-BACKDATED"]
    assert refused.facts("GEN-BACKDATED") == {"from_on": "2026-12-15", "earliest": "2027-01-01"}


def test_what_must_never_happen_has_not(j3):
    assert never.clauses_changed_without_every_consent(j3.house) == []
    assert never.personal_words(j3.house) == []
