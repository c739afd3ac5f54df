"""Pay, as the student sees it: it has come, or it has not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.broken_month import pay_by
from contracts.consequences import Outlook, Task
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.law import Law
from contracts.parties import Role
from contracts.pay_rules import in_contract
from contracts.values import replace
from contracts.week import first_day

OF_THE_STUDENT = frozenset({Role.STUDENT, Role.REPRESENTATIVE})

# Refusals


@dataclass(frozen=True)
class NotDue(Refusal):
    """`due_on`: the last day on which it may still be paid in time."""

    type = "pay.not-due"
    code = "PAY-NOT-DUE"
    cures = (Cure(Role.STUDENT, "wait-for-day"),)
    month: str
    due_on: date


@dataclass(frozen=True)
class NoneRecorded(Refusal):
    type = "pay.none"
    code = "PAY-NONE"
    cures = (Cure(Role.ENTERPRISE, "pay-in-full", "record-pay"),)
    month: str


@dataclass(frozen=True)
class HasCome(Refusal):
    """The student has said before that it has come."""

    type = "pay.come"
    code = "PAY-COME"
    cures = (Cure(Role.STUDENT, "correct-entry"),)
    month: str


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """A month that is said to be unpaid waits for the enterprise until it has recorded the pay."""
    missing = sorted(month for month in contract.training.unpaid if not contract.paid(month))
    return Outlook(tasks=tuple(_task(contract, law, month) for month in missing))


def _task(contract: Contract, law: Law, month: str) -> Task:
    first = first_day(month)
    by = pay_by(contract, law, first) if first else None
    return Task("pay-unpaid-month", (Role.ENTERPRISE,), "record-pay", by)


# Events


@dataclass(frozen=True)
class PayAcknowledged(Event):
    """The student has what was recorded for `month`, as 2027-01."""

    type = "pay.acknowledged"
    rule = "pay.due"
    tells = frozenset({Role.ENTERPRISE})
    month: str

    def evolve(self, state: Contract) -> Contract:
        training = state.training
        kept = replace(
            training,
            acknowledged=training.acknowledged | {self.month},
            unpaid=training.unpaid - {self.month},
        )
        return replace(state, training=kept)


@dataclass(frozen=True)
class PayReportedUnpaid(Event):
    """For `month`, as 2027-01, nothing has come although it was due."""

    type = "pay.reported_unpaid"
    rule = "pay.not-due"
    tells = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER})
    month: str
    by: Role

    def evolve(self, state: Contract) -> Contract:
        unpaid = state.training.unpaid | {self.month}
        return replace(state, training=replace(state.training, unpaid=unpaid))


# Commands


@dataclass(frozen=True)
class AcknowledgePay(ContractCommand):
    """`month`: as 2027-01."""

    type = "acknowledge-pay"
    by = OF_THE_STUDENT
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    month: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return self.month in state.training.acknowledged

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if strangers := [*in_contract(self.month, state, occasion)]:
            yield from strangers
        elif not state.paid(self.month):
            yield NoneRecorded(self.month)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [PayAcknowledged(self.month)]


@dataclass(frozen=True)
class ReportUnpaid(ContractCommand):
    """`month`: as 2027-01."""

    type = "report-unpaid"
    by = OF_THE_STUDENT
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    month: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return self.month in state.training.unpaid

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        first = first_day(self.month)
        if strangers := [*in_contract(self.month, state, occasion)]:
            yield from strangers
        elif first and (due_on := pay_by(state, occasion.law, first)) >= occasion.today:
            yield NotDue(self.month, due_on)
        if self.month in state.training.acknowledged:
            yield HasCome(self.month)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [PayReportedUnpaid(self.month, occasion.role)]
