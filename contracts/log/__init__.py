"""The log of what happened: the only place that knows the eventsourcing library and the log's SQL."""

from contracts.log.clock import set_test_clock, test_clock_is_set
from contracts.log.connections import APP, FOLLOW, PRIVACY, connect, direct
from contracts.log.mark import Watch
from contracts.log.migrations import migrate
from contracts.log.recorder import (
    Append,
    Appended,
    Boundary,
    Head,
    NewEvent,
    Recorder,
    StoredEvent,
    append,
)
from contracts.log.sequencer import Sequencer

__all__ = [
    "APP",
    "FOLLOW",
    "PRIVACY",
    "Append",
    "Appended",
    "Boundary",
    "Head",
    "NewEvent",
    "Recorder",
    "Sequencer",
    "StoredEvent",
    "Watch",
    "append",
    "connect",
    "direct",
    "migrate",
    "set_test_clock",
    "test_clock_is_set",
]
