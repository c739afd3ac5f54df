"""`kelisim` as whoever runs it starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

KELISIM = [sys.executable, "-c", "from api.command_line import app; app(prog_name='kelisim')"]

MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""
"""Prints exit code and KiB. A process of its own: to a child the kernel counts what its parent had when it
was started."""


@dataclass(frozen=True)
class Run:
    """`seconds`: from the start of the program on. `mib`: the most memory that one of its processes took."""

    code: int
    seconds: float
    mib: float


READY, FOLLOWS = "Kelisim is ready", "Kelisim follows"
"""How the line begins by which a program says that it has started."""


@contextmanager
def running(words: list[str], says: str | None, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """From the line on that begins as `says`; None: at once."""
    with subprocess.Popen(
        words, env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert says is None or any(line.startswith(says) for line in process.stdout)
            yield process
        finally:
            process.terminate()


def kelisim(*words: str, **settings: str) -> None:
    subprocess.run([*KELISIM, *words], env=os.environ | settings, check=True, capture_output=True)


def timed(*words: str, **settings: str) -> Run:
    began = monotonic()
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, *KELISIM, *words],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        check=True,
    )
    code, kib = told.stdout.split()
    return Run(int(code), monotonic() - began, int(kib) / 1024)
