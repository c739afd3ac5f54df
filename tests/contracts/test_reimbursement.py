"""Money is claimed: what a clause and the law allow, in proportion, within the cap, in shares."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.account import About
from contracts.claim_rules import ClaimOpenedHere, MinorAlone
from contracts.contract import State
from contracts.contract_rules import WrongState
from contracts.costs import Cost, Item
from contracts.decision import DAY, On
from contracts.dossier import End
from contracts.formation_rules import UnknownParty
from contracts.law import load
from contracts.reimbursement import ApproveReimbursement, OpenClaim, Owed, Share
from contracts.reimbursement_rules import (
    AgreedWithoutRepresentative,
    BudgetMoney,
    ClaimedAlready,
    DueTooEarly,
    NoClause,
    NoProof,
    NotAtFault,
    OverCap,
    OwnCost,
    TooLate,
)
from contracts.signing import ConsentGiven
from contracts.steps import Step
from contracts.terms import ClauseId, CostItem, Debtor, Funding, Proportion, WorkOff
from tests.contracts.claims import (
    ANSWER_BY,
    BY_MONTHS,
    CLAIM,
    COURSE,
    DUE_BY,
    EMPLOYED,
    EMPTY,
    END_ON,
    LISTED,
    MATERIALS,
    OF_S5,
    OPEN,
    OPENED_ON,
    SIXTY_FORTY,
    by,
    claim,
    ended,
    opened,
)
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    G1,
    K1_ACTIVE,
    K5,
    K5_ACTIVE,
    REPRESENTATIVE,
    S1,
    S5,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)


def in_the_way(wish=OPEN, role=ENTERPRISE, on=OPENED_ON, given=None, **more):
    return refused(wish, by(role, on, given, **more), EMPTY)


def steps(event):
    return {step.name: step.value for step in event.steps}


def test_a_claim_says_its_sum_its_shares_and_its_days():
    event, here = when(OPEN, by(), EMPTY)
    assert (event.amount, event.debts) == (10_000_000, (Owed(STUDENT, 6_000_000), Owed(COLLEGE, 4_000_000)))
    assert (event.creditor, event.about, event.number) == (ENTERPRISE, About.COSTS, "75-2026-000004")
    assert (event.opened_on, event.answer_by, event.due_by) == (OPENED_ON, ANSWER_BY, DUE_BY)
    assert (event.late_on, event.rounding) == (date(2029, 12, 28), "money.rounding")
    keys = ("external_course:invoice 114", "materials_consumed_in_training:act 7")
    assert here == On(K5, ClaimOpenedHere(CLAIM, About.COSTS, ENTERPRISE, 10_000_000, keys))


def test_every_line_of_the_computation_is_said():
    assert steps(opened()) == {
        "external_course": 15_000_000,
        "materials_consumed_in_training": 4_000_000,
        "eligible": 19_000_000,
        "agreed-months": 10,
        "worked-months": 4,
        "unworked-months": 6,
        "in-proportion": 11_400_000,
        "cap-left": 10_000_000,
        "over-cap": 1_400_000,
        "claimed": 10_000_000,
        "share-student": 6_000_000,
        "share-college": 4_000_000,
    }


def test_it_stands_in_the_contract_too():
    _, here = when(OPEN, by(), EMPTY)
    contract = state([*ended(), here.event], id_=K5)
    [made] = contract.account.open_claims
    assert (made.id, made.creditor, made.amount) == (CLAIM, ENTERPRISE, 10_000_000)


def test_by_calendar_days_where_the_clause_says_so():
    by_days = replace(LISTED, reimbursement=replace(BY_MONTHS, proportion=Proportion.CALENDAR_DAYS))
    event = opened(OF_S5, given=ended(by_days))
    assert (steps(event)["agreed-days"], steps(event)["worked-days"]) == (303, 150)
    assert event.amount == 19_000_000 * 153 // 303


def test_what_the_law_leaves_with_the_employer_is_refused_item_by_item():
    others = (
        Item(Cost.COMPENSATION, 35_000_000, "1"),
        Item(Cost.PROTECTIVE_CLOTHING, 4_500_000, "2"),
        Item(Cost.MEDICAL_EXAMINATION, 1_500_000, "3"),
        Item(Cost.MENTOR, 6_000_000, "4"),
        Item(Cost.SAFETY_BRIEFING, 800_000, "5"),
    )
    assert in_the_way(replace(OPEN, items=(COURSE, MATERIALS, *others))) == [
        OwnCost(Cost.COMPENSATION, 35_000_000, "cost.compensation-paid", "LC 119"),
        OwnCost(Cost.PROTECTIVE_CLOTHING, 4_500_000, "cost.protective-clothing", "LC 182"),
        OwnCost(Cost.MEDICAL_EXAMINATION, 1_500_000, "cost.medical-examination", "LC 182"),
        OwnCost(Cost.MENTOR, 6_000_000, "cost.mentor-allowance", "policy pack kz"),
        OwnCost(Cost.SAFETY_BRIEFING, 800_000, "cost.safety-briefing", "LC 182"),
    ]


@pytest.mark.parametrize("kind", Cost)
@pytest.mark.parametrize("pack", ["kz", "journey-1"])
def test_the_law_knows_every_cost(kind, pack):
    rule = load(pack).rule(f"cost.{kind.replace('_', '-')}", OPENED_ON)
    assert rule.value["claimable"] == ("yes" if kind.value in {*CostItem} else "no")


def test_money_of_the_budget_is_not_asked_for_here():
    budget = Item(Cost.STATE_ORDER_PRICE, 40_000_000, "order 3")
    assert in_the_way(replace(OPEN, items=(budget,)))[0] == BudgetMoney(40_000_000)
    of_college = in_the_way(OPEN, COLLEGE)
    assert BudgetMoney(19_000_000) in of_college
    paid = ended(replace(LISTED, funding=Funding.PAID))
    assert not [r for r in in_the_way(OPEN, COLLEGE, given=paid) if isinstance(r, BudgetMoney)]


def test_only_what_the_contract_lists():
    bare = ended(replace(LISTED, reimbursement=None))
    assert in_the_way(given=bare) == [NoClause(ClauseId.REIMBURSE)]
    travel = Item(Cost.TRAVEL, 100, "ticket")
    assert in_the_way(replace(OPEN, items=(COURSE, travel))) == [NoClause(ClauseId.REIMBURSE, Cost.TRAVEL)]
    student_only = ended(replace(LISTED, reimbursement=replace(BY_MONTHS, debtors=(Debtor.STUDENT,))))
    assert in_the_way(given=student_only) == [NoClause(ClauseId.REIMBURSE, debtor=COLLEGE)]
    assert opened(OF_S5, given=student_only).amount == 10_000_000


def test_every_cost_has_a_document_and_a_sum():
    assert in_the_way(replace(OPEN, items=(replace(COURSE, document="  "), MATERIALS))) == [
        NoProof(Cost.EXTERNAL_COURSE, 15_000_000)
    ]
    assert NoProof(Cost.MATERIALS, 0) in in_the_way(replace(OPEN, items=(replace(MATERIALS, amount=0),)))


def test_a_cost_is_claimed_once():
    twice = replace(OPEN, items=(COURSE, replace(COURSE, document="Invoice  114")))
    assert in_the_way(twice) == [ClaimedAlready(Cost.EXTERNAL_COURSE, 15_000_000)] * 2
    small = replace(OF_S5, items=(MATERIALS,))
    _, here = when(small, by(), EMPTY)
    claimed = [*ended(), here.event]
    assert in_the_way(small, given=claimed) == [ClaimedAlready(Cost.MATERIALS, 4_000_000)]
    rest = replace(OF_S5, items=(COURSE,))
    assert opened(rest, given=claimed).amount == 7_600_000, "2400000 of the cap were taken before"


def test_no_more_than_in_proportion_and_within_the_cap():
    assert opened(replace(OPEN, amount=10_000_000)).amount == 10_000_000
    less = opened(replace(OPEN, amount=9_999_999))
    assert (less.amount, steps(less)["asked-less"]) == (9_999_999, 9_999_999)
    assert in_the_way(replace(OPEN, amount=10_000_001)) == [OverCap(10_000_001, 10_000_000, 10_000_000)]
    _, here = when(OPEN, by(), EMPTY)
    more = replace(OPEN, items=(replace(COURSE, document="invoice 200"),))
    assert in_the_way(more, given=[*ended(), here.event]) == [OverCap(15_000_000, 0, 0)]


def test_limitation_ends_three_years_after_the_end_was_known():
    last = date(2029, 12, 28)
    assert opened(on=last)
    assert in_the_way(on=last + DAY) == [TooLate(date(2026, 12, 28), last, last + DAY)]


def test_of_an_employee_after_one_year():
    last = date(2027, 12, 28)
    assert opened(on=last, given=ended(EMPLOYED)).late_on == last
    assert in_the_way(on=last + DAY, given=ended(EMPLOYED)) == [TooLate(date(2026, 12, 28), last, last + DAY)]


def test_nobody_answers_without_fault():
    ill = ended(ground="health")
    assert in_the_way(given=ill) == [
        NotAtFault(STUDENT, "health", "nobody"),
        NotAtFault(COLLEGE, "health", "nobody"),
    ]
    colleges = ended(ground="breach-by-college")
    assert in_the_way(given=colleges) == [NotAtFault(STUDENT, "breach-by-college", "college")]
    assert opened(replace(OPEN, debtors=(Share(COLLEGE),)), given=colleges)
    own = ended(ground="breach-by-enterprise")
    assert NotAtFault(COLLEGE, "breach-by-enterprise", "enterprise") in in_the_way(given=own)


def test_a_contract_that_goes_on_is_claimed_nothing_from():
    assert in_the_way(given=K5_ACTIVE) == [
        WrongState(State.ACTIVE, (State.COMPLETED, State.ENDED), date(2027, 6, 30))
    ]
    running = ended()[:-1]
    assert isinstance(in_the_way(given=running, on=END_ON)[0], WrongState)
    assert opened(on=END_ON + DAY, given=running), "the timer that writes the end may be late"


def test_a_contract_that_is_not_there():
    assert refused(OPEN, asked(ENTERPRISE, OPENED_ON, around(S5)), EMPTY) == [UnknownParty(("contract",))]


@pytest.mark.parametrize("debtors", [(), (Share(STUDENT), Share(STUDENT)), (Share(STUDENT, 0),)])
def test_debtors_have_shares(debtors):
    assert in_the_way(replace(OPEN, debtors=debtors)) == [UnknownParty(("debtor",))]


def test_the_student_bears_less_of_an_odd_tiyn():
    odd = opened(replace(OPEN, amount=9_999_999, debtors=(Share(STUDENT, 1), Share(COLLEGE, 2))))
    assert odd.debts == (Owed(STUDENT, 3_333_333), Owed(COLLEGE, 6_666_666))
    odd = opened(replace(OPEN, amount=9_999_998, debtors=(Share(COLLEGE, 2), Share(STUDENT, 1))))
    assert odd.debts == (Owed(COLLEGE, 6_666_666), Owed(STUDENT, 3_333_332))


def test_the_debtor_has_the_days_of_the_law():
    assert opened(replace(OPEN, due_by=DUE_BY)).due_by == DUE_BY
    later = date(2027, 4, 1)
    assert opened(replace(OPEN, due_by=later)).due_by == later
    assert in_the_way(replace(OPEN, due_by=DUE_BY - DAY)) == [DueTooEarly(DUE_BY - DAY, DUE_BY)]


# After completion


def completed(months):
    terms = replace(LISTED, work_off=WorkOff(months) if months else None)
    contract = state(ended(terms)[:-2], id_=K5)
    return replace(contract, state=State.COMPLETED)


def test_the_work_off_counts_after_completion():
    wish = replace(OF_S5, left_on=date(2027, 12, 31))
    occasion = asked(ENTERPRISE, date(2028, 1, 10), around(S5, contract=completed(12)))
    event = when(wish, occasion, EMPTY)[0]
    assert (steps(event)["agreed-months"], steps(event)["worked-months"]) == (12, 6)
    assert steps(event)["in-proportion"] == 9_500_000
    done = replace(wish, left_on=date(2028, 6, 30))
    later = asked(ENTERPRISE, date(2028, 7, 10), around(S5, contract=completed(12)))
    assert refused(done, later, EMPTY) == [OverCap(19_000_000, 0, 10_000_000)]


def test_without_a_work_off_nothing_is_owed_after_completion():
    occasion = asked(ENTERPRISE, date(2028, 1, 10), around(S5, contract=completed(0)))
    assert refused(OF_S5, occasion, EMPTY) == [NoClause(ClauseId.WORK_OFF)]


# A clause that a minor agreed to


def minors(*more):
    without = [event for event in K1_ACTIVE if not isinstance(event, ConsentGiven)]
    contract = state([*without, *more], id_=K5)
    contract = replace(contract, terms=LISTED, agreed=(replace(contract.agreed[0], terms=LISTED),))
    end = End(STUDENT, "own-wish", date(2026, 12, 28), date(2026, 12, 28))
    return replace(contract, state=State.ENDED, end_on=END_ON, end=end)


def of_s1(role, contract, on=OPENED_ON):
    return asked(role, on, around(S1, contract=contract))


def test_a_minor_s_clause_needs_a_representative_and_the_cure_lifts_it():
    missing = AgreedWithoutRepresentative(date(2026, 8, 24), date(2028, 3, 15))
    assert refused(OPEN, of_s1(ENTERPRISE, minors()), EMPTY) == [missing]
    assert when(replace(OPEN, debtors=(Share(COLLEGE),)), of_s1(ENTERPRISE, minors()), EMPTY)
    [approved] = when(ApproveReimbursement(), of_s1(REPRESENTATIVE, minors()), minors())
    assert approved.person == G1.id
    assert when(OPEN, of_s1(ENTERPRISE, minors(approved)), EMPTY)
    assert when(ApproveReimbursement(), of_s1(REPRESENTATIVE, minors()), minors(approved)) == []


def test_a_student_approves_alone_from_the_18th_birthday():
    assert refused(ApproveReimbursement(), of_s1(STUDENT, minors()), minors()) == [MinorAlone(10_000_000, 0)]
    grown = of_s1(STUDENT, minors(), on=date(2028, 3, 15))
    [approved] = when(ApproveReimbursement(), grown, minors())
    assert approved.person == S1.id


def test_there_must_be_a_clause_to_approve():
    bare = replace(minors(), terms=replace(LISTED, reimbursement=None))
    assert refused(ApproveReimbursement(), of_s1(REPRESENTATIVE, bare), bare) == [
        NoClause(ClauseId.REIMBURSE)
    ]


def test_a_claim_is_opened_once():
    assert when(OPEN, by(), claim()) == []
    assert OpenClaim(K5, SIXTY_FORTY).items == ()
    assert Step("claimed", 10_000_000, "tiyn") in opened().steps
