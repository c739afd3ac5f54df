"""J8: what is paid back after a contract has ended early, to the tiyn. The tests are the steps, in the order
of the days."""

import re

import pytest

from api.languages import say
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


PLAN = {"price": 1125000, "months": 12, "held_back_percent": 20}
TERM = {"starts_on": "2026-09-01", "ends_on": "2027-08-31"}
DAYS = ["2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31"]


def paid_for_five_months(town):
    """K8 of S7, with a price by months of which E1 has paid five."""
    town.house.watched = False
    town.enrol(S7)
    town.at("2026-08-24 09:00")
    town.k = town.conclude(S7, term=TERM, payment_plan=PLAN)
    town.at("2026-09-01 09:00")
    town.ready(town.k, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(town.k))
    town.house.watched = True
    town.paid = []
    for on in DAYS:
        town.at(f"{on} 10:00")
        done = town[E1].does(f"{town.k}/record-price-payment", {"amount": 75000, "on": on})
        town.paid.append(done.data("price.paid")["payment"])


def left(town, end_on):
    """On 2027-02-10 all agree to a last day that is over."""
    town.at("2027-02-10 10:00")
    done = town[C1].does(f"{town.k}/propose-mutual-end", {"end_on": end_on})
    text = {"text_hash": done.data("withdrawal.mutual_proposed")["text_hash"]}
    town[S7].does(f"{town.k}/accept-mutual-end", text)
    shown = town[E1].preview(f"{town.k}/accept-mutual-end", text)
    town[E1].does(f"{town.k}/accept-mutual-end", text, shown=shown.digest)
    patiently(lambda: "contract.ended" in town.events(town.k))
    town.price = {"contract": town.k.rpartition("/")[2], "about": "price"}
    return shown


@pytest.fixture(scope="module")
def price(opened):
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    paid_for_five_months(town)
    return town


def test_1_nothing_comes_back_as_long_as_it_is_taught(price):
    seen = price[E1].sees(f"{price.k}/price")
    assert (seen["held_back"], seen["monthly"][0], seen["due"], seen["paid"]) == (
        225000,
        75000,
        375000,
        375000,
    )
    assert (seen["claw_back"], seen["lines"]) == (0, [])
    refused = price[E1].refused("/claims", {"contract": price.k.rpartition("/")[2], "about": "price"})
    assert refused.codes == ["GEN-STATE"]


def test_2_an_end_that_is_known_late_says_what_comes_back(price):
    shown = left(price, "2026-11-30")
    [back] = [each for each in shown.consequences["money"] if each["name"] == "price-claw-back"]
    assert (back["amount"], back["to"], back["by"]) == (150000, "enterprise", "college")
    steps = {step["name"]: step["value"] for step in back["steps"]}
    assert (steps["held-back"], steps["price-monthly"], steps["worked-months"]) == (225000, 75000, 3)
    assert (steps["due"], steps["paid"], steps["claw-back"]) == (225000, 375000, 150000)


def test_3_the_same_day_is_answered_by_what_was_known(price):
    then = price[E1].sees(f"{price.k}/price", in_force_on="2027-01-31", known_at="2027-01-31T12:00:00Z")
    assert (then["due"], then["claw_back"]) == (375000, 0)
    price.at("2027-02-11 10:00")
    now = price[E1].sees(f"{price.k}/price", in_force_on="2027-01-31", known_at="2027-02-11T00:00:00Z")
    assert (now["due"], now["claw_back"]) == (225000, 150000)
    assert [(line["payment"], line["amount"]) for line in now["lines"]] == [
        (price.paid[4], 75000),
        (price.paid[3], 75000),
    ]


def test_4_it_is_claimed_back_payment_by_payment(price):
    assert "claim-price" in price[E1].tasks(price.k)
    shown = price[E1].preview("/claims", price.price)
    done = price[E1].does("/claims", price.price, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    price.claim = f"/claims/{done.id}"
    books = price[E1].sees(f"{price.claim}/ledger")
    assert [row["type"] for row in books["rows"][:10]] == ["month", "payment"] * 5
    assert books["rows"][1]["balances"] == {"cost": 75000, "owed": 0, "cash": -75000}
    assert books["rows"][9]["balances"] == {"cost": 375000, "owed": 0, "cash": -375000}
    reversed_ = [each["reverses"] for each in books["rows"][10]["postings"]]
    assert reversed_ == ["M5", "M5", "M4", "M4", "P5", "P5", "P4", "P4"]
    assert books["balances"] == {"cost": 225000, "owed": 0, "cash": -375000, "back": 150000}


def test_5_it_is_repaid_in_two_parts(price):
    price.at("2027-02-24 10:00")
    price[E1].does(f"{price.claim}/post-payment", {"amount": 100000, "on": "2027-02-24"})
    books = price[C1].sees(f"{price.claim}/ledger")
    assert books["balances"] == {"cost": 225000, "owed": 0, "cash": -275000, "back": 50000}
    assert [(p["amount"], p.get("reverses")) for p in books["rows"][-1]["postings"]] == [
        (100000, None),
        (-75000, "P5"),
        (-25000, "P4"),
    ]
    price.at("2027-03-10 10:00")
    price[E1].does(f"{price.claim}/post-payment", {"amount": 50000, "on": "2027-03-10"})
    patiently(lambda: price.came(price.claim, "claim.settled"))
    books = price[C1].sees(f"{price.claim}/ledger")
    assert books["balances"] == {"cost": 225000, "owed": 0, "cash": -225000, "back": 0}
    assert books["balanced"]
    assert "contract.claim_closed" in price.events(price.k)


@pytest.mark.parametrize(
    "on", ["2026-09-30", "2026-12-15", "2027-02-10", "2027-02-24", "2027-03-09", "2027-03-10"]
)
def test_at_any_past_moment_the_postings_come_to_nothing(price, on):
    books = price[E1].sees(f"{price.claim}/ledger", in_force_on=on)
    assert books["balanced"]
    assert all(sum(posting["amount"] for posting in row["postings"]) == 0 for row in books["rows"])


def test_the_student_has_nothing_to_do_with_it(price):
    assert price[S7].get(price.claim).status_code == 404


# A day short, a payment that never came, one that is too much


@pytest.fixture(scope="module")
def short(opened):
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    paid_for_five_months(town)
    left(town, "2026-11-29")
    return town


def test_a_day_short_is_a_month_less(short):
    seen = short[E1].sees(f"{short.k}/price")
    assert (seen["due"], seen["claw_back"]) == (150000, 225000)
    assert [line["payment"] for line in seen["lines"]] == [short.paid[n] for n in (4, 3, 2)]
    short.claim = f"/claims/{short[E1].does('/claims', short.price).id}"


def test_a_payment_that_the_bank_took_back_is_not_asked_for(short):
    short.at("2027-02-12 10:00")
    wish = {"payment": short.paid[4], "reason": "The bank returned it"}
    shown = short[E1].preview(f"{short.k}/cancel-price-payment", wish)
    done = short[E1].does(f"{short.k}/cancel-price-payment", wish, shown=shown.digest)
    assert done.types == ["price.payment_cancelled", "claim.price_reduced"]
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    seen = short[C1].sees(short.claim)
    assert (seen["owed"], [line["payment"] for line in seen["lines"]]) == (
        150000,
        [short.paid[3], short.paid[2]],
    )
    assert short[E1].refused(f"{short.k}/cancel-price-payment", wish).codes == ["PRC-CANCELLED"]


def test_what_is_repaid_too_much_has_its_own_line_and_a_task(short):
    body = {"amount": 160000, "on": "2027-02-12"}
    refused = short[E1].refused(f"{short.claim}/post-payment", body)
    assert refused.facts("CLM-OVERPAID") == {"amount": 160000, "owed": 150000, "over": 10000}
    done = short[E1].does(f"{short.claim}/post-payment", {**body, "overpaid": True})
    assert set(done.opened) == {"return-overpayment"}
    books = short[E1].sees(f"{short.claim}/ledger")["balances"]
    assert (books["back"], books["overpaid"]) == (0, -10000)
    short[E1].does(f"{short.claim}/return-overpayment")
    patiently(lambda: short.came(short.claim, "claim.settled"))


@pytest.mark.parametrize("amount", ["0.5", "75000.0", "1e3", '"75000"', "null", "-1"])
def test_money_is_whole_tiyn(short, amount):
    answer = short.house.http.post(
        f"/api/v1{short.k}/record-price-payment",
        content=f'{{"amount": {amount}, "on": "2027-02-12"}}',
        headers=short[E1].headers() | {"Content-Type": "application/json"},
    )
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["/amount"]


def test_another_currency_has_no_rule_for_its_rate(short):
    answer = short[E1].post("/claims", {**short.price, "currency": "USD"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["/currency"]


# Costs of the training


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
    patiently(lambda: "contract.ended" in town.events(town.k))
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


def test_it_is_listed_with_what_is_to_be_done(costs):
    for who in (E1, C1, S7):
        [row] = costs[who].sees("/claims")["items"]
        assert (row["claim_id"], row["owed"], row["debtors"]) == (
            costs.opened.id,
            10000000,
            ["college", "student"],
        )
    assert costs[C2].sees("/claims")["items"] == []
    due = costs[S7].sees("/worklist", group=["overdue", "this_week", "later"])["items"]
    [answer] = [
        task for task in due if task["stream_id"] == costs.opened.id and task["name"] == "answer-claim"
    ]
    assert (answer["kind"], answer["due_on"], answer["silence"]) == ("claim", "2027-03-11", "claim-contested")
    days = {d["name"]: d["due_on"] for d in costs[C1].sees("/deadlines")["items"] if d["kind"] == "claim"}
    assert days == {"answer-claim": "2027-03-11", "pay-claim": "2027-03-09", "limitation": "2029-12-28"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_its_pages_say_everything_in_three_languages(costs, language):
    def page(who, path):
        headers = costs[who].headers(language) | {"Accept": "text/html"}
        return costs.house.http.get(path, headers=headers)

    for who in (E1, C1, S7):
        for path in ("/claims", costs.claim, "/worklist", "/deadlines", "/messages"):
            shown = page(who, path)
            assert shown.status_code == 200, (path, shown.text[-500:])
            assert "None" not in shown.text
            assert not re.search(r"\b(pages|fields|commands|steps|accounts|events)\.[a-z]", shown.text), path
        assert costs.claim in page(who, "/claims").text
        assert costs.claim in page(who, "/worklist").text
    assert page(C2, costs.claim).status_code == 404
    for command in ("post-payment", "waive", "write-off", "agree-instalments", "deduct-from-pay", "set-off"):
        shown = page(E1, f"{costs.claim}/{command}")
        assert shown.status_code == 200, (command, shown.status_code, shown.text[-800:])
        assert say(language, f"commands.{command}") in shown.text
    for command in ("answer-claim", "agree-instalments"):
        assert page(S7, f"{costs.claim}/{command}").status_code == 200
    begun = page(E1, f"/claims/new?contract={costs.wish['contract']}")
    assert begun.status_code == 200
    assert say(language, "costs.external_course") in begun.text
    assert say(language, "costs.safety_briefing") not in begun.text


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


def test_without_a_clause_what_was_performed_stays(costs):
    assert costs[E1].refused("/claims", {"contract": costs.wish["contract"], "about": "price"}).codes == [
        "CLM-CLAUSE"
    ]


def test_after_limitation_nothing_is_claimed(costs):
    costs.at("2029-12-29 10:00")
    late = costs[E1].refused("/claims", {**costs.wish, "items": [{**COURSE, "document": "Invoice 9"}]})
    assert late.facts("CLM-LATE")["until"] == "2029-12-28"


def test_what_must_never_happen_has_not(costs, price):
    assert never.personal_words(costs.house) == []
    assert never.personal_words(price.house) == []
