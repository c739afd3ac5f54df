"""Is the service alive, can it work, and how much does it do?"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import psycopg
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from api.house import House, house_of
from api.lines import METRICS, note
from api.sending import store
from contracts.log import vitals
from contracts.log.vitals import TableVitals
from projections import positions

router = APIRouter(tags=["health"])

TOO_FAR_BEHIND = 30.0
"""Seconds: what lists answer is older than anybody expects."""


@router.get("/health/live", name="live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@router.get("/health/ready", name="ready")
def ready(request: Request) -> Response:
    """Whether it can do its work; what it cannot, in words."""
    wrong = wrongs(house_of(request))
    body = {"status": "not ready" if wrong else "ready", "wrong": wrong}
    note(request, reason="; ".join(wrong))
    return Response(msgspec.json.encode(body), 503 if wrong else 200, media_type="application/json")


def wrongs(house: House) -> list[str]:
    try:
        with house.pool.connection() as connection:
            found = positions.health(connection)
    except psycopg.Error:
        return ["the database does not answer"]
    return [
        *(f"projection {each.name} is {each.condition.value}" for each in found if each.leader is None),
        *(f"projection {each.name} is far behind" for each in found if each.lag_seconds > TOO_FAR_BEHIND),
    ]


@router.get("/metrics", name="metrics")
def metrics(request: Request) -> Response:
    """In Prometheus' format. No label names anybody. Whichever of several processes is asked: the answers of
    all are counted, and the pool is that of the one with this `pid`."""
    now = CollectorRegistry()
    now.register(Now(house_of(request)))
    return Response(generate_latest(counted()) + generate_latest(now), media_type=CONTENT_TYPE_LATEST)


def counted() -> CollectorRegistry:
    if METRICS not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


OF_THE_POOL = {
    "pool_size": "Connections of the pool.",
    "pool_available": "Connections of the pool that nobody uses.",
    "requests_waiting": "Requests that wait for a connection.",
}
OF_THE_LOG = {
    "mark": "Position up to which the log is published.",
    "mark_lag_seconds": "Age of the first entry that is not published.",
    "partitions_ahead": "Partitions of the log that are still empty.",
    "deadlocks": "Deadlocks since the server's statistics began.",
    "floor_pid": "Process id of the session that has held the mark back for longest.",
    "floor_seconds": "Since when it has.",
    "oldest_snapshot_seconds": "Age of the oldest transaction that dead rows are kept for.",
    "replicas": "Standbys that follow.",
    "replica_lag_seconds": "Of the slowest standby.",
    "replica_lag_bytes": "Of the slowest standby.",
}
OF_A_TABLE = {
    "bytes": "Size with indexes and partitions.",
    "live_rows": "Rows, estimated.",
    "dead_rows": "Rows that vacuum has not removed yet, estimated.",
    "vacuumed_seconds_ago": "Since the last vacuum.",
}
OF_THE_POST = {
    "waiting": "Letters that have not left.",
    "oldest_seconds": "Since when the oldest of them is due.",
    "retrying": "Letters of which a try went wrong.",
    "dead": "Letters that were given up.",
    "behind": "Positions of which no letters were made yet.",
}
OF_A_PROJECTION = {
    "projection_behind": ("behind", "Positions to go."),
    "projection_lag_seconds": ("lag_seconds", "Age of what is missing."),
    "dead_letters": ("dead_letters", "Entries set aside."),
}
"""What each measure is called outside, and what it says."""


class Now:
    """What is so at the moment of asking. What nobody may know or what is not there is left out."""

    def __init__(self, house: House) -> None:
        self.house = house

    def collect(self) -> Iterator[GaugeMetricFamily]:
        pool = self.house.pool.get_stats()
        for name, words in OF_THE_POOL.items():
            family = GaugeMetricFamily(f"kelisim_pool_{name}", words, labels=["pid"])
            family.add_metric([str(os.getpid())], pool.get(name, 0))
            yield family
        try:
            with self.house.pool.connection() as connection:
                log, tables = vitals.vitals(connection), vitals.tables(connection)
                projections, post = positions.health(connection), store.post_now(connection)
        except psycopg.Error:
            return
        for name, words in OF_THE_LOG.items():
            if (value := getattr(log, name)) is not None:
                yield GaugeMetricFamily(f"kelisim_log_{name}", words, value=value)
        for name, words in OF_THE_POST.items():
            yield GaugeMetricFamily(f"kelisim_post_{name}", words, value=getattr(post, name))
        for name, words in OF_A_TABLE.items():
            yield _family(f"kelisim_table_{name}", words, "table", tables, name)
        for name, (field, words) in OF_A_PROJECTION.items():
            yield _family(f"kelisim_{name}", words, "projection", projections, field)

    def describe(self) -> Any:
        return []


def _family(
    name: str, words: str, label: str, found: Sequence[TableVitals | positions.Health], field: str
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=[label])
    for each in found:
        if (value := getattr(each, field)) is not None:
            family.add_metric([each.name], value)
    return family
