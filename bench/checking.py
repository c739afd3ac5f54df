"""`kelisim check` over a whole log, and whether it needs more memory for a larger one."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench import lives
from bench.databases import fresh
from bench.figures import Figure, against
from bench.terminal import Run, timed

SMALL = 100_000
WANTED = 50_000
"""Events a second."""


def checked(server: str, events: int) -> tuple[int, Run]:
    """Of how many events."""
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as data:
        top = lives.fill(url, events)
        run = timed("check", KELISIM_DATABASE_URL=url, KELISIM_DATA=str(Path(data) / "kelisim"))
        assert run.code == 0
        return top, run


def figures(server: str, events: int = 1_000_000) -> list[Figure]:
    _, small = checked(server, SMALL)
    top, large = checked(server, events)
    rate = top / large.seconds
    return [
        against(f"check of a whole log, {events:,} events", "events/s", [rate], "wanted", WANTED, ">= 1"),
        against(
            f"memory of a check, {events:,} events",
            "MiB",
            [large.mib],
            f"{SMALL:,} events",
            small.mib,
            "<= 1.1",
        ),
    ]
