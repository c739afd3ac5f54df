"""What the newest change of pay comes to in the first month for which it holds."""

from datetime import date

from contracts.broken_month import due_for
from contracts.consequences import Step, Sum
from contracts.contract import Contract
from contracts.dossier import Agreed
from contracts.law import Law
from contracts.parties import Role
from contracts.terms import ClauseId
from contracts.values import replace
from contracts.week import month_of, practice_days


def first_month(contract: Contract, law: Law) -> Sum | None:
    """More, or with a minus less, than would be due without the change; until pay for that month is recorded.
    None where pay was never changed."""
    changes = [at for at, each in enumerate(contract.agreed) if at and _of_pay(each)]
    if not changes:
        return None
    change = contract.agreed[changes[-1]]
    before = replace(contract, agreed=_without(contract.agreed, changes[-1]))
    month, day = f"{change.from_on:%Y-%m}", change.from_on
    if contract.paid(month) or (contract.end_on and contract.end_on < day):
        return None
    was, now = _due(before, law, day), _due(contract, law, day)
    steps = (
        Step("monthly-before", _monthly(before, day), "tiyn"),
        Step("monthly-after", _monthly(contract, day), "tiyn"),
        *_days(contract, law, day),
        Step("due-before", was, "tiyn"),
        Step("due-after", now, "tiyn"),
    )
    return Sum("pay-change", now - was, Role.STUDENT, Role.ENTERPRISE, "pay.broken-month", steps, month)


def _of_pay(change: Agreed) -> bool:
    return change.terms.compensation is not None or ClauseId.COMPENSATION in change.removed


def _without(agreed: tuple[Agreed, ...], at: int) -> tuple[Agreed, ...]:
    return (*agreed[:at], *agreed[at + 1 :])


def _monthly(contract: Contract, day: date) -> int:
    pay = contract.terms_on(day).compensation
    return pay.monthly if pay else 0


def _due(contract: Contract, law: Law, day: date) -> int:
    found = due_for(contract, law, day)
    return found.amount if found else 0


def _days(contract: Contract, law: Law, day: date) -> tuple[Step, Step]:
    """Practice days of the month from the change on, and in all."""
    first, last = month_of(day)
    days = practice_days(contract, law, first, last)
    until = min(last, contract.end_on) if contract.end_on else last
    changed = sum(day <= each <= until for each in days)
    return Step("practice-days-changed", changed, "days"), Step("practice-days-planned", len(days), "days")
