"""Unfinished forms: one's own, sealed, for 30 days, and never contract data."""

from uuid import uuid4

import psycopg
import pytest

from api import drafts, store
from api.house import opened

ANSWERS = {"ground": "own-wish", "reason": "Отбасы көшеді"}


@pytest.fixture
def house(settings):
    with opened(settings) as house:
        yield house


def test_what_was_typed_is_there_again_and_for_nobody_else(house):
    person, other, id = uuid4(), uuid4(), uuid4()
    drafts.keep(house, person, id, "withdraw", {"ground": "health"})
    drafts.keep(house, person, id, "withdraw", ANSWERS)
    drafts.keep(house, person, uuid4(), "draft", {})
    newest, kept = drafts.of(house, person)
    assert (newest.form, kept.id, kept.answers) == ("draft", id, ANSWERS)
    assert drafts.of(house, other) == []
    drafts.keep(house, other, id, "withdraw", {"ground": "stolen"})
    drafts.drop(house, other, id)
    assert ANSWERS in [draft.answers for draft in drafts.of(house, person)]
    drafts.drop(house, person, id)
    assert [draft.form for draft in drafts.of(house, person)] == ["draft"]


def test_it_is_stored_sealed_and_opens_only_where_it_belongs(house, connection):
    person = uuid4()
    drafts.keep(house, person, uuid4(), "withdraw", ANSWERS)
    stored = connection.execute("SELECT d::text FROM edge.form_drafts d").fetchone()[0]
    assert "Отбасы" not in stored
    connection.execute("UPDATE edge.form_drafts SET form = 'expel'")
    assert drafts.of(house, person) == []


def test_after_30_days_it_is_gone(house, connection):
    person = uuid4()
    drafts.keep(house, person, uuid4(), "withdraw", ANSWERS)
    connection.execute("UPDATE edge.form_drafts SET changed_at = now() - interval '30 days 1 minute'")
    assert drafts.of(house, person) == []
    with house.pool.connection() as pooled:
        store.sweep(pooled)
    assert connection.execute("SELECT count(*) FROM edge.form_drafts").fetchone() == (0,)


def test_the_edge_may_add_looks_and_change_none(house):
    with house.pool.connection() as pooled, pytest.raises(psycopg.errors.InsufficientPrivilege):
        pooled.execute("DELETE FROM edge.reads")
    with house.pool.connection() as pooled, pytest.raises(psycopg.errors.InsufficientPrivilege):
        pooled.execute("UPDATE edge.reads SET purpose = 'none'")
    with house.pool.connection() as pooled, pytest.raises(psycopg.errors.InsufficientPrivilege):
        pooled.execute("UPDATE edge.installation SET mode = 'demo'")
