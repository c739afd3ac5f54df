"""A claim against a student and what the enterprise owes the student: a deduction from a wage, at most half
of it, or a compensation that is set off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.arithmetic import Deduction, deduction
from contracts.broken_month import due_for, pay_by
from contracts.claim import Claim, Debt, Parts, Settlement, Way, owing, with_settlement
from contracts.claim_rules import BOTH, TOLD, ClaimCommand, MoreThanOwed, NotDue, after, held, parts_of
from contracts.contract import Contract
from contracts.decision import DAY, Cure, Decision, Event, Occasion, On, Refusal
from contracts.dossier import Payment
from contracts.formation_rules import UnknownParty
from contracts.late_interest import counted
from contracts.parties import Role
from contracts.pay_rules import in_contract
from contracts.steps import Step
from contracts.terms import PayKind
from contracts.values import replace
from contracts.week import first_day

# Refusals


@dataclass(frozen=True)
class OverHalf(Refusal):
    """Tiyn. `most`: what may still be deducted from that month's wage."""

    type = "claim.half"
    code = "CLM-HALF"
    cures = (
        Cure(Role.ENTERPRISE, "deduct-less", "deduct-from-pay"),
        Cure(Role.ENTERPRISE, "agree-on-rest", "agree-instalments"),
    )
    month: str
    wage: int
    amount: int
    most: int


@dataclass(frozen=True)
class NoWage(Refusal):
    """A trainee gets no wage, so there is nothing to deduct from."""

    type = "claim.trainee"
    code = "CLM-TRAINEE"
    cures = (
        Cure(Role.ENTERPRISE, "set-off-instead", "set-off"),
        Cure(Role.ENTERPRISE, "agree-on-rest", "agree-instalments"),
    )
    kind: PayKind | None


@dataclass(frozen=True)
class NotTheSameKind(Refusal):
    """A wage is not set off; it may be deducted from."""

    type = "claim.kind"
    code = "CLM-KIND"
    cures = (Cure(Role.ENTERPRISE, "deduct-instead", "deduct-from-pay"),)
    kind: PayKind | None


# Rules


def pay_of(contract: Contract | None, month: str, occasion: Occasion) -> int | None:
    """What is due for that month, less what was set off or paid for it. None: it has no such month."""
    first = first_day(month)
    if contract is None or first is None or [*in_contract(month, contract, occasion)]:
        return None
    due = due_for(contract, occasion.law, first)
    if due is None or contract.paid(month):
        return 0
    return due.amount - contract.account.set_off_of(month)


def kind_of(contract: Contract | None) -> PayKind | None:
    pay = contract.terms.compensation if contract else None
    return pay.kind if pay else None


def with_interest(claim: Claim, occasion: Occasion) -> tuple[list[Event], Debt]:
    interest = [*counted(claim, owing(claim, Role.STUDENT), occasion.law, occasion.today)]
    return interest, owing(after(claim, interest), Role.STUDENT)


def against_student(claim: Claim, month: str, occasion: Occasion) -> Iterator[Refusal]:
    if claim.debt(Role.STUDENT) is None or claim.creditor is not Role.ENTERPRISE:
        yield UnknownParty(("debtor",))
    elif occasion.facts.contract:
        yield from in_contract(month, occasion.facts.contract, occasion)


# Events


@dataclass(frozen=True)
class PayDeducted(Event):
    """From the wage of a month. Tiyn. `carried`: what was wanted beyond the half that may be taken."""

    type = "claim.deducted"
    rule = "claim.half"
    stream = "claim"
    tells = TOLD
    apart = frozenset({"payment"})
    payment: UUID
    debtor: Role
    month: str
    amount: int
    on: date
    parts: Parts
    steps: tuple[Step, ...]
    carried: int = 0

    def evolve(self, state: Claim) -> Claim:
        made = Settlement(self.payment, self.debtor, Way.DEDUCTION, self.on, self.parts, self.month)
        return with_settlement(state, made)


@dataclass(frozen=True)
class ClaimSetOff(Event):
    """One declaration is enough where both are due and of one kind (CC 370). Tiyn. `by`: who declared it."""

    type = "claim.set_off"
    rule = "claim.not-due"
    stream = "claim"
    tells = TOLD
    apart = frozenset({"payment"})
    payment: UUID
    debtor: Role
    by: Role
    month: str
    amount: int
    on: date
    parts: Parts
    steps: tuple[Step, ...]

    def evolve(self, state: Claim) -> Claim:
        made = Settlement(self.payment, self.debtor, Way.SET_OFF, self.on, self.parts, self.month)
        return with_settlement(state, made)


@dataclass(frozen=True)
class PaySetOff(Event):
    """In the contract's stream: so much of the month's pay is settled. Tiyn."""

    type = "pay.set_off"
    rule = "claim.not-due"
    apart = frozenset({"claim"})
    claim: UUID
    month: str
    amount: int

    def evolve(self, state: Contract) -> Contract:
        account = state.account
        set_off = (*account.set_off, Payment(self.month, self.amount))
        return replace(state, account=replace(account, set_off=set_off))


# Commands


@dataclass(frozen=True)
class DeductFromPay(ClaimCommand):
    """From the wage of a `month`, as 2027-01. Tiyn; None: what is wanted, as far as half the wage reaches."""

    type = "deduct-from-pay"
    by = frozenset({Role.ENTERPRISE})
    creditors = True
    collects = True
    month: str
    amount: int | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return self.amount == 0

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        contract = occasion.facts.contract
        if unknown := [*against_student(state, self.month, occasion)]:
            yield from unknown
            return
        if (kind := kind_of(contract)) is not PayKind.WAGE:
            yield NoWage(kind)
            return
        found, (_, debt) = self._found(state, occasion), with_interest(state, occasion)
        wage = found[0] if found else 0
        most = deduction(wage, wage, self._percent(occasion), self._taken(state)).deducted
        if (amount := self.amount or 0) > most or not most:
            yield OverHalf(self.month, wage, amount, most)
        elif amount > debt.owed:
            yield MoreThanOwed(amount, debt.owed, amount - debt.owed)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        if (found := self._found(state, occasion)) is None:
            raise LookupError("the rules have found the month")
        wage, taken = found
        interest, debt = with_interest(state, occasion)
        amount = self.amount or min(taken.deducted, debt.owed)
        steps = (
            Step("wage", wage, "tiyn"),
            Step("percent", self._percent(occasion), "percent"),
            Step("deducted", amount, "tiyn"),
            Step("carried-over", taken.carried_over, "tiyn"),
            Step("paid-out", wage - self._taken(state) - amount, "tiyn"),
        )
        made = PayDeducted(
            payment=occasion.fresh,
            debtor=Role.STUDENT,
            month=self.month,
            amount=amount,
            on=occasion.today,
            parts=parts_of(debt, amount, occasion.law, occasion.today),
            steps=steps,
            carried=taken.carried_over,
        )
        return [*interest, made]

    def _found(self, state: Claim, occasion: Occasion) -> tuple[int, Deduction] | None:
        """The month's wage, and what is taken of what is wanted: the next instalment, or all that is owed."""
        contract, first = occasion.facts.contract, first_day(self.month)
        due = due_for(contract, occasion.law, first) if contract and first else None
        if due is None or pay_of(contract, self.month, occasion) is None:
            return None
        debt = with_interest(state, occasion)[1]
        wanted = debt.next_instalment.amount if debt.rests and debt.next_instalment else debt.owed
        return due.amount, deduction(due.amount, wanted, self._percent(occasion), self._taken(state))

    def _percent(self, occasion: Occasion) -> int:
        return int(occasion.law.rule("claim.half", occasion.today).value["percent"])

    def _taken(self, state: Claim) -> int:
        """Of that month's wage, by this claim."""
        return sum(
            each.parts.whole
            for each in state.settlements
            if each.way is Way.DEDUCTION and each.month == self.month and not each.reversed
        )


@dataclass(frozen=True)
class SetOff(ClaimCommand):
    """Against the compensation of a `month`, as 2027-01, that the enterprise owes the student."""

    type = "set-off"
    by = BOTH | {Role.STUDENT}
    creditors = True
    debtors = True
    month: str

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        contract, today = occasion.facts.contract, occasion.today
        if unknown := [*against_student(state, self.month, occasion)]:
            yield from unknown
            return
        if occasion.role is state.creditor:
            yield from held(state, occasion)
        if (kind := kind_of(contract)) is not PayKind.COMPENSATION:
            yield NotTheSameKind(kind)
        due, first = pay_of(contract, self.month, occasion), first_day(self.month)
        if not due or contract is None or first is None:
            yield NotDue(None, today)
        elif (pay_on := pay_by(contract, occasion.law, first)) > today:
            yield NotDue(pay_on, today)
        debt = owing(state, Role.STUDENT)
        if not debt.owed:
            yield NotDue(None, today)
        elif debt.late_from - DAY > today or debt.rests:
            yield NotDue(debt.late_from - DAY, today)

    def events(self, state: Claim, occasion: Occasion) -> Decision:
        due = pay_of(occasion.facts.contract, self.month, occasion)
        if due is None or state.contract is None or state.id is None:
            raise LookupError("the rules have found the month")
        interest, debt = with_interest(state, occasion)
        amount = min(debt.owed, due)
        steps = (
            Step("owed", debt.owed, "tiyn"),
            Step("pay-owed", due, "tiyn"),
            Step("set-off", amount, "tiyn"),
        )
        done = ClaimSetOff(
            payment=occasion.fresh,
            debtor=Role.STUDENT,
            by=occasion.role,
            month=self.month,
            amount=amount,
            on=occasion.today,
            parts=parts_of(debt, amount, occasion.law, occasion.today),
            steps=steps,
        )
        return [*interest, done, On(state.contract, PaySetOff(state.id, self.month, amount))]
