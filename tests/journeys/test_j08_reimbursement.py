"""J8: what is paid back after a contract has ended early, to the tiyn. The tests are the steps, in the order
of the days."""

import pytest

from tests.journeys import never
from tests.journeys.cast import C1, C2, E1, R1, S7
from tests.journeys.house import patiently
from tests.journeys.start import Town

COURSE = {"kind": "external_course", "amount": 15000000, "document": "Invoice 114"}
MATERIALS = {"kind": "materials_consumed_in_training", "amount": 4000000, "document": "Act 7"}
PROHIBITED = {
    "compensation_paid": 35000000,
    "protective_clothing": 4500000,
    "medical_examination": 1500000,
    "mentor_allowance": 6000000,
    "safety_briefing": 800000,
}
SIXTY_FORTY = [{"debtor": "student", "parts": 60}, {"debtor": "college", "parts": 40}]


@pytest.fixture(scope="module")
def costs(opened):
    """S7 has left on 2027-01-28 by own wish; E1 has spent money on the training."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    town.house.watched = False
    town.enrol(S7)
    town.at("2026-08-24 09:00")
    town.k = town.conclude(S7)
    town.at("2026-09-01 09:00")
    town.ready(town.k, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(town.k))
    town.at("2026-12-28 11:00")
    wish = {"ground": "own-wish", "received_on": "2026-12-28", "end_on": "2027-01-28"}
    town[S7].does(f"{town.k}/withdraw", wish)
    town.at("2027-01-29 00:00")
    patiently(lambda: town.came(town.k, "contract.ended"))
    town.at("2027-03-01 10:00")
    town.wish = {
        "contract": town.k.rpartition("/")[2],
        "debtors": SIXTY_FORTY,
        "items": [COURSE, MATERIALS],
    }
    return town


def test_items_that_the_law_prohibits_are_refused_line_by_line(costs):
    others = [{"kind": kind, "amount": amount, "document": kind} for kind, amount in PROHIBITED.items()]
    refused = costs[E1].refused("/claims", {**costs.wish, "items": [COURSE, MATERIALS, *others]})
    assert refused.codes == ["CLM-COST-PROHIBITED"] * 5
    facts = {each["facts"]["item"]: each["facts"] for each in refused.all}
    assert {kind: fact["amount"] for kind, fact in facts.items()} == PROHIBITED
    assert sum(fact["amount"] for fact in facts.values()) == 47800000
    assert all(fact["source"] for fact in facts.values())


def test_what_stays_is_in_proportion_and_capped(costs):
    shown = costs[E1].preview("/claims", costs.wish)
    assert shown.types == ["claim.opened", "contract.claim_opened"]
    opened = shown.data("claim.opened")
    steps = {step["name"]: step["value"] for step in opened["steps"]}
    assert (steps["eligible"], steps["over-cap"], opened["amount"]) == (19000000, 1400000, 10000000)
    assert {debt["debtor"]: debt["amount"] for debt in opened["debts"]} == {
        "student": 6000000,
        "college": 4000000,
    }
    assert (opened["answer_by"], opened["rounding"]) == ("2027-03-11", "money.rounding")
    assert shown.told == {"student", "college"}
    assert all(each["steps"] for each in shown.consequences["money"])
    done = costs.opened = costs[E1].does("/claims", costs.wish, shown=shown.digest)
    assert done.status == 201
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    costs.claim = f"/claims/{done.id}"


def test_who_may_see_it(costs):
    for who in (E1, C1, S7):
        seen = costs[who].sees(costs.claim)
        assert (seen["owed"], seen["sum"], seen["creditor"]) == (10000000, 10000000, "enterprise")
        assert set(seen["parties"]) == {"student", "college", "enterprise"}
    assert costs[C2].get(costs.claim).status_code == 404
    assert costs[R1].get(costs.claim).status_code == 404


def test_it_stands_in_the_contract(costs):
    [made] = costs[E1].sees(costs.k)["account"]["claims"]
    assert (made["id"], made["amount"], made["closed"]) == (costs.opened.id, 10000000, False)
    twice = costs[E1].refused("/claims", costs.wish)
    assert set(twice.codes) == {"CLM-TWICE", "CLM-CAP"}


def test_answers_and_payments(costs):
    costs.at("2027-03-05 10:00")
    costs[S7].does(f"{costs.claim}/answer-claim", {"accept": True})
    costs.at("2027-03-12 00:00")
    patiently(lambda: costs.came(costs.claim, "claim.contested"))
    seen = {debt["debtor"]: debt for debt in costs[E1].sees(costs.claim)["debts"]}
    assert (seen["student"]["answer"], seen["college"]["answer"]) == ("acknowledged", "contested")
    paid = {"amount": 6000000, "on": "2027-03-09", "debtor": "student"}
    costs[E1].does(f"{costs.claim}/post-payment", paid)
    assert costs[C1].sees(costs.claim)["owed"] == 4000000


def test_the_ledger_balances_under_both_clocks(costs):
    now = costs[E1].sees(f"{costs.claim}/ledger")
    assert now["balanced"]
    assert now["balances"] == {"back": 4000000, "cost": -10000000, "cash": 6000000}
    then = costs[E1].sees(f"{costs.claim}/ledger", in_force_on="2027-03-08")
    assert then["balances"] == {"back": 10000000, "cost": -10000000}
    before = costs[E1].sees(f"{costs.claim}/ledger", known_at="2027-03-11T00:00:00Z")
    assert before["balances"] == {"back": 10000000, "cost": -10000000}


def test_what_must_never_happen_has_not(costs):
    assert never.personal_words(costs.house) == []
