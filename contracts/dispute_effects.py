"""How a dispute is carried out on its contract and its claim, in the same append as what was decided."""

from collections.abc import Sequence

from contracts.claim import Claim
from contracts.claim_rules import after
from contracts.decision import Event, Occasion, On
from contracts.dispute import Asked, Closing, Dispute, Finding, Portion, Verdict
from contracts.dispute_marks import DisputeClosedHere, DisputeReopenedHere, EndAnnulled, restorable
from contracts.dispute_on_claim import (
    ClaimDisputed,
    DivisionResumed,
    DivisionSuspended,
    contested,
    freed,
    given_back,
    in_portions,
)
from contracts.dispute_rules import contract_of, own_id
from contracts.parties import Role
from contracts.points import Matter

# Of the claim


def opened(claim: Claim | None, by: Role, occasion: Occasion) -> list[On]:
    """What a complaint about it does to a claim."""
    return on(claim, contested(claim, occasion.fresh, by, occasion)) if claim else []


def asked_before(claim: Claim | None) -> tuple[Asked, ...]:
    return tuple(Asked(debt.debtor, debt.asked) for debt in claim.debts) if claim else ()


def divided(state: Dispute, portions: Sequence[Portion], occasion: Occasion) -> list[On]:
    """The claim is shared as was decided, from today on."""
    claim = occasion.facts.claim
    if claim is None or not portions:
        return []
    return on(claim, in_portions(claim, own_id(state), portions, occasion.today))


def suspended(state: Dispute, occasion: Occasion) -> list[On]:
    """While a court has it, what was decided of the claim rests."""
    if state.decision is None or not state.decision.shares:
        return []
    return on(occasion.facts.claim, [DivisionSuspended(own_id(state))])


def on(claim: Claim | None, events: Sequence[Event]) -> list[On]:
    return [On(claim.id, event) for event in events] if claim and claim.id else []


def _found(state: Dispute, verdict: Verdict, shares: Sequence[Portion], occasion: Occasion) -> list[Event]:
    """What a court leaves of the division, takes back or sets itself."""
    claim, id_, today = occasion.facts.claim, own_id(state), occasion.today
    decision = state.decision if state.decision and state.decision.shares else None
    if claim is None:
        return []
    if verdict is not Verdict.DISMISSED and shares:
        moved = in_portions(claim, id_, shares, today)
    elif verdict is Verdict.GRANTED and decision:
        was = [(each.debtor, each.amount) for each in decision.before]
        moved = given_back(claim, id_, was, today)
    else:
        moved = []
    resumes = not moved and decision and state.suspended
    return [*moved, *([DivisionResumed(id_, decision.on)] if resumes and decision else [])]


# Of the end of a dispute


def closed(
    state: Dispute, event: Event, closing: Closing, occasion: Occasion, of_claim: Sequence[Event] = ()
) -> list[Event | On]:
    """The event that closes it, and what follows from it: nothing stands still any more, and an end that was
    found without ground is none. `of_claim`: what is done to the claim first."""
    contract, id_ = contract_of(state), own_id(state)
    here: list[Event | On] = [event, On(contract, DisputeClosedHere(id_, closing))]
    if end_falls(event.evolve(state)) and restorable(state, occasion):
        here.append(On(contract, EndAnnulled(id_, occasion.today)))
    claim = occasion.facts.claim
    if claim is None:
        return here
    then = after(claim, [*of_claim])
    return [*here, *on(claim, [*of_claim, *freed(then, id_, occasion)])]


def found_by_court(
    state: Dispute, event: Event, verdict: Verdict, shares: Sequence[Portion], occasion: Occasion
) -> list[Event | On]:
    return closed(state, event, Closing.COURT, occasion, _found(state, verdict, shares, occasion))


def settled(state: Dispute, event: Event, shares: Sequence[Portion], occasion: Occasion) -> list[Event | On]:
    moved = [each.event for each in divided(state, shares, occasion)]
    return closed(state, event, Closing.SETTLED, occasion, moved)


def reopened(state: Dispute, event: Event, occasion: Occasion) -> list[Event | On]:
    """The event by which what was final is so no longer, and the same points frozen again."""
    until, id_ = event.evolve(state).until, own_id(state)
    here = On(contract_of(state), DisputeReopenedHere(id_, until))
    return [event, here, *on(occasion.facts.claim, [ClaimDisputed(id_)])]


def end_falls(state: Dispute) -> bool:
    """Whether the end was found to be without ground, by the commission or by a court after it."""
    numbers = [n for n, point in enumerate(state.points) if point.matter is Matter.END]
    if not numbers or state.closing not in {Closing.FINAL, Closing.COURT}:
        return False
    if state.decision is None:
        return state.verdict is Verdict.GRANTED
    upheld = any(state.decision.findings[n] is Finding.UPHELD for n in numbers)
    return upheld is not (state.verdict is Verdict.GRANTED)
