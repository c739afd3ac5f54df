"""What may be claimed because of a contract, worked out step by step: training costs in proportion to the
time that was not worked, at most what the cap leaves."""

from datetime import date

from contracts import arithmetic
from contracts.account import About
from contracts.contract import Contract, State
from contracts.decision import DAY
from contracts.law import Law
from contracts.law.calendar import months_later
from contracts.steps import Worked
from contracts.terms import Proportion, Status, Term


def worked_off(contract: Contract) -> Term | None:
    """The time over which training costs are worked off: the contract's own term, or after it is completed
    the months that C-WORK-OFF adds."""
    last = contract.end_on or contract.last_day
    if last is None:
        return None
    terms = contract.terms_on(last)
    if contract.state is not State.COMPLETED:
        return terms.term
    if terms.work_off is None or contract.last_day is None:
        return None
    first = contract.last_day + DAY
    return Term(first, months_later(first, terms.work_off.months) - DAY)


def costs(contract: Contract, eligible: int, left_on: date) -> Worked:
    """In proportion to the time that was not worked, and at most what the cap still leaves. `left_on`: the
    last day that was. Raises LookupError where the contract has no such clause or term."""
    term, clause = worked_off(contract), contract.terms_on(left_on).reimbursement
    if term is None or clause is None:
        raise LookupError("no clause on reimbursement, or no term")
    months = clause.proportion is Proportion.FULL_MONTHS
    count = arithmetic.full_months if months else arithmetic.calendar_days
    agreed, worked = count(term.starts_on, term.ends_on), count(term.starts_on, left_on)
    part = arithmetic.in_proportion(eligible, agreed, worked, "months" if months else "days")
    capped = arithmetic.capped(part.amount, cap_left(contract, left_on))
    return Worked(capped.amount, (*part.steps, *capped.steps))


def cap_left(contract: Contract, on: date) -> int:
    """Of C-REIMBURSE-CAP, what earlier claims for costs have left. Tiyn."""
    clause = contract.terms_on(on).reimbursement
    taken = sum(made.amount for made in contract.account.claims if made.about is About.COSTS)
    return max(0, clause.cap - taken) if clause else 0


def limitation(contract: Contract | None, law: Law, known_on: date) -> date:
    """The last day before the debtor may plead it: of an employee after a year (LC 160), else after three
    (CC 178)."""
    standing = contract.terms_on(contract.last_day or known_on).standing if contract else None
    employee = standing is not None and standing.status is Status.EMPLOYEE
    rule = law.rule("limitation.labour", known_on) if employee else law.rule("limitation.general", known_on)
    return law.end_of(rule.value, known_on).last
