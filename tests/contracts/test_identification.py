import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.identification import CENTURIES, bin_fault, born_on_fits, check_digit, iin_fault

VECTORS = json.loads((Path(__file__).parent / "iin_bin_vectors.json").read_text(encoding="utf-8"))
FAULT = {"iin": iin_fault, "bin": bin_fault}

AISULU = "100315690008"
WRONG_DIGIT = "100315690009"


def named(vectors):
    return [pytest.param(vector, id=vector["id"]) for vector in vectors]


@st.composite
def numbered_people(draw):
    """A date of birth and the first eleven digits of a number for it."""
    born_on = draw(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
    codes = [code for code, century in CENTURIES.items() if century == born_on.year // 100 * 100]
    serial = draw(st.integers(0, 9999))
    return born_on, f"{born_on:%y%m%d}{draw(st.sampled_from(codes))}{serial:04}"


@pytest.mark.parametrize("vector", named(VECTORS["valid"]))
def test_a_number_made_by_the_rule_has_no_fault(vector):
    assert FAULT[vector["kind"]](vector["value"]) is None


@pytest.mark.parametrize("vector", named(VECTORS["invalid"]))
def test_a_faulty_number_says_what_is_wrong(vector):
    assert FAULT[vector["kind"]](vector["value"]) == vector["reason"]


@pytest.mark.parametrize("vector", named(v for v in VECTORS["valid"] if v.get("birth_date")))
def test_a_number_fits_its_own_day_of_birth(vector):
    assert born_on_fits(vector["value"], date.fromisoformat(vector["birth_date"]))


def test_a_number_does_not_fit_another_day_or_century():
    assert not born_on_fits(AISULU, date(2010, 3, 16))
    assert not born_on_fits(AISULU, date(1910, 3, 15))


def test_a_number_without_a_century_fits_any_day():
    assert born_on_fits("091010090109", date(1985, 2, 3))


def test_the_check_digit_can_be_switched_off_and_nothing_else_with_it():
    assert iin_fault(WRONG_DIGIT, check_digit=False) is None
    assert iin_fault("100520690370", check_digit=False) is None
    assert bin_fault("120440900009", check_digit=False) is None
    assert iin_fault("10031569000", check_digit=False) == "length"
    assert iin_fault("101315590004", check_digit=False) == "date"
    assert bin_fault("150040900006", check_digit=False) == "date"


def test_twelve_zeros_are_nobody():
    assert iin_fault("0" * 12) == "date"
    assert bin_fault("0" * 12) == "date"


def test_the_second_row_of_weights_serves_where_the_first_gives_ten():
    assert check_digit("08070669081") == 1
    assert check_digit("10052069037") is None


@pytest.mark.parametrize("fault", [iin_fault, bin_fault])
@given(text=st.text() | st.text(alphabet="0123456789٠٣ Oо-", min_size=12, max_size=12))
def test_any_text_gets_an_answer(fault, text):
    known = {"length", "characters", "date", "century", "kind", "checksum", "never_issued", None}
    assert fault(text) in known


@given(numbered_people())
def test_one_last_digit_is_right_and_the_others_are_not(person):
    born_on, first_eleven = person
    digit = check_digit(first_eleven)
    assume(digit is not None)
    assert iin_fault(f"{first_eleven}{digit}") is None
    assert born_on_fits(f"{first_eleven}{digit}", born_on)
    others = [iin_fault(f"{first_eleven}{other}") for other in range(10) if other != digit]
    assert others == ["checksum"] * 9


@given(numbered_people())
def test_a_person_is_no_organisation(person):
    _, first_eleven = person
    assert bin_fault(f"{first_eleven}0") == "kind"
