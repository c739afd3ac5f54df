"""Clauses that are void: nobody could keep them, or they give less than the law does (LC 10(2))."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from contracts.law import Law
from contracts.terms import (
    CLAUSES,
    Bearer,
    ClauseId,
    Compensation,
    DataUse,
    Guarantee,
    Insurance,
    Medical,
    PaymentPlan,
    Penalty,
    PracticeShare,
    Probation,
    Protective,
    StudyYear,
    Term,
    Terms,
)


def void_clauses(terms: Terms, law: Law, on: date) -> tuple[ClauseId, ...]:
    """Of these clauses, by the law of that day."""
    filled = ((id_, is_void, getattr(terms, CLAUSES[id_].field)) for id_, is_void in VOID.items())
    return tuple(id_ for id_, is_void, value in filled if value is not None and is_void(value, law, on))


def _term(value: Term, law: Law, on: date) -> bool:
    return max(value.starts_on, on) > value.ends_on


def _practice_share(value: PracticeShare, law: Law, on: date) -> bool:
    return not 0 < value.enterprise_hours <= value.total_hours


def _study_year(value: StudyYear, law: Law, on: date) -> bool:
    return any(each.starts_on > each.ends_on for each in (value.winter, value.summer))


def _compensation(value: Compensation, law: Law, on: date) -> bool:
    latest = int(law.rule("pay.due", on).value["day_of_month"])
    return value.monthly < 0 or not 1 <= value.pay_day <= latest


def _protective(value: Protective, law: Law, on: date) -> bool:
    return not value.items or value.provided_by is Bearer.STUDENT


def _medical(value: Medical, law: Law, on: date) -> bool:
    most = int(law.rule("medical.examination", on).value["months"])
    return value.paid_by is Bearer.STUDENT or not 1 <= value.every_months <= most


def _insurance(value: Insurance, law: Law, on: date) -> bool:
    return value.paid_by is Bearer.STUDENT or value.covered <= 0


def _probation(value: Probation, law: Law, on: date) -> bool:
    return not 0 <= value.months <= int(law.rule("hiring.probation", on).value["months"])


def _payment_plan(value: PaymentPlan, law: Law, on: date) -> bool:
    return value.price <= 0 or value.months < 1 or not 0 <= value.held_back_percent < 100


def _penalty(value: Penalty, law: Law, on: date) -> bool:
    most = int(law.rule("penalty.most", on).value["daily_basis_points"])
    return not (0 <= value.daily_basis_points <= most and 0 <= value.cap_percent <= 100)


def _guarantee(value: Guarantee, law: Law, on: date) -> bool:
    return value.amount <= 0 or value.until < on


def _data_use(value: DataUse, law: Law, on: date) -> bool:
    return not value.purposes or value.years < 0


def _below(least: int, *parts: str) -> Callable[[Any, Law, date], bool]:
    """Whether one of these numbers is less than `least`."""
    return lambda value, law, on: any(getattr(value, part) < least for part in parts)


VOID: Mapping[ClauseId, Callable[[Any, Law, date], bool]] = {
    ClauseId.TERM: _term,
    ClauseId.PROGRAMME: _below(1, "hours"),
    ClauseId.PRACTICE_SHARE: _practice_share,
    ClauseId.CALENDAR: _study_year,
    ClauseId.COMPENSATION: _compensation,
    ClauseId.EXPENSES: _below(0, "travel", "meals", "housing"),
    ClauseId.PROTECTIVE: _protective,
    ClauseId.MEDICAL: _medical,
    ClauseId.INSURANCE: _insurance,
    ClauseId.REST: _below(0, "break_minutes", "leave_days"),
    ClauseId.ABSENCE: _below(0, "report_days", "proof_days"),
    ClauseId.ASSESSMENT: _below(0, "interim_a_year"),
    ClauseId.PROBATION: _probation,
    ClauseId.PAYMENT_PLAN: _payment_plan,
    ClauseId.REIMBURSE: _below(0, "cap"),
    ClauseId.PENALTY: _penalty,
    ClauseId.GUARANTEE: _guarantee,
    ClauseId.CONFIDENTIAL: _below(0, "years"),
    ClauseId.NOTICE: _below(1, "answer_days"),
    ClauseId.TERMINATION: _below(0, "trial_weeks"),
    ClauseId.FORCE_MAJEURE: _below(1, "tell_days"),
    ClauseId.DISPUTE: _below(1, "answer_days"),
    ClauseId.DATA: _data_use,
}
"""By clause, in the order of the register; the others are never void by themselves."""
