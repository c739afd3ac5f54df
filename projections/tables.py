"""How a projection's rows are laid out, and written many at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from contracts.log.arrays import array


@dataclass(frozen=True, eq=False)
class Table:
    """`columns`: names with their SQL types. `owner`: the column that holds the stream; all rows of a stream
    are written together, so that what the stream no longer says goes. Names are unqualified: whoever writes
    has the schema of one version in the search path."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    owner: str
    indexes: tuple[str, ...] = ()

    @cached_property
    def ddl(self) -> str:
        columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        key = f"PRIMARY KEY ({', '.join(self.key)})"
        table = f"CREATE TABLE {self.name} ({columns}, {key}) WITH (fillfactor = 80)"
        return ";\n".join([table, *(f"CREATE INDEX ON {self.name} {index}" for index in self.indexes)])

    @cached_property
    def view(self) -> str:
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"

    def write(
        self, connection: Connection[Any], streams: Collection[UUID], rows: list[dict[str, Any]]
    ) -> None:
        """`rows` are all that these streams have here. Those that are as they were are not touched."""
        whole = self.key == (self.owner,) and len(rows) == len(streams)
        statement = self._upsert if whole else self._replace
        values = {"rows": msgspec.json.encode(rows).decode(), "streams": array(map(str, streams))}
        connection.execute(statement.encode(), values, prepare=True)

    def add(self, connection: Connection[Any], rows: list[dict[str, Any]]) -> None:
        """Beside what the table has."""
        if rows:
            given = msgspec.json.encode(rows).decode()
            connection.execute(self._upsert.encode(), {"rows": given}, prepare=True)

    @cached_property
    def _given(self) -> str:
        types = ", ".join(f"{name} {type_.split(' ')[0]}" for name, type_ in self.columns.items())
        return f"json_to_recordset(%(rows)s::json) AS given ({types})"

    @cached_property
    def _upsert(self) -> str:
        names = ", ".join(self.columns)
        others = [name for name in self.columns if name not in self.key]
        now = ", ".join(f"excluded.{name}" for name in others)
        was = ", ".join(f"{self.name}.{name}" for name in others)
        change = f"UPDATE SET ({', '.join(others)}) = ROW ({now}) WHERE ({was}) IS DISTINCT FROM ({now})"
        return (
            f"INSERT INTO {self.name} ({names}) SELECT {names} FROM {self._given}"
            f" ON CONFLICT ({', '.join(self.key)}) DO {change if others else 'NOTHING'}"
        )

    @cached_property
    def _replace(self) -> str:
        """No row is both deleted and inserted: neither depends on which comes first."""
        same = " AND ".join(f"given.{name} = {self.name}.{name}" for name in self.key)
        return (
            f"WITH gone AS (DELETE FROM {self.name} WHERE {self.owner} = ANY(%(streams)s::uuid[])"
            f" AND NOT EXISTS (SELECT FROM {self._given} WHERE {same})) {self._upsert}"
        )
