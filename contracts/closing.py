"""What every early end must rest on, and what it does to what is still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_rules import open_ones, with_amendment
from contracts.contract import EVERYBODY, Contract, State, with_outcome
from contracts.decision import DAY, Cure, Event, Occasion, On, Refusal
from contracts.dossier import Outcome
from contracts.law import Ground
from contracts.moving import changed
from contracts.parties import Role
from contracts.succession import WHO_MOVES, drop_successor
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class ProofMissing(Refusal):
    type = "withdrawal.proof"
    code = "WIT-PROOF"
    cures = (Cure(Role.COLLEGE, "name-proof", "withdraw"),)
    ground: str


@dataclass(frozen=True)
class NoSuchGround(Refusal):
    type = "withdrawal.ground"
    code = "WIT-GROUND"
    cures = (
        Cure(Role.COLLEGE, "mutual-end", "propose-mutual-end"),
        Cure(Role.STUDENT, "demand-cure", "demand-cure"),
    )
    ground: str
    initiator: Role


@dataclass(frozen=True)
class NotHeard(Refusal):
    """The student must have been asked to explain; `earliest` is the first day after the days for it."""

    type = "withdrawal.heard"
    code = "WIT-HEARD"
    cures = (Cure(Role.COLLEGE, "hear-student", "expel"),)
    heard_on: date | None
    working_days: int
    earliest: date


@dataclass(frozen=True)
class Protected(Refusal):
    """While the contract rests as `protects` says, this ground ends it not. `until`: the planned last day."""

    type = "withdrawal.protected"
    code = "WIT-PROTECTED"
    cures = (
        Cure(Role.ENTERPRISE, "wait-for-return", "withdraw"),
        Cure(Role.ENTERPRISE, "only-liquidation", "report-liquidation"),
    )
    ground: str
    protects: tuple[str, ...]
    until: date


# Rules


def protected(contract: Contract, ground: Ground, day: date) -> Iterator[Refusal]:
    """Unless the return was missed: then illness and leave are over."""
    resting = contract.suspended_on(day)
    if resting and not resting.missed and (bars := ground.barred_while & resting.protects):
        yield Protected(ground.id, tuple(sorted(bars)), resting.to_on)


def heard(heard_on: date | None, by: date, occasion: Occasion) -> Iterator[Refusal]:
    """The days that a student has to explain himself were over by that day."""
    rule = occasion.law.rule("withdrawal.heard", occasion.today).value
    asked_on = min(heard_on or occasion.today, occasion.today)
    earliest = occasion.law.end_of(rule, asked_on).last + DAY
    if heard_on is None or earliest > by:
        yield NotHeard(heard_on, int(rule["working_days"]), earliest)


def close_proposals(contract: Contract, reason: str) -> list[Event | On]:
    """What an end does to proposals that nobody has answered in full."""
    schedule, mutual, move = contract.open_proposal, contract.open_mutual_end, contract.open_move
    fallen: list[Event | On] = []
    if schedule:
        fallen.append(ProposalClosed(schedule.id, reason))
    fallen += [AmendmentClosed(each.id, reason) for each in open_ones(contract)]
    if relocation := contract.open_relocation:
        fallen.append(RelocationClosed(relocation.id, reason))
    if mutual:
        fallen.append(MutualEndClosed(mutual.id, reason))
    if move:
        fallen += [MoveClosed(move.id, reason), *drop_successor(move)]
    return fallen


# Events


@dataclass(frozen=True)
class ProposalClosed(Event):
    """An open proposal of another schedule falls with the contract's end."""

    type = "schedule.change_closed"
    rule = "schedule.answered"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        return with_outcome(state, self.proposal, Outcome.CLOSED)


@dataclass(frozen=True)
class MoveClosed(Event):
    """A transfer that was asked for falls with the contract's end, and with it the contract that was to take
    the place of this one."""

    type = "transfer.closed"
    rule = "transfer.done"
    tells = WHO_MOVES
    apart = frozenset({"transfer"})
    transfer: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, moves=changed(state.moves, self.transfer, outcome=Outcome.CLOSED))


@dataclass(frozen=True)
class Ended(Event):
    """`known_on`: the legal day from which the end was known."""

    type = "contract.ended"
    rule = "withdrawal.open-notice"
    tells = EVERYBODY
    ground: str
    end_on: date
    known_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.ENDED, end_on=self.end_on)

    @property
    def effective_on(self) -> date:
        return self.end_on + DAY


@dataclass(frozen=True)
class AmendmentClosed(Event):
    """Open changes of clauses fall with the contract's end."""

    type = "amendment.closed"
    rule = "amendment.state"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        return with_amendment(state, self.proposal, outcome=Outcome.CLOSED)


@dataclass(frozen=True)
class RelocationClosed(Event):
    """An open proposal of another department falls with the contract's end."""

    type = "department.change_closed"
    rule = "department.answered"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        relocations = tuple(
            replace(relocation, outcome=Outcome.CLOSED) if relocation.id == self.proposal else relocation
            for relocation in state.relocations
        )
        return replace(state, relocations=relocations)


@dataclass(frozen=True)
class MutualEndClosed(Event):
    type = "withdrawal.mutual_closed"
    rule = "withdrawal.mutual-answer"
    apart = frozenset({"proposal"})
    proposal: UUID
    reason: str

    def evolve(self, state: Contract) -> Contract:
        ends = tuple(
            replace(end, outcome=Outcome.CLOSED) if end.id == self.proposal else end
            for end in state.mutual_ends
        )
        return replace(state, mutual_ends=ends)
