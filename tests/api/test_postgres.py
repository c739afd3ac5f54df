"""The embedded PostgreSQL: starts as whoever asks, ends with the service, comes back after any death."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api.postgres import DURABLE, THROWAWAY, NoDatabase, Server, embedded, running, shared
from api.server_process import at_work, launch, patiently

ROOT = Path(__file__).parents[2]
SERVICE = """
import sys, time
from pathlib import Path
from api.postgres import THROWAWAY, embedded
with embedded(Path(sys.argv[1]), THROWAWAY) as url:
    print(url, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kelisim-") as made:
        os.chmod(made, 0o755)
        yield Path(made) / "data"


@pytest.fixture
def service(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has a server in `folder`."""
    command = [sys.executable, "-c", SERVICE, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("postgresql://")
        yield process
        process.kill()
    assert patiently(lambda: not at_work(folder / "database"), 10)


def answer(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


def leader(folder: Path) -> int:
    return Server(folder, THROWAWAY).leader()


def test_what_was_written_is_there_after_the_next_start(folder):
    with embedded(folder) as url:
        answer(url, "CREATE TABLE kept AS SELECT 7 AS number")
    with embedded(folder) as url:
        assert answer(url, "SELECT number FROM kept") == 7


def test_the_next_start_takes_less_than_a_second(folder):
    with embedded(folder):
        pass
    assert any(starts_within(folder, 1) for _ in range(5))  # another test may have the machine just now


def starts_within(folder, seconds):
    began = time.monotonic()
    with embedded(folder):
        return time.monotonic() - began < seconds


def test_nothing_is_at_work_after_the_end(folder):
    with embedded(folder, THROWAWAY):
        assert at_work(folder / "database")
    assert not at_work(folder / "database")
    assert running(folder) is None


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_the_service_s_server_is_durable(folder, setting):
    with embedded(folder) as url:
        assert answer(url, f"SHOW {setting}") == "on"


def test_only_the_owner_reads_password_and_data(folder):
    with embedded(folder, THROWAWAY):
        assert (folder / "database.password").stat().st_mode & 0o777 == 0o600
        assert (folder / "database").stat().st_mode & 0o777 == 0o700


def test_without_the_password_nobody_comes_in(folder):
    with embedded(folder, THROWAWAY) as url:
        password = (folder / "database.password").read_text()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            answer(url.replace(password, "guessed"), "SELECT 1")


def test_shared_memory_stays_in_the_folder(folder):
    with embedded(folder, THROWAWAY) as url:
        assert answer(url, "SHOW dynamic_shared_memory_type") == "mmap"


@pytest.mark.parametrize("name", ["with space, comma", 'with "quotes"', "қазақша", "100%"])
def test_a_folder_of_any_name_will_do(folder, name):
    with embedded(folder / name, THROWAWAY) as url:
        assert answer(url, "SELECT 1") == 1


def test_a_folder_too_deep_for_a_socket_is_served_at_127_0_0_1(folder):
    deep = folder / ("d" * 60) / ("e" * 60)
    with embedded(deep, THROWAWAY) as url:
        assert "@127.0.0.1:" in url
        assert answer(url, "SELECT 1") == 1


def test_a_folder_that_others_may_not_enter_will_do(folder):
    folder.mkdir(mode=0o700)
    with embedded(folder / "below" / "it", THROWAWAY) as url:
        assert answer(url, "SELECT 1") == 1
    assert folder.stat().st_mode & 0o777 == 0o700


def test_several_stand_side_by_side(folder):
    with embedded(folder / "one", THROWAWAY) as one, embedded(folder / "two", THROWAWAY) as two:
        answer(one, "CREATE TABLE only_here ()")
        assert answer(two, "SELECT to_regclass('only_here') IS NULL")


def test_the_second_service_in_a_folder_is_told_who_has_it(service, folder):
    with pytest.raises(NoDatabase, match=f"already runs in {folder} \\(process {service.pid}\\)"):
        embedded(folder).__enter__()


def test_a_command_beside_the_service_uses_its_server(service, folder):
    with shared(folder) as url:
        assert url == running(folder)
        assert answer(url, "SELECT 1") == 1
    assert answer(url, "SELECT 1") == 1


def test_the_server_ends_with_a_service_that_is_killed(service, folder):
    service.kill()
    assert patiently(lambda: not at_work(folder / "database"), 10)


def test_a_start_after_a_killed_service_finds_everything(service, folder):
    answer(running(folder), "CREATE TABLE kept ()")
    service.kill()
    service.wait()
    with embedded(folder, THROWAWAY) as url:
        assert answer(url, "SELECT to_regclass('kept') IS NOT NULL")


def test_a_server_that_outlived_its_service_is_ended_by_the_next_start(folder):
    with embedded(folder, THROWAWAY):
        pass
    server = Server(folder, THROWAWAY)
    sockets = [f"-cunix_socket_directories={server.data}", "-clisten_addresses="]
    forgotten = launch("postgres", server.data, server.log, "-D", str(server.data), *sockets)
    assert patiently(lambda: server.state() == "ready", 10)
    with embedded(folder, THROWAWAY) as url:
        assert forgotten.wait() == 0
        assert answer(url, "SELECT 1") == 1


def test_a_server_that_is_killed_is_started_again_with_its_data(folder):
    with embedded(folder) as url:
        answer(url, "CREATE TABLE kept ()")
        killed = leader(folder)
        os.kill(killed, signal.SIGKILL)
        assert patiently(lambda: leader(folder) not in (killed, None) and running_here(folder), 20)
        assert answer(url, "SELECT to_regclass('kept') IS NOT NULL")


def running_here(folder: Path) -> bool:
    return Server(folder, THROWAWAY).state() == "ready"


def test_backends_whose_server_was_killed_do_not_stop_the_next_start(service, folder):
    with psycopg.connect(running(folder), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept ()")
        [backend] = connection.execute("SELECT pg_backend_pid()").fetchone()
        os.kill(backend, signal.SIGSTOP)  # too busy to notice
        os.kill(service.pid, signal.SIGSTOP)
        os.kill(leader(folder), signal.SIGKILL)
        service.kill()
        service.wait()
        with embedded(folder, THROWAWAY) as url:
            assert answer(url, "SELECT to_regclass('kept') IS NOT NULL")


def test_a_process_number_that_is_now_another_s_does_not_stop_the_next_start(service, folder):
    os.kill(service.pid, signal.SIGSTOP)
    os.kill(leader(folder), signal.SIGKILL)
    service.kill()
    service.wait()
    lock_file = folder / "database" / "postmaster.pid"
    lines = lock_file.read_text().splitlines(keepends=True)
    lock_file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    with embedded(folder, THROWAWAY) as url:
        assert answer(url, "SELECT 1") == 1


def test_a_set_up_that_was_cut_short_is_begun_again(folder):
    (folder / "database.new").mkdir(parents=True)
    (folder / "database.new" / "PG_VERSION").write_text("18\n")
    with embedded(folder, THROWAWAY) as url:
        assert answer(url, "SELECT 1") == 1
    assert not (folder / "database.new").exists()


@pytest.mark.parametrize("after", [0.1, 0.2, 0.3, 0.5])
def test_a_set_up_whose_service_was_killed_is_begun_again(folder, after):
    with subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    ) as killed:
        patiently(lambda: (folder / "database.new").exists(), 5)
        time.sleep(after)
        killed.kill()
    with embedded(folder, THROWAWAY) as url:
        assert answer(url, "SELECT 1") == 1
    assert not list(folder.glob("database.new*"))


def test_data_of_another_version_is_left_alone(folder):
    with embedded(folder, THROWAWAY):
        pass
    (folder / "database" / "PG_VERSION").write_text("17\n")
    with pytest.raises(NoDatabase, match="belongs to PostgreSQL 17 and this is 18"):
        embedded(folder).__enter__()


def test_a_folder_that_cannot_be_made_is_named():
    with pytest.raises(NoDatabase, match="/dev/null/x cannot be written"):
        embedded(Path("/dev/null/x")).__enter__()


def test_why_the_server_did_not_start_is_told(folder):
    with pytest.raises(NoDatabase, match="unrecognized configuration parameter"):
        embedded(folder, {**DURABLE, "no_such_setting": "1"}).__enter__()
