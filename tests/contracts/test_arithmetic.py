"""The golden cases of reimbursement, exact to the tiyn, and what holds of any sum."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import arithmetic
from contracts.claim import Parts
from contracts.costs import Cost, claimable
from contracts.law import least_hours, load
from tests.examples import COLLEGE, LAW, STUDENT

CASES = json.loads((Path(__file__).parent / "reimbursement_cases.json").read_text())["cases"]
CASE = {case["id"]: case for case in CASES}
ON = date(2027, 3, 1)


def of(id_):
    return CASE[id_]["given"], CASE[id_]["result"]


def test_r01_work_off_by_months():
    data, result = of("R01")
    found = arithmetic.in_proportion(
        data["cost"], data["agreed_months"], data["worked_full_months"], "months"
    )
    assert found.amount == result["claim"]
    assert [step.value for step in found.steps] == [48_000_000, 36, 14, 22, 29_333_333]


def test_r02_work_off_by_calendar_days():
    data, result = of("R02")
    found = arithmetic.in_proportion(data["cost"], data["agreed_days"], data["worked_days"], "days")
    assert found.amount == result["claim"]


def test_r03_eligible_and_prohibited():
    data, result = of("R03")
    kinds = {
        "external_course": Cost.EXTERNAL_COURSE,
        "materials_consumed_in_training": Cost.MATERIALS,
        "compensation_paid": Cost.COMPENSATION,
        "protective_clothing": Cost.PROTECTIVE_CLOTHING,
        "medical_examination": Cost.MEDICAL_EXAMINATION,
        "mentor_allowance": Cost.MENTOR,
        "safety_briefing": Cost.SAFETY_BRIEFING,
    }
    amounts = {kind: data[name] for name, kind in kinds.items()}
    eligible = sum(amount for kind, amount in amounts.items() if claimable(kind, LAW, ON))
    assert sum(amounts.values()) == result["gross"]
    assert sum(amounts.values()) - eligible == result["refused"]
    assert arithmetic.in_proportion(eligible, 1, 0, "months").amount == result["claim"]


def test_r04_cap():
    data, result = of("R04")
    found = arithmetic.capped(data["eligible"], data["cap"])
    assert (found.amount, found.steps[1].value) == (result["claim"], result["over_cap"])


@pytest.mark.parametrize("id_", ["R05", "R06"])
def test_r05_r06_shares(id_):
    data, result = of(id_)
    found = arithmetic.shares(data["claim"], [(STUDENT, data["student"]), (COLLEGE, data["college"])])
    assert found == {STUDENT: result["student"], COLLEGE: result["college"]}
    assert sum(found.values()) == data["claim"]


def test_r08_instalments():
    data, result = of("R08")
    found = arithmetic.equal_instalments(data["debt"], data["months"])
    assert set(found[:-1]) == {result["first_eleven"]}
    assert (found[-1], sum(found)) == (result["last"], result["sum"])


def test_r09_half_of_the_wage():
    data, result = of("R09")
    found = arithmetic.deduction(data["wage_due"], data["instalment"], 50)
    assert vars(found) == {
        "deducted": result["deduct"],
        "carried_over": result["carry_over"],
        "paid_out": result["paid_out"],
    }


def test_r10_late_claim():
    data, result = of("R10")
    weight = data["rate_basis_points"] * data["days_late"]
    found = arithmetic.late_interest(data["principal"], weight, data["year_days"])
    assert found == result["penalty"]


def test_r11_late_pay():
    data, result = of("R11")
    weight = data["rate_basis_points"] * data["days_late"]
    found = arithmetic.late_interest(data["pay"], weight, 365, percent=data["factor_percent"], up=True)
    assert found == result["penalty"]


def test_r12_price_by_months():
    data, result = of("R12")
    price = arithmetic.by_month(data["price"], data["held_back_percent"], data["months"])
    due, paid = sum(price.monthly[: data["effective_end_of_month"]]), sum(data["payments"])
    assert (price.monthly[0], paid, due) == (result["monthly"], result["paid"], result["due"])
    back = arithmetic.taken_back(data["payments"], paid - due)
    assert [{"of": f"payment-{n + 1}", "amount": -amount} for n, amount in back] == result["reversals"]


def test_r13_r14_set_off_and_deduction():
    data, result = of("R13")
    assert min(data["student_owes"], data["enterprise_owes_compensation"]) == result["set_off"]
    data, result = of("R14")
    found = arithmetic.deduction(data["wage_due"], data["student_owes"], 50)
    assert (found.deducted, found.paid_out) == (result["deduct"], result["paid_out"])
    assert data["student_owes"] - found.deducted == result["student_owes_after"]


def test_r15_r16_order_of_settlement():
    data, result = of("R15")
    owed = {"expenses": data["costs"], "penalty": data["penalty"], "principal": data["principal"]}
    settled, over = arithmetic.in_order(data["payment"], owed, ("expenses", "penalty", "principal"))
    parts = Parts(**settled, over=over)
    found = (parts.expenses, parts.penalty, parts.principal)
    assert found == (result["to_costs"], result["to_penalty"], result["to_principal"])
    assert (
        data["principal"] - parts.principal
        == result["principal_after"]
        == CASE["R16"]["given"]["principal_after"]
    )


@pytest.mark.parametrize("id_", ["P01", "P02"])
def test_p01_p02_practice_share(id_):
    data, result = of(id_)
    total, planned = data["training_and_practice_total"], data["planned_at_enterprise"]
    assert (planned >= least_hours(total, 60)) is result["ok"]
    assert least_hours(total, 60) == 1556


def test_every_case_is_looked_at():
    """R07 is a refusal: nobody answers without fault; see test_reimbursement."""
    told = {"R07"} | {f"R{n:02}" for n in range(1, 17)} | {"P01", "P02"}
    assert {case["id"] for case in CASES} == told


# Time


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-09-01", "2026-11-30", 3),
        ("2026-09-01", "2026-11-29", 2),
        ("2026-09-01", "2026-08-31", 0),
        ("2026-08-31", "2027-02-26", 5),
        ("2026-08-31", "2027-02-27", 6),
        ("2027-01-31", "2027-02-27", 1),
        ("2024-02-29", "2025-02-26", 11),
        ("2024-02-29", "2025-02-27", 12),
    ],
)
def test_whole_months_end_the_day_before_the_same_number(first, last, months):
    assert arithmetic.full_months(date.fromisoformat(first), date.fromisoformat(last)) == months


# Of any sum

SUMS = st.integers(0, 10**13)


@given(SUMS, st.integers(1, 5000), st.integers(0, 6000))
def test_a_part_is_rounded_down_by_less_than_a_tiyn(cost, agreed, worked):
    found = arithmetic.in_proportion(cost, agreed, worked, "days").amount
    unworked = max(0, agreed - worked)
    assert 0 <= cost * unworked - found * agreed < agreed
    assert 0 <= found <= cost


@given(SUMS, st.integers(1, 1000), st.integers(1, 1000))
def test_shares_make_the_whole_and_a_student_never_bears_more(amount, student, college):
    found = arithmetic.shares(amount, [(STUDENT, student), (COLLEGE, college)])
    assert sum(found.values()) == amount
    assert found[STUDENT] == amount * student // (student + college)


@given(SUMS, st.integers(1, 600))
def test_instalments_come_to_the_debt(debt, months):
    found = arithmetic.equal_instalments(debt, months)
    assert (len(found), sum(found)) == (months, debt)
    assert 0 <= found[-1] - found[0] < months


@given(SUMS, st.lists(st.integers(1, 4000), max_size=20))
def test_interest_counted_day_by_day_is_what_it_is_counted_at_once(principal, weights):
    accrued, whole = 0, 0
    for weight in weights:
        whole += weight
        accrued += arithmetic.late_interest(principal, whole, 365) - accrued
    assert accrued == arithmetic.late_interest(principal, sum(weights), 365)


@given(SUMS, SUMS, SUMS, SUMS)
def test_a_payment_is_settled_in_order_to_the_last_tiyn(amount, expenses, penalty, principal):
    owed = {"expenses": expenses, "penalty": penalty, "principal": principal}
    settled, over = arithmetic.in_order(amount, owed, ("expenses", "penalty", "principal"))
    assert sum(settled.values()) + over == amount
    assert all(0 <= settled[part] <= owed[part] for part in owed)
    assert not settled["principal"] or settled["penalty"] == penalty


@given(st.lists(st.integers(1, 10**9), max_size=12), st.integers(0, 10**10))
def test_what_comes_back_is_of_the_newest_payments(payments, claw_back):
    found = arithmetic.taken_back(payments, claw_back)
    assert sum(amount for _, amount in found) == min(claw_back, sum(payments))
    assert [n for n, _ in found] == [*range(len(payments))][::-1][: len(found)]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 2000))
def test_months_and_days_grow_together(first, days):
    last = first + timedelta(days=days)
    months = arithmetic.full_months(first, last)
    assert months * 28 <= arithmetic.calendar_days(first, last) < (months + 1) * 31 + 1


def test_the_rate_of_each_day_is_the_law_s():
    kz = load("kz")
    rates = {on: kz.rule("claim.late-interest", on).value["basis_points"] for on in (date(2025, 10, 12), ON)}
    assert rates == {date(2025, 10, 12): 1650, ON: 1800}
