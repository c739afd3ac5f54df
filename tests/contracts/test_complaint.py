"""A complaint names its points, and is answered in time, late or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.complaint import Complain, ComplaintLate, SamePoint
from contracts.complaint_answer import AnswerComplaint, Answered, NoteSilence, Silent
from contracts.contract import State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY, On
from contracts.dispute import Closing, Phase
from contracts.dispute_marks import DisputeClosedHere, DisputeMovedHere, DisputeOpenedHere
from contracts.dispute_rules import NotSide, PointMissing, WrongPhase
from contracts.points import Matter, Point
from contracts.terms import ClauseId, Standing, Status
from tests.contracts.quarrel import (
    ANSWER_BY,
    ANSWERED,
    DAYS,
    DISPUTE,
    END,
    IN_MEDIATION,
    K5_ENDING,
    OPENED,
    OPENED_HERE,
    OPENED_ON,
    at,
    dispute,
    known,
)
from tests.examples import (
    C1,
    COLLEGE,
    DEADLINE,
    E1,
    ENTERPRISE,
    FRESH,
    K5,
    K5_ACTIVE,
    K5_DRAFT,
    R1,
    REPRESENTATIVE,
    S5,
    STUDENT,
    refused,
    state,
    when,
)

COMPLAIN = Complain(K5, ENTERPRISE, (END, DAYS), "taken back", date(2026, 12, 28))
CLEAR = known(state(K5_ENDING, id_=K5))


def in_the_way(wish, by=STUDENT, on=OPENED_ON, facts=CLEAR):
    return refused(wish, at(by, on, facts=facts))


def test_a_complaint_begins_a_dispute_and_freezes_its_points():
    opened, here = when(COMPLAIN, at(STUDENT, OPENED_ON, facts=CLEAR))
    assert opened == OPENED
    assert here == On(K5, DisputeOpenedHere(FRESH, STUDENT, (END, DAYS), OPENED_ON, ANSWER_BY))
    found = dispute(opened)
    assert (found.phase, found.sides, found.until) == (Phase.COMPLAINT, {STUDENT, ENTERPRISE}, ANSWER_BY)
    assert found.references.student == S5.id
    assert (found.references.college, found.references.chamber) == (C1.bin, R1.bin)
    assert found.references.enterprise == E1.bin


def test_ten_days_end_on_a_working_day():
    opened, _ = when(replace(COMPLAIN), at(STUDENT, date(2027, 1, 10), facts=CLEAR))
    assert opened.answer_by == date(2027, 1, 20)
    later, _ = when(COMPLAIN, at(STUDENT, date(2027, 3, 10), facts=CLEAR))
    assert later.answer_by == date(2027, 3, 25), "the 20th is a Saturday, and 22 to 24 March are off"


def test_nobody_complains_against_oneself_or_a_stranger():
    wish = replace(COMPLAIN, against=STUDENT)
    assert in_the_way(wish) == [NotSide(STUDENT, (COLLEGE, ENTERPRISE))]
    assert in_the_way(wish, REPRESENTATIVE) == [NotSide(STUDENT, (COLLEGE, ENTERPRISE))]
    assert in_the_way(replace(COMPLAIN, against=REPRESENTATIVE), ENTERPRISE) == [
        NotSide(REPRESENTATIVE, (COLLEGE, STUDENT))
    ]


def test_a_representative_complains_for_the_student():
    opened, here = when(COMPLAIN, at(REPRESENTATIVE, OPENED_ON, facts=CLEAR))
    assert (opened.by, here.event.by) == (STUDENT, STUDENT)


@pytest.mark.parametrize(
    "point",
    [
        Point(Matter.CLAUSE),
        Point(Matter.CLAUSE, ClauseId.WORK_OFF),
        Point(Matter.CLAUSE, ClauseId.SCHEDULE, entry=1),
        Point(Matter.ENTRY, entry=0),
        Point(Matter.ENTRY, entry=len(K5_ENDING) + 1),
        Point(Matter.ITEM, item="materials"),
        Point(Matter.SHARE),
        Point(Matter.END, item="x"),
    ],
)
def test_a_point_names_what_is_there(point):
    assert in_the_way(replace(COMPLAIN, points=(DAYS, point))) == [PointMissing((2,))]


def test_there_is_no_complaint_without_a_point():
    assert in_the_way(replace(COMPLAIN, points=())) == [PointMissing(())]


def test_the_last_entry_can_be_disputed_and_an_end_only_where_one_is_set():
    assert when(
        replace(COMPLAIN, points=(Point(Matter.ENTRY, entry=len(K5_ENDING)),)),
        at(STUDENT, OPENED_ON, facts=CLEAR),
    )
    active = known(state(K5_ACTIVE, id_=K5))
    assert in_the_way(COMPLAIN, facts=active) == [PointMissing((1,))]


def test_a_draft_binds_nobody_and_is_not_disputed():
    drafted = known(state(K5_DRAFT, id_=K5))
    needs = ("active", "completed", "completing", "ended", "ending", "signed", "suspended")
    assert in_the_way(COMPLAIN, facts=drafted) == [WrongState(State.DRAFT, needs)]


def test_the_same_point_is_in_one_dispute_at_a_time():
    both = replace(COMPLAIN, points=(Point(Matter.CLAUSE, ClauseId.TERM), DAYS))
    assert in_the_way(both, facts=known()) == [SamePoint(DISPUTE, (2,))]
    over = [*K5_ENDING, OPENED_HERE, DisputeClosedHere(DISPUTE, Closing.WITHDRAWN)]
    assert when(both, at(STUDENT, OPENED_ON, facts=known(state(over, id_=K5))))


def test_what_is_not_known_yet_is_not_complained_of():
    wish = replace(COMPLAIN, known_on=OPENED_ON + DAY)
    assert in_the_way(wish) == [NotYet(OPENED_ON + DAY, OPENED_ON)]
    assert when(replace(COMPLAIN, known_on=OPENED_ON), at(STUDENT, OPENED_ON, facts=CLEAR))


# Until when: what the law gives from the day of knowledge on


def employed():
    contract = state(K5_ENDING, id_=K5)
    [signed, *others] = contract.agreed
    terms = replace(signed.terms, standing=Standing(Status.EMPLOYEE, "12"))
    return known(replace(contract, agreed=(replace(signed, terms=terms), *others)))


@pytest.mark.parametrize(
    ("points", "facts", "last"),
    [
        ((END,), CLEAR, date(2029, 12, 28)),
        ((DAYS,), employed(), date(2027, 12, 28)),
        ((DAYS, END), employed(), date(2027, 1, 28)),
    ],
    ids=["trainee", "employee", "employee to be taken back"],
)
def test_a_complaint_comes_in_time_or_says_why_not(points, facts, last):
    wish = replace(COMPLAIN, points=points)
    assert when(wish, at(STUDENT, last, facts=facts))
    late = at(STUDENT, last + DAY, facts=facts, excuse="9" * 64)
    assert refused(wish, late) == [ComplaintLate(date(2026, 12, 28), last)]
    assert refused(replace(wish, excuse="  "), late) == [ComplaintLate(date(2026, 12, 28), last)]
    opened, _ = when(replace(wish, excuse="was ill"), late)
    assert opened.excuse == "9" * 64


# Answers


def test_the_other_side_grants_some_points_and_contests_the_others():
    answered, moved = when(AnswerComplaint((2, 2)), at(ENTERPRISE, ANSWER_BY), dispute(OPENED))
    assert answered == Answered(ENTERPRISE, (2,))
    assert moved == On(K5, DisputeMovedHere(DISPUTE, None))
    assert dispute(OPENED, answered).admitted == (2,)


def test_only_the_other_side_answers():
    assert refused(AnswerComplaint(), at(STUDENT, ANSWER_BY), dispute(OPENED)) == [
        NotSide(STUDENT, (ENTERPRISE,))
    ]
    assert refused(AnswerComplaint(), at(COLLEGE, ANSWER_BY), dispute(OPENED)) == [
        NotSide(COLLEGE, (ENTERPRISE, STUDENT))
    ]


@pytest.mark.parametrize("admits", [(0,), (3,), (-1,)])
def test_only_points_that_are_there_are_granted(admits):
    assert refused(AnswerComplaint(admits), at(ENTERPRISE, ANSWER_BY), dispute(OPENED)) == [
        PointMissing(admits)
    ]


def test_silence_contests_every_point():
    silent, moved = when(NoteSilence(), at(DEADLINE, ANSWER_BY + DAY), dispute(OPENED))
    assert (silent, silent.effective_on) == (Silent(ANSWER_BY), ANSWER_BY + DAY)
    assert moved.event.until is None
    found = dispute(OPENED, silent)
    assert (found.phase, found.admitted, found.answered) == (Phase.ANSWERED, (), False)
    assert when(NoteSilence(), at(DEADLINE, ANSWER_BY), dispute(OPENED)) == []
    assert when(NoteSilence(), at(DEADLINE, ANSWER_BY + DAY), dispute(OPENED, ANSWERED)) == []


def test_an_answer_that_comes_late_is_kept_and_grants_nothing():
    late = [OPENED, Silent(ANSWER_BY)]
    answered, _ = when(AnswerComplaint((1,)), at(ENTERPRISE, ANSWER_BY + DAY), dispute(*late))
    assert answered == Answered(ENTERPRISE, (1,), late=True)
    assert dispute(*late, answered).admitted == ()


def test_a_complaint_is_answered_once_and_not_in_a_later_step():
    again = refused(AnswerComplaint(), at(ENTERPRISE, ANSWER_BY), dispute(OPENED, ANSWERED))
    assert again == [WrongPhase(Phase.ANSWERED, (Phase.COMPLAINT,))]
    later = refused(AnswerComplaint(), at(ENTERPRISE, ANSWER_BY), dispute(*IN_MEDIATION))
    assert later == [WrongPhase(Phase.MEDIATION, (Phase.ANSWERED, Phase.COMPLAINT))]
