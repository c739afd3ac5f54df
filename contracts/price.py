"""A price by months: the enterprise records what it pays the college, and what the bank took back; after an
early end the price of months that were not taught can be claimed back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.account import About, PricePayment
from contracts.claim import Claim, Line, owing, with_debt
from contracts.claim_rules import BOTH, MoreThanOwed
from contracts.consequences import Outlook, Sum, Task
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import Cure, Decision, Event, Occasion, On, Refusal, Text
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import References, Role
from contracts.price_plan import plan_of, standing
from contracts.reimbursement_rules import NoClause
from contracts.terms import ClauseId
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class CancelledAlready(Refusal):
    """The bank took it back before. Tiyn."""

    type = "price.cancelled"
    code = "PRC-CANCELLED"
    cures = (Cure(Role.ENTERPRISE, "record-price-anew", "record-price-payment"),)
    on: date
    amount: int


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """Once a last day is set: what the enterprise may claim back of the price, until it has."""
    end_on, account = contract.end_on, contract.account
    if end_on is None or any(made.about is About.PRICE for made in account.claims):
        return Outlook()
    found = standing(contract, law, max([end_on, *(payment.on for payment in account.paid)]))
    if found is None or not found.claw_back:
        return Outlook()
    ended = contract.state is State.ENDED
    back = Sum(
        "price-claw-back", found.claw_back, Role.ENTERPRISE, Role.COLLEGE, "price.after-end", found.steps
    )
    task = Task("claim-price", (Role.ENTERPRISE,), "open-claim")
    return Outlook(tasks=(task,) if ended else (), sums=(back,))


def clause(contract: Contract, on: date) -> Iterator[Refusal]:
    if plan_of(contract, on) is None:
        yield NoClause(ClauseId.PAYMENT_PLAN)


# Events


@dataclass(frozen=True)
class PricePaid(Event):
    """By the enterprise to the college. Tiyn. `document`: its number at the bank."""

    type = "price.paid"
    rule = "price.after-end"
    tells = frozenset({Role.COLLEGE})
    apart = frozenset({"payment"})
    payment: UUID
    amount: int
    on: date
    document: str | None = None

    def evolve(self, state: Contract) -> Contract:
        made = PricePayment(self.payment, self.amount, self.on)
        return replace(state, account=replace(state.account, price=(*state.account.price, made)))

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class PricePaymentCancelled(Event):
    """The bank took it back, so that it was never paid: it holds from the day of the payment. Tiyn."""

    type = "price.payment_cancelled"
    rule = "price.cancelled"
    tells = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    apart = frozenset({"payment", "reason"})
    payment: UUID
    amount: int
    paid_on: date
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        price = tuple(
            replace(each, cancelled=True) if each.id == self.payment else each for each in state.account.price
        )
        return replace(state, account=replace(state.account, price=price))

    @property
    def effective_on(self) -> date:
        return self.paid_on


@dataclass(frozen=True)
class PriceClaimReduced(Event):
    """In the claim: a payment that is reversed there was taken back by the bank. `amount` less comes back, as
    the `lines` that stay; what was repaid beyond them was paid too much. Tiyn."""

    type = "claim.price_reduced"
    rule = "price.cancelled"
    stream = "claim"
    tells = BOTH
    apart = frozenset({"payment"})
    payment: UUID
    paid: int
    amount: int
    lines: tuple[Line, ...]
    on: date

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, Role.COLLEGE)
        over = max(0, self.amount - debt.principal)
        lower = replace(debt, asked=debt.asked - self.amount, overpaid=debt.overpaid + over)
        lower = lower.with_principal(debt.principal - self.amount + over, self.on)
        return replace(with_debt(state, lower), sum=state.sum - self.amount, lines=self.lines)


# Commands


@dataclass(frozen=True)
class RecordPricePayment(ContractCommand):
    """What was paid to the college under C-PAYMENT-PLAN. Tiyn."""

    type = "record-price-payment"
    by = frozenset({Role.ENTERPRISE})
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    amount: int
    on: date
    document: str | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return self.amount < 1

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from clause(state, self.on)
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)
        if found := plan_of(state, self.on):
            left = found[0].price - sum(payment.amount for payment in state.account.paid)
            if self.amount > left:
                yield MoreThanOwed(self.amount, left, self.amount - left)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [PricePaid(occasion.fresh, self.amount, self.on, self.document)]


@dataclass(frozen=True)
class CancelPricePayment(ContractCommand):
    """The bank has taken it back."""

    type = "cancel-price-payment"
    by = frozenset({Role.ENTERPRISE})
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    payment: UUID
    reason: Text | None = None

    def references(self, state: Contract) -> References:
        made = state.account.open_about(About.PRICE)
        return replace(state.references, claim=made.id if made else None)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = next((each for each in state.account.price if each.id == self.payment), None)
        if found is None:
            yield UnknownParty(("payment",))
        elif found.cancelled:
            yield CancelledAlready(found.on, found.amount)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        [found] = [each for each in state.account.price if each.id == self.payment]
        reason = occasion.sealed.get("reason")
        cancelled = PricePaymentCancelled(found.id, found.amount, found.on, reason)
        return [cancelled, *self._in_claim(cancelled, state, occasion)]

    def _in_claim(
        self, cancelled: PricePaymentCancelled, state: Contract, occasion: Occasion
    ) -> Iterator[On]:
        """What an open claim asks for is worked out anew from the payments that are left."""
        claim = occasion.facts.claim
        if claim is None or claim.id is None or claim.settled_on:
            return
        left = standing(cancelled.evolve(state), occasion.law, occasion.today)
        asked = sum(line.amount for line in claim.lines)
        if left and (less := asked - sum(line.amount for line in left.lines)):
            paid, lines = cancelled.amount, left.lines
            yield On(claim.id, PriceClaimReduced(cancelled.payment, paid, less, lines, occasion.today))
