"""Where an append spends its time: what each of its parts adds, found by leaving it out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from msgspec.structs import replace

from bench import report
from bench.appends import DATA, METADATA, full
from bench.databases import fresh
from bench.figures import interleaved
from contracts.log.appending import Append, Prepared, usual
from contracts.log.chain import canonical
from contracts.log.connections import conninfo
from contracts.log.ids import uuid7
from contracts.log.sending import alone, send

CALLS = 300
"""A round, one after the other on one connection."""

HASHED = 1_000
HASHES = """SELECT count(
              log.event_hash_v1(%(id)s::uuid, n, %(id)s::uuid, 'contract.signed', 1::smallint, NULL::date,
              log.now_v1(), %(data)s, %(metadata)s, decode(repeat('00', 32), 'hex')))
            FROM generate_series(1, %(times)s) AS n"""


@dataclass(frozen=True)
class Part:
    """`micros`: what it adds to one append by one writer, median of the rounds."""

    name: str
    micros: float


def write(machine: dict[str, Any], parts: Sequence[Part]) -> None:
    whole = sum(each.micros for each in parts)
    lines = [
        "| part of an append | microseconds | of the whole |",
        "|---|---|---|",
        *(f"| {each.name} | {each.micros:.0f} | {each.micros / whole:.0%} |" for each in parts),
        f"| **all of it** | **{whole:.0f}** | |",
    ]
    report.write(machine, [], report.ANATOMY, lines, parts=[asdict(each) for each in parts])


def append_parts(server: str, rounds: int = 5) -> list[Part]:
    with (
        fresh(server) as url,
        psycopg.connect(conninfo(url, "kelisim_app"), autocommit=True, prepare_threshold=0) as connection,
        psycopg.connect(url, autocommit=True) as owner,
    ):
        ways = _ways(connection) | {"hash": lambda: _hash(owner)}
        took = {way: median(each) for way, each in interleaved(ways, rounds).items()}
    event, key = took["two events"] - took["event"], took["key"] - took["event"]
    return [
        Part("client: the append written out", took["written out"]),
        Part("round trip with as many bytes", took["round trip"]),
        Part(
            "call, settings, floor; the head compared and swapped",
            took["head, event and key"] - event - key - took["round trip"] - took["written out"],
        ),
        Part("the event's hash", took["hash"]),
        Part("the event's row and its two indexes", event - took["hash"]),
        Part("key: its row and index", key),
        Part("boundary: its row and index", took["boundary"] - took["head, event and key"]),
        Part("timer in the head", took["everything"] - took["boundary"]),
        Part("commit, and what each transaction begins anew", took["committed"] - took["everything"]),
    ]


def _ways(connection: psycopg.Connection) -> dict[str, Callable[[], float]]:
    def everything() -> Append:
        return full(uuid7(), 0)

    def without_timer() -> Append:
        append = everything()
        return replace(append, heads=[replace(append.heads[0], timers=None)])

    def with_key() -> Append:
        return replace(without_timer(), boundaries=())

    def with_events(count: int) -> Append:
        append = with_key()
        return replace(append, key=None, request_hash=None, answer=None, events=append.events * count)

    def together(write: Callable[[Append], object], make: Callable[[], Append]) -> float:
        """Without commits: all in one transaction."""
        with connection.transaction():
            return each(write, make)

    def each(write: Callable[[Append], object], make: Callable[[], Append]) -> float:
        return _micros(write, [make() for _ in range(CALLS)])

    def by_values(append: Append) -> None:
        alone(connection, append)

    def by_arrays(append: Append) -> None:
        send(connection, [Prepared(append)])

    said = "".join(value for value in usual(everything()) or () if isinstance(value, str))
    return {
        "written out": lambda: each(usual, everything),
        "round trip": lambda: _micros(
            lambda text: connection.execute("SELECT length(%s)", [text]), [said] * CALLS
        ),
        "event": lambda: together(by_arrays, lambda: with_events(1)),
        "two events": lambda: together(by_arrays, lambda: with_events(2)),
        "key": lambda: together(by_arrays, with_key),
        "head, event and key": lambda: together(by_values, with_key),
        "boundary": lambda: together(by_values, without_timer),
        "everything": lambda: together(by_values, everything),
        "committed": lambda: each(by_values, everything),
    }


def _hash(owner: psycopg.Connection) -> float:
    given = {"id": uuid7(), "data": DATA, "metadata": canonical(METADATA), "times": HASHED}
    return _micros(lambda query: owner.execute(query, given), [HASHES]) / HASHED


def _micros(do: Callable, arguments: list) -> float:
    began = perf_counter()
    for argument in arguments:
        do(argument)
    return (perf_counter() - began) / len(arguments) * 1e6
