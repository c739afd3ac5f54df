"""Complaint: one side names what it disputes, point by point, and the other side answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import IN_FORCE, PARTIES, Contract, Parties, State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import Command, Cure, Decision, Event, Occasion, On, Refusal, Text
from contracts.dispute import Dispute, Phase, side_of
from contracts.dispute_effects import opened as on_claim
from contracts.dispute_marks import DisputeOpenedHere
from contracts.dispute_rules import (
    ANY_PARTY,
    NotSide,
    PointMissing,
    counted,
)
from contracts.formation_rules import UnknownParty
from contracts.parties import References, Role
from contracts.points import OF_CLAIMS, Matter, Point
from contracts.terms import CLAUSES, Status
from contracts.values import replace

TOLD = ANY_PARTY | {Role.CHAMBER}
CONCLUDED = IN_FORCE | {State.SIGNED, State.ENDED, State.COMPLETED}
ANSWERABLE = frozenset({Phase.COMPLAINT, Phase.ANSWERED})

# Refusals


@dataclass(frozen=True)
class SamePoint(Refusal):
    """Another dispute about the same is open. `points`: numbers of the complaint, from 1."""

    type = "dispute.same"
    code = "DIS-SAME"
    cures = (
        Cure(Role.STUDENT, "join-dispute", "submit-evidence"),
        Cure(Role.ENTERPRISE, "join-dispute", "submit-evidence"),
    )
    dispute: UUID
    points: tuple[int, ...]


@dataclass(frozen=True)
class ComplaintLate(Refusal):
    """`last`: the last day for it, counted from the day on which the violation was known."""

    type = "dispute.late"
    code = "DIS-LATE"
    cures = (
        Cure(Role.STUDENT, "ask-for-time", "complain"),
        Cure(Role.ENTERPRISE, "ask-for-time", "complain"),
        Cure(Role.COLLEGE, "ask-for-time", "complain"),
    )
    known_on: date
    last: date


# Rules


def last_day(contract: Contract, points: tuple[Point, ...], known_on: date, occasion: Occasion) -> date:
    """Until when it may be brought: for a trainee within the limitation; an employee has a year to go to the
    commission, and a month where it is about being taken back (LC 160)."""
    standing = contract.terms_on(known_on).standing
    if standing is None or standing.status is not Status.EMPLOYEE:
        return counted(occasion, "limitation.general", known_on)
    about_end = any(point.matter is Matter.END for point in points)
    return counted(occasion, "dispute.apply-end" if about_end else "dispute.apply", known_on)


def is_there(point: Point, contract: Contract, claim: UUID | None) -> bool:
    if not point.whole:
        return False
    if point.matter in OF_CLAIMS:
        made = [each for each in contract.account.claims if each.id == claim]
        return bool(made) and (point.item is None or point.item in made[0].items)
    if point.clause and getattr(contract.terms, CLAUSES[point.clause].field) is None:
        return False
    if point.entry is not None and not 0 < point.entry <= contract.version:
        return False
    return point.matter is not Matter.END or contract.end_on is not None


# Events


@dataclass(frozen=True)
class Opened(Event):
    """`number`: of the contract. `asks`: commitment of what is asked. `excuse`: of why it comes late; the
    commission says whether that was a reason."""

    type = "dispute.opened"
    stream = "dispute"
    rule = "dispute.answer"
    tells = TOLD
    apart = frozenset({"contract", "claim", "asks", "excuse"})
    contract: UUID
    number: str
    parties: Parties
    by: Role
    against: Role
    points: tuple[Point, ...]
    asks: str
    opened_on: date
    answer_by: date
    known_on: date
    debtors: tuple[Role, ...] = ()
    claim: UUID | None = None
    excuse: str | None = None

    def evolve(self, state: Dispute) -> Dispute:
        return replace(
            state,
            contract=self.contract,
            claim=self.claim,
            number=self.number,
            parties=self.parties,
            opened_by=self.by,
            against=self.against,
            points=self.points,
            debtors=frozenset(self.debtors),
            opened_on=self.opened_on,
            answer_by=self.answer_by,
            phase=Phase.COMPLAINT,
        )


# Commands


@dataclass(frozen=True)
class Complain(Command):
    """About a contract, and where `claim` is named about that claim. `known_on`: when the violation became
    known. `excuse`: why it comes after its last day."""

    type = "complain"
    stream = "dispute"
    begins = True
    by = ANY_PARTY
    contract: UUID
    against: Role
    points: tuple[Point, ...]
    asks: Text
    known_on: date
    claim: UUID | None = None
    excuse: Text | None = None

    def references(self, state: Dispute) -> References:
        return References(contract=self.contract, claim=self.claim)

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        own, contract = side_of(occasion.role), about(occasion)
        if contract.state not in CONCLUDED:
            yield WrongState(contract.state, tuple(sorted(CONCLUDED)))
            return
        if self.against not in PARTIES - {own}:
            yield NotSide(self.against, tuple(sorted(PARTIES - {own})))
        if self.known_on > occasion.today:
            yield NotYet(self.known_on, occasion.today)
        else:
            yield from self._in_time(contract, occasion)
        lost = tuple(
            number for number, point in enumerate(self.points, 1) if not is_there(point, contract, self.claim)
        )
        if lost or not self.points:
            yield PointMissing(lost)
        if self.claim and self.claim not in {made.id for made in contract.account.open_claims}:
            yield UnknownParty(("claim",))
        yield from self._once(contract)

    def _in_time(self, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
        last = last_day(contract, self.points, self.known_on, occasion)
        if occasion.today > last and not (self.excuse and self.excuse.strip()):
            yield ComplaintLate(self.known_on, last)

    def _once(self, contract: Contract) -> Iterator[Refusal]:
        for dispute in contract.open_disputes:
            same = tuple(
                number
                for number, point in enumerate(self.points, 1)
                if point in dispute.points and (point.matter not in OF_CLAIMS or dispute.claim == self.claim)
            )
            if same:
                yield SamePoint(dispute.id, same)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        contract, claim, today = about(occasion), occasion.facts.claim, occasion.today
        if contract.parties is None or contract.number is None:
            raise LookupError("whoever may complain is a party to a contract that was drafted")
        opened = Opened(
            contract=self.contract,
            number=contract.number,
            parties=contract.parties,
            by=side_of(occasion.role),
            against=self.against,
            points=self.points,
            asks=occasion.sealed["asks"],
            opened_on=today,
            answer_by=counted(occasion, "dispute.answer", today),
            known_on=self.known_on,
            debtors=tuple(sorted(claim.debtors)) if claim else (),
            claim=self.claim,
            excuse=occasion.sealed.get("excuse"),
        )
        here = DisputeOpenedHere(occasion.fresh, opened.by, self.points, today, opened.answer_by, self.claim)
        return [opened, On(self.contract, here), *on_claim(claim, opened.by, occasion)]


def about(occasion: Occasion) -> Contract:
    """The contract that is disputed."""
    if occasion.facts.contract is None:
        raise LookupError("whoever may complain about a contract has one")
    return occasion.facts.contract
