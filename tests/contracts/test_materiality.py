"""The class of a change: by the register, by its direction, by the strictest of its clauses."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.contract import PARTIES
from contracts.materiality import DIRECTIONS, STRICTEST_FIRST, strictest, weights, who_agrees
from contracts.terms import (
    NOTHING_AGREED,
    REGISTER,
    Absence,
    Bearer,
    Change,
    Compensation,
    CostItem,
    DataUse,
    Debtor,
    Expenses,
    Funding,
    Gear,
    Guarantee,
    Hazard,
    Hiring,
    HiringKind,
    Insurance,
    Medical,
    PayKind,
    PaymentPlan,
    Programme,
    Proportion,
    Protective,
    Purpose,
    Reimbursement,
    Rest,
    Safety,
    Terms,
    WorkOff,
    Workplace,
    revised,
)
from tests.contracts import happened
from tests.examples import COLLEGE, ENTERPRISE, STUDENT, TERMS, an_id

A, B, N, U = STRICTEST_FIRST
ALL, ALONE, OWN = (A, PARTIES), (U, {ENTERPRISE}), (U, {STUDENT})
PAID, WAGE = PayKind.COMPENSATION, PayKind.WAGE
HERE = Workplace("Almaty, 1 Demo street", "Substation service")
FIRM, IF_GOOD = Hiring(HiringKind.FIRM), Hiring(HiringKind.CONDITIONAL, "good")
COURSE, STUFF = CostItem.EXTERNAL_COURSE, CostItem.MATERIALS
OWED = Reimbursement((COURSE, STUFF), (Debtor.STUDENT, Debtor.COLLEGE), 10_000_000)
PURPOSES = (Purpose.CONTRACT, Purpose.STATISTICS)


def pay(monthly, kind=PAID, pay_day=10):
    return Compensation(kind, monthly, pay_day)


WAYS = [
    # pay: up by the enterprise alone, down, later or of another kind by all
    ("compensation", pay(100), pay(101), ALONE),
    ("compensation", pay(100), pay(99), ALL),
    ("compensation", pay(100), pay(101, pay_day=11), ALL),
    ("compensation", pay(100), pay(100, pay_day=9), ALONE),
    ("compensation", pay(100), pay(101, WAGE), ALL),
    ("compensation", None, pay(1), ALONE),
    ("compensation", pay(1), None, ALL),
    ("expenses", None, Expenses(0, 1), ALONE),
    ("expenses", Expenses(1, 1), Expenses(2, 1), ALONE),
    ("expenses", Expenses(1, 1), Expenses(2, 0), ALL),
    ("expenses", Expenses(1), None, ALL),
    ("protective", None, Protective((Gear.HELMET,)), ALONE),
    ("protective", None, Protective((Gear.HELMET,), Bearer.STUDENT), ALL),
    ("protective", Protective((Gear.HELMET,)), Protective((Gear.HELMET, Gear.GLOVES)), ALONE),
    ("protective", Protective((Gear.HELMET,)), Protective((Gear.GLOVES,)), ALL),
    ("protective", Protective((Gear.HELMET,)), None, ALL),
    ("safety", Safety(Hazard.HARMFUL), Safety(Hazard.PERMISSIBLE), (N, {ENTERPRISE})),
    ("safety", Safety(Hazard.HARMFUL), Safety(Hazard.DANGEROUS), ALL),
    ("safety", None, Safety(Hazard.PERMISSIBLE), ALL),
    ("medical", Medical(Bearer.ENTERPRISE, 12), Medical(Bearer.ENTERPRISE, 6), ALONE),
    ("medical", Medical(Bearer.ENTERPRISE, 6), Medical(Bearer.ENTERPRISE, 12), ALL),
    ("medical", Medical(Bearer.ENTERPRISE, 6), Medical(Bearer.COLLEGE, 6), ALL),
    ("medical", None, Medical(Bearer.ENTERPRISE, 6), ALL),
    ("insurance", Insurance(Bearer.ENTERPRISE, 1), Insurance(Bearer.ENTERPRISE, 2), ALONE),
    ("insurance", Insurance(Bearer.ENTERPRISE, 2), Insurance(Bearer.ENTERPRISE, 1), ALL),
    ("insurance", None, Insurance(Bearer.ENTERPRISE, 1), ALONE),
    ("insurance", None, Insurance(Bearer.COLLEGE, 1), ALL),
    ("rest", Rest(30, 24), Rest(30, 30), ALONE),
    ("rest", Rest(30, 24), Rest(29, 30), ALL),
    ("rest", None, Rest(30, 24), ALONE),
    ("rest", Rest(30, 24), None, ALL),
    # afterwards
    ("hiring", IF_GOOD, FIRM, ALONE),
    ("hiring", FIRM, IF_GOOD, ALL),
    ("hiring", None, IF_GOOD, ALONE),
    ("hiring", IF_GOOD, None, ALL),
    ("hiring", IF_GOOD, replace(IF_GOOD, least_grade="satisfactory"), ALONE),
    ("hiring", IF_GOOD, replace(IF_GOOD, least_grade=None), ALONE),
    ("hiring", IF_GOOD, replace(IF_GOOD, least_grade="excellent"), ALL),
    ("hiring", IF_GOOD, replace(IF_GOOD, least_grade="5"), ALL),
    ("hiring", IF_GOOD, replace(IF_GOOD, needs_vacancy=True), ALL),
    ("hiring", IF_GOOD, replace(IF_GOOD, offer_within_days=29), ALONE),
    ("hiring", IF_GOOD, replace(IF_GOOD, offer_within_days=31), ALL),
    ("work_off", WorkOff(12), WorkOff(11), ALONE),
    ("work_off", WorkOff(12), WorkOff(13), ALL),
    ("work_off", WorkOff(12), None, ALONE),
    ("work_off", None, WorkOff(1), ALL),
    # what may be asked back: less by the creditor alone
    ("reimbursement", OWED, replace(OWED, cap=9_999_999), ALONE),
    ("reimbursement", OWED, replace(OWED, cap=10_000_001), ALL),
    ("reimbursement", OWED, replace(OWED, items=(STUFF,)), ALONE),
    ("reimbursement", OWED, replace(OWED, items=(COURSE, STUFF, CostItem.TRAVEL)), ALL),
    ("reimbursement", OWED, replace(OWED, debtors=(Debtor.COLLEGE,)), ALL),
    ("reimbursement", OWED, replace(OWED, proportion=Proportion.FULL_MONTHS), ALL),
    ("reimbursement", OWED, None, ALONE),
    ("reimbursement", None, OWED, ALL),
    # by notice
    ("funding", Funding.PAID, Funding.STATE_ORDER, (N, {COLLEGE})),
    ("funding", Funding.STATE_ORDER, Funding.PAID, ALL),
    ("programme", Programme("1", "1", 9), Programme("1", "2", 9), (N, {COLLEGE})),
    ("programme", Programme("1", "1", 9), Programme("1", "2", 10), ALL),
    ("programme", None, Programme("1", "1", 9), ALL),
    ("absence", Absence(1, 3), Absence(2, 3), (N, {COLLEGE, ENTERPRISE})),
    ("absence", Absence(1, 3), Absence(2, 2), ALL),
    ("absence", Absence(1, 3), None, (N, {COLLEGE, ENTERPRISE})),
    ("absence", None, Absence(1, 3), ALL),
    ("study_year", None, happened.TERMS.study_year, (N, {COLLEGE})),
    ("assessment", None, happened.TERMS.assessment, (N, {COLLEGE})),
    ("award", happened.TERMS.award, None, (N, {COLLEGE})),
    # the workplace: another address, another department, another town
    ("workplace", HERE, replace(HERE, address="almaty , 2 Demo street"), (N, {ENTERPRISE})),
    ("workplace", HERE, replace(HERE, department="Lines"), (B, {STUDENT, ENTERPRISE})),
    ("workplace", HERE, replace(HERE, address="Astana, 1 Demo street"), ALL),
    ("workplace", HERE, None, ALL),
    ("duties", None, happened.TERMS.duties, (B, {COLLEGE, ENTERPRISE})),
    ("payment_plan", PaymentPlan(1, 1), PaymentPlan(2, 1), (B, {COLLEGE, ENTERPRISE})),
    ("data_use", DataUse(5, PURPOSES), DataUse(5), OWN),
    ("data_use", DataUse(5), DataUse(4), OWN),
    ("data_use", DataUse(5), DataUse(5, PURPOSES), ALL),
    ("data_use", None, DataUse(5), ALL),
    ("guarantee", Guarantee(an_id(1), 1, happened.END_ON), None, ALL),
]


@pytest.mark.parametrize(("field", "was", "now", "way"), WAYS)
def test_a_clause_weighs_by_the_direction_in_which_it_changes(field, was, now, way):
    [found] = weights(Terms(**{field: was}), Terms(**{field: now}))
    assert (found.change, found.by) == way


def test_every_direction_is_tried():
    assert {clause.field for clause in REGISTER if clause.id in DIRECTIONS} <= {field for field, *_ in WAYS}


def test_a_clause_without_a_direction_weighs_as_the_register_says():
    for clause in REGISTER:
        value = getattr(happened.TERMS, clause.field)
        if clause.id not in DIRECTIONS and value is not None:
            [found] = weights(NOTHING_AGREED, Terms(**{clause.field: value}))
            expected = A if clause.change is Change.ONE_ALONE else clause.change
            assert found.change is expected, clause.id


def test_who_proposes_agrees_with_what_he_proposes():
    raised = weights(TERMS, replace(TERMS, compensation=pay(10_000_000)))
    assert who_agrees(raised, ENTERPRISE) == {ENTERPRISE}
    assert who_agrees(raised, COLLEGE) == {COLLEGE, ENTERPRISE}
    assert strictest(raised) is U


def test_what_could_be_changed_by_notice_takes_all_once_it_is_proposed():
    found = weights(TERMS, replace(TERMS, assessment=happened.TERMS.assessment))
    assert (strictest(found), who_agrees(found, COLLEGE)) == (N, PARTIES)


def test_only_who_may_tell_may_give_notice():
    [assessment] = weights(TERMS, replace(TERMS, assessment=happened.TERMS.assessment))
    [raised] = weights(TERMS, replace(TERMS, compensation=pay(10_000_000)))
    [lowered] = weights(TERMS, replace(TERMS, compensation=pay(1)))
    assert [each.may_tell(COLLEGE) for each in (assessment, raised, lowered)] == [True, False, False]
    assert [each.may_tell(ENTERPRISE) for each in (assessment, raised, lowered)] == [False, True, False]


# For all changes

VALUES = {
    field.name: [getattr(TERMS, field.name), getattr(happened.TERMS, field.name), None]
    for field in fields(Terms)
}
for name, was, now, _ in WAYS:
    VALUES[name] += [was, now]
ANY_TERMS = st.builds(Terms, **{name: st.sampled_from(values) for name, values in VALUES.items()})
PARTY = st.sampled_from(sorted(PARTIES))


@given(ANY_TERMS, ANY_TERMS, st.sampled_from([clause.field for clause in REGISTER]), PARTY)
def test_one_clause_more_never_takes_fewer_to_agree(was, now, field, by):
    """Nor is its class ever a lighter one."""
    less = replace(now, **{field: getattr(was, field)})
    more, fewer = weights(was, now), weights(was, less)
    assert who_agrees(fewer, by) <= who_agrees(more, by)
    assert STRICTEST_FIRST.index(strictest(more)) <= STRICTEST_FIRST.index(strictest(fewer))


@given(ANY_TERMS, ANY_TERMS)
def test_every_clause_that_differs_weighs_something_and_no_other(was, now):
    found = weights(was, now)
    assert {each.clause for each in found} == {
        clause.id for clause in REGISTER if getattr(was, clause.field) != getattr(now, clause.field)
    }
    assert all(each.by and each.by <= PARTIES for each in found)
    assert all(each.by == PARTIES for each in found if each.change is A)


@given(ANY_TERMS, ANY_TERMS)
def test_what_one_party_may_do_alone_it_may_not_undo_alone(was, now):
    """What is in favour of the others one way is against them the other way."""
    there = {each.clause: each.change for each in weights(was, now)}
    back = {each.clause: each.change for each in weights(now, was)}
    for clause, change in there.items():
        if change is U:
            assert back[clause] is A, clause


@given(ANY_TERMS, ANY_TERMS)
def test_a_change_that_is_made_is_no_change_any_more(was, now):
    assert weights(revised(was, now), revised(revised(was, now), now)) == ()
