"""Dates, instants, sums and numbers as people read and type them (P7 to P10, P30)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.formats import (
    NotADay,
    clock,
    day,
    day_from,
    instant,
    money,
    month,
    number,
    percent,
    short_day,
    sort_key,
    span,
)
from api.languages import plural

ALMATY = ZoneInfo("Asia/Almaty")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 5, 15, tzinfo=UTC)


def spaced(text):
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "2026_ж. 24_қараша"), ("ru", "24_ноября 2026_г."), ("en", "24_November 2026")],
)
def test_a_day_has_its_month_in_words(language, said):
    assert spaced(day(language, TODAY)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "2026_ж. 24_қараша, 10:15 (UTC+5)"),
        ("ru", "24_ноября 2026_г., 10:15 (UTC+5)"),
        ("en", "24_November 2026, 10:15 (UTC+5)"),
    ],
)
def test_an_instant_names_the_zone(language, said):
    assert spaced(instant(language, NOW, ALMATY)) == said


def test_an_instant_stands_on_the_legal_day():
    assert spaced(instant("en", datetime(2026, 11, 24, 20, 0, tzinfo=UTC), ALMATY)).startswith("25_November")


def test_the_zone_is_the_one_of_that_day():
    assert clock(datetime(2023, 11, 24, 5, 15, tzinfo=UTC), ALMATY) == "11:15 (UTC+6)"
    assert clock(NOW, ZoneInfo("Asia/Kolkata")) == "10:45 (UTC+5:30)"


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "2026_ж. қараша"), ("ru", "ноябрь 2026_г."), ("en", "November 2026")]
)
def test_a_month_alone_is_not_inflected(language, said):
    assert spaced(month(language, TODAY)) == said


@pytest.mark.parametrize(("language", "said"), [("kk", "сс_24"), ("ru", "вт_24"), ("en", "Tue_24")])
def test_the_head_of_a_day_in_a_week(language, said):
    assert spaced(short_day(language, TODAY)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "2025_ж. 1_қыркүйек – 2027_ж. 31_тамыз"),
        ("ru", "с 1_сентября 2025_г. по 31_августа 2027_г."),
        ("en", "1_September 2025 to 31_August 2027"),
    ],
)
def test_a_span_names_both_days(language, said):
    assert spaced(span(language, date(2025, 9, 1), date(2027, 8, 31))) == said


@pytest.mark.parametrize(
    ("language", "tiyn", "said"),
    [
        ("kk", 162_000_00, "162_000,00_₸"),
        ("ru", 162_000_00, "162_000,00_₸"),
        ("en", 162_000_00, "162,000.00_₸"),
        ("en", 5, "0.05_₸"),
        ("ru", 0, "0,00_₸"),
        ("en", -1_234_50, "\u22121,234.50_₸ (minus)"),
        ("ru", -99, "\u22120,99_₸ (минус)"),
        ("kk", -100, "\u22121,00_₸ (минус)"),
    ],
)
def test_money_is_written_from_tiyn(language, tiyn, said):
    assert spaced(money(language, tiyn)) == said


def test_numbers_are_grouped():
    assert [spaced(number(language, 26342)) for language in ("kk", "ru", "en")] == [
        "26_342",
        "26_342",
        "26,342",
    ]
    assert number("en", -5) == "\u22125"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(636, 1000, "63.6_%"), (1, 3, "33.3_%"), (5999, 10000, "59.9_%"), (3, 5, "60.0_%"), (0, 7, "0.0_%")],
)
def test_a_share_is_cut_and_never_rounded_up(part, whole, said):
    assert spaced(percent("en", part, whole)) == said


def test_a_share_has_a_comma_in_russian():
    assert spaced(percent("ru", 636, 1000)) == "63,6_%"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Әлия", "Болат"), ("Гүлнар", "Ғани"), ("Камила", "Қайрат"), ("Ырыс", "Іңкәр"), ("Егор", "Ёлкин")],
)
def test_names_stand_in_the_order_of_the_alphabet(first, second):
    assert sort_key(first) < sort_key(second)
    assert sort_key(first.lower()) < sort_key(second.upper())


@pytest.mark.parametrize(
    ("n", "ru", "en"),
    [
        (0, "many", "many"),
        (1, "one", "one"),
        (2, "few", "many"),
        (5, "many", "many"),
        (11, "many", "many"),
        (21, "one", "many"),
        (112, "many", "many"),
    ],
)
def test_plural_forms(n, ru, en):
    assert (plural("ru", n), plural("en", n), plural("kk", n)) == (ru, en, "one")


@pytest.mark.parametrize(
    "month",
    ["3", "03", "наурыз", "НАУРЫЗ", "нау", "март", "марта", "мар.", "Mar", "March", " march "],
)
def test_a_month_may_be_a_number_or_a_name_in_three_languages(month):
    assert day_from("27", month, "2026") == date(2026, 3, 27)


def test_kazakh_names_may_be_typed_on_a_russian_keyboard():
    assert day_from("1", "кыркуйек", "2026") == date(2026, 9, 1)


def test_nothing_typed_is_no_day():
    assert day_from("", " ", "") is None


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("31", "2", "2026"), ("day", "month", "year")),
        (("29", "2", "2027"), ("day", "month", "year")),
        (("x", "3", "2026"), ("day",)),
        (("27", "ма", "2026"), ("month",)),
        (("27", "ию", "26"), ("month", "year")),
        (("0", "3", "2026"), ("day",)),
        (("٢٧", "3", "2026"), ("day",)),
        (("9" * 5000, "3", "2026"), ("day",)),
    ],
)
def test_what_is_no_day_names_its_parts(typed, parts):
    with pytest.raises(NotADay) as no_day:
        day_from(*typed)
    assert no_day.value.parts == parts
    assert not no_day.value.missing


def test_a_part_that_is_missing_is_named():
    with pytest.raises(NotADay) as no_day:
        day_from("27", "", "2026")
    assert (no_day.value.parts, no_day.value.missing) == (("month",), True)
