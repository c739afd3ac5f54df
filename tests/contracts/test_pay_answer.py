"""What the student says about the pay: it has come, or it has not."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook
from contracts.consequences import Task
from contracts.pay import PayRecorded
from contracts.pay_answer import (
    AcknowledgePay,
    HasCome,
    NoneRecorded,
    NotDue,
    PayAcknowledged,
    PayReportedUnpaid,
    ReportUnpaid,
)
from contracts.pay_rules import NoSuchMonth
from contracts.terms import PayKind
from tests.examples import (
    ENDS_ON,
    ENTERPRISE,
    K5_ACTIVE,
    LAW,
    REPRESENTATIVE,
    S5,
    STARTS_ON,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

ON, MONTH = date(2026, 11, 11), "2026-10"
PAID = [*K5_ACTIVE, PayRecorded(MONTH, PayKind.COMPENSATION, 9_500_000)]
REPORT = ReportUnpaid(MONTH)


def of(role=STUDENT, on=ON):
    return asked(role, on, around(S5))


@pytest.mark.parametrize("role", [STUDENT, REPRESENTATIVE])
def test_pay_that_has_come_is_acknowledged_once(role):
    [event] = when(AcknowledgePay(MONTH), of(role), PAID)
    assert event == PayAcknowledged(MONTH)
    after = state([*PAID, event])
    assert after.training.acknowledged == {MONTH}
    assert when(AcknowledgePay(MONTH), of(role), after) == []
    assert refused(REPORT, of(role), after) == [HasCome(MONTH)]


def test_what_nobody_has_recorded_is_not_acknowledged():
    assert refused(AcknowledgePay(MONTH), of(), K5_ACTIVE) == [NoneRecorded(MONTH)]


def test_pay_is_late_after_the_10th_of_the_next_month():
    assert refused(REPORT, of(on=date(2026, 11, 10)), K5_ACTIVE) == [NotDue(MONTH, date(2026, 11, 10))]
    [event] = when(REPORT, of(on=date(2026, 11, 11)), K5_ACTIVE)
    assert event == PayReportedUnpaid(MONTH, STUDENT)
    december = ReportUnpaid("2026-12")
    assert refused(december, of(on=date(2027, 1, 8)), K5_ACTIVE) == [NotDue("2026-12", date(2027, 1, 8))]
    assert when(december, of(on=date(2027, 1, 9)), K5_ACTIVE), "the 10th is a Sunday, the 8th a Friday"


def test_a_month_that_is_said_to_be_unpaid_is_the_enterprise_s_task_until_it_is_paid():
    given = [*K5_ACTIVE, PayReportedUnpaid(MONTH, STUDENT)]
    task = Task("pay-unpaid-month", (ENTERPRISE,), "record-pay", date(2026, 11, 10))
    assert task in outlook(state(given), LAW).tasks
    assert when(REPORT, of(), given) == []
    paid = [*given, PayRecorded(MONTH, PayKind.COMPENSATION, 9_500_000)]
    assert task not in outlook(state(paid), LAW).tasks
    acknowledged = state([*paid, PayAcknowledged(MONTH)])
    assert acknowledged.training.unpaid == frozenset()


@pytest.mark.parametrize("month", ["2026-08", "2026-12", "2027-7", "never"])
@pytest.mark.parametrize("wish", [AcknowledgePay(MONTH), REPORT])
def test_a_month_is_one_of_the_contract_that_has_begun(wish, month):
    found = refused(replace(wish, month=month), of(), K5_ACTIVE)
    assert found == [NoSuchMonth(month, STARTS_ON, ENDS_ON)]
