"""What is due for a month, to the tiyn."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.broken_month import broken_month, due_for, hours_by_plan, pay_by
from contracts.contract import State
from contracts.dossier import Agreed
from contracts.terms import ClauseId, Compensation, PayKind, Terms
from contracts.week import month_of, practice_days
from tests.examples import ENDS_ON, K1_ACTIVE, LAW, STARTS_ON, TERMS, state

CONTRACT = state(K1_ACTIVE)
LAST_DAYS = st.dates(STARTS_ON, ENDS_ON)
MONTHLY = st.integers(0, 10**12)


def ending(end_on, monthly=9_500_000, pay_day=10):
    terms = replace(TERMS, compensation=Compensation(PayKind.COMPENSATION, monthly, pay_day))
    return replace(paying(terms), state=State.ENDING, end_on=end_on)


def paying(terms, *changes):
    """The contract with these terms. `changes`: from a day on, another sum for a full month."""
    agreed = [Agreed(STARTS_ON, terms)]
    for from_on, monthly in changes:
        compensation = Compensation(PayKind.COMPENSATION, monthly) if monthly is not None else None
        removed = () if compensation else (ClauseId.COMPENSATION,)
        agreed.append(Agreed(from_on, Terms(compensation=compensation), removed))
        terms = replace(terms, compensation=compensation)
    return replace(CONTRACT, terms=terms, agreed=tuple(agreed))


def amount(end_on, monthly=9_500_000):
    return broken_month(ending(end_on, monthly), LAW).amount


@pytest.mark.parametrize(
    ("day", "done", "due"),
    [
        (5, 0, 0),
        (6, 1, 863_637),
        (7, 1, 863_637),
        (27, 9, 7_772_728),
        (28, 10, 8_636_364),
        (29, 11, 9_500_000),
    ],
)
def test_january_2027_by_its_11_practice_days(day, done, due):
    found = broken_month(ending(date(2027, 1, day)), LAW)
    assert found.amount == due
    assert [step.value for step in found.steps] == [9_500_000, done, 11, due]


@given(LAST_DAYS, MONTHLY)
def test_a_broken_month_is_no_more_than_a_whole_one_and_rounded_up_for_the_student(end_on, monthly):
    found = broken_month(ending(end_on, monthly), LAW)
    [_, done, planned, _] = [step.value for step in found.steps]
    assert type(found.amount) is int
    assert 0 <= found.amount <= monthly
    exact = Fraction(monthly * done, planned) if planned else Fraction(0)
    assert 0 <= found.amount - exact < 1


@given(LAST_DAYS, LAST_DAYS, MONTHLY)
def test_a_later_last_day_of_the_month_is_never_less(one, other, monthly):
    earlier, later = sorted((one, other.replace(year=one.year, month=one.month, day=min(other.day, 28))))
    assert amount(earlier, monthly) <= amount(later, monthly)


@given(LAST_DAYS, MONTHLY)
def test_a_whole_month_is_the_whole_sum(day, monthly):
    last = month_of(day)[1]
    planned = practice_days(CONTRACT, LAW, *month_of(day))
    assert amount(last, monthly) == (monthly if planned else 0)


@given(LAST_DAYS, MONTHLY)
def test_the_days_done_and_left_are_the_month(end_on, monthly):
    """Rounded up twice, so at most one tiyn more."""
    whole = amount(month_of(end_on)[1], monthly)
    done, planned = (step.value for step in broken_month(ending(end_on, monthly), LAW).steps[1:3])
    left = -(-monthly * (planned - done) // planned) if planned else 0
    assert whole <= amount(end_on, monthly) + left <= whole + 1


def test_before_the_last_day_a_month_is_due_in_full():
    assert due_for(ending(date(2027, 1, 28)), LAW, date(2026, 12, 10)).amount == 9_500_000
    assert due_for(CONTRACT, LAW, date(2027, 1, 1)).amount == 9_500_000


def test_after_the_last_day_nothing_is_due():
    assert due_for(ending(date(2027, 1, 28)), LAW, date(2027, 2, 1)).amount == 0


def test_without_compensation_or_a_last_day_nothing_is_broken_off():
    assert broken_month(CONTRACT, LAW) is None
    unpaid = replace(paying(replace(TERMS, compensation=None)), state=State.ENDING, end_on=date(2027, 1, 28))
    assert broken_month(unpaid, LAW) is None
    assert due_for(unpaid, LAW, date(2027, 1, 28)) is None


@pytest.mark.parametrize(
    ("month", "pay_day", "expected"),
    [
        (date(2027, 1, 28), 10, date(2027, 2, 10)),
        (date(2026, 12, 1), 10, date(2027, 1, 8)),
        (date(2027, 4, 30), 10, date(2027, 5, 6)),
        (date(2027, 1, 28), 5, date(2027, 2, 5)),
        (date(2026, 12, 31), 1, date(2026, 12, 31)),
        (date(2027, 1, 28), 25, date(2027, 2, 10)),
        (date(2027, 1, 28), 0, date(2027, 2, 1)),
    ],
)
def test_pay_is_due_on_the_agreed_day_at_the_latest_on_the_10th_and_back_from_a_day_off(
    month, pay_day, expected
):
    assert pay_by(ending(month, pay_day=pay_day), LAW, month) == expected


def test_where_no_plan_is_known_no_sum_is_made_up():
    on_paper = replace(ending(date(2027, 1, 28)), agreed=(), terms=replace(TERMS, schedule=None))
    assert due_for(on_paper, LAW, date(2027, 1, 28)) is None
    assert hours_by_plan(on_paper, LAW) is None


def test_hours_are_those_of_the_plan():
    found = hours_by_plan(ending(date(2027, 1, 28)), LAW)
    assert (found.until_last_day, found.of_term) == (496, 1000)
    assert hours_by_plan(CONTRACT, LAW) is None


@given(LAST_DAYS)
def test_hours_done_are_never_more_than_the_term_s(end_on):
    found = hours_by_plan(ending(end_on), LAW)
    assert 0 <= found.until_last_day <= found.of_term == 1000


# Pay that changes inside a month

JANUARY = month_of(date(2027, 1, 1))
WORKED = practice_days(CONTRACT, LAW, *JANUARY)
"""Eleven: Wednesdays to Fridays without 7 January, which is a holiday."""


@pytest.mark.parametrize(
    ("from_on", "counted"),
    [
        (date(2027, 1, 1), [(11_000_000, 11)]),
        (WORKED[0], [(11_000_000, 11)]),
        (WORKED[0] + timedelta(1), [(9_500_000, 1), (11_000_000, 10)]),
        (WORKED[-1], [(9_500_000, 10), (11_000_000, 1)]),
        (WORKED[-1] + timedelta(1), [(9_500_000, 11)]),
        (date(2027, 2, 1), [(9_500_000, 11)]),
    ],
)
def test_each_practice_day_counts_at_the_sum_that_was_agreed_for_it(from_on, counted):
    found = due_for(paying(TERMS, (from_on, 11_000_000)), LAW, date(2027, 1, 1))
    due = -(-sum(pay * days for pay, days in counted) // 11)
    lines = [value for pay, days in counted for value in (pay, days)]
    assert [step.value for step in found.steps] == [*lines, 11, due]
    assert found.amount == due


def test_a_later_change_is_not_due_before_its_day():
    raised = paying(TERMS, (date(2027, 1, 1), 11_000_000), (date(2027, 2, 1), 12_000_000))
    assert [due_for(raised, LAW, date(2027, n, 5)).amount for n in (1, 2)] == [11_000_000, 12_000_000]
    assert due_for(raised, LAW, date(2026, 12, 5)).amount == 9_500_000


def test_days_for_which_no_pay_was_agreed_are_paid_nothing():
    late = paying(replace(TERMS, compensation=None), (WORKED[-1], 11_000_000))
    assert due_for(late, LAW, date(2027, 1, 1)).amount == 1_000_000
    assert due_for(late, LAW, date(2026, 12, 1)) is None
    gone = paying(TERMS, (WORKED[1], None))
    assert due_for(gone, LAW, date(2027, 1, 1)).amount == -(-9_500_000 // 11)
    assert due_for(gone, LAW, date(2027, 2, 1)) is None


@given(st.lists(st.tuples(LAST_DAYS, MONTHLY), max_size=4), LAST_DAYS)
def test_the_sum_is_the_one_that_is_counted_day_by_day(changes, day):
    contract = paying(TERMS, *changes)
    days = practice_days(contract, LAW, *month_of(day))
    exact = sum((Fraction(contract.terms_on(d).compensation.monthly, len(days)) for d in days), Fraction(0))
    found = due_for(contract, LAW, day)
    assert found.amount == ceil(exact)
    assert sum(step.value for step in found.steps if step.name == "practice-days-done") == len(days)


@given(st.lists(st.tuples(LAST_DAYS, MONTHLY), max_size=4), LAST_DAYS, LAST_DAYS)
def test_pay_that_only_rises_is_never_less_for_a_later_month(changes, one, other):
    rising = sorted(changes)
    rising = [(day, 9_500_000 + sum(m for _, m in rising[: n + 1])) for n, (day, _) in enumerate(rising)]
    contract = paying(TERMS, *rising)
    earlier, later = (month_of(day)[0] for day in sorted((one, other)))
    assert due_for(contract, LAW, earlier).amount <= due_for(contract, LAW, later).amount
