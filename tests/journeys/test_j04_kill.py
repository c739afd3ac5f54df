"""J4: the database is killed with -9 among the rows that the hand-over writes: both change or neither.
`make soak-transfer` does it two hundred times."""

from tests.contracts.log.crashing import crashing
from tests.journeys.house import House
from tests.journeys.moves import nothing_wrong
from tests.soak.handing_over import BOTH, killed_at_its_rows, waiting


def test_killed_at_any_row_of_the_append(tmp_path):
    with crashing() as server:
        house = House(server.url, "journey-1", tmp_path)
        try:
            over, other = waiting(server, house)
            assert killed_at_its_rows(over, step=3) >= len(BOTH)
            assert other.halves() == []
            nothing_wrong(over.town)
        finally:
            house.close()
