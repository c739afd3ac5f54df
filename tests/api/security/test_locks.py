"""Production never meets a demo: four locks, each tried."""

import os
import secrets
import subprocess
import sys

import psycopg
import pytest

from api.postgres import free_port
from api.security import installation
from api.security.forms import is_loopback
from api.settings import Mode, Settings, WrongSetting
from contracts.log import set_test_clock
from contracts.log.keys import demo_keys
from tests.terminal import KELISIM, ROOT, environment


@pytest.mark.parametrize(
    ("first", "then"), [("demo", "production"), ("production", "demo"), ("test", "production")]
)
def test_a_database_belongs_to_the_kind_of_mode_that_it_was_first_started_in(database, first, then):
    installation.agree(Settings(mode=Mode(first), database_url=database))
    with pytest.raises(WrongSetting, match=f"KELISIM_MODE is '{then}'.*first started in mode '{first}'"):
        installation.agree(Settings(mode=Mode(then), database_url=database))
    installation.agree(Settings(mode=Mode(first), database_url=database))


def test_a_test_and_a_demo_may_share_a_database_while_its_clock_is_right(database):
    installation.agree(Settings(mode=Mode.TEST, database_url=database))
    installation.agree(Settings(mode=Mode.DEMO, database_url=database))
    with psycopg.connect(database, autocommit=True) as connection:
        now = connection.execute("SELECT now()").fetchone()[0]
        set_test_clock(connection, now)
    installation.agree(Settings(mode=Mode.TEST, database_url=database))
    with pytest.raises(WrongSetting, match="clock of this database is shifted"):
        installation.agree(Settings(mode=Mode.DEMO, database_url=database))


def test_the_demo_s_sign_in_is_not_to_be_had_in_production():
    found = subprocess.run(
        [sys.executable, "-c", "import api.security.demo"],
        env={**os.environ, "KELISIM_MODE": "production"},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 1
    assert "ImportError: there is no demo sign-in in production" in found.stderr


def production(tmp_path, database, **changed):
    """What production needs, as environment variables."""
    variables = {"KELISIM_MODE": "production", "KELISIM_DATABASE_URL": database}
    for name in ("LOG_KEY", "EXPORT_KEY", "PERSON_KEY", "LOOKUP_KEY", "OIDC_CLIENT_SECRET"):
        path = tmp_path / name
        path.write_text(f"{secrets.token_hex(32)}\n")
        path.chmod(0o600)
        variables[f"KELISIM_{name}"] = str(path)
    issuer = {"KELISIM_OIDC_ISSUER": "https://idp.example", "KELISIM_OIDC_CLIENT_ID": "kelisim"}
    return {**variables, **issuer, "KELISIM_DATA": str(tmp_path), **changed}


def start(variables):
    return subprocess.run(
        [*KELISIM, "serve"],
        cwd=ROOT,
        env=environment(**{**variables, "KELISIM_PORT": str(free_port())}),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_does_not_start_on_a_demo_s_database(database, tmp_path):
    installation.agree(Settings(mode=Mode.DEMO, database_url=database))
    ended = start(production(tmp_path, database))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "first started in mode 'demo'" in ended.stderr


def test_production_does_not_start_with_a_demo_s_key(database, tmp_path):
    variables = production(tmp_path, database)
    demo_keys(tmp_path / "demo")
    ended = start({**variables, "KELISIM_PERSON_KEY": str(tmp_path / "demo" / "person.key")})
    assert ended.returncode == 1
    assert "was made for a demo" in ended.stderr


def test_production_does_not_start_without_its_provider(database, tmp_path):
    ended = start(production(tmp_path, database, KELISIM_OIDC_ISSUER=""))
    assert ended.returncode == 1
    assert "KELISIM_OIDC_ISSUER is not set" in ended.stderr


def test_demo_tokens_are_for_this_machine_alone():
    known = ("127.0.0.1", "127.8.8.8", "::1", "10.0.0.5", "0.0.0.0", "example", "")
    assert [host for host in known if is_loopback(host)] == ["127.0.0.1", "127.8.8.8", "::1"]


def test_from_elsewhere_nobody_signs_in_by_name(place):
    """A proxy on this machine says for whom it asks."""
    elsewhere = {"X-Forwarded-For": "203.0.113.7"}
    assert place.client.post("/demo/tokens?name=operator", headers=elsewhere).status_code == 404
    page = place.client.get("/sign-in", headers={**elsewhere, "Accept": "text/html"})
    assert 'name="person"' not in page.text
