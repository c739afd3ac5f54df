"""Several processes behind one port: they are one service to whoever asks, and begin and end with it."""

import json
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from api.postgres import free_port
from api.server_process import patiently
from tests.conftest import fresh
from tests.terminal import kelisim, serving

WORKERS = 2
PATIENCE = 20
"""Seconds."""


class Service:
    def __init__(self, process: Popen[str], address: str, lines: Path) -> None:
        self.process, self.address, self.lines = process, address, lines

    def ask(self, path: str = "/api/v1/contracts", **headers: str) -> httpx.Response:
        """Over a connection of its own: any of the processes may take it."""
        return httpx.get(f"{self.address}{path}", headers=headers, timeout=20)

    def workers(self) -> set[int]:
        """Those that have answered."""
        lines = [json.loads(line) for line in self.lines.read_text().splitlines()]
        return {line["pid"] for line in lines if line["event"] == "answered"}

    def every_worker(self) -> set[int]:
        assert patiently(lambda: self.ask().content and len(self.workers()) == WORKERS, PATIENCE)
        return self.workers()


@contextmanager
def service(server: str, folder: Path, **settings: str) -> Iterator[Service]:
    with fresh(server) as (_, url), (folder / "lines").open("ab") as lines:
        given = {
            "KELISIM_MODE": "test",
            "KELISIM_DATABASE_URL": url,
            "KELISIM_DATA": str(folder / "data"),
            "KELISIM_PORT": str(free_port()),
            "KELISIM_WORKERS": str(WORKERS),
            **settings,
        }
        with serving(given, stderr=lines) as process:
            yield Service(process, f"http://127.0.0.1:{given['KELISIM_PORT']}", folder / "lines")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pids: set[int]) -> bool:
    return patiently(lambda: not any(runs(pid) for pid in pids), PATIENCE)


def test_a_caller_has_one_rate_with_all_of_them(server, tmp_path):
    with service(server, tmp_path, KELISIM_RATE="1") as found:
        statuses = []
        while len(found.workers()) < WORKERS:
            statuses.append(found.ask(Authorization="Bearer mine").status_code)
        assert statuses == [401] + [429] * (len(statuses) - 1)


def test_any_of_them_tells_what_all_have_counted(server, tmp_path):
    with service(server, tmp_path) as found:
        asked = 0
        while len(found.workers()) < WORKERS:
            found.ask()
            asked += 1
        for _ in range(WORKERS * 4):
            told = found.ask("/metrics").text
            [counted] = re.findall(
                r'^kelisim_answers_total{.*"/api/v1/contracts".*} (.*)$', told, re.MULTILINE
            )
            assert float(counted) == asked


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_they_answer_what_is_under_way_and_stop(server, tmp_path, asked):
    with service(server, tmp_path) as found, ThreadPoolExecutor(1) as client:
        workers = found.every_worker()
        token = httpx.post(f"{found.address}/demo/tokens", params={"name": "lawyer"}).json()["token"]
        never = {"Authorization": f"Bearer {token}", "Kelisim-Min-Position": "1000000"}
        waits = client.submit(found.ask, **never, **{"Kelisim-Purpose": "audit"})
        assert not patiently(waits.done, 0.5)
        found.process.send_signal(asked)
        assert waits.result().status_code == 503
        assert found.process.wait(PATIENCE) == 0
        assert gone(workers)


def test_they_go_when_the_process_that_started_them_is_killed(server, tmp_path):
    with service(server, tmp_path) as found:
        workers = found.every_worker()
        found.process.kill()
        found.process.wait()
        assert gone(workers)
        with pytest.raises(httpx.ConnectError):
            found.ask()


def test_one_that_is_asked_to_stop_is_followed_by_another(server, tmp_path):
    """So each can be begun anew, while the others answer."""
    with service(server, tmp_path) as found:
        first = found.every_worker()
        for pid in first:
            os.kill(pid, signal.SIGTERM)
        assert gone(first)
        assert patiently(lambda: found.ask().content and len(found.workers() - first) == WORKERS, PATIENCE)


def test_more_than_the_database_can_serve_is_one_line(tmp_path):
    done = kelisim("serve", KELISIM_DATA=str(tmp_path), KELISIM_PORT=str(free_port()), KELISIM_WORKERS="64")
    assert done.returncode == 1
    assert done.stderr == (
        "kelisim: KELISIM_WORKERS is 64; allowed with this database: at most 25, "
        "or more where its max_connections is higher\n"
    )


def test_none_at_all_is_wrong_usage():
    assert kelisim("serve", "--workers", "0").returncode == 2
