"""The hand-over: the old contract ends and its successor comes into force, both or neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.activation_rules import Activated, NotBriefed, may_start
from contracts.carrying import carried, reach
from contracts.closing import Ended, close_proposals
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Decision, Event, Occasion, On, Refusal
from contracts.dossier import End, Outcome
from contracts.facts import Facts
from contracts.formation_rules import capacity
from contracts.moving import Carried, Destination, Move, Succession, changed
from contracts.parties import References, Role
from contracts.succession import WHO_MOVES, NotItsSuccessor, gap, misfits
from contracts.transfer_rules import GROUND, ConsentMissing, ReceiverDecides, disputed, one_open, waiting
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NoPlaceThere(Refusal):
    """`of`: mentor or memorandum. On the fullest day `taken` of `places` are held by others."""

    type = "transfer.capacity"
    code = "TRA-CAPACITY"
    cures = (
        Cure(Role.ENTERPRISE, "another-place", "revise"),
        Cure(Role.COLLEGE, "other-receiver", "request-transfer"),
    )
    of: str
    taken: int
    places: int


@dataclass(frozen=True)
class ShareOutOfReach(Refusal):
    """Practice hours: done here, planned there, and needed for the share in the time that is left."""

    type = "transfer.share"
    code = "TRA-SHARE"
    cures = (Cure(Role.COLLEGE, "longer-term", "revise"), Cure(Role.ENTERPRISE, "more-days", "revise"))
    done_hours: int
    planned_hours: int
    needed_hours: int
    percent: int


@dataclass(frozen=True)
class ClaimsUnnamed(Refusal):
    """Claims from this contract that are open and that the wish does not name."""

    type = "transfer.open-claim"
    code = "TRA-OPEN-CLAIM"
    cures = (
        Cure(Role.COLLEGE, "name-claims", "complete-transfer"),
        Cure(Role.ENTERPRISE, "settle-claim"),
    )
    claims: tuple[UUID, ...]


# Rules


def consents(contract: Contract, move: Move, successor: Contract | None) -> Iterator[Refusal]:
    """The party that is left lets the student go, and all have signed there."""
    unsigned: tuple[Role, ...] = ()
    if successor and successor.state not in {State.SIGNED, State.ACTIVE}:
        unsigned = successor.given_and_missing()[1]
    if missing := {*move.waits_for, *unsigned}:
        yield ConsentMissing(tuple(sorted(missing)), move.answer_by, move.silence_releases)


def fits(contract: Contract, move: Move, successor: Contract | None) -> Iterator[Refusal]:
    if successor is None or successor.parties is None or successor.succession is None:
        yield NotItsSuccessor(("predecessor",))
        return
    gone = {State.REFUSED, State.LAPSED, State.ENDED, State.COMPLETED}
    if successor.succession.predecessor != contract.id or successor.state in gone:
        yield NotItsSuccessor(("predecessor",))
    elif wrong := misfits(contract, move, successor.parties):
        yield NotItsSuccessor(wrong)


def may_begin(contract: Contract, move: Move, successor: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """What the contract there needs as any other does on its first day; whom the enterprise has not shown the
    place yet, it shows it by then."""
    around = replace(occasion.facts.beyond or Facts(), contract=contract)
    for full in capacity(successor, replace(occasion, facts=around)):
        yield NoPlaceThere(full.of, full.taken, full.places)
    yield from may_start(successor, move.start_on, occasion)
    if move.start_on <= occasion.today and successor.briefed_on is None:
        yield NotBriefed(move.start_on)


def share_in_reach(
    contract: Contract, move: Move, successor: Contract, occasion: Occasion
) -> Iterator[Refusal]:
    percent = int(occasion.law.rule("transfer.share", move.start_on).value["percent"])
    found = reach(contract, successor, occasion.law, move.end_on, percent)
    if not found.enough:
        needed = -(-found.needed // 60)
        yield ShareOutOfReach(found.done // 60, found.ahead // 60, needed, percent)


# Events


@dataclass(frozen=True)
class TransferCompleted(Event):
    """The last day here is `end_on`, the first there `start_on`. `days`, `practice_minutes`: the
    practice that goes along. `claims`: those that stay open here."""

    type = "transfer.completed"
    rule = "transfer.consent"
    tells = WHO_MOVES
    apart = frozenset({"transfer", "next_contract"})
    transfer: UUID
    kind: Destination
    receiver: str
    next_contract: UUID
    end_on: date
    start_on: date
    known_on: date
    days: int
    practice_minutes: int
    claims: tuple[UUID, ...] = ()

    def evolve(self, state: Contract) -> Contract:
        moves = changed(
            state.moves,
            self.transfer,
            outcome=Outcome.AGREED,
            closed_on=self.known_on,
            successor=self.next_contract,
        )
        [by] = [move.by for move in moves if move.id == self.transfer] or [Role.COLLEGE]
        end = End(by, GROUND, self.known_on, self.known_on)
        return replace(state, moves=moves, end_on=self.end_on, end=end)


@dataclass(frozen=True)
class CarriedOver(Event):
    """In the stream of the successor: what counts on from `predecessor`."""

    type = "transfer.carried_over"
    rule = "transfer.share"
    predecessor: UUID
    days: int
    practice_minutes: int
    qualification: str | None = None

    def evolve(self, state: Contract) -> Contract:
        practice = Carried(self.days, self.practice_minutes, self.qualification)
        return replace(state, succession=Succession(self.predecessor, practice))


# Commands


@dataclass(frozen=True)
class CompleteTransfer(ContractCommand):
    """Without `next_contract`: the contract that was drafted to take the place of this one. `claims`: those
    from this contract that are open; they stay so, and everybody knows."""

    type = "complete-transfer"
    by = frozenset({Role.COLLEGE, Role.RECEIVER})
    next_contract: UUID | None = None
    claims: tuple[UUID, ...] = ()

    def references(self, state: Contract) -> References:
        found = state.references
        return replace(found, successor=self.next_contract or found.successor)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.moved is not None and self.next_contract in {None, state.moved.successor}

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from one_open(state)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if (move := state.open_move) is None:
            return
        successor = occasion.facts.successor
        if strangers := [*fits(state, move, successor)]:
            yield from strangers
        yield from consents(state, move, None if strangers else successor)
        yield from disputed(state)
        if move.kind is Destination.COLLEGE and move.difference is None:
            yield ReceiverDecides(move.receiver)
        unnamed = {claim.id for claim in state.account.open_claims} - {*self.claims}
        if unnamed:
            yield ClaimsUnnamed(tuple(sorted(unnamed)))
        if successor is None or strangers:
            return
        if term := successor.terms.term:
            yield from gap(move.end_on, term.starts_on, occasion)
        yield from may_begin(state, move, successor, occasion)
        yield from share_in_reach(state, move, successor, occasion)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        move, today, successor = waiting(state), occasion.today, occasion.facts.successor
        if successor is None or successor.id is None or state.id is None:
            raise LookupError("the rules have found the successor")
        practice = carried(state, occasion.law, move.end_on)
        completed = TransferCompleted(
            transfer=move.id,
            kind=move.kind,
            receiver=move.receiver,
            next_contract=successor.id,
            end_on=move.end_on,
            start_on=move.start_on,
            known_on=today,
            days=practice.days,
            practice_minutes=practice.minutes,
            claims=tuple(claim.id for claim in state.account.open_claims),
        )
        over = CarriedOver(state.id, practice.days, practice.minutes, practice.qualification)
        return [
            completed,
            Ended(GROUND, move.end_on, today),
            *close_proposals(completed.evolve(state), "transfer"),
            On(successor.id, over),
            On(successor.id, Activated(move.start_on)),
        ]
