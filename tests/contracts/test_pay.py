"""What the enterprise has paid for a month."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.pay import OtherKind, PaidAlready, PayRecorded, RecordPay, TooLittle
from contracts.pay_rules import NoSuchMonth
from contracts.terms import PayKind, Term
from contracts.withdrawal import Noticed
from tests.examples import (
    ENDS_ON,
    ENTERPRISE,
    K5_ACTIVE,
    S5,
    STARTS_ON,
    STUDENT,
    TERMS,
    around,
    asked,
    drafted,
    refused,
    state,
    when,
)

ON, COMPENSATION = date(2026, 12, 28), PayKind.COMPENSATION
PAY = RecordPay("2026-11", 9_500_000)
LEAVES = [*K5_ACTIVE, Noticed(STUDENT, "own-wish", ON, date(2027, 1, 28), ON)]


def paid(month, amount):
    return PayRecorded(month, COMPENSATION, amount)


def of_enterprise(on=ON):
    return asked(ENTERPRISE, on, around(S5))


def test_pay_is_recorded_by_month():
    [recorded] = when(PAY, of_enterprise(), given=K5_ACTIVE)
    assert recorded == paid("2026-11", 9_500_000)
    after = state([*K5_ACTIVE, recorded])
    assert after.paid("2026-11")
    assert not after.paid("2026-12")


def test_record_again_changes_nothing():
    assert when(PAY, of_enterprise(), given=[*K5_ACTIVE, paid("2026-11", 9_500_000)]) == []


def test_a_month_is_recorded_once():
    given = [*K5_ACTIVE, paid("2026-11", 9_600_000)]
    assert refused(PAY, of_enterprise(), given) == [PaidAlready("2026-11", 9_600_000)]


def test_for_a_month_not_less_is_paid_than_was_agreed():
    assert when(replace(PAY, amount=9_500_001), of_enterprise(), given=K5_ACTIVE)
    less = refused(replace(PAY, amount=9_499_999), of_enterprise(), given=K5_ACTIVE)
    assert less == [TooLittle("2026-11", 9_499_999, due=9_500_000)]


def test_a_broken_month_is_paid_by_its_practice_days():
    later = of_enterprise(date(2027, 2, 1))
    assert when(RecordPay("2027-01", 8_636_364), later, given=LEAVES)
    less = refused(RecordPay("2027-01", 8_636_363), later, given=LEAVES)
    assert less == [TooLittle("2027-01", 8_636_363, due=8_636_364)]


def test_what_is_paid_is_of_the_kind_agreed():
    wage = replace(PAY, kind=PayKind.WAGE)
    assert refused(wage, of_enterprise(), K5_ACTIVE) == [OtherKind(PayKind.WAGE, COMPENSATION)]
    assert when(replace(PAY, kind=COMPENSATION), of_enterprise(), given=K5_ACTIVE)


def test_where_nothing_is_agreed_nothing_is_recorded():
    unpaid = [drafted(S5, "1", False, replace(TERMS, compensation=None)), *K5_ACTIVE[1:]]
    assert refused(PAY, of_enterprise(), given=unpaid) == [OtherKind(COMPENSATION, None)]


@pytest.mark.parametrize("month", ["2026-09", "2026-12"])
def test_months_from_the_first_to_the_one_that_has_begun_are_paid(month):
    assert when(RecordPay(month, 9_500_000), of_enterprise(), given=K5_ACTIVE)


def test_a_month_counts_from_its_first_day_and_with_a_single_day_of_the_term():
    assert when(RecordPay("2026-12", 9_500_000), of_enterprise(date(2026, 12, 1)), given=K5_ACTIVE)
    late = replace(TERMS, term=Term(date(2026, 9, 30), date(2026, 12, 1)))
    given = [drafted(S5, "1", False, late), *K5_ACTIVE[1:]]
    for month in ("2026-09", "2026-12"):
        assert when(RecordPay(month, 9_500_000), of_enterprise(), given)


@pytest.mark.parametrize("month", ["2026-08", "2027-01", "2026-13", "2026-1", "November", "", "2026-11-01"])
def test_no_other_month_is_paid(month):
    found = refused(RecordPay(month, 9_500_000), of_enterprise(), given=K5_ACTIVE)
    assert found == [NoSuchMonth(month, STARTS_ON, ENDS_ON)]


def test_a_month_after_the_last_day_is_not_paid():
    found = refused(RecordPay("2027-02", 9_500_000), of_enterprise(date(2027, 2, 10)), given=LEAVES)
    assert found == [NoSuchMonth("2027-02", STARTS_ON, date(2027, 1, 28))]
