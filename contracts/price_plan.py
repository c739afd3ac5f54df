"""A price that the enterprise pays the college month by month: what is due for the months that were taught,
what was paid, and which payments come back after an early end."""

from dataclasses import dataclass
from datetime import date

from contracts.arithmetic import PriceByMonth, by_month, calendar_days, full_months, taken_back
from contracts.claim import Line, PriceLine
from contracts.contract import Contract, State
from contracts.dossier import Resting
from contracts.law import Law
from contracts.law.calendar import DAY, months_later
from contracts.steps import Step
from contracts.terms import PaymentPlan, Term


@dataclass(frozen=True)
class Standing:
    """As of a day. `months`: those that were over; `lines`: what comes back, newest payment first. Tiyn."""

    price: PriceByMonth
    due: int
    paid: int
    claw_back: int
    lines: tuple[Line, ...]
    months: tuple[PriceLine, ...]
    payments: tuple[PriceLine, ...]
    steps: tuple[Step, ...]

    @property
    def unpaid(self) -> int:
        return max(0, self.due - self.paid)


def plan_of(contract: Contract, day: date) -> tuple[PaymentPlan, Term] | None:
    """C-PAYMENT-PLAN and the term over which it runs."""
    terms = contract.terms_on(min(day, contract.last_day or day))
    return (terms.payment_plan, terms.term) if terms.payment_plan and terms.term else None


def standing(contract: Contract, law: Law, day: date) -> Standing | None:
    """None where the contract has no such clause."""
    if (found := plan_of(contract, day)) is None:
        return None
    plan, term = found
    price = by_month(plan.price, plan.held_back_percent, plan.months)
    ended = contract.end_on is not None and contract.end_on < term.ends_on and contract.end_on <= day
    done = _done(contract, law, term, price, day, ended)
    payments = tuple(
        PriceLine(n, payment.on, payment.amount, payment.id)
        for n, payment in enumerate((p for p in contract.account.paid if p.on <= day), 1)
    )
    paid = sum(payment.amount for payment in payments)
    claw_back = max(0, paid - done[-1].value) if ended else 0
    return Standing(
        price=price,
        due=done[-1].value,
        paid=paid,
        claw_back=claw_back,
        lines=_lines(payments, claw_back),
        months=_months(contract, term, price, day),
        payments=payments,
        steps=(
            *_spread(plan, price),
            *done,
            Step("paid", paid, "tiyn"),
            Step("claw-back", claw_back, "tiyn"),
        ),
    )


def _spread(plan: PaymentPlan, price: PriceByMonth) -> tuple[Step, ...]:
    return (
        Step("price", plan.price, "tiyn"),
        Step("held-back-percent", plan.held_back_percent, "percent"),
        Step("held-back", price.held_back, "tiyn"),
        Step("plan-months", plan.months, "months"),
        Step("price-monthly", price.monthly[0], "tiyn"),
    )


def _done(
    contract: Contract, law: Law, term: Term, price: PriceByMonth, day: date, ended: bool
) -> tuple[Step, ...]:
    """What is due, with the time that it is due for: whole months, or by the pack the days of an early end.
    All of it once the training is completed."""
    if contract.state is State.COMPLETED:
        return (Step("due", price.price, "tiyn"),)
    last = min(contract.end_on or day, day, term.ends_on)
    rested = _rested(contract, term, last)
    if ended and law.rule("price.after-end", last).value["counted"] == "calendar_days":
        days = calendar_days(term.starts_on, last) - rested
        whole = calendar_days(term.starts_on, term.ends_on) - _rested(contract, term, term.ends_on)
        due = price.spread * days // whole
        return (
            Step("worked-days", days, "days"),
            Step("agreed-days", whole, "days"),
            Step("due", due, "tiyn"),
        )
    months = min(full_months(term.starts_on, last - rested * DAY), len(price.monthly))
    return (Step("worked-months", months, "months"), Step("due", sum(price.monthly[:months]), "tiyn"))


def _months(contract: Contract, term: Term, price: PriceByMonth, day: date) -> tuple[PriceLine, ...]:
    """Those that were over by that day, whether they were taught or not; no instalment is due for days on
    which the contract rests."""
    last = min(day, term.ends_on)
    gone = last - _rested(contract, term, last) * DAY
    over = min(full_months(term.starts_on, gone), len(price.monthly))
    return tuple(PriceLine(n, _over_on(contract, term, n), price.monthly[n - 1]) for n in range(1, over + 1))


def _rested(contract: Contract, term: Term, last: date) -> int:
    """Days from the first to that one on which instalments rest."""
    return contract.days_rested(Resting.INSTALMENTS, term.starts_on, last)


def _over_on(contract: Contract, term: Term, months: int) -> date:
    """The day on which so many months are over, without the days of rest. They are over at last."""
    planned = months_later(term.starts_on, months) - DAY
    last = planned
    while (later := planned + _rested(contract, term, last) * DAY) > last:
        last = later
    return last


def _lines(payments: tuple[PriceLine, ...], claw_back: int) -> tuple[Line, ...]:
    found = taken_back([payment.amount for payment in payments], claw_back)
    return tuple(Line(id_, amount) for place, amount in found if (id_ := payments[place].payment))
