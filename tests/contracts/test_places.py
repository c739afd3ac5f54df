"""The places that a contract takes, and how many of them are taken at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.contract import Contract, State
from contracts.facts import Facts
from contracts.places import Hold, holds, most_at_once
from contracts.terms import Term
from tests.examples import (
    ENDS_ON,
    K1,
    K1_ACTIVE,
    K1_DRAFT,
    M1,
    MEMORANDUM,
    S1,
    STARTS_ON,
    SUBJECT,
    TERMS,
    an_id,
    state,
)

ACTIVE = state(K1_ACTIVE)
FIRST = date(2026, 9, 1)


def hold(start, length, contract=1):
    from_on = FIRST + timedelta(days=start)
    return Hold("mentor", "m", an_id(contract), from_on, from_on + timedelta(days=length))


CLAIMS = st.builds(hold, st.integers(0, 40), st.integers(0, 20), st.integers(1, 5))


def test_a_contract_takes_the_student_the_mentor_and_the_memorandum_for_its_term():
    taken = {(found.kind, found.key): found for found in holds(ACTIVE)}
    assert set(taken) == {
        ("student", str(S1.id)),
        ("mentor", str(M1.id)),
        ("memorandum", str(MEMORANDUM.id)),
    }
    assert {(found.contract, found.from_on, found.to_on) for found in taken.values()} == {
        (K1, STARTS_ON, ENDS_ON)
    }
    assert taken["memorandum", str(MEMORANDUM.id)].detail == SUBJECT.qualification


@pytest.mark.parametrize("seen", [None, State.DRAFT, State.REFUSED, State.LAPSED])
def test_what_is_not_offered_or_has_fallen_takes_no_place(seen):
    assert holds(replace(ACTIVE, state=seen)) == ()


@pytest.mark.parametrize("seen", sorted(set(State) - {State.DRAFT, State.REFUSED, State.LAPSED}))
def test_what_is_offered_or_was_concluded_takes_its_places_to_the_last_day(seen):
    found = holds(replace(ACTIVE, state=seen, end_on=date(2027, 1, 28)))
    assert {each.to_on for each in found} == {date(2027, 1, 28)}


def test_without_parties_a_term_or_an_id_no_place_is_taken():
    assert holds(Contract(id=K1, state=State.OFFERED)) == ()
    assert holds(replace(ACTIVE, id=None)) == ()
    assert holds(replace(ACTIVE, terms=replace(TERMS, term=None))) == ()
    assert holds(state(K1_DRAFT)) == ()


def test_what_ended_before_it_began_takes_no_place():
    assert holds(replace(ACTIVE, end_on=STARTS_ON - timedelta(days=1))) == ()
    backwards = replace(TERMS, term=Term(ENDS_ON, STARTS_ON))
    assert holds(replace(ACTIVE, terms=backwards)) == ()


def test_what_ended_on_its_first_day_took_its_places_for_that_day():
    found = holds(replace(ACTIVE, end_on=STARTS_ON))
    assert {(each.from_on, each.to_on) for each in found} == {(STARTS_ON, STARTS_ON)}


def test_without_a_mentor_or_a_memorandum_only_the_student_is_taken():
    signed = replace(ACTIVE.agreed[0], terms=replace(TERMS, mentor=None))
    alone = replace(ACTIVE, memorandum=None, terms=signed.terms, agreed=(signed,))
    assert [found.kind for found in holds(alone)] == ["student"]


@given(CLAIMS, CLAIMS)
def test_two_overlap_exactly_where_they_share_a_day(one, other):
    shared = any(one.from_on <= day <= one.to_on for day in _days(other))
    assert one.overlaps(other) is other.overlaps(one) is shared


@given(st.lists(CLAIMS, max_size=12).map(tuple), CLAIMS)
@settings(max_examples=200)
def test_the_fullest_day_is_found_without_looking_at_every_day(taken, during):
    fullest = max(sum(found.from_on <= day <= found.to_on for found in taken) for day in _days(during))
    assert most_at_once(taken, during) == fullest


@given(st.lists(CLAIMS, max_size=12).map(tuple), CLAIMS)
def test_what_others_hold_is_what_overlaps_and_is_not_one_s_own(taken, mine):
    facts = Facts(holds={("mentor", "m"): taken})
    held = facts.held_by_others(mine)
    assert all(found.contract != mine.contract and found.overlaps(mine) for found in held)
    assert {found for found in taken if found.contract != mine.contract and found.overlaps(mine)} == set(held)
    assert most_at_once(held, mine) <= len(held) <= len(taken)


def test_nobody_holds_what_was_not_looked_at():
    assert Facts().held_by_others(hold(0, 5)) == ()


def _days(found):
    return [found.from_on + timedelta(days=n) for n in range((found.to_on - found.from_on).days + 1)]
