"""A process of its own that counts the log's events by type, until it is killed."""

import sys
from collections import Counter
from threading import Event

from projections.follower import Follower
from projections.projection import Batch, Projection
from projections.tables import Table
from tests.projections.examples import LAW

COUNTS = Table("counts", {"type": "text", "n": "bigint NOT NULL"}, key=("type",), owner="type")


def count(connection, batch: Batch) -> None:
    """Adds, so that an event that is looked at twice is counted twice."""
    for type_, n in Counter(event.type for event in batch.events).items():
        connection.execute(
            """INSERT INTO counts VALUES (%s, %s)
               ON CONFLICT (type) DO UPDATE SET n = counts.n + excluded.n""",
            [type_, n],
        )


COUNTING = Projection("counting", (COUNTS,), count)

if __name__ == "__main__":
    Follower(sys.argv[1], LAW, (COUNTING,)).start()
    Event().wait()
