"""`kelisim` as whoever runs it starts it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter

KELISIM = [sys.executable, "-c", "from api.command_line import app; app(prog_name='kelisim')"]


@dataclass(frozen=True)
class Run:
    """`mib`: the memory of the largest of its processes at its most."""

    code: int
    seconds: float
    mib: float


def kelisim(*words: str, **settings: str) -> None:
    subprocess.run([*KELISIM, *words], env=os.environ | settings, check=True, capture_output=True)


def timed(*words: str, **settings: str) -> Run:
    began = perf_counter()
    process = subprocess.Popen(
        [*KELISIM, *words], env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(process.returncode, perf_counter() - began, used.ru_maxrss / 1024)
