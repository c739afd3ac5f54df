"""Mediation: both sides want the same mediator, who has a month. Who may mediate in a chamber's region."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.decision import DAY, Command, Cure, Decision, Event, Occasion, Refusal
from contracts.dispute import Dispute, Phase, side_of
from contracts.dispute import Mediation as Mediating
from contracts.dispute_rules import ANY_PARTY, EVERY_SIDE, DisputeCommand, counted, moved
from contracts.law import Law
from contracts.parties import Kind, Mediator, Organisation, References, Role
from contracts.values import replace


class Result(StrEnum):
    NO_AGREEMENT = "no_agreement"
    AGREEMENT = "agreement"
    """Its text is settled by a command of its own."""


# Refusals


@dataclass(frozen=True)
class NoMediator(Refusal):
    """Not in the register of the region's chamber, or somebody of a party: `of`."""

    type = "dispute.mediator"
    code = "DIS-MEDIATOR"
    cures = (Cure(Role.CHAMBER, "admit-mediator", "admit-mediator"),)
    of: Role | None = None


@dataclass(frozen=True)
class NotChamber(Refusal):
    type = "organisation.not-chamber"
    code = "ORG-NOT-CHAMBER"
    cures = (Cure(Role.CHAMBER, "ask-own-chamber", "admit-mediator"),)


# Rules


def outlook(dispute: Dispute, law: Law) -> Outlook:
    mediation = dispute.mediation
    if dispute.phase is Phase.ANSWERED and mediation and mediation.ends_by is None:
        waits = tuple(sorted(dispute.sides - mediation.agreed))
        return Outlook(tasks=(Task("agree-mediation", waits, "agree-mediation"),))
    if dispute.phase is not Phase.MEDIATION or mediation is None or mediation.ends_by is None:
        return Outlook()
    who = tuple(sorted(dispute.sides))
    return Outlook(
        deadlines=(Deadline("mediation", who, mediation.ends_by, "no-agreement", "dispute.mediation"),),
        tasks=(Task("mediate", who, "propose-settlement", mediation.ends_by),),
    )


def timers(dispute: Dispute) -> Iterator[Timer]:
    if dispute.phase is Phase.MEDIATION and dispute.mediation and dispute.mediation.ends_by:
        yield Timer("end-mediation", dispute.mediation.ends_by + DAY)


def somebody_of(person: UUID, occasion: Occasion) -> Role | None:
    """Whose person it is among those who stand around the contract; None: nobody's."""
    facts = occasion.facts
    student = facts.student
    if student and person == student.id:
        return Role.STUDENT
    if student and person in {each.representative for each in student.guardianships}:
        return Role.REPRESENTATIVE
    for role, organisation in ((Role.COLLEGE, facts.college), (Role.ENTERPRISE, facts.enterprise)):
        if organisation and organisation.mandate(person):
            return role
    enterprise = facts.enterprise.bin if facts.enterprise else None
    if facts.member and enterprise and facts.member.mentorship(enterprise):
        return Role.MENTOR
    return None


# Events


@dataclass(frozen=True)
class MediationAgreed(Event):
    """One of the sides wants this mediator."""

    type = "dispute.mediation_agreed"
    stream = "dispute"
    rule = "dispute.mediation"
    tells = EVERY_SIDE
    by: Role
    mediator: UUID

    def evolve(self, state: Dispute) -> Dispute:
        same = state.mediation and state.mediation.mediator == self.mediator
        agreed = state.mediation.agreed if state.mediation and same else frozenset()
        return replace(state, mediation=Mediating(self.mediator, agreed | {self.by}))


@dataclass(frozen=True)
class MediationStarted(Event):
    """Both have agreed in writing. The clock of the way to the commission and to court stands still."""

    type = "dispute.mediation_started"
    stream = "dispute"
    rule = "dispute.mediation"
    tells = EVERY_SIDE
    mediator: UUID
    started_on: date
    ends_by: date

    def evolve(self, state: Dispute) -> Dispute:
        mediation = Mediating(self.mediator, state.sides, self.ends_by)
        return replace(state, phase=Phase.MEDIATION, mediation=mediation, mediator=self.mediator)


@dataclass(frozen=True)
class MediationEnded(Event):
    type = "dispute.mediation_ended"
    stream = "dispute"
    rule = "dispute.mediation"
    tells = EVERY_SIDE
    result: Result

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.ANSWERED, mediation=None)


@dataclass(frozen=True)
class MediatorAdmitted(Event):
    """Somebody may mediate in the region, by the entry in the register; up to `until`, the last day."""

    type = "organisation.mediator_admitted"
    stream = "organisation"
    mediator: Mediator

    def evolve(self, state: Organisation) -> Organisation:
        others = tuple(each for each in state.mediators if each.person != self.mediator.person)
        return replace(state, mediators=(*others, self.mediator))


# Commands


@dataclass(frozen=True)
class AgreeMediation(DisputeCommand):
    """Each side says it for itself; with the second that names the same mediator, mediation begins."""

    type = "agree-mediation"
    by = ANY_PARTY
    sides = True
    phases = frozenset({Phase.ANSWERED})
    mediator: UUID

    def references(self, state: Dispute) -> References:
        return replace(state.references, member=self.mediator)

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        found = state.mediation
        return found is not None and (found.mediator, side_of(occasion.role) in found.agreed) == (
            self.mediator,
            True,
        )

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        chamber = occasion.facts.chamber
        listed = chamber is not None and any(
            each.person == self.mediator and each.holds_on(occasion.today) for each in chamber.mediators
        )
        whose = somebody_of(self.mediator, occasion)
        if not listed or whose:
            yield NoMediator(whose)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        agreed = MediationAgreed(side_of(occasion.role), self.mediator)
        after = agreed.evolve(state)
        if after.mediation is None or state.sides - after.mediation.agreed:
            return [agreed]
        until = counted(occasion, "dispute.mediation", occasion.today)
        return [agreed, *moved(after, MediationStarted(self.mediator, occasion.today, until))]


@dataclass(frozen=True)
class EndMediation(DisputeCommand):
    """Mediation is voluntary: each side may end it. Issued by the timer when its last day is over."""

    type = "end-mediation"
    by = ANY_PARTY | {Role.DEADLINE}
    sides = True
    phases = frozenset({Phase.MEDIATION})
    result: Result = Result.NO_AGREEMENT

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        if occasion.role is not Role.DEADLINE:
            return False
        until = state.mediation.ends_by if state.mediation else None
        return state.phase is not Phase.MEDIATION or until is None or until >= occasion.today

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        return moved(state, MediationEnded(self.result))


@dataclass(frozen=True)
class AdmitMediator(Command):
    """By the chamber of a region, of whom its sides may choose. `register_no`: the entry in the register of
    mediators."""

    type = "admit-mediator"
    stream = "organisation"
    by = frozenset({Role.CHAMBER})
    person: UUID
    register_no: str
    until: date | None = None

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return self._mediator() in state.mediators

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        acting = occasion.facts.acting
        if state.kind is not Kind.CHAMBER or acting is None or acting.bin != state.bin:
            yield NotChamber()

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [MediatorAdmitted(self._mediator())]

    def _mediator(self) -> Mediator:
        return Mediator(self.person, self.register_no, self.until)
