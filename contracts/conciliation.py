"""Conciliation: before anybody leaves, a breach is cured after all, or a mediator is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import EVERYBODY, LIVES, PARTIES, Contract
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import Cure, Event, NotParty, Occasion, Refusal
from contracts.parties import Role
from contracts.values import replace

WHO = PARTIES | {Role.REPRESENTATIVE}
STUDENT_SIDE = frozenset({Role.STUDENT, Role.REPRESENTATIVE})

# Refusals


@dataclass(frozen=True)
class NothingDemanded(Refusal):
    """That side was not asked to cure anything, or has done so."""

    type = "withdrawal.demand"
    code = "WIT-DEMAND"
    cures = (Cure(Role.STUDENT, "demand-cure", "demand-cure"),)
    against: Role


# Rules


def own(occasion: Occasion) -> Role:
    """The side for which the asker speaks."""
    return Role.STUDENT if occasion.role is Role.REPRESENTATIVE else occasion.role


def open_demands(contract: Contract, against: Role) -> frozenset[Role]:
    """Who waits for that side to cure a breach."""
    waiting = (each for each in contract.cure_demands if each.against is against and each.cured_on is None)
    return frozenset(Role.STUDENT if each.by is Role.REPRESENTATIVE else each.by for each in waiting)


# Events


@dataclass(frozen=True)
class BreachCured(Event):
    """Who demanded it says that the breach is cured: from `on` it is no ground any more."""

    type = "withdrawal.breach_cured"
    rule = "withdrawal.breach"
    tells = EVERYBODY
    by: Role
    against: Role
    on: date

    def evolve(self, state: Contract) -> Contract:
        spoken = STUDENT_SIDE if self.by in STUDENT_SIDE else {self.by}
        return replace(
            state,
            cure_demands=tuple(
                replace(each, cured_on=self.on)
                if each.against is self.against and each.by in spoken and each.cured_on is None
                else each
                for each in state.cure_demands
            ),
        )


@dataclass(frozen=True)
class MediatorAsked(Event):
    """`by`: the side that asked, on the day `on`."""

    type = "withdrawal.mediator_asked"
    rule = "withdrawal.mediation"
    tells = EVERYBODY - {Role.MENTOR}
    by: Role
    on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, mediators_asked=(*state.mediators_asked, (self.by, self.on)))


# Commands


@dataclass(frozen=True)
class ConfirmCure(ContractCommand):
    """The side `against` which it was demanded has cured its breach."""

    type = "confirm-cure"
    by = WHO
    states = LIVES
    against: Role

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        waiting = open_demands(state, self.against)
        if not waiting:
            yield NothingDemanded(self.against)
        elif own(occasion) not in waiting:
            yield NotParty(occasion.role, tuple(sorted(waiting)))

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [BreachCured(occasion.role, self.against, occasion.today)]


@dataclass(frozen=True)
class AskMediator(ContractCommand):
    """That a mediator was asked, on the day `on`: in some countries nobody leaves before."""

    type = "ask-mediator"
    by = WHO
    states = LIVES
    on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return (own(occasion), self.on) in state.mediators_asked

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [MediatorAsked(own(occasion), self.on)]
