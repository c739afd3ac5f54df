"""A draft and its revisions."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.contract import Route, State
from contracts.formation import Draft, Revise, Revised, SignaturesVoided
from contracts.formation_rules import (
    AnotherActive,
    NotAdmitted,
    NotLicensed,
    PreliminaryOver,
    TooYoung,
    UnknownParty,
)
from contracts.offer_rules import OfferBound
from contracts.parties import Licence
from contracts.terms import (
    NOTHING_AGREED,
    ClauseId,
    Compensation,
    Hiring,
    HiringKind,
    PayKind,
    Standing,
    Status,
    Subject,
    Terms,
)
from tests.examples import (
    C1,
    COLLEGE,
    CONSENTED,
    E1,
    ENDS_ON,
    ENTERPRISE,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    MEMORANDUM,
    OFFERED_ON,
    PRELIMINARY,
    REPRESENTATIVE,
    S1,
    S5,
    SIGN_BY,
    STARTS_ON,
    STUDENT,
    TERMS,
    an_id,
    around,
    asked,
    drafted,
    held,
    refused,
    signature,
    state,
    student,
    when,
)

DRAFT = Draft(S1.id, C1.bin, E1.bin, Route.ENTERPRISE_FIRST, TERMS, MEMORANDUM.id)
RAISED = Terms(compensation=Compensation(PayKind.COMPENSATION, 9_550_000))
REVISED_ON = date(2026, 8, 19)


def born(day):
    return student(29, "000000000000", "Somebody Demo", day)


def test_a_draft_gets_the_next_number_of_its_region_and_year():
    assert when(DRAFT, asked(ENTERPRISE)) == K1_DRAFT
    [next_one] = when(DRAFT, asked(ENTERPRISE, facts=around(numbers_given=41)))
    assert next_one.number == "75-2026-000042"


def test_a_draft_is_of_a_minor_up_to_the_day_before_the_18th_birthday():
    wish = replace(DRAFT, student=S5.id, route=Route.COLLEGE_FIRST)
    [before] = when(wish, asked(COLLEGE, date(2026, 7, 5), around(S5)))
    [after] = when(wish, asked(COLLEGE, date(2026, 7, 6), around(S5)))
    assert (before.minor, after.minor) == (True, False)


def test_draft_again_changes_nothing():
    assert when(DRAFT, asked(ENTERPRISE), given=K1_DRAFT) == []


def test_an_enterprise_that_comes_first_waits_for_the_admission():
    assert refused(DRAFT, asked(ENTERPRISE, date(2026, 8, 6))) == [NotAdmitted(C1.bin)]
    assert when(DRAFT, asked(ENTERPRISE, date(2026, 8, 7)))


def test_a_college_that_comes_first_admits_later():
    wish = replace(DRAFT, route=Route.COLLEGE_FIRST)
    assert when(wish, asked(COLLEGE, date(2026, 8, 6)))


@pytest.mark.parametrize("part", ["student", "college", "enterprise", "memorandum"])
def test_every_part_named_in_a_draft_is_there(part):
    assert refused(DRAFT, asked(ENTERPRISE, facts=around(**{part: None}))) == [UnknownParty((part,))]


def test_everybody_unknown_is_named_at_once():
    nobody = around(None, college=None)
    assert refused(DRAFT, asked(ENTERPRISE, facts=nobody)) == [UnknownParty(("student", "college"))]


def test_a_college_is_a_college_and_an_enterprise_an_enterprise():
    swapped = around(college=E1, enterprise=C1)
    wish = replace(DRAFT, route=Route.COLLEGE_FIRST, terms=NOTHING_AGREED)
    assert refused(wish, asked(facts=swapped)) == [UnknownParty(("college", "enterprise"))]


def test_a_preliminary_contract_binds_those_who_made_it():
    wish = replace(DRAFT, preliminary=PRELIMINARY.id)
    assert when(wish, asked(ENTERPRISE, facts=around(preliminary=PRELIMINARY)))
    others = around(preliminary=replace(PRELIMINARY, student=an_id(29)))
    assert refused(wish, asked(ENTERPRISE, facts=others)) == [UnknownParty(("preliminary",))]


def test_a_preliminary_contract_binds_to_its_day():
    wish, facts = replace(DRAFT, preliminary=PRELIMINARY.id), around(preliminary=PRELIMINARY)
    assert when(wish, asked(ENTERPRISE, date(2027, 8, 3), facts))
    late = refused(wish, asked(ENTERPRISE, date(2027, 8, 4), facts))
    assert late == [PreliminaryOver(date(2027, 8, 3))]


def test_nobody_under_14_on_the_first_day_is_drafted():
    assert when(DRAFT, asked(ENTERPRISE, facts=around(born(date(2012, 9, 1)))))
    young = around(born(date(2012, 9, 2)))
    assert refused(DRAFT, asked(ENTERPRISE, facts=young)) == [TooYoung(13, 14)]


def test_without_a_term_the_age_of_today_counts():
    wish = replace(DRAFT, terms=NOTHING_AGREED)
    young = around(born(date(2012, 9, 1)))
    assert refused(wish, asked(ENTERPRISE, facts=young)) == [TooYoung(13, 14)]


def test_an_employee_is_16_on_the_first_day():
    wish = replace(DRAFT, terms=replace(TERMS, standing=Standing(Status.EMPLOYEE, "12")))
    assert when(wish, asked(ENTERPRISE, facts=around(born(date(2010, 9, 1)))))
    young = around(born(date(2010, 9, 2)))
    assert refused(wish, asked(ENTERPRISE, facts=young)) == [TooYoung(15, 16)]


@pytest.mark.parametrize(
    "licence",
    [None, Licence("1", ("07150600",)), Licence("1", ("07130700",), until=date(2026, 8, 9))],
    ids=["none", "another specialty", "over"],
)
def test_a_college_has_the_licence_for_the_specialty(licence):
    facts = around(college=replace(C1, licence=licence))
    assert refused(DRAFT, asked(ENTERPRISE, facts=facts)) == [NotLicensed("07130700")]


def test_a_licence_holds_up_to_the_day_before_its_end():
    facts = around(college=replace(C1, licence=Licence("1", ("07130700",), until=date(2026, 8, 10))))
    assert when(DRAFT, asked(ENTERPRISE, facts=facts))


def test_a_student_has_one_contract_at_a_time():
    until = date(2027, 12, 31)
    facts = around(holds=held("student", str(S1.id), (ENDS_ON, until)))
    assert refused(DRAFT, asked(ENTERPRISE, facts=facts)) == [AnotherActive(ENDS_ON, until)]
    facts = around(holds=held("student", str(S1.id), (date(2027, 7, 1), until)))
    assert when(DRAFT, asked(ENTERPRISE, facts=facts))


def test_a_revision_holds_what_changes():
    assert when(Revise(RAISED), asked(ENTERPRISE), given=K1_DRAFT) == [Revised(ENTERPRISE, RAISED)]
    revised = state([*K1_DRAFT, Revised(ENTERPRISE, RAISED)])
    assert revised.terms == replace(TERMS, compensation=RAISED.compensation)


def test_a_revision_that_changes_nothing_is_none():
    assert when(Revise(TERMS), asked(ENTERPRISE), given=K1_DRAFT) == []
    assert when(Revise(remove=(ClauseId.WORK_OFF,)), asked(ENTERPRISE), given=K1_DRAFT) == []


def test_a_clause_that_is_removed_stands_empty_whatever_is_set():
    [revised] = when(Revise(RAISED, (ClauseId.COMPENSATION,)), asked(ENTERPRISE), given=K1_DRAFT)
    assert state([*K1_DRAFT, revised]).terms.compensation is None


def test_a_revision_of_what_is_out_for_signing_voids_the_signatures():
    given = [*K1_OUT, signature(ENTERPRISE, 1), signature(STUDENT, 2)]
    events = when(Revise(RAISED), asked(ENTERPRISE, REVISED_ON), given)
    assert events == [Revised(ENTERPRISE, RAISED), SignaturesVoided((ENTERPRISE, STUDENT))]
    after = state([*given, *events])
    assert (after.state, after.signatures, after.consents) == (State.DRAFT, (), ())


def test_a_revision_voids_a_consent_too():
    events = when(Revise(RAISED), asked(COLLEGE, REVISED_ON), given=[*K1_OUT, CONSENTED])
    assert events == [Revised(COLLEGE, RAISED), SignaturesVoided((REPRESENTATIVE,))]


def test_a_revision_before_anybody_signed_voids_nothing():
    assert when(Revise(RAISED), asked(ENTERPRISE, OFFERED_ON), given=K1_OUT) == [Revised(ENTERPRISE, RAISED)]


@pytest.mark.parametrize(
    ("worse", "clause"),
    [
        (Terms(compensation=Compensation(PayKind.COMPENSATION, 9_499_999)), "C-COMPENSATION"),
        (Terms(hiring=Hiring(HiringKind.NONE)), "C-HIRING"),
        (Terms(reimbursement=replace(TERMS.reimbursement, cap=10_000_001)), "C-REIMBURSE"),
    ],
)
def test_what_the_student_has_accepted_in_his_favour_is_not_taken_back(worse, clause):
    occasion = asked(ENTERPRISE, REVISED_ON)
    signed = [*K1_OUT, signature(STUDENT, 1)]
    assert refused(Revise(worse), occasion, signed) == [OfferBound((clause,), SIGN_BY)]
    assert when(Revise(worse), occasion, given=[*K1_OUT, signature(ENTERPRISE, 1)])


def test_a_removed_clause_is_taken_back_too():
    signed = [*K1_OUT, signature(STUDENT, 1)]
    wish = Revise(remove=(ClauseId.COMPENSATION, ClauseId.HIRING))
    bound = OfferBound((ClauseId.COMPENSATION, ClauseId.HIRING), SIGN_BY)
    assert refused(wish, asked(ENTERPRISE, REVISED_ON), signed) == [bound]


def test_what_is_concluded_is_not_revised():
    [refusal] = refused(Revise(RAISED), asked(ENTERPRISE), given=K1_SIGNED)
    assert (refusal.state, refusal.last_day) == (State.SIGNED, ENDS_ON)
    assert State.DRAFT in refusal.needs


def test_a_draft_takes_its_period_from_its_term():
    earlier = drafted(S1, "75-2026-000001", True, Terms(subject=Subject("07130700", "4S07130704")))
    assert state([earlier]).last_day is None
    assert state(K1_DRAFT).last_day == ENDS_ON
    assert state(K1_DRAFT).terms.term.starts_on == STARTS_ON
