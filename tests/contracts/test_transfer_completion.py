"""The hand-over: the old contract ends and its successor comes into force, both or neither."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.account import About
from contracts.activation import BriefingRecorded
from contracts.activation import outlook as first_days
from contracts.activation_rules import Activated, NotBriefed, NotEnrolled, NotExamined
from contracts.ahead import outlook, timers
from contracts.broken_month import due_for
from contracts.carrying import carried, practised, reach
from contracts.claim_rules import ClaimClosedHere, ClaimOpenedHere
from contracts.closing import Ended, ProposalClosed
from contracts.contract import State
from contracts.decision import DAY, On
from contracts.dossier import Outcome
from contracts.facts import Facts
from contracts.law import load
from contracts.moving import Carried, Destination
from contracts.parties import Role
from contracts.succession import (
    Gap,
    NotItsSuccessor,
    SuccessionBegun,
)
from contracts.terms import Term
from contracts.training_hours import planned
from contracts.transfer import DifferenceSet
from contracts.transfer_answer import DeclineTransfer, TransferAccepted
from contracts.transfer_completion import (
    CarriedOver,
    ClaimsUnnamed,
    CompleteTransfer,
    NoPlaceThere,
    ShareOutOfReach,
    TransferCompleted,
)
from contracts.transfer_rules import ConsentMissing, DoneAlready, NoTransfer, ReceiverDecides
from contracts.week import month_of
from contracts.withdrawal import Withdraw
from tests.contracts.transfers import (
    ANSWER_BY,
    C2_BIN,
    END_ON,
    K2_ACTIVE,
    K2_FREE,
    K2_MOVES,
    K3,
    LETS_GO,
    MEMORANDUM_THERE,
    MOVE,
    NAMED,
    START_ON,
    THERE,
    WITH_CLAUSE,
    beyond,
    concluded,
    of,
    requested,
    signed,
    successor,
)
from tests.examples import (
    COLLEGE,
    E1,
    E2,
    ENDS_ON,
    ENTERPRISE,
    K1,
    LAW,
    M3,
    OTHER,
    P1,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    REPRESENTATIVE,
    S2,
    STARTS_ON,
    STUDENT,
    an_id,
    around,
    asked,
    held,
    proposed,
    refused,
    schedule,
    state,
    when,
)

ON = date(2026, 12, 21)
COMPLETE = CompleteTransfer(K3)
PRACTICE = Carried(54, 54 * 8 * 60, "4S07130704")
COMPLETED = TransferCompleted(
    MOVE, Destination.ENTERPRISE, E2.bin, K3, END_ON, START_ON, ON, PRACTICE.days, PRACTICE.minutes
)
ENDED = Ended("transfer", END_ON, ON)
OVER = [*K2_FREE, COMPLETED, ENDED]
RECEIVER = Role.RECEIVER


def passes(given=K2_FREE, then=None, wish=COMPLETE, on=ON, role=COLLEGE, **facts):
    return when(wish, of(role, on, then or signed(), **facts), given)


def in_the_way(given=K2_FREE, then=None, wish=COMPLETE, on=ON, **facts):
    return refused(wish, of(COLLEGE, on, then or signed(), **facts), given)


def test_both_contracts_change_in_one_decision():
    assert passes() == [
        COMPLETED,
        ENDED,
        On(K3, CarriedOver(K1, PRACTICE.days, PRACTICE.minutes, PRACTICE.qualification)),
        On(K3, Activated(START_ON)),
    ]
    assert ENDED.effective_on == START_ON
    assert passes(wish=CompleteTransfer()) == passes()
    assert passes(given=OVER) == []
    assert passes(given=OVER, wish=CompleteTransfer()) == []


def test_the_old_contract_holds_to_its_last_day_and_the_new_one_from_the_next():
    old = state(OVER)
    assert (old.state_on(END_ON), old.state_on(START_ON)) == (State.ENDING, State.ENDED)
    assert (old.moved.successor, old.end.ground, old.end_on) == (K3, "transfer", END_ON)
    new = state([*successor(), CarriedOver(K1, 1, 2), Activated(START_ON)], id_=K3)
    assert (new.state_on(END_ON), new.state_on(START_ON)) == (State.SIGNED, State.ACTIVE)
    assert (new.succession.predecessor, new.succession.carried) == (K1, Carried(1, 2))


def test_after_it_nobody_leaves_the_old_contract_once_more():
    leave = Withdraw("own-wish", ON, date(2027, 1, 21))
    [wrong] = refused(leave, of(REPRESENTATIVE, ON), OVER)
    assert (wrong.state, wrong.last_day) == (State.ENDING, END_ON)


def test_what_the_enterprise_promised_ends_and_only_the_enterprise_gets_its_things_back():
    found = outlook(state(OVER), LAW)
    assert (found.ends, found.sums[1:]) == (("hiring", "reimbursement"), ())
    assert {task.name: task.who for task in found.tasks} == {
        "last-pay": (ENTERPRISE,),
        "return-property": (ENTERPRISE,),
    }
    assert timers(state(OVER)) == ()


def test_who_leaves_a_college_gets_its_certificate():
    to_college = requested(kind=Destination.COLLEGE, receiver=C2_BIN)
    completed = replace(COMPLETED, kind=Destination.COLLEGE, receiver=C2_BIN)
    found = outlook(state([*K2_ACTIVE, to_college, completed, ENDED]), LAW)
    assert {task.name: task.who for task in found.tasks} == {
        "last-pay": (ENTERPRISE,),
        "certificate": (COLLEGE,),
        "return-property": (COLLEGE,),
    }


def test_whom_the_enterprise_has_not_shown_the_place_yet_it_shows_it_by_the_first_day():
    active = [*successor(), Activated(START_ON)]
    [task] = first_days(state(active, id_=K3), LAW).tasks
    assert (task.command, task.by) == ("record-briefing", START_ON)
    shown = first_days(state([*active, BriefingRecorded(START_ON)], id_=K3), LAW)
    assert "brief" not in {task.name for task in shown.tasks}
    late = in_the_way(on=START_ON)
    assert late == [NotBriefed(START_ON)]
    assert passes(on=END_ON)
    assert passes(on=START_ON, then=state([*successor(), BriefingRecorded(START_ON)], id_=K3))


def test_open_proposals_fall_with_the_hand_over():
    open_one = proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 2, 1), date(2027, 1, 11))
    assert passes(given=[*K2_FREE, open_one])[2] == ProposalClosed(P1, "transfer")


def test_open_claims_are_named_and_stay_open():
    claim, other = (ClaimOpenedHere(an_id(n), About.COSTS, ENTERPRISE, 6_000_000) for n in (91, 92))
    given_ = [*K2_FREE, claim, other, ClaimClosedHere(an_id(92))]
    assert in_the_way(given=given_) == [ClaimsUnnamed((an_id(91),))]
    done = passes(given=given_, wish=replace(COMPLETE, claims=(an_id(91),)))
    assert done[0].claims == (an_id(91),)
    assert [claim.id for claim in state([*given_, *done[:2]]).account.open_claims] == [an_id(91)]


# Consents


def test_the_enterprise_that_is_left_is_waited_for():
    missing = ConsentMissing((ENTERPRISE,), ANSWER_BY, silence_releases=True)
    assert in_the_way(given=[*K2_MOVES, NAMED]) == [missing]


def test_all_have_signed_there():
    waits = state(successor(upto=-2), id_=K3)
    assert in_the_way(then=waits) == [ConsentMissing((COLLEGE,), ANSWER_BY, silence_releases=True)]
    both = in_the_way(given=[*K2_MOVES, NAMED], then=state(successor(upto=-3), id_=K3))
    assert both[0].missing == (COLLEGE, ENTERPRISE, REPRESENTATIVE)


def test_what_was_not_asked_for_or_is_over_is_not_completed():
    assert in_the_way(given=K2_ACTIVE) == [NoTransfer()]
    [declined] = when(DeclineTransfer(), of(STUDENT, ON), K2_MOVES)
    done = DoneAlready(Outcome.DECLINED, ON, deemed=False)
    assert in_the_way(given=[*K2_MOVES, declined]) == [done]


def test_a_transfer_to_a_college_waits_for_the_difference():
    given = [*K2_ACTIVE, requested(STUDENT, kind=Destination.COLLEGE, receiver=C2_BIN), NAMED]
    begun, *rest = successor(parties={"college": C2_BIN, "enterprise": E1.bin})
    new = state([replace(begun, memorandum=None), *rest], id_=K3)
    moved = replace(S2, enrolments=(replace(S2.enrolments[0], college=C2_BIN),))
    occasion = asked(RECEIVER, ON, around(moved, successor=new, beyond=Facts()))
    waits = [ConsentMissing((COLLEGE,), ANSWER_BY, silence_releases=True), ReceiverDecides(C2_BIN)]
    assert refused(COMPLETE, occasion, given) == waits
    ready = [*given, TransferAccepted(MOVE, COLLEGE), DifferenceSet(MOVE, (), 0)]
    assert when(COMPLETE, occasion, ready)
    nobody = replace(occasion, facts=replace(occasion.facts, student=S2))
    assert refused(COMPLETE, nobody, ready) == [NotEnrolled(START_ON)]


def test_a_minor_is_found_fit_where_the_law_asks_for_it():
    occasion = replace(of(COLLEGE, ON, signed()), law=load("kz"))
    assert refused(COMPLETE, occasion, K2_FREE) == [NotExamined(START_ON)]


# The successor


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"student": OTHER}, ("student",)),
        ({"college": C2_BIN}, ("college",)),
        ({"enterprise": C2_BIN}, ("enterprise",)),
    ],
)
def test_the_successor_has_the_parties_of_the_transfer(changed, wrong):
    assert in_the_way(then=state(successor(parties=changed), id_=K3)) == [NotItsSuccessor(wrong)]


def test_the_successor_names_the_contract_that_is_left():
    stranger = state([each for each in successor() if not isinstance(each, SuccessionBegun)], id_=K3)
    lapsed = replace(signed(), state=State.LAPSED)
    other = replace(signed(), succession=SuccessionBegun(OTHER).evolve(signed()).succession)
    for then in (stranger, lapsed, other):
        assert in_the_way(then=then) == [NotItsSuccessor(("predecessor",))]
    nobody = refused(CompleteTransfer(), of(COLLEGE, ON), [*K2_MOVES, LETS_GO])
    assert nobody == [NotItsSuccessor(("predecessor",))]


def test_the_successor_begins_on_the_first_day_that_was_asked_for():
    later = replace(THERE, term=Term(date(2027, 1, 13), date(2027, 12, 31)))
    assert in_the_way(then=state(successor(later), id_=K3)) == [Gap(END_ON, date(2027, 1, 13), 2)]


def test_there_is_a_place_there():
    period = (START_ON, ENDS_ON)
    full = beyond(holds=held("memorandum", str(MEMORANDUM_THERE.id), period))
    assert in_the_way(beyond=full) == [NoPlaceThere("memorandum", 1, 1)]
    busy = beyond(holds=held("mentor", str(M3.id), period, period))
    assert in_the_way(beyond=busy) == [NoPlaceThere("mentor", 2, 2)]
    assert passes(beyond=beyond(holds=held("mentor", str(M3.id), period)))


# The share


def test_the_share_can_be_met_in_the_time_that_is_left():
    """16 hours a week instead of 24."""
    fewer = state(successor(replace(THERE, schedule=PRACTICE_THU_FRI)), id_=K3)
    [found] = in_the_way(then=fewer)
    old = state(K2_ACTIVE)
    total = planned(old, LAW, STARTS_ON, ENDS_ON).total
    ahead = practised(fewer, LAW, START_ON, ENDS_ON).minutes
    assert found == ShareOutOfReach(54 * 8, ahead // 60, -(-total * 6 // 600), 60)
    assert found.done_hours + found.planned_hours < found.needed_hours
    longer = replace(THERE, schedule=PRACTICE_THU_FRI, term=Term(START_ON, date(2027, 12, 31)))
    assert passes(then=state(successor(longer), id_=K3))


def test_more_than_the_law_s_share_is_not_asked_for_there():
    """Who had four days of five at the enterprise may have three from now on."""
    days = schedule(["mon"], ["tue", "wed", "thu", "fri"])
    given = [*concluded(replace(WITH_CLAUSE, schedule=days)), *K2_FREE[7:]]
    assert passes(given=given)


def test_without_a_plan_nothing_is_reckoned():
    bare = replace(state(K2_ACTIVE), terms=replace(WITH_CLAUSE, term=None))
    found = reach(bare, signed(), LAW, END_ON, 60)
    assert (found.done, found.ahead, found.needed, found.enough) == (0, 0, 0, True)


@given(st.dates(STARTS_ON, ENDS_ON - DAY), st.dates(STARTS_ON, ENDS_ON - DAY))
def test_a_transfer_loses_no_hour_and_makes_none(one, other):
    """Whenever the student moves, and moves again: the sum before is the sum after."""
    first, second = min(one, other), max(one, other)
    whole = state(K2_ACTIVE)
    begin = replace(THERE, schedule=whole.terms.schedule)
    begin = replace(begin, term=Term(first + DAY, ENDS_ON))
    after_one = state(successor(begin, starts_on=first + DAY), id_=K3)
    begun = carried(whole, LAW, first)
    after_one = CarriedOver(K1, begun.days, begun.minutes).evolve(after_one)
    then = carried(after_one, LAW, second)
    rest = practised(whole, LAW, second + DAY, ENDS_ON)
    planned = practised(whole, LAW, STARTS_ON, ENDS_ON)
    assert (then.days + rest.days, then.minutes + rest.minutes) == (planned.days, planned.minutes)


# Money


@given(st.dates(STARTS_ON, ENDS_ON - DAY), st.integers(0, 20_000_000))
def test_a_month_that_is_shared_is_paid_once(end_on, monthly):
    """Both enterprises pay the same by the month: together they pay a whole month, and what rounding up for
    the student comes to."""
    pay = replace(THERE.compensation, monthly=monthly)
    old = state(concluded(replace(WITH_CLAUSE, compensation=pay)))
    old = replace(old, end_on=end_on)
    terms = replace(THERE, compensation=pay, term=Term(end_on + DAY, ENDS_ON))
    new = state(successor(terms, starts_on=end_on + DAY), id_=K3)
    first, second = due_for(old, LAW, end_on), due_for(new, LAW, end_on + DAY)
    if (end_on + DAY).month != end_on.month:
        assert first.amount == (monthly if practised(old, LAW, end_on.replace(day=1), end_on).days else 0)
        assert second.amount == monthly
    elif practised(old, LAW, *month_of(end_on)).days:
        assert monthly <= first.amount + second.amount <= monthly + 1


def test_who_comes_first_of_all_is_paid_for_the_days_of_the_contract():
    """A contract that takes nobody's place pays a whole month for all days that it has planned."""
    alone = state(successor()[:1] + successor()[2:], id_=K3)
    assert due_for(alone, LAW, START_ON).amount == THERE.compensation.monthly
    assert due_for(signed(), LAW, START_ON).amount == -(-9_500_000 * 9 // 11)
    assert due_for(signed(), LAW, date(2027, 2, 1)).amount == 9_500_000
