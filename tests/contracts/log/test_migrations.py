"""A database gets its shape once, whoever asks and however many at once, and roles that can do no more than
they must."""

import os
import re
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.postgres import THROWAWAY, embedded
from contracts.log import migrate
from contracts.log.errors import WrongDatabase
from contracts.log.migrations import migrations
from contracts.log.vitals import vitals
from tests.conftest import fresh

ROLES = ("kelisim_owner", "kelisim_app", "kelisim_follow", "kelisim_privacy")


@pytest.fixture
def empty(server):
    with fresh(server) as (_, url):
        yield url


def names():
    return [migration.name for migration in migrations()]


def test_the_files_are_numbered_without_a_double():
    numbers = [migration.number for migration in migrations()]
    assert numbers == sorted(set(numbers))
    assert [migration.name[:4] for migration in migrations()] == [f"{number:04}" for number in numbers]


def test_each_file_is_applied_once_and_remembered(empty):
    assert migrate(empty) == names()
    assert migrate(empty) == []
    with psycopg.connect(empty) as connection:
        rows = connection.execute(
            "SELECT number, name, sha256 FROM log.migrations ORDER BY number"
        ).fetchall()
    assert rows == [(each.number, each.name, each.sha256) for each in migrations()]


def test_with_nothing_to_do_it_is_quick(database):
    took = []
    for _ in range(5):
        began = monotonic()
        migrate(database)
        took.append(monotonic() - began)
    assert min(took) < 0.1


def test_a_changed_file_is_refused_by_its_name(database):
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE log.migrations SET sha256 = 'x' WHERE number = 1")
    with pytest.raises(WrongDatabase, match=r"0001_log\.sql"):
        migrate(database)


def test_a_database_that_cannot_hold_every_letter_is_refused(server):
    ascii_only = "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
    with fresh(server, ascii_only) as (_, url), pytest.raises(WrongDatabase, match="SQL_ASCII"):
        migrate(url)


def test_a_file_that_fails_leaves_nothing_and_can_be_tried_again(empty):
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA personal")  # in the way of the second file
        with pytest.raises(psycopg.errors.DuplicateSchema):
            migrate(empty)
        assert connection.execute("SELECT name FROM log.migrations").fetchall() == [("0001_log.sql",)]
        connection.execute("DROP SCHEMA personal")
    assert migrate(empty) == names()[1:]


def test_many_at_once_on_one_database_and_on_several_of_one_server(server):
    """Roles belong to the whole server; each database must be migrated exactly once."""
    with ExitStack() as stack:
        urls = [stack.enter_context(fresh(server))[1] for _ in range(3)]
        with ProcessPoolExecutor(6, mp_context=get_context("forkserver")) as pool:
            applied = [*pool.map(migrate, urls * 3)]
    for n in range(3):
        assert sorted(applied[n::3], key=len) == [[], [], names()]


@pytest.fixture(scope="module")
def untouched():
    """A server that has none of the roles yet, with an ordinary user who may make them."""
    with TemporaryDirectory(prefix="kelisim-roles-") as folder:
        os.chmod(folder, 0o755)
        with embedded(Path(folder), THROWAWAY) as url:
            with psycopg.connect(url, autocommit=True) as owner:
                owner.execute("CREATE ROLE tenant LOGIN CREATEROLE PASSWORD 'x'")
            yield url


def test_an_ordinary_user_who_may_make_roles_and_owns_the_database_can_migrate(untouched):
    """As on a server that somebody else runs."""
    with fresh(untouched, "OWNER tenant") as (_, url):
        tenant = make_conninfo(url, user="tenant", password="x")
        assert migrate(tenant) == names()
        with psycopg.connect(tenant, options="-c role=kelisim_app") as connection:
            assert connection.execute("SELECT log.advance_v1()").fetchone() == (0,)
            assert vitals(connection).partitions_ahead == 2
    with psycopg.connect(untouched, autocommit=True) as owner:
        for role in (*ROLES, "tenant"):
            owner.execute(f"DROP ROLE {role}")


def test_the_first_migrations_of_a_server_race_for_its_roles(untouched):
    with ExitStack() as stack:
        urls = [stack.enter_context(fresh(untouched))[1] for _ in range(8)]
        with ProcessPoolExecutor(8, mp_context=get_context("forkserver")) as pool:
            assert [*pool.map(migrate, urls)] == [names()] * 8


@pytest.mark.parametrize("role", ROLES)
def test_nobody_logs_in_as_a_role_of_the_log(database, role):
    with psycopg.connect(database) as connection:
        rights = connection.execute(
            """SELECT rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls
               FROM pg_roles WHERE rolname = %s""",
            [role],
        ).fetchone()
    assert rights == (False,) * 5


def test_limits_stand_on_the_role_so_that_a_pooler_does_not_lose_them(database):
    with psycopg.connect(database) as connection:
        [(settings,)] = connection.execute(
            """SELECT setconfig FROM pg_db_role_setting
               WHERE setrole = 'kelisim_app'::regrole AND setdatabase = 0"""
        )
    assert {"lock_timeout=1s", "statement_timeout=3s", "idle_in_transaction_session_timeout=2s"} <= {
        *settings
    }


def test_functions_carry_a_version_and_pin_their_search_path(database):
    with psycopg.connect(database) as connection:
        functions = connection.execute(
            """SELECT proname, prosecdef, proconfig FROM pg_proc
               WHERE pronamespace = 'log'::regnamespace AND prorettype <> 'trigger'::regtype"""
        ).fetchall()
    assert functions
    for name, definer, config in functions:
        assert re.search(r"_v\d+$", name), name
        assert not definer or "search_path=log, pg_temp" in (config or []), name


def test_the_sequence_of_positions_is_never_read_by_a_plain_select():
    """It may be ahead for a moment: readers would pass over events."""
    for migration in migrations():
        assert "last_value from" not in " ".join(migration.sql.lower().split()), migration.name
