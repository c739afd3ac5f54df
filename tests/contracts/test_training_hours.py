"""Hours that were confirmed, against those of the plan and of the share."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.training_hours import (
    Minutes,
    hours_done,
    least_minutes,
    mondays,
    planned,
    planned_days,
    progress,
    whole_weeks,
)
from contracts.training_record import ConfirmedWeek, Place, Training
from contracts.week import days, practice_days
from tests.examples import ENDS_ON, K1_ACTIVE, LAW, STARTS_ON, state

ACTIVE = state(K1_ACTIVE)
FIRST = date(2026, 8, 31)
"""The Monday of the week in which the term starts."""
AT_COLLEGE, AT_ENTERPRISE = Place.COLLEGE, Place.ENTERPRISE
DAY = 8 * 60


def kept(*weeks, contract=ACTIVE):
    training = Training()
    for n, place, minutes in weeks:
        monday = FIRST + timedelta(weeks=n)
        training = training.with_week(ConfirmedWeek(monday, place, minutes, (), monday))
    return replace(contract, training=training)


WEEKS = st.dictionaries(
    st.tuples(st.integers(0, 43), st.sampled_from(Place)), st.integers(0, 40 * 60), max_size=40
).map(lambda found: [(n, place, minutes) for (n, place), minutes in found.items()])
DAYS = st.dates(STARTS_ON - timedelta(days=10), ENDS_ON + timedelta(days=10))


def test_a_week_counts_once_it_is_over():
    contract = kept((1, AT_ENTERPRISE, 3 * DAY), (1, AT_COLLEGE, 2 * DAY))
    assert hours_done(contract, date(2026, 9, 12)) == Minutes()
    assert hours_done(contract, date(2026, 9, 13)) == Minutes(3 * DAY, 2 * DAY)


def test_the_week_in_which_a_contract_ends_is_over_on_its_last_day():
    contract = replace(kept((1, AT_ENTERPRISE, DAY)), end_on=date(2026, 9, 9))
    assert hours_done(contract, date(2026, 9, 8)) == Minutes()
    assert hours_done(contract, date(2026, 9, 9)) == Minutes(DAY)


def test_the_plan_of_a_week():
    assert planned(ACTIVE, LAW, date(2026, 9, 7), date(2026, 9, 13)) == Minutes(3 * DAY, 2 * DAY)
    third_to_fifth = planned_days(ACTIVE, LAW, date(2026, 9, 7), AT_ENTERPRISE)
    assert third_to_fifth == {date(2026, 9, n): DAY for n in (9, 10, 11)}


def test_days_off_and_days_after_the_end_are_in_no_plan():
    assert planned_days(ACTIVE, LAW, date(2026, 10, 26), AT_COLLEGE) == {date(2026, 10, 27): DAY}
    ended = replace(ACTIVE, end_on=date(2026, 9, 9))
    assert planned_days(ended, LAW, date(2026, 9, 7), AT_ENTERPRISE) == {date(2026, 9, 9): DAY}


def test_the_weeks_of_a_contract():
    assert mondays(ACTIVE, STARTS_ON) == (FIRST,)
    assert mondays(ACTIVE, date(2026, 9, 7))[-1] == date(2026, 9, 7)
    assert mondays(ACTIVE, date.max)[-1] == date(2027, 6, 28)
    assert mondays(replace(ACTIVE, terms=replace(ACTIVE.terms, term=None)), STARTS_ON) == ()


def test_what_the_share_needs_by_a_day():
    found = progress(kept((0, AT_ENTERPRISE, 3 * DAY), (1, AT_ENTERPRISE, DAY)), LAW, date(2026, 9, 13))
    assert found.planned == Minutes(6 * DAY, 3 * DAY)
    assert found.needed == least_minutes(9 * DAY, 60) == 2592
    assert (found.done, found.missing) == (Minutes(4 * DAY), 2592 - 4 * DAY)


def test_a_week_that_runs_is_not_missing_yet():
    monday, sunday = date(2026, 9, 14), date(2026, 9, 20)
    assert whole_weeks(ACTIVE, monday) == whole_weeks(ACTIVE, sunday - timedelta(days=1)) == date(2026, 9, 13)
    assert whole_weeks(ACTIVE, sunday) == sunday
    assert progress(ACTIVE, LAW, monday).planned == progress(ACTIVE, LAW, date(2026, 9, 13)).planned
    ended = replace(ACTIVE, end_on=date(2026, 9, 16))
    assert [whole_weeks(ended, date(2026, 9, n)) for n in (15, 16, 30)] == [
        date(2026, 9, 13),
        date(2026, 9, 16),
        date(2026, 9, 16),
    ]


@given(WEEKS, DAYS)
def test_the_sum_of_the_weeks_is_the_total(weeks, upto):
    contract = kept(*weeks)
    one_by_one = Minutes()
    for monday in mondays(contract, date.max):
        own = replace(
            contract.training, weeks=tuple(w for w in contract.training.weeks if w.monday == monday)
        )
        one_by_one += hours_done(replace(contract, training=own), upto)
    assert one_by_one == hours_done(contract, upto)


@given(WEEKS, DAYS, DAYS)
def test_hours_never_fall_as_days_go_by(weeks, one, other):
    contract, (first, second) = kept(*weeks), sorted((one, other))
    before, after = hours_done(contract, first), hours_done(contract, second)
    assert before.enterprise <= after.enterprise
    assert before.college <= after.college


@given(WEEKS, st.randoms())
def test_the_order_in_which_weeks_are_confirmed_changes_nothing(weeks, chance):
    shuffled = list(weeks)
    chance.shuffle(shuffled)
    assert kept(*shuffled).training == kept(*weeks).training


@given(DAYS, DAYS)
def test_the_plan_of_a_time_is_that_of_its_days(one, other):
    first, last = sorted((one, other))
    by_day = [planned(ACTIVE, LAW, day, day) for day in days(first, last)]
    assert planned(ACTIVE, LAW, first, last) == sum(by_day, Minutes())
    assert planned(ACTIVE, LAW, first, last).enterprise == DAY * len(practice_days(ACTIVE, LAW, first, last))


@given(st.integers(0, 200_000), st.integers(0, 100))
def test_the_least_is_the_fewest_minutes_that_reach_the_share(total, percent):
    least = least_minutes(total, percent)
    assert least * 100 >= total * percent
    assert least == 0 or (least - 1) * 100 < total * percent


@given(WEEKS, DAYS)
def test_what_is_missing_is_never_less_than_nothing(weeks, upto):
    found = progress(kept(*weeks), LAW, upto)
    assert found.missing == max(0, found.needed - found.done.enterprise)
    assert 0 <= found.needed <= found.planned.total
