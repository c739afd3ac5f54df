"""Is the service alive, can it work, and how much does it do?"""

import os
from typing import Any

import msgspec
import psycopg
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from api.house import House, house_of
from api.lines import METRICS, note
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


class Now:
    """What is so at the moment of asking."""

    def __init__(self, house: House) -> None:
        self.house = house

    def collect(self) -> Any:
        pool = self.house.pool.get_stats()
        for name in ("pool_size", "pool_available", "requests_waiting"):
            found = GaugeMetricFamily(
                f"kelisim_pool_{name}", f"Connections of the pool: {name}.", labels=["pid"]
            )
            found.add_metric([str(os.getpid())], pool.get(name, 0))
            yield found
        mark = GaugeMetricFamily("kelisim_log_mark", "Position up to which the log is published.")
        behind = GaugeMetricFamily("kelisim_projection_behind", "Positions to go.", labels=["projection"])
        lag = GaugeMetricFamily(
            "kelisim_projection_lag_seconds", "Age of what is missing.", labels=["projection"]
        )
        dead = GaugeMetricFamily("kelisim_dead_letters", "Entries set aside.", labels=["projection"])
        try:
            with self.house.pool.connection() as connection:
                for each in positions.health(connection):
                    behind.add_metric([each.name], each.behind)
                    lag.add_metric([each.name], each.lag_seconds)
                    dead.add_metric([each.name], each.dead_letters)
            mark.add_metric([], self.house.recorder.mark())
        except psycopg.Error:
            return
        yield from (mark, behind, lag, dead)

    def describe(self) -> Any:
        return []
