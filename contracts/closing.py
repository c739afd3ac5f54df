"""What an end of the contract does to what is still open, whichever way it comes."""

from dataclasses import dataclass, replace
from uuid import UUID

from contracts.contract import Contract, Outcome, with_outcome
from contracts.decision import Cure, Event, Refusal
from contracts.parties import Role

# Refusals


@dataclass(frozen=True)
class ProofMissing(Refusal):
    type = "withdrawal.proof"
    code = "WIT-PROOF"
    cures = (Cure(Role.COLLEGE, "name-proof", "withdraw"),)
    ground: str


# Rules


def close_proposals(contract: Contract, reason: str) -> list[Event]:
    """What an end does to proposals that nobody has answered in full."""
    schedule, mutual = contract.open_proposal, contract.open_mutual_end
    return [
        *([ProposalClosed(schedule.id, reason)] if schedule else []),
        *([MutualEndClosed(mutual.id, reason)] if mutual else []),
    ]


# Events


@dataclass(frozen=True)
class ProposalClosed(Event):
    """An open proposal of another schedule falls with the contract's end."""

    type = "schedule.change_closed"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        return with_outcome(state, self.proposal, Outcome.CLOSED)


@dataclass(frozen=True)
class MutualEndClosed(Event):
    type = "withdrawal.mutual_closed"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        ends = tuple(
            replace(end, outcome=Outcome.CLOSED) if end.id == self.proposal else end
            for end in state.mutual_ends
        )
        return replace(state, mutual_ends=ends)
