"""A debt is forgiven by two people; what is settled is closed."""

from datetime import date

from contracts.ahead import outlook, timers
from contracts.claim import Parts
from contracts.claim_rules import ClaimClosedHere, ClaimSettled, MoreThanOwed, SecondPerson
from contracts.consequences import Task, Timer
from contracts.decision import DAY, NotParty, On
from contracts.formation_rules import UnknownParty
from contracts.reimbursement_end import (
    ClaimClosed,
    ClaimReduced,
    ClaimWrittenOff,
    CloseClaim,
    NotSettled,
    Waive,
    WaiverProposed,
    WriteOff,
)
from contracts.reimbursement_payment import PostPayment
from tests.contracts.claims import DUE_BY, OF_S5, SECOND, by, claim
from tests.examples import COLLEGE, DEADLINE, E1_HEAD, ENTERPRISE, K5, LAW, STUDENT, refused, state, when

ON = date(2027, 3, 5)
OWED = claim(wish=OF_S5)
PART = Waive(500_000)


def after(*events):
    return claim(*events, wish=OF_S5)


def first(wish=PART):
    return after(*when(wish, by(ENTERPRISE, ON), OWED))


def test_one_person_proposes_it_and_nothing_is_forgiven_yet():
    assert when(PART, by(ENTERPRISE, ON), OWED) == [WaiverProposed(STUDENT, E1_HEAD, 500_000, whole=False)]
    assert first().owed == 10_000_000
    assert Task("second-person", (ENTERPRISE,), "waive") in outlook(first(), LAW).tasks


def test_the_same_person_does_not_confirm_and_a_second_one_does():
    assert refused(PART, by(ENTERPRISE, ON), first()) == [SecondPerson(500_000)]
    [done] = when(PART, by(ENTERPRISE, ON, person=SECOND), first())
    assert done == ClaimReduced(STUDENT, (E1_HEAD, SECOND), 500_000, ON, Parts(principal=500_000))
    lower = done.evolve(first())
    assert (lower.owed, lower.debt(STUDENT).waiver) == (9_500_000, None)


def test_another_sum_is_another_proposal():
    [again] = when(Waive(400_000), by(ENTERPRISE, ON, person=SECOND), first())
    assert again == WaiverProposed(STUDENT, SECOND, 400_000, whole=False)


def test_no_more_is_forgiven_than_is_owed():
    assert when(Waive(10_000_000), by(ENTERPRISE, ON), OWED)
    assert refused(Waive(10_000_001), by(ENTERPRISE, ON), OWED) == [MoreThanOwed(10_000_001, 10_000_000, 1)]
    assert when(Waive(0), by(ENTERPRISE, ON), OWED) == []


def test_the_rest_is_written_off_in_one_entry():
    paid = when(PostPayment(676_576, ON), by(ENTERPRISE, ON), OWED)
    rest = after(*paid)
    proposed = when(WriteOff(), by(ENTERPRISE, ON), rest)
    assert Task("second-person", (ENTERPRISE,), "write-off") in outlook(after(*paid, *proposed), LAW).tasks
    assert refused(WriteOff(), by(ENTERPRISE, ON), after(*paid, *proposed)) == [SecondPerson(9_323_424)]
    [done] = when(WriteOff(), by(ENTERPRISE, ON, person=SECOND), after(*paid, *proposed))
    assert isinstance(done, ClaimWrittenOff)
    assert (done.amount, after(*paid, *proposed, done).owed) == (9_323_424, 0)
    assert when(WriteOff(), by(ENTERPRISE, ON), after(*paid, *proposed, done)) == []


def test_of_several_debtors_one_is_named():
    assert refused(PART, by(ENTERPRISE, ON), claim()) == [UnknownParty(("debtor",))]
    assert refused(WriteOff(), by(ENTERPRISE, ON), claim()) == [UnknownParty(("debtor",))]
    [proposed] = when(Waive(1, COLLEGE), by(ENTERPRISE, ON), claim())
    assert proposed.debtor is COLLEGE


def test_only_the_creditor_forgives():
    assert refused(PART, by(COLLEGE, ON), claim()) == [NotParty(COLLEGE, (ENTERPRISE,))]


# Closing


def test_it_is_closed_when_nothing_is_owed_and_stands_so_in_the_contract():
    paid = after(*when(PostPayment(10_000_000, ON), by(ENTERPRISE, ON), OWED))
    assert Timer("close-claim", ON) in timers(paid)
    closed, here = when(CloseClaim(), by(DEADLINE, ON), paid)
    assert (closed, here) == (ClaimClosed(ON), On(K5, ClaimClosedHere(paid.id)))
    done = closed.evolve(paid)
    assert timers(done) == ()
    assert outlook(done, LAW).deadlines == ()
    assert when(CloseClaim(), by(DEADLINE, ON), done) == []
    assert refused(PostPayment(1, ON), by(ENTERPRISE, ON), done) == [ClaimSettled(ON)]


def test_what_is_owed_is_not_closed():
    assert refused(CloseClaim(), by(ENTERPRISE, ON), OWED) == [NotSettled(10_000_000, 0)]
    assert when(CloseClaim(), by(DEADLINE, ON), OWED) == []
    over = after(*when(PostPayment(10_000_001, ON, overpaid=True), by(ENTERPRISE, ON), OWED))
    assert refused(CloseClaim(), by(ENTERPRISE, ON), over) == [NotSettled(0, 1)]


def test_interest_of_the_day_is_forgiven_too():
    late = DUE_BY + 10 * DAY
    proposed = when(WriteOff(), by(ENTERPRISE, late), OWED)
    interest, done = when(WriteOff(), by(ENTERPRISE, late, person=SECOND), after(*proposed))
    assert done.amount == 10_000_000 + interest.amount
    assert state([], "claim").owed == 0
