"""`make bench-national`: what logs up to the size of a nation's cost, each measured the same way in turns."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg

from api.postgres import embedded
from bench import growth, machine, plot, report
from bench.databases import SETTINGS
from bench.figures import Figure, figure, interleaved
from bench.growth import Filled, at
from bench.machine import resident
from bench.tail import writing
from bench.terminal import Run, timed
from bench.writers import rate
from contracts.log import Recorder, connect

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
WRITERS, SECONDS, ROUNDS = 16, 1, 5
"""Short, since a small log must not grow to another size by what is appended."""

QUESTIONS = {
    "a contract": growth.CONTRACT,
    "its history": growth.HISTORY,
    "search by number": growth.SEARCH,
    "a college's contracts": growth.OF_COLLEGE,
    "worklist of a college": growth.WORKLIST,
    "worklist of a chamber that sees all": growth.EVERY_TASK,
}
APPEND = "append"
GOALS = {"a contract": "<= 1.2", "its history": "<= 1.2"}

CONTRACTS_A_YEAR, EVENTS_A_CONTRACT, YEARS = 30_000, 25, 10
"""An assumption for Kazakhstan: some 90,000 who train at a time, for three years each; with one change of the
schedule and a year's pay recorded month by month, as `lives` has it."""

SIZE_OF = """
SELECT n.nspname || '.' || coalesce(whole.relname, t.relname) AS name,
  sum(pg_table_size(t.oid))::bigint AS rows, sum(pg_indexes_size(t.oid))::bigint AS indexes
FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_inherits i ON i.inhrelid = t.oid LEFT JOIN pg_class whole ON whole.oid = i.inhparent
WHERE t.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'
GROUP BY 1 ORDER BY 2 DESC"""

COUNTED = "SELECT (SELECT count(*) FROM log.events), (SELECT count(*) FROM log.streams)"


@dataclass(frozen=True)
class Table:
    """Bytes. `rows`: with what is too long for a row and is kept beside."""

    name: str
    rows: int
    indexes: int

    @property
    def bytes(self) -> int:
        return self.rows + self.indexes


@dataclass(frozen=True)
class Size:
    """What a log is and costs, before anybody asks or appends. `vacuum`: seconds. `bytes`: of the database.
    `whole`: whether the check found nothing."""

    events: int
    contracts: int
    rebuild: Run
    check: Run
    whole: bool
    vacuum: float
    bytes: int
    tables: tuple[Table, ...]


@contextmanager
def prepared(server: str, events: int) -> Iterator[tuple[Filled, Size]]:
    with growth.filled(server, events) as log:
        rebuild = timed("rebuild", **log.settings)
        assert rebuild.code == 0
        check = timed("check", **log.settings)
        with psycopg.connect(log.url, autocommit=True) as connection:
            began = perf_counter()
            connection.execute("VACUUM (ANALYZE)")
            vacuum = perf_counter() - began
            [counts] = connection.execute(COUNTED)
            [[whole]] = connection.execute("SELECT pg_database_size(current_database())")
            tables = tuple(Table(*row) for row in connection.execute(SIZE_OF))
        yield log, Size(*counts, rebuild, check, check.code == 0, vacuum, whole, tables)


def asked(logs: Mapping[int, Filled]) -> tuple[dict[str, list[float]], dict[int, float]]:
    """Milliseconds by question and size, and MiB of each service afterwards."""
    with ExitStack() as stack:
        services = {size: stack.enter_context(growth.serving(log)) for size, log in logs.items()}
        found = growth.in_turns(QUESTIONS, services, ROUNDS)
        return found, {size: resident(service.pid) for size, service in services.items()}


def appended(logs: Mapping[int, Filled]) -> dict[str, list[float]]:
    """Milliseconds that 16 writers have between two appends of theirs, by size."""
    with ExitStack() as stack:
        pools = {size: stack.enter_context(connect(log.url, size=WRITERS)) for size, log in logs.items()}
        begins = {size: writing(Recorder(pool)) for size, pool in pools.items()}
        ways = {
            at(APPEND, size): lambda begin=begin: 1000 / rate(WRITERS, SECONDS, begin)
            for size, begin in begins.items()
        }
        return interleaved(ways, ROUNDS)


def main(sizes: Sequence[int]) -> None:
    with TemporaryDirectory(prefix="kelisim-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o755)  # root's server runs as another user
        server = stack.enter_context(embedded(Path(folder), SETTINGS))
        both = {size: stack.enter_context(prepared(server, size)) for size in sizes}
        logs = {size: log for size, (log, _) in both.items()}
        found, memory = asked(logs)
        found |= appended(logs)
        described = machine.described(server)
    costs = [cost for _, cost in both.values()]
    figures = [*compared(found, sizes)]
    lines = {
        said: [median(found[at(said, size)]) / median(found[at(said, sizes[0])]) for size in sizes]
        for said in (APPEND, *QUESTIONS)
    }
    page = [*_by_size(found, costs, memory), "", *_by_table(costs[-1]), "", *_of_a_nation(costs[-1], memory)]
    report.write(
        described, figures, report.NATIONAL, page, sizes=[asdict(cost) for cost in costs], service_mib=memory
    )
    plot.growth(report.ROOT / "docs" / "performance-growth.svg", "Time by size of the log", sizes, lines)
    print("\n".join(page))


def compared(found: Mapping[str, list[float]], sizes: Sequence[int]) -> Iterator[Figure]:
    small, *larger = sizes
    for said in (APPEND, *QUESTIONS):
        for size in larger:
            yield figure(at(said, size), "ms", found, at(said, size), at(said, small), GOALS.get(said, ""))


def _by_size(
    found: Mapping[str, list[float]], costs: Sequence[Size], memory: Mapping[int, float]
) -> list[str]:
    sizes = [*memory]

    def times(said: str) -> list[str]:
        took = [median(found[at(said, size)]) for size in sizes]
        return [f"{each:.1f} ({each / took[0]:.2f})" for each in took]

    cells = {
        "contracts": [f"{cost.contracts:,}" for cost in costs],
        "appends/s": [f"{1000 / median(found[at(APPEND, size)]):,.0f}" for size in sizes],
        **{f"{said}, ms": times(said) for said in QUESTIONS},
        "database, GB": [f"{cost.bytes / 1e9:,.2f}" for cost in costs],
        "of it an event, bytes": [f"{cost.bytes / cost.events:,.0f}" for cost in costs],
        "of it a contract, kB": [f"{cost.bytes / cost.contracts / 1000:,.1f}" for cost in costs],
        "service's memory, MiB": [f"{memory[size]:,.0f}" for size in sizes],
        "rebuild of everything, s (MiB)": [_run(cost.rebuild) for cost in costs],
        "check, s (MiB)": [_run(cost.check) + ("" if cost.whole else ", **not whole**") for cost in costs],
        "vacuum, s": [f"{cost.vacuum:,.1f}" for cost in costs],
    }
    head = [f"| events | {' | '.join(f'{size:,}' for size in sizes)} |", "|---" * (len(sizes) + 1) + "|"]
    return [*head, *(f"| {name} | {' | '.join(row)} |" for name, row in cells.items())]


def _run(run: Run) -> str:
    return f"{run.seconds:,.1f} ({run.mib:,.0f})"


def _by_table(cost: Size) -> list[str]:
    """Of the largest log, tables from one hundredth of the whole on."""
    shown = [table for table in cost.tables if table.bytes >= cost.bytes / 100]
    rest = cost.bytes - sum(table.bytes for table in shown)
    return [
        f"| of {cost.events:,} events, bytes an event | rows | indexes |",
        "|---|---|---|",
        *(
            f"| `{table.name}` | {table.rows / cost.events:,.0f} | {table.indexes / cost.events:,.0f} |"
            for table in shown
        ),
        f"| all others, with the database's own | {rest / cost.events:,.0f} | |",
    ]


def _of_a_nation(cost: Size, memory: Mapping[int, float]) -> list[str]:
    contracts = CONTRACTS_A_YEAR * YEARS
    events = contracts * EVENTS_A_CONTRACT
    disk = cost.bytes / cost.events * events / 1e9
    hours = {name: run.seconds / cost.events * events / 3600 for name, run in _runs(cost)}
    return [
        f"A nation's {YEARS} years, at {CONTRACTS_A_YEAR:,} new contracts a year of {EVENTS_A_CONTRACT} "
        f"events each: {contracts:,} contracts, {events:,} events; by what an event costs at "
        f"{cost.events:,}: {disk:,.1f} GB of disk, {max(memory.values()):,.0f} MiB a process that serves, "
        + ", ".join(f"{each:,.2f} hours of {name}" for name, each in hours.items())
        + "."
    ]


def _runs(cost: Size) -> list[tuple[str, Run]]:
    return [("rebuild of everything", cost.rebuild), ("check", cost.check)]


if __name__ == "__main__":
    given = ArgumentParser(description=__doc__)
    given.add_argument("sizes", nargs="*", type=int, help="events, rising", default=SIZES)
    main(given.parse_args().sizes)
