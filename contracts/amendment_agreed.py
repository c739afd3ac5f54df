"""A change of clauses that is agreed, and what shuts one that is open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_rules import (
    PROPOSE,
    WHO_ANSWERS,
    agreed_from,
    found,
    next_number,
    waiting,
    with_amendment,
)
from contracts.contract import Contract
from contracts.decision import Event, Refusal
from contracts.dossier import Outcome
from contracts.parties import Role
from contracts.terms import ClauseId, Terms, revised
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class AnsweredLate(Refusal):
    """It is no longer open, or the day named for answers has passed."""

    type = "amendment.late"
    code = "AMD-LATE"
    cures = PROPOSE
    outcome: Outcome
    answer_by: date


# Rules


def concluded(contract: Contract, proposal: UUID) -> list[Event]:
    """The conclusion, once nobody is left who has to agree."""
    amendment = found(contract, proposal)
    if amendment is None or amendment.notice or waiting(amendment, contract):
        return []
    return [agreed(contract, proposal)]


def agreed(contract: Contract, proposal: UUID) -> "AmendmentConcluded":
    if (amendment := found(contract, proposal)) is None:
        raise LookupError("what is agreed was proposed")
    return AmendmentConcluded(
        amendment.id,
        next_number(contract),
        amendment.changes,
        amendment.removed,
        amendment.from_on,
        amendment.text_hash,
    )


# Events


@dataclass(frozen=True)
class AmendmentConcluded(Event):
    """The addendum of that number. Its clauses hold from `from_on`."""

    type = "amendment.concluded"
    rule = "amendment.answer"
    tells = WHO_ANSWERS | {Role.MENTOR}
    apart = frozenset({"proposal", "text_hash"})
    waits = True
    sparse = True
    proposal: UUID
    number: int
    changes: Terms
    removed: tuple[ClauseId, ...]
    from_on: date
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        after = self.announce(state)
        return replace(after, terms=revised(state.terms, self.changes, self.removed))

    def announce(self, state: Contract) -> Contract:
        closed = with_amendment(state, self.proposal, outcome=Outcome.AGREED)
        return agreed_from(closed, self.from_on, self.changes, self.removed)

    @property
    def effective_on(self) -> date:
        return self.from_on
