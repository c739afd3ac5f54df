"""Succession: a contract is drafted to take the place of another from a day on, and falls if it may not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import EVERYBODY, IN_FORCE, OUT_FOR_SIGNING, Contract, Parties, State
from contracts.decision import Cure, Event, Occasion, On, Refusal
from contracts.moving import LEFT, Move, Succession, changed
from contracts.parties import Role
from contracts.terms import Term
from contracts.values import replace

WHO_MOVES = EVERYBODY | {Role.RECEIVER}
NOT_YET = OUT_FOR_SIGNING | {State.DRAFT, State.SIGNED}
"""A contract that has begun and is not in force."""

# Refusals


@dataclass(frozen=True)
class NotItsSuccessor(Refusal):
    """`wrong`: what does not fit the transfer: predecessor, student, college, enterprise."""

    type = "transfer.successor"
    code = "TRA-SUCCESSOR"
    cures = (
        Cure(Role.COLLEGE, "draft-successor", "draft"),
        Cure(Role.COLLEGE, "request-transfer", "request-transfer"),
    )
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Gap(Refusal):
    """`days` between the last day here and the first day there: more than none is a gap, less an overlap."""

    type = "transfer.gap"
    code = "TRA-GAP"
    cures = (
        Cure(Role.COLLEGE, "next-day", "request-transfer"),
        Cure(Role.COLLEGE, "next-day-in-draft", "revise"),
    )
    end_on: date
    start_on: date
    days: int


@dataclass(frozen=True)
class StillElsewhere(Refusal):
    """`last_day`: of the contract whose place this one takes, as long as that one is not over."""

    type = "transfer.waits"
    code = "TRA-WAITS"
    cures = (Cure(Role.COLLEGE, "complete-transfer", "complete-transfer"),)
    last_day: date | None


# Rules


def succeeds(parties: Parties, term: Term | None, occasion: Occasion) -> Iterator[Refusal]:
    """These parties are those to whom the transfer was asked for, from its first day on."""
    old = occasion.facts.contract
    move = old.open_move if old else None
    if old is None or move is None:
        yield NotItsSuccessor(("predecessor",))
        return
    if wrong := misfits(old, move, parties):
        yield NotItsSuccessor(wrong)
    if term:
        yield from gap(move.end_on, term.starts_on, occasion)


def misfits(old: Contract, move: Move, parties: Parties) -> tuple[str, ...]:
    """The parties that are other than the transfer makes them."""
    if old.parties is None:
        return ("predecessor",)
    expected = {**vars(old.parties), LEFT[move.kind].value: move.receiver}
    compared = ("student", "college", "enterprise")
    return tuple(part for part in compared if getattr(parties, part) != expected[part])


def gap(end_on: date, start_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """The first day there follows the last day here, with no more days between than the law leaves."""
    between = (start_on - end_on).days - 1
    if not 0 <= between <= int(occasion.law.rule("transfer.gap", occasion.today).value["days"]):
        yield Gap(end_on, start_on, between)


def released(contract: Contract, starts_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """What takes another contract's place waits until that one is over."""
    if contract.succession is None:
        return
    old = occasion.facts.contract
    last_day = old.last_day if old else None
    over = old is not None and old.state not in IN_FORCE and last_day is not None and last_day < starts_on
    if not over:
        yield StillElsewhere(last_day)


def drop_successor(move: Move) -> list[On]:
    """What becomes of a contract that was made for a transfer that does not take place."""
    return [On(move.successor, SuccessorDropped())] if move.successor else []


# Events


@dataclass(frozen=True)
class SuccessionBegun(Event):
    """The draft is to take the place of `predecessor`."""

    type = "transfer.succession_begun"
    rule = "transfer.successor"
    predecessor: UUID

    def evolve(self, state: Contract) -> Contract:
        return replace(state, succession=Succession(self.predecessor))


@dataclass(frozen=True)
class SuccessorNamed(Event):
    """In the stream of the contract that is left: which draft is to take its place."""

    type = "transfer.successor_named"
    rule = "transfer.successor"
    apart = frozenset({"transfer", "next_contract"})
    transfer: UUID
    next_contract: UUID

    def evolve(self, state: Contract) -> Contract:
        return replace(state, moves=changed(state.moves, self.transfer, successor=self.next_contract))


@dataclass(frozen=True)
class SuccessorDropped(Event):
    """The transfer for which it was made does not take place: it gives its places back and binds nobody."""

    type = "transfer.successor_dropped"
    rule = "transfer.successor"
    tells = EVERYBODY - {Role.MENTOR}

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.LAPSED) if state.state in NOT_YET else state
