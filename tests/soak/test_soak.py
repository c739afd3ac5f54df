"""`make soak`: L1, L2, L6, L8 and L10 to L14 for minutes, with real commands, while everything is killed.

Four processes of four writers each: two clerks, a twin of those in the other processes, and one who is slow
to commit. Beside them two sequencers and two followers, each killed with -9 in its turn, and readers.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from time import monotonic, sleep

import psycopg
import pytest

from contracts.log import Recorder, connect, migrate, set_test_clock
from contracts.log.check import check
from projections import rebuild
from projections.every import PROJECTIONS
from projections.follower import install
from projections.positions import health, ready
from tests.contracts.log.crashing import Crashing, crashing
from tests.contracts.log.load import (
    PROCESSES,
    Asked,
    Reader,
    Standing,
    Told,
    acknowledged,
    by_key,
    sequence,
    slow,
    table,
    twin,
    write_for,
)
from tests.projections.examples import LAW, Town
from tests.soak.clerks import WithPressure, clerk, follow

SECONDS = 120
WRITERS = [clerk, clerk, twin, slow]
SEQUENCER, FOLLOWER = 1, 5
"""Seconds between two kills."""
NAMES = [projection.name for projection in PROJECTIONS]

PROCESSES.set_forkserver_preload(["tests.soak.clerks"])


@pytest.fixture
def server():
    with crashing() as server:
        migrate(server.url)
        install(server.url, LAW, PROJECTIONS)
        with psycopg.connect(server.url, autocommit=True) as connection:
            set_test_clock(connection, datetime(2026, 8, 7, 4, tzinfo=UTC))
        yield server


@dataclass
class Soak:
    """What the writers were told and what the readers saw. `crashes`: of the server, spread over the run."""

    server: Crashing
    crashes: int
    asked: list[Asked] = field(default_factory=list)

    def run(self):
        url = self.server.url
        self.readers = [Reader(url, True, patience=3 * SECONDS).start() for _ in range(3)]
        self.heedless = Reader(url, False, patience=3 * SECONDS).start()
        with Standing(sequence, url) as sequencers, Standing(follow, url) as followers:
            with ThreadPoolExecutor(1) as pool:
                writing = pool.submit(write_for, url, SECONDS, WRITERS)
                self.kill(writing, sequencers, followers)
            self.asked = writing.result()
            self.written = table(url)
            self.positions = [position for position, _ in self.written]
            for reader in (*self.readers, self.heedless):
                reader.finish(upto=self.positions[-1])
            with connect(url) as pool:
                assert ready(pool, NAMES, self.positions[-1], timeout=60)
        self.kills = (
            f"{self.server.kills} servers, {sequencers.kills} sequencers, {followers.kills} followers"
        )
        return self

    def kill(self, writing, sequencers, followers):
        began, crash = monotonic(), SECONDS / (self.crashes + 1)
        for second in count(1):
            sleep(max(0, began + second - monotonic()))
            if writing.done():
                return
            if second % SEQUENCER == 0:
                sequencers.kill()
            if second % FOLLOWER == 0:
                followers.kill()
            if self.server.kills < min(self.crashes, second // crash):
                self.server.kill()

    def figures(self):
        told = Counter(each.told for each in by_key(self.asked).values())
        missed = [len(self.positions) - len({*reader.seen}) for reader in self.readers]
        doubled = [len(reader.seen) - len({*reader.seen}) for reader in self.readers]
        return (
            f"{len(self.written)} events of {told.total()} appends, asked for {len(self.asked)} times: "
            f"{told[Told.DONE]} acknowledged, {told[Told.UNKNOWN]} unknown, {told[Told.DENIED]} denied; "
            f"killed: {self.kills}; missed {sum(missed)}, doubled {sum(doubled)}, "
            f"without the mark missed {len(self.positions) - len({*self.heedless.seen})}; "
            f"longest stall of a reader {max(reader.longest for reader in self.readers):.1f} s"
        )


@pytest.mark.parametrize("crashes", [0, 10], ids=["sequencers killed", "servers killed"])
def test_nothing_is_lost_or_done_twice(server, crashes, capsys):
    soak = Soak(server, crashes).run()
    with capsys.disabled():
        print(f"\n{soak.figures()}")
    assert soak.server.kills == crashes
    readers_saw_all_of_it_once(soak)
    every_append_is_there_once_or_not_at_all(soak)
    what_stands_beside_the_log_says_the_same(server.url)
    tables_equal_a_rebuild(server.url)


def readers_saw_all_of_it_once(soak):
    for reader in soak.readers:
        assert reader.seen == soak.positions
        assert soak.crashes or reader.marks == sorted(reader.marks)
    assert len(soak.heedless.seen) < len(soak.positions), "else this proves nothing"


def every_append_is_there_once_or_not_at_all(soak):
    """What was acknowledged is, what was denied is not, and asking by the key answers what is so."""
    known, done = by_key(soak.asked), acknowledged(soak.asked)
    with psycopg.connect(soak.server.url) as connection:
        rows = connection.execute(
            """SELECT metadata->>'key', max(position), count(DISTINCT recorded_at)
               FROM log.events GROUP BY 1"""
        ).fetchall()
    there = {key: position for key, position, _ in rows}
    assert {times for _, _, times in rows} == {1}
    assert there.keys() <= known.keys()
    assert done == {key: there.get(key) for key in done}
    assert {each.position for each in soak.asked if each.told is Told.DONE} == {*done.values()}
    assert not [key for key, each in known.items() if each.told is Told.DENIED and key in there]
    with connect(soak.server.url) as pool:
        recorder = Recorder(pool)
        for key, each in known.items():
            answered = recorder.answer_of(key, each.request_hash)
            assert (answered and answered.position) == there.get(key)


def what_stands_beside_the_log_says_the_same(url):
    """`kelisim check`"""
    town = Town(url)
    derivation = WithPressure(town.desk.mapper, LAW, adult_on=lambda student: None)
    with psycopg.connect(url) as connection:
        report = check(connection, derivation)
        assert report.findings == []
        assert connection.execute("SELECT count(*) FROM log.events").fetchone() == (report.events,)
    town.close()


def tables_equal_a_rebuild(url):
    with psycopg.connect(url) as connection:
        assert [each.dead_letters for each in health(connection)] == [0] * len(PROJECTIONS)
    assert [rebuild.rebuild(url, projection, LAW).same for projection in PROJECTIONS] == [True] * len(NAMES)
