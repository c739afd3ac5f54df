"""`kelisim check` over a whole log, and whether it needs more memory for a larger one."""

import os
import subprocess
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


def checked(server: str, events: int) -> tuple[float, float]:
    """Events a second, from the start of the program on, and the most memory that one of its processes took,
    in MiB."""
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as data:
        top = lives.fill(url, events)
        given = {"KELISIM_DATABASE_URL": url, "KELISIM_DATA": str(Path(data) / "kelisim")}
        began = monotonic()
        with subprocess.Popen(
            [*KELISIM, "check"], env=os.environ | given, stdout=subprocess.DEVNULL
        ) as check:
            _, code, usage = os.wait4(check.pid, 0)
            check.returncode = os.waitstatus_to_exitcode(code)
        took = monotonic() - began
        assert check.returncode == 0
        return top / took, usage.ru_maxrss / 1024


def figures(server: str, events: int = 1_000_000) -> list[Figure]:
    _, little = checked(server, SMALL)
    rate, large = checked(server, events)
    times, grown = rate / WANTED, large / little
    return [
        Figure(
            f"check of a whole log, {events:,} events",
            rate,
            "events/s",
            f"{WANTED:,} events/s",
            WANTED,
            times,
            (times, times),
            ">= 1",
        ),
        Figure(
            f"its memory, {events:,} events",
            large,
            "MiB",
            f"{SMALL:,} events",
            little,
            grown,
            (grown, grown),
            "<= 1.1",
        ),
    ]
