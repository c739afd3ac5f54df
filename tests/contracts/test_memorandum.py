"""A college and an enterprise agree how many students at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.decision import DAY
from contracts.formation_rules import NoPlace, capacity
from contracts.memorandum import (
    EndMemorandum,
    EndsBefore,
    MemorandumEnded,
    MemorandumSigned,
    NotTwoOrganisations,
    PlacesWrong,
    SignMemorandum,
)
from contracts.parties import Quota
from contracts.places import Hold
from tests.examples import (
    C1,
    DRAFTED_ON,
    E1,
    ENDS_ON,
    ENTERPRISE,
    K1_OUT,
    MEMORANDUM,
    STARTS_ON,
    SUBJECT,
    an_id,
    around,
    asked,
    refused,
    state,
    when,
)

SIGN = SignMemorandum(C1.bin, E1.bin, 3, ("4S07130704",), date(2029, 6, 30))
SIGNED = MemorandumSigned(C1.bin, E1.bin, 3, ("4S07130704",), date(2029, 6, 30))
END_ON = date(2026, 12, 31)


def test_a_memorandum_has_places_for_qualifications_up_to_a_day():
    assert when(SIGN, asked(ENTERPRISE)) == [SIGNED]
    memorandum = state([SIGNED], "memorandum")
    assert (memorandum.places, memorandum.qualifications) == (3, ("4S07130704",))
    assert (memorandum.ends_on, memorandum.ended_on) == (date(2029, 6, 30), None)


def test_sign_again_changes_nothing():
    assert when(SIGN, asked(ENTERPRISE), given=[SIGNED]) == []


def test_a_memorandum_is_between_a_college_and_an_enterprise():
    assert refused(SIGN, asked(facts=around(college=None))) == [NotTwoOrganisations(("college",))]
    assert refused(SIGN, asked(facts=around(enterprise=C1))) == [NotTwoOrganisations(("enterprise",))]
    same = replace(SIGN, enterprise=C1.bin)
    found = refused(same, asked(facts=around(enterprise=C1)))
    assert found == [NotTwoOrganisations(("enterprise",))]


def test_a_memorandum_is_ended_once():
    [ended] = when(EndMemorandum(END_ON), asked(ENTERPRISE), given=[SIGNED])
    assert ended == MemorandumEnded(END_ON)
    assert state([SIGNED, ended], "memorandum").ended_on == END_ON
    assert when(EndMemorandum(END_ON), asked(ENTERPRISE), given=[SIGNED, ended]) == []


# Places for each qualification

OTHER = "4S07130705"
BOTH = (SUBJECT.qualification, OTHER)
QUOTAS = (Quota(SUBJECT.qualification, 2), Quota(OTHER, 1))
SPLIT = replace(SIGN, qualifications=BOTH, quotas=QUOTAS)


def test_a_memorandum_may_say_how_many_places_are_for_which_qualification():
    [signed] = when(SPLIT, asked(ENTERPRISE))
    memorandum = state([signed], "memorandum")
    assert [memorandum.quota(each) for each in (*BOTH, "4S01010101", None)] == [2, 1, 0, 0]
    assert state([SIGNED], "memorandum").quota(BOTH[0]) is None


@pytest.mark.parametrize(
    ("quotas", "wrong"),
    [
        ((Quota(BOTH[0], 4), Quota(OTHER, 1)), (BOTH[0],)),
        ((Quota(BOTH[0], 0), Quota(OTHER, 1)), (BOTH[0],)),
        ((Quota(BOTH[0], 2),), (OTHER,)),
        ((*QUOTAS, Quota(OTHER, 1)), (OTHER,)),
        ((*QUOTAS, Quota("4S01010101", 1)), ("4S01010101",)),
    ],
)
def test_the_places_fit_the_qualifications(quotas, wrong):
    assert refused(replace(SPLIT, quotas=quotas), asked(ENTERPRISE)) == [PlacesWrong(3, wrong)]


def test_each_may_have_all_places_and_somebody_has_one():
    assert when(replace(SPLIT, quotas=(Quota(BOTH[0], 3), Quota(OTHER, 3))), asked(ENTERPRISE))
    assert refused(replace(SIGN, places=0), asked(ENTERPRISE)) == [PlacesWrong(0, SIGN.qualifications)]


def full(*qualifications, quotas=QUOTAS, places=3):
    """What stands in the way of K1 where others hold places for these."""
    memorandum = replace(MEMORANDUM, places=places, qualifications=BOTH, quotas=quotas)
    key = ("memorandum", str(MEMORANDUM.id))
    taken = tuple(
        Hold(*key, an_id(600 + n), STARTS_ON, ENDS_ON, each) for n, each in enumerate(qualifications)
    )
    facts = around(memorandum=memorandum, holds={key: taken})
    return [*capacity(state(K1_OUT), asked(ENTERPRISE, facts=facts))]


def test_a_contract_draws_on_the_places_of_its_qualification():
    assert full(BOTH[0], OTHER) == []
    assert full(BOTH[0], BOTH[0]) == [NoPlace("memorandum", 2, 2)]
    assert full(BOTH[0], BOTH[0], quotas=()) == [], "any of the three is for whoever comes first"
    assert full(BOTH[0], OTHER, OTHER) == [NoPlace("memorandum", 3, 3)]


@given(st.lists(st.sampled_from(BOTH), max_size=5), st.integers(1, 4), st.integers(1, 4))
def test_no_qualification_ever_has_more_than_its_places(taken, first, places):
    quotas = (Quota(BOTH[0], min(first, places)), Quota(OTHER, places))
    passes = not full(*taken, quotas=quotas, places=places)
    assert passes is (len(taken) < places and taken.count(BOTH[0]) < min(first, places))


# Its end


def test_a_memorandum_ends_today_or_later_and_not_after_its_own_day():
    today, last = DRAFTED_ON, date(2029, 6, 30)
    for end_on in (today, last):
        assert when(EndMemorandum(end_on), asked(ENTERPRISE), given=[SIGNED])
    assert refused(EndMemorandum(today - DAY), asked(ENTERPRISE), given=[SIGNED]) == [
        EndsBefore(today - DAY, today, last)
    ]
    assert refused(EndMemorandum(last + DAY), asked(ENTERPRISE), given=[SIGNED]) == [
        EndsBefore(last + DAY, today, last)
    ]
    ended = [SIGNED, MemorandumEnded(END_ON)]
    assert when(EndMemorandum(END_ON - DAY), asked(ENTERPRISE), given=ended), "earlier than was said"
    assert refused(EndMemorandum(END_ON + DAY), asked(ENTERPRISE), given=ended) == [
        EndsBefore(END_ON + DAY, today, END_ON)
    ]


def test_a_memorandum_is_not_signed_for_days_that_have_passed():
    assert when(replace(SIGN, ends_on=DRAFTED_ON), asked(ENTERPRISE))
    past = replace(SIGN, ends_on=DRAFTED_ON - DAY)
    assert refused(past, asked(ENTERPRISE)) == [EndsBefore(DRAFTED_ON - DAY, DRAFTED_ON, None)]
