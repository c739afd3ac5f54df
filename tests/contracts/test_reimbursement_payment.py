"""Payments: what they settle, what interest has come up by their day, what is taken back."""

from dataclasses import replace
from datetime import date

from contracts.ahead import outlook, timers
from contracts.claim import Parts
from contracts.claim_rules import ClaimReopenedHere, MoreThanOwed, NotSoFarBack
from contracts.consequences import Task, Timer
from contracts.contract_rules import NotYet
from contracts.decision import DAY, On
from contracts.formation_rules import UnknownParty
from contracts.late_interest import PenaltyAccrued, PenaltyTakenBack
from contracts.reimbursement_end import ClaimClosed
from contracts.reimbursement_interest import AccruePenalty
from contracts.reimbursement_payment import (
    AddExpenses,
    ExpensesAdded,
    OverpaymentReturned,
    PaymentPosted,
    PostPayment,
    ReturnOverpayment,
    ReversedAlready,
    ReversePayment,
)
from tests.contracts.claims import DUE_BY, OF_S5, OPENED_ON, by, claim
from tests.examples import COLLEGE, DEADLINE, ENTERPRISE, FRESH, K5, LAW, STUDENT, refused, when

ON = date(2027, 3, 5)
OWED = claim(wish=OF_S5)
"""10000000, due on 2027-03-09."""
LATE = DUE_BY + 45 * DAY


def paid(amount, on=ON, given=OWED, at=None, **more):
    return when(PostPayment(amount, on, **more), by(ENTERPRISE, at or on), given)


def after(*events):
    return claim(*events, wish=OF_S5)


def test_what_is_paid_in_time_settles_the_debt_itself():
    assert paid(4_000_000) == [PaymentPosted(FRESH, STUDENT, 4_000_000, ON, Parts(principal=4_000_000))]
    assert after(*paid(4_000_000)).owed == 6_000_000


def test_nothing_is_late_on_the_last_day():
    assert [event.type for event in paid(1, DUE_BY)] == ["claim.payment_posted"]
    [interest, _] = paid(1, DUE_BY + DAY)
    assert (interest.from_on, interest.to_on) == (DUE_BY + DAY, DUE_BY + DAY)


def test_45_days_late():
    [interest, _] = paid(1_000_000, LATE)
    assert (interest.amount, interest.weight) == (203_424, 1650 * 45)
    assert {step.name: step.value for step in interest.steps} == {
        "principal": 10_000_000,
        "basis-points": 1650,
        "days-late": 45,
        "year-days": 365,
        "late-interest": 203_424,
    }


def test_costs_then_interest_then_the_debt_itself():
    spent = after(*when(AddExpenses(120_000, "fee 18"), by(ENTERPRISE, ON), OWED))
    [_, posted] = paid(1_000_000, LATE, spent)
    assert posted.parts == Parts(expenses=120_000, penalty=203_424, principal=676_576)
    left = claim(ExpensesAdded(STUDENT, 120_000, "fee 18", ON), *paid(1_000_000, LATE, spent), wish=OF_S5)
    assert left.debt(STUDENT).principal == 9_323_424
    assert left.owed == 9_323_424


def test_more_than_is_owed_is_said_to_be_so():
    over = refused(PostPayment(10_000_001, ON), by(), OWED)
    assert over == [NotYet(ON, OPENED_ON)], "it has not come yet"
    assert refused(PostPayment(10_000_001, ON), by(on=ON), OWED) == [MoreThanOwed(10_000_001, 10_000_000, 1)]
    [posted] = paid(10_010_000, overpaid=True)
    assert posted.parts == Parts(principal=10_000_000, over=10_000)
    held = after(posted)
    assert (held.owed, held.overpaid) == (0, 10_000)
    assert Task("return-overpayment", (ENTERPRISE,), "return-overpayment") in outlook(held, LAW).tasks
    assert "close-claim" not in {timer.command for timer in timers(held)}


def test_an_over_payment_goes_back():
    held = after(*paid(10_010_000, overpaid=True))
    returned = when(ReturnOverpayment(), by(on=LATE), held)
    assert returned == [OverpaymentReturned(STUDENT, 10_000, LATE)]
    clear = after(*paid(10_010_000, overpaid=True), *returned)
    assert clear.overpaid == 0
    assert when(ReturnOverpayment(), by(on=LATE), clear) == []
    assert Timer("close-claim", ON) in timers(clear)


def test_of_several_debtors_one_is_named():
    assert refused(PostPayment(1, ON), by(on=ON), claim()) == [UnknownParty(("debtor",))]
    assert refused(AddExpenses(1, "fee"), by(on=ON), claim()) == [UnknownParty(("debtor",))]
    assert refused(ReturnOverpayment(), by(on=ON), claim()) == [UnknownParty(("debtor",))]
    [posted] = when(PostPayment(4_000_000, ON, COLLEGE), by(on=ON), claim())
    assert posted.debtor is COLLEGE


def test_a_payment_of_nothing_changes_nothing():
    assert paid(0) == []
    assert when(AddExpenses(0, "fee"), by(on=ON), OWED) == []


# Known late


def test_interest_of_days_after_a_payment_that_became_known_late_is_taken_back():
    april = date(2027, 4, 1)
    [counted] = when(AccruePenalty(), by(DEADLINE, april), OWED)
    assert (counted.to_on, counted.amount) == (date(2027, 3, 31), 10_000_000 * 1650 * 22 // 3_650_000)
    late = DUE_BY + 10 * DAY
    back, posted = paid(1_000_000, late, after(counted), at=april)
    exact = 10_000_000 * 1650 * 10 // 3_650_000
    assert back == PenaltyTakenBack(STUDENT, late + DAY, date(2027, 3, 31), counted.amount - exact, 1650 * 12)
    assert posted.parts == Parts(penalty=exact, principal=1_000_000 - exact)
    known_at_once = [*paid(1_000_000, late)]
    assert after(counted, back, posted).debt(STUDENT) == after(*known_at_once).debt(STUDENT)


def test_a_payment_in_time_that_became_known_late_bears_no_interest():
    [counted] = when(AccruePenalty(), by(DEADLINE, date(2027, 4, 1)), OWED)
    back, posted = paid(10_000_000, DUE_BY, after(counted), at=date(2027, 4, 1))
    assert (back.amount, posted.parts) == (counted.amount, Parts(principal=10_000_000))
    assert after(counted, back, posted).owed == 0


def test_a_payment_before_a_later_entry_is_posted_after_that_one_is_reversed():
    first = paid(4_000_000, date(2027, 3, 8))
    early = refused(PostPayment(1, date(2027, 3, 7)), by(on=LATE), after(*first))
    assert early == [NotSoFarBack(date(2027, 3, 7), date(2027, 3, 8))]
    before = refused(PostPayment(1, OPENED_ON - DAY), by(on=LATE), OWED)
    assert before == [NotSoFarBack(OPENED_ON - DAY, OPENED_ON)]
    assert paid(1, OPENED_ON, at=LATE)


# Taken back


def test_a_payment_that_went_back_is_owed_again():
    given = paid(4_000_000)
    [back] = when(ReversePayment(FRESH), by(on=DUE_BY), after(*given))
    assert (back.payment, back.parts, back.interest) == (FRESH, Parts(principal=4_000_000), 0)
    again = after(*given, back)
    assert (again.owed, again.settlement(FRESH).reversed) == (10_000_000, True)
    twice = refused(ReversePayment(FRESH), by(on=DUE_BY), again)
    assert twice == [ReversedAlready(ON, 4_000_000)]
    assert refused(ReversePayment(K5), by(on=DUE_BY), again) == [UnknownParty(("payment",))]


def test_interest_runs_as_if_it_had_never_come():
    given = paid(4_000_000)
    on = DUE_BY + 10 * DAY
    interest, back = when(ReversePayment(FRESH), by(on=on), after(*given))
    assert interest.amount == 6_000_000 * 1650 * 10 // 3_650_000
    assert back.interest == 4_000_000 * 1650 * 10 // 3_650_000
    again = after(*given, interest, back).debt(STUDENT)
    assert (again.principal, again.penalty) == (10_000_000, interest.amount + back.interest)


def test_a_closed_claim_opens_again():
    given = paid(10_000_000)
    closed = after(*given, ClaimClosed(ON))
    found = when(ReversePayment(FRESH), by(on=DUE_BY), closed)
    assert found[-1] == On(K5, ClaimReopenedHere(closed.id))
    again = after(*given, ClaimClosed(ON), *found[:-1])
    assert (again.settled_on, again.owed) == (None, 10_000_000)


def test_what_was_returned_out_of_a_payment_that_never_came_is_owed_as_a_cost():
    given = [*paid(10_010_000, overpaid=True), OverpaymentReturned(STUDENT, 10_000, ON)]
    [back] = when(ReversePayment(FRESH), by(on=ON), after(*given))
    assert back.returned == 10_000
    debt = after(*given, back).debt(STUDENT)
    assert (debt.principal, debt.expenses, debt.overpaid) == (10_000_000, 10_000, 0)


# By itself


def test_interest_is_counted_once_a_month():
    assert Timer("accrue-penalty", date(2027, 4, 1)) in timers(OWED)
    assert when(AccruePenalty(), by(DEADLINE, DUE_BY + DAY), OWED) == []
    [march] = when(AccruePenalty(), by(DEADLINE, date(2027, 4, 1)), OWED)
    assert Timer("accrue-penalty", date(2027, 5, 1)) in timers(after(march))
    [april] = when(AccruePenalty(), by(DEADLINE, date(2027, 5, 1)), after(march))
    assert isinstance(april, PenaltyAccrued)
    whole = 10_000_000 * 1650 * 52 // 3_650_000
    assert march.amount + april.amount == whole, "as if it had been counted at once"
    assert when(AccruePenalty(), by(DEADLINE, date(2027, 5, 1)), after(march, april)) == []


def test_no_interest_is_counted_while_a_dispute_is_open():
    disputed = replace(OWED, disputes=frozenset({K5}))
    [event] = when(AccruePenalty(), by(DEADLINE, date(2027, 4, 1)), disputed)
    assert (event.amount, event.reason, event.to_on) == (0, "dispute", date(2027, 3, 31))
    later = replace(event.evolve(disputed), disputes=frozenset())
    [april] = when(AccruePenalty(), by(DEADLINE, date(2027, 5, 1)), later)
    assert april.amount == 10_000_000 * 1650 * 30 // 3_650_000
