"""Stored names, schema versions, and that an event reads back as it was or is not stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.log.errors import Unstorable
from contracts.log.mapper import Mapper, UnknownEvent


class Party(StrEnum):
    STUDENT = "student"
    COLLEGE = "college"


@dataclass(frozen=True)
class Wage:
    amount: int
    currency: str = "KZT"


@dataclass(frozen=True)
class Offered:
    type: ClassVar[str] = "contract.offered"
    schema: ClassVar[int] = 3
    sparse: ClassVar[bool] = False
    party: Party
    on: date
    at: time | None = None
    id: UUID | None = None
    wages: tuple[Wage, ...] = ()
    told: frozenset[Party] = frozenset()
    changes: Mapping[str, Any] = field(default_factory=dict)


UPCASTERS = {
    ("contract.offered", 1): lambda fields: {**fields, "on": fields["day"]},
    ("contract.offered", 2): lambda fields: {**fields, "party": fields["party"].lower()},
}
MAPPER = Mapper({"contract.offered": Offered}, UPCASTERS)

offers = st.builds(
    Offered,
    party=st.sampled_from(Party),
    on=st.dates(),
    at=st.none() | st.times(),
    id=st.none() | st.uuids(),
    wages=st.lists(st.builds(Wage, amount=st.integers(-(2**53) + 1, 2**53 - 1), currency=st.text())).map(
        tuple
    ),
    told=st.frozensets(st.sampled_from(Party)),
    changes=st.dictionaries(st.text(), st.none() | st.text() | st.integers(-99, 99)),
)


@given(offers)
@settings(max_examples=500, deadline=None)
def test_an_event_reads_back_as_it_was_and_is_written_alike(offer):
    text = MAPPER.encode(offer)
    assert MAPPER.decode("contract.offered", 3, text) == offer
    assert MAPPER.encode(MAPPER.decode("contract.offered", 3, text)) == text


def test_an_older_form_is_brought_up_step_by_step():
    offer = Offered(Party.STUDENT, date(2026, 9, 1))
    assert MAPPER.decode("contract.offered", 1, '{"party": "STUDENT", "day": "2026-09-01"}') == offer
    assert MAPPER.decode("contract.offered", 2, '{"party": "STUDENT", "on": "2026-09-01"}') == offer


@pytest.mark.parametrize(("type", "schema"), [("contract.forgotten", 1), ("contract.offered", 4)])
def test_what_this_version_does_not_know_is_said(type, schema):
    with pytest.raises(UnknownEvent, match=f"{type} schema {schema}"):
        MAPPER.decode(type, schema, "{}")


def test_a_new_schema_without_a_way_from_the_old_one_is_refused_at_the_start():
    with pytest.raises(UnknownEvent, match="schema 2 cannot be read"):
        Mapper({"contract.offered": Offered}, {("contract.offered", 1): UPCASTERS["contract.offered", 1]})


@pytest.mark.parametrize(
    "changes",
    [
        {"wage": 1.5},
        {"wage": float("nan")},
        {"wage": 2**53},
        {1: "a", "1": "b"},
        {"name": "\ud83d"},
        {"\ud83d": 1},
    ],
)
def test_what_would_not_read_back_is_refused(changes):
    with pytest.raises(Unstorable):
        MAPPER.encode(Offered(Party.STUDENT, date(2026, 9, 1), changes=changes))


@dataclass(frozen=True)
class Changed:
    type: ClassVar[str] = "contract.changed"
    schema: ClassVar[int] = 1
    sparse: ClassVar[bool] = True
    offers: tuple[Offered, ...]
    by: Party | None = None


def test_a_sparse_event_leaves_out_what_it_holds_none_of():
    mapper = Mapper({"contract.changed": Changed})
    offer = Offered(Party.STUDENT, date(2026, 9, 1), wages=(Wage(0),), changes={"day": None})
    told = mapper.encode(Changed((offer,)))
    assert (
        told == '{"offers":[{"party":"student","on":"2026-09-01","wages":[{"amount":0,"currency":"KZT"}],'
        '"told":[],"changes":{}}]}'
    )
    read = mapper.decode("contract.changed", 1, told)
    assert read == Changed((replace(offer, changes={}),))
