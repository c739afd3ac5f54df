"""A college and an enterprise agree how many students at once."""

from dataclasses import replace
from datetime import date

from contracts.memorandum import (
    EndMemorandum,
    MemorandumEnded,
    MemorandumSigned,
    NotTwoOrganisations,
    SignMemorandum,
)
from tests.examples import C1, E1, ENTERPRISE, around, asked, refused, state, when

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
