"""What every wish about a claim is asked first, the refusals that its phases share, and what a claim leaves
in the stream of its contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.account import About, ClaimMade
from contracts.arithmetic import in_order
from contracts.claim import Answer, Claim, Debt, Parts, owing, with_debt
from contracts.contract import Contract
from contracts.contract_rules import frozen
from contracts.decision import Command, Cure, Event, NotParty, Occasion, Refusal
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

BOTH = frozenset({Role.COLLEGE, Role.ENTERPRISE})
"""Who may be a creditor."""

TOLD = BOTH | {Role.STUDENT, Role.REPRESENTATIVE}
"""Of them, those who are a side of the claim."""

# Refusals


@dataclass(frozen=True)
class ClaimSettled(Refusal):
    """Nothing is owed any more; it is closed."""

    type = "claim.state"
    code = "CLM-STATE"
    cures = (
        Cure(Role.ENTERPRISE, "claim-anew", "open-claim"),
        Cure(Role.COLLEGE, "claim-anew", "open-claim"),
    )
    settled_on: date


@dataclass(frozen=True)
class MoreThanOwed(Refusal):
    """Tiyn. `over`: by how much."""

    type = "claim.overpaid"
    code = "CLM-OVERPAID"
    cures = (
        Cure(Role.ENTERPRISE, "say-overpaid", "post-payment"),
        Cure(Role.COLLEGE, "say-overpaid", "post-payment"),
    )
    amount: int
    owed: int
    over: int


@dataclass(frozen=True)
class NotSoFarBack(Refusal):
    """What is owed has changed since that day; `earliest`: the first day that can be named."""

    type = "claim.backdated"
    code = "CLM-BACKDATED"
    cures = (
        Cure(Role.ENTERPRISE, "reverse-later-first", "reverse-payment"),
        Cure(Role.COLLEGE, "reverse-later-first", "reverse-payment"),
    )
    on: date
    earliest: date


@dataclass(frozen=True)
class MinorAlone(Refusal):
    """A student under 18 acknowledges with a representative's consent. Tiyn."""

    type = "claim.minor"
    code = "CLM-MINOR"
    cures = (Cure(Role.REPRESENTATIVE, "consent-to-answer", "consent-to-claim"),)
    amount: int
    consented: int


@dataclass(frozen=True)
class NotDue(Refusal):
    """`due_on`: the first day on which it can be asked for; None: nothing is owed on that side. Tiyn."""

    type = "claim.not-due"
    code = "CLM-NOT-DUE"
    cures = (
        Cure(Role.ENTERPRISE, "wait-until-due"),
        Cure(Role.COLLEGE, "wait-until-due"),
    )
    due_on: date | None
    today: date


@dataclass(frozen=True)
class SecondPerson(Refusal):
    """The same person wants it who proposed it."""

    type = "claim.four-eyes"
    code = "CLM-FOUR-EYES"
    cures = (
        Cure(Role.ENTERPRISE, "second-person", "waive"),
        Cure(Role.COLLEGE, "second-person", "waive"),
    )
    amount: int


# Rules


class ClaimCommand(Command):
    """A wish about a claim. `of`: whether the creditor, the debtors or both may have it. `reopens`: also when
    nothing is owed any more. `collects`: what is in dispute is not collected."""

    stream = "claim"
    creditors: ClassVar[bool] = False
    debtors: ClassVar[bool] = False
    reopens: ClassVar[bool] = False
    collects: ClassVar[bool] = False

    @classmethod
    def fits(cls, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        may = {state.creditor} if cls.creditors else set()
        may |= state.debtors if cls.debtors else set()
        allowed = tuple(sorted(role for role in may if role))
        if allowed and occasion.role not in {*allowed, Role.DEADLINE, Role.REPRESENTATIVE}:
            yield NotParty(occasion.role, allowed)
        elif state.settled_on and not cls.reopens:
            yield ClaimSettled(state.settled_on)
        elif cls.collects:
            yield from held(state, occasion)


def held(claim: Claim, occasion: Occasion) -> Iterator[Refusal]:
    """While a dispute about it is open nothing is collected; whoever wants to, pays."""
    if claim.disputes and occasion.facts.contract:
        yield from frozen(occasion.facts.contract, claim=claim.id)


def debt_of(claim: Claim, debtor: Role | None, occasion: Occasion) -> Debt | None:
    """The one that is meant: a debtor's own, the one that is named, or the only one."""
    if occasion.role in claim.debtors:
        return claim.debt(occasion.role)
    return claim.debt(debtor)


def named(claim: Claim, debtor: Role | None, occasion: Occasion) -> Iterator[Refusal]:
    if debt_of(claim, debtor, occasion) is None:
        yield UnknownParty(("debtor",))


def order(law: Law, on: date) -> tuple[str, ...]:
    """In which a payment settles what is owed."""
    rule = law.rule("claim.order", on).value
    return str(rule["first"]), str(rule["second"]), str(rule["third"])


def parts_of(debt: Debt, amount: int, law: Law, on: date) -> Parts:
    """What a payment of that amount settles."""
    owed = {"expenses": debt.expenses, "penalty": debt.penalty, "principal": debt.principal}
    settled, over = in_order(amount, owed, order(law, on))
    return Parts(**settled, over=over)


def after(claim: Claim, events: list[Event]) -> Claim:
    for event in events:
        claim = event.evolve(claim)
    return claim


def alone(debt: Debt, amount: int, occasion: Occasion) -> Iterator[Refusal]:
    """What a minor acknowledges without a representative does not bind (CC 22(1))."""
    if occasion.role is Role.STUDENT and occasion.of_a_minor and debt.consented < amount:
        yield MinorAlone(amount, debt.consented)


def told_creditor(claim: Claim) -> Role:
    if claim.creditor is None:
        raise LookupError("a claim begins with its creditor")
    return claim.creditor


def changed(claim: Claim, debtor: Role, **changes: object) -> Claim:
    """With these changes of one debt."""
    return with_debt(claim, replace(owing(claim, debtor), **changes))  # type: ignore[arg-type]


# Events


@dataclass(frozen=True)
class ClaimOpenedHere(Event):
    """In the contract's stream, so that its decisions know by themselves what is claimed."""

    type = "contract.claim_opened"
    rule = "claim.clause"
    apart = frozenset({"claim"})
    claim: UUID
    about: About
    creditor: Role
    amount: int
    items: tuple[str, ...] = ()

    def evolve(self, state: Contract) -> Contract:
        made = ClaimMade(self.claim, self.about, self.creditor, self.amount, self.items)
        return replace(state, account=replace(state.account, claims=(*state.account.claims, made)))


@dataclass(frozen=True)
class ClaimClosedHere(Event):
    type = "contract.claim_closed"
    rule = "claim.balance"
    apart = frozenset({"claim"})
    claim: UUID

    def evolve(self, state: Contract) -> Contract:
        return _closed(state, self.claim, closed=True)


@dataclass(frozen=True)
class ClaimReopenedHere(Event):
    """A payment that had settled it was taken back."""

    type = "contract.claim_reopened"
    rule = "claim.reversed"
    apart = frozenset({"claim"})
    claim: UUID

    def evolve(self, state: Contract) -> Contract:
        return _closed(state, self.claim, closed=False)


@dataclass(frozen=True)
class ClaimContested(Event):
    """`silent`: the days to answer passed. Tiyn."""

    type = "claim.contested"
    rule = "claim.answer"
    stream = "claim"
    tells = BOTH | {Role.STUDENT, Role.REPRESENTATIVE}
    apart = frozenset({"reason"})
    debtor: Role
    amount: int
    silent: bool = False
    reason: str | None = None

    def evolve(self, state: Claim) -> Claim:
        return changed(state, self.debtor, answer=owing(state, self.debtor).answer or Answer.CONTESTED)


def _closed(contract: Contract, claim: UUID, closed: bool) -> Contract:
    claims = tuple(
        replace(made, closed=closed) if made.id == claim else made for made in contract.account.claims
    )
    return replace(contract, account=replace(contract.account, claims=claims))
