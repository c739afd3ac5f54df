"""docs/lifecycle.md says what the code does, and says all of it."""

from pathlib import Path

import pytest

from api.lifecycle_page import PAGE, events_of, page, refusals_of, results, transitions
from contracts.activation import Activated
from contracts.contract import State
from contracts.decision import On
from contracts.formation import Drafted, Offer, Revise, Revised, SignaturesVoided
from contracts.lifecycle import COMMANDS, EVENTS, REFUSALS
from contracts.on_paper import Imported
from contracts.schedule import ProposeScheduleChange
from contracts.signing import Concluded, Sign, Signed
from contracts.withdrawal import Withdraw
from tests.contracts.test_preview import EACH
from tests.examples import K1_SIGNED, state, when

COMMITTED = Path(__file__).parents[2] / PAGE


def test_the_committed_page_is_fresh():
    """If this fails: make docs."""
    assert COMMITTED.read_text() == page()


def test_every_command_event_and_refusal_stands_in_it():
    text = page()
    for name in (*COMMANDS, *EVENTS, *REFUSALS):
        assert f"`{name}`" in text
    for refusal in REFUSALS.values():
        assert f"| {refusal.code} |" in text


def test_every_event_is_recorded_by_a_command():
    recorded = {event for command in COMMANDS.values() for event in events_of(command)}
    assert recorded == set(EVENTS.values())


def test_every_refusal_stands_in_the_way_of_a_command():
    """Besides those that are common to all."""
    found = {refusal.type for command in COMMANDS.values() for refusal in refusals_of(command)}
    assert set(REFUSALS) - found == {"contract.day-moved", "claim.state"}


def test_what_a_command_records_and_meets_is_read_from_its_code():
    assert events_of(Sign) == [Signed, Concluded]
    assert set(events_of(Revise)) == {Revised, SignaturesVoided}
    assert {refusal.code for refusal in refusals_of(ProposeScheduleChange)} >= {"SCH-SHARE", "SCH-NOTICE"}
    assert {refusal.code for refusal in refusals_of(Withdraw)} >= {"WIT-NOTICE", "WIT-HEARD", "WIT-PROOF"}
    assert {refusal.code for refusal in refusals_of(Offer)} >= {"FOR-SHARE", "FOR-PAST"}


def test_where_an_event_leads_is_read_from_its_code():
    assert results(Drafted) == {State.DRAFT}
    assert results(Activated) == {State.ACTIVE}
    assert results(Imported) == {State.ACTIVE, State.COMPLETED, State.ENDED}
    assert results(SignaturesVoided) == set()


@pytest.mark.parametrize(("wish", "occasion", "given"), EACH, ids=[each[0].type for each in EACH])
def test_what_happens_is_what_the_page_says(wish, occasion, given):
    drawn = set(transitions())
    contract = state(given)
    for event in when(wish, occasion, given):
        if isinstance(event, On):
            after = event.event.evolve(state(K1_SIGNED)).state
            assert type(event.event) in events_of(type(wish))
            assert after is State.SIGNED or (State.SIGNED, event.event.type, after) in drawn
            continue
        assert type(event) in events_of(type(wish))
        after = event.evolve(contract)
        assert after.state is contract.state or (contract.state, event.type, after.state) in drawn
        contract = after
