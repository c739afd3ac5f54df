"""Every ground of the law: who may use it, what it needs, and what may be asked back; and a notice that was
taken back leaves nothing behind but its history."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ahead import outlook, timers
from contracts.closing import NoSuchGround, NotHeard, ProofMissing
from contracts.completion import Assessed
from contracts.contract import PARTIES, State
from contracts.decision import DAY, On, fold
from contracts.law import load
from contracts.mutual_end import MutualEndProposed
from contracts.pay import PayRecorded
from contracts.places import holds
from contracts.results import AssessmentKind, Grade
from contracts.schedule_answer import ChangeAgreed
from contracts.termination import CureDemanded
from contracts.terms import PayKind
from contracts.withdrawal import (
    CureFirst,
    Noticed,
    NoticeTooShort,
    RepresentativeMissing,
    RevokeNotice,
    Withdraw,
    WithdrawalConsented,
    ground_of,
)
from tests.contracts.transfers import K2_ACTIVE, NAMED, requested
from tests.examples import (
    COLLEGE,
    ENDS_ON,
    ENTERPRISE,
    K1_ACTIVE,
    K5_ACTIVE,
    LAW,
    P1,
    P2,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S5,
    STUDENT,
    accepted,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

RECEIVED = date(2026, 12, 28)
HEARD_ON = date(2026, 12, 23)
GROUNDS = [ground for ground in LAW.grounds(RECEIVED) if not ground.needs & {"order", "agreement"}]
MOST = replace(Withdraw("", RECEIVED, ENDS_ON), proof="act 1", heard_on=HEARD_ON)
"""As much as any ground could need: a paper, the student's words, and no end before the term's."""


def demanded(ground):
    at_fault = [role for role in PARTIES if role == ground.fault]
    return [CureDemanded(STUDENT, role, RECEIVED - DAY, "c" * 64) for role in at_fault]


def by_college(ground):
    """The sides whose request it is; a college records each."""
    return sorted(role for role in PARTIES if role in ground.by)


EACH = [(ground, side) for ground in GROUNDS for side in by_college(ground)]
NAMES = [f"{ground.id} by {side}" for ground, side in EACH]


@pytest.mark.parametrize(("ground", "side"), EACH, ids=NAMES)
def test_each_ground_ends_the_contract_for_each_side_that_has_it(ground, side):
    wish = replace(MOST, ground=ground.id, initiator=side)
    [noticed] = when(wish, asked(COLLEGE, RECEIVED, around(S5)), [*K5_ACTIVE, *demanded(ground)])
    assert (noticed.initiator, noticed.ground, noticed.end_on) == (side, ground.id, ENDS_ON)


@pytest.mark.parametrize("ground", LAW.grounds(RECEIVED), ids=lambda ground: ground.id)
def test_no_side_has_a_ground_that_is_not_its_own(ground):
    another_way = bool(ground.needs & {"order", "agreement"})
    for side in PARTIES:
        wish = replace(MOST, ground=ground.id, initiator=side)
        if side in ground.by and not another_way:
            continue
        found = refused(wish, asked(COLLEGE, RECEIVED, around(S5)), [*K5_ACTIVE, *demanded(ground)])
        assert found == [NoSuchGround(ground.id, side)]


@pytest.mark.parametrize(("ground", "side"), EACH, ids=NAMES)
def test_each_ground_has_its_own_notice(ground, side):
    """The first lawful day passes, the day before does not."""
    given_ = [*K5_ACTIVE, *demanded(ground)]
    occasion = asked(COLLEGE, RECEIVED, around(S5))
    rule = LAW.rule(ground.notice, RECEIVED).value if ground.notice else None
    earliest = LAW.end_of(rule, RECEIVED).last if rule else RECEIVED
    wish = replace(MOST, ground=ground.id, initiator=side, end_on=earliest)
    assert when(wish, occasion, given_)
    early = refused(replace(wish, end_on=earliest - DAY), occasion, given_)
    assert early == [NoticeTooShort(RECEIVED, earliest - DAY, earliest, 1)]


@pytest.mark.parametrize(("ground", "side"), EACH, ids=NAMES)
def test_each_ground_needs_what_the_law_says_and_no_more(ground, side):
    wish = replace(MOST, ground=ground.id, initiator=side)
    bare = replace(wish, proof=None, heard_on=None)
    lacking = {type(each) for each in refused_or_none(bare)}
    expected = {
        need: kind
        for need, kind in (("proof", ProofMissing), ("hearing", NotHeard), ("cure", CureFirst))
        if need in ground.needs
    }
    assert lacking == set(expected.values())
    minor = asked(COLLEGE, RECEIVED)
    of_a_minor = [*K1_ACTIVE, *demanded(ground)]
    if "representative" in ground.needs:
        assert refused(wish, minor, of_a_minor) == [RepresentativeMissing(ENDS_ON)]
        assert when(wish, minor, [*of_a_minor, WithdrawalConsented(ground.id, ENDS_ON)])
    else:
        assert when(wish, minor, of_a_minor)


def refused_or_none(wish):
    occasion = asked(COLLEGE, RECEIVED, around(S5))
    return [*wish.rules(state(K5_ACTIVE), occasion)]


@pytest.mark.parametrize("ground", LAW.grounds(RECEIVED), ids=lambda ground: ground.id)
def test_costs_are_asked_back_only_where_the_student_is_at_fault(ground):
    noticed = Noticed(STUDENT, ground.id, RECEIVED, date(2027, 1, 28), RECEIVED)
    found = outlook(state([*K5_ACTIVE, noticed]), LAW)
    claimable = "training-costs" in {each.name for each in found.sums}
    assert claimable is (ground.fault == "student")
    assert ("reimbursement" in found.ends) is not claimable


def test_both_packs_have_the_same_grounds():
    assert [ground.id for ground in load("kz").grounds(RECEIVED)] == [
        ground.id for ground in LAW.grounds(RECEIVED)
    ]
    assert ground_of(MOST, STUDENT, asked(STUDENT, RECEIVED)) is None


# A notice that was taken back

WHAT_MAY_BE = [
    proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31)),
    accepted(P1, STUDENT),
    ChangeAgreed(P1, PRACTICE_MON_WED, date(2027, 1, 11), P1.hex * 2),
    MutualEndProposed(P2, ENTERPRISE, date(2027, 1, 15), date(2026, 12, 31), "e" * 64),
    PayRecorded("2026-11", PayKind.COMPENSATION, 9_500_000),
    CureDemanded(COLLEGE, ENTERPRISE, date(2026, 12, 31), "c" * 64),
    requested(),
    NAMED,
    WithdrawalConsented("own-wish", date(2027, 2, 1)),
]
ANSWERED = {"version", "proposals", "mutual_ends", "moves"}
"""What has fallen with the notice stays closed, and says why."""


@given(
    st.lists(st.sampled_from(WHAT_MAY_BE), unique_by=id, max_size=9),
    st.integers(0, 3),
    st.sampled_from([STUDENT, REPRESENTATIVE]),
)
def test_a_notice_taken_back_leaves_the_contract_as_if_it_had_not_been(happened, times, who):
    was = now = state([*K2_ACTIVE, *sorted(happened, key=WHAT_MAY_BE.index)])
    wish = Withdraw("own-wish", RECEIVED, date(2027, 1, 28))
    for _ in range(times):
        for command in (wish, RevokeNotice()):
            events = command.decide(now, asked(REPRESENTATIVE if command is wish else who, RECEIVED))
            now = fold([event for event in events if not isinstance(event, On)], now)
    differing = {f.name for f in fields(was) if getattr(was, f.name) != getattr(now, f.name)}
    assert differing <= ANSWERED
    assert (now.state, now.end_on, now.end, holds(now)) == (State.ACTIVE, None, None, holds(was))
    assert not times or (now.open_proposal, now.open_mutual_end, now.open_move) == (None, None, None)
    kept = {timer.command for timer in timers(now)} - {"note-adulthood"}
    assert not times or kept == set()


def test_a_notice_taken_back_leads_to_the_state_of_before():
    completing = state([*K5_ACTIVE, Assessed(AssessmentKind.FINAL, RECEIVED, Grade.GOOD, passed=True)])
    wish = Withdraw("own-wish", RECEIVED, date(2027, 1, 28))
    leaving = fold(when(wish, asked(STUDENT, RECEIVED, around(S5)), completing), completing)
    back = fold(when(RevokeNotice(), asked(STUDENT, RECEIVED, around(S5)), leaving), leaving)
    assert (leaving.state, back.state) == (State.ENDING, State.COMPLETING)
