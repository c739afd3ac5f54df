"""What it costs when ten thousand offers end at one midnight: `python -m bench.midnight [TIMERS]`.

Each lapses by a command of its own, decided and appended like anybody's, with who is told of it, one after
the other by the one thread that fires timers. docs/performance.md says what came of it."""

import os
import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg

from api.demo import load
from api.house import House, opened
from api.postgres import embedded
from api.settings import Mode, Settings
from bench import offers
from bench.databases import SETTINGS, fresh
from contracts.log import FOLLOW, direct, set_test_clock
from contracts.log.clock import now
from contracts.log.timers import Timers

TIMERS = 10_000
LOOKS = 50


def main(count: int) -> None:
    with TemporaryDirectory(prefix="kelisim-") as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with embedded(Path(folder), SETTINGS) as url, fresh(url) as own:
            data = Path(folder) / "data"
            settings = Settings(mode=Mode.TEST, data=data, database_url=own)
            with opened(settings) as house:
                load(house)
                offered(house, own, count)
                print(*fired(house, own), sep="\n")


def offered(house: House, url: str, count: int) -> None:
    """So many that end with the same day."""
    offers.REVISED = 0
    made = offers.made(house, count)
    ends_on = house.today() + timedelta(days=11)
    lapse = house.law.start_of(ends_on)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(
            """UPDATE log.streams SET due_at = %(at)s,
                 timers = json_build_object('lapse', %(at)s::timestamptz) WHERE stream_id = ANY(%(ids)s)""",
            {"at": lapse, "ids": [each.id for each in islice(made, count)]},
        )
        owner.execute("UPDATE log.streams SET due_at = NULL, timers = NULL WHERE due_at < %s", [lapse])
        owner.execute("VACUUM ANALYZE log.streams")
        set_test_clock(owner, lapse - timedelta(seconds=1))


def fired(house: House, url: str) -> list[str]:
    refused: list[str] = []
    timers = Timers(url, house.desk, lambda event, **about: refused.append(event))
    with direct(url, FOLLOW) as connection, psycopg.connect(url, autocommit=True) as owner:
        began = perf_counter()
        for _ in range(LOOKS):
            timers.fire(connection)
        idle = (perf_counter() - began) / LOOKS
        set_test_clock(owner, now(owner) + timedelta(seconds=2))
        began, count, first = perf_counter(), 0, 0.0
        while some := timers.fire(connection):
            first = first or perf_counter() - began
            count += some
        took = perf_counter() - began
    wrong = sorted({event for event in refused if event != "timer.fired"})
    return [
        f"a look at which nothing is due: {idle * 1000:.2f} ms",
        f"timers fired: {count} in {took:.1f} s, {count / took:,.0f}/s",
        f"the first hundred were done after {first:.2f} s",
        f"else: {wrong}",
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMERS)
