"""An enterprise and a student promise each other to conclude."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.formation_rules import PreliminaryOver, TooYoung, UnknownParty
from contracts.preliminary import MainTermsMissing, MakePreliminary, PreliminaryAgreed
from tests.examples import E1, ENTERPRISE, S1, around, asked, refused, state, student, when

ON, YEAR = date(2026, 8, 3), date(2027, 8, 3)
PROMISE = MakePreliminary(E1.bin, S1.id, "07130700")
AGREED = PreliminaryAgreed(E1.bin, S1.id, "07130700", YEAR)


def test_a_promise_binds_for_a_year():
    assert when(PROMISE, asked(ENTERPRISE, ON)) == [AGREED]
    promise = state([AGREED], "preliminary")
    assert (promise.enterprise, promise.student, promise.conclude_by) == (E1.bin, S1.id, YEAR)


def test_promise_again_changes_nothing():
    assert when(PROMISE, asked(ENTERPRISE, ON), given=[AGREED]) == []


@pytest.mark.parametrize("day", [ON, YEAR])
def test_a_promise_may_name_a_day_within_the_year(day):
    [agreed] = when(replace(PROMISE, conclude_by=day), asked(ENTERPRISE, ON))
    assert agreed.conclude_by == day


@pytest.mark.parametrize("day", [date(2026, 8, 2), date(2027, 8, 4)])
def test_a_promise_is_for_no_longer_than_a_year_and_for_no_day_that_has_passed(day):
    assert refused(replace(PROMISE, conclude_by=day), asked(ENTERPRISE, ON)) == [PreliminaryOver(YEAR)]


def test_a_promise_names_the_specialty():
    assert refused(replace(PROMISE, specialty=" "), asked(ENTERPRISE, ON)) == [
        MainTermsMissing(("specialty",))
    ]


def test_a_promise_is_made_by_those_who_are_known():
    nobody = asked(ENTERPRISE, ON, around(None, enterprise=None))
    assert refused(PROMISE, nobody) == [UnknownParty(("student", "enterprise"))]


def test_nobody_under_14_promises():
    child = student(29, "000000000000", "Somebody Demo", date(2012, 8, 4))
    assert refused(PROMISE, asked(ENTERPRISE, ON, around(child))) == [TooYoung(13, 14)]
    assert when(PROMISE, asked(ENTERPRISE, date(2026, 8, 4), around(child)))
