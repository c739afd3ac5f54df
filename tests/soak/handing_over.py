"""A transfer is completed while the database is killed with -9 in the middle of the append, many times."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import sleep

import httpx
import psycopg
from psycopg.errors import Error

from contracts.log import migrate
from tests.contracts.log.crashing import Crashing
from tests.journeys.cast import C1, E1, S3, S5
from tests.journeys.house import House, patiently
from tests.journeys.moves import START_ON, TO_E2, active, at_e2, concluded, draft_at_e2
from tests.journeys.start import Town

STOPS = """
CREATE SCHEMA stopping;
CREATE TABLE stopping.at (row_no integer NOT NULL);
INSERT INTO stopping.at VALUES (0);
CREATE FUNCTION stopping.here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n integer := coalesce(nullif(current_setting('stopping.n', true), ''), '0')::integer + 1;
BEGIN
    PERFORM set_config('stopping.n', n::text, true);
    IF n = (SELECT row_no FROM stopping.at) THEN
        PERFORM set_config('application_name', 'stopped', false);
        PERFORM pg_sleep(600);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
DO $$
DECLARE written text;
BEGIN
    FOREACH written IN ARRAY ARRAY['events', 'streams', 'boundary'] LOOP
        IF to_regclass('log.' || written) IS NOT NULL THEN
            EXECUTE format('CREATE TRIGGER stopping BEFORE INSERT OR UPDATE OR DELETE ON log.%I
                            FOR EACH ROW EXECUTE FUNCTION stopping.here()', written);
        END IF;
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA stopping TO PUBLIC;
GRANT SELECT ON stopping.at TO PUBLIC;
"""
"""The n-th row that a transaction writes is where it stops."""

STOPPED = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'stopped'"
BOTH = ["transfer.completed", "contract.ended", "transfer.carried_over", "contract.activated"]


def waiting(server: Crashing, house: House) -> "list[HandOver]":
    """Two transfers that only wait to be completed, in a service on a server that can be killed."""
    migrate(server.url)
    house.at("2026-08-07 08:00")
    house.start()
    house.watched = False
    town = Town(house)
    at_e2(town, capacity=6)
    olds = []
    for student in (S3, S5):
        town.enrol(student)
    for student in (S3, S5):
        olds.append((student, active(town, student)))
    town.at("2026-12-10 15:00")
    found = []
    for student, old in olds:
        town[C1].does(f"{old}/request-transfer", TO_E2)
        new = concluded(town, draft_at_e2(town, student, START_ON, None, old), student)
        town[E1].does(f"{old}/accept-transfer")
        found.append(HandOver(server, town, old, new))
    with psycopg.connect(server.url, autocommit=True) as owner:
        owner.execute(STOPS)
    return found


@dataclass
class HandOver:
    """`old`, `new`: where both contracts are found."""

    server: Crashing
    town: Town
    old: str
    new: str

    def tried(self, row_no: int) -> bool:
        """Completes it while the server is killed at the n-th row. Whether it came so far; False: there are
        fewer rows, and it is done."""
        self._sql("UPDATE stopping.at SET row_no = %s", row_no)
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(self._completes)
            while not asked.done() and not self._sql(STOPPED):
                sleep(0.005)
            if asked.done():
                assert asked.result() == 200
                return False
            self.server.kill()
            assert asked.result() != 200
        self._there_again()
        return True

    def tried_after(self, seconds: float) -> None:
        """The same, so long after it was asked, wherever it is then: also just before or after the commit."""
        self._sql("UPDATE stopping.at SET row_no = 0")
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(self._completes)
            sleep(seconds)
            self.server.kill()
            asked.result()
        self._there_again()

    def halves(self) -> list[str]:
        """What stands of it in either stream: nothing, or all of it."""
        ids = [contract.rpartition("/")[2] for contract in (self.old, self.new)]
        with psycopg.connect(self.server.url) as connection:
            rows = connection.execute(
                """SELECT type FROM log.events WHERE stream_id = ANY(%s::uuid[]) AND type = ANY(%s)
                   AND (stream_id, type) <> (%s::uuid, 'contract.activated') ORDER BY position""",
                [ids, BOTH, ids[0]],
            ).fetchall()
        return [type_ for [type_] in rows]

    def _completes(self) -> int:
        try:
            return self.town[C1].post(f"{self.old}/complete-transfer").status_code
        except httpx.TransportError:
            return 0

    def _there_again(self) -> None:
        if self.town.house.direct:
            self.town.house.direct.close()
            self.town.house.direct = None
        patiently(lambda: self.town[C1].get(self.old).status_code == 200)

    def _sql(self, query: str, *values: object) -> int:
        try:
            with psycopg.connect(self.server.url, autocommit=True) as owner:
                found = owner.execute(query.encode(), values or None)
                return found.fetchone()[0] if found.description else 0
        except Error:
            return 0


def killed_at_its_rows(over: HandOver, step: int = 1) -> int:
    """At each row of the append in turn, or at each `step`-th, until it is done. The last one."""
    row = 1
    while over.tried(row):
        assert over.halves() == [], f"one half, killed at row {row}"
        row += step
    assert over.halves() == BOTH
    return row - step
