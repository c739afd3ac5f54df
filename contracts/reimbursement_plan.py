"""Instalments: debtor and creditor agree on days and sums; while they are kept no interest runs, and one
that is missed brings the whole rest to be due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from contracts.arithmetic import equal_instalments
from contracts.claim import Claim, Debt, Instalment, Plan
from contracts.claim_rules import (
    BOTH,
    TOLD,
    ClaimCommand,
    after,
    alone,
    changed,
    debt_of,
    named,
    told_creditor,
)
from contracts.consequences import Timer
from contracts.decision import DAY, Cure, Event, Occasion, Refusal
from contracts.late_interest import counted
from contracts.law.calendar import months_later
from contracts.parties import Role

LONGEST = 600
"""Months: beyond that nobody reckons."""

# Refusals


@dataclass(frozen=True)
class PlanSum(Refusal):
    """Tiyn. The instalments come to `planned`."""

    type = "claim.plan-sum"
    code = "CLM-PLAN-SUM"
    cures = (
        Cure(Role.ENTERPRISE, "plan-the-rest", "agree-instalments"),
        Cure(Role.STUDENT, "plan-the-rest", "agree-instalments"),
        Cure(Role.COLLEGE, "plan-the-rest", "agree-instalments"),
    )
    planned: int
    owed: int


@dataclass(frozen=True)
class PlanLength(Refusal):
    """Days of the plan lie outside, or are not one after the other. `months`: the longest."""

    type = "claim.plan-length"
    code = "CLM-PLAN-LENGTH"
    cures = (
        Cure(Role.ENTERPRISE, "shorter-plan", "agree-instalments"),
        Cure(Role.STUDENT, "shorter-plan", "agree-instalments"),
        Cure(Role.COLLEGE, "shorter-plan", "agree-instalments"),
    )
    first: date | None
    last: date | None
    months: int
    earliest: date


# Rules


def timers(claim: Claim) -> Iterator[Timer]:
    """The day after the next instalment."""
    waited = [debt.next_instalment for debt in claim.debts if debt.rests and debt.owed]
    if found := [instalment.due_on for instalment in waited if instalment]:
        yield Timer("note-instalment-missed", min(found) + DAY)


def monthly(owed: int, months: int, first_on: date) -> tuple[Instalment, ...]:
    """On the same number of each month; the last instalment takes the rest."""
    return tuple(
        Instalment(months_later(first_on, n), amount)
        for n, amount in enumerate(equal_instalments(owed, months))
    )


def fits_time(plan: Sequence[Instalment], occasion: Occasion) -> Iterator[Refusal]:
    most = int(occasion.law.rule("claim.plan-length", occasion.today).value["months"])
    days = [instalment.due_on for instalment in plan]
    in_order = all(a < b for a, b in pairwise(days))
    if not days or not in_order or days[0] < occasion.today or days[-1] > months_later(occasion.today, most):
        yield PlanLength(min(days, default=None), max(days, default=None), most, occasion.today)


# Events


@dataclass(frozen=True)
class InstalmentsProposed(Event):
    """By the debtor or the creditor, to the other one."""

    type = "claim.instalments_proposed"
    rule = "claim.plan-sum"
    stream = "claim"
    tells = TOLD
    by: Role
    debtor: Role
    instalments: tuple[Instalment, ...]

    def evolve(self, state: Claim) -> Claim:
        return changed(state, self.debtor, plan=Plan(frozenset({self.by}), self.instalments))


@dataclass(frozen=True)
class InstalmentsAgreed(Event):
    """Both want the same; no interest runs while it is kept."""

    type = "claim.instalments_agreed"
    rule = "claim.plan-sum"
    stream = "claim"
    tells = TOLD
    debtor: Role
    creditor: Role
    instalments: tuple[Instalment, ...]

    def evolve(self, state: Claim) -> Claim:
        both = frozenset({self.debtor, self.creditor})
        return changed(state, self.debtor, plan=Plan(both, self.instalments))


@dataclass(frozen=True)
class InstalmentMissed(Event):
    """The rest is due at once; interest runs from the day after `due_on`. Tiyn."""

    type = "claim.instalment_missed"
    rule = "claim.plan-length"
    stream = "claim"
    tells = TOLD
    debtor: Role
    due_on: date
    amount: int

    def evolve(self, state: Claim) -> Claim:
        return changed(
            state,
            self.debtor,
            plan=None,
            late_from=self.due_on + DAY,
            counted_to=self.due_on,
            weight=0,
            accrued=0,
        )

    @property
    def effective_on(self) -> date:
        return self.due_on + DAY


# Commands


@dataclass(frozen=True)
class AgreeInstalments(ClaimCommand):
    """So many equal `months` from `first_on` on, or a plan of one's own. The first of the two sides proposes
    it, the other agrees by wanting the same."""

    type = "agree-instalments"
    by = BOTH | {Role.STUDENT}
    creditors = True
    debtors = True
    debtor: Role | None = None
    months: int | None = None
    first_on: date | None = None
    plan: tuple[Instalment, ...] = ()

    def already(self, state: Claim, occasion: Occasion) -> bool:
        debt = debt_of(state, self.debtor, occasion)
        if debt is None or debt.plan is None or occasion.role not in debt.plan.by:
            return False
        return debt.plan.instalments == self._plan(debt)

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        yield from named(state, self.debtor, occasion)
        if (debt := self._debt(state, occasion)) is None:
            return
        plan = self._plan(debt)
        planned = sum(instalment.amount for instalment in plan)
        if planned != debt.owed or any(instalment.amount < 1 for instalment in plan):
            yield PlanSum(planned, debt.owed)
        yield from fits_time(plan, occasion)
        yield from alone(debt, debt.asked, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        before, debt = debt_of(state, self.debtor, occasion), self._debt(state, occasion)
        if before is None or debt is None:
            raise LookupError("the rules have found the debtor")
        plan = self._plan(debt)
        if self._agrees(before, occasion):
            return [InstalmentsAgreed(debt.debtor, told_creditor(state), plan)]
        interest = [*counted(state, before, occasion.law, occasion.today)]
        return [*interest, InstalmentsProposed(occasion.role, debt.debtor, plan)]

    def _debt(self, state: Claim, occasion: Occasion) -> Debt | None:
        """With the interest of today; whoever agrees to what was proposed asks for none since."""
        debt = debt_of(state, self.debtor, occasion)
        if debt is None or self._agrees(debt, occasion):
            return debt
        return after(state, [*counted(state, debt, occasion.law, occasion.today)]).debt(debt.debtor)

    def _agrees(self, debt: Debt, occasion: Occasion) -> bool:
        plan = debt.plan
        return plan is not None and occasion.role not in plan.by and plan.instalments == self._plan(debt)

    def _plan(self, debt: Debt) -> tuple[Instalment, ...]:
        if self.plan or not self.months or self.first_on is None:
            return self.plan
        return monthly(debt.owed, min(self.months, LONGEST), self.first_on)


@dataclass(frozen=True)
class NoteInstalmentMissed(ClaimCommand):
    """Issued by the timer when the day of an instalment is over."""

    type = "note-instalment-missed"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return not any(debt.missed(occasion.today) for debt in state.debts)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        missed = [(debt, debt.missed(occasion.today)) for debt in state.debts]
        return [InstalmentMissed(debt.debtor, m.due_on, m.amount) for debt, m in missed if m]
