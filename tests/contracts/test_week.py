"""What a schedule comes to, and where the student is on a day."""

from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.contract import Contract
from contracts.decision import DAY
from contracts.dossier import Agreed
from contracts.law import least_hours
from contracts.terms import WEEK, Hours, Schedule, StartsWith, Term, Terms, Week, Weekday
from contracts.training_record import Place
from contracts.week import (
    Share,
    at_night,
    clashes,
    days,
    heaviest_week,
    month_of,
    place_on,
    practice_days,
    share,
    week_of,
)
from tests.examples import (
    DAY_HOURS,
    ENDS_ON,
    FRI,
    K1_ACTIVE,
    LAW,
    MON,
    PRACTICE_WED_FRI,
    STARTS_ON,
    THU,
    TUE,
    WED,
    schedule,
    state,
)

BLOCK_WEEKS = schedule([], [MON, TUE, WED, THU, FRI], Week((MON, TUE, WED, THU, FRI), ()))

HOURS = st.builds(Hours, st.times(), st.times(), st.integers(0, 120))
SOME_DAYS = st.lists(st.sampled_from(WEEK), max_size=7).map(tuple)
WEEKS = st.lists(st.builds(Week, SOME_DAYS, SOME_DAYS), max_size=4).map(tuple)
SCHEDULES = st.builds(Schedule, st.sampled_from(StartsWith), WEEKS, HOURS, HOURS)
PERCENTS, DAYS = st.integers(0, 100), st.dates(STARTS_ON, ENDS_ON)


def contract_with(planned):
    return Contract(terms=Terms(term=Term(STARTS_ON, ENDS_ON), schedule=planned))


def test_hours_are_by_the_clock_without_the_break():
    assert DAY_HOURS.minutes == 480
    assert Hours(time(22), time(6)).minutes == 0, "no day has hours that end before they begin"
    assert Hours(time(9), time(10), 90).minutes == 0


def test_a_week_of_three_days_is_24_of_40_hours():
    assert share(PRACTICE_WED_FRI) == Share(24 * 60, 40 * 60)
    assert heaviest_week(PRACTICE_WED_FRI) == 24 * 60
    assert (share(BLOCK_WEEKS), heaviest_week(BLOCK_WEEKS)) == (Share(40 * 60, 80 * 60), 40 * 60)


@given(SCHEDULES, PERCENTS)
def test_a_share_is_reached_exactly_where_the_fraction_is(planned, percent):
    found = share(planned)
    assert 0 <= found.enterprise <= found.total
    exact = found.total > 0 and Fraction(found.enterprise, found.total) >= Fraction(percent, 100)
    assert found.reaches(percent) is exact


@given(st.integers(1, 10_000), PERCENTS)
def test_the_least_hours_reach_the_share_and_one_less_does_not(total, percent):
    least = least_hours(total, percent)
    assert Share(least, total).reaches(percent)
    assert least == 0 or not Share(least - 1, total).reaches(percent)


@given(SCHEDULES)
def test_no_week_is_longer_than_the_heaviest(planned):
    minutes = planned.enterprise_hours.minutes
    assert all(len(set(week.enterprise)) * minutes <= heaviest_week(planned) for week in planned.weeks)
    assert heaviest_week(planned) <= 7 * minutes


@given(SCHEDULES)
def test_a_day_clashes_where_both_places_have_it(planned):
    found = clashes(planned)
    assert list(found) == sorted(set(found), key=WEEK.index)
    for weekday in WEEK:
        assert (weekday in found) is any(
            weekday in week.college and weekday in week.enterprise for week in planned.weeks
        )


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "at_night_"),
    [
        (time(6), time(22), False),
        (time(5, 59), time(14), True),
        (time(14), time(22, 1), True),
        (time(20), time(4), True),
        (time(0), time(3), True),
        (time(12), time(12), True),
    ],
)
def test_night_is_from_22_to_6(starts_at, ends_at, at_night_):
    assert at_night(Hours(starts_at, ends_at), 22, 6) is at_night_


def test_weeks_repeat_from_the_one_in_which_the_term_starts():
    monday = STARTS_ON - timedelta(days=STARTS_ON.weekday())
    for n in range(9):
        week = BLOCK_WEEKS.weeks[n % 2]
        for day in (monday + 7 * n * DAY, monday + (7 * n + 6) * DAY):
            assert week_of(BLOCK_WEEKS, STARTS_ON, day) is week


@given(SCHEDULES.filter(lambda planned: planned.weeks), DAYS)
def test_the_week_comes_again_after_as_many_weeks_as_there_are(planned, day):
    again = day + 7 * len(planned.weeks) * DAY
    assert week_of(planned, STARTS_ON, day) is week_of(planned, STARTS_ON, again)


def test_block_weeks_change_places():
    contract = contract_with(BLOCK_WEEKS)
    assert place_on(contract, LAW, date(2026, 9, 4)) is Place.ENTERPRISE
    assert place_on(contract, LAW, date(2026, 9, 7)) is Place.COLLEGE
    assert place_on(contract, LAW, date(2026, 9, 14)) is Place.ENTERPRISE


@pytest.mark.parametrize(
    "day",
    [date(2026, 8, 28), date(2027, 7, 1), date(2026, 10, 26), date(2026, 9, 5)],
    ids=["before the term", "after the term", "holiday", "saturday"],
)
def test_outside_the_term_and_on_days_off_nobody_is_anywhere(day):
    assert place_on(state(K1_ACTIVE), LAW, day) is None


def test_the_first_and_the_last_day_of_the_term_are_days_of_it():
    contract = state(K1_ACTIVE)
    assert place_on(contract, LAW, STARTS_ON) is Place.COLLEGE, "a Tuesday"
    assert place_on(contract, LAW, ENDS_ON) is Place.ENTERPRISE, "a Wednesday"


def test_without_a_schedule_or_a_week_nobody_is_anywhere():
    empty = replace(PRACTICE_WED_FRI, weeks=())
    for contract in (Contract(), contract_with(None), contract_with(empty)):
        assert place_on(contract, LAW, date(2026, 9, 4)) is None


@given(SCHEDULES, DAYS, DAYS)
def test_practice_days_are_working_days_of_the_plan(planned, first, last):
    contract = contract_with(planned)
    found = practice_days(contract, LAW, first, last)
    assert list(found) == sorted(set(found))
    for day in found:
        assert first <= day <= last
        assert LAW.working(day)
        assert WEEK[day.weekday()] in week_of(planned, STARTS_ON, day).enterprise


@given(SCHEDULES, DAYS, DAYS)
def test_practice_days_of_two_stretches_are_those_of_the_whole(planned, one, other):
    contract, (first, last) = contract_with(planned), sorted((one, other))
    middle = first + (last - first) // 2
    both = practice_days(contract, LAW, first, middle) + practice_days(contract, LAW, middle + DAY, last)
    assert both == practice_days(contract, LAW, first, last)


@given(st.lists(st.tuples(DAYS, SCHEDULES), max_size=4), DAYS, DAYS)
def test_practice_days_are_those_of_which_each_alone_says_so(agreed, first, last):
    changes = tuple(Agreed(on, Terms(schedule=planned)) for on, planned in agreed)
    contract = replace(contract_with(PRACTICE_WED_FRI), agreed=changes)
    alone = [day for day in days(first, last) if place_on(contract, LAW, day) is Place.ENTERPRISE]
    assert list(practice_days(contract, LAW, first, last)) == alone
    first, last = first - 400 * DAY, last + 400 * DAY
    assert practice_days(contract, LAW, first, last) == practice_days(contract, LAW, STARTS_ON, ENDS_ON)


@given(st.dates(date(2016, 1, 1), date(2040, 12, 31)))
def test_a_month_has_a_first_and_a_last_day(day):
    first, last = month_of(day)
    assert first <= day <= last
    assert (first.day, (last + DAY).day, (last + DAY - first).days) == (1, 1, last.day)
    assert len(list(days(first, last))) == last.day


def test_january_2027_has_11_practice_days():
    found = practice_days(state(K1_ACTIVE), LAW, date(2027, 1, 1), date(2027, 1, 31))
    assert [day.day for day in found] == [6, 8, 13, 14, 15, 20, 21, 22, 27, 28, 29]
    assert Weekday.SUNDAY not in {WEEK[day.weekday()] for day in found}
