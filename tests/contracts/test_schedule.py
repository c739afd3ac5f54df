"""Another schedule is proposed to all as one text."""

from dataclasses import replace
from datetime import date, time

import pytest

from contracts.contract import State
from contracts.contract_rules import Backdated, NotYet, WrongState
from contracts.decision import DAY
from contracts.dossier import Outcome
from contracts.formation_rules import UnknownParty
from contracts.law import load
from contracts.schedule import AnotherOpen, ChangeSuperseded, ProposeScheduleChange
from contracts.schedule_answer import ChangeDeclined
from contracts.schedule_rules import (
    AnsweredAlready,
    Clash,
    NightWork,
    NoticeTooShort,
    StartsOnHoliday,
    WeekShareTooSmall,
    WeekTooLong,
)
from contracts.terms import Hours, Schedule, StartsWith, Week
from contracts.withdrawal import Noticed
from tests.examples import (
    COLLEGE,
    DAY_HOURS,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    FRI,
    K1_ACTIVE,
    K1_SIGNED,
    K5_ACTIVE,
    MON,
    P1,
    P2,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    PRACTICE_WED_FRI,
    S5,
    STARTS_ON,
    STUDENT,
    THU,
    TUE,
    WED,
    around,
    asked,
    proposed,
    refused,
    schedule,
    state,
    when,
)

MONDAY, FROM_ON = date(2026, 10, 5), date(2026, 11, 2)
PROPOSE = ProposeScheduleChange(PRACTICE_MON_WED, FROM_ON)
OPEN = [*K1_ACTIVE, proposed(P1, COLLEGE, PRACTICE_MON_WED, FROM_ON, date(2026, 10, 12))]


def in_the_way(wish, on=MONDAY, given=K1_ACTIVE, facts=None):
    return refused(wish, asked(COLLEGE, on, facts), given)


def passes(wish, on=MONDAY, given=K1_ACTIVE, facts=None):
    return when(wish, asked(COLLEGE, on, facts), given)


def at_enterprise(hours, *days, others=()):
    return Schedule(StartsWith.STUDY, (Week(others, days),), DAY_HOURS, hours)


def test_a_proposal_is_one_text_to_answer_by_a_day():
    [change] = when(replace(PROPOSE, reason="kept"), asked(sealed={"reason": "c" * 64}, on=MONDAY), K1_ACTIVE)
    assert (change.proposal, change.by, change.schedule) == (FRESH, COLLEGE, PRACTICE_MON_WED)
    assert (change.from_on, change.answer_by) == (FROM_ON, date(2026, 10, 12))
    assert (change.reason, len(change.text_hash)) == ("c" * 64, 64)
    after = state([*K1_ACTIVE, change])
    assert after.open_proposal.accepted == {COLLEGE}
    assert after.schedule_on(FROM_ON) == PRACTICE_WED_FRI, "nothing is agreed yet"


def test_a_proposal_s_text_is_its_own():
    [change] = passes(PROPOSE)
    [later] = passes(replace(PROPOSE, from_on=date(2026, 11, 9)))
    assert change.text_hash != later.text_hash


def test_a_proposal_is_answered_before_it_begins():
    [named] = passes(replace(PROPOSE, answer_by=date(2026, 11, 1)))
    assert named.answer_by == date(2026, 11, 1)
    too_late = replace(PROPOSE, answer_by=FROM_ON)
    assert in_the_way(too_late) == [Backdated(FROM_ON, date(2026, 11, 3))]


def test_without_a_day_it_is_answered_before_it_begins_however_long_the_law_gives():
    """Days off may carry the seventh day past the first one of a schedule that keeps the notice."""
    [soon] = passes(replace(PROPOSE, from_on=date(2027, 1, 5)), on=date(2026, 12, 26))
    assert soon.answer_by == date(2027, 1, 4)
    thirty_days = replace(asked(COLLEGE, MONDAY), law=load("kz"))
    [change] = when(PROPOSE, thirty_days, given=K1_ACTIVE)
    assert change.answer_by == FROM_ON - DAY


def test_a_day_to_answer_by_has_not_passed():
    assert passes(replace(PROPOSE, answer_by=MONDAY))
    past = replace(PROPOSE, answer_by=MONDAY - DAY)
    assert in_the_way(past) == [AnsweredAlready(Outcome.LAPSED, MONDAY - DAY)]


def test_a_schedule_is_known_10_days_before():
    on = date(2026, 10, 14)
    assert passes(replace(PROPOSE, from_on=date(2026, 10, 27)), date(2026, 10, 17))
    short = in_the_way(replace(PROPOSE, from_on=date(2026, 10, 20)), on)
    assert short == [NoticeTooShort(given=6, needed=10, earliest=date(2026, 10, 24))]
    assert in_the_way(replace(PROPOSE, from_on=date(2026, 10, 23)), on) == [
        NoticeTooShort(9, 10, date(2026, 10, 24))
    ]


def test_a_schedule_from_a_past_day_says_when_it_was_agreed():
    yesterday = MONDAY - DAY
    assert in_the_way(replace(PROPOSE, from_on=yesterday)) == [Backdated(yesterday, MONDAY)]
    spoken = replace(PROPOSE, from_on=date(2026, 9, 21), agreed_on=date(2026, 9, 11))
    [change] = passes(spoken)
    assert (change.agreed_on, change.answer_by) == (date(2026, 9, 11), date(2026, 10, 12))


def test_notice_counts_from_the_day_agreed_by_word():
    spoken = replace(PROPOSE, from_on=date(2026, 9, 21), agreed_on=date(2026, 9, 12))
    assert in_the_way(spoken) == [NoticeTooShort(9, 10, date(2026, 9, 22))]


def test_nothing_was_agreed_by_word_on_a_day_to_come():
    spoken = replace(PROPOSE, agreed_on=MONDAY + DAY)
    assert in_the_way(spoken) == [NotYet(MONDAY + DAY, MONDAY)]
    assert passes(replace(PROPOSE, agreed_on=MONDAY))


def test_a_schedule_lies_within_the_contract():
    assert passes(replace(PROPOSE, from_on=ENDS_ON))
    over = in_the_way(replace(PROPOSE, from_on=ENDS_ON + DAY))
    assert over == [WrongState(State.ACTIVE, (State.ACTIVE,), ENDS_ON)]
    early = replace(PROPOSE, from_on=STARTS_ON - DAY, agreed_on=date(2026, 8, 10))
    assert in_the_way(early) == [Backdated(STARTS_ON - DAY, STARTS_ON)]


def test_a_day_before_any_law_is_refused_like_any_other():
    assert in_the_way(replace(PROPOSE, from_on=date.min)) == [Backdated(date.min, STARTS_ON)]


def test_60_percent_of_the_week_is_at_the_enterprise():
    small = in_the_way(replace(PROPOSE, schedule=PRACTICE_THU_FRI))
    assert small == [
        WeekShareTooSmall(enterprise_hours=16, total_hours=40, needed_hours=24, percent=60, permille=400)
    ]
    assert passes(PROPOSE), "24 of 40 hours"


def test_the_share_is_that_of_all_weeks_that_repeat():
    half = Week((MON, TUE, WED), (THU, FRI))
    full = schedule([MON], [TUE, WED, THU, FRI], half)
    assert passes(replace(PROPOSE, schedule=full)), "48 of 80 hours"
    none = schedule([MON, TUE], [WED, THU, FRI], half)
    assert in_the_way(replace(PROPOSE, schedule=none)) == [WeekShareTooSmall(40, 80, 48, 60, 500)]


def test_a_schedule_without_a_week_has_no_share():
    empty = replace(PRACTICE_MON_WED, weeks=())
    assert in_the_way(replace(PROPOSE, schedule=empty)) == [WeekShareTooSmall(0, 0, 0, 60, 0)]


def test_at_16_a_planned_week_has_at_most_36_hours():
    days = (MON, TUE, WED, THU, FRI)
    assert passes(replace(PROPOSE, schedule=at_enterprise(Hours(time(9), time(16, 12)), *days)))
    long = replace(PROPOSE, schedule=at_enterprise(Hours(time(9), time(16, 13)), *days))
    assert in_the_way(long) == [WeekTooLong(37, 36, until=date(2028, 3, 14))]


def test_a_minor_does_not_work_between_22_and_6():
    days = (MON, TUE, WED)
    late = replace(PROPOSE, schedule=at_enterprise(Hours(time(14), time(22)), *days))
    assert passes(late)
    assert passes(replace(PROPOSE, schedule=at_enterprise(Hours(time(6), time(14)), *days)))
    for hours in (Hours(time(14), time(22, 1)), Hours(time(5, 59), time(14)), Hours(time(20), time(4))):
        [night] = [
            found
            for found in in_the_way(replace(PROPOSE, schedule=at_enterprise(hours, *days)))
            if found.type == "schedule.night"
        ]
        assert night == NightWork(22, 6)


def test_an_adult_may_work_in_the_evening():
    late = at_enterprise(Hours(time(15), time(23)), MON, TUE, WED)
    assert passes(replace(PROPOSE, schedule=late), given=K5_ACTIVE, facts=around(S5))


def test_nobody_is_at_two_places_at_once():
    both = replace(PROPOSE, schedule=schedule([WED, FRI], [MON, TUE, WED, FRI]))
    assert in_the_way(both) == [Clash((WED, FRI))]


def test_a_schedule_does_not_begin_on_a_holiday():
    holiday = date(2026, 10, 26)
    assert in_the_way(replace(PROPOSE, from_on=holiday)) == [StartsOnHoliday(holiday)]
    assert passes(replace(PROPOSE, from_on=holiday + DAY))


def test_one_proposal_is_open_at_a_time():
    assert in_the_way(PROPOSE, given=OPEN) == [AnotherOpen(P1, date(2026, 10, 12))]


def test_a_proposal_takes_the_place_of_the_open_one_by_name():
    superseding = replace(PROPOSE, supersedes=P1)
    events = when(superseding, asked(ENTERPRISE, MONDAY), given=OPEN)
    assert events[0] == ChangeSuperseded(P1, by=FRESH)
    after = state([*OPEN, *events])
    assert (after.proposal(P1).outcome, after.proposal(P1).superseded_by) == (Outcome.SUPERSEDED, FRESH)
    assert (after.open_proposal.id, after.open_proposal.accepted) == (FRESH, {ENTERPRISE})


def test_only_an_open_proposal_is_superseded():
    closed = [*OPEN, ChangeDeclined(P1, STUDENT)]
    found = in_the_way(replace(PROPOSE, supersedes=P1), given=closed)
    assert found == [AnsweredAlready(Outcome.DECLINED, date(2026, 10, 12))]
    assert in_the_way(replace(PROPOSE, supersedes=P2)) == [UnknownParty(("supersedes",))]


@pytest.mark.parametrize("party", [STUDENT, COLLEGE, ENTERPRISE])
def test_each_party_may_propose(party):
    [change] = when(PROPOSE, asked(party, MONDAY), given=K1_ACTIVE)
    assert change.by is party


def test_only_a_contract_in_force_is_changed():
    noticed = Noticed(STUDENT, "own-wish", MONDAY, date(2026, 11, 5), MONDAY)
    for given, seen in ((K1_SIGNED, State.SIGNED), ([*K1_ACTIVE, noticed], State.ENDING)):
        [wrong] = in_the_way(PROPOSE, given=given)
        assert (wrong.state, wrong.needs) == (seen, (State.ACTIVE,))


def test_what_is_wrong_with_a_schedule_is_named_at_once():
    bad = ProposeScheduleChange(schedule([MON, TUE, WED], [WED]), date(2026, 10, 13))
    codes = [refusal.code for refusal in in_the_way(bad, given=OPEN)]
    assert codes == ["SCH-OPEN", "SCH-NOTICE", "SCH-CLASH", "SCH-SHARE"]
