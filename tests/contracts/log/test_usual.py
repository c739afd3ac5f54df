"""The short way of a usual append writes, answers and refuses what the general way does."""

from datetime import UTC, datetime

import psycopg
import pytest
from msgspec.structs import replace

from contracts.log import Boundary, append
from contracts.log.appending import Appended, Prepared, usual
from contracts.log.errors import WrongSettings
from contracts.log.failures import meaning
from contracts.log.ids import uuid7
from contracts.log.sending import alone, send
from tests.contracts.log.appends import DUE, HASH, NOTICE, event, full, plain

STREAM, NEW = uuid7(), uuid7()
PLACE = Boundary("student", "held", None, "[1]")
PAST = datetime(2020, 1, 1, tzinfo=UTC)

ROWS = {
    "events": """SELECT stream_id, stream_version, type, schema_version, event_id, data::text, metadata::text,
                        effective_on, prev_hash,
                        hash = log.event_hash_v1(
                            stream_id, stream_version, event_id, type, schema_version, effective_on,
                            recorded_at, data::text,
                            encode(sha256(convert_to(metadata::text, 'UTF8')), 'hex'), prev_hash)
                 FROM log.events ORDER BY position""",
    "streams": """SELECT stream_id, s.kind, version, timers::text, due_at, tried_version, s.hash = e.hash
                  FROM log.streams s JOIN log.events e USING (stream_id) WHERE stream_version = version
                  ORDER BY stream_id""",
    "idempotency": """SELECT key, request_hash, stream_id, last_version, versions, answer::text, confirmed
                      FROM log.idempotency ORDER BY key""",
    "boundary": "SELECT kind, key, state::text FROM log.boundary ORDER BY kind, key",
}
"""All but what each append has anew: position, instant, and what follows from them."""


def on(wanted, **head):
    return replace(wanted, heads=[replace(wanted.heads[0], **head)])


WRITTEN = {
    "a new stream": lambda head: full(NEW),
    "a stream that goes on": lambda head: on(full(STREAM, 1), hash=head),
    "no place": lambda head: on(full(STREAM, 1, boundaries=()), hash=head),
    "timers as they were": lambda head: on(full(STREAM, 1, timers=None), hash=head),
    "timers taken back": lambda head: on(full(STREAM, 1, timers={}), hash=head),
    "a new stream without timers": lambda head: full(NEW, timers={}),
    "two timers": lambda head: full(NEW, timers={"late": DUE, "early": PAST}),
    "no day, no answer": lambda head: replace(full(NEW, answer=None), events=[event(NEW, effective_on=None)]),
    "who is told": lambda head: replace(full(NEW), events=[event(NEW, notices=[NOTICE])]),
    "before a midnight": lambda head: full(NEW, not_after=datetime(2100, 1, 1, tzinfo=UTC)),
    "a key that was used": lambda head: full(NEW, key="used"),
    "a key that was used, past a midnight": lambda head: full(NEW, key="used", not_after=PAST),
}
REFUSED = {
    "past a midnight": lambda head: full(NEW, not_after=PAST),
    "a stream that is there": lambda head: full(STREAM),
    "a stream that is not there": lambda head: on(full(NEW, 1), hash=head),
    "a version that has moved": lambda head: on(full(STREAM, 2), hash=head),
    "another head": lambda head: on(full(STREAM, 1), hash=HASH),
    "a place that is held": lambda head: full(NEW, boundaries=[PLACE]),
    "a key that was used for another request": lambda head: full(NEW, key="used", request_hash=b"another"),
    "a type of two lines": lambda head: replace(full(NEW), events=[replace(event(NEW), type="a\nb")]),
    "no JSON": lambda head: replace(full(NEW), events=[replace(event(NEW), data="{")]),
}


@pytest.fixture
def head(owner):
    """Of a stream with one event; a key was used for it and a place is held."""
    [hash] = append(owner, full(STREAM, key="used", boundaries=[PLACE])).hashes
    return hash


def outcome(owner, way, wanted):
    """What it says and what it leaves, taken back again."""
    with owner.transaction(force_rollback=True):
        try:
            with owner.transaction():
                appended = way(owner, wanted)
        except psycopg.Error as error:
            refused = meaning(error)
            said = (error.sqlstate, type(refused), refused and vars(refused))
        else:
            assert len(appended.hashes) == 1 - appended.replayed
            said = replace(appended, position=0, recorded_at=PAST, hashes=())
        return said, {table: owner.execute(rows).fetchall() for table, rows in ROWS.items()}


@pytest.mark.parametrize("wish", WRITTEN | REFUSED)
def test_both_ways_come_to_the_same(owner, head, wish):
    wanted = (WRITTEN | REFUSED)[wish](head)
    assert usual(wanted)
    short, long = (outcome(owner, way, wanted) for way in (alone, general))
    assert short == long
    assert isinstance(short[0], Appended) == (wish in WRITTEN)


def general(connection, wanted):
    [appended] = send(connection, [Prepared(wanted)])
    return appended


@pytest.mark.parametrize("setting", ["synchronous_commit = off", "transaction_isolation = 'repeatable read'"])
def test_settings_that_would_promise_less_are_refused(owner, setting):
    with owner.transaction(force_rollback=True):
        owner.execute(f"SET LOCAL {setting}")
        with pytest.raises(WrongSettings):
            append(owner, full(NEW))


def test_what_is_not_usual_takes_the_general_way(head):
    known = on(full(STREAM, 1), hash=head)
    assert usual(known)
    for other in (
        full(STREAM, 1),  # the head was not read
        full(NEW, events=2),
        replace(full(NEW), events=[]),
        replace(full(NEW), key=None),
        replace(full(NEW), personal="{}"),
        plain(NEW),
        full(NEW, boundaries=[PLACE, Boundary("student", "other", None, "[]")]),
        full(NEW, boundaries=[Boundary("student", "held", 1, "[]")]),
        replace(known, heads=[*known.heads, *plain(NEW).heads]),
    ):
        assert usual(other) is None


def test_a_new_stream_begins_with_no_head(owner):
    """Whoever calls the function himself cannot begin a chain somewhere else."""
    values = [HASH if n == 6 else value for n, value in enumerate(usual(full(NEW)))]
    marks = ", ".join(["%s"] * len(values))
    with pytest.raises(psycopg.Error) as refused:
        owner.execute(f"SELECT log.append_v2({marks})", values)
    assert refused.value.sqlstate == "KL001"
