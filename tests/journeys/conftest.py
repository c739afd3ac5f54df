"""A house for each journey, and what is true of every one when its journey is over."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import fresh
from tests.journeys.house import House


@pytest.fixture(scope="module")
def opened(server, template, tmp_path_factory) -> Iterator[Callable[..., House]]:
    """`opened(law, at)`: a service that runs under that pack, on an empty database, from that moment on."""
    copy = f"TEMPLATE {template} STRATEGY file_copy"
    with ExitStack() as houses:

        def open_(law: str, at: str, embedded: bool = False, **settings: str) -> House:
            url = None if embedded else houses.enter_context(fresh(server, copy))[1]
            house = House(url, law, tmp_path_factory.mktemp(law))
            house.settings |= settings
            houses.callback(house.close)
            if embedded:
                house.start()
            house.at(at)
            if not embedded:
                house.start()
            return house

        yield open_


@pytest.fixture(scope="module", autouse=True)
def steps_in_order() -> list[str]:
    """The tests of a journey are its steps: each stands on those before it."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed and "steps_in_order" in item.funcargs:
        item.funcargs["steps_in_order"].append(item.name)
    return report


@pytest.fixture(autouse=True)
def after_the_steps_before(steps_in_order, request) -> None:
    if steps_in_order:
        pytest.fail(f"an earlier step failed: {steps_in_order[0]}", pytrace=False)
