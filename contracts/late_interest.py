"""Late interest on a claim: by the official rate of each day (CC 353), counted up to a day whenever something
happens to the debt, and once a month by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.arithmetic import late_interest
from contracts.claim import Claim, Debt, owing
from contracts.claim_rules import changed
from contracts.decision import DAY, Event
from contracts.law import Law
from contracts.parties import Role
from contracts.steps import Step

DISPUTE = "dispute"
"""Why nothing is counted for some days."""

# Rules


@dataclass(frozen=True)
class Weight:
    """`whole`: basis points times days. `basis_points`: the rate of the last day."""

    whole: int
    days: int
    basis_points: int
    year_days: int


def weight(debt: Debt, law: Law, first: date, last: date) -> Weight:
    """Of the days from one to another that count, each by the rate that holds on it."""
    rates = []
    for n in range((last - first).days + 1):
        day = first + n * DAY
        if not any(start <= day <= end for start, end in debt.free):
            rates.append(int(law.rule("claim.late-interest", day).value["basis_points"]))
    year_days = int(law.rule("claim.late-interest", last).value["year_days"])
    return Weight(sum(rates), len(rates), rates[-1] if rates else 0, year_days)


def counted(claim: Claim, debt: Debt, law: Law, upto: date) -> Iterator[Event]:
    """What has come up since interest was counted last. While a dispute is open days are passed over, and it
    is said; while instalments are kept none is late."""
    first = debt.counted_to + DAY
    if debt.rests or not debt.principal or upto < first:
        return
    if claim.disputes:
        yield PenaltyAccrued(debt.debtor, first, upto, 0, 0, (), DISPUTE)
        return
    found = weight(debt, law, first, upto)
    amount = late_interest(debt.principal, debt.weight + found.whole, found.year_days) - debt.accrued
    steps = (
        Step("principal", debt.principal, "tiyn"),
        Step("basis-points", found.basis_points, "basis_points"),
        Step("days-late", found.days, "days"),
        Step("year-days", found.year_days, "days"),
        Step("late-interest", amount, "tiyn"),
    )
    yield PenaltyAccrued(debt.debtor, first, upto, amount, found.whole, steps)


def counted_at(claim: Claim, debt: Debt, law: Law, on: date) -> Iterator[Event]:
    """Up to that day exactly: what was counted for days after it is taken back."""
    first = max(on + DAY, debt.late_from)
    if first > debt.counted_to:
        yield from counted(claim, debt, law, on)
        return
    found = weight(debt, law, first, debt.counted_to)
    kept = late_interest(debt.principal, debt.weight - found.whole, found.year_days)
    yield PenaltyTakenBack(debt.debtor, first, debt.counted_to, debt.accrued - kept, found.whole)


# Events


@dataclass(frozen=True)
class PenaltyAccrued(Event):
    """For the days from one to another, both included. `amount` 0 with a `reason`: they do not count. Tiyn;
    rounded down for the debtor, and as if the days since the principal changed were counted at once."""

    type = "claim.penalty_accrued"
    rule = "claim.late-interest"
    stream = "claim"
    debtor: Role
    from_on: date
    to_on: date
    amount: int
    weight: int
    steps: tuple[Step, ...] = ()
    reason: str | None = None

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, self.debtor)
        return changed(
            state,
            self.debtor,
            penalty=debt.penalty + self.amount,
            counted_to=self.to_on,
            weight=debt.weight + self.weight,
            accrued=debt.accrued + self.amount,
            free=(*debt.free, (self.from_on, self.to_on)) if self.reason else debt.free,
        )

    @property
    def effective_on(self) -> date:
        return self.to_on


@dataclass(frozen=True)
class PenaltyTakenBack(Event):
    """Interest of days after a payment that became known late. Tiyn."""

    type = "claim.penalty_taken_back"
    rule = "claim.late-interest"
    stream = "claim"
    debtor: Role
    from_on: date
    to_on: date
    amount: int
    weight: int

    def evolve(self, state: Claim) -> Claim:
        debt = owing(state, self.debtor)
        return changed(
            state,
            self.debtor,
            penalty=debt.penalty - self.amount,
            counted_to=self.from_on - DAY,
            weight=debt.weight - self.weight,
            accrued=debt.accrued - self.amount,
        )
