"""Answers to a transfer: the party that is left lets the student go, refuses, or is silent; or it is off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import Contract
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Decision, Event, NotParty, Occasion, Refusal, Text
from contracts.dossier import Outcome
from contracts.moving import changed
from contracts.parties import Role
from contracts.succession import WHO_MOVES, drop_successor
from contracts.transfer_rules import WHO_ASKS, done, one_open, side, waiting
from contracts.values import replace

# Rules


def counted(after: date, until: date, occasion: Occasion) -> tuple[date, ...]:
    """The working days that were given for the answer, one by one."""
    days = ((after + n * DAY) for n in range(1, (until - after).days + 1))
    return tuple(day for day in days if occasion.law.working(day))


# Events


@dataclass(frozen=True)
class TransferAccepted(Event):
    type = "transfer.accepted"
    rule = "transfer.consent"
    tells = WHO_MOVES
    apart = frozenset({"transfer"})
    transfer: UUID
    party: Role

    def evolve(self, state: Contract) -> Contract:
        moves = tuple(
            replace(move, accepted=move.accepted | {side(self.party)}) if move.id == self.transfer else move
            for move in state.moves
        )
        return replace(state, moves=moves)


@dataclass(frozen=True)
class TransferDeclined(Event):
    """`reason`: the commitment to the words, which stand in the personal store."""

    type = "transfer.declined"
    rule = "transfer.consent"
    tells = WHO_MOVES
    apart = frozenset({"transfer", "reason"})
    transfer: UUID
    party: Role
    on: date
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        moves = changed(state.moves, self.transfer, outcome=Outcome.DECLINED, closed_on=self.on)
        return replace(state, moves=moves)


@dataclass(frozen=True)
class TransferCancelled(Event):
    type = "transfer.cancelled"
    rule = "transfer.done"
    tells = WHO_MOVES
    apart = frozenset({"transfer"})
    transfer: UUID
    by: Role
    on: date

    def evolve(self, state: Contract) -> Contract:
        moves = changed(state.moves, self.transfer, outcome=Outcome.CANCELLED, closed_on=self.on)
        return replace(state, moves=moves)


@dataclass(frozen=True)
class ReleaseDeemed(Event):
    """`party` has said nothing until the end of `answer_by`, and the contract says what that means.
    `days_given`: the working days that it had, after the day of the request."""

    type = "transfer.release_deemed"
    rule = "transfer.release"
    tells = WHO_MOVES
    apart = frozenset({"transfer"})
    transfer: UUID
    party: Role
    requested_on: date
    answer_by: date
    days_given: tuple[date, ...]

    def evolve(self, state: Contract) -> Contract:
        return replace(state, moves=changed(state.moves, self.transfer, deemed_on=self.answer_by + DAY))

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


@dataclass(frozen=True)
class TransferEscalated(Event):
    """`party` has said nothing, and its silence means nothing: who asked goes on, and the chamber knows."""

    type = "transfer.escalated"
    rule = "transfer.release"
    tells = WHO_MOVES
    apart = frozenset({"transfer"})
    transfer: UUID
    party: Role
    answer_by: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, moves=changed(state.moves, self.transfer, escalated=True))

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


# Commands


@dataclass(frozen=True)
class AcceptTransfer(ContractCommand):
    type = "accept-transfer"
    by = WHO_ASKS

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.open_move is not None and side(occasion.role) in state.open_move.accepted

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from one_open(state)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [TransferAccepted(waiting(state).id, occasion.role)]


@dataclass(frozen=True)
class DeclineTransfer(ContractCommand):
    """Stops it, and the contract that was made for it falls. Nobody takes back that he has let go."""

    type = "decline-transfer"
    by = WHO_ASKS
    reason: Text | None = None

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from one_open(state)
        if (move := state.open_move) is None:
            return
        own = side(occasion.role)
        if own is side(move.by):
            yield NotParty(occasion.role, tuple(sorted(WHO_ASKS - {own, move.by, occasion.role})))
        elif own in move.accepted or (own is move.left and move.deemed_on):
            yield done(move)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        move, reason = waiting(state), occasion.sealed.get("reason")
        declined = TransferDeclined(move.id, occasion.role, occasion.today, reason)
        return [declined, *drop_successor(move)]


@dataclass(frozen=True)
class CancelTransfer(ContractCommand):
    """Who asked for it calls it off, and the contract that was made for it falls."""

    type = "cancel-transfer"
    by = WHO_ASKS

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from one_open(state)
        if (move := state.open_move) and side(occasion.role) is not side(move.by):
            yield NotParty(occasion.role, (move.by,))

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        move = waiting(state)
        return [TransferCancelled(move.id, occasion.role, occasion.today), *drop_successor(move)]


@dataclass(frozen=True)
class DeemReleased(ContractCommand):
    """Issued by the timer when the days to answer are over, where the contract says that silence releases."""

    type = "deem-released"
    lapses = True
    by = frozenset({Role.DEADLINE})
    transfer: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        move = state.open_move
        if move is None or move.id != self.transfer or not move.silence_releases:
            return True
        return not move.waits_for or not state.over(move.answer_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        move = waiting(state)
        days = counted(move.requested_on, move.answer_by, occasion)
        return [ReleaseDeemed(move.id, move.left, move.requested_on, move.answer_by, days)]


@dataclass(frozen=True)
class EscalateTransfer(ContractCommand):
    """Issued by the timer when the days to answer are over, where silence releases nobody."""

    type = "escalate-transfer"
    lapses = True
    by = frozenset({Role.DEADLINE})
    transfer: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        move = state.open_move
        if move is None or move.id != self.transfer or move.silence_releases:
            return True
        return not move.waits_for or move.escalated or not state.over(move.answer_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        move = waiting(state)
        return [TransferEscalated(move.id, move.left, move.answer_by)]
