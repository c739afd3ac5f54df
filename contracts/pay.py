"""Pay: the enterprise records what it has paid for a month."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.broken_month import due_for
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.dossier import Payment
from contracts.parties import Role
from contracts.pay_rules import in_contract
from contracts.terms import Compensation, PayKind
from contracts.values import replace
from contracts.week import first_day, month_of

# Refusals


@dataclass(frozen=True)
class OtherKind(Refusal):
    """`agreed`: what the contract names; None where it names nothing."""

    type = "pay.kind"
    code = "PAY-KIND"
    cures = (Cure(Role.ENTERPRISE, "pay-as-agreed", "record-pay"),)
    kind: PayKind
    agreed: PayKind | None


@dataclass(frozen=True)
class TooLittle(Refusal):
    """`due`: for the practice days of that month, by the plan. Tiyn."""

    type = "pay.less"
    code = "PAY-LESS"
    cures = (Cure(Role.ENTERPRISE, "pay-in-full", "record-pay"),)
    month: str
    amount: int
    due: int


@dataclass(frozen=True)
class PaidAlready(Refusal):
    """Recorded before, with another `amount`. Tiyn."""

    type = "pay.twice"
    code = "PAY-TWICE"
    cures = (Cure(Role.ENTERPRISE, "correct-entry"),)
    month: str
    amount: int


# Rules


def agreed_for(month: str, contract: Contract) -> Compensation | None:
    """What is agreed at the end of that month; of none of the contract, as the newest change leaves it."""
    first, term = first_day(month), contract.terms.term
    if first is None or term is None or (last := month_of(first)[1]) < term.starts_on:
        return contract.terms.compensation
    return contract.terms_on(last).compensation


# Events


@dataclass(frozen=True)
class PayRecorded(Event):
    """`amount`: tiyn, for `month`, as 2027-01."""

    type = "pay.recorded"
    rule = "pay.due"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE})
    month: str
    kind: PayKind
    amount: int

    def evolve(self, state: Contract) -> Contract:
        return replace(state, payments=(*state.payments, Payment(self.month, self.amount)))


# Commands


@dataclass(frozen=True)
class RecordPay(ContractCommand):
    """`month`: as 2027-01. `amount`: tiyn. Without `kind`: as the contract names it."""

    type = "record-pay"
    by = frozenset({Role.ENTERPRISE})
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    month: str
    amount: int
    kind: PayKind | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return Payment(self.month, self.amount) in state.payments

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        agreed, first = agreed_for(self.month, state), first_day(self.month)
        kind = self.kind or (agreed.kind if agreed else PayKind.COMPENSATION)
        if agreed is None or kind is not agreed.kind:
            yield OtherKind(kind, agreed.kind if agreed else None)
        for paid in state.payments:
            if paid.month == self.month:
                yield PaidAlready(self.month, paid.amount)
        if strangers := [*in_contract(self.month, state, occasion)]:
            yield from strangers
        elif (
            first
            and (due := due_for(state, occasion.law, first))
            and self.amount < (left := due.amount - state.account.set_off_of(self.month))
        ):
            yield TooLittle(self.month, self.amount, left)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (agreed := agreed_for(self.month, state)) is None:
            raise LookupError("the rules have found what is paid")
        return [PayRecorded(self.month, agreed.kind, self.amount)]
