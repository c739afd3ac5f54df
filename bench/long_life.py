"""`make bench-long-life`: what upkeep, hangers-on and replicas cost an append, and how tables grow."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from api.postgres import embedded
from bench import bloat, machine, report
from bench.appends import appending
from bench.bloat import CHANGING, Grown
from bench.databases import SETTINGS, fresh
from bench.disturbing import BY_NAME, IN_PEACE, OF_STRANGERS, STAYING, Disturbance, in_peace, old_snapshot
from bench.figures import Figure, figure, interleaved
from bench.standby import Standby
from bench.writers import Write, rate
from contracts.log import Recorder, Sequencer, connect

WRITERS, SECONDS, ROUNDS = 16, 3, 5

ALONE = "no standby"


class Longest:
    """Remembers the longest append of each way, in milliseconds."""

    def __init__(self) -> None:
        self.of: dict[str, float] = {}

    def timed(self, name: str, write: Write) -> Write:
        def timed(n: int) -> None:
            began = perf_counter()
            write(n)
            self.of[name] = max(self.of.get(name, 0), (perf_counter() - began) * 1000)

        return timed


def main() -> None:
    longest = Longest()
    with TemporaryDirectory(prefix="kelisim-") as name:
        os.chmod(name, 0o755)  # root's server runs as another user
        folder = Path(name)
        with embedded(folder / "primary", SETTINGS | {"autovacuum_naptime": "5s"}) as server:
            found = [
                *compared(server, BY_NAME, IN_PEACE, longest),
                *compared(server, OF_STRANGERS, STAYING, longest),
                *compared(server, beside_a_standby(server, folder), ALONE, longest),
            ]
            grown = {
                "with autovacuum": bloat.grown(server),
                "without": bloat.grown(server, autovacuum=False),
                "with, beside an old snapshot": bloat.grown(server, beside=old_snapshot),
            }
            described = machine.described(server)
    lines = [*_table(found, longest), "", *_sizes(grown)]
    report.write(
        described,
        found,
        report.LONG_LIFE,
        lines,
        longest_ms=longest.of,
        grown={name: asdict(each) for name, each in grown.items()},
    )
    print("\n".join(lines))


def beside_a_standby(server: str, folder: Path) -> dict[str, Disturbance]:
    standby = Standby(folder / "standby", folder / "primary", server)
    return {
        ALONE: in_peace,
        "a standby": standby.following,
        "a standby that each commit waits for": partial(standby.following, synchronous=True),
    }


def compared(server: str, ways: Mapping[str, Disturbance], baseline: str, longest: Longest) -> list[Figure]:
    """Appends a second of 16 writers, while each goes on in its turn."""
    with fresh(server) as url, sequenced(url), connect(url, size=WRITERS) as pool:
        begin = appending(Recorder(pool))

        def measured(name: str, disturbance: Disturbance) -> float:
            with disturbance(url):
                return rate(WRITERS, SECONDS, lambda number: longest.timed(name, begin(number)))

        found = interleaved({name: partial(measured, name, way) for name, way in ways.items()}, ROUNDS)
    return [figure(name, "appends/s", found, name, baseline, "") for name in ways if name != baseline]


@contextmanager
def sequenced(url: str) -> Iterator[None]:
    sequencer = Sequencer(url)
    sequencer.start()
    yield
    sequencer.stop()


def _table(found: Sequence[Figure], longest: Longest) -> list[str]:
    head = [
        "| while there is | appends/s | against | of that (lowest to highest) | longest append |",
        "|---|---|---|---|---|",
    ]
    return head + [
        f"| {each.name} | {each.value:,.0f} | {each.baseline}: {each.baseline_value:,.0f} "
        f"| {each.ratio:.2f} ({each.spread[0]:.2f} to {each.spread[1]:.2f}) "
        f"| {longest.of[each.name]:,.0f} ms, against {longest.of[each.baseline]:,.0f} |"
        for each in found
    ]


def _sizes(grown: Mapping[str, Grown]) -> list[str]:
    first = next(iter(grown.values()))
    cells = {
        "appends": ["", *(f"{each.appends:,}" for each in grown.values())],
        **{
            f"`{name}`, MB": [
                f"{size / 1e6:,.1f}" for size in (at_first, *(each.after[name] for each in grown.values()))
            ]
            for name, at_first in first.before.items()
        },
        **{
            f"`{name}`, dead rows": ["", *(f"{each.dead[name]:,}" for each in grown.values())]
            for name in CHANGING
        },
    }
    head = [f"| | at first | {' | '.join(grown)} |", "|---" * (len(grown) + 2) + "|"]
    return [*head, *(f"| {name} | {' | '.join(row)} |" for name, row in cells.items())]


if __name__ == "__main__":
    main()
