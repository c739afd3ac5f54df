"""Each place confirms week by week; others contest it, excuse a day, or are warned that hours are missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ahead import outlook, timers
from contracts.attendance import (
    AttendanceConfirmed,
    ConfirmAttendance,
    ConfirmedAlready,
    NoSuchWeek,
    NotPlanned,
    NotTheirMentor,
    TooManyHours,
    WeekNotOver,
)
from contracts.attendance_answer import (
    AbsenceExcused,
    AttendanceContested,
    ContestAttendance,
    ContestLate,
    ExcuseAbsence,
    NotConfirmed,
    NotMissed,
    ProofMissing,
    WarnShortfall,
)
from contracts.consequences import Task, Timer
from contracts.decision import DAY, Refused
from contracts.dossier import Suspension
from contracts.mentoring import MentorReplaced
from contracts.training_hours import Minutes, Progress, hours_done
from contracts.training_record import Place
from contracts.training_rules import ShortfallWarned, warning
from contracts.withdrawal import Noticed
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K5_ACTIVE,
    LAW,
    M1,
    M3,
    MENTOR,
    REPRESENTATIVE,
    S1,
    S5,
    STARTS_ON,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

AT_COLLEGE, AT_ENTERPRISE = Place.COLLEGE, Place.ENTERPRISE
MONDAY, ON = date(2026, 9, 7), date(2026, 9, 14)
WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + n * DAY for n in (2, 3, 4))
EIGHT = 8 * 60
CONFIRM = ConfirmAttendance(MONDAY)
REASON = {"reason": "c" * 64, "proof": "d" * 64}


def of(role, on=ON, who=S1, **more):
    return asked(role, on, around(who), REASON, **more)


def confirmed(minutes=3 * EIGHT, absences=(), monday=MONDAY, place=AT_ENTERPRISE, by=MENTOR, on=ON):
    return AttendanceConfirmed(
        monday, place, by, minutes, absences, on + timedelta(days=10), on + timedelta(days=28)
    )


def contested(**more):
    return AttendanceContested(**{"week": MONDAY, "place": AT_ENTERPRISE, "by": STUDENT} | more)


def test_a_week_as_planned_needs_no_hours():
    [event] = when(CONFIRM, of(MENTOR), K1_ACTIVE)
    assert event == confirmed()
    assert hours_done(state([*K1_ACTIVE, event]), ON).enterprise == 3 * EIGHT


def test_each_speaks_for_its_own_place():
    [event] = when(CONFIRM, of(COLLEGE), K1_ACTIVE)
    assert event == confirmed(2 * EIGHT, place=AT_COLLEGE, by=COLLEGE)
    both = [*K1_ACTIVE, confirmed(), event]
    assert {week.place for week in state(both).training.weeks} == {AT_COLLEGE, AT_ENTERPRISE}


def test_any_day_of_the_week_names_it_and_a_missed_day_takes_its_hours():
    [event] = when(ConfirmAttendance(FRIDAY, absences=(THURSDAY,)), of(ENTERPRISE), K1_ACTIVE)
    assert event == confirmed(2 * EIGHT, (THURSDAY,), by=ENTERPRISE)


def test_confirm_again_changes_nothing():
    given = [*K1_ACTIVE, confirmed()]
    assert when(CONFIRM, of(ENTERPRISE), given) == []
    assert when(replace(CONFIRM, minutes=3 * EIGHT), of(MENTOR), given) == []


def test_a_week_is_confirmed_once():
    given = [*K1_ACTIVE, confirmed()]
    found = refused(replace(CONFIRM, minutes=EIGHT), of(ENTERPRISE), given)
    assert found == [ConfirmedAlready(MONDAY, 3 * EIGHT)]


def test_contested_it_is_confirmed_anew():
    given = [*K1_ACTIVE, confirmed(EIGHT), contested()]
    [again] = when(CONFIRM, of(MENTOR), given)
    after = state([*given, again])
    assert after.training.week(MONDAY, AT_ENTERPRISE).minutes == 3 * EIGHT
    assert after.training.week(MONDAY, AT_ENTERPRISE).contested_by is None
    assert len(after.training.weeks) == 1


def test_a_week_is_confirmed_once_it_is_over():
    sunday = MONDAY + 6 * DAY
    assert refused(CONFIRM, of(MENTOR, sunday), K1_ACTIVE) == [WeekNotOver(sunday, sunday)]
    assert when(CONFIRM, of(MENTOR, sunday + DAY), K1_ACTIVE)


def test_the_last_week_is_over_with_the_last_day():
    noticed = Noticed(STUDENT, "own-wish", STARTS_ON, WEDNESDAY, STARTS_ON)
    given = [*K1_ACTIVE, noticed]
    assert refused(CONFIRM, of(ENTERPRISE, WEDNESDAY), given) == [WeekNotOver(WEDNESDAY, WEDNESDAY)]
    [event] = when(CONFIRM, of(ENTERPRISE, THURSDAY), given)
    assert event.minutes == EIGHT


@pytest.mark.parametrize(("monday", "there"), [(date(2026, 8, 24), False), (date(2026, 8, 31), True)])
def test_a_week_lies_in_the_contract(monday, there):
    wish = replace(CONFIRM, week=monday)
    if there:
        assert when(wish, of(MENTOR), K1_ACTIVE)
    else:
        assert refused(wish, of(MENTOR), K1_ACTIVE) == [NoSuchWeek(monday, STARTS_ON, ENDS_ON)]


def test_no_week_comes_after_the_last_day():
    late = ENDS_ON + timedelta(days=7)
    assert refused(ConfirmAttendance(late), of(MENTOR, late + timedelta(days=14)), K1_ACTIVE) == [
        NoSuchWeek(date(2027, 7, 5), STARTS_ON, ENDS_ON)
    ]


def test_at_16_a_week_at_the_enterprise_has_at_most_36_hours():
    assert when(replace(CONFIRM, minutes=36 * 60), of(MENTOR), K1_ACTIVE)
    over = refused(replace(CONFIRM, minutes=36 * 60 + 1), of(MENTOR), K1_ACTIVE)
    assert over == [TooManyHours(36 * 60 + 1, 36 * 60)]
    below = refused(replace(CONFIRM, minutes=-1), of(MENTOR), K1_ACTIVE)
    assert below == [TooManyHours(-1, 36 * 60)]


def test_an_adult_has_40_and_the_college_its_own_limit():
    forty = replace(CONFIRM, minutes=40 * 60)
    assert when(forty, of(ENTERPRISE, who=S5), K5_ACTIVE)
    long = replace(CONFIRM, minutes=40 * 60 + 1)
    assert refused(long, of(ENTERPRISE, who=S5), K5_ACTIVE) == [TooManyHours(40 * 60 + 1, 40 * 60)]
    assert when(replace(CONFIRM, minutes=54 * 60), of(COLLEGE), K1_ACTIVE)
    most = refused(replace(CONFIRM, minutes=54 * 60 + 1), of(COLLEGE), K1_ACTIVE)
    assert most == [TooManyHours(54 * 60 + 1, 54 * 60)]


def test_a_day_is_missed_where_the_plan_has_the_student():
    wish = ConfirmAttendance(MONDAY, absences=(MONDAY, FRIDAY))
    assert refused(wish, of(MENTOR), K1_ACTIVE) == [NotPlanned((MONDAY,), AT_ENTERPRISE)]
    assert refused(wish, of(COLLEGE), K1_ACTIVE) == [NotPlanned((FRIDAY,), AT_COLLEGE)]


def test_a_mentor_confirms_the_weeks_that_were_his():
    replaced = [*K1_ACTIVE, MentorReplaced(M1.id, M3.id, FRIDAY)]
    assert when(CONFIRM, of(MENTOR, person=M3.id), replaced), "Friday was his"
    assert when(CONFIRM, of(MENTOR, person=M1.id), replaced), "Wednesday was his"
    before = replace(CONFIRM, week=date(2026, 8, 31))
    assert refused(before, of(MENTOR, person=M3.id), replaced) == [NotTheirMentor(date(2026, 8, 31), FRIDAY)]
    after = replace(CONFIRM, week=date(2026, 9, 14))
    late = of(MENTOR, date(2026, 9, 21), person=M1.id)
    assert refused(after, late, replaced) == [NotTheirMentor(date(2026, 9, 14), STARTS_ON)]


# Answers


@pytest.mark.parametrize("role", [STUDENT, REPRESENTATIVE, COLLEGE])
def test_a_week_is_contested_for_ten_days(role):
    given = [*K1_ACTIVE, confirmed()]
    wish, last = ContestAttendance(FRIDAY, "I was there"), ON + timedelta(days=10)
    [event] = when(wish, of(role, last), given)
    assert event == contested(by=role, reason="c" * 64)
    assert refused(wish, of(role, last + DAY), given) == [ContestLate(last, last + DAY)]
    assert when(wish, of(role, last + DAY), [*given, event]) == [], "it is contested already"


def test_a_week_that_nobody_confirmed_is_not_contested():
    wish = ContestAttendance(MONDAY, "I was there", AT_COLLEGE)
    given = [*K1_ACTIVE, confirmed()]
    assert refused(wish, of(STUDENT), given) == [NotConfirmed(MONDAY, AT_COLLEGE)]


def test_a_missed_day_is_excused_with_a_paper():
    given = [*K1_ACTIVE, confirmed(2 * EIGHT, (THURSDAY,))]
    wish = ExcuseAbsence((THURSDAY,), "note 12")
    [event] = when(wish, of(COLLEGE), given)
    assert event == AbsenceExcused((THURSDAY,), "d" * 64)
    after = state([*given, event])
    assert after.training.excused == {THURSDAY}
    assert hours_done(after, ON).enterprise == 2 * EIGHT, "hours are hours"
    assert when(wish, of(COLLEGE), after) == []
    assert refused(replace(wish, proof=" "), of(COLLEGE), given) == [ProofMissing()]


def test_what_was_not_missed_is_not_excused():
    given = [*K1_ACTIVE, confirmed(2 * EIGHT, (THURSDAY,))]
    found = refused(ExcuseAbsence((THURSDAY, FRIDAY), "note 12"), of(COLLEGE), given)
    assert found == [NotMissed((FRIDAY,))]
    assert refused(ExcuseAbsence((), "note 12"), of(COLLEGE), given) == [NotMissed(())]


# What is missing

SUNDAY = date(2026, 9, 13)
FIRST_WEEK = confirmed(3 * EIGHT, monday=date(2026, 8, 31))


def test_all_are_warned_when_two_days_are_missing_and_more_than_a_tenth():
    """Of 9 planned days the share needs 2,592 minutes."""
    given = [*K1_ACTIVE, FIRST_WEEK]
    enough = replace(CONFIRM, minutes=2592 - 16 * 60 + 1 - 3 * EIGHT)
    assert len(when(enough, of(MENTOR), given)) == 1
    events = when(replace(enough, minutes=enough.minutes - 1), of(MENTOR), given)
    assert events[1:] == [ShortfallWarned(SUNDAY, 2592 - 16 * 60, 2592, ON + timedelta(days=28))]
    assert state([*given, *events]).training.warned_upto == SUNDAY


@pytest.mark.parametrize(
    ("missing", "needed", "warned"),
    [(960, 2592, True), (959, 2592, False), (1441, 14_400, True), (1440, 14_400, False)],
)
def test_of_many_hours_a_tenth_is_not_much(missing, needed, warned):
    found = Progress(Minutes(needed - missing), Minutes(needed), needed)
    assert (warning(found, LAW, SUNDAY, ON) is not None) is warned


def test_weeks_that_nobody_has_confirmed_yet_are_not_missed_yet():
    later = ConfirmAttendance(date(2026, 10, 5))
    assert len(when(later, of(MENTOR, date(2026, 10, 12)), K1_ACTIVE)) == 1


def test_who_was_warned_is_not_warned_every_week():
    warned = ShortfallWarned(SUNDAY, 0, 2592, ON + timedelta(days=28))
    given = [*K1_ACTIVE, confirmed(0), warned]
    next_week = ConfirmAttendance(MONDAY + timedelta(days=7), minutes=0)
    assert len(when(next_week, of(MENTOR, ON + timedelta(days=7)), given)) == 1
    weeks = {"before": date(2026, 10, 5), "after": date(2026, 10, 12)}
    told = {
        name: len(when(ConfirmAttendance(week, minutes=0), of(MENTOR, week + timedelta(days=7)), given))
        for name, week in weeks.items()
    }
    assert told == {"before": 1, "after": 2}, "28 days after 13 September, moved from a Sunday"


def test_a_record_that_stops_is_asked_about():
    contract = state([*K1_ACTIVE, confirmed()])
    due = ON + timedelta(days=28)
    assert Timer("warn-shortfall", due) in timers(contract)
    assert when(WarnShortfall(), of(DEADLINE, due - DAY), contract) == []
    [warned] = when(WarnShortfall(), of(DEADLINE, due), contract)
    assert (warned.upto, warned.done_minutes) == (due - DAY, 3 * EIGHT)
    assert warned.needed_minutes == 8352, "29 planned days of 480 minutes, 60 % of them"
    assert Timer("warn-shortfall", due + timedelta(days=28)) in timers(warned.evolve(contract))


def test_a_record_that_is_not_kept_has_no_timer_but_a_task():
    contract = state(K1_ACTIVE)
    assert "warn-shortfall" not in {timer.command for timer in timers(contract)}
    assert Task("confirm-attendance", (MENTOR,), "confirm-attendance", ON) in outlook(contract, LAW).tasks


def test_the_next_week_is_the_mentor_s_task():
    contract = state([*K1_ACTIVE, confirmed()])
    [task] = [task for task in outlook(contract, LAW).tasks if task.name == "confirm-attendance"]
    assert (task.who, task.by) == ((MENTOR,), date(2026, 9, 28)), "a week after the Sunday, moved from it"
    last = state([*K1_ACTIVE, confirmed(monday=date(2027, 6, 28))])
    assert "confirm-attendance" not in {task.name for task in outlook(last, LAW).tasks}


def test_a_week_without_a_planned_day_is_nobody_s_task():
    """The contract rests in the second week; nothing is planned in it."""
    none = frozenset()
    rest = Suspension("health", MONDAY, SUNDAY, SUNDAY, None, none, none, True, back_on=SUNDAY + DAY)
    contract = replace(state([*K1_ACTIVE, FIRST_WEEK]), suspensions=(rest,))
    [task] = [task for task in outlook(contract, LAW).tasks if task.name == "confirm-attendance"]
    assert task.by == date(2026, 9, 28), "of the week from 14 September"


WISHES = st.builds(
    ConfirmAttendance,
    st.dates(STARTS_ON, date(2026, 10, 31)),
    st.none() | st.integers(0, 60 * 60),
    st.lists(st.dates(STARTS_ON, date(2026, 10, 31)), max_size=3).map(tuple),
)


@given(st.lists(st.tuples(WISHES, st.sampled_from([MENTOR, ENTERPRISE, COLLEGE])), max_size=15))
def test_hours_never_exceed_the_limit_in_any_order_of_wishes(wishes):
    contract = state(K1_ACTIVE)
    for wish, role in wishes:
        try:
            for event in wish.decide(contract, of(role, date(2026, 11, 2))):
                contract = event.evolve(contract)
        except Refused:
            continue
    weeks = contract.training.weeks
    assert all(0 <= week.minutes <= (36 if week.place is AT_ENTERPRISE else 54) * 60 for week in weeks)
    assert len({(week.monday, week.place) for week in weeks}) == len(weeks)
    total = hours_done(contract, date(2026, 11, 2))
    assert total.total == sum(week.minutes for week in weeks)
