"""What the service writes about itself: one JSON object a line on stderr, and nothing about people.

A line keeps only the keys of KEPT. The words of an exception are never written, since a database's may quote
a row: only its class, and where it was raised.
"""

import logging
import os
import sys
import traceback
from pathlib import Path

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

KEPT = frozenset(
    {
        "at",
        "trouble",
        "actor",  # an id, never a name
        "code",
        "command",
        "error",
        "event",
        "lag",
        "level",
        "logger",
        "method",
        "milliseconds",
        "outcome",
        "pid",
        "position",
        "projection",
        "reason",  # our own words
        "request_id",
        "rules",  # ids
        "route",  # with its placeholders: the path and the query may hold a name
        "status",
        "timer",
        "timestamp",
        "type",
        "worker",
    }
)
FRAMES = 12
"""Lines of a traceback that are kept, the innermost."""


def configure() -> None:
    """For the whole process, libraries included."""
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        of_process,
        without_message,
        only_kept,
    ]
    structlog.configure(
        processors=[*ours, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=Stderr,
        cache_logger_on_first_use=True,
    )
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=ours,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, as_json],
        )
    )
    logging.basicConfig(handlers=[lines], level=logging.INFO, force=True)
    for library in ("httpx", "httpcore", "uvicorn", "psycopg"):
        logging.getLogger(library).setLevel(logging.WARNING)


class Stderr:
    """Where our own lines go: without the library's records and handlers, which cost more than the line."""

    def __init__(self, name: str = "kelisim") -> None:
        self.name = name

    def info(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    warning = error = critical = info


def as_json(logger: WrappedLogger, method: str, line: EventDict) -> str:
    return msgspec.json.encode(line, order="sorted", enc_hook=repr).decode()


def of_process(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Several may write to the same place."""
    line["pid"] = os.getpid()
    return line


def only_kept(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Drops what nobody decided to write."""
    return {key: value for key, value in line.items() if key in KEPT or key.startswith("_")}


def without_message(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """An exception's class and place instead of its words."""
    error: object = line.pop("exc_info", None)
    if error is True:
        error = sys.exception()
    if isinstance(error, tuple):
        error = error[1]
    if not isinstance(error, BaseException):
        return line
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    at = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return {**line, "error": type(error).__name__, "at": at}
