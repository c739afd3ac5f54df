"""Is the log well: does the mark keep up, who holds it back, is there room, are its tables kept clean?"""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True)
class Vitals:
    """None: there is none, or the service's user may not see it.

    mark_lag_seconds         age of the first event that is recorded and not published
    partitions_ahead         that no event has come to yet
    deadlocks                since the server's statistics began; each is a bug in our order of locks
    floor_pid                process id of the database's session that has held the mark back for longest
    floor_seconds            since when
    oldest_snapshot_seconds  dead rows younger than it cannot be removed
    replica_lag_seconds      of the slowest, as `replica_lag_bytes`
    """

    mark: int
    mark_lag_seconds: float
    partitions_ahead: int
    deadlocks: int
    floor_pid: int | None
    floor_seconds: float | None
    oldest_snapshot_seconds: float | None
    replicas: int
    replica_lag_seconds: float | None
    replica_lag_bytes: int | None


@dataclass(frozen=True)
class TableVitals:
    """`bytes`: with indexes and all partitions. `vacuumed_seconds_ago` None: never."""

    name: str
    bytes: int
    live_rows: int
    dead_rows: int
    vacuumed_seconds_ago: float | None


VITALS = """
SELECT m.position AS mark,
  coalesce((SELECT extract(epoch FROM log.now_v1() - e.recorded_at)::float FROM log.events e
            WHERE e.position > m.position ORDER BY e.position LIMIT 1), 0) AS mark_lag_seconds,
  (SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
   WHERE i.inhparent = 'log.events'::regclass
     AND substring(pg_get_expr(c.relpartbound, c.oid) FROM '\\d+')::bigint
         > coalesce(pg_sequence_last_value('log.position_seq'), 0)) AS partitions_ahead,
  (SELECT d.deadlocks FROM pg_stat_database d WHERE d.datname = current_database()) AS deadlocks,
  s.*
FROM log.mark m, log.sessions_v1() s"""

TABLES = """
SELECT coalesce(whole.relname, t.relname) AS name, sum(pg_total_relation_size(t.relid))::bigint AS bytes,
  sum(t.n_live_tup)::bigint AS live_rows, sum(t.n_dead_tup)::bigint AS dead_rows,
  extract(epoch FROM clock_timestamp() - max(greatest(t.last_vacuum, t.last_autovacuum)))::float
    AS vacuumed_seconds_ago
FROM pg_stat_user_tables t
  LEFT JOIN pg_inherits i ON i.inhrelid = t.relid LEFT JOIN pg_class whole ON whole.oid = i.inhparent
WHERE t.schemaname = 'log' GROUP BY 1 ORDER BY 1"""


def vitals(connection: Connection[Any]) -> Vitals:
    with connection.cursor(row_factory=class_row(Vitals)) as cursor:
        [found] = cursor.execute(VITALS)
        return found


def tables(connection: Connection[Any]) -> list[TableVitals]:
    """Those of the log, by name."""
    with connection.cursor(row_factory=class_row(TableVitals)) as cursor:
        return cursor.execute(TABLES).fetchall()
