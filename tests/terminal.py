"""`kelisim` at a terminal."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KELISIM = [sys.executable, "-c", "from api.command_line import app; app(prog_name='kelisim')"]


def environment(**settings: str) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("KELISIM_")}
    return others | settings


def kelisim(*words: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """`given`: what is typed when it asks."""
    return subprocess.run(
        [*KELISIM, *words],
        cwd=ROOT,
        env=environment(**settings),
        input=given,
        capture_output=True,
        text=True,
    )
