"""A price by months: golden numbers of the journey, under both clocks, to the tiyn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import ledger
from contracts.account import About
from contracts.ahead import outlook
from contracts.claim import Claim, Parts
from contracts.claim_rules import ClaimOpenedHere, MoreThanOwed, NotDue
from contracts.consequences import Task
from contracts.contract import State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY, On
from contracts.dossier import End, Resting, Suspension
from contracts.formation_rules import UnknownParty
from contracts.law import load
from contracts.mutual_end import MutualEndAgreed
from contracts.price import CancelledAlready, CancelPricePayment, PricePaid, RecordPricePayment
from contracts.price_claim import PriceClaimed
from contracts.price_plan import standing
from contracts.reimbursement import OpenClaim
from contracts.reimbursement_payment import PostPayment, ReturnOverpayment
from contracts.reimbursement_rules import ClaimedAlready, DueTooEarly, NoClause, TooLate
from contracts.terms import ClauseId, PaymentPlan, Term
from contracts.two_clocks import Entry, as_of
from tests.contracts.claims import CLAIM, decided
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    K5,
    K5_ACTIVE,
    K5_SIGNED,
    LAW,
    S5,
    STARTS_ON,
    TERMS,
    an_id,
    around,
    asked,
    drafted,
    refused,
    state,
    when,
)

PRICED = replace(TERMS, payment_plan=PaymentPlan(1_125_000, 12, 20), term=Term(STARTS_ON, date(2027, 8, 31)))
DAYS = [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]
PAID = [PricePaid(an_id(800 + n), 75_000, on) for n, on in enumerate(DAYS, 1)]
P4, P5 = an_id(804), an_id(805)
LAST_DAY, KNOWN_ON = date(2026, 11, 30), date(2027, 2, 10)
OPEN = OpenClaim(K5, about=About.PRICE)


def contract(terms=PRICED):
    """K8 of the journey: S7's, to 2027-08-31."""
    return [drafted(S5, "75-2026-000007", minor=False, terms=terms), *K5_SIGNED[1:], *K5_ACTIVE[-2:], *PAID]


def left(end_on=LAST_DAY, terms=PRICED):
    return [*contract(terms), MutualEndAgreed(an_id(9), COLLEGE, end_on, KNOWN_ON, "e" * 64)]


def found(given, day=KNOWN_ON, law=LAW):
    return standing(state(given, id_=K5), law, day)


def steps(standing_):
    return {step.name: step.value for step in standing_.steps}


def test_a_month_is_a_twelfth_of_what_is_not_held_back():
    running = found(contract(), date(2027, 1, 31))
    assert (running.price.held_back, running.price.monthly) == (225_000, (75_000,) * 12)
    assert (running.due, running.paid, running.claw_back) == (375_000, 375_000, 0)


def test_what_was_paid_for_months_that_were_not_taught_comes_back():
    after = found(left())
    assert (after.due, after.paid, after.claw_back) == (225_000, 375_000, 150_000)
    assert [(line.payment, line.amount) for line in after.lines] == [(P5, 75_000), (P4, 75_000)]
    assert steps(after) == {
        "price": 1_125_000,
        "held-back-percent": 20,
        "held-back": 225_000,
        "plan-months": 12,
        "price-monthly": 75_000,
        "worked-months": 3,
        "due": 225_000,
        "paid": 375_000,
        "claw-back": 150_000,
    }


def test_a_day_short_is_a_month_less():
    short = found(left(date(2026, 11, 29)))
    assert (short.due, short.claw_back) == (150_000, 225_000)
    assert [line.payment for line in short.lines] == [P5, P4, an_id(803)]


def test_the_last_month_takes_the_rest():
    odd = found(contract(replace(PRICED, payment_plan=PaymentPlan(1_125_001, 12, 20))))
    assert (odd.price.held_back, odd.price.monthly[0], odd.price.monthly[-1]) == (225_000, 75_000, 75_001)


def test_by_calendar_days_where_the_pack_says_so():
    by_days = found(left(), law=load("journey-2"))
    assert (by_days.due, by_days.claw_back) == (900_000 * 91 // 365, 150_617)
    assert by_days.due == 224_383
    assert [line.amount for line in by_days.lines] == [75_000, 75_000, 617]


def test_nothing_is_held_back_once_it_is_completed():
    done = replace(state(contract(), id_=K5), state=State.COMPLETED)
    assert standing(done, LAW, date(2027, 8, 31)).due == 1_125_000


def test_without_a_clause_there_is_no_price():
    assert found(K5_ACTIVE) is None


def known(given):
    """The payments were recorded on their days, the end on 2027-02-10, all else before."""
    entries = []
    for version, event in enumerate(given, 1):
        on = event.on if isinstance(event, PricePaid) else date(2026, 8, 24)
        on = KNOWN_ON if isinstance(event, MutualEndAgreed) else on
        at = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
        entries.append(Entry(version, event, event.effective_on, at))
    return entries


@pytest.mark.parametrize(
    ("known_at", "due", "claw_back"),
    [
        (datetime(2027, 1, 31, 12, tzinfo=UTC), 375_000, 0),
        (datetime(2027, 2, 11, tzinfo=UTC), 225_000, 150_000),
    ],
)
def test_the_same_day_is_answered_by_what_was_known(known_at, due, claw_back):
    day = date(2027, 1, 31)
    then = as_of(known(left()), LAW, day, known_at, state([], id_=K5))
    answer = standing(then, LAW, day)
    assert (answer.due, answer.claw_back) == (due, claw_back)


# Paying


def facts(given, **more):
    return around(S5, contract=state(given, id_=K5), **more)


def test_the_enterprise_records_what_it_paid():
    on = date(2027, 2, 1)
    [paid] = when(RecordPricePayment(75_000, on), asked(ENTERPRISE, on, around(S5)), contract())
    assert (paid.amount, paid.on, paid.effective_on) == (75_000, on, on)
    assert when(RecordPricePayment(0, on), asked(ENTERPRISE, on, around(S5)), contract()) == []
    early = refused(RecordPricePayment(1, on), asked(ENTERPRISE, on - DAY, around(S5)), contract())
    assert early == [NotYet(on, on - DAY)]


def test_no_more_is_paid_than_the_price():
    on = date(2027, 2, 1)
    asks = asked(ENTERPRISE, on, around(S5))
    assert when(RecordPricePayment(750_000, on), asks, contract())
    assert refused(RecordPricePayment(750_001, on), asks, contract()) == [MoreThanOwed(750_001, 750_000, 1)]
    assert refused(RecordPricePayment(1, on), asks, K5_ACTIVE) == [NoClause(ClauseId.PAYMENT_PLAN)]


def test_a_payment_is_cancelled_once():
    asks = asked(ENTERPRISE, KNOWN_ON, around(S5))
    [cancelled] = when(CancelPricePayment(P5), asks, contract())
    assert cancelled.effective_on == date(2027, 1, 31)
    assert found([*contract(), cancelled]).paid == 300_000
    twice = refused(CancelPricePayment(P5), asks, [*contract(), cancelled])
    assert twice == [CancelledAlready(date(2027, 1, 31), 75_000)]
    assert refused(CancelPricePayment(K5), asks, contract()) == [UnknownParty(("payment",))]


# Claiming


def over():
    return left()


def opened(role=ENTERPRISE, given=None, on=KNOWN_ON, wish=OPEN):
    return when(wish, asked(role, on, facts(given or over())), Claim(id=CLAIM))


def claimed(*events):
    return state([opened()[0], *events], "claim", CLAIM)


def test_the_price_is_claimed_back_payment_by_payment():
    event, here = opened()
    assert isinstance(event, PriceClaimed)
    assert (event.amount, event.due, event.debtor) == (150_000, 225_000, COLLEGE)
    assert [line.payment for line in event.lines] == [P5, P4]
    assert (event.answer_by, event.due_by) == (date(2027, 2, 22), date(2027, 3, 12))
    assert here == On(K5, ClaimOpenedHere(CLAIM, About.PRICE, ENTERPRISE, 150_000))


def test_who_has_to_claim_it_until_it_is_done():
    ended = replace(
        state(over(), id_=K5), state=State.ENDED, end=End(COLLEGE, "agreement", KNOWN_ON, KNOWN_ON)
    )
    ahead = outlook(ended, LAW)
    assert Task("claim-price", (ENTERPRISE,), "open-claim") in ahead.tasks
    [back] = [each for each in ahead.sums if each.name == "price-claw-back"]
    assert (back.amount, back.to, back.by) == (150_000, ENTERPRISE, COLLEGE)
    made = opened()[1].event.evolve(ended)
    assert "claim-price" not in {task.name for task in outlook(made, LAW).tasks}


def in_the_way(given=None, role=ENTERPRISE, on=KNOWN_ON, wish=OPEN):
    return refused(wish, asked(role, on, facts(given or over())), Claim(id=CLAIM))


def test_what_was_performed_stays_without_a_clause():
    bare = left(terms=replace(PRICED, payment_plan=None))
    assert in_the_way(bare) == [NoClause(ClauseId.PAYMENT_PLAN)]


def test_it_is_claimed_once_and_in_time():
    again = [*over(), opened()[1].event]
    assert in_the_way(again) == [ClaimedAlready(None, 150_000)]
    last = date(2030, 2, 11)
    assert opened(on=last)
    assert in_the_way(on=last + DAY) == [TooLate(KNOWN_ON, last, last + DAY)]


def test_only_after_an_end_and_where_something_comes_back():
    assert isinstance(in_the_way(contract())[0], WrongState)
    all_taught = left(date(2027, 1, 31))
    assert in_the_way(all_taught) == [NotDue(None, KNOWN_ON)]
    assert in_the_way(wish=replace(OPEN, due_by=KNOWN_ON)) == [DueTooEarly(KNOWN_ON, date(2027, 2, 17))]


def test_a_college_claims_what_was_not_paid():
    unpaid = [event for event in over() if event not in PAID[1:]]
    event, here = opened(COLLEGE, unpaid)
    assert (event.amount, event.debtor, event.lines) == (150_000, ENTERPRISE, ())
    assert here.event.creditor is COLLEGE
    assert in_the_way(over(), COLLEGE) == [NotDue(None, KNOWN_ON)]


# The ledger


def posted(*events):
    entries = [
        Entry(n, event, event.effective_on, datetime(2027, 2, 10, 6, tzinfo=UTC))
        for n, event in enumerate(events, 1)
    ]
    return ledger.rows(entries, LAW)


def balances(*events):
    found_ = ledger.balances(posted(*events))
    return {account.value: found_[account] for account in found_}


def test_every_row_of_the_journey_s_table():
    first = opened()[0]
    rows = posted(first)
    month_1_and_p1 = ledger.balances(rows[:2])
    assert month_1_and_p1 == {"cost": 75_000, "owed": 0, "cash": -75_000}
    assert [row.on for row in rows[:2]] == [date(2026, 9, 30)] * 2
    assert ledger.balances(rows[:10]) == {"cost": 375_000, "owed": 0, "cash": -375_000}
    assert [(p.account, p.amount, p.reverses) for p in rows[10].postings] == [
        ("owed", 75_000, "M5"),
        ("cost", -75_000, "M5"),
        ("owed", 75_000, "M4"),
        ("cost", -75_000, "M4"),
        ("back", 75_000, "P5"),
        ("owed", -75_000, "P5"),
        ("back", 75_000, "P4"),
        ("owed", -75_000, "P4"),
    ]
    assert balances(first) == {"cost": 225_000, "owed": 0, "cash": -375_000, "back": 150_000}
    one = repaid(100_000, date(2027, 2, 24), claimed())
    assert balances(first, *one) == {"cost": 225_000, "owed": 0, "cash": -275_000, "back": 50_000}
    assert [(p.account, p.amount, p.reverses) for p in posted(first, *one)[-1].postings] == [
        ("cash", 100_000, None),
        ("back", -75_000, "P5"),
        ("back", -25_000, "P4"),
    ]
    two = repaid(50_000, date(2027, 3, 10), claimed(*one))
    assert balances(first, *one, *two) == {"cost": 225_000, "owed": 0, "cash": -225_000, "back": 0}
    assert ledger.out_of_balance(posted(first, *one, *two)) == []
    assert ledger.agrees(claimed(*one, *two), posted(first, *one, *two))


def repaid(amount, on, claim, **more):
    return decided(PostPayment(amount, on, **more), asked(ENTERPRISE, on, facts(over())), claim)


def test_what_is_repaid_too_much_has_its_own_line():
    on = date(2027, 2, 24)
    over_paid = refused(PostPayment(160_000, on), asked(ENTERPRISE, on, facts(over())), claimed())
    assert over_paid == [MoreThanOwed(160_000, 150_000, 10_000)]
    [paid] = repaid(160_000, on, claimed(), overpaid=True)
    assert paid.parts == Parts(principal=150_000, over=10_000)
    assert balances(opened()[0], paid)["overpaid"] == -10_000
    assert balances(opened()[0], paid)["back"] == 0
    tasks = {task.name for task in outlook(claimed(paid), LAW).tasks}
    assert "return-overpayment" in tasks
    returned = decided(ReturnOverpayment(), asked(ENTERPRISE, on, facts(over())), claimed(paid))
    assert balances(opened()[0], paid, *returned)["overpaid"] == 0


def cancelled(claim, payment=P5):
    """The bank took it back, which became known on 2027-02-12."""
    given = [*over(), opened()[1].event]
    on = date(2027, 2, 12)
    found_ = when(
        CancelPricePayment(payment), asked(ENTERPRISE, on, around(S5, claim=claim)), state(given, id_=K5)
    )
    return found_[0], [each.event for each in found_[1:]]


def test_a_reversal_of_a_payment_that_never_came_is_reversed():
    _, [less] = cancelled(claimed())
    assert (less.amount, [line.payment for line in less.lines]) == (75_000, [P4])
    after = claimed(less)
    assert (after.owed, after.sum) == (75_000, 75_000)
    assert balances(opened()[0], less) == {"cost": 225_000, "owed": 0, "cash": -300_000, "back": 75_000}
    assert ledger.agrees(after, posted(opened()[0], less))


def test_what_was_repaid_for_it_is_paid_too_much():
    one = repaid(100_000, date(2027, 2, 11), claimed())
    _, [less] = cancelled(claimed(*one))
    after = claimed(*one, less)
    assert (after.owed, after.overpaid) == (0, 25_000)
    assert ledger.agrees(after, posted(opened()[0], *one, less))
    assert ledger.out_of_balance(posted(opened()[0], *one, less)) == []


def test_a_claim_that_asks_for_nothing_of_it_is_left_alone():
    closed = replace(claimed(), settled_on=KNOWN_ON)
    assert cancelled(closed)[1] == []


# Days on which the contract rests


def resting(from_on, back_on=None, **more):
    """Of S7's contract, which began on 1 September."""
    rest = Suspension(
        "illness",
        from_on,
        (back_on or from_on + timedelta(200)) - timedelta(1),
        from_on + timedelta(210),
        None,
        frozenset(Resting),
        frozenset({"illness"}),
        True,
        back_on,
    )
    return replace(state(contract()), suspensions=(replace(rest, **more),))


def test_no_instalment_is_due_for_days_of_rest():
    """November rests, so that what would have been over on 30 November is over on 30 December."""
    november = resting(date(2026, 11, 1), date(2026, 12, 1))
    due = {day: standing(november, LAW, day).due for day in (DAYS[1], DAYS[2], date(2026, 12, 30))}
    assert due == {DAYS[1]: 150_000, DAYS[2]: 150_000, date(2026, 12, 30): 225_000}
    months = standing(november, LAW, date(2026, 12, 30)).months
    assert [line.on for line in months] == [DAYS[0], DAYS[1], date(2026, 12, 30)]


def test_while_nobody_is_back_nothing_more_falls_due():
    assert standing(resting(date(2026, 11, 1)), LAW, date(2027, 7, 31)).due == 150_000
    goes_on = resting(date(2026, 11, 1), rests=frozenset({Resting.ANSWERS}))
    assert standing(goes_on, LAW, date(2026, 11, 30)).due == 225_000


@given(st.dates(STARTS_ON, date(2027, 8, 1)), st.integers(0, 90), st.dates(STARTS_ON, date(2027, 8, 31)))
def test_what_falls_due_never_falls_due_earlier_for_a_rest(from_on, length, day):
    rested = resting(from_on, from_on + timedelta(length))
    with_rest, without = standing(rested, LAW, day), standing(state(contract()), LAW, day)
    assert with_rest.due <= without.due
    assert all(line.on <= day for line in with_rest.months)
    assert with_rest.due == sum(line.amount for line in with_rest.months)
