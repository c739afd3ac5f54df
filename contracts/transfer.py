"""Transfer: a student is to go to another college or enterprise from a day on, and a contract there takes the
place of this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.moving import LEFT, Destination, Difference, Move, changed
from contracts.parties import Kind, References, Role
from contracts.succession import WHO_MOVES, gap
from contracts.transfer_rules import (
    WHO_ASKS,
    ReceiverDecides,
    answer_by,
    disputed,
    in_window,
    one_open,
    side,
    silence_releases,
    waiting,
    window,
)
from contracts.values import replace

ASK_AGAIN = (Cure(Role.COLLEGE, "request-transfer", "request-transfer"),)

# Refusals


@dataclass(frozen=True)
class WindowClosed(Refusal):
    """The next holidays in which it may be asked for: first and last day."""

    type = "transfer.window"
    code = "TRA-WINDOW"
    cures = (
        Cure(Role.COLLEGE, "next-window", "request-transfer"),
        Cure(Role.COLLEGE, "exception", "request-transfer"),
    )
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class NothingChanges(Refusal):
    type = "transfer.same"
    code = "TRA-SAME"
    cures = (Cure(Role.COLLEGE, "name-other-side", "request-transfer"),)
    kind: Destination
    receiver: str


@dataclass(frozen=True)
class ByAddendum(Refusal):
    """The parties stay the same, so the contract goes on with other clauses."""

    type = "transfer.addendum"
    code = "TRA-ADDENDUM"
    cures = (Cure(Role.COLLEGE, "addendum"), Cure(Role.ENTERPRISE, "addendum"))
    kind: Destination


@dataclass(frozen=True)
class AnotherOpen(Refusal):
    type = "transfer.open"
    code = "TRA-OPEN"
    cures = (Cure(Role.COLLEGE, "cancel-transfer", "cancel-transfer"),)
    receiver: str
    end_on: date


@dataclass(frozen=True)
class EndOutside(Refusal):
    """The last day here leaves the party that is left its days to answer, and lies before the contract's."""

    type = "transfer.end"
    code = "TRA-END"
    cures = (Cure(Role.COLLEGE, "day-within", "request-transfer"),)
    end_on: date
    earliest: date
    latest: date | None


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """Who has yet to let the student go, then what is still to be done before the first day there."""
    if (move := contract.open_move) is None:
        return Outlook()
    steps = [_release(move)] if move.waits_for else [_completion(move)]
    tasks = [task for _, task in steps]
    if move.kind is Destination.COLLEGE and move.difference is None:
        who, name = (Role.RECEIVER,), "set-academic-difference"
        tasks.append(Task(name, who, name, move.end_on, move.id))
    if move.escalated:
        tasks.append(Task("settle-transfer", (move.by,), "cancel-transfer", None, move.id))
    return Outlook(
        deadlines=tuple(deadline for deadline, _ in steps),
        tasks=tuple(tasks),
        stays=("contract-until-transfer",),
    )


def _release(move: Move) -> tuple[Deadline, Task]:
    silence = "silence-releases" if move.silence_releases else "transfer-escalates"
    who, until = tuple(sorted(move.waits_for)), move.answer_by
    return (
        Deadline("answer-transfer", who, until, silence, "transfer.release", move.id),
        Task("answer-transfer", who, "accept-transfer", until, move.id),
    )


def _completion(move: Move) -> tuple[Deadline, Task]:
    who, name = (Role.COLLEGE,), "complete-transfer"
    return (
        Deadline(name, who, move.end_on, "contract-goes-on", "transfer.consent", move.id),
        Task(name, who, name, move.end_on, move.id),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    move = contract.open_move
    if move and move.waits_for and not move.escalated:
        command = "deem-released" if move.silence_releases else "escalate-transfer"
        yield Timer(command, move.answer_by + DAY, move.id)


# Events


@dataclass(frozen=True)
class TransferRequested(Event):
    """`receiver`: BIN. `answer_by`: for the party left; `silence_releases`: what its silence means."""

    type = "transfer.requested"
    rule = "transfer.release"
    tells = WHO_MOVES
    apart = frozenset({"transfer", "reason"})
    transfer: UUID
    kind: Destination
    by: Role
    receiver: str
    end_on: date
    start_on: date
    answer_by: date
    requested_on: date
    silence_releases: bool
    exception_no: str | None = None
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        move = Move(
            id=self.transfer,
            kind=self.kind,
            by=self.by,
            receiver=self.receiver,
            end_on=self.end_on,
            start_on=self.start_on,
            answer_by=self.answer_by,
            requested_on=self.requested_on,
            silence_releases=self.silence_releases,
            accepted=frozenset({side(self.by)}),
        )
        return replace(state, moves=(*state.moves, move))


@dataclass(frozen=True)
class DifferenceSet(Event):
    """The receiving college says what is to be made up for; it may be nothing."""

    type = "transfer.difference_set"
    rule = "transfer.receiver"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE})
    apart = frozenset({"transfer"})
    transfer: UUID
    modules: tuple[str, ...]
    hours: int

    def evolve(self, state: Contract) -> Contract:
        difference = Difference(self.modules, self.hours)
        return replace(state, moves=changed(state.moves, self.transfer, difference=difference))


# Commands


@dataclass(frozen=True)
class RequestTransfer(ContractCommand):
    """`receiver`: BIN of the other college or enterprise. `exception_no`: of the paper that lets a student
    move outside the holidays."""

    type = "request-transfer"
    by = WHO_ASKS
    states = frozenset({State.ACTIVE, State.SUSPENDED})
    kind: Destination
    receiver: str
    end_on: date
    start_on: date
    reason: Text | None = None
    exception_no: str | None = None

    def references(self, state: Contract) -> References:
        return replace(state.references, receiver=self.receiver)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        move = state.open_move
        asked = (self.kind, self.receiver, self.end_on, self.start_on)
        return move is not None and (move.kind, move.receiver, move.end_on, move.start_on) == asked

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.kind not in LEFT:
            yield ByAddendum(self.kind)
            return
        if move := state.open_move:
            yield AnotherOpen(move.receiver, move.end_on)
        if state.parties and self.receiver == getattr(state.parties, LEFT[self.kind].value):
            yield NothingChanges(self.kind, self.receiver)
        receiver = occasion.facts.receiver
        if receiver is None or receiver.kind != Kind(self.kind.value):
            yield UnknownParty((self.kind.value,))
        yield from disputed(state)
        if not self.exception_no and not in_window(self.kind, occasion.law, occasion.today):
            yield WindowClosed(*window(occasion.law, occasion.today))
        yield from self._days(state, occasion)

    def _days(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        law, today = occasion.law, occasion.today
        asks_itself = side(occasion.role) is LEFT[self.kind]
        earliest = today if asks_itself else answer_by(law, today)
        latest = state.last_day - DAY if state.last_day else None
        if self.end_on < earliest or (latest and self.end_on > latest):
            yield EndOutside(self.end_on, earliest, latest)
        yield from gap(self.end_on, self.start_on, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        today = occasion.today
        requested = TransferRequested(
            transfer=occasion.fresh,
            kind=self.kind,
            by=occasion.role,
            receiver=self.receiver,
            end_on=self.end_on,
            start_on=self.start_on,
            answer_by=answer_by(occasion.law, today),
            requested_on=today,
            silence_releases=silence_releases(state, today),
            exception_no=self.exception_no,
            reason=occasion.sealed.get("reason"),
        )
        return [requested]


@dataclass(frozen=True)
class SetAcademicDifference(ContractCommand):
    """`modules` by their codes, `hours` in all; neither where nothing has to be made up for."""

    type = "set-academic-difference"
    by = frozenset({Role.RECEIVER, Role.COLLEGE})
    modules: tuple[str, ...] = ()
    hours: int = 0

    def already(self, state: Contract, occasion: Occasion) -> bool:
        move = state.open_move
        return move is not None and move.difference == Difference(self.modules, self.hours)

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from one_open(state)
        if occasion.role is not Role.RECEIVER and (move := state.open_move):
            yield ReceiverDecides(move.receiver if move.kind is Destination.COLLEGE else None)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [DifferenceSet(waiting(state).id, self.modules, self.hours)]
