"""Whether a question costs more as the log grows: a contract and its history over HTTP, in a small log and in
a large one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
import psycopg

from api.postgres import free_port
from bench import lives
from bench.databases import fresh
from bench.figures import Figure, figure, interleaved
from bench.terminal import KELISIM, kelisim

SMALL, LARGE = 10_000, 1_000_000
ASKED = 200
"""Contracts a round."""

PURPOSE = {"Kelisim-Purpose": "benchmark"}


@contextmanager
def service(server: str, events: int) -> Iterator[tuple[httpx.Client, list[str]]]:
    """One that answers over a log of that size, and ids of some of its contracts."""
    with ExitStack() as stack:
        url = stack.enter_context(fresh(server))
        data = stack.enter_context(TemporaryDirectory(prefix="kelisim-"))
        lives.fill(url, events)
        address = f"http://127.0.0.1:{(port := free_port())}"
        given = {
            "KELISIM_DATABASE_URL": url,
            "KELISIM_DATA": str(Path(data) / "kelisim"),
            "KELISIM_PORT": str(port),
            "KELISIM_RATE": "1000000",
        }
        kelisim("rebuild", **given)
        running = stack.enter_context(
            subprocess.Popen(
                [*KELISIM, "serve"],
                env=os.environ | given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        stack.callback(running.terminate)
        assert running.stdout is not None
        assert any(line.startswith("Kelisim is ready") for line in running.stdout)
        client = stack.enter_context(httpx.Client(base_url=address, timeout=30))
        token = client.post("/demo/tokens", params={"name": "lawyer"}).json()["token"]
        client.headers.update({"Authorization": f"Bearer {token}", **PURPOSE})
        yield client, some(url)


def some(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT stream_id::text FROM log.streams WHERE kind = 'contract' ORDER BY 1"
        )
        return Random(2026).sample([id_ for (id_,) in rows], ASKED)


def asked(client: httpx.Client, ids: list[str], part: str) -> float:
    """Milliseconds of one question, over all of these contracts."""
    began = perf_counter()
    for id_ in ids:
        answer = client.get(f"/api/v1/contracts/{id_}{part}")
        assert answer.status_code == 200, answer.text
    return (perf_counter() - began) / len(ids) * 1000


def figures(server: str, rounds: int = 5) -> list[Figure]:
    with service(server, SMALL) as (little, of_little), service(server, LARGE) as (large, of_large):
        parts = {"a contract": "", "its history": "/history"}
        found = interleaved(
            {
                f"{said}, {size:,} events": lambda client=client, ids=ids, part=part: asked(client, ids, part)
                for said, part in parts.items()
                for client, ids, size in ((little, of_little, SMALL), (large, of_large, LARGE))
            },
            rounds,
        )
    return [
        figure(
            f"{said} by HTTP, {LARGE:,} events",
            "ms",
            found,
            f"{said}, {LARGE:,} events",
            f"{said}, {SMALL:,} events",
            "<= 1.2",
        )
        for said in parts
    ]
