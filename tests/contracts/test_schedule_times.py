"""A table that was left to a later day, and other times within the same days."""

from dataclasses import replace
from datetime import date, time

import pytest

from contracts.contract import State
from contracts.contract_rules import Backdated, NotYet, WrongState
from contracts.decision import DAY
from contracts.schedule_rules import NightWork, NoticeTooShort, WeekShareTooSmall
from contracts.schedule_times import (
    AgreeSchedule,
    NoSchedule,
    NotSigned,
    OtherLength,
    ScheduleAgreed,
    ScheduleThere,
    ShiftTimes,
    TimesShifted,
)
from contracts.terms import Hours
from tests.examples import (
    COLLEGE,
    DAY_HOURS,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    PRACTICE_WED_FRI,
    STARTS_ON,
    STUDENT,
    TERMS,
    asked,
    refused,
    state,
    when,
)

ON, FROM_ON, SIGNED = date(2026, 10, 5), date(2026, 11, 2), date(2026, 10, 1)
AGREE = AgreeSchedule(PRACTICE_MON_WED, FROM_ON, SIGNED, "annex 2")
ANNEX = {"annex": "a" * 64}
IN_AN_ANNEX = replace(
    state(K1_ACTIVE),
    terms=replace(TERMS, schedule=None),
    agreed=(replace(state(K1_ACTIVE).agreed[0], terms=replace(TERMS, schedule=None)),),
)
EARLY = Hours(time(8), time(17), 60)
SHIFT = ShiftTimes(EARLY, FROM_ON)


def of(role, on=ON):
    return asked(role, on, sealed=ANNEX)


@pytest.mark.parametrize("role", [COLLEGE, ENTERPRISE, STUDENT])
def test_a_table_that_all_have_signed_is_recorded(role):
    [event] = when(AGREE, of(role), IN_AN_ANNEX)
    assert event == ScheduleAgreed(role, PRACTICE_MON_WED, FROM_ON, SIGNED, "a" * 64)
    after = event.evolve(IN_AN_ANNEX)
    assert after.schedule_on(FROM_ON - DAY) is None
    assert after.schedule_on(FROM_ON) == after.terms.schedule == PRACTICE_MON_WED
    assert when(AGREE, of(role), after) == []


def test_a_table_that_is_there_is_changed_by_a_proposal():
    assert refused(AGREE, of(COLLEGE), K1_ACTIVE) == [ScheduleThere(FROM_ON)]


def test_a_table_names_the_paper_and_the_day_on_which_it_was_signed():
    assert refused(replace(AGREE, annex=" "), of(COLLEGE), IN_AN_ANNEX) == [NotSigned()]
    assert when(replace(AGREE, signed_on=ON), of(COLLEGE), IN_AN_ANNEX)
    assert refused(replace(AGREE, signed_on=ON + DAY), of(COLLEGE), IN_AN_ANNEX) == [NotYet(ON + DAY, ON)]


def test_a_table_is_fit_like_any_other():
    small = refused(replace(AGREE, schedule=PRACTICE_THU_FRI), of(COLLEGE), IN_AN_ANNEX)
    assert small == [WeekShareTooSmall(16, 40, 24, 60, 400)]


@pytest.mark.parametrize("wish", [AGREE, SHIFT])
def test_it_lies_in_the_contract(wish):
    given = IN_AN_ANNEX if wish is AGREE else state(K1_ACTIVE)
    role = COLLEGE if wish is AGREE else ENTERPRISE
    over = refused(replace(wish, from_on=ENDS_ON + DAY), of(role), given)
    assert [(each.state, each.last_day) for each in over] == [(State.ACTIVE, ENDS_ON)]
    assert isinstance(over[0], WrongState)
    before = refused(replace(wish, from_on=STARTS_ON - DAY), of(role), given)
    assert before == [Backdated(STARTS_ON - DAY, STARTS_ON)]


def test_times_are_shifted_from_a_day_on():
    [event] = when(SHIFT, of(ENTERPRISE), K1_ACTIVE)
    assert event == TimesShifted(replace(PRACTICE_WED_FRI, enterprise_hours=EARLY), FROM_ON)
    after = event.evolve(state(K1_ACTIVE))
    assert after.schedule_on(FROM_ON - DAY).enterprise_hours == DAY_HOURS
    assert after.schedule_on(FROM_ON).enterprise_hours == EARLY
    assert after.schedule_on(FROM_ON).college_hours == DAY_HOURS
    assert after.schedule_on(FROM_ON).weeks == PRACTICE_WED_FRI.weeks
    assert when(SHIFT, of(ENTERPRISE), after) == []


def test_a_shift_is_known_10_days_before():
    assert when(replace(SHIFT, from_on=date(2026, 10, 15)), of(ENTERPRISE), K1_ACTIVE)
    short = refused(replace(SHIFT, from_on=date(2026, 10, 14)), of(ENTERPRISE), K1_ACTIVE)
    assert short == [NoticeTooShort(9, 10, date(2026, 10, 15))]
    past = refused(replace(SHIFT, from_on=date(2026, 10, 1)), of(ENTERPRISE), K1_ACTIVE)
    assert past == [NoticeTooShort(0, 10, date(2026, 10, 15))]


def test_the_enterprise_alone_changes_no_hours():
    longer = replace(SHIFT, hours=Hours(time(8), time(17), 59))
    assert refused(longer, of(ENTERPRISE), K1_ACTIVE) == [OtherLength(481, 480)]


def test_a_minor_s_day_is_not_shifted_into_the_night():
    assert when(replace(SHIFT, hours=Hours(time(13), time(22), 60)), of(ENTERPRISE), K1_ACTIVE)
    late = replace(SHIFT, hours=Hours(time(13, 1), time(22, 1), 60))
    assert refused(late, of(ENTERPRISE), K1_ACTIVE) == [NightWork(22, 6)]


def test_without_a_table_there_is_nothing_to_shift():
    assert refused(SHIFT, of(ENTERPRISE), IN_AN_ANNEX) == [NoSchedule(FROM_ON)]
