"""Each who is asked agrees to one text, or says no; or the last day passes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ahead import timers
from contracts.amendment import ProposeAmendment
from contracts.amendment_agreed import AmendmentConcluded, AnsweredLate
from contracts.amendment_answer import (
    AcceptAmendment,
    AmendmentAccepted,
    AmendmentDeclined,
    AmendmentLapsed,
    DeclineAmendment,
    LapseAmendment,
    OtherText,
)
from contracts.amendment_rules import ClosedMonth, NoRepresentative, NotSigner, UnderLaw, asked_of, waiting
from contracts.closing import AmendmentClosed, close_proposals
from contracts.contract import PARTIES, State
from contracts.contract_rules import Backdated, WrongState
from contracts.decision import DAY
from contracts.dossier import Outcome, Resting
from contracts.formation_rules import AnotherActive
from contracts.law import load
from contracts.parties import Mandate
from contracts.pay import PayRecorded
from contracts.resting import open_answers
from contracts.resumption import AnswerResumed
from contracts.suspension import SuspensionStarted
from contracts.terms import Compensation, PayKind, PaymentPlan, PracticeShare, Term, Terms, WorkOff
from contracts.withdrawal import Withdraw
from tests.examples import (
    COLLEGE,
    DEADLINE,
    E1,
    E1_HEAD,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K5_ACTIVE,
    MENTOR,
    OTHER,
    REPRESENTATIVE,
    S1,
    S5,
    STARTS_ON,
    STUDENT,
    T2,
    TERMS,
    around,
    asked,
    held,
    refused,
    state,
    when,
)

MONDAY, FROM_ON, LAST = date(2026, 11, 23), date(2026, 12, 7), date(2026, 11, 30)
TUESDAY = MONDAY + DAY
CHANGES = Terms(work_off=WorkOff(12))
TWO = Terms(payment_plan=PaymentPlan(1_125_000, 12, 20))
NEEDS = tuple(sorted({State.SIGNED, State.ACTIVE, State.SUSPENDED, State.ENDING, State.COMPLETING}))
EVERYBODY = (COLLEGE, ENTERPRISE, REPRESENTATIVE, STUDENT)


def opened(changes=CHANGES, by=COLLEGE, given=K1_ACTIVE, facts=None, **more):
    wish = ProposeAmendment(more.pop("from_on", FROM_ON), changes, **more)
    return [*given, *when(wish, asked(by, MONDAY, facts), given)]


OPEN = opened()
TEXT = OPEN[-1].text_hash


def accept(by, given=OPEN, on=TUESDAY, facts=None, text=None):
    return when(AcceptAmendment(text or given_text(given)), asked(by, on, facts), given)


def given_text(events):
    return next(event.text_hash for event in reversed(events) if event.type == "amendment.proposed")


def refused_to(by, given=OPEN, on=TUESDAY, facts=None, text=None):
    return refused(AcceptAmendment(text or given_text(given)), asked(by, on, facts), given)


def after_all(given=OPEN, roles=(ENTERPRISE, STUDENT, REPRESENTATIVE), on=TUESDAY):
    for role in roles:
        given = [*given, *accept(role, given, on)]
    return given


def test_with_the_last_one_the_addendum_is_concluded():
    given = OPEN
    for role in (STUDENT, ENTERPRISE):
        assert accept(role, given) == [AmendmentAccepted(FRESH, role, TEXT)]
        given = [*given, *accept(role, given)]
    assert accept(REPRESENTATIVE, given) == [
        AmendmentAccepted(FRESH, REPRESENTATIVE, TEXT),
        AmendmentConcluded(FRESH, 1, CHANGES, (), FROM_ON, TEXT),
    ]
    after = state([*given, *accept(REPRESENTATIVE, given)])
    assert after.terms == replace(TERMS, work_off=WorkOff(12))
    assert after.terms_on(FROM_ON - DAY) == TERMS
    assert after.terms_on(FROM_ON).work_off == WorkOff(12)


def test_addenda_are_numbered_as_they_are_agreed():
    first = after_all()
    second = [
        *first,
        *when(ProposeAmendment(FROM_ON, TWO), replace(asked(COLLEGE, TUESDAY), fresh=OTHER), first),
    ]
    [*_, concluded] = accept(ENTERPRISE, second, text=given_text(second))
    assert (concluded.number, concluded.changes) == (2, TWO)


def test_two_are_enough_where_two_are_asked():
    given = opened(TWO)
    assert [each.type for each in accept(ENTERPRISE, given)] == ["amendment.accepted", "amendment.concluded"]
    for stranger in (STUDENT, REPRESENTATIVE):
        assert refused_to(stranger, given) == [NotSigner(stranger, (COLLEGE, ENTERPRISE))]


def test_who_has_agreed_agrees_once():
    assert accept(COLLEGE) == []
    given = [*OPEN, *accept(STUDENT)]
    assert accept(STUDENT, given) == []
    assert accept(STUDENT, after_all()) == []


def test_another_text_is_no_text_of_this_contract():
    assert refused_to(STUDENT, text=T2) == [OtherText(T2, (TEXT,))]
    assert refused_to(STUDENT, K1_ACTIVE, text=T2) == [OtherText(T2, ())]
    found = refused(DeclineAmendment(T2), asked(STUDENT, TUESDAY), OPEN)
    assert found == [OtherText(T2, (TEXT,))]


def test_only_who_may_sign_agrees_for_an_organisation():
    for mandate, may in (
        (Mandate(E1_HEAD, "head", "charter", signs=True), True),
        (Mandate(E1_HEAD, "head", "charter"), False),
        (Mandate(E1_HEAD, "head", "power", signs=True, signs_until=TUESDAY), True),
        (Mandate(E1_HEAD, "head", "power", signs=True, signs_until=MONDAY), False),
    ):
        facts = around(enterprise=replace(E1, mandates=(mandate,)))
        if may:
            assert accept(ENTERPRISE, facts=facts)
        else:
            assert refused_to(ENTERPRISE, facts=facts) == [NotSigner(ENTERPRISE, EVERYBODY)]


def test_a_minor_does_not_agree_where_nobody_could_consent():
    nobody = around(replace(S1, guardianships=()))
    assert refused_to(STUDENT, facts=nobody) == [NoRepresentative(date(2028, 3, 15))]
    assert accept(ENTERPRISE, opened(TWO), facts=nobody)


def test_an_answer_comes_by_the_last_day():
    assert accept(STUDENT, on=LAST)
    assert refused_to(STUDENT, on=LAST + DAY) == [AnsweredLate(Outcome.LAPSED, LAST)]
    found = refused(DeclineAmendment(TEXT), asked(STUDENT, LAST + DAY), OPEN)
    assert found == [AnsweredLate(Outcome.LAPSED, LAST)]


def test_one_no_closes_it_for_all():
    occasion = asked(STUDENT, TUESDAY, sealed={"reason": "c" * 64})
    no = when(DeclineAmendment(TEXT, "too long"), occasion, OPEN)
    assert no == [AmendmentDeclined(FRESH, STUDENT, "c" * 64)]
    closed = [*OPEN, *no]
    assert state(closed).terms == TERMS
    assert when(DeclineAmendment(TEXT), occasion, closed) == []
    for role in (ENTERPRISE, REPRESENTATIVE):
        assert refused_to(role, closed) == [AnsweredLate(Outcome.DECLINED, LAST)]
    assert refused(DeclineAmendment(TEXT), asked(COLLEGE, TUESDAY), closed) == [
        AnsweredLate(Outcome.DECLINED, LAST)
    ]


def test_who_is_not_asked_says_no_to_nothing():
    given = opened(TWO)
    found = refused(DeclineAmendment(given_text(given)), asked(STUDENT, TUESDAY), given)
    assert found == [NotSigner(STUDENT, (COLLEGE, ENTERPRISE))]


def test_a_mentor_is_never_asked():
    assert MENTOR not in AcceptAmendment.by | DeclineAmendment.by


def test_what_was_lawful_when_it_was_proposed_may_be_so_no_more():
    given = opened(Terms(practice_share=PracticeShare(2592, 1600)))
    strict = replace(asked(STUDENT, TUESDAY), law=load("journey-2"))
    found = refused(AcceptAmendment(given_text(given)), strict, given)
    assert [type(each) for each in found] == [UnderLaw]
    assert accept(STUDENT, given)


def test_a_longer_term_still_needs_its_place_when_it_is_agreed():
    given = opened(Terms(term=Term(STARTS_ON, date(2027, 8, 31))))
    summer = (date(2027, 7, 1), date(2027, 8, 31))
    elsewhere = around(holds=held("student", str(S1.id), summer))
    assert refused_to(ENTERPRISE, given, facts=elsewhere) == [AnotherActive(*summer)]


def test_pay_of_a_month_that_was_paid_meanwhile_is_not_changed():
    less = Terms(compensation=Compensation(PayKind.COMPENSATION, 1))
    given = opened(less, ENTERPRISE, from_on=date(2026, 11, 2), agreed_on=date(2026, 11, 2))
    paid = [*given, PayRecorded("2026-11", PayKind.COMPENSATION, 9_500_000)]
    assert accept(STUDENT, given)
    found = refused_to(STUDENT, paid)
    assert found == [ClosedMonth(date(2026, 11, 2), date(2026, 12, 1))]


def test_nobody_answers_for_a_contract_that_has_ended():
    ended = replace(state(OPEN), state=State.ENDED, end_on=MONDAY)
    found = refused(AcceptAmendment(TEXT), asked(STUDENT, TUESDAY), ended)
    assert found == [WrongState(State.ENDED, NEEDS, MONDAY)]


def test_a_change_does_not_hold_before_the_last_agreement():
    """As where the time for answers rested with the contract."""
    later = replace(
        state(OPEN), amendments=(replace(state(OPEN).amendments[0], answer_by=date(2027, 1, 29)),)
    )
    assert accept(STUDENT, later, FROM_ON, text=TEXT)
    late = refused_to(STUDENT, later, FROM_ON + DAY, text=TEXT)
    assert late == [Backdated(FROM_ON, FROM_ON + DAY)]
    by_word = replace(later, amendments=(replace(*later.amendments, agreed_on=MONDAY),))
    assert accept(STUDENT, by_word, FROM_ON + DAY, text=TEXT)


def test_answers_rest_with_the_contract_and_go_on_after_the_return():
    rests = SuspensionStarted(
        "illness",
        MONDAY + 2 * DAY,
        date(2027, 5, 31),
        date(2027, 6, 4),
        frozenset(Resting),
        frozenset({"illness"}),
        True,
    )
    given = [*OPEN, rests]
    contract = state(given)
    assert dict(open_answers(contract)) == {FRESH: LAST}
    assert when(LapseAmendment(FRESH), asked(DEADLINE, LAST + DAY), given) == []
    assert [each.command for each in timers(contract) if each.command == "lapse-amendment"] == []
    resumed = state([*given, AnswerResumed(FRESH, 6, date(2027, 6, 7))])
    assert resumed.amendments[0].answer_by == date(2027, 6, 7)


# Silence


def test_without_all_answers_it_lapses_once():
    [lapsed] = when(LapseAmendment(FRESH), asked(DEADLINE, LAST + DAY), OPEN)
    assert lapsed == AmendmentLapsed(FRESH, LAST, (ENTERPRISE, REPRESENTATIVE, STUDENT))
    assert lapsed.effective_on == LAST + DAY
    assert state([*OPEN, lapsed]).terms == TERMS
    assert when(LapseAmendment(FRESH), asked(DEADLINE, LAST + DAY), [*OPEN, lapsed]) == []
    assert when(LapseAmendment(FRESH), asked(DEADLINE, LAST), OPEN) == []
    assert when(LapseAmendment(OTHER), asked(DEADLINE, LAST + DAY), OPEN) == []


def test_who_comes_of_age_meanwhile_has_agreed_alone():
    given = after_all(roles=(ENTERPRISE, STUDENT))
    grown = replace(state(given), minor=False)
    [concluded] = when(LapseAmendment(FRESH), asked(DEADLINE, LAST + DAY), grown)
    assert concluded == AmendmentConcluded(FRESH, 1, CHANGES, (), FROM_ON, TEXT)


def test_with_the_contract_open_changes_fall():
    assert close_proposals(state(OPEN), "withdrawal") == [AmendmentClosed(FRESH, "withdrawal")]
    closed = state([*OPEN, AmendmentClosed(FRESH, "withdrawal")])
    assert closed.amendments[0].outcome is Outcome.CLOSED
    assert close_proposals(closed, "withdrawal") == []
    leaving = opened(given=K5_ACTIVE, facts=around(S5))
    leave = Withdraw("own-wish", MONDAY, date(2026, 12, 23))
    found = when(leave, asked(STUDENT, MONDAY, around(S5), person=S5.id), leaving)
    assert AmendmentClosed(FRESH, "withdrawal") in found


# For all orders of answers


@given(st.permutations([ENTERPRISE, STUDENT, REPRESENTATIVE]), st.integers(0, 3))
def test_it_is_concluded_with_the_last_answer_and_not_before(order, answers):
    given = after_all(roles=order[:answers])
    contract = state(given)
    [amendment] = contract.amendments
    assert (amendment.outcome is Outcome.AGREED) == (answers == 3)
    assert set(waiting(amendment, contract)) == set(order[answers:])
    assert contract.terms == (replace(TERMS, work_off=WorkOff(12)) if answers == 3 else TERMS)


@pytest.mark.parametrize(("minor", "whole"), [(True, PARTIES | {REPRESENTATIVE}), (False, PARTIES)])
def test_a_representative_is_asked_while_the_student_is_a_minor(minor, whole):
    contract = replace(state(OPEN), minor=minor)
    assert asked_of(contract.amendments[0], contract) == whole
    two = replace(state(opened(TWO)), minor=minor)
    assert asked_of(two.amendments[0], two) == {COLLEGE, ENTERPRISE}
