"""How the end of a dispute is carried out on its contract, in the same append."""

from contracts.decision import Event, Occasion, On
from contracts.dispute import Closing, Dispute, Finding, Verdict
from contracts.dispute_marks import DisputeClosedHere, DisputeReopenedHere, EndAnnulled, restorable
from contracts.dispute_rules import contract_of, own_id
from contracts.points import Matter


def closed(state: Dispute, event: Event, closing: Closing, occasion: Occasion) -> list[Event | On]:
    """The event that closes it, and what follows from it: nothing stands still any more, and an end that was
    found without ground is none."""
    contract, id_ = contract_of(state), own_id(state)
    here: list[Event | On] = [event, On(contract, DisputeClosedHere(id_, closing))]
    if end_falls(event.evolve(state)) and restorable(state, occasion):
        here.append(On(contract, EndAnnulled(id_, occasion.today)))
    return here


def reopened(state: Dispute, event: Event) -> list[Event | On]:
    """The event by which what was final is so no longer, and the same points frozen again."""
    until = event.evolve(state).until
    return [event, On(contract_of(state), DisputeReopenedHere(own_id(state), until))]


def end_falls(state: Dispute) -> bool:
    """Whether the end was found to be without ground, by the commission or by a court after it."""
    numbers = [n for n, point in enumerate(state.points) if point.matter is Matter.END]
    if not numbers or state.closing not in {Closing.FINAL, Closing.COURT}:
        return False
    if state.decision is None:
        return state.verdict is Verdict.GRANTED
    upheld = any(state.decision.findings[n] is Finding.UPHELD for n in numbers)
    return upheld is not (state.verdict is Verdict.GRANTED)
