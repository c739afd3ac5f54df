"""One form for one meaning, as RFC 8785 has it."""

import hashlib
import json
from datetime import date, time

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from contracts.canonical import canonical, digest, plain
from contracts.decision import NotParty
from contracts.parties import Role
from tests.examples import K1_ACTIVE, STARTS_ON, TERMS, WED, an_id

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
KEYS = st.text("abcdefghijklmnopqrstuvwxyz_-0123456789", min_size=1)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_events_hold_is_written_as_rfc_8785_has_it(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.randoms())
def test_the_order_of_members_changes_nothing(members, chance):
    names = list(members)
    chance.shuffle(names)
    assert canonical({name: members[name] for name in names}) == canonical(members)


@given(VALUES)
def test_a_digest_is_that_of_the_canonical_text(value):
    assert digest(value) == hashlib.sha256(rfc8785.dumps(value)).hexdigest()
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 9, 1), "2026-09-01"),
        (time(9, 30), "09:30:00"),
        (an_id(1), "01990000-0000-7000-8000-000000000001"),
        (WED, "wed"),
        pytest.param(frozenset({Role.STUDENT, Role.COLLEGE}), ["college", "student"], id="set"),
        ((1, None), [1, None]),
        ({Role.STUDENT: STARTS_ON}, {"student": "2026-09-01"}),
        (NotParty(Role.MENTOR, (Role.STUDENT,)), {"role": "mentor", "allowed": ["student"]}),
        (True, True),
    ],
    ids=str,
)
def test_a_value_has_one_plain_form(value, expected):
    assert plain(value) == expected


def test_what_is_not_there_is_left_out():
    assert "work_off" not in plain(TERMS)
    assert plain(TERMS)["standing"] == {"status": "trainee"}


def test_every_event_is_plain_json():
    for event in K1_ACTIVE:
        assert rfc8785.dumps(plain(event)) == canonical(plain(event)).encode()
