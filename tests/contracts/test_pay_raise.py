"""The enterprise pays more from a day on, and what that comes to in its first month."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.amendment import ProposeAmendment
from contracts.amendment_rules import ClosedMonth, NotAmendable, Pending
from contracts.contract import State
from contracts.contract_rules import Backdated, WrongState
from contracts.decision import DAY
from contracts.dossier import Agreed
from contracts.first_month import first_month
from contracts.pay import PayRecorded
from contracts.pay_raise import NoRaise, PayRaised, PayStep, RaisePay
from contracts.schedule_answer import ChangeAgreed
from contracts.terms import ClauseId, Compensation, PayKind, Standing, Status, Terms
from tests.contracts.entries import BEGUN, on, recorded
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K1_SIGNED,
    LAW,
    P3,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    STARTS_ON,
    STUDENT,
    TERMS,
    asked,
    brought,
    refused,
    state,
    when,
)

MONDAY, SINCE, NEW_YEAR = date(2026, 11, 23), date(2026, 11, 2), date(2027, 1, 1)
P3_AGREED = ChangeAgreed(P3, PRACTICE_MON_WED, SINCE, P3.hex * 2)
"""As after J2: from 2 November at the enterprise from Monday to Wednesday."""
K1_AFTER_J2 = [*K1_ACTIVE, P3_AGREED]


def paid(monthly, kind=PayKind.COMPENSATION, pay_day=10):
    return Compensation(kind, monthly, pay_day)


def a_raise(*steps):
    return RaisePay(tuple(PayStep(*step) for step in steps))


def raises(wish, on=MONDAY, given=K1_ACTIVE):
    return when(wish, asked(ENTERPRISE, on), given)


def in_the_way(wish, on=MONDAY, given=K1_ACTIVE):
    return refused(wish, asked(ENTERPRISE, on), given)


def test_a_raise_may_hold_from_a_day_that_has_passed():
    [raised] = raises(a_raise((SINCE, 11_000_000)))
    assert raised == PayRaised(paid(11_000_000), SINCE)
    assert raised.effective_on == SINCE
    after = state([*K1_ACTIVE, raised])
    assert [after.terms_on(day).compensation.monthly for day in (SINCE - DAY, SINCE)] == [
        9_500_000,
        11_000_000,
    ]


def test_steps_rise_one_after_the_other():
    found = raises(a_raise((NEW_YEAR, 12_000_000), (SINCE, 11_000_000)))
    assert found == [PayRaised(paid(11_000_000), SINCE), PayRaised(paid(12_000_000), NEW_YEAR)]
    assert state([*K1_ACTIVE, *found]).terms.compensation == paid(12_000_000)
    falling = in_the_way(a_raise((SINCE, 11_000_000), (NEW_YEAR, 10_000_000)))
    assert falling == [NoRaise(NEW_YEAR, 10_000_000, 11_000_000)]


def test_a_raise_raises():
    assert raises(a_raise((SINCE, 9_500_001)))
    assert raises(a_raise((SINCE, 9_500_000))) == []
    assert in_the_way(a_raise((SINCE, 9_499_999))) == [NoRaise(SINCE, 9_499_999, 9_500_000)]


def test_what_is_raised_already_is_raised_once():
    given = [*K1_ACTIVE, PayRaised(paid(11_000_000), SINCE)]
    assert raises(a_raise((SINCE, 11_000_000)), given=given) == []
    assert raises(RaisePay(()), given=given) == []


def test_day_and_kind_of_pay_stay():
    wage = replace(
        TERMS, standing=Standing(Status.EMPLOYEE, "5"), compensation=paid(9_000_000, PayKind.WAGE, 5)
    )
    employed = replace(state(K1_ACTIVE), terms=wage, agreed=())
    [raised] = raises(a_raise((SINCE, 9_000_001)), given=employed)
    assert raised.compensation == paid(9_000_001, PayKind.WAGE, 5)


@pytest.mark.parametrize(
    ("standing", "kind"),
    [
        (Standing(Status.TRAINEE), PayKind.COMPENSATION),
        (Standing(Status.EMPLOYEE, "5"), PayKind.WAGE),
        (None, PayKind.COMPENSATION),
    ],
)
def test_where_nothing_was_paid_the_standing_says_what_is_paid(standing, kind):
    unpaid = replace(state(K1_ACTIVE), terms=replace(TERMS, compensation=None, standing=standing), agreed=())
    assert raises(a_raise((SINCE, 1)), given=unpaid) == [PayRaised(paid(1, kind), SINCE)]
    assert in_the_way(a_raise((SINCE, 0)), given=unpaid) == [NoRaise(SINCE, 0, 0)]


def test_a_raise_lies_within_the_contract():
    assert raises(a_raise((STARTS_ON, 9_600_000)), given=K1_SIGNED, on=STARTS_ON)
    assert raises(a_raise((ENDS_ON, 9_600_000)))
    before, after = STARTS_ON - DAY, ENDS_ON + DAY
    assert in_the_way(a_raise((before, 9_600_000))) == [Backdated(before, STARTS_ON)]
    assert in_the_way(a_raise((after, 9_600_000))) == [NotAmendable(after, ENDS_ON)]


def test_a_month_that_is_paid_is_closed():
    given = [*K1_ACTIVE, PayRecorded("2026-10", PayKind.COMPENSATION, 9_500_000)]
    closed = in_the_way(a_raise((date(2026, 10, 31), 9_600_000)), given=given)
    assert closed == [ClosedMonth(date(2026, 10, 31), date(2026, 11, 1))]
    assert raises(a_raise((date(2026, 11, 1), 9_600_000)), given=given)


def test_nothing_is_raised_while_another_change_of_the_pay_is_open():
    less = ProposeAmendment(date(2026, 12, 7), Terms(compensation=paid(9_000_000)))
    given = [*K1_ACTIVE, *when(less, asked(ENTERPRISE, MONDAY), K1_ACTIVE)]
    found = in_the_way(a_raise((NEW_YEAR, 12_000_000)), given=given)
    assert found == [Pending((ClauseId.COMPENSATION,), FRESH, date(2026, 11, 30))]


def test_a_contract_that_has_ended_pays_no_more():
    ended = replace(state(K1_ACTIVE), state=State.ENDED, end_on=SINCE)
    needs = tuple(sorted(RaisePay.states))
    assert in_the_way(a_raise((SINCE, 9_600_000)), given=ended) == [WrongState(State.ENDED, needs, SINCE)]


# What it brings


def test_the_first_month_says_what_the_raise_comes_to():
    raised = [*K1_AFTER_J2, PayRaised(paid(9_550_000), SINCE - 32 * DAY)]
    found = brought(a_raise((SINCE, 11_000_000)), asked(ENTERPRISE, MONDAY), raised).shown
    [money] = found["money"]
    assert (money["name"], money["amount"], money["month"]) == ("pay-change", 1_450_000, "2026-11")
    assert (money["by"], money["to"]) == (ENTERPRISE, STUDENT)
    assert [(step["name"], step["value"]) for step in money["steps"]] == [
        ("monthly-before", 9_550_000),
        ("monthly-after", 11_000_000),
        ("practice-days-changed", 13),
        ("practice-days-planned", 13),
        ("due-before", 9_550_000),
        ("due-after", 11_000_000),
    ]
    assert {notice["to"] for notice in found["notices"]} == {COLLEGE, REPRESENTATIVE, STUDENT}
    assert found["tasks"] == {"open": [], "close": []}


def test_it_is_said_until_that_month_is_paid():
    given = [*K1_AFTER_J2, PayRaised(paid(11_000_000), SINCE)]
    assert first_month(state(given), LAW).amount == 1_500_000
    assert first_month(state([*given, PayRecorded("2026-10", PayKind.COMPENSATION, 1)]), LAW)
    assert first_month(state([*given, PayRecorded("2026-11", PayKind.COMPENSATION, 1)]), LAW) is None


def test_a_later_change_of_another_clause_hides_no_raise():
    given = [*K1_ACTIVE, PayRaised(paid(11_000_000), SINCE), P3_AGREED]
    assert first_month(state(given), LAW).amount == 1_500_000
    assert first_month(state(K1_AFTER_J2), LAW) is None
    assert first_month(state(K1_ACTIVE), LAW) is None


def test_less_pay_is_a_minus():
    contract = state(K1_AFTER_J2)
    less = replace(contract, agreed=(*contract.agreed, Agreed(SINCE, Terms(compensation=paid(9_000_000)))))
    assert first_month(less, LAW).amount == -500_000
    none = replace(contract, agreed=(*contract.agreed, Agreed(SINCE, Terms(), (ClauseId.COMPENSATION,))))
    assert first_month(none, LAW).amount == -9_500_000


def test_a_contract_that_ended_before_its_raise_owes_nothing_by_it():
    given = [*K1_AFTER_J2, PayRaised(paid(11_000_000), NEW_YEAR)]
    ended = replace(state(given), state=State.ENDING, end_on=NEW_YEAR - DAY)
    assert first_month(ended, LAW) is None
    last_day = replace(ended, end_on=date(2027, 1, 5))
    assert [step.value for step in first_month(last_day, LAW).steps][2] < 11


@given(st.dates(STARTS_ON, ENDS_ON), st.integers(9_500_001, 10**12))
def test_a_raise_never_takes_anything_away(day, monthly):
    given = [*K1_ACTIVE, PayRaised(paid(monthly), day)]
    found = first_month(state(given), LAW)
    assert 0 <= found.amount <= monthly - 9_500_000
    values = {step.name: step.value for step in found.steps}
    assert values["due-after"] - values["due-before"] == found.amount


# Two clocks


def test_a_raise_recorded_late_is_known_from_then_on_and_holds_from_its_day():
    """J3: the table of four answers."""
    entries = recorded(*BEGUN, (PayRaised(paid(11_000_000), SINCE), MONDAY))
    before, after = entries[-2].recorded_at, entries[-1].recorded_at
    answers = [
        on(entries, day, known_at).terms.compensation.monthly
        for day in (date(2026, 10, 30), date(2026, 11, 10))
        for known_at in (before, after)
    ]
    assert answers == [9_500_000, 9_500_000, 9_500_000, 11_000_000]


def test_a_raise_that_is_still_to_come_changes_nothing_today():
    entries = recorded(*BEGUN, (PayRaised(paid(12_000_000), NEW_YEAR), date(2026, 12, 1)))
    assert on(entries, date(2026, 12, 1)).terms.compensation == TERMS.compensation
    assert on(entries, date(2026, 12, 1)).terms_on(NEW_YEAR).compensation == paid(12_000_000)
    assert on(entries, date(2027, 1, 5)).terms.compensation == paid(12_000_000)
    assert DEADLINE not in RaisePay.by
