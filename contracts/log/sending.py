"""Hands appends to the database, one or several in one call, and reads what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from contracts.log.appending import Append, Appended, Arguments, Prepared, arguments, usual, versions
from contracts.log.failures import outward

COLUMNS = "positions, hashes, recorded_at, replayed, replayed_versions, recorded_answer"
STATEMENT = f"SELECT {COLUMNS} FROM log.append_v2({', '.join(['%s'] * 26)})".encode()
USUAL = f"SELECT position, hash, recorded_at FROM log.append_v2({', '.join(['%s'] * 19)})".encode()


def append(connection: Connection[TupleRow], wanted: Append) -> Appended:
    """As part of the caller's transaction. Raises as Recorder.append, but asks once only."""
    try:
        return alone(connection, wanted)
    except psycopg.Error as error:
        raise outward(error) from error


def alone(connection: Connection[TupleRow], wanted: Append) -> Appended:
    """By the short way where it is a usual one."""
    if values := usual(wanted):
        position, hash, recorded_at = _called(connection, USUAL, values)
        if position is not None:
            return Appended(position, versions(wanted), recorded_at, False, wanted.answer, (hash,))
    [appended] = send(connection, [Prepared(wanted)])
    return appended


def send(
    connection: Connection[TupleRow], parts: Sequence[Prepared], hurried: bool = False
) -> list[Appended]:
    """In one transaction. `hurried`: others wait, so it gives up where it would have to wait for a lock."""
    row = _called(connection, STATEMENT, (*arguments(parts), hurried))
    positions, hashes, recorded_at, was_there, reached, answer = row
    if was_there:
        return [replayed(positions[0], reached, recorded_at, answer)]
    ends = [*accumulate(len(part.events) for part in parts)]
    return [
        Appended(
            positions[max(end, 1) - 1],
            part.versions,
            recorded_at,
            False,
            part.append.answer,
            tuple(hashes[end - len(part.events) : end]) if hashes else (),
        )
        for part, end in zip(parts, ends, strict=True)
    ]


def _called(connection: Connection[TupleRow], statement: bytes, values: Arguments) -> TupleRow:
    [row] = connection.execute(statement, values, prepare=True, binary=True)
    if getattr(connection, "doubtful", False):
        connection.close()
        raise psycopg.OperationalError("the server was not sure")
    return row


def replayed(position: int, versions: Mapping[str, Any], recorded_at: datetime, answer: str) -> Appended:
    reached = {UUID(stream_id): int(version) for stream_id, version in versions.items()}
    return Appended(position, reached, recorded_at, True, answer)
