"""Reimbursement: one side of a contract that has ended claims money from another: training costs that the
contract lets it ask for, or a price that was paid for months that were not taught."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts import arithmetic, claimable
from contracts.account import About
from contracts.claim import Claim, Debt, Line
from contracts.claim_rules import BOTH, TOLD, ClaimOpenedHere, MinorAlone
from contracts.contract import IN_FORCE, Contract, Parties, State
from contracts.contract_rules import ContractCommand
from contracts.costs import Item
from contracts.decision import DAY, Command, Decision, Event, Occasion, On, Refusal
from contracts.formation_rules import UnknownParty
from contracts.parties import References, Role
from contracts.price_claim import price_claim, price_rules
from contracts.reimbursement_rules import (
    ENDED,
    DueTooEarly,
    NoClause,
    at_fault,
    budget,
    consented,
    demanded_by,
    in_time,
    over,
    provable,
    within_cap,
)
from contracts.steps import Step, Worked
from contracts.terms import ClauseId
from contracts.values import replace

ROUNDING = "money.rounding"
"""The rule by which every sum of a claim is rounded: it is stored with the sum."""


class Currency(StrEnum):
    """Of another one there is no rule for its rate."""

    TENGE = "KZT"


@dataclass(frozen=True)
class Share:
    """How many parts of the sum fall on a debtor, for example 60 of 100."""

    debtor: Role
    parts: int = 1


# Events


@dataclass(frozen=True)
class Owed:
    """What one debtor owes of it. Tiyn."""

    debtor: Role
    amount: int


@dataclass(frozen=True)
class ClaimOpened(Event):
    """`amount` is the sum, `steps` how it was worked out, `rounding` the rule by which it was rounded. Tiyn.
    `late_on`: the last day before limitation can be pleaded."""

    type = "claim.opened"
    rule = "claim.clause"
    stream = "claim"
    tells = TOLD
    contract: UUID
    number: str
    about: About
    creditor: Role
    parties: Parties
    amount: int
    debts: tuple[Owed, ...]
    steps: tuple[Step, ...]
    rounding: str
    opened_on: date
    answer_by: date
    due_by: date
    late_on: date
    items: tuple[Item, ...] = ()
    lines: tuple[Line, ...] = ()
    currency: Currency = Currency.TENGE

    def evolve(self, state: Claim) -> Claim:
        return replace(
            state,
            contract=self.contract,
            number=self.number,
            about=self.about,
            creditor=self.creditor,
            parties=self.parties,
            sum=self.amount,
            steps=self.steps,
            opened_on=self.opened_on,
            answer_by=self.answer_by,
            due_by=self.due_by,
            late_on=self.late_on,
            debts=tuple(
                Debt(
                    debtor=owed.debtor,
                    asked=owed.amount,
                    principal=owed.amount,
                    late_from=self.due_by + DAY,
                    counted_to=self.due_by,
                    changed_on=self.opened_on,
                )
                for owed in self.debts
            ),
            lines=self.lines,
        )


@dataclass(frozen=True)
class ReimbursementApproved(Event):
    """Whoever could have consented to the clause approves it afterwards (CC 22(1))."""

    type = "contract.reimbursement_approved"
    rule = "claim.minor-consent"
    tells = BOTH
    person: UUID

    def evolve(self, state: Contract) -> Contract:
        return replace(state, consents=(*state.consents, self.person))


# Commands


@dataclass(frozen=True)
class OpenClaim(Command):
    """For costs: `debtors` with their parts of the sum; `items`, each with its document; `amount`: less than
    would be in proportion; `left_on`: after completion, the last day of the work-off. For a price nothing of
    it: the plan says all. `due_by`: the last day to pay, if it is later than the law's."""

    type = "open-claim"
    stream = "claim"
    begins = True
    by = BOTH
    contract: UUID
    debtors: tuple[Share, ...] = ()
    items: tuple[Item, ...] = ()
    amount: int | None = None
    due_by: date | None = None
    left_on: date | None = None
    about: About = About.COSTS
    currency: Currency = Currency.TENGE

    def references(self, state: Claim) -> References:
        return References(contract=self.contract)

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        contract = occasion.facts.contract
        if contract is None or contract.parties is None:
            yield UnknownParty(("contract",))
        elif unfit := [*over(contract, occasion)]:
            yield from unfit
        elif self.about is About.PRICE:
            yield from price_rules(contract, occasion)
            yield from self._day(occasion)
        else:
            yield from self._rules(contract, occasion)

    def _rules(self, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from budget(contract, self.items, occasion)
        yield from (unclaimable := [*self._clause(contract, occasion)])
        yield from provable(self.items, contract, occasion)
        yield from at_fault(self._who, contract, contract.end.ground if contract.end else None, occasion)
        if Role.STUDENT in self._who:
            yield from consented(contract, occasion)
        yield from in_time(contract, self._known_on(contract, occasion), occasion)
        yield from self._day(occasion)
        if not unclaimable:
            left_on, gross = self._left_on(contract, occasion), sum(item.amount for item in self.items)
            most = claimable.costs(contract, gross, left_on).amount
            yield from within_cap(self.amount, most, claimable.cap_left(contract, left_on), gross)

    def _day(self, occasion: Occasion) -> Iterator[Refusal]:
        if self.due_by and self.due_by < (earliest := demanded_by(occasion)):
            yield DueTooEarly(self.due_by, earliest)

    def _clause(self, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
        """The contract lets the enterprise ask it of these debtors, each for a share."""
        clause = contract.terms_on(self._left_on(contract, occasion)).reimbursement
        if clause is None or occasion.role is not Role.ENTERPRISE:
            yield NoClause(ClauseId.REIMBURSE)
            return
        if claimable.worked_off(contract) is None:
            yield NoClause(ClauseId.WORK_OFF)
        if not self._who or len({*self._who}) < len(self._who) or any(s.parts < 1 for s in self.debtors):
            yield UnknownParty(("debtor",))
        for debtor in self._who:
            if debtor not in {Role(each) for each in clause.debtors}:
                yield NoClause(ClauseId.REIMBURSE, debtor=debtor)

    def events(self, state: Claim, occasion: Occasion) -> Decision:
        contract, today, law = occasion.facts.contract, occasion.today, occasion.law
        if contract is None or contract.parties is None or contract.number is None:
            raise LookupError("the rules have found the contract")
        if state.id is None:
            raise LookupError("a claim has its id before its first event")
        if self.about is About.PRICE:
            return price_claim(contract, state.id, self.due_by, occasion)
        worked = self._worked(contract, occasion)
        debts = arithmetic.shares(worked.amount, [(each.debtor, each.parts) for each in self.debtors])
        opened = ClaimOpened(
            contract=self.contract,
            number=contract.number,
            about=About.COSTS,
            creditor=occasion.role,
            parties=contract.parties,
            amount=worked.amount,
            debts=tuple(Owed(debtor, amount) for debtor, amount in debts.items()),
            steps=(*worked.steps, *(Step(f"share-{who}", sum_, "tiyn") for who, sum_ in debts.items())),
            rounding=ROUNDING,
            opened_on=today,
            answer_by=law.end_of(law.rule("claim.answer", today).value, today).last,
            due_by=self.due_by or demanded_by(occasion),
            late_on=claimable.limitation(contract, law, self._known_on(contract, occasion)),
            items=self.items,
            currency=self.currency,
        )
        keys = tuple(item.key for item in self.items)
        here = ClaimOpenedHere(state.id, About.COSTS, occasion.role, worked.amount, keys)
        return [opened, On(self.contract, here)]

    @property
    def _who(self) -> tuple[Role, ...]:
        return tuple(share.debtor for share in self.debtors)

    def _worked(self, contract: Contract, occasion: Occasion) -> Worked:
        """Every line: what was spent on what, the proportion, the cap, what is asked."""
        gross = sum(item.amount for item in self.items)
        found = claimable.costs(contract, gross, self._left_on(contract, occasion))
        items = tuple(Step(item.kind, item.amount, "tiyn") for item in self.items)
        if self.amount is None:
            return Worked(found.amount, (*items, *found.steps))
        asked = Step("asked-less", self.amount, "tiyn")
        return Worked(self.amount, (*items, *found.steps, asked))

    def _left_on(self, contract: Contract, occasion: Occasion) -> date:
        """The last day that was worked."""
        return contract.end_on or self.left_on or occasion.today

    def _known_on(self, contract: Contract, occasion: Occasion) -> date:
        """From when the creditor knew that it may claim."""
        return contract.end.known_on if contract.end else self._left_on(contract, occasion)


@dataclass(frozen=True)
class ApproveReimbursement(ContractCommand):
    """Of a clause that was agreed when the student was a minor, and nobody had consented."""

    type = "approve-reimbursement"
    by = frozenset({Role.REPRESENTATIVE, Role.STUDENT})
    states = IN_FORCE | ENDED | {State.SIGNED}

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return bool(state.consents)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        clause = state.terms.reimbursement
        if clause is None:
            yield NoClause(ClauseId.REIMBURSE)
        elif occasion.role is Role.STUDENT and occasion.of_a_minor:
            yield MinorAlone(clause.cap, 0)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if occasion.person is None:
            raise LookupError("a person approves")
        return [ReimbursementApproved(occasion.person)]
