"""A boundary's state: put together from holds, or from what each of them is as text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contracts.log.asking import Place
from contracts.log.facts import as_held, as_state, holds_in, joined
from contracts.places import Hold

KEY = ("student", "01980000-0000-7000-8000-000000000001")

CLAIMS = st.lists(
    st.builds(
        Hold,
        st.just(KEY[0]),
        st.just(KEY[1]),
        st.uuids(),
        st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        st.none() | st.text(max_size=5),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda hold: hold.contract,
)


@given(CLAIMS)
def test_both_ways_are_the_same(holds):
    assert joined(sorted(map(as_held, holds))) == as_state(holds)
    assert holds_in(KEY, Place(1, as_state(holds))) == tuple(sorted(holds))


def test_where_nobody_holds_anything_there_is_no_state():
    assert as_state([]) is None
    assert joined([]) is None
