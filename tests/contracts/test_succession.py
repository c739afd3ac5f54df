"""A contract is drafted to take the place of another one, and waits until that one is over."""

from dataclasses import replace
from datetime import date

from contracts.activation import Activate
from contracts.activation_rules import Activated
from contracts.ahead import timers
from contracts.closing import Ended
from contracts.contract import Route
from contracts.decision import On
from contracts.formation import Draft
from contracts.formation_rules import AnotherActive, NoPlace, capacity
from contracts.moving import Destination
from contracts.places import Hold, holds
from contracts.succession import (
    Gap,
    NotItsSuccessor,
    StillElsewhere,
    SuccessionBegun,
    SuccessorNamed,
)
from contracts.terms import Term
from contracts.transfer_completion import TransferCompleted
from tests.contracts.transfers import (
    END_ON,
    K2_ACTIVE,
    K2_FREE,
    K2_MOVES,
    K3,
    MEMORANDUM_THERE,
    MOVE,
    NAMED,
    START_ON,
    THERE,
    WITH_CLAUSE,
    signed,
    successor,
)
from tests.examples import (
    BRIEFED,
    C1,
    COLLEGE,
    E1,
    E2,
    ENDS_ON,
    FRESH,
    K1,
    M1,
    M3,
    OTHER,
    S2,
    STARTS_ON,
    around,
    asked,
    refused,
    state,
    when,
)

ON = date(2026, 12, 21)
OVER = [
    *K2_FREE,
    TransferCompleted(MOVE, Destination.ENTERPRISE, E2.bin, K3, END_ON, START_ON, ON, 54, 25920),
    Ended("transfer", END_ON, ON),
]

DRAFT = Draft(S2.id, C1.bin, E2.bin, Route.COLLEGE_FIRST, THERE, MEMORANDUM_THERE.id, successor_of=K1)
OF_K2 = (Hold("student", str(S2.id), K1, STARTS_ON, ENDS_ON),)


def there(**more):
    known = {"mentor": M3, "enterprise": E2, "memorandum": MEMORANDUM_THERE, "contract": state(K2_MOVES)}
    busy = {("student", str(S2.id)): OF_K2}
    return around(S2, **{**known, "holds": busy, **more})


def drafting(wish=DRAFT, **more):
    return asked(COLLEGE, date(2026, 12, 11), there(**more))


def test_a_successor_names_the_contract_and_is_named_there():
    begun, succession, named = when(DRAFT, drafting(), state([], id_=FRESH))
    assert (begun.parties.enterprise, succession) == (E2.bin, SuccessionBegun(K1))
    assert named == On(K1, SuccessorNamed(MOVE, FRESH))
    assert state([*K2_MOVES, SuccessorNamed(MOVE, FRESH)]).open_move.successor == FRESH
    new = state([begun, succession], id_=K3)
    assert new.references.contract == K1
    assert state([*K2_MOVES, NAMED]).references.successor == K3


def test_the_student_s_time_counts_to_the_end_that_was_asked_for():
    busy = [AnotherActive(STARTS_ON, ENDS_ON)]
    new = state([], id_=FRESH)
    assert refused(replace(DRAFT, successor_of=None), drafting(), new) == busy
    early = replace(THERE, term=Term(END_ON, ENDS_ON))
    assert refused(replace(DRAFT, terms=early), drafting(), new) == [*busy, Gap(END_ON, END_ON, -1)]
    elsewhere = {("student", str(S2.id)): (*OF_K2, replace(OF_K2[0], contract=OTHER))}
    assert refused(DRAFT, drafting(holds=elsewhere), new) == busy


def test_a_successor_is_drafted_for_a_transfer_that_is_open():
    for contract in (None, state(K2_ACTIVE)):
        found = refused(DRAFT, drafting(contract=contract, holds={}))
        assert found == [NotItsSuccessor(("predecessor",))]
    other = replace(DRAFT, enterprise=E2.bin, student=OTHER)
    assert refused(other, drafting(holds={})) == [NotItsSuccessor(("student",))]


def test_a_successor_does_not_come_into_force_by_its_day():
    waits = state(successor(), id_=K3)
    assert timers(waits) == ()
    briefed = state([*successor(), BRIEFED], id_=K3)
    while_there = asked(COLLEGE, START_ON, there(contract=state(K2_FREE)))
    assert refused(Activate(), while_there, briefed) == [StillElsewhere(ENDS_ON)]
    after_it = asked(COLLEGE, START_ON, there(contract=state(OVER)))
    assert when(Activate(), after_it, briefed) == [Activated(START_ON)]


def test_a_mentor_who_goes_along_has_the_student_once():
    """By a transfer to another college the mentor stays the same."""
    here = replace(THERE, mentor=WITH_CLAUSE.mentor)
    new = state(successor(here), id_=K3)
    alone = replace(M1, mentorships=(replace(M1.mentorships[0], capacity=1),))
    same = replace(new, parties=replace(new.parties, enterprise=E1.bin))
    taken = {("mentor", str(M1.id)): (Hold("mentor", str(M1.id), K1, STARTS_ON, ENDS_ON),)}
    occasion = asked(COLLEGE, ON, there(mentor=alone, holds=taken, memorandum=None))
    assert [*capacity(same, occasion)] == []
    stranger = replace(same, succession=None)
    assert [*capacity(stranger, occasion)] == [NoPlace("mentor", 1, 1)]


def test_places_go_from_one_contract_to_the_other_on_the_day():
    assert {(h.kind, h.to_on) for h in holds(state(OVER))} == {
        ("student", END_ON),
        ("mentor", END_ON),
        ("memorandum", END_ON),
    }
    assert {h.from_on for h in holds(signed())} == {START_ON}
