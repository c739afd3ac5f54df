"""Tables follow a correction, however the log is cut into batches and whatever was remembered."""

from datetime import date

import pytest

from contracts.ahead import outlook
from contracts.contract import State
from contracts.corrected import CorrectionMade, whole
from contracts.lifecycle import empty
from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from contracts.withdrawal import Noticed
from projections.every import PROJECTIONS
from projections.folding import Folds
from projections.positions import ready
from projections.reading import Reading, connected
from tests.examples import COLLEGE, K5_ACTIVE, P1, STUDENT
from tests.examples import state as state_of
from tests.projections.examples import LAW, MAPPER, appended, numbered

NOTICED = Noticed(STUDENT, "own-wish", date(2026, 12, 28), date(2027, 1, 28), date(2026, 12, 28))
WRONG = len(K5_ACTIVE) + 1
MADE = CorrectionMade(P1, WRONG, "withdrawal.noticed", 1, COLLEGE)
LATER = Noticed(STUDENT, "health", date(2027, 2, 1), date(2027, 3, 1), date(2027, 2, 1))
LIFE = [*K5_ACTIVE, NOTICED, MADE, LATER]


@pytest.mark.parametrize("cuts", [[], [9], [10], [9, 10], [3, 9], [*range(1, 11)]])
def test_folded_in_batches_it_is_the_history_as_it_should_have_been(database, recorder, sequencer, cuts):
    stream_id = uuid7()
    life = numbered(LIFE, 1)
    position = appended(recorder, stream_id, life)
    with Watch(database) as watch, connected(database) as connection:
        assert watch.wait_for(position)
        events = Reading(Folds(MAPPER, LAW)).after(connection, 0, position, 1000).events
        folds = Folds(MAPPER, LAW)
        for first, last in zip([0, *cuts], [*cuts, len(events)], strict=True):
            [folded] = folds.upto(connection, events[first:last], "contract")
            known = whole(life[:last], empty("contract", stream_id))
            assert (folded.state, folded.version) == (known, last)


def test_the_register_the_deadlines_and_the_tasks_say_so(database, pool, recorder, followed):
    stream_id = uuid7()
    appended(recorder, stream_id, numbered([*K5_ACTIVE, NOTICED], 1))
    names = [projection.name for projection in PROJECTIONS]

    def stands(position):
        assert ready(pool, names, position, 10)
        with pool.connection() as connection:
            [row] = connection.execute(
                """SELECT r.state, r.end_on, r.version,
                     (SELECT count(*) FROM projections.deadlines d WHERE d.stream_id = r.contract_id),
                     (SELECT count(*) FROM projections.tasks t WHERE t.stream_id = r.contract_id)
                   FROM projections.register r"""
            )
        return row

    position = recorder.streams([stream_id])[stream_id][-1].position
    state, end_on, version, deadlines, tasks = stands(position)
    assert (state, end_on, version) == (State.ENDING, NOTICED.end_on, WRONG)
    assert min(deadlines, tasks) > 0
    position = appended(recorder, stream_id, [MADE], WRONG)
    usual = len(outlook(state_of(K5_ACTIVE), LAW).tasks)
    assert stands(position) == (State.ACTIVE, None, WRONG + 1, 0, usual)
