"""How weighty a change of clauses is: who has to agree to it, who may give notice of it, who may do it alone.

The register says it by clause; a few clauses weigh by the direction in which they change. What widens a duty
of the student or the money that he owes always takes the agreement of all (domain: clause register).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.contract import PARTIES
from contracts.parties import Role
from contracts.terms import (
    Absence,
    Bearer,
    Change,
    Clause,
    ClauseId,
    Compensation,
    DataUse,
    Expenses,
    Funding,
    Hazard,
    Hiring,
    HiringKind,
    Insurance,
    Medical,
    Programme,
    Protective,
    Reimbursement,
    Rest,
    Safety,
    Terms,
    WorkOff,
    Workplace,
    differing,
)

STRICTEST_FIRST = (Change.AGREED_BY_ALL, Change.AGREED_BY_TWO, Change.NOTICE, Change.ONE_ALONE)

GRADES = (None, "satisfactory", "good", "excellent")
"""The least grade that a promise to hire asks for, from the easiest."""

OWN_COMMAND = frozenset({ClauseId.SCHEDULE, ClauseId.MENTOR})
"""Clauses that change by commands of their own."""


@dataclass(frozen=True)
class Weight:
    """How one clause changes. `by`: whose agreement it takes (A, B), who may give notice (N), who may do it
    alone (U)."""

    clause: ClauseId
    change: Change
    by: frozenset[Role]

    def may_tell(self, role: Role) -> bool:
        """Whether this party changes it by telling the others."""
        return self.change in {Change.NOTICE, Change.ONE_ALONE} and role in self.by


def weights(was: Terms, now: Terms) -> tuple[Weight, ...]:
    """Of each clause that differs."""
    return tuple(
        weight(clause, getattr(was, clause.field), getattr(now, clause.field))
        for clause in differing(was, now)
    )


def weight(clause: Clause, was: Any, now: Any) -> Weight:
    """Of a clause that differs; None: it was, or is to be, empty."""
    if direction := DIRECTIONS.get(clause.id):
        return Weight(clause.id, *direction(was, now))
    return Weight(clause.id, *ROWS[clause.change])


def strictest(found: Iterable[Weight]) -> Change:
    """The class of a change of several clauses."""
    return min((each.change for each in found), key=STRICTEST_FIRST.index, default=Change.ONE_ALONE)


def who_agrees(found: Iterable[Weight], by: Role) -> frozenset[Role]:
    """Whose agreement a proposal takes that `by` makes. Where a clause could be changed by notice, everybody
    could have objected, so everybody is asked."""
    asked = (PARTIES if each.change is Change.NOTICE else each.by for each in found)
    return frozenset({by}).union(*asked)


# Directions

Way = tuple[Change, frozenset[Role]]
ALL: Way = Change.AGREED_BY_ALL, PARTIES
ENTERPRISE_ALONE: Way = Change.ONE_ALONE, frozenset({Role.ENTERPRISE})
STUDENT_ALONE: Way = Change.ONE_ALONE, frozenset({Role.STUDENT})
ENTERPRISE_TELLS: Way = Change.NOTICE, frozenset({Role.ENTERPRISE})
COLLEGE_TELLS: Way = Change.NOTICE, frozenset({Role.COLLEGE})
EITHER_TELLS: Way = Change.NOTICE, frozenset({Role.COLLEGE, Role.ENTERPRISE})
WITH_STUDENT: Way = Change.AGREED_BY_TWO, frozenset({Role.STUDENT, Role.ENTERPRISE})
ORGANISATIONS: Way = Change.AGREED_BY_TWO, frozenset({Role.COLLEGE, Role.ENTERPRISE})

ROWS: Mapping[Change, Way] = {
    Change.AGREED_BY_ALL: ALL,
    Change.AGREED_BY_TWO: ORGANISATIONS,
    Change.NOTICE: COLLEGE_TELLS,
    Change.ONE_ALONE: ALL,
    Change.BY_LAW: ALL,
    Change.NEVER: ALL,
}
"""By the class of the register, where a clause has no direction of its own."""


def _better(way: Way, is_better: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Way]:
    return lambda was, now: way if is_better(was, now) else ALL


def _pay_rises(was: Compensation | None, now: Compensation | None) -> bool:
    if was is None or now is None:
        return was is None
    return was.kind is now.kind and was.monthly <= now.monthly and now.pay_day <= was.pay_day


def _expenses_rise(was: Expenses | None, now: Expenses | None) -> bool:
    before, after = was or Expenses(), now or Expenses()
    return all(getattr(before, name) <= getattr(after, name) for name in vars(before))


def _more_gear(was: Protective | None, now: Protective | None) -> bool:
    if now is None or now.provided_by is not Bearer.ENTERPRISE:
        return False
    return was is None or set(was.items) <= set(now.items)


def _no_more_hazard(was: Safety | None, now: Safety | None) -> bool:
    ranks = list(Hazard)
    return now is not None and was is not None and ranks.index(now.hazard) <= ranks.index(was.hazard)


def _examined_more_often(was: Medical | None, now: Medical | None) -> bool:
    if was is None or now is None:
        return False
    return was.paid_by is now.paid_by and now.every_months <= was.every_months


def _better_covered(was: Insurance | None, now: Insurance | None) -> bool:
    if now is None or now.paid_by is not Bearer.ENTERPRISE:
        return False
    return was is None or was.covered <= now.covered


def _more_rest(was: Rest | None, now: Rest | None) -> bool:
    if was is None or now is None:
        return was is None
    return was.break_minutes <= now.break_minutes and was.leave_days <= now.leave_days


def _better_promise(was: Hiring | None, now: Hiring | None) -> bool:
    if was is None or now is None:
        return was is None
    ranks = list(HiringKind)
    easier = (
        ranks.index(was.kind) <= ranks.index(now.kind),
        _grade(now) <= _grade(was),
        was.needs_vacancy or not now.needs_vacancy,
        now.offer_within_days <= was.offer_within_days,
    )
    return all(easier)


def _grade(value: Hiring) -> int:
    """A grade that is no word of ours counts as the hardest."""
    return GRADES.index(value.least_grade) if value.least_grade in GRADES else len(GRADES)


def _shorter(was: WorkOff | None, now: WorkOff | None) -> bool:
    return (now.months if now else 0) <= (was.months if was else 0)


def _less_to_pay_back(was: Reimbursement | None, now: Reimbursement | None) -> bool:
    if was is None or now is None:
        return now is None
    fewer = set(now.items) <= set(was.items) and set(now.debtors) == set(was.debtors)
    return fewer and now.cap <= was.cap and now.proportion is was.proportion


def _less_use(was: DataUse | None, now: DataUse | None) -> bool:
    if was is None or now is None:
        return False
    return set(now.purposes) <= set(was.purposes) and now.years <= was.years


def _longer_to_report(was: Absence | None, now: Absence | None) -> bool:
    if was is None or now is None:
        return now is None
    return was.report_days <= now.report_days and was.proof_days <= now.proof_days


def _as_many_hours(was: Programme | None, now: Programme | None) -> bool:
    return was is not None and now is not None and was.hours == now.hours


def _workplace(was: Workplace | None, now: Workplace | None) -> Way:
    """Another town: all; another department: who works there and who leads it; another address: notice."""
    if was is None or now is None or town(was) != town(now):
        return ALL
    return WITH_STUDENT if was.department != now.department else ENTERPRISE_TELLS


def moves(was: Workplace, now: Workplace) -> bool:
    """To another town or department; not where only the address is another."""
    return town(was) != town(now) or was.department != now.department


def town(value: Workplace) -> str:
    """The first part of the address."""
    return value.address.partition(",")[0].strip().casefold()


DIRECTIONS: Mapping[ClauseId, Callable[[Any, Any], Way]] = {
    ClauseId.FUNDING: _better(COLLEGE_TELLS, lambda was, now: now is Funding.STATE_ORDER),
    ClauseId.PROGRAMME: _better(COLLEGE_TELLS, _as_many_hours),
    ClauseId.WORKPLACE: _workplace,
    ClauseId.COMPENSATION: _better(ENTERPRISE_ALONE, _pay_rises),
    ClauseId.EXPENSES: _better(ENTERPRISE_ALONE, _expenses_rise),
    ClauseId.PROTECTIVE: _better(ENTERPRISE_ALONE, _more_gear),
    ClauseId.SAFETY: _better(ENTERPRISE_TELLS, _no_more_hazard),
    ClauseId.MEDICAL: _better(ENTERPRISE_ALONE, _examined_more_often),
    ClauseId.INSURANCE: _better(ENTERPRISE_ALONE, _better_covered),
    ClauseId.REST: _better(ENTERPRISE_ALONE, _more_rest),
    ClauseId.ABSENCE: _better(EITHER_TELLS, _longer_to_report),
    ClauseId.HIRING: _better(ENTERPRISE_ALONE, _better_promise),
    ClauseId.WORK_OFF: _better(ENTERPRISE_ALONE, _shorter),
    ClauseId.REIMBURSE: _better(ENTERPRISE_ALONE, _less_to_pay_back),
    ClauseId.DATA: _better(STUDENT_ALONE, _less_use),
}
"""By clause: how it changes, from what it was and what it is to be."""
