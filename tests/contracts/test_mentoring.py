"""Who guides the student on which days, and how many students a mentor has on any day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.ahead import outlook
from contracts.consequences import Deadline, Task
from contracts.contract_rules import WrongState
from contracts.decision import DAY, Refused
from contracts.formation_rules import UnknownParty
from contracts.mentor_days import Guided, guided, mentor_on
from contracts.mentor_rules import MentorFull, NotEmployed, NotQualified
from contracts.mentoring import (
    AssignMentor,
    DaysWithoutMentor,
    MentorAssigned,
    MentorLeft,
    MentorNamed,
    MentorReplaced,
    OtherMentor,
    OutsideTerm,
    ReplaceMentor,
    ReportMentorLeft,
)
from contracts.offer_rules import MentorNotCleared
from contracts.places import Hold, holds, most_at_once
from contracts.terms import Mentoring
from contracts.withdrawal import Noticed
from tests.examples import (
    E1,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K1_OUT,
    K5_ACTIVE,
    LAW,
    M1,
    STARTS_ON,
    STUDENT,
    SUBJECT,
    TERMS,
    an_id,
    around,
    asked,
    brought,
    held,
    mentor,
    refused,
    state,
    when,
)

M2 = mentor(32, "650131390002", "Marat Demo", date(1965, 1, 31), E1, 2)
ON, FROM_ON = date(2026, 10, 12), date(2026, 11, 2)
REPLACE = ReplaceMentor(M1.id, M2.id, FROM_ON)
LEFT = [*K1_ACTIVE, MentorLeft(M1.id, date(2026, 10, 12))]
ASSIGN = AssignMentor(M2.id, ON)


def of(on=ON, who=M2, **more):
    return asked(ENTERPRISE, on, around(mentor=who, **more))


def at(**changes):
    return replace(M2, mentorships=(replace(M2.mentorships[0], **changes),))


def days_of(contract):
    return [(each.mentor, each.from_on, each.to_on) for each in guided(contract)]


def test_a_mentor_is_replaced_from_a_day_on():
    [event] = when(REPLACE, of(), K1_ACTIVE)
    assert (event, event.effective_on) == (MentorReplaced(M1.id, M2.id, FROM_ON), FROM_ON)
    after = state([*K1_ACTIVE, event])
    assert days_of(after) == [(M1.id, STARTS_ON, FROM_ON - DAY), (M2.id, FROM_ON, ENDS_ON)]
    assert (mentor_on(after, FROM_ON - DAY), mentor_on(after, FROM_ON)) == (M1.id, M2.id)
    assert after.terms_on(FROM_ON - DAY).mentor == Mentoring(M1.id)
    assert when(REPLACE, of(), after) == []


def test_each_mentor_holds_a_place_for_his_days():
    after = state([*K1_ACTIVE, MentorReplaced(M1.id, M2.id, FROM_ON)])
    taken = {hold.key: (hold.from_on, hold.to_on) for hold in holds(after) if hold.kind == "mentor"}
    assert taken == {str(M1.id): (STARTS_ON, FROM_ON - DAY), str(M2.id): (FROM_ON, ENDS_ON)}


def test_both_mentors_the_others_and_the_chamber_are_told():
    told = {(notice.role, notice.ref) for notice in brought(REPLACE, of(), K1_ACTIVE).notices}
    assert {ref for role, ref in told if role == "mentor"} == {f"person:{M1.id}", f"person:{M2.id}"}
    assert {role for role, _ in told} == {"student", "representative", "college", "mentor", "chamber"}


def test_only_the_mentor_of_that_day_is_replaced():
    assert refused(replace(REPLACE, old=an_id(39)), of(), K1_ACTIVE) == [OtherMentor(FROM_ON)]
    later = [*K1_ACTIVE, MentorReplaced(M1.id, an_id(39), FROM_ON + 5 * DAY)]
    assert when(REPLACE, of(), later), "until then it is he"
    same = replace(REPLACE, new=M1.id)
    assert refused(same, of(who=M1), K1_ACTIVE) == [OtherMentor(FROM_ON)]


def test_a_mentor_is_named_for_days_to_come():
    assert when(replace(REPLACE, from_on=ON), of(), K1_ACTIVE)
    yesterday = ON - DAY
    assert refused(replace(REPLACE, from_on=yesterday), of(), K1_ACTIVE) == [
        OutsideTerm(yesterday, ON, ENDS_ON)
    ]
    assert when(replace(REPLACE, from_on=ENDS_ON), of(), K1_ACTIVE)
    over = refused(replace(REPLACE, from_on=ENDS_ON + DAY), of(), K1_ACTIVE)
    assert over == [OtherMentor(ENDS_ON + DAY), OutsideTerm(ENDS_ON + DAY, ON, ENDS_ON)]


def test_nobody_is_named_whom_nobody_knows():
    assert refused(REPLACE, of(who=None), K1_ACTIVE) == [UnknownParty(("mentor",)), NotEmployed(FROM_ON)]
    assert refused(ASSIGN, of(who=None), LEFT) == [UnknownParty(("mentor",)), NotEmployed(ON)]


def test_a_mentor_works_at_the_enterprise_by_then():
    assert when(REPLACE, of(who=at(from_on=FROM_ON)), K1_ACTIVE)
    assert refused(REPLACE, of(who=at(from_on=FROM_ON + DAY)), K1_ACTIVE) == [NotEmployed(FROM_ON)]
    assert refused(REPLACE, of(who=at(enterprise="130940900302")), K1_ACTIVE) == [NotEmployed(FROM_ON)]
    assert refused(REPLACE, of(who=at(until=date(2026, 12, 1))), K1_ACTIVE) == [NotEmployed(FROM_ON)]


def test_a_mentor_is_qualified_for_the_specialty():
    assert when(REPLACE, of(who=at(specialties=(SUBJECT.specialty,))), K1_ACTIVE)
    other = refused(REPLACE, of(who=at(specialties=("07140100",))), K1_ACTIVE)
    assert other == [NotQualified(SUBJECT.specialty)]


def test_a_minor_s_mentor_is_cleared():
    assert refused(REPLACE, of(who=at(cleared_on=None)), K1_ACTIVE) == [MentorNotCleared()]
    assert when(REPLACE, of(who=at(cleared_on=None)), K5_ACTIVE)


def test_a_mentor_has_no_more_students_at_once_than_places():
    one = held("mentor", str(M2.id), (STARTS_ON, ENDS_ON))
    assert when(REPLACE, of(holds=one), K1_ACTIVE)
    two = held("mentor", str(M2.id), (STARTS_ON, FROM_ON), (STARTS_ON, ENDS_ON))
    assert refused(REPLACE, of(holds=two), K1_ACTIVE) == [MentorFull(2, 2)]
    before = held("mentor", str(M2.id), (STARTS_ON, FROM_ON - DAY), (STARTS_ON, ENDS_ON))
    assert when(REPLACE, of(holds=before), K1_ACTIVE), "the day before one leaves"


# A mentor who leaves


def test_when_the_mentor_has_left_another_is_asked_for():
    wish = ReportMentorLeft(M1.id, ON)
    [event] = when(wish, of(who=M1), K1_ACTIVE)
    assert event == MentorLeft(M1.id, ON)
    after = state([*K1_ACTIVE, event])
    assert (days_of(after), after.terms.mentor) == ([(M1.id, STARTS_ON, ON - DAY)], None)
    assert mentor_on(after, ON) is None
    assert when(wish, of(), after) == []
    found, by = outlook(after, LAW), date(2026, 10, 19)
    due = Deadline("assign-mentor", (ENTERPRISE,), by, "mentor-missing", "mentor.replacement")
    assert due in found.deadlines
    assert Task("assign-mentor", (ENTERPRISE,), "assign-mentor", by) in found.tasks
    named = state([*LEFT, MentorAssigned(M2.id, ON)])
    assert "assign-mentor" not in {task.name for task in outlook(named, LAW).tasks}


def test_only_the_mentor_of_that_day_leaves():
    assert refused(ReportMentorLeft(M2.id, ON), of(), K1_ACTIVE) == [OtherMentor(ON)]
    past = refused(ReportMentorLeft(M1.id, ON - DAY), of(), K1_ACTIVE)
    assert past == [OutsideTerm(ON - DAY, ON, ENDS_ON)]


def test_another_is_assigned_once_the_mentor_has_left():
    [event] = when(ASSIGN, of(), LEFT)
    assert event == MentorAssigned(M2.id, ON)
    after = state([*LEFT, event])
    assert days_of(after) == [(M1.id, STARTS_ON, ON - DAY), (M2.id, ON, ENDS_ON)]
    assert after.terms.mentor == Mentoring(M2.id)
    assert when(ASSIGN, of(), after) == []


def test_where_there_is_a_mentor_he_is_replaced():
    assert refused(ASSIGN, of(), K1_ACTIVE) == [MentorNamed(ON)]


def test_no_day_at_the_enterprise_stays_without_a_mentor():
    """12 and 13 October are days at the college, the 14th is one at the enterprise."""
    assert when(replace(ASSIGN, from_on=date(2026, 10, 14)), of(), LEFT)
    late = refused(replace(ASSIGN, from_on=date(2026, 10, 15)), of(), LEFT)
    assert late == [DaysWithoutMentor(date(2026, 10, 15), ON, 1)]
    afterwards = date(2026, 10, 19)
    assert when(replace(ASSIGN, from_on=afterwards), of(afterwards), LEFT), "what has passed has passed"
    since = replace(ASSIGN, from_on=ON)
    assert when(since, of(afterwards), LEFT), "he has guided the student since"
    assert refused(replace(ASSIGN, from_on=ON - DAY), of(afterwards), LEFT) == [
        MentorNamed(ON - DAY),
        OutsideTerm(ON - DAY, ON, ENDS_ON),
    ]


def test_a_mentor_is_named_while_the_contract_runs():
    [wrong] = refused(REPLACE, of(), K1_OUT)
    assert isinstance(wrong, WrongState)
    noticed = Noticed(STUDENT, "own-wish", ON, FROM_ON, ON)
    assert when(REPLACE, of(), [*K1_ACTIVE, noticed])


def test_before_it_is_signed_the_draft_says_whose_days_they_are():
    assert guided(state(K1_OUT)) == (Guided(M1.id, STARTS_ON, ENDS_ON),)
    assert guided(replace(state(K1_OUT), terms=replace(TERMS, mentor=None))) == ()
    assert guided(replace(state(K1_OUT), terms=replace(TERMS, term=None))) == ()


# Whatever is asked for, in whatever order

MENTORS = {M1.id: M1, M2.id: M2}
CONTRACTS = tuple(an_id(500 + n) for n in range(5))
DAYS = st.dates(ON, date(2027, 3, 1))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(CONTRACTS),
        st.sampled_from([*MENTORS]),
        DAYS,
        st.sampled_from(["assign", "replace", "left"]),
    ),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=150)
def test_no_mentor_ever_has_more_students_than_places(steps):
    """Five contracts without a mentor, two mentors with three and two places."""
    begun = replace(state(LEFT), minor=False)
    town = {id_: replace(begun, id=id_) for id_ in CONTRACTS}
    for id_, mentor_id, day, kind in steps:
        contract = town[id_]
        wish = {
            "assign": AssignMentor(mentor_id, day),
            "replace": ReplaceMentor(mentor_on(contract, day) or an_id(1), mentor_id, day),
            "left": ReportMentorLeft(mentor_on(contract, day) or an_id(1), day),
        }[kind]
        taken = tuple(h for each in town.values() for h in holds(each) if h.key == str(mentor_id))
        facts = around(mentor=MENTORS[mentor_id], holds={("mentor", str(mentor_id)): taken})
        try:
            for event in wish.decide(contract, asked(ENTERPRISE, ON, facts)):
                town[id_] = event.evolve(town[id_])
        except Refused:
            continue
    for mentor_id, person in MENTORS.items():
        taken = tuple(h for each in town.values() for h in holds(each) if h.key == str(mentor_id))
        from_now_on = Hold("mentor", str(mentor_id), an_id(1), ON, ENDS_ON)
        assert most_at_once(taken, from_now_on) <= person.mentorships[0].capacity


@given(st.lists(st.tuples(DAYS, st.sampled_from([M1.id, M2.id, None])), max_size=8))
def test_every_day_has_one_mentor_or_none(turns):
    """The last that was recorded for the newest day that has come."""
    contract = state(K1_ACTIVE)
    for day, mentor_id in turns:
        event = MentorAssigned(mentor_id, day) if mentor_id else MentorLeft(M1.id, day)
        contract = event.evolve(contract)
    stretches = guided(contract)
    assert all(one.to_on < other.from_on for one, other in pairwise(stretches))
    for day in (ON, date(2026, 11, 30), ENDS_ON, *(day for day, _ in turns)):
        terms = contract.terms_on(day)
        assert mentor_on(contract, day) == (terms.mentor.person if terms.mentor else None)


@pytest.mark.parametrize("days_before", [0, 1, 30])
def test_what_ends_early_gives_the_mentor_s_place_back(days_before):
    last = FROM_ON - timedelta(days=days_before)
    ended = replace(state([*K1_ACTIVE, MentorReplaced(M1.id, M2.id, FROM_ON)]), end_on=last)
    taken = {hold.key: hold.to_on for hold in holds(ended) if hold.kind == "mentor"}
    by_m1 = {str(M1.id): min(last, FROM_ON - DAY)}
    assert taken == (by_m1 | {str(M2.id): last} if days_before == 0 else by_m1)
