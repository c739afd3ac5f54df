"""An append, with everything on and with several events, against a bare INSERT and the library's recorder."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from tempfile import NamedTemporaryFile
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from api.server_process import where
from bench.databases import fresh, parts
from bench.figures import Figure, Way, figure, interleaved
from bench.writers import Write, rate
from contracts.log.connections import connect
from contracts.log.ids import uuid7
from contracts.log.recorder import Append, Boundary, Head, NewEvent, Recorder

DATA = json.dumps(
    {"party": "enterprise", "text_hash": "d4fe03dd" * 8, "means": "session", "on": "2026-08-14"}
)
METADATA = {
    "actor": "person:01980000-0000-7000-8000-0000000000a1",
    "on_behalf_of": "org:120440900005",
    "role": "enterprise",
    "command": "sign",
    "correlation": "01980000-0000-7000-8000-0000000000c1",
    "law": "kz/2026-11",
    "application": "kelisim 0.1.0",
}
DUE = datetime(2027, 1, 14, 19, tzinfo=UTC)
ANSWER = json.dumps({"events": [{"type": "contract.signed", "data": json.loads(DATA)}], "consequences": {}})

BY_PGBENCH = f"""INSERT INTO raw (stream_id, stream_version, type, data)
VALUES (gen_random_uuid(), 1, 'contract.signed', '{DATA}');"""
PGBENCH = where("pgbench")

RAW = """INSERT INTO raw (stream_id, stream_version, type, data) VALUES (%s, %s, %s, %s)"""


def full(stream: UUID, version: int, head: bytes | None = None, events: int = 1) -> Append:
    """Chain, key, a boundary row, a timer, and who is told of each event."""
    told = [{"id": str(uuid7()), "role": "student", "ref": METADATA["actor"]}]
    return Append(
        [Head(stream, "contract", version, head, {"lapse": DUE})],
        [NewEvent(stream, uuid7(), "contract.signed", 1, DATA, notices=told) for _ in range(events)],
        METADATA,
        key=f"{METADATA['actor']}:{uuid7()}",
        request_hash=bytes(32),
        boundaries=[Boundary("student", f"{stream}:{version}", None, '[{"from":"2026-09-01"}]')],
        answer=ANSWER,
    )


def appending(recorder: Recorder, events: int = 1) -> Callable[[int], Write]:
    """Each writer to streams of its own, 20 appends long."""

    def begin(_: int) -> Write:
        stream, head = uuid7(), None

        def write(n: int) -> None:
            nonlocal stream, head
            if n % 20 == 0:
                stream, head = uuid7(), None
            head = recorder.append(full(stream, n % 20 * events, head, events)).hashes[-1]

        return write

    return begin


@contextmanager
def ways(server: str, writers: int, seconds: float) -> Iterator[dict[str, Way]]:
    with ExitStack() as stack:
        bare = stack.enter_context(fresh(server, migrated=False))
        ours = stack.enter_context(fresh(server))
        theirs = stack.enter_context(fresh(server, migrated=False))
        pool = stack.enter_context(connect(ours, size=writers))
        recorder = Recorder(pool)
        library = stack.enter_context(library_recorder(theirs, writers))
        connections = [
            stack.enter_context(psycopg.connect(bare, autocommit=True, prepare_threshold=0))
            for _ in range(writers)
        ]
        connections[0].execute(
            """CREATE TABLE raw (id bigserial PRIMARY KEY, stream_id uuid NOT NULL,
                                 stream_version int NOT NULL, type text NOT NULL, data json NOT NULL)"""
        )

        def raw(number: int) -> Write:
            connection, stream = connections[number], uuid7()
            return lambda n: connection.execute(RAW, [stream, n, "contract.signed", DATA])

        def stock(_: int) -> Write:
            stream = uuid4()
            return lambda n: library.insert_events(
                [StoredEvent(stream, n + 1, "contract.signed", DATA.encode())]
            )

        yield {
            "raw INSERT": lambda: rate(writers, seconds, raw),
            "append": lambda: rate(writers, seconds, appending(recorder)),
            "append of 10": lambda: rate(writers, seconds, appending(recorder, 10)) * 10,
            "library": lambda: rate(writers, seconds, stock),
            **({"pgbench": lambda: pgbench(bare, writers, seconds)} if PGBENCH else {}),
        }


def pgbench(url: str, writers: int, seconds: float) -> float:
    """The same INSERT a second by the server's own client, which is written in C."""
    with NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(BY_PGBENCH)
        script.flush()
        words = [str(PGBENCH), "--no-vacuum", "--protocol=prepared", f"--client={writers}", "--jobs=2"]
        done = subprocess.run(
            [*words, f"--time={seconds:.0f}", f"--file={script.name}", url],
            capture_output=True,
            text=True,
            check=True,
        )
    [rate] = re.findall(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    return float(rate)


@contextmanager
def library_recorder(url: str, size: int) -> Iterator[PostgresApplicationRecorder]:
    store = PostgresDatastore(**parts(url), pool_size=size, max_overflow=size)
    try:
        recorder = PostgresApplicationRecorder(store)
        recorder.create_table()
        yield recorder
    finally:
        store.close()


GOALS = {16: (">= 0.6", ">= 5", ">= 3"), 4: ("", "", ""), 1: (">= 0.65", ">= 2.5", "")}
"""By writers: of raw INSERT, of the library, and of raw INSERT for ten events."""


def figures(server: str, seconds: float = 3, rounds: int = 5) -> list[Figure]:
    found = []
    for writers, (of_raw, of_library, of_ten) in GOALS.items():
        with ways(server, writers, seconds) as each:
            rates = interleaved(each, rounds)
        by = f"{writers} writer{'s' if writers > 1 else ''}"
        said = f"append of 1 event, {by}"
        found.append(figure(said, "appends/s", rates, "append", "raw INSERT", of_raw))
        found.append(figure(said, "appends/s", rates, "append", "library", of_library))
        if PGBENCH:
            found.append(figure(said, "appends/s", rates, "append", "pgbench", ""))
        ten = f"append of 10 events, {by}"
        found.append(figure(ten, "events/s", rates, "append of 10", "raw INSERT", of_ten))
    return found
