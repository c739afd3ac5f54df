"""Late interest by itself: counted once a month for as long as something is owed."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.claim import Claim
from contracts.claim_rules import ClaimCommand
from contracts.consequences import Timer
from contracts.decision import DAY, Event, Occasion
from contracts.late_interest import counted
from contracts.parties import Role
from contracts.week import month_of

# Rules


def timers(claim: Claim) -> Iterator[Timer]:
    """When the month is over in which days were late that are not counted yet."""
    late = [debt.counted_to for debt in claim.debts if debt.principal and not debt.rests]
    if late and claim.settled_on is None:
        yield Timer("accrue-penalty", month_of(min(late) + DAY)[1] + DAY)


# Commands


@dataclass(frozen=True)
class AccruePenalty(ClaimCommand):
    """Issued by the timer when a month is over in which days were late."""

    type = "accrue-penalty"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return not self.events(state, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        upto = occasion.today - DAY
        return [event for debt in state.debts for event in counted(state, debt, occasion.law, upto)]
