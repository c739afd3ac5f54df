"""`make soak-transfer`: a transfer is completed while the database is killed with -9, two hundred times:
at each row of the append in turn, and wherever it is otherwise. Never one half of it without the other."""

from itertools import cycle
from random import Random

from tests.contracts.log.crashing import crashing
from tests.journeys.house import House
from tests.journeys.moves import nothing_wrong
from tests.soak.handing_over import BOTH, killed_at_its_rows, waiting

TRIES = 200
WHEREVER = 40
"""Of them: at any time, also about when it is committed."""


def test_two_hundred_kills(tmp_path):
    with crashing() as server:
        house = House(server.url, "journey-1", tmp_path)
        try:
            first, second = waiting(server, house)
            rows = killed_at_its_rows(first)
            for row, _ in zip(cycle(range(1, rows + 1)), range(TRIES - WHEREVER - rows), strict=False):
                assert second.tried(row)
                assert second.halves() == []
            chance = Random(2026)
            for _ in range(WHEREVER):
                second.tried_after(chance.uniform(0, 0.05))
                assert second.halves() in ([], BOTH)
            assert server.kills >= TRIES
            nothing_wrong(first.town)
        finally:
            house.close()
