"""The clauses of a contract and their register."""

from dataclasses import fields, replace

from contracts.terms import (
    CLAUSES,
    NOTHING_AGREED,
    REGISTER,
    Change,
    ClauseId,
    Compensation,
    PayKind,
    Terms,
    WorkOff,
    differing,
    missing,
    revised,
)
from tests.contracts import happened
from tests.examples import TERMS

RAISED = replace(TERMS, compensation=Compensation(PayKind.COMPENSATION, 9_550_000))


def test_every_field_is_a_clause_of_the_register():
    assert [clause.field for clause in REGISTER] == [field.name for field in fields(Terms)]
    assert [clause.id for clause in REGISTER] == list(ClauseId)
    assert all(CLAUSES[clause.id] is clause for clause in REGISTER)


def test_days_at_work_and_who_pays_back_change_by_agreement_of_all():
    for id_ in (ClauseId.SCHEDULE, ClauseId.REIMBURSE, ClauseId.TERM):
        assert CLAUSES[id_].change is Change.AGREED_BY_ALL


def test_what_is_required_is_missed_and_nothing_else():
    assert missing(TERMS) == ()
    assert missing(NOTHING_AGREED) == tuple(clause.id for clause in REGISTER if clause.required)


def test_the_clauses_that_differ_are_named_in_the_order_of_the_register():
    assert differing(TERMS, TERMS) == ()
    other = replace(RAISED, work_off=WorkOff(12), form=happened.TERMS.form)
    assert [clause.id for clause in differing(TERMS, other)] == ["C-FORM", "C-COMPENSATION", "C-WORK-OFF"]
    assert differing(TERMS, other) == differing(other, TERMS)


def test_a_revision_sets_what_it_names_and_leaves_the_rest():
    assert revised(TERMS, Terms(compensation=RAISED.compensation)) == RAISED
    assert revised(NOTHING_AGREED, TERMS) == TERMS
    assert revised(TERMS, NOTHING_AGREED, tuple(ClauseId)) == NOTHING_AGREED
