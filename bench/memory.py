"""`make bench-memory`: whether a process that answers needs more memory the more commands it has carried out.

`revise` over HTTP, signed in, with a key, on contracts drawn by lot, of which there are ten times as many as
a process remembers. Sequencer and projections are not part of the process."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import httpx

from api.demo.people import ELECTRO
from api.house import opened
from api.postgres import embedded, free_port
from api.settings import Settings
from bench import machine, report
from bench.asking import asked, request
from bench.commands import settings
from bench.databases import SETTINGS, fresh
from bench.figures import Figure, against
from bench.offers import Offer, made
from bench.terminal import KELISIM, READY, kelisim, running
from contracts.log.streams import REMEMBERED

LOOKS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
CONTRACTS = 10 * REMEMBERED
CONNECTIONS = 8
AT_ONCE = 5_000
"""Requests that the client makes beforehand."""


def revising(offers: Sequence[Offer], bearer: str) -> Iterator[bytes]:
    """Without end; no two ask for the same."""
    random, amount = Random(2026), 9_500_000
    while True:
        amount += 1
        yield request(
            f"/api/v1/contracts/{random.choice(offers).id}/revise",
            f'{{"terms": {{"compensation": {{"kind": "compensation", "monthly": {amount}}}}}}}'.encode(),
            Authorization=bearer,
            Kelisim_On_Behalf_Of=f"org:{ELECTRO}",
            Idempotency_Key=f"memory-{amount}",
        )


def measured(server: str, looks: Sequence[int], contracts: int) -> Iterator[tuple[int, float, float]]:
    """After so many commands: MiB of the process, and commands a second since the look before."""
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as folder:
        given = settings(url, str(Path(folder) / "kelisim"))
        kelisim("demo", **given)
        with opened(replace(Settings(), database_url=url, data=Path(given["KELISIM_DATA"]))) as house:
            offers = made(house, contracts)
        port = free_port()
        alone = {"KELISIM_PORT": str(port), "KELISIM_RATE": "1000000", "KELISIM_FOLLOW": "apart"}
        with running([*KELISIM, "serve"], READY, **given, **alone) as service:
            answer = httpx.post(f"http://127.0.0.1:{port}/demo/tokens", params={"name": "enterprise"})
            requests = revising(offers, f"Bearer {answer.json()['token']}")
            for before, after in pairwise((0, *looks)):
                rate = handed_in(port, islice(requests, after - before))
                yield after, machine.resident(service.pid), rate


def handed_in(port: int, requests: Iterator[bytes]) -> float:
    """Commands a second."""
    done, took = 0, 0.0
    while some := [*islice(requests, AT_ONCE)]:
        done, took = done + len(some), took + len(some) / asked(port, CONNECTIONS, some).rate
    return done / took


def main(looks: Sequence[int], contracts: int) -> None:
    lines = ["| commands | memory of the worker, MiB | of that at first | commands/s |", "|---|---|---|---|"]
    found: list[tuple[int, float]] = []
    with TemporaryDirectory(prefix="kelisim-") as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with embedded(Path(folder), SETTINGS) as server:
            for commands, mib, rate in measured(server, looks, contracts):
                found.append((commands, mib))
                lines.append(f"| {commands:,} | {mib:,.1f} | {mib / found[0][1]:.3f} | {rate:,.0f} |")
                print(lines[-1], flush=True)
            described = machine.described(server)
    report.write(described, [grown(found)], report.MEMORY, lines, mib=dict(found), contracts=contracts)


def grown(found: Sequence[tuple[int, float]]) -> Figure:
    (first, at_first), *_, (last, at_last) = found
    said, baseline = f"memory of a worker after {last:,} commands", f"after {first:,}"
    return against(said, "MiB", [at_last], baseline, at_first, "<= 1.1")


if __name__ == "__main__":
    given = ArgumentParser(description=__doc__)
    given.add_argument("looks", nargs="*", type=int, help="numbers of commands, rising", default=LOOKS)
    given.add_argument("--contracts", type=int, default=CONTRACTS)
    asked_for = given.parse_args()
    main(asked_for.looks, asked_for.contracts)
