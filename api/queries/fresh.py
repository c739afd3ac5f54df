"""Reading what one has just written: an answer waits until it includes a position."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from api.house import house_of
from api.problems import Problem
from projections.positions import ready
from projections.sight import LEANS_ON

PATIENCE = 2.0
"""Seconds."""

MinPosition = Annotated[
    int | None, Header(ge=0, le=2**62, description="The answer is to include what stands at this position.")
]


def fresh(request: Request, kelisim_min_position: MinPosition = None) -> None:
    """For a question that reads the streams themselves. Raises Problem 503."""
    if kelisim_min_position and not house_of(request).watch.wait_for(kelisim_min_position, PATIENCE):
        raise not_yet()


def including(*projections: str) -> Callable[..., None]:
    """For a question that reads tables which follow the log, as far as its caller may see them."""
    names = [*projections, *LEANS_ON]

    def wait(request: Request, kelisim_min_position: MinPosition = None) -> None:
        house = house_of(request)
        if kelisim_min_position and not ready(house.pool, names, kelisim_min_position, PATIENCE, house.watch):
            raise not_yet()

    return wait


def not_yet() -> Problem:
    return Problem(503, headers={"Retry-After": "1"})


Fresh = Annotated[None, Depends(fresh)]
