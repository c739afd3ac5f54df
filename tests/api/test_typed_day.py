"""Days and instants as they are typed (P30), and how far a day lies ahead."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.pages.typed_day import distance, read_day, read_instant, typed_day
from api.pages.views.form import Typed

ALMATY = ZoneInfo("Asia/Almaty")


def fields(day, month, year, **more):
    return {"on-day": day, "on-month": month, "on-year": year} | {
        f"on-{key}": value for key, value in more.items()
    }


def test_a_day_that_can_be_read():
    read = read_day("en", fields("27", "наурыз", "2026"), "on")
    assert (read.on, read.error) == (date(2026, 3, 27), None)


def test_a_day_that_does_not_exist_says_so_and_keeps_what_was_typed():
    read = read_day("en", fields("31", "2", "2026"), "on")
    assert read.error == "There is no such date. Example: 27 3 2026."
    assert read.typed == Typed("31", "2", "2026")


def test_a_part_that_is_missing_is_asked_for():
    assert read_day("ru", fields("31", "", "2026"), "on").error.startswith("Нужны день, месяц и год.")


def test_nothing_typed_is_no_error():
    read = read_instant("en", {}, "on", ALMATY)
    assert (read.at, read.error) == (None, None)


@pytest.mark.parametrize("time", [" 10:15 ", "10.15", "10:15:00"])
def test_an_instant_is_a_time_in_the_zone(time):
    read = read_instant("en", fields("24", "11", "2026", time=time), "on", ALMATY)
    assert read.at == datetime(2026, 11, 24, 10, 15, tzinfo=ALMATY)


def test_a_day_without_a_time_is_meant_to_its_end():
    read = read_instant("en", fields("24", "11", "2026"), "on", ALMATY)
    assert read.at == datetime(2026, 11, 24, 23, 59, 59, 999_999, tzinfo=ALMATY)


@pytest.mark.parametrize("time", ["25:00", "x", "10", "10:15+05"])
def test_a_time_that_does_not_exist_says_so(time):
    assert "no such time" in read_instant("en", fields("24", "11", "2026", time=time), "on", ALMATY).error


def test_a_day_is_offered_as_three_numbers():
    assert typed_day(date(2026, 11, 4)) == Typed("4", "11", "2026")
    assert typed_day(None) == Typed()


@pytest.mark.parametrize(
    ("day", "said"), [(24, "today"), (25, "in 1 day"), (27, "in 3 days"), (22, "2 days ago")]
)
def test_how_far_a_day_lies_from_today(day, said):
    assert distance("en", date(2026, 11, day), date(2026, 11, 24)) == said
