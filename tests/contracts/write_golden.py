"""Writes down how an event is stored, once: `python -m tests.contracts.write_golden`.

A file that is there is never written again: it stands for what logs already hold. A changed event is a new
schema version, with an upcaster and a file of its own.
"""

from pathlib import Path

from contracts.decision import Event
from contracts.lifecycle import EVENTS
from contracts.log.mapper import Mapper
from tests.contracts.happened import ONE_OF_EACH

GOLDEN = Path(__file__).parent / "golden"


def path_of(event: Event) -> Path:
    return GOLDEN / f"{event.type}.{event.schema}.json"


def write(mapper: Mapper) -> list[Path]:
    """What was not there before."""
    new = [event for event in ONE_OF_EACH if not path_of(event).exists()]
    GOLDEN.mkdir(exist_ok=True)
    for event in new:
        path_of(event).write_text(mapper.encode(event) + "\n")
    return [path_of(event) for event in new]


if __name__ == "__main__":
    for path in write(Mapper(EVENTS)):
        print(path.name)
