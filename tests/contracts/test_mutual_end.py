"""A last day that all agree to, as one text; silence is a no."""

from datetime import date

import pytest

from contracts.activation import AdulthoodReached
from contracts.closing import ProposalClosed
from contracts.contract import State
from contracts.contract_rules import WrongState
from contracts.decision import DAY
from contracts.dossier import Outcome
from contracts.mutual_end import (
    AcceptMutualEnd,
    DeclineMutualEnd,
    LapseMutualEnd,
    MutualEndAccepted,
    MutualEndAgreed,
    MutualEndDeclined,
    MutualEndLapsed,
    MutualEndProposed,
    OtherEnd,
    ProposeMutualEnd,
)
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K1_OUT,
    K1_SIGNED,
    K5_ACTIVE,
    P1,
    P2,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S5,
    STARTS_ON,
    STUDENT,
    T2,
    an_id,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

ON, END_ON, ANSWER_BY = date(2026, 12, 28), date(2027, 1, 15), date(2026, 12, 31)
TEXT = "e" * 64
PROPOSED = MutualEndProposed(P2, STUDENT, END_ON, ANSWER_BY, TEXT)
AGREED = MutualEndAgreed(P2, STUDENT, END_ON, ON, TEXT)
OPEN = [*K1_ACTIVE, PROPOSED]


def yes(party):
    return MutualEndAccepted(P2, party, TEXT)


def test_a_proposed_end_is_one_text_to_answer_within_three_working_days():
    [end] = when(ProposeMutualEnd(END_ON, "kept"), asked(STUDENT, ON, sealed={"terms": "d" * 64}), K1_ACTIVE)
    assert (end.proposal, end.by, end.end_on, end.answer_by) == (FRESH, STUDENT, END_ON, ANSWER_BY)
    assert (end.terms, len(end.text_hash)) == ("d" * 64, 64)
    [other] = when(ProposeMutualEnd(END_ON), asked(STUDENT, ON), K1_ACTIVE)
    assert other.text_hash != end.text_hash


def test_propose_again_changes_nothing():
    assert when(ProposeMutualEnd(END_ON), asked(STUDENT, ON), given=OPEN) == []


def test_one_end_is_proposed_at_a_time():
    for wish, who in ((ProposeMutualEnd(END_ON), COLLEGE), (ProposeMutualEnd(END_ON + DAY), STUDENT)):
        assert refused(wish, asked(who, ON), given=OPEN) == [OtherEnd(TEXT)]


def test_an_agreed_end_may_be_any_day_of_the_term():
    for day in (STARTS_ON, ENDS_ON):
        assert when(ProposeMutualEnd(day), asked(COLLEGE, ON), given=K1_ACTIVE)
    for day in (STARTS_ON - DAY, ENDS_ON + DAY):
        found = refused(ProposeMutualEnd(day), asked(COLLEGE, ON), given=K1_ACTIVE)
        assert found == [WrongState(State.ACTIVE, (State.ACTIVE, State.COMPLETING, State.SIGNED), ENDS_ON)]


def test_what_is_not_concluded_needs_no_end():
    [wrong] = refused(ProposeMutualEnd(END_ON), asked(COLLEGE, ON), given=K1_OUT)
    assert wrong.state is State.OFFERED
    assert when(ProposeMutualEnd(END_ON), asked(COLLEGE, date(2026, 8, 26)), given=K1_SIGNED)


def test_a_yes_waits_for_the_others():
    assert when(AcceptMutualEnd(TEXT), asked(COLLEGE, ON), given=OPEN) == [yes(COLLEGE)]


def test_the_last_yes_ends_it_and_closes_what_is_open():
    change = proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), ANSWER_BY)
    given = [*OPEN, change, yes(COLLEGE), yes(REPRESENTATIVE)]
    events = when(AcceptMutualEnd(TEXT), asked(ENTERPRISE, ON), given)
    assert events == [yes(ENTERPRISE), AGREED, ProposalClosed(P1, "withdrawal")]
    after = state([*given, *events])
    assert (after.state, after.end_on, after.end.revocable) == (State.ENDING, END_ON, False)
    assert (after.end.ground, after.end.initiator) == ("agreement", STUDENT)
    assert after.mutual_ends[0].outcome is Outcome.AGREED


def test_an_end_agreed_for_a_past_day_holds_from_that_day():
    past = MutualEndAgreed(P2, STUDENT, date(2026, 11, 30), ON, TEXT)
    assert past.effective_on == date(2026, 11, 30)
    assert AGREED.effective_on == ON


def test_an_adult_s_end_waits_for_no_representative():
    given = [*K5_ACTIVE, PROPOSED, yes(COLLEGE)]
    assert when(AcceptMutualEnd(TEXT), asked(ENTERPRISE, ON, around(S5)), given) == [yes(ENTERPRISE), AGREED]


def test_accept_again_changes_nothing():
    assert when(AcceptMutualEnd(TEXT), asked(STUDENT, ON), given=OPEN) == [], "who proposes says yes"
    agreed = [*OPEN, yes(COLLEGE), yes(REPRESENTATIVE), yes(ENTERPRISE), AGREED]
    assert when(AcceptMutualEnd(TEXT), asked(ENTERPRISE, ON), given=agreed) == []


def test_only_the_proposed_text_is_accepted():
    assert refused(AcceptMutualEnd(T2), asked(COLLEGE, ON), given=OPEN) == [OtherEnd(TEXT)]
    assert refused(AcceptMutualEnd(TEXT), asked(COLLEGE, ON), given=K1_ACTIVE) == [OtherEnd(None)]


def test_an_answer_comes_by_the_end_of_the_last_day():
    for wish in (AcceptMutualEnd(TEXT), DeclineMutualEnd()):
        assert when(wish, asked(COLLEGE, ANSWER_BY), given=OPEN)
        assert refused(wish, asked(COLLEGE, ANSWER_BY + DAY), given=OPEN) == [OtherEnd(TEXT)]


@pytest.mark.parametrize("party", [STUDENT, REPRESENTATIVE, COLLEGE, ENTERPRISE])
def test_one_no_closes_it_for_all(party):
    events = when(DeclineMutualEnd("no"), asked(party, ON, sealed={"reason": "c" * 64}), given=OPEN)
    assert events == [MutualEndDeclined(P2, party, "c" * 64)]
    after = state([*OPEN, *events])
    assert (after.open_mutual_end, after.mutual_ends[0].outcome) == (None, Outcome.DECLINED)
    assert after.state is State.ACTIVE


def test_where_nothing_is_proposed_nothing_is_declined():
    assert when(DeclineMutualEnd(), asked(COLLEGE, ON), given=K1_ACTIVE) == []


def test_silence_is_a_no():
    given = [*OPEN, yes(COLLEGE), yes(ENTERPRISE)]
    assert when(LapseMutualEnd(P2), asked(DEADLINE, ANSWER_BY), given) == []
    [lapsed] = when(LapseMutualEnd(P2), asked(DEADLINE, date(2027, 1, 8)), given)
    assert (lapsed, lapsed.effective_on) == (MutualEndLapsed(P2, ANSWER_BY), date(2027, 1, 1))
    assert state([*given, lapsed]).mutual_ends[0].outcome is Outcome.LAPSED


def test_what_is_not_open_does_not_lapse():
    occasion = asked(DEADLINE, date(2027, 1, 8))
    assert when(LapseMutualEnd(P2), occasion, given=K1_ACTIVE) == []
    assert when(LapseMutualEnd(an_id(79)), occasion, given=OPEN) == []


def test_who_came_of_age_needs_no_representative_any_more():
    on = ANSWER_BY + DAY
    given = [*OPEN, yes(COLLEGE), yes(ENTERPRISE), AdulthoodReached(ON + DAY)]
    agreed = MutualEndAgreed(P2, STUDENT, END_ON, on, TEXT)
    assert when(LapseMutualEnd(P2), asked(DEADLINE, on), given) == [agreed]
