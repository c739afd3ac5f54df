"""The end of a suspension: a longer one, the return, also one recorded late, and no return at all."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.closing import Protected
from contracts.consequences import Task, Timer
from contracts.contract import State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY
from contracts.department import RelocationProposed
from contracts.department_answer import AnswerDepartmentChange, LapseDepartmentChange
from contracts.formation_rules import AnotherActive
from contracts.mutual_end import MutualEndProposed
from contracts.places import holds
from contracts.resting import NotProven, OutsideLength, balance
from contracts.resumption import (
    AnswerResumed,
    ExtendSuspension,
    NoteNoReturn,
    NotFit,
    PlaceNotKept,
    Resume,
    ReturnMissed,
    SuspensionEnded,
    SuspensionExtended,
)
from contracts.suspension import Suspend
from contracts.termination import Expel
from contracts.terms import Term
from contracts.withdrawal import Noticed, Withdraw
from tests.contracts.entries import BEGUN_S5, on, recorded
from tests.contracts.test_suspension import (
    BACK_ON,
    FROM_ON,
    MOVED,
    OPEN,
    RECORDED,
    RESTING,
    STARTED,
    TO_ON,
    of,
)
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    K5_ACTIVE,
    LAW,
    M1,
    P1,
    P2,
    P3,
    S5,
    STARTS_ON,
    STUDENT,
    TERMS,
    brought,
    held,
    refused,
    state,
    when,
)

RESUME = Resume(BACK_ON, "note 3")
ENDED = SuspensionEnded(FROM_ON, BACK_ON, 182, MOVED, "note 3")
MISSED = ReturnMissed(FROM_ON, date(2027, 8, 6))


def test_the_term_moves_by_the_days_that_it_rested():
    [ended] = when(RESUME, of(COLLEGE, BACK_ON), given=RESTING)
    assert (ended, ended.effective_on) == (ENDED, BACK_ON)
    after = state([*RESTING, ended])
    assert (after.terms.term.ends_on, after.last_day) == (date(2027, 12, 29), date(2027, 12, 29))
    assert after.terms_on(TO_ON).term.ends_on == date(2027, 6, 30), "the clause is another from its day on"
    assert after.terms_on(BACK_ON).term == MOVED


def test_a_frozen_answer_goes_on_with_what_was_left():
    mutual = MutualEndProposed(P2, ENTERPRISE, date(2027, 3, 1), date(2027, 2, 3), "e" * 64)
    given = [*RESTING, OPEN, mutual]
    _, schedule, end = when(RESUME, of(COLLEGE, BACK_ON), given=given)
    assert schedule == AnswerResumed(P1, 1, BACK_ON)
    assert end == AnswerResumed(P2, 3, date(2027, 8, 4))
    after = state([*given, ENDED, schedule, end])
    assert (after.open_proposal.answer_by, after.open_mutual_end.answer_by) == (BACK_ON, date(2027, 8, 4))
    assert Timer("lapse-schedule-change", BACK_ON + DAY, P1) in timers(after)
    assert Timer("lapse-mutual-end", date(2027, 8, 5), P2) in timers(after)


def test_another_department_waits_as_well():
    moving = RelocationProposed(
        P3, ENTERPRISE, TERMS.workplace, date(2027, 3, 1), FROM_ON, "c" * 64, (STUDENT, ENTERPRISE)
    )
    given = [*RESTING, moving]
    lapse = LapseDepartmentChange(P3)
    assert Timer("lapse-department-change", BACK_ON, P3) not in timers(state(given))
    assert when(lapse, of(DEADLINE, TO_ON), given=given) == []
    assert when(AnswerDepartmentChange(P3, accept=True), of(STUDENT, TO_ON), given=given)
    ended, answer = when(RESUME, of(COLLEGE, BACK_ON), given=given)
    assert answer == AnswerResumed(P3, 1, BACK_ON)
    after = [*given, ended, answer]
    assert when(lapse, of(DEADLINE, BACK_ON), given=after) == []
    assert when(lapse, of(DEADLINE, BACK_ON + DAY), given=after)


def test_an_answer_that_would_fall_on_a_day_off_moves_on():
    [_, answer] = when(
        replace(RESUME, on=date(2027, 8, 6)),
        of(COLLEGE, date(2027, 8, 6)),
        given=[*RESTING, replace(OPEN, answer_by=FROM_ON + DAY)],
    )
    assert answer == AnswerResumed(P1, 2, date(2027, 8, 9)), "Friday is the first of two days"


def test_the_preview_says_which_answer_goes_on():
    shown = brought(RESUME, of(COLLEGE, BACK_ON), given=[*RESTING, OPEN]).shown
    assert {each["name"] for each in shown["deadlines"]["stop"]} == {"return", "place-kept"}
    assert {each["name"] for each in shown["tasks"]["close"]} == {"resume"}


def test_whoever_was_ill_brings_a_note():
    for note in (None, " "):
        assert refused(Resume(BACK_ON, note), of(COLLEGE, BACK_ON), given=RESTING) == [NotFit("illness")]
    service = when(Suspend("military-service", FROM_ON, TO_ON, "summons"), of(STUDENT), given=K5_ACTIVE)
    assert when(Resume(BACK_ON), of(COLLEGE, BACK_ON), given=[*K5_ACTIVE, *service])


def test_a_return_is_a_day_of_the_suspension_that_has_come():
    tomorrow = replace(RESUME, on=BACK_ON + DAY)
    assert refused(tomorrow, of(COLLEGE, BACK_ON), given=RESTING) == [NotYet(BACK_ON + DAY, BACK_ON)]
    before = replace(RESUME, on=FROM_ON - DAY)
    last_day = date(2027, 12, 29)
    found = refused(before, of(COLLEGE, BACK_ON), given=RESTING)
    assert found == [WrongState(State.ACTIVE, (State.SUSPENDED,), last_day)]
    [never_left] = when(replace(RESUME, on=FROM_ON), of(COLLEGE, BACK_ON), given=RESTING)
    assert (never_left.days, never_left.term.ends_on) == (0, date(2027, 6, 30))


def test_nobody_comes_back_before_it_has_begun_or_twice():
    found = refused(RESUME, of(COLLEGE, RECORDED), given=RESTING)
    assert [each.code for each in found] == ["GEN-STATE"]
    assert when(RESUME, of(COLLEGE, BACK_ON), given=[*RESTING, ENDED]) == []
    assert refused(replace(RESUME, on=TO_ON), of(COLLEGE, BACK_ON), given=[*RESTING, ENDED])


def test_a_student_under_notice_comes_back_too():
    leaves = Noticed(STUDENT, "own-wish", date(2027, 3, 1), date(2027, 4, 1), date(2027, 3, 1))
    back = replace(RESUME, on=date(2027, 3, 8))
    [ended] = when(back, of(COLLEGE, date(2027, 3, 8)), given=[*RESTING, leaves])
    after = state([*RESTING, leaves, ended])
    assert (after.state, after.last_day) == (State.ENDING, date(2027, 4, 1))
    found = refused(back, of(COLLEGE, date(2027, 3, 8)), given=[*K5_ACTIVE, leaves])
    assert found == [WrongState(State.ENDING, (State.SUSPENDED,), date(2027, 4, 1))]


# The place


def test_a_place_that_is_kept_is_held_all_the_time():
    [mine] = [hold for hold in holds(state(RESTING)) if hold.kind == "mentor"]
    assert (mine.from_on, mine.to_on) == (STARTS_ON, date(2027, 12, 29))


def test_a_place_that_is_freed_is_free_until_the_return():
    childcare = Suspend("childcare", FROM_ON, date(2029, 1, 31), "birth certificate")
    [started] = when(childcare, of(STUDENT), given=K5_ACTIVE)
    assert started.place_to == date(2028, 1, 31)
    [mine] = [hold for hold in holds(state([*K5_ACTIVE, started])) if hold.kind == "mentor"]
    assert (mine.from_on, mine.to_on) == (STARTS_ON, date(2028, 1, 31))
    back = date(2029, 2, 1)
    [ended] = when(Resume(back), of(COLLEGE, back), given=[*K5_ACTIVE, started])
    periods = [
        (hold.from_on, hold.to_on)
        for hold in holds(state([*K5_ACTIVE, started, ended]))
        if hold.kind == "mentor"
    ]
    assert periods == [(STARTS_ON, date(2028, 1, 31)), (back, ended.term.ends_on)]


def test_a_year_less_a_day_keeps_the_place_and_a_day_more_frees_it():
    for to_on, place_to in ((date(2028, 1, 31), None), (date(2028, 2, 1), date(2028, 1, 31))):
        childcare = Suspend("childcare", FROM_ON, to_on, "birth certificate")
        [started] = when(childcare, of(STUDENT), given=K5_ACTIVE)
        assert started.place_to == place_to


def test_who_comes_back_to_a_place_that_others_have_waits():
    freed = replace(STARTED, place_to=date(2027, 4, 30))
    given, back = [*K5_ACTIVE, freed], of
    taken = held("mentor", str(M1.id), *[(date(2027, 5, 3), date(2028, 6, 30))] * 3)
    found = refused(RESUME, back(COLLEGE, BACK_ON, holds=taken), given=given)
    assert found == [PlaceNotKept(date(2027, 4, 30), 3, 3)]
    two = held("mentor", str(M1.id), *[(date(2027, 5, 3), date(2028, 6, 30))] * 2)
    assert when(RESUME, back(COLLEGE, BACK_ON, holds=two), given=given)


def test_the_term_that_has_moved_runs_into_no_other_contract():
    period = (MOVED.ends_on, date(2028, 6, 30))
    others = held("student", str(S5.id), period)
    assert refused(RESUME, of(COLLEGE, BACK_ON, holds=others), RESTING) == [AnotherActive(*period)]


# Longer, and no return


def test_a_leave_is_lengthened_within_its_bounds_and_with_papers():
    longer = ExtendSuspension(date(2028, 1, 31), "conclusion 19", "order 11")
    [extended] = when(longer, of(COLLEGE, TO_ON), given=RESTING)
    assert extended == SuspensionExtended(
        FROM_ON, date(2028, 1, 31), date(2028, 2, 7), None, "conclusion 19", "order 11"
    )
    too_long = replace(longer, to_on=date(2028, 2, 1))
    assert refused(too_long, of(COLLEGE, TO_ON), given=RESTING) == [
        OutsideLength(FROM_ON, date(2028, 2, 1), date(2027, 7, 31), date(2028, 1, 31), 365)
    ]
    found = refused(replace(longer, proof=None), of(COLLEGE, TO_ON), given=RESTING)
    assert found == [NotProven("illness", ("proof",))]
    after = state([*RESTING, extended])
    assert (after.open_suspension.to_on, after.open_suspension.return_by) == (longer.to_on, date(2028, 2, 7))
    assert when(longer, of(COLLEGE, TO_ON), given=[*RESTING, extended]) == []


def test_a_longer_leave_runs_into_no_other_contract():
    period = (date(2028, 1, 1), date(2028, 6, 30))
    others = held("student", str(S5.id), period)
    longer = ExtendSuspension(date(2027, 8, 4), "conclusion 19", "order 11")
    found = refused(longer, of(COLLEGE, TO_ON, holds=others), given=RESTING)
    assert found == [AnotherActive(*period)]
    assert when(replace(longer, to_on=date(2027, 8, 3)), of(COLLEGE, TO_ON, holds=others), given=RESTING)


def test_nobody_came_back():
    given = state(RESTING)
    assert when(NoteNoReturn(), of(DEADLINE, date(2027, 8, 6)), given=given) == []
    [missed] = when(NoteNoReturn(), of(DEADLINE, date(2027, 8, 7)), given=given)
    assert (missed, missed.effective_on) == (MISSED, date(2027, 8, 7))
    after = state([*RESTING, missed])
    assert timers(after) == ()
    assert Task("no-return", (COLLEGE,), "extend-suspension") in outlook(after, LAW).tasks
    [mine] = [hold for hold in holds(after) if hold.kind == "mentor"]
    assert mine.to_on == date(2027, 8, 6)
    assert when(NoteNoReturn(), of(DEADLINE, date(2027, 8, 8)), given=after) == []


def test_once_a_return_was_missed_leave_protects_no_more():
    expelled = Expel("absence", "118", date(2027, 8, 9))
    at = of(COLLEGE, date(2027, 8, 12))
    assert refused(expelled, at, given=RESTING) == [Protected("absence", ("illness", "leave"), TO_ON)]
    assert when(expelled, at, given=[*RESTING, MISSED])
    breach = Withdraw("breach-by-student", date(2027, 8, 12), date(2027, 8, 12), None, "3", date(2027, 8, 9))
    assert when(breach, of(ENTERPRISE, date(2027, 8, 12)), given=[*RESTING, MISSED])


def test_a_return_that_was_missed_may_still_come_or_be_put_off():
    assert when(replace(RESUME, on=date(2027, 8, 9)), of(COLLEGE, date(2027, 8, 9)), [*RESTING, MISSED])
    longer = ExtendSuspension(date(2027, 10, 1), "conclusion 19", "order 11")
    [extended] = when(longer, of(COLLEGE, date(2027, 8, 9)), given=[*RESTING, MISSED])
    after = state([*RESTING, MISSED, extended])
    assert not after.open_suspension.missed
    taken = held("mentor", str(M1.id), *[(date(2027, 8, 9), date(2027, 9, 30))] * 3)
    found = refused(longer, of(COLLEGE, date(2027, 8, 9), holds=taken), given=[*RESTING, MISSED])
    assert found == [PlaceNotKept(date(2027, 8, 6), 3, 3)]


# Two clocks


@pytest.mark.parametrize(
    ("known_on", "expected"), [(date(2027, 7, 8), State.SUSPENDED), (date(2027, 7, 13), State.ACTIVE)]
)
def test_an_early_return_that_was_recorded_late(known_on, expected):
    early = SuspensionEnded(FROM_ON, date(2027, 7, 5), 154, Term(STARTS_ON, date(2027, 12, 1)))
    entries = recorded(*BEGUN_S5, (STARTED, RECORDED), (early, date(2027, 7, 12)))
    day = date(2027, 7, 6)
    known_at = next((e.recorded_at for e in entries if e.event is early), None)
    known_at = known_at.replace(month=known_on.month, day=known_on.day)
    assert on(entries, day, known_at).state_on(day) is expected


def test_each_day_knows_what_was_known_and_held_then():
    entries = recorded(*BEGUN_S5, (STARTED, RECORDED), (ENDED, BACK_ON))
    days = {
        date(2027, 1, 31): State.ACTIVE,
        FROM_ON: State.SUSPENDED,
        TO_ON: State.SUSPENDED,
        BACK_ON: State.ACTIVE,
    }
    assert {day: on(entries, day).state_on(day) for day in days} == days
    assert on(entries, date(2027, 1, 30)).open_suspension is not None, "agreed, and still to come"
    assert on(entries, RECORDED - DAY).suspensions == ()


def test_the_balance_of_any_past_day():
    contract = state([*RESTING, ENDED])
    used = {
        FROM_ON - DAY: 0,
        FROM_ON: 1,
        date(2027, 2, 10): 10,
        TO_ON: 182,
        BACK_ON: 182,
        date(2027, 12, 1): 182,
    }
    assert {day: balance(contract, LAW, day).used for day in used} == used
    found = balance(contract, LAW, BACK_ON)
    assert (found.allowed, found.used, found.left) == (365, 182, 183)
