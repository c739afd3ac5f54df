"""A command from HTTP to HTTP, against the smallest service that writes.

A command: `sign`, by somebody who is signed in and acts for an enterprise, with a key, on contracts of 19
entries that wait for that signature. All that a command does is done: who it is and for whom, the contract
and what its rules ask for read and folded, the decision, what follows from it, one append with everything on,
the answer, a log line. The service runs as whoever installs it runs it, with its projections beside.

The smallest service (`bench.bare`) has one endpoint that inserts one row. Both have the same number of
processes and of connections, and one client, which takes less than a tenth of a core."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import httpx
import psycopg

from api.demo.people import ELECTRO
from api.house import opened
from api.postgres import free_port
from api.settings import Settings
from bench.asking import Answers, asked, request
from bench.databases import followed, fresh
from bench.figures import Figure, figure
from bench.offers import made
from bench.terminal import KELISIM, READY, kelisim, running

PROCESSES = (1, 2)
OF_EACH = 8
"""Connections of the client to each process."""

SIGNED, INSERTED = 600, 2_400
"""Requests a round."""

Way = Callable[[], Answers]


@contextmanager
def signing(url: str, data: str, processes: int, offers: Iterator[bytes]) -> Iterator[Way]:
    port = free_port()
    given = settings(url, data) | {"KELISIM_PORT": str(port), "KELISIM_RATE": "1000000"}
    with running([*KELISIM, "serve", "--workers", str(processes)], READY, **given):
        answer = httpx.post(f"http://127.0.0.1:{port}/demo/tokens", params={"name": "enterprise"})
        bearer = f"Bearer {answer.json()['token']}"

        def sign() -> Answers:
            requests = [each.replace(b"BEARER", bearer.encode()) for each in islice(offers, SIGNED)]
            found = asked(port, processes * OF_EACH, requests)
            followed(url)  # so that bare has the machine for itself
            return found

        yield sign


@contextmanager
def inserting(url: str, processes: int) -> Iterator[Way]:
    port = free_port()
    uvicorn = [sys.executable, "-m", "uvicorn", "bench.bare:app", "--port", str(port), "--no-access-log"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS rows (id bigserial PRIMARY KEY, said text NOT NULL)")
    with running([*uvicorn, "--workers", str(processes), "--log-level", "warning"], None, BENCH_URL=url):
        until_open(port)
        requests = [request("/rows", b'{"said": "signed"}')] * INSERTED
        yield lambda: asked(port, processes * OF_EACH, requests)


def until_open(port: int) -> None:
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/")
            return
        except httpx.TransportError:
            sleep(0.1)


def settings(url: str, data: str) -> dict[str, str]:
    return {"KELISIM_DATABASE_URL": url, "KELISIM_DATA": data}


@contextmanager
def offered(server: str, wanted: int) -> Iterator[tuple[str, str, Iterator[bytes]]]:
    """A database with so many contracts out for signing, and the requests that sign them."""
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as folder:
        data = str(Path(folder) / "kelisim")
        kelisim("demo", **settings(url, data))
        with opened(replace(Settings(), database_url=url, data=Path(data))) as house:
            offers = made(house, wanted)
        kelisim("rebuild", **settings(url, data))
        requests = (
            request(
                f"/api/v1/contracts/{each.id}/sign",
                f'{{"text_hash": "{each.text_hash}"}}'.encode(),
                Authorization="BEARER",
                Kelisim_On_Behalf_Of=f"org:{ELECTRO}",
                Idempotency_Key=str(each.id),
            )
            for each in offers
        )
        yield url, data, requests


def figures(server: str, rounds: int = 5) -> list[Figure]:
    found = []
    wanted = SIGNED * (rounds + 1) * len(PROCESSES)
    with offered(server, wanted) as (url, data, offers), fresh(server, migrated=False) as other:
        for processes in PROCESSES:
            with ExitStack() as stack:
                ways = {
                    "sign": stack.enter_context(signing(url, data, processes, offers)),
                    "bare FastAPI INSERT": stack.enter_context(inserting(other, processes)),
                }
                found += compared(processes, ways, rounds)
    return found


def compared(processes: int, ways: dict[str, Way], rounds: int) -> Iterator[Figure]:
    rates: dict[str, list[float]] = {name: [] for name in ways}
    slowest: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            answers = way()
            if number:  # the first warms caches
                rates[name].append(answers.rate)
                slowest[name].append(answers.p99 * 1000)
    said = f"sign by HTTP, {processes} process{'es' if processes > 1 else ''}"
    yield figure(said, "commands/s", rates, "sign", "bare FastAPI INSERT", ">= 0.5")
    yield figure(f"{said}, p99", "ms", slowest, "sign", "bare FastAPI INSERT", "<= 3")
