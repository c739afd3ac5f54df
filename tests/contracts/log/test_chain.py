"""L10, the hash itself: the text that an expert checks, and that the database and Python write the same."""

import hashlib
import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import psycopg
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.log import Append, Head, NewEvent
from contracts.log.chain import FIRST_PREV, canonical, event_hash, leaf_data, preimage
from contracts.log.errors import Unstorable
from tests.contracts.log.appends import recorder

STREAM = UUID("01980000-0000-7000-8000-000000000001")
EVENT = UUID("01980000-0000-7000-8000-000000000102")


@dataclass(frozen=True)
class Example:
    stream_id: UUID = STREAM
    stream_version: int = 2
    event_id: UUID = EVENT
    type: str = "contract.signed"
    schema_version: int = 1
    effective_on: date | None = date(2026, 9, 1)
    recorded_at: datetime = datetime(2026, 8, 22, 5, 0, 0, 2, UTC)
    data: str = '{"party": "student"}'
    metadata: Any = '{"actor":"person:a1"}'


def test_the_text_that_is_hashed():
    prev = hashlib.sha256(b"the event before").digest()
    assert (
        preimage(Example(), prev).decode()
        == f"""kelisim-event/1
stream 01980000-0000-7000-8000-000000000001
version 2
id 01980000-0000-7000-8000-000000000102
type contract.signed
schema 1
effective 2026-09-01
recorded 2026-08-22T05:00:00.000002Z
data {hashlib.sha256(b'{"party": "student"}').hexdigest()}
metadata {hashlib.sha256(b'{"actor":"person:a1"}').hexdigest()}
prev {prev.hex()}
"""
    )
    assert event_hash(Example(), prev) == hashlib.sha256(preimage(Example(), prev)).digest()


def test_without_an_effective_day():
    assert b"\neffective -\n" in preimage(Example(effective_on=None), FIRST_PREV)


def test_the_instant_is_in_utc_with_six_digits():
    almaty = datetime(2026, 8, 22, 10, tzinfo=timezone(timedelta(hours=5)))
    assert b"\nrecorded 2026-08-22T05:00:00.000000Z\n" in preimage(Example(recorded_at=almaty), FIRST_PREV)


def test_metadata_as_a_mapping_or_as_its_canonical_text():
    metadata = {"law": "kz/2026-11", "actor": 'Ә\u2028 "x"\n', "n": [1, None, True]}
    assert preimage(Example(metadata=metadata), FIRST_PREV) == preimage(
        Example(metadata=rfc8785.dumps(metadata).decode()), FIRST_PREV
    )


def test_a_leaf():
    tag, hash = bytes(32), bytes(range(32))
    assert leaf_data(tag, hash) == hashlib.sha256(b"kelisim-leaf/1\n" + tag + hash).digest()


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), plain_values))
@settings(max_examples=500, deadline=None)
def test_the_canonical_form_is_that_of_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1.0, 2**53, -(2**53), "\ud800", {"\udfff": 1}, {1: 2}, float("nan"), b"x", date(2026, 9, 1)]
)
def test_what_would_not_read_back_as_it_was_is_refused(value):
    with pytest.raises(Unstorable):
        canonical({"held": [value]})


HASHED = "SELECT log.event_hash_v1(%s, %s, %s, %s, %s::smallint, %s, %s, %s, %s, %s)"


def hashed(connection, event, prev):
    digest = hashlib.sha256(event.metadata.encode()).hexdigest()
    row = connection.execute(
        HASHED,
        [
            event.stream_id,
            event.stream_version,
            event.event_id,
            event.type,
            event.schema_version,
            event.effective_on,
            event.recorded_at,
            event.data,
            digest,
            prev,
        ],
    ).fetchone()
    return row[0]


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
examples = st.builds(
    Example,
    stream_id=st.uuids(),
    stream_version=st.integers(1, 2**31 - 1),
    event_id=st.uuids(),
    type=text.filter(lambda type: "\n" not in type),
    schema_version=st.integers(1, 2**15 - 1),
    effective_on=st.none() | st.dates(),
    recorded_at=st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),
    data=text,
    metadata=text,
)


@given(
    example=examples, prev=st.binary(min_size=32, max_size=32), zone=st.sampled_from(["UTC", "Asia/Almaty"])
)
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_hashes_as_python_does(connection, example, prev, zone):
    connection.execute(f"SET timezone = '{zone}'; SET datestyle = 'German, DMY'")
    assert hashed(connection, example, prev) == event_hash(example, prev)


@pytest.fixture
def connection(database):
    with psycopg.connect(database, autocommit=True, prepare_threshold=None) as connection:
        yield connection


def said(chance):
    """A text as people write it, with what is hard about it."""
    return "".join(chance.choices('аәіңғүұқөһ Qz"\\/\n\t\u2028\u00a0😀é{}[]:,0', k=chance.randrange(60)))


def test_ten_thousand_events_as_they_are_stored(database):
    chance = random.Random(8785)
    streams = [UUID(int=chance.getrandbits(128)) for _ in range(40)]
    with recorder(database) as log:
        for n in range(25):
            for stream in streams:
                events = [
                    NewEvent(
                        stream,
                        UUID(int=chance.getrandbits(128)),
                        chance.choice(["contract.signed", "schedule.changed"]),
                        chance.randrange(1, 9),
                        json.dumps({"said": said(chance), "n": n}, ensure_ascii=chance.random() < 0.5),
                        chance.choice([None, date(2026, 9, 1) + timedelta(days=chance.randrange(900))]),
                    )
                    for _ in range(10)
                ]
                log.append(Append([Head(stream, "contract", n * 10)], events, {"said": said(chance)}))
        stored = log.streams(streams)
    assert sum(map(len, stored.values())) == 10_000
    for stream in stored.values():
        prev = FIRST_PREV
        for event in stream:
            assert (event.prev_hash, event.hash) == (prev, event_hash(event, prev))
            prev = event.hash
