"""How long an append waits until the register shows it, at half of the full append rate.

A follower as `kelisim follow` runs it, a process of its own with sequencer and all projections. Appends of
contracts from draft to signature, one event each with everything on, at an even pace that does not slow down
when the tables lag. One append in seven is watched by another process, which asks the register again and
again and so sees it up to one look, 1 to 2 ms, late."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic, sleep
from uuid import UUID

import psycopg
from msgspec.structs import replace

from bench import offers
from bench.appends import full
from bench.databases import followed, fresh
from bench.figures import Figure, against
from bench.terminal import FOLLOWS, KELISIM, running
from bench.writers import Write, rate
from contracts.decision import Event
from contracts.lifecycle import EVENTS
from contracts.log import Recorder, connect
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.parties import Role
from contracts.signing import Means, Signed

WRITERS = 16
WATCHED = 7
"""One append in so many of each writer: in turn each entry of a contract."""
PATIENCE = 60.0
"""Seconds that the last ones may take."""

SHOWN = "SELECT contract_id, version FROM projections.register WHERE contract_id = ANY(%s)"

Watched = Callable[[UUID, int], None]
"""Told of a contract and its version as soon as the append has returned."""


@dataclass(frozen=True)
class Round:
    """`waits`: milliseconds. `pace`: appends a second that were reached."""

    waits: list[float]
    pace: float


def contract(number: int) -> list[Event]:
    """From draft to the first signature, 20 events."""
    text_hash = f"{number:064x}"
    talk = offers.talk(f"75-2026-{number:06d}", uuid7(), uuid7(), text_hash, date(2026, 8, 3))
    return [*talk, Signed(Role.ENTERPRISE, uuid7(), text_hash, 1, Means.SIMPLE)]


def writing(recorder: Recorder, told: Watched = lambda stream, version: None) -> Callable[[int], Write]:
    """Each writer from contract to contract."""
    mapper, numbers = Mapper(EVENTS), count(1)

    def begin(_: int) -> Write:
        stream, head, events = uuid7(), None, [*contract(next(numbers))]

        def write(n: int) -> None:
            nonlocal stream, head, events
            version = n % len(events)
            if n and not version:
                stream, head, events = uuid7(), None, [*contract(next(numbers))]
            event, wanted = events[version], full(stream, version, head)
            row = replace(
                wanted.events[0],
                type=event.type,
                schema=event.schema,
                data=mapper.encode(event),
                effective_on=event.effective_on,
            )
            head = recorder.append(replace(wanted, events=[row])).hashes[-1]
            if n % WATCHED == 0:
                told(stream, version + 1)

        return write

    return begin


def paced(begin: Callable[[int], Write], pace: float) -> Callable[[int], Write]:
    """All writers together so many a second, each at its own beat."""
    began = monotonic()

    def begun(number: int) -> Write:
        write = begin(number)

        def at_its_beat(n: int) -> None:
            sleep(max(0, began + (n * WRITERS + number) / pace - monotonic()))
            write(n)

        return at_its_beat

    return begun


# The other process


@contextmanager
def watching(url: str) -> Iterator[tuple[Watched, Callable[[], list[float]]]]:
    """Whom to tell, and how to ask at the end for all waits in milliseconds."""
    processes = get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_watch, args=(url, theirs))
    process.start()
    theirs.close()
    lock = Lock()

    def told(stream: UUID, version: int) -> None:
        with lock:
            ours.send((stream, version, monotonic()))

    def ended() -> list[float]:
        ours.send(None)
        waits: list[float] = ours.recv()
        return waits

    try:
        ours.recv()
        yield told, ended
    finally:
        ours.close()
        process.join()


def _watch(url: str, line: Connection) -> None:
    """`monotonic` is one clock for all processes of a machine."""
    waiting: dict[tuple[UUID, int], float] = {}
    waits: list[float] = []
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as connection:
        line.send("ready")
        until = float("inf")
        while waiting or until == float("inf"):
            while line.poll(0 if waiting else 0.001):
                if (said := line.recv()) is None:
                    until = monotonic() + PATIENCE
                    break
                stream, version, at = said
                waiting[stream, version] = at
            shown = dict(
                connection.execute(SHOWN, [[stream for stream, _ in waiting]], binary=True).fetchall()
            )
            now = monotonic()
            seen = [(stream, version) for stream, version in waiting if shown.get(stream, 0) >= version]
            waits += ((now - waiting.pop(each)) * 1000 for each in seen)
            if now > until:
                raise TimeoutError(f"{len(waiting)} appends are not in the register")
            sleep(0.001)
    line.send(waits)


# All of it


def measured(server: str, seconds: float, rounds: int) -> tuple[float, list[Round]]:
    """The full append rate without a follower, and the rounds beside one at half of it."""
    with ExitStack() as stack:
        url = stack.enter_context(fresh(server))
        data = stack.enter_context(TemporaryDirectory(prefix="kelisim-"))
        pool = stack.enter_context(connect(url, size=WRITERS))
        begin = writing(Recorder(pool))
        rate(WRITERS, 1, begin)
        most = rate(WRITERS, seconds, begin)
        given = {"KELISIM_DATABASE_URL": url, "KELISIM_DATA": str(Path(data) / "kelisim")}
        stack.enter_context(running([*KELISIM, "follow"], FOLLOWS, **given))
        followed(url)
        return most, [one(url, Recorder(pool), most / 2, seconds) for _ in range(rounds + 1)][1:]


def one(url: str, recorder: Recorder, pace: float, seconds: float) -> Round:
    with watching(url) as (told, ended):
        reached = rate(WRITERS, seconds, paced(writing(recorder, told), pace))
        return Round(ended(), reached)


def figures(server: str, seconds: float = 4, rounds: int = 3) -> list[Figure]:
    most, found = measured(server, seconds, rounds)
    half = "half of the full append rate"
    said = f"from commit to visible in the register, at {half}"
    paces = [each.pace for each in found]
    return [
        against("appends beside a follower", "appends/s", paces, half, most / 2, ">= 0.95"),
        against(f"{said}, median", "ms", [median(each.waits) for each in found], "25 ms", 25, "<= 1"),
        against(f"{said}, p99", "ms", [p99(each.waits) for each in found], "150 ms", 150, "<= 1"),
    ]


def p99(waits: list[float]) -> float:
    return quantiles(waits, n=100)[-1]
