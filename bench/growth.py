"""Whether a question costs more as the log grows: asked over HTTP, in a small log and in a large one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
import psycopg

from api.demo.people import CHAMBER, COLLEGE
from api.postgres import free_port
from bench import lives
from bench.databases import fresh
from bench.figures import Figure, Way, figure, interleaved
from bench.terminal import KELISIM, READY, kelisim, running

SMALL, LARGE = 10_000, 1_000_000
ASKED = 200
"""Contracts a round."""

PAGE = 10
"""Rows that a small log has too."""

PURPOSE = {"Kelisim-Purpose": "benchmark"}
LAWYER, OF_SOME, OF_ALL = "lawyer", "college", "chamber"
"""An auditor sees every contract, the demo's college its own few, the chamber all that `lives` makes."""
ACTING = {OF_SOME: COLLEGE, OF_ALL: CHAMBER}


@dataclass(frozen=True)
class Contract:
    id: str
    number: str
    college: str


@dataclass(frozen=True)
class Question:
    who: str
    path: Callable[[Contract], str]


CONTRACT = Question(LAWYER, lambda about: f"/contracts/{about.id}")
HISTORY = Question(LAWYER, lambda about: f"/contracts/{about.id}/history")
SEARCH = Question(LAWYER, lambda about: f"/contracts?q={about.number}")
OF_COLLEGE = Question(LAWYER, lambda about: f"/contracts?college={about.college}&limit={PAGE}")
WORKLIST = Question(OF_SOME, lambda about: f"/worklist?limit={PAGE}")
EVERY_TASK = Question(OF_ALL, WORKLIST.path)


@dataclass(frozen=True)
class Filled:
    """A database with a log of so many events, and the settings of a service over it."""

    url: str
    events: int
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Service:
    """One that answers. `clients`: by who asks. `about`: some of its contracts."""

    pid: int
    clients: Mapping[str, httpx.Client]
    about: Sequence[Contract]

    def asked(self, question: Question) -> float:
        """Milliseconds of one answer, median over the contracts."""
        client, took = self.clients[question.who], []
        for about in self.about:
            began = perf_counter()
            answer = client.get(f"/api/v1{question.path(about)}")
            took.append((perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.text
        return median(took)


@contextmanager
def filled(server: str, events: int) -> Iterator[Filled]:
    with fresh(server) as url, TemporaryDirectory(prefix="kelisim-") as data:
        making = get_context("spawn").Process(target=lives.fill, args=(url, events))
        making.start()  # apart: the memory that it takes is given back
        making.join()
        assert making.exitcode == 0
        yield Filled(
            url,
            events,
            {
                "KELISIM_DATABASE_URL": url,
                "KELISIM_DATA": str(Path(data) / "kelisim"),
                "KELISIM_PORT": str(free_port()),
                "KELISIM_RATE": "1000000",
            },
        )


@contextmanager
def serving(log: Filled) -> Iterator[Service]:
    """`log`: its projections are filled."""
    with ExitStack() as stack:
        process = stack.enter_context(running([*KELISIM, "serve"], READY, **log.settings))
        address = f"http://127.0.0.1:{log.settings['KELISIM_PORT']}"
        clients = {who: stack.enter_context(client(address, who)) for who in (LAWYER, OF_SOME, OF_ALL)}
        yield Service(process.pid, clients, some(log.url))


@contextmanager
def client(address: str, who: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as found:
        token = found.post("/demo/tokens", params={"name": who}).json()["token"]
        found.headers.update({"Authorization": f"Bearer {token}", **PURPOSE})
        if bin_ := ACTING.get(who):
            found.headers["Kelisim-On-Behalf-Of"] = f"org:{bin_}"
        yield found


def some(url: str) -> list[Contract]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            """SELECT contract_id::text, number, college FROM projections.register
               WHERE number IS NOT NULL ORDER BY contract_id"""
        )
        return Random(2026).sample([Contract(*row) for row in rows], ASKED)


@contextmanager
def service(server: str, events: int) -> Iterator[Service]:
    with filled(server, events) as log:
        kelisim("rebuild", **log.settings)
        with serving(log) as found:
            yield found


def in_turns(
    questions: Mapping[str, Question], services: Mapping[int, Service], rounds: int
) -> dict[str, list[float]]:
    """Milliseconds of each round, by what was asked and of how many events."""
    ways: dict[str, Way] = {
        at(said, size): lambda one=one, question=question: one.asked(question)
        for said, question in questions.items()
        for size, one in services.items()
    }
    return interleaved(ways, rounds)


def at(said: str, size: int) -> str:
    return f"{said}, {size:,} events"


def figures(server: str, rounds: int = 5) -> list[Figure]:
    questions = {"a contract": CONTRACT, "its history": HISTORY}
    with service(server, SMALL) as small, service(server, LARGE) as large:
        found = in_turns(questions, {SMALL: small, LARGE: large}, rounds)
    return [
        figure(f"{said} by HTTP, {LARGE:,} events", "ms", found, at(said, LARGE), at(said, SMALL), "<= 1.2")
        for said in questions
    ]
