"""What logs already hold can be read for ever, and is written as it always was."""

from datetime import date
from typing import get_args, get_type_hints

import pytest

from contracts.decision import Text
from contracts.lifecycle import EVENTS, STREAMS
from contracts.log.mapper import Mapper
from contracts.parties import Contacts, Record
from tests.contracts.happened import ONE_OF_EACH
from tests.contracts.write_golden import GOLDEN, path_of

MAPPER = Mapper(EVENTS)
FILES = sorted(GOLDEN.glob("*.json"))


def test_there_is_an_event_of_each_kind():
    assert len(ONE_OF_EACH) == len({event.type for event in ONE_OF_EACH})
    assert {event.type: type(event) for event in ONE_OF_EACH} == EVENTS


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_an_event_is_stored_as_its_file_has_it(event):
    """A new event has none yet: write_golden.py writes it."""
    text = path_of(event).read_text().removesuffix("\n")
    assert MAPPER.encode(event) == text
    assert MAPPER.decode(event.type, event.schema, text) == event


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_ever_written_is_read_and_folded(path):
    name, _, schema = path.stem.rpartition(".")
    event = MAPPER.decode(name, int(schema), path.read_text())
    empty = STREAMS[event.stream]()
    after = event.evolve(empty)
    assert type(after) is type(empty)
    assert event.effective_on is None or isinstance(event.effective_on, date)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_every_field_of_the_example_says_something(event):
    """So that the file shows how each of them is written."""
    assert [name for name, value in vars(event).items() if value in (None, (), "", False)] == []


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.type)
def test_no_event_has_a_place_for_what_is_personal(event):
    """Names, numbers, contacts and free text are sealed elsewhere; events hold ids and commitments."""
    kinds = {found for hint in get_type_hints(event).values() for found in (hint, *get_args(hint))}
    assert not kinds & {Record, Contacts, Text}
