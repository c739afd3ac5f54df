"""What a dispute leaves in the stream of its contract, so that decisions there know what is frozen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import Contract, State
from contracts.decision import Event, Occasion
from contracts.dispute import Closing, Dispute
from contracts.parties import Role
from contracts.places import Hold
from contracts.points import Disputed, Point
from contracts.values import replace

# Rules


def restorable(dispute: Dispute, occasion: Occasion) -> bool:
    """Whether the contract can go on as if it had not ended: its term runs, and the student has no other."""
    contract = occasion.facts.contract
    if contract is None or contract.end is None or contract.parties is None or contract.id is None:
        return False
    if contract.terms.term is None or contract.terms.term.ends_on < occasion.today:
        return False
    student = str(contract.parties.student)
    wanted = Hold("student", student, contract.id, occasion.today, contract.terms.term.ends_on)
    return not occasion.facts.held_by_others(wanted)


def _with(contract: Contract, dispute: UUID, change: Callable[[Disputed], Disputed]) -> Contract:
    found = tuple(change(each) if each.id == dispute else each for each in contract.disputes)
    return replace(contract, disputes=found)


# Events


@dataclass(frozen=True)
class DisputeOpenedHere(Event):
    """From now on these points stay as they are."""

    type = "contract.dispute_opened"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID
    by: Role
    points: tuple[Point, ...]
    since: date
    until: date | None = None
    claim: UUID | None = None

    def evolve(self, state: Contract) -> Contract:
        opened = Disputed(self.dispute, self.by, self.points, self.since, self.until, self.claim)
        return replace(state, disputes=(*state.disputes, opened))


@dataclass(frozen=True)
class DisputeMovedHere(Event):
    """It is in another step, which lasts until then; None: no day is set."""

    type = "contract.dispute_moved"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID
    until: date | None = None

    def evolve(self, state: Contract) -> Contract:
        return _with(state, self.dispute, lambda found: replace(found, until=self.until))


@dataclass(frozen=True)
class DisputeClosedHere(Event):
    """Nothing is frozen by it any more."""

    type = "contract.dispute_closed"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID
    closing: Closing

    def evolve(self, state: Contract) -> Contract:
        return _with(state, self.dispute, lambda found: replace(found, closed=True, until=None))


@dataclass(frozen=True)
class DisputeReopenedHere(Event):
    """The time to appeal was given anew: the same points stay as they are again."""

    type = "contract.dispute_reopened"
    rule = "contract.frozen"
    apart = frozenset({"dispute"})
    dispute: UUID
    until: date | None = None

    def evolve(self, state: Contract) -> Contract:
        return _with(state, self.dispute, lambda found: replace(found, closed=False, until=self.until))


@dataclass(frozen=True)
class EndAnnulled(Event):
    """The end was found to be without ground: the contract goes on."""

    type = "contract.end_annulled"
    rule = "withdrawal.dispute-hold"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER})
    apart = frozenset({"dispute"})
    dispute: UUID
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.ACTIVE, end_on=None, end=None)

    @property
    def effective_on(self) -> date:
        return self.from_on
