"""What a test waits for: that all which is due has happened, and that every table shows what was recorded."""

from typing import Any

import psycopg

from api.server_process import patiently

PATIENCE = 20
"""Seconds."""

DUE = """SELECT count(*) FROM log.streams
         WHERE due_at <= log.now_v1()"""

BEHIND = """SELECT count(*) FROM log.projections
            WHERE state = 'live' AND position < (SELECT max(position) FROM log.events)"""


def until_none(connection: psycopg.Connection[Any], left: str) -> None:
    """`left` counts what is still missing. `connection`: in autocommit."""
    assert patiently(lambda: connection.execute(left).fetchone() == (0,), PATIENCE), left
