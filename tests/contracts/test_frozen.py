"""What is in dispute stays as it is; pay, safety and study go on."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.activation import RecordFitness
from contracts.ahead import timers
from contracts.amendment import ProposeAmendment
from contracts.amendment_answer import AcceptAmendment, DeclineAmendment, LapseAmendment
from contracts.amendment_notice import GiveNoticeOfChange
from contracts.contract_rules import Frozen
from contracts.decision import DAY
from contracts.dispute import Closing
from contracts.dispute_marks import (
    DisputeClosedHere,
    DisputeMovedHere,
    DisputeOpenedHere,
    DisputeReopenedHere,
)
from contracts.ending import DisputeHolds, EndContract, IssueCertificate
from contracts.pay import RecordPay
from contracts.pay_raise import PayStep, RaisePay
from contracts.points import Disputed, Matter, Point
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange
from contracts.terms import Assessment, ClauseId, Compensation, PayKind, Terms, WorkOff
from tests.contracts.quarrel import ANSWER_BY, DAYS, DISPUTE, END, K5_ENDING, OPENED_HERE, OPENED_ON
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    K5,
    K5_ACTIVE,
    P1,
    PRACTICE_MON_WED,
    S5,
    STUDENT,
    an_id,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

HERE = DisputeOpenedHere(DISPUTE, STUDENT, (DAYS,), OPENED_ON, ANSWER_BY)
FROM_ON = date(2027, 2, 15)
PROPOSE = ProposeScheduleChange(PRACTICE_MON_WED, FROM_ON)
FROZEN = Frozen(DISPUTE, (DAYS,), OPENED_ON, ANSWER_BY)
LAST_DAY = date(2027, 1, 28)


def by(role, on=OPENED_ON):
    return asked(role, on, around(S5), person=S5.id if role is STUDENT else None)


def test_a_disputed_clause_is_not_changed():
    given = [*K5_ACTIVE, HERE]
    assert when(PROPOSE, by(COLLEGE), K5_ACTIVE)
    assert refused(PROPOSE, by(COLLEGE), given) == [FROZEN]
    moved = [*given, DisputeMovedHere(DISPUTE, date(2027, 3, 1))]
    assert refused(PROPOSE, by(COLLEGE), moved) == [replace(FROZEN, until=date(2027, 3, 1))]
    assert when(PROPOSE, by(COLLEGE), [*given, DisputeClosedHere(DISPUTE, Closing.SETTLED)])
    again = [*given, DisputeClosedHere(DISPUTE, Closing.FINAL), DisputeReopenedHere(DISPUTE)]
    assert refused(PROPOSE, by(COLLEGE), again) == [replace(FROZEN, until=None)]


def test_another_clause_is_free():
    other = replace(HERE, points=(Point(Matter.CLAUSE, ClauseId.HIRING),))
    assert when(PROPOSE, by(COLLEGE), [*K5_ACTIVE, other])


def test_what_was_proposed_before_is_not_agreed_to_but_may_be_declined():
    given = [*K5_ACTIVE, proposed(P1, COLLEGE, PRACTICE_MON_WED, FROM_ON, date(2027, 1, 12)), HERE]
    assert refused(AnswerScheduleChange(P1, accept=True), by(ENTERPRISE), given) == [FROZEN]
    assert when(AnswerScheduleChange(P1, accept=False), by(ENTERPRISE), given)


def test_pay_and_fitness_are_never_frozen():
    points = (Point(Matter.CLAUSE, ClauseId.COMPENSATION), END)
    given = [*K5_ENDING, replace(HERE, points=points)]
    assert when(RecordPay("2026-12", 9_500_000), by(ENTERPRISE), given)
    assert when(RecordFitness(OPENED_ON), by(ENTERPRISE), [*K5_ACTIVE, replace(HERE, points=points)])


@pytest.mark.parametrize("role", [DEADLINE, COLLEGE])
def test_while_the_end_is_disputed_the_contract_is_not_ended(role):
    held = [*K5_ENDING, OPENED_HERE]
    found = refused(EndContract(), by(role, LAST_DAY + DAY), held)
    assert found == [DisputeHolds(DISPUTE, OPENED_ON, ANSWER_BY)]
    over = [*held, DisputeClosedHere(DISPUTE, Closing.WITHDRAWN)]
    assert [event.type for event in when(EndContract(), by(role, LAST_DAY + DAY), over)] == ["contract.ended"]
    assert when(EndContract(), by(role, LAST_DAY + DAY), [*K5_ENDING, HERE]), "only its days are disputed"


def test_the_timer_of_the_end_stays_until_the_dispute_is_over():
    held = state([*K5_ENDING, OPENED_HERE])
    assert "end" in {timer.name for timer in timers(held)}
    assert when(IssueCertificate("12/2027"), by(COLLEGE, LAST_DAY + DAY), held)


def test_two_disputes_hold_each_their_own():
    other = DisputeOpenedHere(an_id(82), ENTERPRISE, (DAYS, END), OPENED_ON)
    contract = state([*K5_ENDING, HERE, other], id_=K5)
    assert [each.id for each in contract.open_disputes] == [DISPUTE, an_id(82)]
    closed = DisputeClosedHere(DISPUTE, Closing.WITHDRAWN).evolve(contract)
    assert [each.id for each in closed.open_disputes] == [an_id(82)]


def test_a_dispute_holds_what_its_points_name():
    claim, entry = an_id(83), Point(Matter.ENTRY, entry=7)
    item, share = Point(Matter.ITEM, item="materials"), Point(Matter.SHARE)
    dispute = Disputed(DISPUTE, STUDENT, (END, DAYS, entry, item, share), OPENED_ON, None, claim)
    assert dispute.holds(end=True) == (END,)
    assert dispute.holds(frozenset({ClauseId.SCHEDULE, ClauseId.TERM})) == (DAYS,)
    assert dispute.holds(entries=frozenset({6, 7})) == (entry,)
    assert dispute.holds(claim=claim) == (item, share)
    assert dispute.holds(claim=an_id(84)) == ()
    assert dispute.holds(frozenset(ClauseId), frozenset({8})) == (DAYS,)
    assert replace(dispute, closed=True).holds(end=True, claim=claim) == ()


# Changes of clauses

PAY = Point(Matter.CLAUSE, clause=ClauseId.COMPENSATION)
ASSESSMENTS = Point(Matter.CLAUSE, clause=ClauseId.ASSESSMENT)
QUARREL = DisputeOpenedHere(DISPUTE, STUDENT, (PAY, ASSESSMENTS), OPENED_ON, ANSWER_BY)
NOT_PAY, NOT_ASSESSED = (Frozen(DISPUTE, (point,), OPENED_ON, ANSWER_BY) for point in (PAY, ASSESSMENTS))
LESS = ProposeAmendment(date(2027, 4, 1), Terms(compensation=Compensation(PayKind.COMPENSATION, 1)))
TELL = GiveNoticeOfChange(date(2027, 4, 1), Terms(assessment=Assessment(2)))


def test_no_addendum_notice_or_raise_changes_a_disputed_clause():
    given = [*K5_ACTIVE, QUARREL]
    assert refused(LESS, by(ENTERPRISE), given) == [NOT_PAY]
    assert refused(TELL, by(COLLEGE), given) == [NOT_ASSESSED]
    raised = RaisePay((PayStep(date(2027, 4, 1), 11_000_000),))
    assert refused(raised, by(ENTERPRISE), given) == [NOT_PAY]
    closed = [*given, DisputeClosedHere(DISPUTE, Closing.SETTLED)]
    for wish, role in ((LESS, ENTERPRISE), (TELL, COLLEGE), (raised, ENTERPRISE)):
        assert when(wish, by(role), K5_ACTIVE)
        assert when(wish, by(role), closed)


def test_what_was_proposed_before_the_dispute_waits_for_its_end():
    [proposal] = when(LESS, by(ENTERPRISE), K5_ACTIVE)
    given = [*K5_ACTIVE, proposal, QUARREL]
    assert refused(AcceptAmendment(proposal.text_hash), by(STUDENT), given) == [NOT_PAY]
    assert when(DeclineAmendment(proposal.text_hash), by(STUDENT), given)
    [notice] = when(TELL, by(COLLEGE), K5_ACTIVE)
    lapse, later = LapseAmendment(notice.proposal), by(DEADLINE, notice.object_by + DAY)
    assert refused(lapse, later, [*K5_ACTIVE, notice, QUARREL]) == [NOT_ASSESSED]
    assert when(lapse, later, [*K5_ACTIVE, notice])


def test_an_undisputed_clause_changes_beside_a_dispute():
    wish = ProposeAmendment(date(2027, 4, 1), Terms(work_off=WorkOff(12)))
    assert when(wish, by(COLLEGE), [*K5_ACTIVE, QUARREL])
