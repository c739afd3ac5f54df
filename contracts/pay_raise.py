"""A raise: the enterprise pays more from a day on, by itself, since it takes nothing from anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.amendment_rules import NotAmendable, agreed_from, free, not_closed, wanted
from contracts.contract import Contract, State
from contracts.contract_rules import Backdated, ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.parties import Role
from contracts.terms import ClauseId, Compensation, PayKind, Status, Terms
from contracts.values import replace


@dataclass(frozen=True)
class PayStep:
    """Tiyn for a month in which every planned practice day was done, from a day on."""

    from_on: date
    monthly: int


# Refusals


@dataclass(frozen=True)
class NoRaise(Refusal):
    """`in_force`: what holds on that day. Tiyn."""

    type = "pay.lower"
    code = "PAY-LOWER"
    cures = (
        Cure(Role.ENTERPRISE, "raise-more", "raise-pay"),
        Cure(Role.ENTERPRISE, "lower-by-agreement", "propose-amendment"),
    )
    from_on: date
    amount: int
    in_force: int


# Rules


def raised(contract: Contract, step: PayStep) -> Compensation:
    """With the pay day and the kind that were agreed; of a contract without pay, as the standing is."""
    terms = contract.terms_on(step.from_on)
    if terms.compensation:
        return replace(terms.compensation, monthly=step.monthly)
    employee = terms.standing is not None and terms.standing.status is Status.EMPLOYEE
    return Compensation(PayKind.WAGE if employee else PayKind.COMPENSATION, step.monthly)


# Events


@dataclass(frozen=True)
class PayRaised(Event):
    type = "pay.raised"
    rule = "pay.lower"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE})
    waits = True
    compensation: Compensation
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, compensation=self.compensation))

    def announce(self, state: Contract) -> Contract:
        return agreed_from(state, self.from_on, Terms(compensation=self.compensation), ())

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class RaisePay(ContractCommand):
    """`steps`: from which day on how much; also from a day that has passed."""

    type = "raise-pay"
    by = frozenset({Role.ENTERPRISE})
    touches = frozenset({ClauseId.COMPENSATION})
    states = frozenset({State.SIGNED, State.ACTIVE, State.SUSPENDED, State.ENDING, State.COMPLETING})
    steps: tuple[PayStep, ...]

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return all(state.terms_on(step.from_on).compensation == raised(state, step) for step in self.steps)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from free(frozenset({ClauseId.COMPENSATION}), state)
        for step in self._in_order():
            yield from self._step(state, step)
            state = PayRaised(raised(state, step), step.from_on).evolve(state)

    def _step(self, state: Contract, step: PayStep) -> Iterator[Refusal]:
        """Within the contract, after the last paid month, and more than what holds on that day."""
        first, last = state.terms.term.starts_on if state.terms.term else None, state.last_day
        if first and step.from_on < first:
            yield Backdated(step.from_on, first)
            return
        if last and step.from_on > last:
            yield NotAmendable(step.from_on, last)
        agreed = state.terms_on(step.from_on).compensation
        if step.monthly <= (least := agreed.monthly if agreed else 0):
            yield NoRaise(step.from_on, step.monthly, least)
        change = Terms(compensation=raised(state, step))
        yield from not_closed(wanted(state, change, (), step.from_on), state)

    def _in_order(self) -> list[PayStep]:
        return sorted(self.steps, key=lambda step: step.from_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found: list[Event] = []
        for step in self._in_order():
            event = PayRaised(raised(state, step), step.from_on)
            state = event.evolve(state)
            found.append(event)
        return found
