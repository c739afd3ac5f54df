"""`kelisim` as whoever runs it starts it."""

import os
import subprocess
import sys

KELISIM = [sys.executable, "-c", "from api.command_line import app; app(prog_name='kelisim')"]


def kelisim(*words: str, **settings: str) -> None:
    subprocess.run([*KELISIM, *words], env=os.environ | settings, check=True, capture_output=True)
