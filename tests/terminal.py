"""`kelisim` at a terminal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


@contextmanager
def serving(settings: dict[str, str], **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A service that has said that it is ready. `how`: as `Popen` takes it."""
    given = {"cwd": ROOT, "env": environment(**settings), "stdout": subprocess.PIPE, "text": True, **how}
    with subprocess.Popen([*KELISIM, "serve"], **given) as service:
        try:
            assert ready(settings) in iter(service.stdout.readline, "")
            yield service
        finally:
            service.kill()


def ready(settings: dict[str, str]) -> str:
    return f"Kelisim is ready at http://127.0.0.1:{settings['KELISIM_PORT']}\n"
