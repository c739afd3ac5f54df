"""L9 and L16: nobody changes history or locks others out, and what would forge or weaken it is refused."""

from time import monotonic

import psycopg
import pytest
from msgspec.structs import replace

from contracts.log import Boundary, append
from contracts.log.appending import Prepared, arguments
from contracts.log.errors import HistoryProtected, Malformed, Unavailable, WrongSettings
from contracts.log.failures import meaning
from contracts.log.ids import uuid7
from contracts.log.sending import STATEMENT
from tests.contracts.log.appends import HASH, event, plain

CHANGES = (
    "UPDATE {} SET type = 'x'",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "UPDATE {} SET data = data WHERE position = 1",
)


@pytest.mark.parametrize("role", ["kelisim_owner", None])
def test_events_are_never_changed_by_their_owner_neither(log, owner, role):
    """L9"""
    log.append(plain(uuid7()))
    if role:
        owner.execute(f"SET ROLE {role}")
    for table in ("log.events", "log.events_0"):
        for change in CHANGES:
            with pytest.raises(psycopg.Error) as refused:
                owner.execute(change.format(table))
            assert isinstance(meaning(refused.value), HistoryProtected)
    assert owner.execute("SELECT type FROM log.events").fetchall() == [("contract.signed",)]


FORBIDDEN = (
    *(change.format("log.events") for change in CHANGES),
    *(change.format("log.events_0") for change in CHANGES),
    "INSERT INTO log.streams VALUES (gen_random_uuid(), 'contract', 1, '')",
    "UPDATE log.mark SET position = 9",
    "UPDATE log.streams SET version = 9",
    "DELETE FROM log.boundary",
    "UPDATE log.streams SET timers = NULL",
    "SELECT setval('log.position_seq', 1)",
    "SELECT nextval('log.position_seq')",
    "SELECT setval('log.test_clock', 1)",
    "LOCK TABLE log.events IN EXCLUSIVE MODE",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "DROP TABLE log.events_1",
    "CREATE TABLE log.mine ()",
    "SET session_replication_role = replica",
)


@pytest.mark.parametrize("role", ["kelisim_app", "kelisim_follow", "kelisim_privacy"])
def test_nobody_but_the_functions_writes(log, owner, role):
    """L9, and that nobody can lock appends out."""
    log.append(plain(uuid7()))
    owner.execute(f"SET ROLE {role}")
    for change in FORBIDDEN:
        print(change)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
            owner.execute(change)


def test_no_append_waits_longer_than_a_second_for_a_lock(log, owner):
    """L16: somebody holds the stream's head."""
    stream = uuid7()
    log.append(plain(stream))
    with owner.transaction():
        owner.execute("SELECT FROM log.streams WHERE stream_id = %s FOR UPDATE", [stream])
        began = monotonic()
        with pytest.raises(Unavailable) as away:
            log.append(plain(stream, 1))
        assert 1.9 < monotonic() - began < 3.5  # a second, and once more
        assert isinstance(away.value.__cause__, psycopg.errors.LockNotAvailable)
        assert away.value.retry_after
        assert log.append(plain(uuid7())).position
    assert log.append(plain(stream, 1)).versions == {stream: 2}


@pytest.mark.parametrize(
    "setting", ["synchronous_commit = off", "default_transaction_isolation = 'repeatable read'"]
)
def test_settings_that_would_promise_less_are_refused(owner, setting):
    owner.execute(f"SET {setting}")
    with pytest.raises(WrongSettings):
        append(owner, plain(uuid7()))


def test_a_type_of_two_lines_would_forge_the_text_that_is_hashed(log):
    stream = uuid7()
    with pytest.raises(Malformed):
        log.append(replace(plain(stream), events=[replace(event(stream), type="contract.signed\nschema 2")]))


@pytest.mark.parametrize("part", ["streams", "boundaries", "keys"])
def test_a_caller_who_did_not_sort_is_told(owner, part):
    """Two who lock in different orders would wait for each other."""
    first, second = sorted(uuid7() for _ in range(2))
    boundaries = [Boundary("student", key, None, "[]") for key in "ab"]
    parts = [
        Prepared(plain(first, boundaries=boundaries, key="k1", request_hash=HASH)),
        Prepared(plain(second, key="k2", request_hash=HASH)),
    ]
    call = [*arguments(parts), False]
    asked = {"streams": f"{{{first},{second}}}", "boundaries": '{"a","b"}', "keys": '{"k1","k2"}'}[part]
    one, other = asked.strip("{}").split(",")
    with pytest.raises(psycopg.Error) as refused:
        owner.execute(STATEMENT, [f"{{{other},{one}}}" if given == asked else given for given in call])
    assert isinstance(meaning(refused.value), Malformed)
    owner.execute(STATEMENT, call)
