"""The sample spreadsheet through a real database: what is recorded, what is refused and why, and once."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import psycopg
import pytest

from api.house import APPLICATION
from api.imports.columns import COLUMNS
from contracts.law import birthday
from contracts.log import Recorder
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.desk import Desk
from tests.api import sample_contracts
from tests.api.importing import events, hand_in, importing_house
from tests.api.sample_contracts import FAULTS, GOOD, PATH
from tests.terminal import KELISIM, ROOT, environment

__all__ = ["hand_in", "importing_house"]


def test_the_sample_is_what_its_maker_makes(tmp_path):
    sample_contracts.write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == PATH.read_bytes()


def test_the_sample_comes_in_and_each_faulty_row_is_reported(hand_in, database):
    code, printed, [titles, *lines] = hand_in()
    assert code == 1
    assert f"Rows: 530. Recorded: {GOOD}. Recorded before: 0. Refused: {len(FAULTS)}." in printed
    assert titles == ["Line", "Column", "Rule", "What is wrong", "What to do"]
    expected = {
        number: (fault.rule, fault.column)
        for number, (_, fault) in enumerate(sample_contracts.rows(), 2)
        if fault
    }
    found = [(int(line), (rule.split(" ")[0], _key(column))) for line, column, rule, _, _ in lines]
    assert found == list(expected.items())
    assert len(found) == 30
    recorded = events(database)
    assert recorded["contract.imported"] == GOOD
    assert recorded["organisation.registered"] == 6 + 40
    students = {row["iin"] for row, fault in sample_contracts.rows() if not fault}
    assert recorded["person.registered"] == len(students) < GOOD


def _key(column):
    return next((key for key in COLUMNS if column == sample_contracts.header(key)), None)


def test_the_same_file_twice_adds_no_event(hand_in, database):
    hand_in()
    before = events(database)
    code, printed, lines = hand_in()
    assert events(database) == before
    assert f"Recorded: 0. Recorded before: {GOOD}. Refused: 30." in printed
    assert (code, len(lines)) == (1, 31)


class CutOff(Recorder):
    """Stops for good after some appends, as Ctrl-C does."""

    left = 0

    def append(self, wanted):
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return super().append(wanted)


@pytest.mark.parametrize("appends", [1, 4, 12])
def test_cut_off_between_two_appends_and_begun_again_it_is_as_if_done_at_once(
    appends, importing_house, hand_in, database
):
    house = importing_house
    recorder = CutOff(house.pool)
    recorder.left = appends
    desk = Desk(recorder, house.mapper, house.law, house.personal, house.pool, APPLICATION)
    code, printed, _ = hand_in(inside=replace(house, desk=desk))
    assert code == 1
    assert "Interrupted after line" in printed
    half = events(database).get("contract.imported", 0)
    assert half < GOOD
    assert half > 0 or appends < 12
    _, printed, _ = hand_in()
    assert f"Recorded: {GOOD - half}. Recorded before: {half}. Refused: 30." in printed
    assert everything(database) == once()


def test_killed_and_begun_again_it_is_as_if_done_at_once(importing_house, hand_in, database):
    settings = environment(
        KELISIM_MODE="test", KELISIM_DATABASE_URL=database, KELISIM_DATA=str(importing_house.settings.data)
    )
    report = str(importing_house.settings.data / "killed.csv")
    words = [*KELISIM, "import", str(PATH), "--report", report]
    with subprocess.Popen(words, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL) as process:
        while not events(database).get("contract.imported"):
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
    assert events(database)["contract.imported"] < GOOD
    hand_in()
    assert everything(database) == once()


def test_connections_that_break_lose_nothing_and_double_nothing(importing_house, hand_in, database):
    over = Event()

    def breaking():
        with psycopg.connect(database, autocommit=True) as connection:
            for _ in range(6):
                over.wait(0.4)
                connection.execute(
                    """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()"""
                )

    with ThreadPoolExecutor(1) as pool:
        broken = pool.submit(breaking)
        try:
            code, printed, _ = hand_in()
        finally:
            over.set()
        broken.result()
    assert code == 1
    assert f"Recorded: {GOOD}. Recorded before: 0. Refused: 30." in printed
    assert everything(database) == once()


def everything(database):
    """How many events of each type there are, and how many are there twice."""
    with psycopg.connect(database) as connection:
        twice = connection.execute(
            """SELECT count(*) FROM (SELECT stream_id, type, data::text FROM log.events
               GROUP BY 1, 2, 3 HAVING count(*) > 1) AS same"""
        ).fetchone()
    return events(database), twice[0]


def once():
    """What one run over the whole sample records."""
    good = [row for row, fault in sample_contracts.rows() if not fault]
    students = {row["iin"] for row in good}
    enrolments = len({(row["iin"], row["college_bin"], row["specialty"]) for row in good})
    recorded = {
        "contract.imported": GOOD,
        "organisation.registered": 46,
        "person.registered": len(students),
        "organisation.student_enrolled": enrolments,
    }
    return recorded, 0


def test_what_stands_beside_the_imported_events_says_what_they_say(importing_house, hand_in, database):
    hand_in()
    house = importing_house

    def adult_on(person):
        with house.pool.connection() as connection:
            return birthday(house.personal.records(connection, [person])[person].born_on, 18)

    with psycopg.connect(database) as connection:
        found = check(connection, ByEvents(house.mapper, house.law, adult_on))
    assert found.events > 1000
    assert found.findings == []
