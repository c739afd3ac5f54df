"""The students of a college and the mentors of an enterprise."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.decision import On
from contracts.parties import Record
from contracts.registration import BirthDiffers, NoAuthority, PersonRegistered, WrongIin
from contracts.roster import (
    EnrolStudent,
    MentorBusy,
    MentorRegistered,
    MentorRetired,
    RegisterMentor,
    RemoveStudent,
    RetireMentor,
    StudentEnrolled,
    StudentRemoved,
)
from tests.examples import (
    C1,
    COLLEGE,
    E1,
    ENTERPRISE,
    FRESH,
    M1,
    S1,
    S3,
    around,
    asked,
    held,
    refused,
    state,
    when,
)

ON, FROM_ON = date(2026, 8, 7), date(2026, 9, 1)
ENROL = EnrolStudent(S1.record, "07130700", FROM_ON)
MENTOR = RegisterMentor(M1.record, 3, FROM_ON, date(2026, 7, 20))
SEALED = {"record": "f" * 64, "contacts": "d" * 64}


def of(role, **around_it):
    return asked(role, ON, around(**around_it), sealed=SEALED)


@pytest.mark.parametrize("wish", [ENROL, RemoveStudent(S1.id, FROM_ON)])
def test_nobody_acts_for_another_college(wish):
    other = replace(C1, bin="030840900000")
    enrolled = replace(S1, enrolments=(replace(S1.enrolments[0], college=other.bin),))
    assert refused(wish, of(COLLEGE, who=enrolled), given=other) == [NoAuthority()]


@pytest.mark.parametrize("wish", [MENTOR, RetireMentor(M1.id, FROM_ON)])
def test_nobody_acts_for_another_enterprise(wish):
    other = replace(E1, bin="130940900302")
    theirs = replace(M1, mentorships=(replace(M1.mentorships[0], enterprise=other.bin),))
    assert refused(wish, of(ENTERPRISE, mentor=theirs), given=other) == [NoAuthority()]


def test_a_new_student_is_made_with_the_enrolment():
    events = when(ENROL, of(COLLEGE), given=C1)
    assert events == [
        On(FRESH, PersonRegistered(FRESH, "f" * 64)),
        On(FRESH, StudentEnrolled(C1.bin, "07130700", FROM_ON)),
    ]
    student = state([event.event for event in events], "person")
    assert student.enrolment(C1.bin, FROM_ON)
    assert student.enrolment(C1.bin, date(2026, 8, 31)) is None


def test_a_known_person_is_enrolled_under_the_id_that_is_there():
    known = replace(S3, enrolments=())
    enrolled = StudentEnrolled(C1.bin, "07130700", ON)
    wish = replace(ENROL, student=S3.record, from_on=None)
    assert when(wish, of(COLLEGE, known=known), given=C1) == [On(S3.id, enrolled)]


def test_enrol_again_changes_nothing_unless_the_specialty_is_another():
    assert when(ENROL, of(COLLEGE, known=S1), given=C1) == []
    [other] = when(replace(ENROL, specialty="07150600"), of(COLLEGE, known=S1), given=C1)
    assert other.event.evolve(S1).enrolments == (
        replace(S1.enrolments[0], specialty="07150600", from_on=FROM_ON),
    )


@pytest.mark.parametrize(
    ("record", "refusal"),
    [
        (Record("100315790008", "Aisulu Demo", date(2010, 3, 15)), WrongIin("century")),
        (Record("100315690008", "Aisulu Demo", date(2010, 3, 16)), BirthDiffers()),
    ],
)
def test_who_is_enrolled_or_mentors_has_a_right_record(record, refusal):
    assert refused(replace(ENROL, student=record), of(COLLEGE), given=C1) == [refusal]
    assert refused(replace(MENTOR, mentor=record), of(ENTERPRISE), given=E1) == [refusal]


def test_a_student_is_removed_from_a_day_on_once():
    wish = RemoveStudent(S1.id, date(2027, 1, 1))
    [removed] = when(wish, of(COLLEGE), given=C1)
    assert removed == On(S1.id, StudentRemoved(C1.bin, date(2027, 1, 1)))
    assert removed.event.effective_on == date(2027, 1, 1)
    after = removed.event.evolve(S1)
    assert after.enrolment(C1.bin, date(2026, 12, 31))
    assert after.enrolment(C1.bin, date(2027, 1, 1)) is None
    assert when(wish, of(COLLEGE, who=after), given=C1) == []


def test_a_student_may_leave_come_back_and_study_elsewhere_too():
    elsewhere = StudentEnrolled("030840900000", "07130700", ON)
    left, back = (
        StudentRemoved(C1.bin, date(2027, 1, 1)),
        StudentEnrolled(C1.bin, "07130700", date(2027, 2, 1)),
    )
    after = S1
    for event in (elsewhere, left, back, StudentRemoved(C1.bin, date(2027, 6, 1))):
        after = event.evolve(after)
    assert [(e.college, e.from_on, e.until) for e in after.enrolments] == [
        (C1.bin, date(2026, 8, 7), date(2027, 1, 1)),
        ("030840900000", ON, None),
        (C1.bin, date(2027, 2, 1), date(2027, 6, 1)),
    ]


def test_a_mentor_is_made_with_the_registration():
    events = when(MENTOR, of(ENTERPRISE), given=E1)
    assert events[1] == On(FRESH, MentorRegistered(E1.bin, 3, FROM_ON, date(2026, 7, 20)))
    assert events[1].event.effective_on == FROM_ON
    mentor = state([event.event for event in events], "person")
    assert mentor.mentorship(E1.bin).capacity == 3
    assert mentor.mentorship(C1.bin) is None


def test_register_a_mentor_again_changes_nothing_unless_something_is_new():
    assert when(MENTOR, of(ENTERPRISE, known=M1), given=E1) == []
    [more] = when(replace(MENTOR, capacity=4, from_on=None), of(ENTERPRISE, known=M1), given=E1)
    after = more.event.evolve(M1)
    assert [(m.capacity, m.from_on) for m in after.mentorships] == [(4, date(2026, 1, 12))], (
        "since the first day"
    )


def test_a_mentor_retires_once_no_student_is_left():
    wish = RetireMentor(M1.id, FROM_ON)
    assert when(wish, of(ENTERPRISE), given=E1) == [On(M1.id, MentorRetired(E1.bin, FROM_ON))]
    over = held("mentor", str(M1.id), (date(2026, 1, 12), date(2026, 8, 31)))
    assert when(wish, of(ENTERPRISE, holds=over), given=E1)
    busy = held("mentor", str(M1.id), (date(2026, 1, 12), FROM_ON), (date(2027, 1, 11), date(2027, 6, 30)))
    assert refused(wish, of(ENTERPRISE, holds=busy), given=E1) == [MentorBusy(2)]
    after = MentorRetired(E1.bin, FROM_ON).evolve(M1)
    assert when(wish, of(ENTERPRISE, mentor=after), given=E1) == []


def test_a_mentor_who_has_left_retires_whoever_is_to_guide_his_students():
    busy = held("mentor", str(M1.id), (date(2026, 1, 12), FROM_ON))
    wish = RetireMentor(M1.id, FROM_ON, gone=True)
    assert when(wish, of(ENTERPRISE, holds=busy), given=E1) == [On(M1.id, MentorRetired(E1.bin, FROM_ON))]


def test_a_mentor_s_specialties_are_recorded():
    wish = replace(MENTOR, specialties=("07130700",))
    [known] = when(wish, of(ENTERPRISE, known=M1), given=E1)
    after = known.event.evolve(M1).mentorship(E1.bin)
    assert (after.qualified("07130700"), after.qualified("07140100")) == (True, False)
    assert M1.mentorship(E1.bin).qualified("07140100"), "none is named"
