"""What must be true before money is claimed: a clause, a document, a cost that the law lets be claimed,
fault, consent, and time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.account import About
from contracts.claimable import limitation
from contracts.contract import Contract, State
from contracts.contract_rules import WrongState
from contracts.costs import Cost, Item, listed, rule_of
from contracts.decision import Cure, Occasion, Refusal
from contracts.parties import Role
from contracts.terms import ClauseId, Funding

ENDED = frozenset({State.ENDED, State.COMPLETED})

# Refusals


@dataclass(frozen=True)
class NoClause(Refusal):
    """What was performed stays, unless a clause says otherwise. `item` and `debtor`: whom or what it leaves
    out; None: it is not there at all."""

    type = "claim.clause"
    code = "CLM-CLAUSE"
    cures = (
        Cure(Role.ENTERPRISE, "take-item-out", "open-claim"),
        Cure(Role.COLLEGE, "take-item-out", "open-claim"),
        Cure(Role.ENTERPRISE, "damages-by-court"),
    )
    clause: ClauseId
    item: Cost | None = None
    debtor: Role | None = None


@dataclass(frozen=True)
class OwnCost(Refusal):
    """A cost that the law leaves with the employer, by its `cost_rule`; `source`: act and article. Tiyn."""

    type = "claim.cost-prohibited"
    code = "CLM-COST-PROHIBITED"
    cures = (
        Cure(Role.ENTERPRISE, "take-item-out", "open-claim"),
        Cure(Role.COLLEGE, "take-item-out", "open-claim"),
    )
    item: Cost
    amount: int
    cost_rule: str
    source: str


@dataclass(frozen=True)
class NoProof(Refusal):
    """No document, or no sum."""

    type = "claim.proof"
    code = "CLM-PROOF"
    cures = (
        Cure(Role.ENTERPRISE, "name-document", "open-claim"),
        Cure(Role.COLLEGE, "name-document", "open-claim"),
    )
    item: Cost
    amount: int


@dataclass(frozen=True)
class ClaimedAlready(Refusal):
    """By the same document. Tiyn. `item` None: the price is being claimed back already."""

    type = "claim.twice"
    code = "CLM-TWICE"
    cures = (
        Cure(Role.ENTERPRISE, "take-item-out", "open-claim"),
        Cure(Role.COLLEGE, "take-item-out", "open-claim"),
    )
    item: Cost | None
    amount: int


@dataclass(frozen=True)
class TooLate(Refusal):
    """`known_on`: the day from which the term runs; `until`: its last day."""

    type = "claim.late"
    code = "CLM-LATE"
    cures = (Cure(Role.ENTERPRISE, "debtor-may-still-pay"), Cure(Role.STUDENT, "debtor-may-still-pay"))
    known_on: date
    until: date
    today: date


@dataclass(frozen=True)
class OverCap(Refusal):
    """Tiyn. `most`: what is in proportion and within what the cap still leaves."""

    type = "claim.cap"
    code = "CLM-CAP"
    cures = (
        Cure(Role.ENTERPRISE, "lower-sum", "open-claim"),
        Cure(Role.COLLEGE, "lower-sum", "open-claim"),
    )
    amount: int
    most: int
    cap: int


@dataclass(frozen=True)
class NotAtFault(Refusal):
    """The contract ended for a reason for which this debtor does not answer."""

    type = "claim.no-fault"
    code = "CLM-NO-FAULT"
    cures = (
        Cure(Role.ENTERPRISE, "drop-debtor", "open-claim"),
        Cure(Role.COLLEGE, "drop-debtor", "open-claim"),
    )
    debtor: Role
    ground: str
    at_fault: str


@dataclass(frozen=True)
class AgreedWithoutRepresentative(Refusal):
    """The student was under 18 when the clause was agreed, and no representative has consented."""

    type = "claim.minor-consent"
    code = "CLM-MINOR-CONSENT"
    cures = (
        Cure(Role.REPRESENTATIVE, "approve-clause", "approve-reimbursement"),
        Cure(Role.STUDENT, "approve-clause-as-adult", "approve-reimbursement"),
    )
    agreed_on: date
    adult_on: date


@dataclass(frozen=True)
class BudgetMoney(Refusal):
    type = "claim.state-order"
    code = "CLM-STATE-ORDER"
    cures = (Cure(Role.COLLEGE, "refer-to-operator"), Cure(Role.ENTERPRISE, "refer-to-operator"))
    amount: int


@dataclass(frozen=True)
class DueTooEarly(Refusal):
    type = "claim.due-early"
    code = "CLM-DUE-EARLY"
    cures = (
        Cure(Role.ENTERPRISE, "later-due-day", "open-claim"),
        Cure(Role.COLLEGE, "later-due-day", "open-claim"),
    )
    due_by: date
    earliest: date


# Rules


def over(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """Nothing is claimed while the contract can still be performed."""
    seen = contract.state_on(occasion.today)
    if seen not in ENDED:
        yield WrongState(seen, tuple(sorted(ENDED)), contract.last_day)


def provable(items: Sequence[Item], contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """Item by item: whether the law lets it be claimed, the contract lists it, a document proves it, and
    nobody has claimed it yet."""
    claimed = {key for made in contract.account.claims for key in made.items}
    twice = {key for key, n in Counter(item.key for item in items).items() if n > 1}
    for item in items:
        if found := [*prohibited(item, occasion)]:
            yield from found
            continue
        clause = contract.terms_on(contract.last_day or occasion.today).reimbursement
        if clause and not listed(item.kind, clause.items):
            yield NoClause(ClauseId.REIMBURSE, item.kind)
        if not item.document.strip() or item.amount < 1:
            yield NoProof(item.kind, item.amount)
        elif item.key in claimed | twice:
            yield ClaimedAlready(item.kind, item.amount)


def prohibited(item: Item, occasion: Occasion) -> Iterator[Refusal]:
    rule = rule_of(item.kind, occasion.law, occasion.today)
    if item.kind is Cost.STATE_ORDER_PRICE:
        yield BudgetMoney(item.amount)
    elif rule.value["claimable"] != "yes":
        yield OwnCost(item.kind, item.amount, rule.id, f"{rule.source.act} {rule.source.article}")


def budget(contract: Contract, items: Sequence[Item], occasion: Occasion) -> Iterator[Refusal]:
    """What the budget has paid a college, the state's operator asks for (EL 47(17-4))."""
    terms = contract.terms_on(contract.last_day or occasion.today)
    if occasion.role is Role.COLLEGE and terms.funding is Funding.STATE_ORDER:
        yield BudgetMoney(sum(item.amount for item in items))


def at_fault(
    debtors: Sequence[Role], contract: Contract, ground: str | None, occasion: Occasion
) -> Iterator[Refusal]:
    """A student answers for fault only (CC 359(1)); nobody answers where the end was nobody's fault, or the
    creditor's own (CC 364). Where it was the college's, the student does not answer."""
    found = occasion.law.ground(ground, contract.last_day or occasion.today) if ground else None
    if found is None:
        return
    for debtor in debtors:
        own = {"student"} if debtor is Role.STUDENT else {"student", "college"}
        if found.fault not in own:
            yield NotAtFault(debtor, found.id, found.fault)


def consented(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """A clause that a minor agreed alone binds when somebody who could have consented approves it."""
    agreed_on, adult_on = contract.concluded_on, occasion.adult_on
    if agreed_on and adult_on and agreed_on < adult_on and not contract.consents:
        yield AgreedWithoutRepresentative(agreed_on, adult_on)


def in_time(contract: Contract, known_on: date, occasion: Occasion) -> Iterator[Refusal]:
    until = limitation(contract, occasion.law, known_on)
    if until < occasion.today:
        yield TooLate(known_on, until, occasion.today)


def within_cap(asked: int | None, most: int, left: int, gross: int) -> Iterator[Refusal]:
    """Who names a sum names none above what is in proportion; once all was worked off or the cap is used up,
    nothing is left."""
    if asked is not None and asked > most:
        yield OverCap(asked, most, left)
    elif most == 0:
        yield OverCap(gross, 0, left)


def not_twice(contract: Contract, about: About, amount: int) -> Iterator[Refusal]:
    if about is About.PRICE and (made := contract.account.open_about(about)):
        yield ClaimedAlready(None, made.amount or amount)


def demanded_by(occasion: Occasion) -> date:
    """The earliest last day to pay (CC 277(2)): so many days after the demand."""
    law, today = occasion.law, occasion.today
    return law.end_of(law.rule("claim.demand", today).value, today).last
