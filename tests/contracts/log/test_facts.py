"""A boundary's state: put together from claims, or from what each of them is as text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contracts.log.asking import Place
from contracts.log.facts import as_held, as_state, claims_in, joined
from contracts.parties import Claim

KEY = ("student", "01980000-0000-7000-8000-000000000001")

CLAIMS = st.lists(
    st.builds(
        Claim,
        st.just(KEY[0]),
        st.just(KEY[1]),
        st.uuids(),
        st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        st.none() | st.text(max_size=5),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda claim: claim.contract,
)


@given(CLAIMS)
def test_both_ways_are_the_same(claims):
    assert joined(sorted(map(as_held, claims))) == as_state(claims)
    assert claims_in(KEY, Place(1, as_state(claims))) == tuple(sorted(claims))


def test_where_nobody_holds_anything_there_is_no_state():
    assert as_state([]) is None
    assert joined([]) is None
