"""A projection is given what it says it reads, in every batch the same, and nothing else."""

import pytest

from contracts.log.ids import uuid7
from contracts.log.mark import Watch
from contracts.log.recorder import StoredEvent
from projections.every import PROJECTIONS
from projections.folding import ALWAYS, Folds
from projections.reading import LastOnly, Reading, connected
from tests.projections.examples import LAW, LIVES, MAPPER, appended, numbered


@pytest.mark.parametrize("made", [Reading, lambda folds, reads: LastOnly(folds, 10**9, reads)])
def test_only_what_is_looked_at_is_read(database, recorder, sequencer, made):
    stream_id = uuid7()
    position = appended(recorder, stream_id, numbered(LIVES[4], 1))
    with Watch(database) as watch, connected(database) as connection:
        assert watch.wait_for(position)
        batch = made(Folds(MAPPER, LAW), ["metadata"]).after(connection, 0, position, 1000)
        last = batch.events[-1]
        [whole] = recorder.read(position - 1, 1)
    assert {*last._fields} == ALWAYS | {"metadata"}
    assert last._asdict().items() <= whole._asdict().items()
    with pytest.raises(AttributeError):
        assert last.data


def test_a_batch_ends_where_it_was_cut_or_at_what_was_looked_at(database, recorder, sequencer):
    position = appended(recorder, uuid7(), numbered(LIVES[4], 1))
    with Watch(database) as watch, connected(database) as connection:
        assert watch.wait_for(position)
        reading = Reading(Folds(MAPPER, LAW))
        whole = reading.after(connection, 0, position, 1000)
        assert (len(whole.events), whole.upto) == (len(LIVES[4]), position)
        first = reading.after(connection, 0, position, 2)
        assert [*first.events] == [*whole.events[:2]]
        assert first.upto == whole.events[1].position
        assert reading.after(connection, position, position + 5, 10).upto == position + 5


def test_projections_read_fields_that_there_are():
    for projection in PROJECTIONS:
        assert {*projection.reads} <= {*StoredEvent._fields}
