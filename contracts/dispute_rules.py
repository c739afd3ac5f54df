"""What every wish about a dispute is asked first, and the refusals that its steps share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.contract import PARTIES
from contracts.decision import Command, Cure, Event, Occasion, On, Refusal
from contracts.dispute import Dispute, Phase, Portion, side_of
from contracts.dispute_marks import DisputeMovedHere
from contracts.parties import Role

ANY_PARTY = PARTIES | {Role.REPRESENTATIVE}
EVERY_SIDE = ANY_PARTY | {Role.CHAMBER}

# Refusals


@dataclass(frozen=True)
class NotSide(Refusal):
    """Only those whose dispute it is."""

    type = "dispute.party"
    code = "DIS-PARTY"
    cures = (Cure(Role.STUDENT, "own-dispute", "complain"), Cure(Role.ENTERPRISE, "own-dispute", "complain"))
    role: Role
    sides: tuple[Role, ...]


@dataclass(frozen=True)
class WrongPhase(Refusal):
    type = "dispute.phase"
    code = "DIS-PHASE"
    cures = (
        Cure(Role.STUDENT, "next-step", "refer-to-commission"),
        Cure(Role.ENTERPRISE, "next-step", "refer-to-commission"),
    )
    phase: Phase | None
    needs: tuple[Phase, ...]


@dataclass(frozen=True)
class PointMissing(Refusal):
    """`points`: numbers, from 1, of those that name nothing that is there; none: there is no point at all."""

    type = "dispute.point"
    code = "DIS-POINT"
    cures = (
        Cure(Role.STUDENT, "name-point", "complain"),
        Cure(Role.ENTERPRISE, "name-point", "complain"),
        Cure(Role.COLLEGE, "name-point", "complain"),
    )
    points: tuple[int, ...]


# Rules


class DisputeCommand(Command):
    """A wish about a dispute. `phases`: in which it may be had. `sides`: whether only the two may have it.
    `concerned`: or whoever else owes a share of the claim."""

    stream = "dispute"
    phases: ClassVar[frozenset[Phase]] = frozenset()
    sides: ClassVar[bool] = False
    concerned: ClassVar[bool] = False

    @classmethod
    def fits(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        may = state.concerned if cls.concerned else state.sides
        if (cls.sides or cls.concerned) and occasion.role in ANY_PARTY and side_of(occasion.role) not in may:
            yield NotSide(occasion.role, tuple(sorted(may)))
        elif state.phase not in cls.phases:
            yield WrongPhase(state.phase, tuple(sorted(cls.phases)))


def counted(occasion: Occasion, rule: str, after: date) -> date:
    """The last day of what that rule gives, from the day after."""
    return occasion.law.end_of(occasion.law.rule(rule, after).value, after).last


def moved(state: Dispute, event: Event) -> list[Event | On]:
    """The event, and in the contract how long the step lasts in which the dispute then is."""
    after = event.evolve(state)
    return [event, On(contract_of(state), DisputeMovedHere(own_id(state), after.until))]


def own_id(state: Dispute) -> UUID:
    """Raises LookupError for a stream that has none."""
    if state.id is None:
        raise LookupError("a dispute keeps its id")
    return state.id


def contract_of(state: Dispute) -> UUID:
    if state.contract is None:
        raise LookupError("a dispute begins with its contract")
    return state.contract


def shared(shares: tuple[Portion, ...], state: Dispute) -> bool:
    """Each debtor is named once, or none is."""
    return not shares or sorted(share.debtor for share in shares) == sorted(state.debtors)


def appeal_by(dispute: Dispute) -> date:
    """The last day to appeal, which may have been given anew. Raises LookupError."""
    if dispute.appeal_by is None:
        raise LookupError("nothing is decided")
    return dispute.appeal_by
