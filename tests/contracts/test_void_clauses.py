"""Which clauses are void: both sides of every limit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.law import load
from contracts.terms import (
    NOTHING_AGREED,
    Absence,
    Assessment,
    Bearer,
    ClauseId,
    Compensation,
    Confidential,
    DataUse,
    Disputes,
    Expenses,
    ForceMajeure,
    Gear,
    Guarantee,
    Insurance,
    Leaving,
    Medical,
    Notices,
    PayKind,
    PaymentPlan,
    Penalty,
    PracticeShare,
    Probation,
    Programme,
    Protective,
    Rest,
    StudyYear,
    Term,
    Terms,
)
from contracts.void_clauses import VOID, void_clauses
from tests.contracts import happened
from tests.examples import an_id

LAW, ON, DAY = load("journey-1"), date(2026, 11, 24), timedelta(days=1)
HOLIDAYS, TURNED = Term(ON, ON), Term(ON, ON - DAY)
GEAR = (Gear.HELMET,)


def pay(monthly, pay_day=10):
    return Compensation(PayKind.COMPENSATION, monthly, pay_day)


LIMITS = [
    (ClauseId.TERM, Terms(term=Term(ON - DAY, ON)), Terms(term=Term(ON - DAY, ON - DAY))),
    (ClauseId.TERM, Terms(term=Term(ON + DAY, ON + DAY)), Terms(term=Term(ON + 2 * DAY, ON + DAY))),
    (
        ClauseId.PROGRAMME,
        Terms(programme=Programme("1", "2", 1)),
        Terms(programme=Programme("1", "2", 0)),
    ),
    (
        ClauseId.PRACTICE_SHARE,
        Terms(practice_share=PracticeShare(9, 9)),
        Terms(practice_share=PracticeShare(9, 10)),
    ),
    (
        ClauseId.PRACTICE_SHARE,
        Terms(practice_share=PracticeShare(9, 1)),
        Terms(practice_share=PracticeShare(9, 0)),
    ),
    (
        ClauseId.CALENDAR,
        Terms(study_year=StudyYear(HOLIDAYS, HOLIDAYS)),
        Terms(study_year=StudyYear(HOLIDAYS, TURNED)),
    ),
    (
        ClauseId.CALENDAR,
        Terms(study_year=StudyYear(HOLIDAYS, HOLIDAYS)),
        Terms(study_year=StudyYear(TURNED, HOLIDAYS)),
    ),
    (ClauseId.COMPENSATION, Terms(compensation=pay(0)), Terms(compensation=pay(-1))),
    (ClauseId.COMPENSATION, Terms(compensation=pay(1, 10)), Terms(compensation=pay(1, 11))),
    (ClauseId.COMPENSATION, Terms(compensation=pay(1, 1)), Terms(compensation=pay(1, 0))),
    (ClauseId.EXPENSES, Terms(expenses=Expenses(0, 0, 0)), Terms(expenses=Expenses(0, 0, -1))),
    (ClauseId.PROTECTIVE, Terms(protective=Protective(GEAR)), Terms(protective=Protective(()))),
    (
        ClauseId.PROTECTIVE,
        Terms(protective=Protective(GEAR, Bearer.COLLEGE)),
        Terms(protective=Protective(GEAR, Bearer.STUDENT)),
    ),
    (
        ClauseId.MEDICAL,
        Terms(medical=Medical(Bearer.COLLEGE, 12)),
        Terms(medical=Medical(Bearer.COLLEGE, 13)),
    ),
    (ClauseId.MEDICAL, Terms(medical=Medical(Bearer.COLLEGE, 1)), Terms(medical=Medical(Bearer.COLLEGE, 0))),
    (ClauseId.MEDICAL, Terms(medical=Medical(Bearer.COLLEGE)), Terms(medical=Medical(Bearer.STUDENT))),
    (
        ClauseId.INSURANCE,
        Terms(insurance=Insurance(Bearer.COLLEGE, 1)),
        Terms(insurance=Insurance(Bearer.COLLEGE, 0)),
    ),
    (
        ClauseId.INSURANCE,
        Terms(insurance=Insurance(Bearer.COLLEGE, 1)),
        Terms(insurance=Insurance(Bearer.STUDENT, 1)),
    ),
    (ClauseId.REST, Terms(rest=Rest(0, 0)), Terms(rest=Rest(0, -1))),
    (ClauseId.ABSENCE, Terms(absence=Absence(0, 0)), Terms(absence=Absence(-1, 0))),
    (ClauseId.ASSESSMENT, Terms(assessment=Assessment(0)), Terms(assessment=Assessment(-1))),
    (ClauseId.PROBATION, Terms(probation=Probation(3)), Terms(probation=Probation(4))),
    (ClauseId.PROBATION, Terms(probation=Probation(0)), Terms(probation=Probation(-1))),
    (
        ClauseId.PAYMENT_PLAN,
        Terms(payment_plan=PaymentPlan(1, 1, 99)),
        Terms(payment_plan=PaymentPlan(1, 1, 100)),
    ),
    (ClauseId.PAYMENT_PLAN, Terms(payment_plan=PaymentPlan(1, 1)), Terms(payment_plan=PaymentPlan(0, 1))),
    (ClauseId.PAYMENT_PLAN, Terms(payment_plan=PaymentPlan(1, 1)), Terms(payment_plan=PaymentPlan(1, 0))),
    (ClauseId.PENALTY, Terms(penalty=Penalty(5, 100)), Terms(penalty=Penalty(6, 100))),
    (ClauseId.PENALTY, Terms(penalty=Penalty(0, 100)), Terms(penalty=Penalty(0, 101))),
    (ClauseId.REIMBURSE, Terms(), Terms(reimbursement=replace(happened.TERMS.reimbursement, cap=-1))),
    (
        ClauseId.GUARANTEE,
        Terms(guarantee=Guarantee(an_id(1), 1, ON)),
        Terms(guarantee=Guarantee(an_id(1), 1, ON - DAY)),
    ),
    (
        ClauseId.GUARANTEE,
        Terms(guarantee=Guarantee(an_id(1), 1, ON)),
        Terms(guarantee=Guarantee(an_id(1), 0, ON)),
    ),
    (ClauseId.CONFIDENTIAL, Terms(confidential=Confidential(0)), Terms(confidential=Confidential(-1))),
    (ClauseId.NOTICE, Terms(notices=Notices(1)), Terms(notices=Notices(0))),
    (ClauseId.TERMINATION, Terms(leaving=Leaving(0)), Terms(leaving=Leaving(-1))),
    (ClauseId.FORCE_MAJEURE, Terms(force_majeure=ForceMajeure(1)), Terms(force_majeure=ForceMajeure(0))),
    (ClauseId.DISPUTE, Terms(disputes=Disputes(1)), Terms(disputes=Disputes(0))),
    (ClauseId.DATA, Terms(data_use=DataUse(0)), Terms(data_use=DataUse(-1))),
    (ClauseId.DATA, Terms(data_use=DataUse(0)), Terms(data_use=DataUse(0, ()))),
]


@pytest.mark.parametrize(("clause", "kept", "void"), LIMITS)
def test_a_clause_beyond_its_limit_is_void(clause, kept, void):
    assert void_clauses(kept, LAW, ON) == ()
    assert void_clauses(void, LAW, ON) == (clause,)


def test_every_rule_is_tried_on_both_sides():
    assert {clause for clause, _, _ in LIMITS} == set(VOID)
    order = list(ClauseId)
    assert [*VOID] == sorted(VOID, key=order.index)


def test_a_contract_with_every_clause_is_void_nowhere():
    assert void_clauses(happened.TERMS, LAW, ON) == ()
    assert void_clauses(NOTHING_AGREED, LAW, ON) == ()
