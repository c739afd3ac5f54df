from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.law import age_on, load
from contracts.law.calendar import by_rule, days_between

KZ = load("kz")
DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))
LENGTHS = st.integers(1, 60)
SHORT = st.sampled_from(["calendar_days", "working_days", "months", "years"])


@pytest.mark.parametrize(
    ("period", "after", "last"),
    [
        ({"months": 1}, date(2026, 12, 28), date(2027, 1, 28)),
        ({"months": 1}, date(2026, 12, 30), date(2027, 2, 1)),
        ({"months": 1}, date(2027, 1, 29), date(2027, 3, 1)),
        ({"months": 1}, date(2027, 1, 31), date(2027, 3, 1)),
        ({"months": 1}, date(2028, 1, 31), date(2028, 2, 29)),
        ({"months": 12}, date(2025, 12, 29), date(2026, 12, 29)),
        ({"years": 1}, date(2024, 2, 29), date(2025, 2, 28)),
        ({"years": 3}, date(2024, 3, 5), date(2027, 3, 5)),
        ({"calendar_days": 7}, date(2026, 12, 28), date(2027, 1, 5)),
        ({"calendar_days": 7}, date(2026, 10, 5), date(2026, 10, 12)),
        ({"calendar_days": 14}, date(2026, 8, 12), date(2026, 8, 26)),
        ({"calendar_days": 10}, date(2027, 3, 10), date(2027, 3, 25)),
        ({"calendar_days": 90}, date(2026, 9, 4), date(2026, 12, 3)),
        ({"working_days": 5}, date(2027, 1, 28), date(2027, 2, 4)),
        ({"working_days": 5}, date(2026, 12, 10), date(2026, 12, 18)),
        ({"working_days": 15}, date(2027, 4, 20), date(2027, 5, 14)),
        ({"working_days": 1}, date(2024, 5, 3), date(2024, 5, 4)),
    ],
)
def test_a_period_ends(period, after, last):
    assert KZ.end_of(period, after).last == last
    assert load("journey-1").end_of(period, after).last == last


def test_a_count_can_be_counted_again_by_hand():
    count = KZ.end_of({"working_days": 5}, date(2026, 12, 10))
    assert (count.unit, count.length, count.after) == ("working_days", 5, date(2026, 12, 10))
    assert count.skipped == (date(2026, 12, 12), date(2026, 12, 13), date(2026, 12, 16))
    assert count.moved_from is None
    assert count.certain


def test_an_end_on_a_day_off_says_from_where_it_moved():
    count = KZ.end_of({"calendar_days": 7}, date(2026, 12, 28))
    assert (count.moved_from, count.skipped) == (date(2027, 1, 4), (date(2027, 1, 4),))


@pytest.mark.parametrize(
    "period",
    [{}, {"months": 1, "working_days": 2}, {"days": 3}, {"months": 0}, {"months": "1"}, {"months": True}],
)
def test_what_is_no_period_is_not_counted(period):
    with pytest.raises(ValueError, match="not"):
        KZ.end_of(period, date(2026, 12, 28))


def test_a_holiday_has_a_name_in_every_language_and_says_what_it_stands_for():
    monday = KZ.holiday(date(2026, 10, 26))
    assert monday.instead_of == date(2026, 10, 25)
    assert monday.name == {"en": "Republic Day", "ru": "День Республики", "kk": "Республика күні"}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 5, 4), True),  # Saturday, worked for 8 May
        (date(2024, 5, 8), False),
        (date(2025, 1, 5), True),  # Sunday, worked for 3 January
        (date(2025, 1, 3), False),
        (date(2026, 8, 30), False),  # Sunday; no longer Constitution Day
        (date(2026, 8, 31), True),
        (date(2027, 3, 15), False),  # Constitution Day since 1 July 2026
        (date(2026, 1, 7), False),
        (date(2027, 2, 13), False),  # a Saturday
        (date(2027, 2, 12), True),
    ],
)
def test_a_day_is_worked_or_off(day, worked):
    assert KZ.working(day) is worked


@pytest.mark.parametrize("year", sorted(KZ.calendar.years))
def test_the_rule_gives_the_calendar_that_was_published(year):
    listed = {day for day, found in KZ.calendar.listed.items() if day.year == year}
    known_by_decree_alone = {
        day
        for day in listed
        if KZ.holiday(day).kind == "swapped_off" or KZ.holiday(day).name["en"].endswith("Ait")
    }
    assert set(by_rule(KZ.calendar, year)) == listed - known_by_decree_alone


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2028, 3, 15), "Constitution Day"),
        (date(2028, 1, 4), "New Year"),  # 1 and 2 January 2028 are a weekend
        (date(2023, 8, 30), "Constitution Day"),
        (date(2021, 12, 17), "Independence Day"),
        (date(2019, 12, 2), "First President Day"),  # 1 December was a Sunday
    ],
)
def test_a_year_whose_calendar_is_not_known_is_estimated_by_the_rule(day, why):
    found = KZ.holiday(day)
    assert (found.name["en"], found.certainty) == (why, "estimated")
    assert not KZ.working(day)


def test_christmas_does_not_move():
    assert KZ.holiday(date(2028, 1, 7)).kind == "day_off"
    assert KZ.working(date(2029, 1, 8))  # 7 January 2029 is a Sunday


def test_a_holiday_that_is_no_more_is_a_plain_day():
    assert KZ.holiday(date(2022, 12, 1)) is None
    assert KZ.holiday(date(2030, 8, 30)) is None


def test_a_count_into_a_year_that_is_not_known_says_so():
    assert KZ.end_of({"months": 1}, date(2027, 11, 26)).certain
    assert not KZ.end_of({"months": 1}, date(2027, 12, 6)).certain
    assert not KZ.end_of({"months": 1}, date(2028, 1, 14)).certain  # far from any holiday
    assert not KZ.end_of({"working_days": 3}, date(2027, 12, 30)).certain


@pytest.mark.parametrize(("after", "certain"), [(13, True), (14, False), (16, False), (17, True)])
def test_a_count_over_a_feast_that_may_move_says_so(after, certain):
    assert KZ.end_of({"working_days": 1}, date(2027, 5, after)).certain is certain


@pytest.mark.parametrize(
    ("pay_day", "paid_by"),
    [
        (date(2027, 2, 10), date(2027, 2, 10)),
        (date(2027, 1, 10), date(2027, 1, 8)),
        (date(2027, 5, 10), date(2027, 5, 6)),
    ],
)
def test_a_pay_day_moves_back(pay_day, paid_by):
    assert KZ.due_back(pay_day) == paid_by


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2010, 3, 15), date(2028, 3, 14), 17),
        (date(2010, 3, 15), date(2028, 3, 15), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
    ],
)
def test_age(born_on, day, age):
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2024, 2, 29), datetime(2024, 2, 28, 18, tzinfo=UTC)),
        (date(2024, 3, 1), datetime(2024, 2, 29, 19, tzinfo=UTC)),
        (date(2026, 8, 26), datetime(2026, 8, 25, 19, tzinfo=UTC)),
    ],
)
def test_a_legal_day_starts(day, start):
    assert KZ.start_of(day) == start
    assert KZ.start_of(day).tzinfo is UTC


def test_the_day_of_the_change_of_the_zone_has_25_hours():
    assert KZ.end_of_day(date(2024, 2, 29)) - KZ.start_of(date(2024, 2, 29)) == timedelta(hours=25)


def test_an_instant_belongs_to_the_day_of_the_law():
    assert KZ.day(datetime(2027, 1, 28, 18, 59, 59, tzinfo=UTC)) == date(2027, 1, 28)
    assert KZ.day(datetime(2027, 1, 28, 19, tzinfo=UTC)) == date(2027, 1, 29)


@given(DAYS)
def test_a_day_lasts_from_its_start_to_its_end(day):
    start, end = KZ.start_of(day), KZ.end_of_day(day)
    assert KZ.day(start) == day == KZ.day(end - timedelta.resolution)
    assert KZ.day(start - timedelta.resolution) == day - DAY
    assert end == KZ.start_of(day + DAY)


@given(SHORT, LENGTHS, DAYS)
def test_a_period_ends_on_a_working_day_after_its_cause(unit, length, after):
    count = KZ.end_of({unit: length}, after)
    assert count.last > after
    assert KZ.working(count.last)
    assert not any(map(KZ.working, count.skipped))


@given(LENGTHS, DAYS)
def test_working_days_are_counted_one_by_one(length, after):
    count = KZ.end_of({"working_days": length}, after)
    passed = days_between(after + DAY, count.last + DAY)
    assert [day for day in passed if KZ.working(day)] == [day for day in passed if day not in count.skipped]
    assert len(passed) - len(count.skipped) == length


@given(LENGTHS, DAYS)
def test_calendar_days_pass_over_nothing_but_days_off_at_the_end(length, after):
    count = KZ.end_of({"calendar_days": length}, after)
    end = after + length * DAY
    assert count.moved_from == (end if count.last > end else None)
    assert count.skipped == tuple(days_between(end, count.last))


@given(LENGTHS, DAYS)
def test_months_end_on_the_same_number_or_the_last_of_the_month(length, after):
    count = KZ.end_of({"months": length}, after)
    end = count.moved_from or count.last
    assert end.day == after.day or (end.day < after.day and (end + DAY).day == 1)
    assert (end.year * 12 + end.month) - (after.year * 12 + after.month) == length


@given(SHORT, LENGTHS, DAYS)
def test_a_later_cause_never_ends_earlier(unit, length, after):
    assert KZ.end_of({unit: length}, after).last <= KZ.end_of({unit: length}, after + DAY).last


@given(DAYS)
def test_a_pay_day_moves_over_days_off_alone(day):
    paid_by = KZ.due_back(day)
    assert KZ.working(paid_by)
    assert not any(map(KZ.working, days_between(paid_by + DAY, day + DAY)))
