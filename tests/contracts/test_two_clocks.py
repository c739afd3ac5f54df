"""The contract as it was in force on a day, by what was known at a moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.ahead import outlook
from contracts.closing import ProposalClosed
from contracts.contract import State
from contracts.dossier import Outcome
from contracts.ending import Ended
from contracts.formation import Revised
from contracts.mutual_end import MutualEndAccepted, MutualEndAgreed, MutualEndProposed
from contracts.offer_end import Lapsed
from contracts.schedule import ChangeSuperseded
from contracts.schedule_answer import ChangeAgreed
from contracts.terms import Compensation, PayKind, Terms
from contracts.training_record import Place
from contracts.two_clocks import Entry, changes, holds_from, seen
from contracts.week import place_on
from contracts.withdrawal import Noticed, Revoked
from tests.contracts.entries import BEGUN, BEGUN_S5, EMPTY, NOW, each_on, on, recorded
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    K1_ACTIVE,
    K1_DRAFT,
    K1_OUT,
    K5_ACTIVE,
    LAW,
    P1,
    P2,
    P3,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    PRACTICE_WED_FRI,
    REPRESENTATIVE,
    SIGN_BY,
    STUDENT,
    accepted,
    proposed,
    state,
)

# A schedule change: P2 is superseded by P3, which all accept, the last on 16 October at 11:00

FROM_ON, OCTOBER = date(2026, 11, 2), date(2026, 10, 16)
AGREED = ChangeAgreed(P3, PRACTICE_MON_WED, FROM_ON, P3.hex * 2)
CHANGED = recorded(
    *BEGUN,
    (proposed(P2, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 9), date(2026, 10, 19)), date(2026, 10, 12)),
    (ChangeSuperseded(P2, by=P3), date(2026, 10, 14)),
    (proposed(P3, ENTERPRISE, PRACTICE_MON_WED, FROM_ON, date(2026, 10, 21)), date(2026, 10, 14)),
    (accepted(P3, STUDENT), date(2026, 10, 15)),
    (accepted(P3, REPRESENTATIVE), OCTOBER),
    (accepted(P3, COLLEGE), OCTOBER),
    (AGREED, OCTOBER),
)
THURSDAY_BEFORE, THURSDAY_AFTER = date(2026, 10, 29), date(2026, 11, 5)
NOT_YET_AGREED = datetime(2026, 10, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "known_at", "place"),
    [
        (THURSDAY_BEFORE, NOW, Place.ENTERPRISE),
        (THURSDAY_AFTER, NOW, Place.COLLEGE),
        (THURSDAY_AFTER, NOT_YET_AGREED, Place.ENTERPRISE),
        (date(2026, 10, 26), NOW, None),
    ],
    ids=["before", "after", "after, as known before", "holiday"],
)
def test_where_the_student_is_on_a_day(day, known_at, place):
    assert place_on(on(CHANGED, day, known_at), LAW, day) is place


def test_a_change_is_in_force_from_its_day():
    before, after = on(CHANGED, date(2026, 11, 1)), on(CHANGED, FROM_ON)
    assert (before.terms.schedule, after.terms.schedule) == (PRACTICE_WED_FRI, PRACTICE_MON_WED)


def test_a_change_is_agreed_before_it_is_in_force():
    """What waits for its day is no open question meanwhile."""
    agreed = on(CHANGED, date(2026, 10, 20))
    assert (agreed.proposal(P3).outcome, agreed.open_proposal) == (Outcome.AGREED, None)
    assert "answer-schedule-change" not in {task.name for task in outlook(agreed, LAW).tasks}
    assert agreed.schedule_on(FROM_ON) == PRACTICE_MON_WED, "still to come"
    assert agreed.terms.schedule == PRACTICE_WED_FRI


def test_one_entry_sets_the_clause_that_differs():
    changed = [entry for entry in seen(CHANGED, LAW, FROM_ON, NOW) if holds_from(entry, LAW) == FROM_ON]
    assert [entry.event for entry in changed] == [AGREED]
    [change] = changes(seen(CHANGED, LAW, FROM_ON, NOW), EMPTY)[-1:]
    assert (change.clause.id, change.by.event) == ("C-SCHEDULE", AGREED)
    assert (change.was, change.now) == (PRACTICE_WED_FRI, PRACTICE_MON_WED)


def test_every_clause_is_set_by_an_entry():
    raised = Revised(ENTERPRISE, Terms(compensation=Compensation(PayKind.COMPENSATION, 9_550_000)))
    entries = recorded((K1_DRAFT[0], date(2026, 8, 10)), (raised, date(2026, 8, 19)))
    found = changes(entries, EMPTY)
    assert len(found) == 13
    assert [change.by.version for change in found if change.clause.id == "C-COMPENSATION"] == [1, 2]
    assert found[-1].now.monthly == 9_550_000


def test_a_change_agreed_late_holds_from_its_past_day_and_is_no_open_question():
    from_on, late = date(2026, 10, 19), date(2026, 12, 1)
    entries = recorded(
        *BEGUN,
        (proposed(P1, COLLEGE, PRACTICE_MON_WED, from_on, date(2026, 12, 7)), date(2026, 11, 25)),
        (accepted(P1, STUDENT), late),
        (ChangeAgreed(P1, PRACTICE_MON_WED, from_on, P1.hex * 2), late),
    )
    assert on(entries, from_on).terms.schedule == PRACTICE_MON_WED
    assert on(entries, from_on, datetime(2026, 11, 30, tzinfo=UTC)).terms.schedule == PRACTICE_WED_FRI
    assert on(entries, late).open_proposal is None
    assert on(entries, date(2026, 11, 26), datetime(2026, 11, 30, tzinfo=UTC)).open_proposal.id == P1


def test_a_later_day_wins_over_what_was_agreed_later_for_an_earlier_one():
    first = ChangeAgreed(P1, PRACTICE_MON_WED, date(2026, 11, 9), P1.hex * 2)
    second = ChangeAgreed(P2, PRACTICE_THU_FRI, date(2026, 11, 2), P2.hex * 2)
    entries = recorded(*BEGUN, (first, OCTOBER), (second, date(2026, 10, 20)))
    for day, schedule in (
        (date(2026, 11, 8), PRACTICE_THU_FRI),
        (date(2026, 11, 9), PRACTICE_MON_WED),
    ):
        contract = on(entries, day)
        assert contract.terms.schedule == contract.schedule_on(day) == schedule


# A withdrawal, and one taken back

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
OPEN = (proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31)), date(2026, 12, 24))
NOTICED = (Noticed(STUDENT, "own-wish", RECEIVED, END_ON, RECEIVED), RECEIVED)
LEFT = [*BEGUN_S5, OPEN, NOTICED, (ProposalClosed(P1, "withdrawal"), RECEIVED)]
REVOKED_ON = date(2027, 1, 5)


def test_a_withdrawal_is_known_from_when_it_was_recorded():
    entries = recorded(*LEFT, (Ended("own-wish", END_ON, RECEIVED), date(2027, 1, 29)))
    before = datetime(2026, 12, 28, tzinfo=UTC)
    for day, known_at, expected in (
        (date(2026, 12, 27), NOW, State.ACTIVE),
        (RECEIVED, NOW, State.ENDING),
        (RECEIVED, before, State.ACTIVE),
        (END_ON, NOW, State.ENDING),
        (date(2027, 1, 29), NOW, State.ENDED),
        (date(2027, 1, 29), before, State.ACTIVE),
    ):
        assert on(entries, day, known_at).state_on(day) is expected


def test_before_the_first_day_it_is_signed_and_not_yet_in_force():
    assert on(recorded(*BEGUN), date(2026, 8, 31)).state_on(date(2026, 8, 31)) is State.SIGNED
    assert on(recorded(*BEGUN), date(2026, 9, 1)).state_on(date(2026, 9, 1)) is State.ACTIVE


def test_a_revoked_notice_reads_as_if_nothing_had_been_noticed():
    entries = recorded(*LEFT, (Revoked(STUDENT), REVOKED_ON))
    without, now = state(K5_ACTIVE), on(entries, date(2027, 2, 1))
    assert replace(now, version=0, proposals=(), id=None) == replace(without, version=0, id=None)
    assert now.proposal(P1).outcome is Outcome.CLOSED, "what fell with it stays closed"
    meanwhile = on(entries, date(2027, 1, 4))
    assert (meanwhile.state, meanwhile.end_on) == (State.ENDING, END_ON)


def test_a_notice_recorded_late_holds_from_its_receipt():
    """Also where it was received before an earlier one was revoked."""
    second = Noticed(STUDENT, "own-wish", date(2027, 1, 3), date(2027, 2, 3), date(2027, 1, 8))
    entries = recorded(*LEFT, (Revoked(STUDENT), REVOKED_ON), (second, date(2027, 1, 8)))
    now = on(entries, date(2027, 1, 10))
    assert (now.state, now.end_on) == (State.ENDING, date(2027, 2, 3))


def test_an_end_agreed_for_a_past_day_leaves_nothing_open():
    past, known = date(2026, 11, 30), date(2027, 2, 10)
    entries = recorded(
        *LEFT,
        (Revoked(STUDENT), REVOKED_ON),
        (MutualEndProposed(P2, COLLEGE, past, date(2027, 2, 11), "e" * 64), date(2027, 2, 8)),
        (MutualEndAccepted(P2, STUDENT, "e" * 64), date(2027, 2, 9)),
        (MutualEndAgreed(P2, COLLEGE, past, known, "e" * 64), known),
        (Ended("agreement", past, known), known),
    )
    for day in (date(2026, 12, 1), date(2027, 1, 1), known, date(2027, 3, 1)):
        contract = on(entries, day)
        assert (contract.state, contract.end_on) == (State.ENDED, past)
        assert contract.open_mutual_end is None
    assert on(entries, date(2027, 1, 31), datetime(2027, 1, 31, 18, tzinfo=UTC)).state is State.ACTIVE


def test_an_offer_that_lapsed_while_the_service_was_down_lapsed_on_its_day():
    lapsed = Lapsed(SIGN_BY, (COLLEGE,))
    entries = recorded(*each_on(date(2026, 8, 12), K1_OUT), (lapsed, date(2026, 8, 31)))
    assert on(entries, date(2026, 8, 26)).state is State.OFFERED
    assert on(entries, date(2026, 8, 27)).state is State.LAPSED
    assert on(entries, date(2026, 8, 27), datetime(2026, 8, 30, tzinfo=UTC)).state is State.OFFERED


def test_nothing_is_known_before_the_first_entry():
    entries = recorded(*BEGUN)
    assert on(entries, date(2026, 8, 23)) == EMPTY
    assert on(entries, date(2027, 1, 1), datetime(2026, 8, 24, 5, tzinfo=UTC)) == EMPTY
    assert on(entries, date(2026, 8, 24)).version == len(K1_ACTIVE) - 2


def test_a_moment_counts_with_its_own_instant():
    entries = recorded(*BEGUN)
    at = entries[0].recorded_at
    assert on(entries, date(2027, 1, 1), at).version == len(K1_ACTIVE) - 2
    assert on(entries, date(2027, 1, 1), at - timedelta(microseconds=1)) == EMPTY


def test_a_day_begins_at_midnight_in_almaty():
    late_evening = datetime(2026, 8, 24, 19, tzinfo=UTC)
    [entry] = [Entry(1, K1_DRAFT[0], None, late_evening)]
    assert holds_from(entry, LAW) == date(2026, 8, 25)
    assert on([entry], date(2026, 8, 24)) == EMPTY
