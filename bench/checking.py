"""`kelisim check` over a whole log, and whether it needs more memory for a larger one."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bench import lives
from bench.databases import fresh
from bench.figures import Figure
from bench.terminal import KELISIM

SMALL = 100_000
WANTED = 50_000
"""Events a second."""

PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""
"""Prints KiB. A process of its own: to a child the kernel counts what its parent had when it was started."""


def checked(server: str, events: int) -> tuple[float, float]:
    """Events a second, from the start of the program on, and the most memory that one of its processes took,
    in MiB."""
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as data:
        top = lives.fill(url, events)
        env = os.environ | {"KELISIM_DATABASE_URL": url, "KELISIM_DATA": str(Path(data) / "kelisim")}
        began = monotonic()
        told = subprocess.run(
            [sys.executable, "-c", PEAK, *KELISIM, "check"], env=env, stdout=subprocess.PIPE, check=True
        )
        return top / (monotonic() - began), int(told.stdout) / 1024


def figures(server: str, events: int = 1_000_000) -> list[Figure]:
    _, little = checked(server, SMALL)
    rate, large = checked(server, events)
    return [
        _single(f"check of a whole log, {events:,} events", rate, "events/s", "wanted", WANTED, ">= 1"),
        _single(f"memory of a check, {events:,} events", large, "MiB", f"{SMALL:,} events", little, "<= 1.1"),
    ]


def _single(name: str, value: float, unit: str, baseline: str, against: float, goal: str) -> Figure:
    ratio = value / against
    return Figure(name, value, unit, baseline, against, ratio, (ratio, ratio), goal)
