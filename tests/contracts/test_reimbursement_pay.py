"""A claim against a student meets what the enterprise owes the student."""

from dataclasses import replace
from datetime import date

from contracts.claim import Parts
from contracts.claim_rules import MoreThanOwed, NotDue
from contracts.decision import DAY, On
from contracts.dossier import Payment
from contracts.formation_rules import UnknownParty
from contracts.pay import PayRecorded, RecordPay, TooLittle
from contracts.pay_rules import NoSuchMonth
from contracts.reimbursement import Share
from contracts.reimbursement_pay import (
    DeductFromPay,
    NotTheSameKind,
    NoWage,
    OverHalf,
    PaySetOff,
    SetOff,
)
from contracts.terms import Compensation, PayKind
from tests.contracts.claims import (
    CLAIM,
    DUE_BY,
    EMPLOYED,
    END_ON,
    LISTED,
    OF_S5,
    OPEN,
    by,
    claim,
    ended,
)
from tests.examples import COLLEGE, ENTERPRISE, FRESH, K5, STARTS_ON, STUDENT, refused, state, when

ON = date(2027, 3, 15)
AT_WORK = ended(EMPLOYED)
LEFT = ended(replace(EMPLOYED, compensation=Compensation(PayKind.WAGE, 2_550_000)))
TRAINED = ended(replace(LISTED, compensation=Compensation(PayKind.COMPENSATION, 2_550_000)))
DECEMBER = "2026-12"


def owed(amount=None, given=TRAINED):
    return claim(wish=replace(OF_S5, amount=amount), given=given)


def steps(event):
    return {step.name: step.value for step in event.steps}


def deducted(wish, given, of=None):
    return when(wish, by(ENTERPRISE, DUE_BY, given), of or owed(6_000_000, given))


def test_half_of_the_wage_at_most():
    half = DeductFromPay(DECEMBER, 4_250_000)
    [event] = deducted(half, AT_WORK)
    assert (event.amount, event.parts) == (4_250_000, Parts(principal=4_250_000))
    over = refused(DeductFromPay(DECEMBER, 4_250_001), by(ENTERPRISE, DUE_BY, AT_WORK), owed(given=AT_WORK))
    assert over == [OverHalf(DECEMBER, 8_500_000, 4_250_001, 4_250_000)]


def test_what_is_wanted_beyond_it_waits():
    [event] = deducted(DeductFromPay(DECEMBER), AT_WORK, owed(5_000_000, AT_WORK))
    assert (event.amount, event.carried) == (4_250_000, 750_000)
    assert steps(event) == {
        "wage": 8_500_000,
        "percent": 50,
        "deducted": 4_250_000,
        "carried-over": 750_000,
        "paid-out": 4_250_000,
    }


def test_a_month_s_half_is_taken_once():
    [first] = deducted(DeductFromPay(DECEMBER, 4_000_000), AT_WORK)
    then = first.evolve(owed(6_000_000, AT_WORK))
    [rest] = when(DeductFromPay(DECEMBER), by(ENTERPRISE, DUE_BY, AT_WORK), then)
    assert rest.amount == 250_000
    full = rest.evolve(then)
    none = refused(DeductFromPay(DECEMBER), by(ENTERPRISE, DUE_BY, AT_WORK), full)
    assert none == [OverHalf(DECEMBER, 8_500_000, 0, 0)]
    assert when(DeductFromPay("2026-11"), by(ENTERPRISE, DUE_BY, AT_WORK), full)


def test_no_more_than_is_owed_is_deducted():
    more = refused(DeductFromPay(DECEMBER, 1_001), by(ENTERPRISE, DUE_BY, AT_WORK), owed(1_000, AT_WORK))
    assert more == [MoreThanOwed(1_001, 1_000, 1)]
    assert when(DeductFromPay(DECEMBER, 0), by(ENTERPRISE, DUE_BY, AT_WORK), owed(1_000, AT_WORK)) == []


def test_a_trainee_has_no_wage():
    found = refused(DeductFromPay(DECEMBER), by(ENTERPRISE, DUE_BY, TRAINED), owed())
    assert found == [NoWage(PayKind.COMPENSATION)]


def test_months_are_those_of_the_contract():
    for month in ("2026-08", "2027-02", "2026-13", "December"):
        unknown = [NoSuchMonth(month, STARTS_ON, END_ON)]
        assert refused(DeductFromPay(month), by(ENTERPRISE, DUE_BY, AT_WORK), owed(given=AT_WORK)) == unknown
        assert refused(SetOff(month), by(ENTERPRISE, DUE_BY, TRAINED), owed()) == unknown


def test_only_a_student_s_debt_meets_pay():
    college = claim(wish=replace(OPEN, debtors=(Share(COLLEGE),)))
    assert refused(DeductFromPay(DECEMBER), by(ENTERPRISE, DUE_BY, AT_WORK), college) == [
        UnknownParty(("debtor",))
    ]
    assert refused(SetOff(DECEMBER), by(COLLEGE, DUE_BY), college) == [UnknownParty(("debtor",))]


# Set-off


def test_a_compensation_is_set_off():
    wish = SetOff(DECEMBER)
    [event, here] = when(wish, by(ENTERPRISE, DUE_BY, TRAINED), owed(6_000_000))
    assert (event.amount, event.by, event.payment) == (2_550_000, ENTERPRISE, FRESH)
    assert here == On(K5, PaySetOff(CLAIM, DECEMBER, 2_550_000))
    assert event.evolve(owed(6_000_000)).owed == 3_450_000
    assert steps(event) == {"owed": 6_000_000, "pay-owed": 2_550_000, "set-off": 2_550_000}


def test_the_student_may_declare_it_too():
    [event, _] = when(SetOff(DECEMBER), by(STUDENT, DUE_BY, TRAINED), owed(6_000_000))
    assert event.by is STUDENT


def test_what_was_set_off_is_paid():
    [_, here] = when(SetOff(DECEMBER), by(ENTERPRISE, DUE_BY, TRAINED), owed(1_000_000))
    settled = [*TRAINED, here.event]
    contract = state(settled, id_=K5)
    assert contract.account.set_off == (Payment(DECEMBER, 1_000_000),)
    occasion = by(ENTERPRISE, DUE_BY, settled)
    assert when(RecordPay(DECEMBER, 1_550_000), occasion, contract)
    assert refused(RecordPay(DECEMBER, 1_549_999), occasion, contract) == [
        TooLittle(DECEMBER, 1_549_999, 1_550_000)
    ]
    again = owed(6_000_000)
    [event, _] = when(SetOff(DECEMBER), by(ENTERPRISE, DUE_BY, settled), again)
    assert event.amount == 1_550_000, "the rest of it"


def test_a_wage_is_not_set_off():
    found = refused(SetOff(DECEMBER), by(ENTERPRISE, DUE_BY, LEFT), owed(6_000_000, LEFT))
    assert found == [NotTheSameKind(PayKind.WAGE)]
    [event] = deducted(DeductFromPay(DECEMBER), LEFT)
    assert (event.amount, steps(event)["paid-out"]) == (1_275_000, 1_275_000)
    assert event.evolve(owed(6_000_000, LEFT)).owed == 4_725_000


def test_both_are_due():
    early = refused(SetOff(DECEMBER), by(ENTERPRISE, DUE_BY - DAY, TRAINED), owed())
    assert early == [NotDue(DUE_BY, DUE_BY - DAY)]
    paid = [*TRAINED, PayRecorded(DECEMBER, PayKind.COMPENSATION, 2_550_000)]
    assert refused(SetOff(DECEMBER), by(ENTERPRISE, DUE_BY, paid), owed()) == [NotDue(None, DUE_BY)]


def test_pay_whose_day_has_not_come_is_not_due():
    long = ended(replace(LISTED, compensation=Compensation(PayKind.COMPENSATION, 2_550_000)))
    january = owed(given=long)
    soon = replace(january, debts=(replace(january.debts[0], late_from=date(2027, 2, 1)),))
    found = refused(SetOff("2027-01"), by(ENTERPRISE, date(2027, 2, 9), long), soon)
    assert found == [NotDue(date(2027, 2, 10), date(2027, 2, 9))]
    assert when(SetOff("2027-01"), by(ENTERPRISE, date(2027, 2, 10), long), soon)


def test_nothing_is_set_off_against_nothing():
    free = replace(owed(), debts=(replace(owed().debts[0], principal=0),))
    assert refused(SetOff(DECEMBER), by(ENTERPRISE, ON, TRAINED), free) == [NotDue(None, ON)]
