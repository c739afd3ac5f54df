"""`kelisim` as a terminal sees it: what it prints, how it ends, what it leaves."""

import re
import signal
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from api.demo.people import ACTING, OPERATOR, PARENTS
from api.postgres import free_port
from api.server_process import at_work
from projections.every import BY_NAME
from tests.conftest import fresh
from tests.terminal import kelisim, serving


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"KELISIM_DATA": str(tmp_path / "data"), "KELISIM_PORT": str(free_port())}


def answers(settings: dict[str, str]) -> bool:
    return httpx.get(f"http://127.0.0.1:{settings['KELISIM_PORT']}/health/live").status_code < 500


def test_help_names_the_commands():
    done = kelisim("--help")
    assert done.returncode == 0
    assert "serve" in done.stdout
    assert "migrate" in done.stdout


def test_an_unknown_command_is_wrong_usage():
    assert kelisim("fly").returncode == 2


def test_a_wrong_setting_is_one_line_and_exit_1():
    done = kelisim("migrate", KELISIM_PORT="x")
    assert done.returncode == 1
    assert done.stderr == "kelisim: KELISIM_PORT is 'x'; allowed: a whole number from 1 to 65535\n"


def test_a_database_that_is_away_is_one_line_and_exit_1():
    done = kelisim("migrate", KELISIM_DATABASE_URL=f"postgresql://x:hidden@127.0.0.1:{free_port()}/x")
    assert done.returncode == 1
    assert done.stderr.startswith("kelisim: the database does not answer: ")
    assert done.stderr.count("\n") == 1
    assert "hidden" not in done.stderr


def test_migrate_says_what_it_did_and_the_second_time_nothing(server):
    with fresh(server) as (_, url):
        first, second = (kelisim("migrate", KELISIM_DATABASE_URL=url) for _ in range(2))
        assert first.stdout.startswith("0001_log.sql\n")
        assert (second.stdout, second.returncode) == ("", 0)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_until_it_is_asked_to_stop_and_leaves_nothing_at_work(settings, asked):
    with serving(settings) as service:
        assert answers(settings)
        service.send_signal(asked)
        assert service.wait(30) == 0
    assert not at_work(Path(settings["KELISIM_DATA"]) / "database")


def test_the_second_start_takes_less_than_three_seconds(settings):
    with serving(settings) as service:
        service.terminate()
        service.wait()
    assert any(starts_within(settings, 3) for _ in range(5))  # another test may have the machine just now


def starts_within(settings, seconds):
    began = time.monotonic()
    with serving(settings) as service:
        took = time.monotonic() - began
        service.terminate()
        service.wait()
    return took < seconds


def test_a_killed_service_starts_again(settings):
    with serving(settings) as service:
        service.kill()
        service.wait()
    with serving(settings):
        assert answers(settings)


def test_a_taken_port_is_one_line_and_nothing_is_started(settings):
    with serving(settings):
        elsewhere = settings | {"KELISIM_DATA": settings["KELISIM_DATA"] + "2"}
        done = kelisim("serve", **elsewhere)
    assert done.returncode == 1
    assert done.stderr.startswith(f"kelisim: Port {settings['KELISIM_PORT']} of 127.0.0.1 cannot be had")
    assert done.stderr.count("\n") == 1
    assert not Path(elsewhere["KELISIM_DATA"]).exists()


def test_a_second_service_on_the_same_data_is_one_line(settings):
    with serving(settings) as service:
        done = kelisim("serve", **settings | {"KELISIM_PORT": str(free_port())})
    assert done.returncode == 1
    assert f"already runs in {settings['KELISIM_DATA']} (process {service.pid})" in done.stderr


def test_serve_uses_the_database_that_it_is_given(settings, server):
    with fresh(server) as (_, url):
        with serving(settings | {"KELISIM_DATABASE_URL": url}), psycopg.connect(url) as connection:
            assert connection.execute("SELECT to_regclass('log.events') IS NOT NULL").fetchone() == (True,)
        assert not (Path(settings["KELISIM_DATA"]) / "database").exists()


def test_projections_are_made_anew_side_by_side_and_hold_the_same(settings, server):
    with fresh(server) as (_, url):
        here = settings | {"KELISIM_DATABASE_URL": url}
        with serving(here):
            pass
        named = kelisim("rebuild", "register", "audit_trail", **here)
        every = kelisim("rebuild", **here)
        unknown = kelisim("rebuild", "register", "nothing", **here)
        whole = kelisim("check", **here)
    assert (named.returncode, every.returncode, unknown.returncode, whole.returncode) == (0, 0, 2, 0)
    told = [line.partition(":")[0] for line in named.stdout.splitlines()]
    assert sorted(told) == ["audit_trail", "register"]
    assert sorted(line.partition(":")[0] for line in every.stdout.splitlines()) == sorted(BY_NAME)
    assert all(line.endswith("the same rows as before") for line in every.stdout.splitlines())
    assert "no projection nothing" in unknown.stderr


def test_a_log_moves_to_another_database_without_anybody_s_name(settings, server, tmp_path):
    file, cut = tmp_path / "log.kelisim", tmp_path / "cut.kelisim"
    with fresh(server) as (_, here), fresh(server) as (_, there):
        here, there = ({**settings, "KELISIM_DATABASE_URL": url} for url in (here, there))
        with serving(here):
            out = kelisim("export-log", str(file), **here)
            assert out.returncode == 0
            while_it_runs = kelisim("import-log", str(file), **here)
        cut.write_bytes(file.read_bytes()[:-9])
        half = kelisim("import-log", str(cut), **there)
        started = kelisim("serve", **there)
        whole = kelisim("import-log", str(file), **there)
        again = kelisim("import-log", str(file), **there)
        checked = kelisim("check", **there)
        with psycopg.connect(there["KELISIM_DATABASE_URL"]) as connection:
            posted = connection.execute("SELECT position FROM edge.posted").fetchone()
            recorded = connection.execute("SELECT max(position) FROM log.events").fetchone()
    assert (while_it_runs.returncode, half.returncode, started.returncode) == (1, 1, 1)
    assert while_it_runs.stderr.endswith("kelisim: a service runs on this database: stop it first\n")
    assert "kelisim: it is cut or was changed" in half.stderr
    assert started.stderr.startswith("kelisim: an import into this log has not ended")
    assert (whole.returncode, again.returncode) == (0, 0)
    assert whole.stdout == again.stdout
    assert whole.stdout.endswith("the log is whole and unaltered\n")
    assert posted == recorded, "nobody is written to of what happened elsewhere"
    assert " streams: " in checked.stdout + checked.stderr
    # Who comes of age when is told by the personal data, which have not moved.
    assert not re.search("^(version|prev|hash|head|key|boundary):", checked.stderr, re.MULTILINE)
    assert file.stat().st_mode & 0o077 == 0
    people = (OPERATOR, *PARENTS.values(), *(who for _, who in ACTING.values()))
    names = {part for name, latin, *_ in people for part in (name, latin)}
    assert not [name for name in names if name.encode() in file.read_bytes()]
