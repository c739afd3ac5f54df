"""The first day of a signed contract, and the day on which a student comes of age."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.activation import (
    Activate,
    Activated,
    AdulthoodReached,
    BriefingRecorded,
    FitnessRecorded,
    NoteAdulthood,
    RecordBriefing,
    RecordFitness,
)
from contracts.activation_rules import NotBriefed, NotEnrolled, NotExamined
from contracts.contract import State
from contracts.contract_rules import NotYet
from contracts.formation_rules import NoPlace
from contracts.law import load
from contracts.parties import Enrolment
from contracts.signing import Concluded
from tests.examples import (
    BRIEFED,
    C1,
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K1_OUT,
    K1_SIGNED,
    K1_WAITS,
    K5_ACTIVE,
    K5_SIGNED,
    M1,
    MEMORANDUM,
    S1,
    S5,
    SIGNED_ON,
    STARTS_ON,
    T1,
    around,
    asked,
    held,
    refused,
    signature,
    state,
    when,
)

DAY_BEFORE, DAY_AFTER = date(2026, 8, 31), date(2026, 9, 2)
READY = [*K1_SIGNED, BRIEFED]
KZ = load("kz")


def test_the_briefing_is_recorded_once_it_was_held():
    occasion = asked(ENTERPRISE, STARTS_ON)
    assert when(RecordBriefing(STARTS_ON), occasion, given=K1_SIGNED) == [BriefingRecorded(STARTS_ON)]
    assert when(RecordBriefing(STARTS_ON), occasion, given=READY) == []
    assert refused(RecordBriefing(DAY_AFTER), occasion, K1_SIGNED) == [NotYet(DAY_AFTER, STARTS_ON)]


def test_an_examination_is_recorded_once_it_was_held():
    occasion = asked(COLLEGE, STARTS_ON)
    [found] = when(RecordFitness(STARTS_ON), occasion, given=K1_OUT)
    assert found == FitnessRecorded(STARTS_ON)
    assert when(RecordFitness(STARTS_ON), occasion, given=[*K1_OUT, found]) == []
    assert refused(RecordFitness(DAY_AFTER), occasion, K1_OUT) == [NotYet(DAY_AFTER, STARTS_ON)]


def test_a_contract_comes_into_force_on_its_first_day():
    [activated] = when(Activate(), asked(DEADLINE, STARTS_ON), given=READY)
    assert (activated, activated.effective_on) == (Activated(STARTS_ON), STARTS_ON)
    assert state([*READY, activated]).state is State.ACTIVE
    assert refused(Activate(), asked(COLLEGE, DAY_BEFORE), READY) == [NotYet(STARTS_ON, DAY_BEFORE)]


def test_activate_again_changes_nothing():
    assert when(Activate(), asked(DEADLINE, STARTS_ON), given=K1_ACTIVE) == []


def test_what_is_not_concluded_does_not_come_into_force():
    [wrong] = refused(Activate(), asked(DEADLINE, STARTS_ON), given=K1_WAITS)
    assert (wrong.state, wrong.needs) == (State.SIGNING, (State.SIGNED,))


def test_nobody_begins_without_a_briefing():
    assert refused(Activate(), asked(DEADLINE, STARTS_ON), given=K1_SIGNED) == [NotBriefed(STARTS_ON)]
    [activated] = when(
        Activate(), asked(DEADLINE, DAY_AFTER), given=[*K1_SIGNED, BriefingRecorded(DAY_AFTER)]
    )
    assert activated.from_on == DAY_AFTER


def test_a_minor_begins_once_found_fit():
    occasion = replace(asked(DEADLINE, DAY_AFTER), law=KZ)
    assert refused(Activate(), occasion, given=READY) == [NotExamined(STARTS_ON)]
    [activated] = when(Activate(), occasion, given=[*READY, FitnessRecorded(DAY_AFTER)])
    assert activated.from_on == DAY_AFTER
    adult = replace(asked(DEADLINE, DAY_AFTER, around(S5)), law=KZ)
    assert when(Activate(), adult, given=[*K5_SIGNED, BRIEFED]) == [Activated(STARTS_ON)]


def test_an_examination_that_is_not_needed_puts_nothing_off():
    given = [*READY, FitnessRecorded(DAY_AFTER)]
    assert when(Activate(), asked(DEADLINE, DAY_AFTER), given) == [Activated(STARTS_ON)]


@pytest.mark.parametrize(
    ("from_on", "until"), [(DAY_AFTER, None), (date(2026, 8, 7), STARTS_ON)], ids=["later", "until then"]
)
def test_the_student_is_enrolled_on_the_first_day(from_on, until):
    student = replace(S1, enrolments=(Enrolment(C1.bin, "07130700", from_on, until),))
    found = refused(Activate(), asked(DEADLINE, DAY_AFTER, around(student)), given=READY)
    assert found == [NotEnrolled(STARTS_ON)]


def test_an_enrolment_from_the_first_day_to_its_end_will_do():
    student = replace(S1, enrolments=(Enrolment(C1.bin, "07130700", STARTS_ON, DAY_AFTER),))
    assert when(Activate(), asked(DEADLINE, DAY_AFTER, around(student)), given=READY)


def test_the_mentor_still_has_a_place():
    taken = held("mentor", str(M1.id), *[(STARTS_ON, ENDS_ON)] * 3)
    full = asked(DEADLINE, STARTS_ON, around(holds=taken))
    assert refused(Activate(), full, given=READY) == [NoPlace("mentor", 3, 3)]


def test_a_place_is_kept_when_the_memorandum_ends():
    ended = asked(DEADLINE, STARTS_ON, around(memorandum=replace(MEMORANDUM, ended_on=SIGNED_ON)))
    assert when(Activate(), ended, given=READY) == [Activated(STARTS_ON)]


def test_all_that_is_missing_is_named_at_once():
    occasion = asked(COLLEGE, DAY_BEFORE, around(replace(S1, enrolments=())))
    found = refused(Activate(), occasion, given=K1_SIGNED)
    assert [refusal.code for refusal in found] == ["GEN-NOT-YET", "FOR-BRIEFING", "FOR-ENROLLED"]


def test_nothing_is_in_force_before_it_is_concluded():
    concluded_late = [*K1_WAITS, signature(COLLEGE, 3), Concluded(T1, STARTS_ON, DAY_AFTER), BRIEFED]
    [activated] = when(Activate(), asked(DEADLINE, DAY_AFTER), given=concluded_late)
    assert activated.from_on == DAY_AFTER


def test_a_student_comes_of_age_on_the_18th_birthday():
    birthday = date(2028, 3, 15)
    assert when(NoteAdulthood(), asked(DEADLINE, date(2028, 3, 14)), given=K1_ACTIVE) == []
    [reached] = when(NoteAdulthood(), asked(DEADLINE, birthday), given=K1_ACTIVE)
    assert (reached, reached.effective_on) == (AdulthoodReached(birthday), birthday)
    after = state([*K1_ACTIVE, reached])
    assert (after.minor, after.consents) == (False, state(K1_ACTIVE).consents)


def test_coming_of_age_is_noted_once_and_from_its_own_day():
    [late] = when(NoteAdulthood(), asked(DEADLINE, date(2028, 3, 20)), given=K1_ACTIVE)
    assert late.on == date(2028, 3, 15)
    assert when(NoteAdulthood(), asked(DEADLINE, date(2028, 3, 20)), given=[*K1_ACTIVE, late]) == []
    assert when(NoteAdulthood(), asked(DEADLINE, STARTS_ON, around(S5)), given=K5_ACTIVE) == []


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    student = replace(S1, record=replace(S1.record, born_on=date(2008, 2, 29)))
    facts = around(student)
    assert when(NoteAdulthood(), asked(DEADLINE, date(2026, 2, 28), facts), given=K1_OUT) == []
    [reached] = when(NoteAdulthood(), asked(DEADLINE, date(2026, 3, 1), facts), given=K1_OUT)
    assert reached.on == date(2026, 3, 1)


def test_nobody_s_birthday_is_noted_once_the_record_is_erased():
    nobody = around(replace(S1, record=None))
    assert when(NoteAdulthood(), asked(DEADLINE, date(2028, 3, 15), nobody), given=K1_ACTIVE) == []
