"""Each who is asked says yes or no to a proposed schedule, or the last day passes."""

from datetime import date

import pytest

from contracts.activation import AdulthoodReached
from contracts.decision import DAY
from contracts.dossier import Outcome
from contracts.schedule import ChangeSuperseded
from contracts.schedule_answer import (
    AnswerScheduleChange,
    ChangeAgreed,
    ChangeDeclined,
    ChangeLapsed,
    LapseScheduleChange,
    NotAsked,
    Superseded,
)
from contracts.schedule_rules import AnsweredAlready
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    K1_ACTIVE,
    K5_ACTIVE,
    OTHER,
    P1,
    P2,
    P3,
    PRACTICE_MON_WED,
    PRACTICE_WED_FRI,
    REPRESENTATIVE,
    S5,
    STUDENT,
    accepted,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

FROM_ON, ANSWER_BY, ON = date(2026, 11, 2), date(2026, 10, 21), date(2026, 10, 16)
OPEN = [*K1_ACTIVE, proposed(P3, ENTERPRISE, PRACTICE_MON_WED, FROM_ON, ANSWER_BY)]
ALL_BUT_COLLEGE = [*OPEN, accepted(P3, STUDENT), accepted(P3, REPRESENTATIVE)]
AGREED = ChangeAgreed(P3, PRACTICE_MON_WED, FROM_ON, P3.hex * 2)
YES, NO = AnswerScheduleChange(P3, True), AnswerScheduleChange(P3, False)


def test_a_yes_waits_for_the_others():
    assert when(YES, asked(COLLEGE, ON), given=OPEN) == [accepted(P3, COLLEGE)]


def test_the_last_yes_agrees():
    events = when(YES, asked(COLLEGE, ON), given=ALL_BUT_COLLEGE)
    assert events == [accepted(P3, COLLEGE), AGREED]
    assert events[1].effective_on == FROM_ON
    after = state([*ALL_BUT_COLLEGE, *events])
    assert after.proposal(P3).outcome is Outcome.AGREED
    assert after.schedule_on(date(2026, 11, 1)) == PRACTICE_WED_FRI
    assert after.schedule_on(FROM_ON) == PRACTICE_MON_WED


def test_every_consent_is_to_one_text():
    texts = {event.text_hash for event in [*ALL_BUT_COLLEGE[-3:], AGREED]}
    assert len(texts) == 1


def test_an_adult_s_change_waits_for_no_representative():
    given = [*K5_ACTIVE, *OPEN[-1:], accepted(P3, STUDENT)]
    assert when(YES, asked(COLLEGE, ON, around(S5)), given) == [accepted(P3, COLLEGE), AGREED]


@pytest.mark.parametrize("party", [STUDENT, REPRESENTATIVE, COLLEGE, ENTERPRISE])
def test_one_no_closes_it_for_all(party):
    words = {"reason": "c" * 64}
    events = when(AnswerScheduleChange(P3, False, "transport"), asked(party, ON, sealed=words), given=OPEN)
    assert events == [ChangeDeclined(P3, party, "c" * 64)]
    after = state([*OPEN, *events])
    assert (after.open_proposal, after.proposal(P3).declined_by) == (None, party)
    assert after.schedule_on(FROM_ON) == PRACTICE_WED_FRI


def test_answer_again_changes_nothing():
    assert when(YES, asked(COLLEGE, ON), given=[*OPEN, accepted(P3, COLLEGE)]) == []
    assert when(YES, asked(ENTERPRISE, ON), given=OPEN) == [], "who proposes says yes"
    assert when(YES, asked(STUDENT, FROM_ON), given=[*ALL_BUT_COLLEGE, AGREED]) == []
    assert when(NO, asked(STUDENT, ON), given=[*OPEN, ChangeDeclined(P3, STUDENT)]) == []


def test_an_answer_is_not_taken_back():
    declined = [*OPEN, ChangeDeclined(P3, STUDENT)]
    found = [AnsweredAlready(Outcome.DECLINED, ANSWER_BY)]
    assert refused(YES, asked(STUDENT, ON), declined) == found
    assert refused(YES, asked(COLLEGE, ON), declined) == found
    agreed = [*ALL_BUT_COLLEGE, AGREED]
    assert refused(NO, asked(STUDENT, ON), agreed) == [AnsweredAlready(Outcome.AGREED, ANSWER_BY)]


def test_a_yes_with_a_proposal_that_was_declined_counts_for_nothing():
    given = [*OPEN, accepted(P3, COLLEGE), ChangeDeclined(P3, STUDENT)]
    assert refused(YES, asked(COLLEGE, ON), given) == [AnsweredAlready(Outcome.DECLINED, ANSWER_BY)]


def test_an_old_page_answers_what_has_been_superseded():
    given = [*OPEN, ChangeSuperseded(P3, by=P2)]
    assert refused(YES, asked(STUDENT, ON), given) == [Superseded(newer=P2)]


def test_an_answer_comes_by_the_end_of_the_last_day():
    assert when(YES, asked(STUDENT, ANSWER_BY), given=OPEN)
    late = refused(YES, asked(STUDENT, ANSWER_BY + DAY), given=OPEN)
    assert late == [AnsweredAlready(Outcome.LAPSED, ANSWER_BY)]


def test_only_who_is_asked_answers():
    everybody = (COLLEGE, ENTERPRISE, REPRESENTATIVE, STUDENT)
    assert refused(AnswerScheduleChange(OTHER, True), asked(STUDENT, ON), OPEN) == [NotAsked(everybody)]
    of_adult = [*K5_ACTIVE, OPEN[-1]]
    found = refused(YES, asked(REPRESENTATIVE, ON), of_adult)
    assert found == [NotAsked((COLLEGE, ENTERPRISE, STUDENT))]


def test_silence_is_no_yes():
    assert when(LapseScheduleChange(P3), asked(DEADLINE, ANSWER_BY), given=ALL_BUT_COLLEGE) == []
    events = when(LapseScheduleChange(P3), asked(DEADLINE, date(2026, 10, 25)), given=ALL_BUT_COLLEGE)
    assert events == [ChangeLapsed(P3, ANSWER_BY, missing=(COLLEGE,))]
    assert events[0].effective_on == ANSWER_BY + DAY
    after = state([*ALL_BUT_COLLEGE, *events])
    assert (after.proposal(P3).outcome, after.schedule_on(FROM_ON)) == (Outcome.LAPSED, PRACTICE_WED_FRI)


@pytest.mark.parametrize("proposal", [P3, P1], ids=["answered", "unknown"])
def test_what_is_not_open_does_not_lapse(proposal):
    given = [*OPEN, ChangeDeclined(P3, STUDENT)]
    assert when(LapseScheduleChange(proposal), asked(DEADLINE, ANSWER_BY + DAY), given) == []


def test_who_came_of_age_needs_no_representative_any_more():
    """All who are asked have said yes, so silence of the one who was asked before ends nothing."""
    given = [*OPEN, accepted(P3, STUDENT), accepted(P3, COLLEGE), AdulthoodReached(date(2026, 10, 18))]
    assert when(LapseScheduleChange(P3), asked(DEADLINE, ANSWER_BY + DAY), given) == [AGREED]
