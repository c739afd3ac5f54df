"""A claim for a price: after an early end the enterprise asks the college for what it paid for months that
were not taught, or the college the enterprise for what it did not pay of those that were."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.account import About
from contracts.claim import Claim, Debt, Line, PriceLine
from contracts.claim_rules import BOTH, ClaimOpenedHere, NotDue
from contracts.claimable import limitation
from contracts.contract import Contract, Parties
from contracts.decision import DAY, Decision, Event, Occasion, On, Refusal
from contracts.parties import Role
from contracts.price_plan import Standing, standing
from contracts.reimbursement_rules import NoClause, in_time, not_twice
from contracts.steps import Step
from contracts.terms import ClauseId
from contracts.values import replace

DEBTOR_OF = {Role.ENTERPRISE: Role.COLLEGE, Role.COLLEGE: Role.ENTERPRISE}

# Rules


def asked_of(found: Standing, creditor: Role) -> int:
    """What that side may ask for. Tiyn."""
    return found.claw_back if creditor is Role.ENTERPRISE else found.unpaid


def known_on(contract: Contract, occasion: Occasion) -> date:
    return contract.end.known_on if contract.end else contract.last_day or occasion.today


def price_rules(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """The contract has such a clause, something is owed by it, in time, and nobody asks for it yet."""
    found = standing(contract, occasion.law, occasion.today)
    if found is None:
        yield NoClause(ClauseId.PAYMENT_PLAN)
        return
    yield from not_twice(contract, About.PRICE, found.claw_back)
    if not asked_of(found, occasion.role):
        yield NotDue(None, occasion.today)
    yield from in_time(contract, known_on(contract, occasion), occasion)


def price_claim(contract: Contract, claim: UUID, due_by: date | None, occasion: Occasion) -> Decision:
    """What is asked for, with every month and payment that leads to it."""
    law, today = occasion.law, occasion.today
    found = standing(contract, law, today)
    if found is None or contract.parties is None or contract.id is None or contract.number is None:
        raise LookupError("the rules have found the clause")
    amount = asked_of(found, occasion.role)
    own = occasion.role is Role.ENTERPRISE
    opened = PriceClaimed(
        contract=contract.id,
        number=contract.number,
        creditor=occasion.role,
        debtor=DEBTOR_OF[occasion.role],
        parties=contract.parties,
        amount=amount,
        due=found.due,
        steps=(*found.steps, Step("claimed", amount, "tiyn")),
        rounding="money.rounding",
        opened_on=today,
        answer_by=law.end_of(law.rule("claim.answer", today).value, today).last,
        due_by=due_by or law.end_of(law.rule("price.return", today).value, today).last,
        late_on=limitation(contract, law, known_on(contract, occasion)),
        account=(*found.months, *found.payments) if own else (),
        lines=found.lines if own else (),
    )
    return [opened, On(contract.id, ClaimOpenedHere(claim, About.PRICE, occasion.role, amount))]


# Events


@dataclass(frozen=True)
class PriceClaimed(Event):
    """`due`: for what was taught. `account`: months and payments so far; `lines`: the payments of which so
    much comes back, newest first. Tiyn."""

    type = "claim.price_claimed"
    rule = "price.after-end"
    stream = "claim"
    tells = BOTH
    contract: UUID
    number: str
    creditor: Role
    debtor: Role
    parties: Parties
    amount: int
    due: int
    steps: tuple[Step, ...]
    rounding: str
    opened_on: date
    answer_by: date
    due_by: date
    late_on: date
    account: tuple[PriceLine, ...] = ()
    lines: tuple[Line, ...] = ()

    def evolve(self, state: Claim) -> Claim:
        debt = Debt(
            debtor=self.debtor,
            asked=self.amount,
            principal=self.amount,
            late_from=self.due_by + DAY,
            counted_to=self.due_by,
            changed_on=self.opened_on,
        )
        return replace(
            state,
            contract=self.contract,
            number=self.number,
            about=About.PRICE,
            creditor=self.creditor,
            parties=self.parties,
            sum=self.amount,
            steps=self.steps,
            opened_on=self.opened_on,
            answer_by=self.answer_by,
            due_by=self.due_by,
            late_on=self.late_on,
            debts=(debt,),
            lines=self.lines,
            account=self.account,
        )
