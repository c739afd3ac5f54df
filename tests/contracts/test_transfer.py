"""A transfer is asked for: when, to whom, and from which day on."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import timers
from contracts.consequences import Deadline, Task, Timer
from contracts.contract import State
from contracts.contract_rules import WrongState
from contracts.decision import DAY
from contracts.dispute_marks import DisputeOpenedHere
from contracts.formation_rules import UnknownParty
from contracts.law import load
from contracts.moving import Destination, Difference
from contracts.parties import Role
from contracts.points import Matter, Point
from contracts.succession import Gap
from contracts.terms import ClauseId
from contracts.transfer import (
    AnotherOpen,
    ByAddendum,
    DifferenceSet,
    EndOutside,
    NothingChanges,
    RequestTransfer,
    SetAcademicDifference,
    WindowClosed,
    outlook,
)
from contracts.transfer_completion import CompleteTransfer
from contracts.transfer_rules import InDispute, NoTransfer, ReceiverDecides, in_window, window
from tests.contracts.transfers import (
    ANSWER_BY,
    ASKED_ON,
    C2_BIN,
    END_ON,
    K2_ACTIVE,
    K2_FREE,
    K2_MOVES,
    MOVE,
    START_ON,
    TO_E2,
    concluded,
    of,
    requested,
    signed,
)
from tests.examples import (
    ACTIVATED,
    BRIEFED,
    C1,
    COLLEGE,
    E1,
    E2,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K5_SIGNED,
    LAW,
    OTHER,
    R1,
    REPRESENTATIVE,
    STUDENT,
    TERMS,
    refused,
    state,
    when,
)

KZ = load("kz")
C2 = replace(C1, bin=C2_BIN)
TO_C2 = RequestTransfer(Destination.COLLEGE, C2_BIN, END_ON, START_ON)
RECEIVER = Role.RECEIVER


def test_a_transfer_is_asked_for_and_the_party_that_is_left_has_five_working_days():
    """16 December is a holiday: 11, 14, 15, 17, 18."""
    wish = replace(TO_E2, reason="kept", exception_no="14-E")
    [found] = when(wish, of(), K2_ACTIVE)
    expected = requested(transfer=FRESH, reason="c" * 64, exception_no="14-E")
    assert (found, found.answer_by) == (expected, ANSWER_BY)
    move = state([*K2_ACTIVE, found]).open_move
    assert (move.accepted, move.waits_for, move.left) == ({COLLEGE}, {ENTERPRISE}, ENTERPRISE)
    assert when(wish, of(), K2_MOVES) == []


@pytest.mark.parametrize("role", [STUDENT, REPRESENTATIVE])
def test_a_student_or_who_stands_for_him_may_ask(role):
    [found] = when(TO_E2, of(role), K2_ACTIVE)
    assert found.by is role
    assert state([*K2_ACTIVE, found]).open_move.accepted == {STUDENT}


def test_the_party_that_is_left_may_ask_itself_and_then_nobody_waits_for_it():
    today = replace(TO_E2, end_on=ASKED_ON, start_on=ASKED_ON + DAY)
    [found] = when(today, of(ENTERPRISE), K2_ACTIVE)
    assert state([*K2_ACTIVE, found]).open_move.waits_for == set()


def test_without_the_clause_silence_releases_nobody():
    given = [*concluded(TERMS), BRIEFED, ACTIVATED]
    [found] = when(TO_E2, of(), given)
    assert not found.silence_releases


def test_only_a_contract_in_force_is_left():
    [wrong] = refused(TO_E2, of(), K5_SIGNED)
    assert wrong == WrongState(State.SIGNED, (State.ACTIVE, State.SUSPENDED), ENDS_ON)


def test_who_stays_where_he_is_is_not_transferred():
    found = refused(replace(TO_E2, receiver=E1.bin), of(receiver=E1), K2_ACTIVE)
    assert found == [NothingChanges(Destination.ENTERPRISE, E1.bin)]
    found = refused(replace(TO_C2, receiver=C1.bin), of(receiver=C1), K2_ACTIVE)
    assert found == [NothingChanges(Destination.COLLEGE, C1.bin)]


@pytest.mark.parametrize("kind", [Destination.SPECIALTY, Destination.DEPARTMENT])
def test_another_specialty_or_department_is_an_addendum(kind):
    assert refused(replace(TO_E2, kind=kind), of(), K2_ACTIVE) == [ByAddendum(kind)]


@pytest.mark.parametrize("there", [None, R1, C1])
def test_the_receiving_side_is_known_and_of_the_kind(there):
    assert refused(TO_E2, of(receiver=there), K2_ACTIVE) == [UnknownParty(("enterprise",))]


def test_one_transfer_is_open_at_a_time():
    other = requested(end_on=END_ON - DAY)
    assert refused(TO_E2, of(), [*K2_ACTIVE, other]) == [AnotherOpen(E2.bin, END_ON - DAY)]


def test_the_last_day_here_leaves_time_to_answer():
    for role in (COLLEGE, STUDENT):
        assert when(replace(TO_E2, end_on=ANSWER_BY, start_on=ANSWER_BY + DAY), of(role), K2_ACTIVE)
        early = replace(TO_E2, end_on=ANSWER_BY - DAY, start_on=ANSWER_BY)
        assert refused(early, of(role), K2_ACTIVE) == [EndOutside(ANSWER_BY - DAY, ANSWER_BY, ENDS_ON - DAY)]
    past = replace(TO_E2, end_on=ASKED_ON - DAY, start_on=ASKED_ON)
    assert refused(past, of(ENTERPRISE), K2_ACTIVE) == [EndOutside(ASKED_ON - DAY, ASKED_ON, ENDS_ON - DAY)]


def test_the_last_day_here_comes_before_the_contract_s_own():
    assert when(replace(TO_E2, end_on=ENDS_ON - DAY, start_on=ENDS_ON), of(), K2_ACTIVE)
    late = replace(TO_E2, end_on=ENDS_ON, start_on=ENDS_ON + DAY)
    assert refused(late, of(), K2_ACTIVE) == [EndOutside(ENDS_ON, ANSWER_BY, ENDS_ON - DAY)]


@pytest.mark.parametrize(
    ("start_on", "days"),
    [(date(2027, 1, 13), 2), (date(2027, 1, 12), 1), (END_ON, -1), (date(2027, 1, 9), -2)],
)
def test_the_first_day_there_follows_the_last_day_here(start_on, days):
    """A gap, or an overlap."""
    found = refused(replace(TO_E2, start_on=start_on), of(), K2_ACTIVE)
    assert found == [Gap(END_ON, start_on, days)]


# When


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 12, 10), date(2026, 12, 28), date(2027, 1, 13)),
        (date(2026, 12, 28), date(2026, 12, 28), date(2027, 1, 13)),
        (date(2027, 1, 13), date(2026, 12, 28), date(2027, 1, 13)),
        (date(2027, 1, 14), date(2027, 7, 1), date(2027, 8, 27)),
        (date(2027, 8, 27), date(2027, 7, 1), date(2027, 8, 27)),
        (date(2027, 8, 28), date(2027, 12, 28), date(2028, 1, 13)),
    ],
)
def test_colleges_are_changed_in_the_holidays_five_days_before_the_term_at_the_latest(day, first, last):
    assert window(KZ, day) == (first, last)
    assert in_window(Destination.COLLEGE, KZ, day) is (first <= day <= last)
    assert in_window(Destination.ENTERPRISE, KZ, day)


def test_outside_the_holidays_a_paper_must_allow_it():
    occasion = replace(of(receiver=C2), law=KZ)
    closed = [WindowClosed(date(2026, 12, 28), date(2027, 1, 13))]
    assert refused(TO_C2, occasion, K2_ACTIVE) == closed
    assert when(replace(TO_C2, exception_no="14-E"), occasion, K2_ACTIVE)
    in_time = replace(of(receiver=C2, on=date(2026, 12, 28)), law=KZ)
    later = replace(TO_C2, end_on=date(2027, 1, 17), start_on=date(2027, 1, 18))
    assert when(later, in_time, K2_ACTIVE)
    assert when(TO_C2, of(receiver=C2), K2_ACTIVE), "the policy of the journeys leaves every day open"


# The academic difference

TO_COLLEGE = [*K2_ACTIVE, requested(kind=Destination.COLLEGE, receiver=C2_BIN)]


def test_the_receiving_college_sets_the_difference():
    wish = SetAcademicDifference(("PM-02",), 72)
    events = when(wish, of(RECEIVER), TO_COLLEGE)
    assert events == [DifferenceSet(MOVE, ("PM-02",), 72)]
    after = state([*TO_COLLEGE, *events])
    assert after.open_move.difference == Difference(("PM-02",), 72)
    assert when(wish, of(RECEIVER), [*TO_COLLEGE, *events]) == []
    assert when(SetAcademicDifference(), of(RECEIVER), [*TO_COLLEGE, *events])
    assert "set-academic-difference" not in {task.name for task in outlook(after, LAW).tasks}


def test_the_college_that_is_left_does_not():
    wish = SetAcademicDifference(("PM-02",), 72)
    assert refused(wish, of(COLLEGE), TO_COLLEGE) == [ReceiverDecides(C2_BIN)]
    assert refused(wish, of(COLLEGE), K2_MOVES) == [ReceiverDecides(None)]
    assert refused(wish, of(RECEIVER), K2_ACTIVE) == [NoTransfer()]


# What it brings


def test_the_party_that_is_left_is_waited_for():
    after = state(K2_MOVES)
    found = outlook(after, LAW)
    silence = Deadline(
        "answer-transfer", (ENTERPRISE,), ANSWER_BY, "silence-releases", "transfer.release", MOVE
    )
    assert found.deadlines == (silence,)
    assert found.tasks == (Task("answer-transfer", (ENTERPRISE,), "accept-transfer", ANSWER_BY, MOVE),)
    assert timers(after) == (Timer("deem-released", ANSWER_BY + DAY, MOVE),)


def test_where_silence_means_nothing_it_escalates():
    after = state([*K2_ACTIVE, requested(silence_releases=False)])
    [deadline] = outlook(after, LAW).deadlines
    assert deadline.silence == "transfer-escalates"
    assert timers(after) == (Timer("escalate-transfer", ANSWER_BY + DAY, MOVE),)


def test_once_released_the_college_completes_it():
    after = state([*K2_ACTIVE, requested(ENTERPRISE)])
    found = outlook(after, LAW)
    assert found.tasks == (Task("complete-transfer", (COLLEGE,), "complete-transfer", END_ON, MOVE),)
    assert [(d.name, d.on, d.silence) for d in found.deadlines] == [
        ("complete-transfer", END_ON, "contract-goes-on")
    ]
    assert timers(after) == ()


def test_of_a_transfer_to_a_college_the_difference_is_a_task_there():
    found = outlook(state(TO_COLLEGE), LAW)
    assert {task.name: task.who for task in found.tasks} == {
        "complete-transfer": (COLLEGE,),
        "set-academic-difference": (RECEIVER,),
    }


@pytest.mark.parametrize("point", [Point(Matter.END), Point(Matter.CLAUSE, ClauseId.TRANSFER)])
def test_what_is_in_dispute_is_not_passed_on(point):
    opened = DisputeOpenedHere(OTHER, STUDENT, (point,), ASKED_ON, date(2026, 12, 20))
    held = [InDispute((point,), ASKED_ON, date(2026, 12, 20))]
    assert refused(TO_E2, of(), [*K2_ACTIVE, opened]) == held
    assert refused(CompleteTransfer(), of(then=signed()), [*K2_FREE, opened]) == held
    elsewhere = replace(opened, points=(Point(Matter.CLAUSE, ClauseId.SCHEDULE),))
    assert when(TO_E2, of(), [*K2_ACTIVE, elsewhere])
    assert when(CompleteTransfer(), of(then=signed()), [*K2_FREE, elsewhere])
