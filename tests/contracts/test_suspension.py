"""A contract rests for a time: on which grounds, for how long, what rests with it and what runs on."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.closing import Protected
from contracts.consequences import Deadline, Task, Timer
from contracts.contract import LIVES, State
from contracts.contract_rules import WrongState
from contracts.decision import DAY
from contracts.dossier import Resting
from contracts.formation_rules import AnotherActive
from contracts.mutual_end import AcceptMutualEnd, MutualEndProposed
from contracts.pay import RecordPay
from contracts.resting import NotProven, OutsideLength
from contracts.resumption import Resume, SuspensionEnded
from contracts.schedule_answer import AnswerScheduleChange, LapseScheduleChange
from contracts.suspension import NoSuchRest, Overlaps, Suspend, SuspensionStarted
from contracts.termination import Expel, ReportLiquidation
from contracts.terms import OnPay, OnTerm, Suspending, Term
from contracts.week import Place, place_on
from contracts.withdrawal import Withdraw
from tests.examples import (
    CHAMBER,
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K5_ACTIVE,
    K5_SIGNED,
    LAW,
    MENTOR,
    P1,
    P2,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S1,
    S5,
    STARTS_ON,
    STUDENT,
    around,
    asked,
    brought,
    held,
    proposed,
    refused,
    state,
    when,
)

RECORDED, FROM_ON, TO_ON, BACK_ON = date(2027, 1, 29), date(2027, 2, 1), date(2027, 8, 1), date(2027, 8, 2)
ALIVE = tuple(sorted(LIVES))
LEAVE = Suspend("illness", FROM_ON, TO_ON, "conclusion 12", "order 7", "a diagnosis")
STARTED = SuspensionStarted(
    "illness",
    FROM_ON,
    TO_ON,
    date(2027, 8, 6),
    frozenset(Resting),
    frozenset({"illness", "leave"}),
    True,
    None,
    "conclusion 12",
    "order 7",
    "5" * 64,
)
RESTING = [*K5_ACTIVE, STARTED]
OPEN = proposed(P1, ENTERPRISE, PRACTICE_MON_WED, date(2027, 3, 1), FROM_ON)
MOVED = Term(STARTS_ON, date(2027, 12, 29))


def of(role, on=RECORDED, who=S5, **more):
    return asked(role, on, around(who, **more), {"reason": "5" * 64})


def test_a_college_records_academic_leave():
    [started] = when(LEAVE, of(COLLEGE), given=K5_ACTIVE)
    assert (started, started.effective_on) == (STARTED, FROM_ON)


def test_it_is_suspended_on_its_days_only_and_until_the_return_is_recorded():
    contract = state(RESTING)
    days = {FROM_ON - DAY: State.ACTIVE, FROM_ON: State.SUSPENDED, TO_ON: State.SUSPENDED}
    days |= {BACK_ON: State.SUSPENDED, STARTS_ON - DAY: State.SIGNED}
    assert {day: contract.state_on(day) for day in days} == days
    back = state([*RESTING, SuspensionEnded(FROM_ON, BACK_ON, 182, MOVED)])
    assert [back.state_on(day) for day in (TO_ON, BACK_ON)] == [State.SUSPENDED, State.ACTIVE]


def test_without_a_last_day_it_is_as_long_as_its_ground_allows():
    [started] = when(replace(LEAVE, to_on=None), of(COLLEGE), given=K5_ACTIVE)
    assert started.to_on == date(2028, 1, 31)


@pytest.mark.parametrize(
    ("to_on", "passes"),
    [
        (date(2027, 7, 30), False),
        (date(2027, 7, 31), True),
        (date(2028, 1, 31), True),
        (date(2028, 2, 1), False),
        (date(2027, 3, 31), False),
        (FROM_ON - DAY, False),
    ],
)
def test_leave_by_illness_is_from_six_to_twelve_months(to_on, passes):
    wish = replace(LEAVE, to_on=to_on)
    if passes:
        assert when(wish, of(COLLEGE), given=K5_ACTIVE)
        return
    outside = OutsideLength(FROM_ON, to_on, date(2027, 7, 31), date(2028, 1, 31), 365)
    assert refused(wish, of(COLLEGE), given=K5_ACTIVE) == [outside]


def test_the_days_that_are_left_of_the_balance_bound_a_second_leave():
    """After 182 days 183 are left; six months from 1 November 2027 are 182."""
    given = [*RESTING, SuspensionEnded(FROM_ON, BACK_ON, 182, MOVED)]
    again = replace(LEAVE, from_on=date(2027, 11, 1), to_on=date(2028, 5, 1))
    assert when(again, of(COLLEGE, date(2027, 11, 1)), given=given)
    longer = replace(again, to_on=date(2028, 5, 2))
    found = refused(longer, of(COLLEGE, date(2027, 11, 1)), given=given)
    assert found == [
        OutsideLength(date(2027, 11, 1), date(2028, 5, 2), date(2028, 4, 30), date(2028, 5, 1), 183)
    ]


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_the_ground_is_proven_by_its_papers(nothing):
    without = replace(LEAVE, proof=nothing)
    assert refused(without, of(COLLEGE), given=K5_ACTIVE) == [NotProven("illness", ("proof",))]
    neither = replace(without, order_no=nothing)
    assert refused(neither, of(COLLEGE), given=K5_ACTIVE) == [NotProven("illness", ("order", "proof"))]


def test_each_side_has_its_grounds():
    mine = ("military-service", "pregnancy", "childcare")
    assert refused(LEAVE, of(STUDENT), given=K5_ACTIVE) == [NoSuchRest("illness", STUDENT, mine)]
    unknown = replace(LEAVE, ground="bad weather")
    assert [each.code for each in refused(unknown, of(COLLEGE), K5_ACTIVE)] == ["SUS-GROUND"]
    standstill = Suspend("standstill", FROM_ON, date(2027, 2, 28), "act 4")
    [started] = when(standstill, of(ENTERPRISE), given=K5_ACTIVE)
    assert started.rests == {Resting.ANSWERS, Resting.INSTALMENTS}, "pay goes on"
    service = Suspend("military-service", FROM_ON, None, "summons 9")
    [called_up] = when(service, of(STUDENT), given=K5_ACTIVE)
    assert called_up.return_by == date(2028, 2, 29), "a month to come back"
    assert when(Suspend("pregnancy", FROM_ON, None, "note"), of(REPRESENTATIVE, who=S1), given=K1_ACTIVE)


def test_two_times_of_rest_do_not_overlap():
    again = replace(LEAVE, from_on=date(2027, 3, 1), to_on=date(2027, 9, 30))
    found = refused(again, of(COLLEGE, date(2027, 3, 1)), given=RESTING)
    assert found == [Overlaps(FROM_ON, TO_ON)]
    ended = [*RESTING, SuspensionEnded(FROM_ON, date(2027, 7, 5), 154, MOVED)]
    service = Suspend("military-service", date(2027, 7, 4), date(2027, 12, 1), "summons 9")
    on = of(COLLEGE, date(2027, 8, 2))
    found = refused(service, on, given=ended)
    assert found == [Overlaps(FROM_ON, date(2027, 7, 4))]
    assert when(replace(service, from_on=date(2027, 7, 5)), on, given=ended)


def test_to_record_the_same_again_changes_nothing():
    assert when(LEAVE, of(COLLEGE), given=RESTING) == []
    assert when(replace(LEAVE, to_on=None), of(COLLEGE), given=RESTING) == []
    assert refused(replace(LEAVE, to_on=date(2027, 9, 1)), of(COLLEGE), given=RESTING)


def test_only_a_contract_in_force_rests():
    [wrong] = refused(LEAVE, of(COLLEGE, STARTS_ON), given=K5_SIGNED)
    assert wrong.state is State.SIGNED
    before = replace(LEAVE, from_on=STARTS_ON - DAY, to_on=date(2027, 3, 31))
    assert refused(before, of(COLLEGE), given=K5_ACTIVE) == [WrongState(State.SIGNED, ALIVE, ENDS_ON)]
    after = replace(LEAVE, from_on=ENDS_ON + DAY, to_on=date(2028, 1, 31))
    assert refused(after, of(COLLEGE), given=K5_ACTIVE) == [WrongState(State.ACTIVE, ALIVE, ENDS_ON)]
    last = replace(LEAVE, from_on=ENDS_ON, to_on=date(2028, 1, 31))
    assert when(last, of(COLLEGE), given=K5_ACTIVE)


def test_the_term_to_come_runs_into_no_other_contract_of_the_student():
    period = (date(2027, 12, 29), date(2028, 6, 30))
    others = held("student", str(S5.id), period)
    found = refused(LEAVE, of(COLLEGE, holds=others), given=K5_ACTIVE)
    assert found == [AnotherActive(*period)]
    day_later = held("student", str(S5.id), (period[0] + DAY, period[1]))
    assert when(LEAVE, of(COLLEGE, holds=day_later), given=K5_ACTIVE)


# What rests


def test_an_answer_that_is_owed_is_frozen_with_what_is_left():
    before, after = (outlook(state(given), LAW) for given in ([*K5_ACTIVE, OPEN], [*RESTING, OPEN]))
    [then] = [each for each in before.deadlines if each.ref == P1]
    [now] = [each for each in after.deadlines if each.ref == P1]
    assert (then.on, then.left) == (FROM_ON, None)
    assert (now.on, now.left) == (BACK_ON, 1)
    assert [task.by for task in after.tasks if task.ref == P1] == [BACK_ON]


def test_a_frozen_answer_never_lapses():
    contract, lapse = state([*RESTING, OPEN]), Timer("lapse-schedule-change", BACK_ON, P1)
    assert Timer("lapse-schedule-change", FROM_ON + DAY, P1) in timers(state([*K5_ACTIVE, OPEN]))
    assert {timer.command for timer in timers(contract)} == {"note-no-return"}
    assert lapse not in timers(contract)
    assert when(LapseScheduleChange(P1), of(DEADLINE, TO_ON), given=contract) == []


def test_an_answer_due_before_the_first_day_is_not_frozen():
    early = replace(OPEN, answer_by=FROM_ON - DAY)
    contract = state([*RESTING, early])
    assert contract.frozen(early.answer_by) is None
    assert Timer("lapse-schedule-change", FROM_ON, P1) in timers(contract)
    assert when(LapseScheduleChange(P1), of(DEADLINE, FROM_ON), given=contract)


def test_whoever_is_asked_may_answer_meanwhile():
    contract = state([*RESTING, OPEN])
    [accepted] = when(AnswerScheduleChange(P1, accept=True), of(COLLEGE, TO_ON), given=contract)
    assert accepted.party is COLLEGE
    mutual = MutualEndProposed(P2, ENTERPRISE, date(2027, 3, 1), FROM_ON, "e" * 64)
    assert when(AcceptMutualEnd("e" * 64), of(STUDENT, TO_ON), given=[*RESTING, mutual])


def test_no_month_of_it_is_paid_and_each_says_so():
    shown = brought(LEAVE, of(COLLEGE), given=K5_ACTIVE).shown["money"]
    whole, *months = shown
    steps = {step["name"]: step["value"] for step in whole["steps"]}
    assert (whole["amount"], steps) == (0, {"suspended-days": 182, "practice-days-fallen-out": 62})
    assert [(each["month"], each["amount"]) for each in months] == [(f"2027-{n:02}", 0) for n in range(2, 8)]
    assert {each["rule"] for each in shown} == {"suspension.pay"}
    planned = [step["value"] for each in months for step in each["steps"] if step["name"].endswith("planned")]
    assert planned == [12, 12, 14, 11, 13, 0]


def test_a_month_in_part_is_paid_in_part():
    contract = state([*K5_ACTIVE, replace(STARTED, from_on=date(2027, 1, 18))])
    wish = RecordPay("2027-01", 9_500_000 * 5 // 11)
    [too_little] = refused(wish, of(ENTERPRISE, date(2027, 2, 1)), given=contract)
    assert too_little.due == -(-9_500_000 * 5 // 11)
    assert when(replace(wish, amount=too_little.due), of(ENTERPRISE, date(2027, 2, 1)), given=contract)
    goes_on = replace(STARTED, from_on=date(2027, 1, 18), rests=frozenset({Resting.ANSWERS}))
    found = refused(wish, of(ENTERPRISE, date(2027, 2, 1)), given=[*K5_ACTIVE, goes_on])
    assert found[0].due == 9_500_000, "where pay does not rest, the days count as done"


def test_nobody_is_anywhere_on_its_days():
    contract = state(RESTING)
    assert place_on(contract, LAW, date(2027, 1, 29)) is Place.ENTERPRISE
    assert [place_on(contract, LAW, day) for day in (FROM_ON, date(2027, 2, 3), TO_ON)] == [None, None, None]


def test_the_return_is_waited_for_and_the_place_is_kept():
    after = outlook(state(RESTING), LAW)
    return_by = date(2027, 8, 6)
    assert (
        Deadline("return", (STUDENT, COLLEGE), return_by, "return-missed", "suspension.return")
        in after.deadlines
    )
    assert Deadline("place-kept", (), return_by, "place-freed", "suspension.place") in after.deadlines
    assert Task("resume", (COLLEGE,), "resume", return_by) in after.tasks
    assert after.stays == ("limitation-runs", "retention-runs")
    assert after.ends == ("answers-rest", "instalments-rest", "pay-rest")
    assert timers(state(RESTING)) == (Timer("note-no-return", return_by + DAY),)


def test_the_chamber_and_the_mentor_are_told_too():
    told = {notice["to"] for notice in brought(LEAVE, of(COLLEGE), given=K5_ACTIVE).shown["notices"]}
    assert told == {STUDENT, ENTERPRISE, MENTOR, CHAMBER}


def agreed_otherwise(clause):
    """The contract with a clause of its own about suspension."""
    contract = state(K5_ACTIVE)
    signed = tuple(replace(each, terms=replace(each.terms, suspension=clause)) for each in contract.agreed)
    return replace(contract, agreed=signed, terms=replace(contract.terms, suspension=clause))


def test_pay_goes_on_where_the_contract_says_so():
    [started] = when(LEAVE, of(COLLEGE), given=agreed_otherwise(Suspending(pay=OnPay.CONTINUES)))
    assert started.rests == {Resting.ANSWERS, Resting.INSTALMENTS}
    assert when(LEAVE, of(COLLEGE), given=agreed_otherwise(Suspending())) == [STARTED]


def test_the_last_day_stays_where_the_contract_says_so():
    for clause, last in ((Suspending(OnTerm.STAYS), ENDS_ON), (Suspending(), MOVED.ends_on)):
        resting = STARTED.evolve(agreed_otherwise(clause))
        assert resting.last_day == last
        [ended] = when(Resume(BACK_ON, "note"), of(COLLEGE, BACK_ON), given=resting)
        assert (ended.days, ended.term.ends_on) == (182, last)


# The end meanwhile


def test_the_enterprise_ends_nothing_during_illness_or_leave():
    wish = Withdraw("breach-by-student", date(2027, 3, 1), date(2027, 3, 1), proof="3", heard_on=FROM_ON)
    barred = Protected("breach-by-student", ("illness", "leave"), TO_ON)
    assert refused(wish, of(ENTERPRISE, date(2027, 3, 1)), given=RESTING) == [barred]
    day_before = replace(wish, received_on=FROM_ON - DAY, heard_on=date(2027, 1, 4))
    assert when(day_before, of(ENTERPRISE, date(2027, 3, 1)), given=RESTING)
    cuts = replace(wish, ground="staff-cuts", end_on=date(2027, 5, 31))
    assert refused(cuts, of(ENTERPRISE, date(2027, 3, 1)), given=RESTING) == [
        Protected("staff-cuts", ("illness", "leave"), TO_ON)
    ]
    standstill = replace(STARTED, protects=frozenset())
    assert when(wish, of(ENTERPRISE, date(2027, 3, 1)), given=[*K5_ACTIVE, standstill])


def test_a_student_leaves_meanwhile_and_the_notice_runs():
    leaves = Withdraw("own-wish", date(2027, 3, 1), date(2027, 4, 1))
    [noticed] = when(leaves, of(STUDENT, date(2027, 3, 1)), given=RESTING)
    assert noticed.end_on == date(2027, 4, 1)
    after = state([*RESTING, noticed])
    assert [after.state_on(day) for day in (date(2027, 4, 1), date(2027, 4, 2))] == [
        State.ENDING,
        State.ENDED,
    ]
    assert "notice-runs" in outlook(after, LAW).stays
    assert {timer.command for timer in timers(after)} == {"end"}


def test_a_last_day_may_lie_where_the_term_will_have_moved_to():
    late = Withdraw("own-wish", date(2027, 6, 28), date(2027, 8, 2))
    assert when(late, of(STUDENT, date(2027, 6, 28)), given=RESTING)
    assert state(RESTING).last_day == MOVED.ends_on
    too_late = replace(late, end_on=MOVED.ends_on + DAY)
    assert refused(too_late, of(STUDENT, date(2027, 6, 28)), given=RESTING) == [
        WrongState(State.ACTIVE, ALIVE, MOVED.ends_on)
    ]


def test_liquidation_ends_it_all_the_same_and_an_order_does_not():
    assert when(ReportLiquidation(date(2027, 5, 1), "act 5"), of(ENTERPRISE, TO_ON), given=RESTING)
    expelled = Expel("absence", "118", date(2027, 2, 22))
    on = of(COLLEGE, date(2027, 3, 1))
    assert refused(expelled, on, given=RESTING) == [Protected("absence", ("illness", "leave"), TO_ON)]
