"""Projections that catch up: a counter against the library's own runner, and the tables that people ask."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import psycopg
from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection as LibraryProjection
from eventsourcing.projection import ProjectionRunner

from bench import lives
from bench.databases import fresh, parts
from bench.figures import Figure, against, figure, interleaved
from bench.terminal import kelisim
from contracts import law as laws
from contracts.lifecycle import EVENTS
from contracts.log.mapper import Mapper
from projections import versions
from projections.folding import Folds
from projections.projection import Batch, Projection
from projections.reading import Reading, connected
from projections.runner import Runner
from projections.tables import Table

OF_LIBRARY, OURS = 3_000, 100_000
"""Events that each counts."""

SEARCHED = ("register", "worklist", "audit_trail")


# The library's


class Thing(Aggregate):
    @event("Done")
    def do(self) -> None: ...


class Counted(PostgresTrackingRecorder):
    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.sql_create_statements.append(
            psycopg.sql.SQL("CREATE TABLE IF NOT EXISTS {0}.counted (n bigint)").format(
                psycopg.sql.Identifier(self.datastore.schema)
            )
        )

    def one_more(self, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("UPDATE counted SET n = n + 1")


class Counting(LibraryProjection[Counted]):
    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.one_more(tracking)


def of_library(server: str) -> float:
    """Events a second."""
    with fresh(server, migrated=False) as url:
        env = {f"POSTGRES_{name.upper()}": value for name, value in parts(url).items()}
        env["PERSISTENCE_MODULE"] = "eventsourcing.postgres"
        application = Application(env)
        for _ in range(OF_LIBRARY // 100):
            thing = Thing()
            for _ in range(99):
                thing.do()
            application.save(thing)
        [*_, last] = application.recorder.select_notifications(start=OF_LIBRARY, limit=1)
        began = monotonic()
        with ProjectionRunner(
            application_class=Application, projection_class=Counting, view_class=Counted, env=env
        ) as runner:
            runner.view.wait(application.name, last.id, timeout=120)
            took = monotonic() - began
        application.close()
    return OF_LIBRARY / took


# Ours

COUNTS = Table("counts", {"type": "text", "n": "bigint NOT NULL"}, key=("type",), owner="type")


def _count(connection: psycopg.Connection[Any], batch: Batch) -> None:
    met = Counter(each.type for each in batch.events)
    connection.execute(
        """INSERT INTO counts (type, n) SELECT * FROM unnest(%s::text[], %s::bigint[])
           ON CONFLICT (type) DO UPDATE SET n = counts.n + excluded.n""",
        [[*met.keys()], [*met.values()]],
        prepare=True,
    )


COUNTER = Projection("counter", (COUNTS,), _count, reads=())


@contextmanager
def filled(server: str, events: int) -> Iterator[tuple[str, int]]:
    with fresh(server) as url:
        yield url, lives.fill(url, events)


def counted(server: str) -> float:
    """Events a second."""
    law = laws.load("kz")
    with filled(server, OURS) as (url, top), connected(url) as connection:
        version = versions.wanted(connection, COUNTER, COUNTER.fingerprint(law.version))
        assert version is not None
        runner = Runner(COUNTER, version, Reading(Folds(Mapper(EVENTS), law), COUNTER.reads))
        runner.lead(connection)
        began = monotonic()
        while runner.step(connection, top):
            pass
        took = monotonic() - began
        [[total]] = connection.execute(f"SELECT sum(n) FROM {runner.version.schema}.counts".encode())
        assert (total, runner.trouble) == (top, None)
    return top / took


def searched(server: str, events: int) -> float:
    """Events a second of `kelisim rebuild`, its start and its switch counted in."""
    with filled(server, events) as (url, top), TemporaryDirectory(prefix="kelisim-") as data:
        began = monotonic()
        kelisim("rebuild", *SEARCHED, KELISIM_DATABASE_URL=url, KELISIM_DATA=str(Path(data) / "kelisim"))
        return top / (monotonic() - began)


def figures(server: str, events: int = 1_000_000, rounds: int = 3) -> list[Figure]:
    ways = {"library": lambda: of_library(server), "counter": lambda: counted(server)}
    found = interleaved(ways, rounds)
    rate = searched(server, events)
    return [
        figure("a counter catches up", "events/s", found, "counter", "library", ">= 100"),
        against(
            f"register, worklist and audit trail catch up, {events:,} events",
            "events/s",
            [rate],
            "30,000 events/s",
            30_000,
            ">= 1",
        ),
    ]
