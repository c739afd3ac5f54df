"""What a claim is: what each debtor still owes, what was paid on it, and how far late interest is counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.account import About
from contracts.contract import Parties
from contracts.dossier import Noted
from contracts.parties import References, Role
from contracts.steps import Step
from contracts.values import replace


class Answer(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    CONTESTED = "contested"


class Way(StrEnum):
    """How something was paid."""

    PAYMENT = "payment"
    DEDUCTION = "deduction"
    SET_OFF = "set_off"


@dataclass(frozen=True)
class Parts:
    """What a payment settles, and what is left over. Tiyn."""

    expenses: int = 0
    penalty: int = 0
    principal: int = 0
    over: int = 0

    @property
    def settles(self) -> int:
        return self.expenses + self.penalty + self.principal

    @property
    def whole(self) -> int:
        return self.settles + self.over


@dataclass(frozen=True)
class Settlement:
    """A payment, deduction or set-off. `month`: whose pay it was taken from, as 2027-01."""

    id: UUID
    debtor: Role
    way: Way
    on: date
    parts: Parts
    month: str | None = None
    reversed: bool = False


@dataclass(frozen=True)
class Instalment:
    """Tiyn, until the end of `due_on`."""

    due_on: date
    amount: int


@dataclass(frozen=True)
class Plan:
    """`by`: who has agreed to it: debtor, creditor, or both, and then it holds. `paid`: since then."""

    by: frozenset[Role]
    instalments: tuple[Instalment, ...]
    paid: int = 0

    @property
    def whole(self) -> int:
        return sum(instalment.amount for instalment in self.instalments)

    @property
    def agreed(self) -> bool:
        return len(self.by) > 1


@dataclass(frozen=True)
class Waiver:
    """What one person of the creditor's wants to forgive, until a second one does. Tiyn."""

    by: UUID
    amount: int
    whole: bool


@dataclass(frozen=True)
class Debt:
    """What one debtor owes. Tiyn.

    asked       the principal as it was claimed of this debtor
    consented   up to which sum a representative agrees that it is acknowledged
    changed_on  the day of the last change of what is owed
    late_from   the first day for which late interest is counted; `counted_to`: the last one so far
    weight      basis points times late days since the principal changed; `accrued`: what they came to
    free        days that do not count, each period with its first and last one
    """

    debtor: Role
    asked: int
    principal: int
    late_from: date
    counted_to: date
    changed_on: date
    expenses: int = 0
    penalty: int = 0
    overpaid: int = 0
    answer: Answer | None = None
    acknowledged: int = 0
    consented: int = 0
    weight: int = 0
    accrued: int = 0
    free: tuple[tuple[date, date], ...] = ()
    plan: Plan | None = None
    waiver: Waiver | None = None

    @property
    def owed(self) -> int:
        return self.expenses + self.penalty + self.principal

    @property
    def rests(self) -> bool:
        """No late interest while instalments are agreed and kept."""
        return self.plan is not None and self.plan.agreed

    def with_principal(self, principal: int, on: date) -> "Debt":
        """From that day on interest is counted on another principal."""
        return replace(self, principal=principal, weight=0, accrued=0, changed_on=on)

    def settled(self, parts: Parts, on: date, sign: int = 1) -> "Debt":
        """Less what these parts settle; `sign` -1: with it again."""
        after = replace(
            self,
            expenses=self.expenses - sign * parts.expenses,
            penalty=self.penalty - sign * parts.penalty,
            overpaid=self.overpaid + sign * parts.over,
            plan=replace(self.plan, paid=self.plan.paid + sign * parts.settles) if self.plan else None,
        )
        return after.with_principal(self.principal - sign * parts.principal, on)

    def missed(self, day: date) -> Instalment | None:
        """The first instalment whose day was over before `day` and that is not paid in full."""
        if self.plan is None or not self.plan.agreed:
            return None
        due = 0
        for instalment in self.plan.instalments:
            due += instalment.amount
            if instalment.due_on < day and self.plan.paid < due:
                return instalment
        return None

    @property
    def next_instalment(self) -> Instalment | None:
        """The first that is not paid in full."""
        return self.missed(date.max)


@dataclass(frozen=True)
class Line:
    """A part of the principal that goes back to one payment: the oldest is settled last. Tiyn."""

    payment: UUID
    amount: int


@dataclass(frozen=True)
class PriceLine:
    """Of a price by months: the month with that number, or a payment with its own. Tiyn."""

    n: int
    on: date
    amount: int
    payment: UUID | None = None


@dataclass(frozen=True)
class Claim:
    """What its events have made of one claim so far.

    contract  the one on which it rests; `number` is that contract's
    debts     of each debtor for a share, never jointly
    lines     of a price that is claimed back: the payments that are reversed, newest first
    account   of that price: months and payments up to the claim
    disputes  open ones about it: while there are any, nothing is collected and no interest is counted
    suspended whether a court has yet to say how it is shared
    late_on   the day after which the debtor may plead limitation
    """

    version: int = 0
    id: UUID | None = None
    contract: UUID | None = None
    number: str | None = None
    about: About = About.COSTS
    creditor: Role | None = None
    parties: Parties | None = None
    sum: int = 0
    steps: tuple[Step, ...] = ()
    opened_on: date | None = None
    answer_by: date | None = None
    due_by: date | None = None
    late_on: date | None = None
    debts: tuple[Debt, ...] = ()
    lines: tuple[Line, ...] = ()
    account: tuple[PriceLine, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    disputes: frozenset[UUID] = frozenset()
    suspended: bool = False
    settled_on: date | None = None
    noted: tuple[Noted, ...] = ()

    @property
    def references(self) -> References:
        if self.parties is None:
            return References(contract=self.contract)
        return References(
            student=self.parties.student,
            college=self.parties.college,
            enterprise=self.parties.enterprise,
            contract=self.contract,
        )

    @property
    def debtors(self) -> frozenset[Role]:
        return frozenset(debt.debtor for debt in self.debts)

    @property
    def sides(self) -> frozenset[Role]:
        return self.debtors | {self.creditor} if self.creditor else self.debtors

    @property
    def moved_on(self) -> date | None:
        return max((debt.changed_on for debt in self.debts), default=None)

    @property
    def owed(self) -> int:
        return sum(debt.owed for debt in self.debts)

    @property
    def overpaid(self) -> int:
        return sum(debt.overpaid for debt in self.debts)

    def debt(self, debtor: Role | None) -> Debt | None:
        """That debtor's; of a claim with one debtor, the one."""
        if debtor is None:
            return self.debts[0] if len(self.debts) == 1 else None
        return next((debt for debt in self.debts if debt.debtor is debtor), None)

    def settlement(self, id_: UUID) -> Settlement | None:
        return next((each for each in self.settlements if each.id == id_), None)


def with_debt(claim: Claim, debt: Debt) -> Claim:
    """With this in place of what that debtor owed."""
    return replace(claim, debts=tuple(debt if d.debtor is debt.debtor else d for d in claim.debts))


def with_settlement(claim: Claim, made: Settlement) -> Claim:
    """With less owed by what it settles."""
    debt = owing(claim, made.debtor).settled(made.parts, made.on)
    return replace(with_debt(claim, debt), settlements=(*claim.settlements, made))


def owing(claim: Claim, debtor: Role) -> Debt:
    """What that debtor owes: nothing, where it is none of the claim's."""
    found = claim.debt(debtor)
    return found or Debt(debtor, 0, 0, late_from=date.max, counted_to=date.max, changed_on=date.min)
