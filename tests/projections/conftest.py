"""A database whose log is followed."""

from collections.abc import Iterator

import pytest

from contracts.log import Recorder, connect
from contracts.log.sequencer import Sequencer
from projections.every import PROJECTIONS
from projections.follower import Follower, install
from tests.projections.examples import LAW


@pytest.fixture
def pool(database):
    with connect(database) as pool:
        yield pool


@pytest.fixture
def recorder(pool):
    return Recorder(pool)


@pytest.fixture
def sequencer(database) -> Iterator[Sequencer]:
    sequencer = Sequencer(database)
    sequencer.start()
    yield sequencer
    sequencer.stop()


@pytest.fixture
def followed(database, sequencer) -> Iterator[Follower]:
    """With every projection."""
    install(database, LAW, PROJECTIONS)
    follower = Follower(database, LAW, PROJECTIONS)
    follower.start()
    yield follower
    follower.stop()
