"""What was asked can be told from what is kept of it and what its events say."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.asked import as_asked, unsaid
from contracts.canonical import plain
from contracts.log.sealing import personal_fields
from contracts.signing import Sign
from contracts.withdrawal import Noticed, Withdraw
from tests.contracts import happened
from tests.contracts.wishes import ONE_OF_EACH
from tests.examples import STUDENT, T1

EVENTS = st.lists(st.sampled_from(happened.ONE_OF_EACH), max_size=3)
LEAVE = Withdraw("own-wish", happened.ON, happened.END_ON, STUDENT)
SAID = Noticed(STUDENT, "own-wish", happened.ON, happened.END_ON, happened.ON)


@pytest.mark.parametrize("wish", ONE_OF_EACH, ids=lambda wish: wish.type)
@given(events=EVENTS)
def test_whatever_its_events_say_the_wish_comes_back(wish, events):
    personal = personal_fields(wish.type)
    sealed = {name: f"sealed {name}" for name in personal}
    kept = msgspec.json.decode(msgspec.json.encode(unsaid(wish, events, personal, sealed)))
    found = as_asked(type(wish), kept, [plain(event) for event in events])
    assert found == {
        name: sealed[name] if name in personal else value
        for name in vars(wish)
        if (value := plain(getattr(wish, name))) is not None or name in personal
    }
    plainly = {name: value for name, value in found.items() if name not in personal}
    if not personal:
        assert msgspec.convert(plainly, type(wish)) == wish


def test_what_an_event_says_is_not_kept_twice():
    assert unsaid(LEAVE, [SAID], (), {}) == {}
    assert unsaid(LEAVE, [], (), {}) == plain(LEAVE)


def test_a_value_that_a_field_has_by_itself_is_not_kept():
    assert unsaid(Sign(T1), [], (), {}) == {"text_hash": T1}


def test_of_what_is_personal_nothing_is_kept_but_its_commitment():
    wish = next(each for each in ONE_OF_EACH if each.type == "register-person")
    assert unsaid(wish, [], personal_fields(wish.type), {}) == {}
