"""An organisation closes or has a successor, and each of its contracts goes on or ends with it."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.contract import Route
from contracts.contract_rules import NotYet
from contracts.decision import DAY
from contracts.formation import Draft
from contracts.memorandum import SignMemorandum
from contracts.organisation_end import (
    CloseOrganisation,
    NoAct,
    NoSuccessor,
    OrganisationClosed,
    OrganisationReorganised,
    ReorganiseOrganisation,
)
from contracts.parties import Organisation
from contracts.registration import NoAuthority, OrganisationOver
from contracts.takeover import NotSucceeded, PartySucceeded, RecordSuccession
from tests.examples import (
    C1,
    CHAMBER,
    COLLEGE,
    E1,
    E2,
    ENTERPRISE,
    K1_ACTIVE,
    MEMORANDUM,
    S1,
    TERMS,
    around,
    asked,
    refused,
    state,
    when,
)

ON, FROM_ON = date(2027, 1, 11), date(2027, 3, 1)
CLOSE, MERGE = CloseOrganisation(FROM_ON, "17"), ReorganiseOrganisation(E2.bin, FROM_ON, "17")
CLOSED, MERGED = OrganisationClosed(FROM_ON, "17"), OrganisationReorganised(E2.bin, FROM_ON, "17")


def of(role=CHAMBER, on=ON, successor=E2, **more):
    return asked(role, on, around(enterprise=successor, **more))


def test_an_organisation_is_closed_once():
    [event] = when(CLOSE, of(), E1)
    assert (event, event.effective_on) == (CLOSED, FROM_ON)
    after = event.evolve(E1)
    assert (after.runs_on(FROM_ON - DAY), after.runs_on(FROM_ON)) == (True, False)
    assert when(CLOSE, of(), after) == []
    assert refused(replace(CLOSE, from_on=FROM_ON + DAY), of(), after) == [OrganisationOver(FROM_ON)]
    assert refused(MERGE, of(), after) == [OrganisationOver(FROM_ON)]


def test_an_organisation_has_one_successor_of_its_kind():
    [event] = when(MERGE, of(), E1)
    assert event == MERGED
    after = event.evolve(E1)
    assert (after.successor, after.act_no) == (E2.bin, "17")
    assert when(MERGE, of(), after) == []


@pytest.mark.parametrize("successor", [None, C1, CLOSED.evolve(E2), replace(E2, bin=E1.bin)])
def test_the_successor_is_another_one_that_goes_on(successor):
    assert refused(MERGE, of(successor=successor), E1) == [NoSuccessor(E2.bin)]


@pytest.mark.parametrize("wish", [CLOSE, MERGE])
def test_it_rests_on_an_act(wish):
    assert refused(replace(wish, act_no=" "), of(), E1) == [NoAct()]


@pytest.mark.parametrize("wish", [CLOSE, MERGE])
def test_who_is_there_says_it_for_himself_and_a_chamber_for_all(wish):
    assert when(wish, of(ENTERPRISE), E1)
    assert refused(wish, of(COLLEGE), E1) == [NoAuthority()]
    assert refused(wish, of(), Organisation()) == [NoAuthority()]


def test_whoever_is_over_concludes_nothing_any_more():
    draft = Draft(S1.id, C1.bin, E1.bin, Route.ENTERPRISE_FIRST, TERMS, MEMORANDUM.id)
    closed = CLOSED.evolve(E1)
    assert when(draft, of(ENTERPRISE, FROM_ON - DAY, closed))
    assert refused(draft, of(ENTERPRISE, FROM_ON, closed)) == [OrganisationOver(FROM_ON)]
    memorandum = SignMemorandum(C1.bin, E1.bin, 3, MEMORANDUM.qualifications)
    assert refused(memorandum, of(ENTERPRISE, FROM_ON, closed)) == [OrganisationOver(FROM_ON)]
    assert when(memorandum, of(ENTERPRISE, FROM_ON - DAY, closed))


# In a contract

SUCCESSION = RecordSuccession(ENTERPRISE)


def test_the_contract_goes_on_with_the_successor():
    [event] = when(SUCCESSION, of(on=FROM_ON, successor=MERGED.evolve(E1)), K1_ACTIVE)
    assert event == PartySucceeded(ENTERPRISE, E1.bin, E2.bin, FROM_ON)
    before, after = state(K1_ACTIVE), state([*K1_ACTIVE, event])
    assert after.parties == replace(before.parties, enterprise=E2.bin)
    assert (after.terms, after.signatures) == (before.terms, before.signatures)
    college = OrganisationReorganised("090740900305", FROM_ON, "18").evolve(C1)
    [event] = when(RecordSuccession(COLLEGE), of(on=FROM_ON, college=college), K1_ACTIVE)
    assert state([*K1_ACTIVE, event]).parties.college == "090740900305"


def test_it_comes_on_its_day():
    early = of(on=FROM_ON - DAY, successor=MERGED.evolve(E1))
    assert refused(SUCCESSION, early, K1_ACTIVE) == [NotYet(FROM_ON, FROM_ON - DAY)]


@pytest.mark.parametrize("party", [E1, CLOSED.evolve(E1), None])
def test_whoever_has_no_successor_stays_the_party(party):
    assert refused(SUCCESSION, of(on=FROM_ON, successor=party), K1_ACTIVE) == [NotSucceeded(ENTERPRISE)]
    assert refused(RecordSuccession(CHAMBER), of(on=FROM_ON), K1_ACTIVE) == [NotSucceeded(CHAMBER)]
