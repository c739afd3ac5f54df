"""The versions of a projection: each in a schema of its own, one of them live behind the views."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID
from zlib import crc32

from psycopg import Connection, errors

from contracts.log.arrays import array
from contracts.values import replace
from projections.projection import Projection

VIEWS = "projections"
"""The schema through which everybody reads."""

LOCKS = 19270
"""First half of the advisory locks; the second is a hash of name and version, and 0 for changing versions."""

RETIRED_FOR = "1 day"


class State(StrEnum):
    LIVE = "live"
    FILLING = "filling"
    RETIRED = "retired"


@dataclass(frozen=True)
class Version:
    name: str
    number: int
    state: State
    position: int
    fingerprint: str | None
    aside: frozenset[UUID] = frozenset()
    """Streams with an event that could not be written; later ones of theirs wait for it."""

    @property
    def schema(self) -> str:
        return f"p_{self.name}_v{self.number}"

    @property
    def lock(self) -> tuple[int, int]:
        """The session lock of who leads it."""
        half = crc32(f"{self.name} {self.number}".encode())
        return LOCKS, half - (1 << 32) if half >= 1 << 31 else half


def of(connection: Connection[Any], name: str) -> list[Version]:
    """Newest first."""
    rows = connection.execute(
        """SELECT name, version, state, position, fingerprint FROM log.projections
           WHERE name = %s ORDER BY version DESC""",
        [name],
    )
    return [Version(name, number, State(state), *rest) for name, number, state, *rest in rows]


def live(connection: Connection[Any], name: str) -> Version | None:
    return next((v for v in of(connection, name) if v.state is State.LIVE), None)


def all_live(connection: Connection[Any]) -> dict[str, int]:
    """The number of the live version of each projection."""
    return dict(
        connection.execute("SELECT name, version FROM log.projections WHERE state = 'live'").fetchall()
    )


def wanted(connection: Connection[Any], projection: Projection, fingerprint: str) -> Version | None:
    """The version that a program with these tables and rules keeps up: the live one, or one to be filled
    beside it. None: a newer program has taken its place."""
    now_live = live(connection, projection.name)
    if now_live and now_live.fingerprint == fingerprint:
        return now_live
    with connection.transaction():
        # Others make their tables at the same moment, on the first start of several processes.
        connection.execute("SET LOCAL lock_timeout = '30s'")
        connection.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCKS])
        known = of(connection, projection.name)
        now_live = next((v for v in known if v.state is State.LIVE), None)
        if now_live is None:
            return opened(connection, projection, fingerprint, State.LIVE)
        if now_live.fingerprint == fingerprint:
            return now_live
        mine = [v for v in known if v.fingerprint == fingerprint]
        if any(v.number < now_live.number for v in mine):
            return None
        return mine[0] if mine else opened(connection, projection, fingerprint, State.FILLING)


def opened(connection: Connection[Any], projection: Projection, fingerprint: str, state: State) -> Version:
    """A new version with empty tables. The first of all is live at once: what it lacks yet, nobody had."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCKS])
        newest = max((v.number for v in of(connection, projection.name)), default=0)
        made = Version(projection.name, newest + 1, state, 0, fingerprint)
        connection.execute("SELECT log.open_projection_v1(%s, %s)", [made.name, made.number])
        search_in(connection, made)
        connection.execute(projection.ddl.encode())
        connection.execute(
            """INSERT INTO log.projections (name, version, position, state, fingerprint, changed_at)
               VALUES (%s, %s, 0, %s, %s, clock_timestamp())""",
            [made.name, made.number, state, fingerprint],
        )
        if state is State.LIVE:
            show(connection, projection)
    return made


def search_in(connection: Connection[Any], version: Version) -> None:
    """Names without a schema mean this version's, until the transaction ends."""
    connection.execute("SELECT set_config('search_path', %s, true)", [f"{version.schema}, pg_temp"])


def locked(connection: Connection[Any], version: Version) -> Version:
    """As it stands, held until the transaction ends; its tables are in the search path."""
    row = connection.execute(
        """SELECT state, position,
             ARRAY(SELECT DISTINCT stream_id FROM log.dead_letters
                   WHERE projection = %(name)s AND version = %(number)s),
             set_config('search_path', %(path)s, true)
           FROM log.projections WHERE name = %(name)s AND version = %(number)s FOR UPDATE""",
        {"name": version.name, "number": version.number, "path": f"{version.schema}, pg_temp"},
        prepare=True,
    ).fetchone()
    if row is None:
        return replace(version, state=State.RETIRED)
    return replace(version, state=State(row[0]), position=row[1], aside=frozenset(row[2]))


def moved(
    connection: Connection[Any], group: Sequence[Version], after: int, upto: int, error: str | None = None
) -> dict[str, Version]:
    """Who of the group stood at `after`, by name: at `upto` now, held until the transaction ends; their
    tables are in the search path. Whoever is elsewhere or retired is not among them."""
    rows = connection.execute(
        """UPDATE log.projections p SET position = %(upto)s, error = %(error)s
           FROM unnest(%(names)s::text[], %(numbers)s::integer[]) AS mine (name, version),
             set_config('search_path', %(path)s, true)
           WHERE p.name = mine.name AND p.version = mine.version
             AND p.position = %(after)s AND p.state <> 'retired'
           RETURNING p.name, p.state, ARRAY(SELECT DISTINCT d.stream_id FROM log.dead_letters d
                                            WHERE d.projection = p.name AND d.version = p.version)""",
        {
            "names": array(each.name for each in group),
            "numbers": array(str(each.number) for each in group),
            "path": ", ".join([*(each.schema for each in group), "pg_temp"]),
            "after": after,
            "upto": upto,
            "error": error,
        },
        prepare=True,
    )
    found = {name: (State(state), frozenset(aside)) for name, state, aside in rows}
    return {
        each.name: replace(each, position=upto, state=found[each.name][0], aside=found[each.name][1])
        for each in group
        if each.name in found
    }


def now(connection: Connection[Any], version: Version) -> Version:
    """As it stands."""
    known = of(connection, version.name)
    return next((v for v in known if v.number == version.number), replace(version, state=State.RETIRED))


def show(connection: Connection[Any], projection: Projection) -> None:
    """The views become those of the version in the search path. Part of the caller's transaction."""
    for table in projection.tables:
        named = f"{VIEWS}.{table.name}"
        try:
            with connection.transaction():
                connection.execute(f"CREATE OR REPLACE VIEW {named} AS {table.view}".encode())
        except errors.InvalidTableDefinition:  # other columns
            connection.execute(f"DROP VIEW {named}".encode())
            connection.execute(f"CREATE VIEW {named} AS {table.view}".encode())
        connection.execute(f"GRANT SELECT ON {named} TO kelisim_app".encode())


def switch(connection: Connection[Any], projection: Projection, new: Version) -> None:
    """Readers find the new version from the end of the transaction on. Both rows are locked."""
    change = """UPDATE log.projections SET state = %(to)s, changed_at = clock_timestamp()
                WHERE name = %(name)s AND state = %(from)s AND version = coalesce(%(number)s, version)"""
    about = {"name": new.name}
    connection.execute(change, {**about, "to": State.RETIRED, "from": State.LIVE, "number": None})
    connection.execute(change, {**about, "to": State.LIVE, "from": State.FILLING, "number": new.number})
    search_in(connection, new)
    show(connection, projection)


def drop(connection: Connection[Any], version: Version) -> None:
    with connection.transaction():
        connection.execute(f"DROP SCHEMA IF EXISTS {version.schema} CASCADE".encode())
        for table, column in (("projections", "name"), ("dead_letters", "projection")):
            connection.execute(
                f"DELETE FROM log.{table} WHERE {column} = %s AND version = %s".encode(),
                [version.name, version.number],
            )


def drop_retired(connection: Connection[Any], names: Sequence[str]) -> int:
    """Those that nobody reads for a day. Returns how many."""
    rows = connection.execute(
        f"""SELECT name, version, state, position, fingerprint FROM log.projections
            WHERE name = ANY(%s) AND state = 'retired'
              AND changed_at < clock_timestamp() - interval '{RETIRED_FOR}'""".encode(),
        [[*names]],
    ).fetchall()
    for name, number, state, *rest in rows:
        drop(connection, Version(name, number, State(state), *rest))
    return len(rows)
