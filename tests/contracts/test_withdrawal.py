"""One side gives notice, with a ground and a last day, and may take it back until then."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.closing import MutualEndClosed, NoSuchGround, NotHeard, ProofMissing, ProposalClosed
from contracts.contract import LIVES, State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY
from contracts.mutual_end import MutualEndProposed
from contracts.on_paper import Imported
from contracts.termination import CureDemanded
from contracts.withdrawal import (
    ConsentToWithdrawal,
    CureFirst,
    Noticed,
    NoticeTooShort,
    RepresentativeMissing,
    Revoked,
    RevokeLate,
    RevokeNotice,
    Withdraw,
    WithdrawalConsented,
)
from tests.examples import (
    COLLEGE,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K5_ACTIVE,
    K5_SIGNED,
    P1,
    P2,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S5,
    STARTS_ON,
    STUDENT,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

ALIVE = tuple(sorted(LIVES))
RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
LEAVE = Withdraw("own-wish", RECEIVED, END_ON, STUDENT)
NOTICED = Noticed(STUDENT, "own-wish", RECEIVED, END_ON, RECEIVED)
LEAVES = [*K5_ACTIVE, NOTICED]
BREACH = Withdraw("breach-by-enterprise", RECEIVED, date(2026, 12, 31))
ASKED_TO_CURE = CureDemanded(STUDENT, ENTERPRISE, date(2026, 12, 27), "c" * 64)


def of(role, on=RECEIVED, who=S5):
    return asked(role, on, around(who))


def test_a_clerk_records_the_request_of_a_student():
    [noticed] = when(LEAVE, of(COLLEGE), given=K5_ACTIVE)
    assert (noticed, noticed.effective_on) == (NOTICED, RECEIVED)
    after = state(LEAVES)
    assert (after.state, after.end_on, after.end.revocable) == (State.ENDING, END_ON, True)
    assert after.state_on(END_ON) is State.ENDING
    assert after.state_on(END_ON + DAY) is State.ENDED


@pytest.mark.parametrize("role", [STUDENT, REPRESENTATIVE])
def test_a_student_or_who_stands_for_him_speaks_for_himself(role):
    """Whatever the wish says: only a college records what others asked for."""
    for initiator in (None, ENTERPRISE):
        [noticed] = when(replace(LEAVE, initiator=initiator), of(role), given=K5_ACTIVE)
        assert noticed.initiator is STUDENT


def test_a_college_without_another_initiator_speaks_for_itself():
    own = replace(LEAVE, initiator=None)
    assert refused(own, of(COLLEGE), given=K5_ACTIVE) == [NoSuchGround("own-wish", COLLEGE)]


def test_a_notice_takes_one_month_from_its_receipt():
    early = refused(replace(LEAVE, end_on=date(2027, 1, 14)), of(COLLEGE), given=K5_ACTIVE)
    assert early == [NoticeTooShort(RECEIVED, date(2027, 1, 14), earliest=END_ON, days_early=14)]
    assert when(replace(LEAVE, end_on=END_ON), of(COLLEGE), given=K5_ACTIVE)
    [one_day] = refused(replace(LEAVE, end_on=END_ON - DAY), of(COLLEGE), given=K5_ACTIVE)
    assert one_day.days_early == 1


def test_a_month_that_ends_on_a_day_off_ends_on_the_next_working_day():
    received, saturday, monday = date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 1)
    on_saturday = replace(LEAVE, received_on=received, end_on=saturday)
    [short] = refused(on_saturday, of(COLLEGE, received), given=K5_ACTIVE)
    assert (short.earliest, short.days_early) == (monday, 2)
    assert when(replace(on_saturday, end_on=monday), of(COLLEGE, received), given=K5_ACTIVE)


def test_an_end_before_the_receipt_is_too_early():
    [early] = refused(replace(LEAVE, end_on=RECEIVED - DAY), of(COLLEGE), given=K5_ACTIVE)
    assert early == NoticeTooShort(RECEIVED, RECEIVED - DAY, END_ON, 32)


def test_a_notice_was_received_already():
    tomorrow = replace(LEAVE, received_on=RECEIVED + DAY)
    assert refused(tomorrow, of(COLLEGE), given=K5_ACTIVE) == [NotYet(RECEIVED + DAY, RECEIVED)]
    [late] = when(LEAVE, of(COLLEGE, date(2027, 1, 8)), given=K5_ACTIVE)
    assert (late.received_on, late.known_on) == (RECEIVED, date(2027, 1, 8))


def test_a_notice_is_received_while_the_contract_is_in_force():
    before = replace(LEAVE, received_on=STARTS_ON - DAY, end_on=date(2026, 10, 1))
    found = refused(before, of(COLLEGE), given=K5_ACTIVE)
    assert found == [WrongState(State.SIGNED, ALIVE, ENDS_ON)]
    assert when(replace(before, received_on=STARTS_ON), of(COLLEGE), given=K5_ACTIVE)


def test_a_notice_of_a_day_that_no_calendar_reaches_is_only_not_yet():
    never = replace(LEAVE, received_on=date.max)
    assert [refusal.code for refusal in refused(never, of(COLLEGE), K5_ACTIVE)] == ["GEN-NOT-YET"]


def test_an_end_lies_within_the_term():
    assert when(replace(LEAVE, end_on=ENDS_ON), of(COLLEGE), given=K5_ACTIVE)
    after = refused(replace(LEAVE, end_on=ENDS_ON + DAY), of(COLLEGE), given=K5_ACTIVE)
    assert after == [WrongState(State.ACTIVE, ALIVE, ENDS_ON)]


def test_withdraw_again_changes_nothing_unless_the_day_is_another():
    assert when(LEAVE, of(COLLEGE), given=LEAVES) == []
    assert when(replace(LEAVE, initiator=None), of(STUDENT), given=LEAVES) == []
    other = refused(replace(LEAVE, end_on=date(2027, 2, 1)), of(COLLEGE), given=LEAVES)
    assert other == [WrongState(State.ENDING, ALIVE, END_ON)]


def test_only_a_contract_in_force_is_withdrawn_from():
    [wrong] = refused(LEAVE, of(COLLEGE), given=K5_SIGNED)
    assert wrong.state is State.SIGNED


@pytest.mark.parametrize(
    ("ground", "initiator"),
    [
        ("own-wish", ENTERPRISE),
        ("no such ground", STUDENT),
        ("academic-failure", COLLEGE),
        ("agreement", STUDENT),
        ("staff-cuts", STUDENT),
    ],
)
def test_each_side_has_its_grounds(ground, initiator):
    wish = replace(LEAVE, ground=ground, initiator=initiator, proof="1")
    assert refused(wish, of(COLLEGE), given=K5_ACTIVE) == [NoSuchGround(ground, initiator)]


def test_a_minor_leaves_with_the_representative_s_consent_to_this_very_end():
    assert refused(LEAVE, of(COLLEGE), given=K1_ACTIVE) == [RepresentativeMissing(END_ON)]
    consent = WithdrawalConsented("own-wish", END_ON)
    assert when(LEAVE, of(COLLEGE), given=[*K1_ACTIVE, consent])
    for other in (WithdrawalConsented("own-wish", END_ON + DAY), WithdrawalConsented("health", END_ON)):
        assert refused(LEAVE, of(COLLEGE), [*K1_ACTIVE, other]) == [RepresentativeMissing(END_ON)]


def test_a_representative_consents_by_asking():
    assert when(LEAVE, of(REPRESENTATIVE), given=K1_ACTIVE)


def test_a_consent_is_given_once():
    wish = ConsentToWithdrawal("own-wish", END_ON)
    [consented] = when(wish, of(REPRESENTATIVE), given=K1_ACTIVE)
    assert consented == WithdrawalConsented("own-wish", END_ON)
    assert when(wish, of(REPRESENTATIVE), given=[*K1_ACTIVE, consented]) == []
    assert when(replace(wish, ground="health"), of(REPRESENTATIVE), given=[*K1_ACTIVE, consented])


def test_a_breach_is_a_ground_once_the_side_at_fault_was_asked_to_cure_it():
    assert refused(BREACH, of(STUDENT), given=K5_ACTIVE) == [CureFirst(None)]
    assert when(BREACH, of(STUDENT), given=[*K5_ACTIVE, ASKED_TO_CURE])
    runs = replace(ASKED_TO_CURE, cure_by=RECEIVED)
    assert refused(BREACH, of(STUDENT), given=[*K5_ACTIVE, runs]) == [CureFirst(RECEIVED)]
    [noticed] = when(BREACH, of(STUDENT), given=[*K5_ACTIVE, ASKED_TO_CURE, runs])
    assert noticed.ground == "breach-by-enterprise"


def test_a_notice_of_before_the_days_to_cure_were_over_has_no_ground():
    late = of(STUDENT, date(2027, 1, 8))
    early = replace(BREACH, received_on=date(2026, 12, 27))
    found = refused(early, late, given=[*K5_ACTIVE, ASKED_TO_CURE])
    assert found == [CureFirst(date(2026, 12, 27))]
    assert when(BREACH, late, given=[*K5_ACTIVE, ASKED_TO_CURE])


def test_a_demand_to_another_side_is_no_demand_to_the_enterprise():
    elsewhere = CureDemanded(ENTERPRISE, COLLEGE, date(2026, 12, 27), "c" * 64)
    assert refused(BREACH, of(STUDENT), given=[*K5_ACTIVE, elsewhere]) == [CureFirst(None)]
    assert when(BREACH, of(STUDENT), given=[*K5_ACTIVE, ASKED_TO_CURE, elsewhere])


def test_after_a_breach_the_notice_is_three_working_days():
    given = [*K5_ACTIVE, ASKED_TO_CURE]
    [early] = refused(replace(BREACH, end_on=date(2026, 12, 30)), of(STUDENT), given)
    assert (early.earliest, early.days_early) == (date(2026, 12, 31), 1)


@pytest.mark.parametrize("proof", [None, "", "  "])
def test_some_grounds_need_a_paper(proof):
    wish = Withdraw("health", RECEIVED, RECEIVED, STUDENT, proof)
    assert refused(wish, of(COLLEGE), given=K5_ACTIVE) == [ProofMissing("health")]
    [noticed] = when(replace(wish, proof="conclusion 12"), of(COLLEGE), given=K5_ACTIVE)
    assert noticed.proof == "conclusion 12"


def test_who_is_said_to_be_in_breach_is_heard_first():
    wish = Withdraw("breach-by-student", RECEIVED, RECEIVED, proof="act 3")
    first_day = date(2026, 12, 31)
    assert refused(wish, of(ENTERPRISE), given=K5_ACTIVE) == [NotHeard(None, 2, first_day)]
    asked_on = replace(wish, heard_on=date(2026, 12, 23))
    assert when(asked_on, of(ENTERPRISE), given=K5_ACTIVE), "Thursday and Friday were there to explain"
    late = replace(wish, heard_on=date(2026, 12, 24))
    assert refused(late, of(ENTERPRISE), given=K5_ACTIVE) == [
        NotHeard(date(2026, 12, 24), 2, date(2026, 12, 29))
    ]


def test_open_proposals_fall_with_a_notice():
    open_ones = [
        proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31)),
        MutualEndProposed(P2, ENTERPRISE, date(2027, 1, 15), date(2026, 12, 31), "e" * 64),
    ]
    events = when(LEAVE, of(COLLEGE), given=[*K5_ACTIVE, *open_ones])
    assert events == [NOTICED, ProposalClosed(P1, "withdrawal"), MutualEndClosed(P2, "withdrawal")]
    after = state([*K5_ACTIVE, *open_ones, *events])
    assert (after.open_proposal, after.open_mutual_end) == (None, None)


def test_who_gave_notice_takes_it_back_until_the_last_day_is_over():
    assert when(RevokeNotice(), of(STUDENT, END_ON), given=LEAVES) == [Revoked(STUDENT)]
    assert refused(RevokeNotice(), of(STUDENT, END_ON + DAY), given=LEAVES) == [RevokeLate(END_ON)]


def test_a_revoked_notice_leaves_the_contract_as_it_was():
    was, now = state(K5_ACTIVE), state([*LEAVES, Revoked(STUDENT)])
    assert replace(now, version=was.version) == was


def test_a_representative_takes_a_student_s_notice_back():
    assert when(RevokeNotice(), of(REPRESENTATIVE, RECEIVED), given=LEAVES) == [Revoked(REPRESENTATIVE)]


@pytest.mark.parametrize("role", [COLLEGE, ENTERPRISE])
def test_nobody_else_takes_a_notice_back(role):
    assert refused(RevokeNotice(), of(role), given=LEAVES) == [NoSuchGround("own-wish", role)]


def test_without_a_notice_there_is_nothing_to_take_back():
    [wrong] = refused(RevokeNotice(), of(STUDENT), given=K5_ACTIVE)
    assert wrong.needs == (State.ENDED, State.ENDING)


def test_what_ended_on_paper_does_not_come_back():
    contract = state(K5_ACTIVE)
    ended = Imported("1", contract.parties, False, contract.terms, STARTS_ON, ended_on=date(2026, 11, 30))
    assert refused(RevokeNotice(), of(STUDENT), given=[ended]) == [RevokeLate(date(2026, 11, 30))]
