"""Whatever creditor, debtors and the clock do to a claim: its ledger balances, nothing owed is negative, and
no more is owed of the claim than was claimed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from contracts import ledger
from contracts.ahead import outlook, timers
from contracts.canonical import canonical
from contracts.consequences import consequences
from contracts.decision import DAY, On, Refused, effects
from contracts.lifecycle import empty, timed
from contracts.log.sealing import personal_fields
from contracts.reimbursement_answer import AnswerClaim
from contracts.reimbursement_end import Waive, WriteOff
from contracts.reimbursement_pay import SetOff
from contracts.reimbursement_payment import AddExpenses, PostPayment, ReturnOverpayment, ReversePayment
from contracts.reimbursement_plan import AgreeInstalments
from contracts.two_clocks import Entry
from tests.contracts.claims import CLAIM, EMPTY, OPEN, OPENED_ON, SECOND, by
from tests.contracts.test_reimbursement_pay import TRAINED
from tests.examples import COLLEGE, DEADLINE, E1_HEAD, ENTERPRISE, K5, LAW, STUDENT, an_id, state

WHO = st.sampled_from([STUDENT, COLLEGE])
SUMS = st.sampled_from([1, 999, 833_333, 4_000_000, 6_000_000, 11_000_000])
MET: set[str] = set()


class ClaimLife(RuleBasedStateMachine):
    @initialize()
    def begins(self):
        self.day, self.claim, self.entries, self.n = OPENED_ON, EMPTY, [], 0
        self.contract = state(TRAINED, id_=K5)
        self.wish(OPEN, ENTERPRISE)

    @rule(who=WHO, amount=SUMS, back=st.integers(0, 40), over=st.booleans())
    def money_arrives(self, who, amount, back, over):
        on = max(OPENED_ON, self.day - back * DAY)
        self.wish(PostPayment(amount, on, who, overpaid=over), ENTERPRISE)

    @rule(n=st.integers(0, 5))
    def money_goes_back(self, n):
        if self.claim.settlements:
            self.wish(ReversePayment(self.claim.settlements[n % len(self.claim.settlements)].id), ENTERPRISE)

    @rule(who=WHO, amount=SUMS)
    def collecting_costs(self, who, amount):
        self.wish(AddExpenses(amount, f"fee {self.n}", who), ENTERPRISE)

    @rule(who=WHO)
    def what_was_too_much_is_returned(self, who):
        self.wish(ReturnOverpayment(who), ENTERPRISE)

    @rule(who=WHO, accept=st.booleans())
    def somebody_answers(self, who, accept):
        self.wish(AnswerClaim(accept), who)

    @rule(who=WHO, months=st.integers(1, 30), both=st.booleans())
    def instalments_are_wanted(self, who, months, both):
        plan = AgreeInstalments(who, months, self.day + 30 * DAY)
        self.wish(plan, who)
        if both:
            self.wish(plan, ENTERPRISE)

    @rule(who=WHO, amount=SUMS, all_=st.booleans(), second=st.booleans())
    def it_is_forgiven(self, who, amount, all_, second):
        wish = WriteOff(who) if all_ else Waive(amount, who)
        self.wish(wish, ENTERPRISE, E1_HEAD)
        if second:
            self.wish(wish, ENTERPRISE, SECOND)

    @rule(month=st.sampled_from(["2026-10", "2026-12", "2027-01"]))
    def pay_is_set_off(self, month):
        self.wish(SetOff(month), ENTERPRISE)

    @rule(days=st.sampled_from([1, 5, 31, 62]))
    def time_passes(self, days):
        for _ in range(days):
            self.day += DAY
            for _ in range(3):
                for timer in timers(self.claim):
                    if timer.on <= self.day:
                        self.wish(timed(timer.name), DEADLINE)

    @rule()
    def a_dispute_opens_or_closes(self):
        self.claim = replace(self.claim, disputes=frozenset() if self.claim.disputes else frozenset({K5}))

    def wish(self, wish, role, person=None):
        self.n += 1
        occasion = by(role, self.day, person=person)
        sealed = {name: "c" * 64 for name in personal_fields(wish.type) if getattr(wish, name)}
        facts = replace(occasion.facts, contract=self.contract)
        occasion = replace(occasion, fresh=an_id(5000 + self.n), sealed=sealed, facts=facts)
        try:
            found = [*wish.decide(self.claim, occasion)]
        except Refused:
            return
        look = partial(outlook, law=LAW, adult_on=occasion.adult_on)
        other = replace(occasion, fresh=an_id(9000), at=occasion.at + timedelta(hours=2))
        again = [*wish.decide(self.claim, other)]
        shown, executed = (
            canonical(consequences(effects(each, CLAIM, self.claim, self.other), occasion, look).shown)
            for each in (found, again)
        )
        assert shown == executed
        for event in found:
            if isinstance(event, On):
                self.contract = replace(event.event.evolve(self.contract), version=99)
                continue
            self.entries.append(Entry(len(self.entries) + 1, event, event.effective_on, occasion.at))
            self.claim = replace(event.evolve(self.claim), version=len(self.entries))
            MET.add(event.type)

    def other(self, on):
        return self.contract if on.stream_id == K5 else empty(on.event.stream, on.stream_id)

    # What always holds

    @invariant()
    def every_row_and_all_balances_come_to_nothing_at_any_moment(self):
        rows = ledger.rows(self.entries, LAW)
        assert ledger.out_of_balance(rows) == []
        for upto in range(len(rows) + 1):
            assert sum(ledger.balances(rows[:upto]).values()) == 0

    @invariant()
    def the_ledger_says_what_the_claim_says(self):
        assert ledger.agrees(self.claim, ledger.rows(self.entries, LAW))

    @invariant()
    def nothing_is_negative_and_no_more_is_owed_than_was_claimed(self):
        for debt in self.claim.debts:
            assert 0 <= debt.principal <= debt.asked
            assert min(debt.expenses, debt.penalty, debt.overpaid, debt.accrued) >= 0
        assert sum(debt.asked for debt in self.claim.debts) == self.claim.sum

    @invariant()
    def what_is_closed_owes_nothing(self):
        if self.claim.settled_on:
            assert (self.claim.owed, self.claim.overpaid) == (0, 0)


ClaimLife.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestClaimLife = ClaimLife.TestCase


def test_these_claims_have_known_most_that_can_happen():
    """Runs after them."""
    assert len(MET) > 12
