"""While a claim is disputed nothing is collected and no interest runs; what is decided of it is done."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from contracts.appeal import Appeal, Appealed, CloseDispute, RecordCourt
from contracts.claim import Answer
from contracts.claim_rules import ClaimContested
from contracts.complaint import Complain
from contracts.contract_rules import Frozen
from contracts.decision import DAY, On
from contracts.dispute import Asked, Finding, Portion, Verdict
from contracts.dispute_marks import DisputeOpenedHere
from contracts.dispute_on_claim import (
    ClaimDisputed,
    ClaimDivided,
    ClaimUndisputed,
    DivisionResumed,
    DivisionSuspended,
    Moved,
    given_back,
    in_portions,
)
from contracts.dispute_rules import PointMissing
from contracts.formation_rules import UnknownParty
from contracts.late_interest import PenaltyAccrued
from contracts.ledger import agrees, out_of_balance, rows
from contracts.points import Matter, Point
from contracts.reimbursement_interest import AccruePenalty
from contracts.reimbursement_pay import DeductFromPay, SetOff
from contracts.reimbursement_payment import AddExpenses, PostPayment
from contracts.ruling import Decide
from contracts.settlement import Settle, SettlementProposed
from contracts.two_clocks import Entry
from tests.contracts.claims import CLAIM, OPEN, by, claim, ended, facts, opened
from tests.contracts.quarrel import (
    CHAIR,
    DISPUTE,
    IN_COMMISSION,
    OPENED,
    REVIEWER,
    at,
    dispute,
)
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    FRESH,
    K5,
    LAW,
    S5,
    STUDENT,
    T1,
    asked,
    refused,
    state,
    when,
)

SHARE, ON = Point(Matter.SHARE), date(2027, 3, 10)
DECIDED_ON, COURT_ON = date(2027, 5, 12), date(2027, 6, 10)
THIRTY_SEVENTY = (Portion(STUDENT, 30), Portion(COLLEGE, 70))
MADE = [each.event for each in when(OPEN, by(), state([], "claim", CLAIM)) if isinstance(each, On)]
WITH_CLAIM = [*ended(), *(replace(event, claim=CLAIM) for event in MADE)]
HERE = DisputeOpenedHere(DISPUTE, STUDENT, (SHARE,), ON, date(2027, 3, 25), CLAIM)
DISPUTED = claim(ClaimDisputed(DISPUTE))
COMPLAIN = Complain(K5, ENTERPRISE, (SHARE,), "my share is too large", date(2027, 3, 1), CLAIM)
ABOUT_CLAIM = replace(OPENED, points=(SHARE,), debtors=(COLLEGE, STUDENT), claim=CLAIM)
SITTING = [ABOUT_CLAIM, *IN_COMMISSION[1:]]
DECIDE = Decide((Finding.UPHELD,), ("the college is at fault too",), THIRTY_SEVENTY)


def around_claim(found=None, contract=None):
    return facts(contract or WITH_CLAIM, claim=found or claim())


def of_claim(decision):
    return [each.event for each in decision if isinstance(each, On) and each.stream_id == CLAIM]


def decided(found=None):
    occasion = at(REVIEWER, DECIDED_ON, facts=around_claim(found or DISPUTED), who=CHAIR.id)
    return when(DECIDE, occasion, dispute(*SITTING))


def ruled():
    [made, *_] = decided()
    return [*SITTING, made]


def after(found, *events):
    for event in events:
        found = event.evolve(found)
    return found


def test_a_complaint_about_shares_contests_the_claim_and_freezes_it():
    found = when(COMPLAIN, at(STUDENT, ON, facts=around_claim()))
    assert of_claim(found) == [ClaimContested(STUDENT, 6_000_000), ClaimDisputed(FRESH)]
    assert found[0].debtors == (COLLEGE, STUDENT)
    claimed = after(claim(), *of_claim(found))
    assert (claimed.debt(STUDENT).answer, claimed.disputes) == (Answer.CONTESTED, {FRESH})


def test_a_claim_that_is_not_there_or_an_item_that_is_not_claimed_is_not_disputed():
    nothing = at(STUDENT, ON, facts=facts(ended()))
    assert refused(COMPLAIN, nothing) == [PointMissing((1,)), UnknownParty(("claim",))]
    items = state(WITH_CLAIM).account.claims[0].items
    wish = replace(COMPLAIN, points=(Point(Matter.ITEM, item=items[0]), Point(Matter.ITEM, item="x")))
    assert refused(wish, at(STUDENT, ON, facts=around_claim())) == [PointMissing((2,))]


def test_a_college_that_is_a_debtor_contests_as_such_and_a_stranger_to_the_claim_does_not():
    of_college = when(replace(COMPLAIN, against=ENTERPRISE), at(COLLEGE, ON, facts=around_claim()))
    assert ClaimContested(COLLEGE, 4_000_000) in of_claim(of_college)
    creditor = when(replace(COMPLAIN, against=STUDENT), at(ENTERPRISE, ON, facts=around_claim()))
    assert not [each for each in of_claim(creditor) if isinstance(each, ClaimContested)]


@pytest.mark.parametrize(
    "wish", [DeductFromPay("2027-01", 100), AddExpenses(100, "12", STUDENT)], ids=lambda wish: wish.type
)
def test_nothing_is_collected_while_it_is_disputed(wish):
    held = [*WITH_CLAIM, HERE]
    occasion = asked(ENTERPRISE, ON, around_claim(DISPUTED, held))
    assert refused(wish, occasion, DISPUTED) == [Frozen(DISPUTE, (SHARE,), ON, date(2027, 3, 25))]


def test_a_creditor_sets_nothing_off_meanwhile():
    occasion = asked(ENTERPRISE, ON, around_claim(DISPUTED, [*WITH_CLAIM, HERE]))
    assert Frozen(DISPUTE, (SHARE,), ON, date(2027, 3, 25)) in refused(SetOff("2027-01"), occasion, DISPUTED)
    own = asked(STUDENT, ON, around_claim(DISPUTED, [*WITH_CLAIM, HERE]), person=S5.id)
    assert when(SetOff("2027-01"), own, DISPUTED)


def test_who_wants_to_pays():
    occasion = asked(ENTERPRISE, ON, around_claim(DISPUTED, [*WITH_CLAIM, HERE]))
    assert when(PostPayment(100, ON, debtor=STUDENT), occasion, DISPUTED)


def test_the_days_of_a_dispute_bear_no_interest():
    [*accrued] = when(AccruePenalty(), asked(DEADLINE, date(2027, 4, 1), around_claim(DISPUTED)), DISPUTED)
    assert accrued
    assert {(each.amount, each.reason) for each in accrued} == {(0, "dispute")}


def test_what_is_decided_is_carried_out_on_the_claim():
    found = decided()
    assert found[0].before == (Asked(STUDENT, 6_000_000), Asked(COLLEGE, 4_000_000))
    [moved] = of_claim(found)
    assert moved == ClaimDivided(
        DISPUTE,
        DECIDED_ON,
        (
            Moved(STUDENT, 6_000_000, 3_000_000, -3_000_000, 0),
            Moved(COLLEGE, 4_000_000, 7_000_000, 3_000_000, 0),
        ),
    )
    assert moved.effective_on == DECIDED_ON
    claimed = after(DISPUTED, moved)
    assert {debt.debtor: debt.principal for debt in claimed.debts} == {STUDENT: 3_000_000, COLLEGE: 7_000_000}
    assert claimed.sum == claimed.owed == 10_000_000


def test_an_appeal_suspends_it_and_a_court_that_leaves_it_lets_it_hold():
    appeal = when(Appeal(), at(COLLEGE, DECIDED_ON, facts=around_claim(DISPUTED)), dispute(*ruled()))
    assert of_claim(appeal) == [DivisionSuspended(DISPUTE)]
    given = dispute(*ruled(), Appealed(COLLEGE, DECIDED_ON))
    suspended = after(DISPUTED, *of_claim(decided()), DivisionSuspended(DISPUTE))
    assert suspended.suspended
    record = RecordCourt("court", "2-114/2027", Verdict.DISMISSED, COURT_ON)
    found = of_claim(when(record, at(COLLEGE, COURT_ON, facts=around_claim(suspended)), given))
    assert found[0] == DivisionResumed(DISPUTE, DECIDED_ON)
    assert found[0].effective_on == DECIDED_ON
    assert found[-1] == ClaimUndisputed(DISPUTE)
    free = [each for each in found if isinstance(each, PenaltyAccrued)]
    assert {(each.amount, each.reason, each.to_on) for each in free} == {(0, "dispute", COURT_ON)}
    end = after(suspended, *found)
    assert (end.suspended, end.disputes) == (False, frozenset())
    assert {debt.counted_to for debt in end.debts} == {COURT_ON}
    on = COURT_ON + 2 * DAY
    [later, *_] = when(AccruePenalty(), asked(DEADLINE, on, around_claim(end)), end)
    assert (later.from_on, later.amount > 0) == (COURT_ON + DAY, True)


def test_a_court_takes_a_division_back_or_sets_its_own():
    given = dispute(*ruled(), Appealed(COLLEGE, DECIDED_ON))
    suspended = after(DISPUTED, *of_claim(decided()), DivisionSuspended(DISPUTE))
    occasion = at(COLLEGE, COURT_ON, facts=around_claim(suspended))
    record = RecordCourt("court", "2-114/2027", Verdict.GRANTED, COURT_ON)
    back = after(suspended, *of_claim(when(record, occasion, given)))
    assert {debt.debtor: debt.asked for debt in back.debts} == {STUDENT: 6_000_000, COLLEGE: 4_000_000}
    own = replace(record, verdict=Verdict.CHANGED, shares=(Portion(STUDENT, 0), Portion(COLLEGE, 50)))
    changed = after(suspended, *of_claim(when(own, occasion, given)))
    assert {debt.debtor: debt.principal for debt in changed.debts} == {STUDENT: 0, COLLEGE: 5_000_000}
    assert not changed.suspended


def test_what_is_settled_is_carried_out_too():
    given = dispute(
        ABOUT_CLAIM,
        *IN_COMMISSION[1:2],
        SettlementProposed(ENTERPRISE, "f" * 64, T1, (Portion(STUDENT, 0), Portion(COLLEGE, 100))),
    )
    given = replace(given, settlement=replace(given.settlement, agreed=frozenset({ENTERPRISE, COLLEGE})))
    found = of_claim(when(Settle(T1), at(STUDENT, ON, facts=around_claim(DISPUTED)), given))
    assert after(DISPUTED, *found).debt(COLLEGE).principal == 10_000_000
    assert after(DISPUTED, *found).disputes == frozenset()


def test_what_is_final_frees_the_claim():
    given = dispute(*ruled())
    on = given.appeal_by + DAY
    found = of_claim(when(CloseDispute(), at(DEADLINE, on, facts=around_claim(DISPUTED)), given))
    assert found[-1] == ClaimUndisputed(DISPUTE)


def test_what_was_paid_beyond_the_new_share_was_paid_too_much():
    paid = when(PostPayment(5_000_000, ON, debtor=STUDENT), by(ENTERPRISE, ON), DISPUTED)
    before = after(DISPUTED, *(each for each in paid if not isinstance(each, On)))
    [moved] = in_portions(before, DISPUTE, THIRTY_SEVENTY, DECIDED_ON)
    of_student = next(each for each in moved.moves if each.debtor is STUDENT)
    assert of_student == Moved(STUDENT, 6_000_000, 3_000_000, -1_000_000, 2_000_000)
    claimed = moved.evolve(before)
    assert (claimed.debt(STUDENT).principal, claimed.debt(STUDENT).overpaid) == (0, 2_000_000)
    [back] = given_back(claimed, DISPUTE, [(STUDENT, 6_000_000), (COLLEGE, 4_000_000)], COURT_ON)
    again = back.evolve(claimed)
    assert (again.debt(STUDENT).principal, again.debt(STUDENT).overpaid) == (1_000_000, 0)


PERCENTS = st.integers(0, 100).flatmap(lambda one: st.tuples(st.just(one), st.integers(0, 100 - one)))


@every(st.integers(0, 6_000_000), st.lists(PERCENTS, min_size=1, max_size=4))
def test_however_it_is_divided_the_ledger_balances_and_nobody_owes_more_than_the_whole(paid, divisions):
    payment = when(PostPayment(paid, ON, debtor=STUDENT), by(ENTERPRISE, ON), DISPUTED) if paid else []
    events = [opened(), ClaimDisputed(DISPUTE), *(e for e in payment if not isinstance(e, On))]
    found = state(events, "claim", CLAIM)
    for student, college in divisions:
        more = in_portions(found, DISPUTE, (Portion(STUDENT, student), Portion(COLLEGE, college)), DECIDED_ON)
        events += more
        found = after(found, *more)
        asked_for = sum(debt.asked for debt in found.debts)
        assert asked_for == found.sum * (student + college) // 100
        assert found.debt(STUDENT).asked <= found.sum * student / 100 or not college
        assert all(debt.principal >= 0 and debt.overpaid >= 0 for debt in found.debts)
    entries = [
        Entry(n, event, event.effective_on, LAW.start_of(DECIDED_ON)) for n, event in enumerate(events, 1)
    ]
    ledger = rows(entries, LAW)
    assert out_of_balance(ledger) == []
    assert agrees(found, ledger)
