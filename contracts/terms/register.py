"""The clauses of a contract, each with its id, whether an offer needs it, and how it may change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.terms.money import (
    Costs,
    Guarantee,
    Hiring,
    PaymentPlan,
    Penalty,
    Probation,
    Reimbursement,
    WorkOff,
)
from contracts.terms.order import (
    Confidential,
    DataUse,
    Disputes,
    ForceMajeure,
    Languages,
    Leaving,
    Notices,
    Suspending,
    Transfer,
    Works,
)
from contracts.terms.study import (
    Assessment,
    Award,
    Form,
    Funding,
    PracticeShare,
    Programme,
    StudyYear,
    Subject,
    Term,
)
from contracts.terms.timetable import Schedule
from contracts.terms.work import (
    Absence,
    Compensation,
    Duties,
    Expenses,
    Insurance,
    Medical,
    Mentoring,
    Protective,
    Rest,
    Safety,
    Standing,
    Workplace,
)
from contracts.values import replace


class Change(StrEnum):
    """How a clause changes once the contract is concluded (domain: clause register)."""

    AGREED_BY_ALL = "A"
    AGREED_BY_TWO = "B"
    NOTICE = "N"
    ONE_ALONE = "U"
    BY_LAW = "L"
    NEVER = "X"


@dataclass(frozen=True)
class Terms:
    """The clauses as far as they are filled in. A field here is a clause of the register."""

    subject: Subject | None = None
    term: Term | None = None
    form: Form | None = None
    funding: Funding | None = None
    programme: Programme | None = None
    practice_share: PracticeShare | None = None
    schedule: Schedule | None = None
    study_year: StudyYear | None = None
    workplace: Workplace | None = None
    duties: Duties | None = None
    standing: Standing | None = None
    compensation: Compensation | None = None
    expenses: Expenses | None = None
    mentor: Mentoring | None = None
    protective: Protective | None = None
    safety: Safety | None = None
    medical: Medical | None = None
    insurance: Insurance | None = None
    rest: Rest | None = None
    absence: Absence | None = None
    assessment: Assessment | None = None
    award: Award | None = None
    hiring: Hiring | None = None
    probation: Probation | None = None
    work_off: WorkOff | None = None
    costs: Costs | None = None
    payment_plan: PaymentPlan | None = None
    reimbursement: Reimbursement | None = None
    penalty: Penalty | None = None
    guarantee: Guarantee | None = None
    confidential: Confidential | None = None
    works: Works | None = None
    notices: Notices | None = None
    suspension: Suspending | None = None
    transfer: Transfer | None = None
    leaving: Leaving | None = None
    force_majeure: ForceMajeure | None = None
    disputes: Disputes | None = None
    data_use: DataUse | None = None
    languages: Languages | None = None


NOTHING_AGREED = Terms()


class ClauseId(StrEnum):
    """A clause of the register, as it is named to people."""

    SUBJECT = "C-SUBJECT"
    TERM = "C-TERM"
    FORM = "C-FORM"
    FUNDING = "C-FUNDING"
    PROGRAMME = "C-PROGRAMME"
    PRACTICE_SHARE = "C-PRACTICE-SHARE"
    SCHEDULE = "C-SCHEDULE"
    CALENDAR = "C-CALENDAR"
    WORKPLACE = "C-WORKPLACE"
    DUTIES = "C-DUTIES"
    STATUS = "C-STATUS"
    COMPENSATION = "C-COMPENSATION"
    EXPENSES = "C-EXPENSES"
    MENTOR = "C-MENTOR"
    PROTECTIVE = "C-PROTECTIVE"
    SAFETY = "C-SAFETY"
    MEDICAL = "C-MEDICAL"
    INSURANCE = "C-INSURANCE"
    REST = "C-REST"
    ABSENCE = "C-ABSENCE"
    ASSESSMENT = "C-ASSESSMENT"
    QUALIFICATION = "C-QUALIFICATION"
    HIRING = "C-HIRING"
    PROBATION = "C-PROBATION"
    WORK_OFF = "C-WORK-OFF"
    COSTS = "C-COSTS"
    PAYMENT_PLAN = "C-PAYMENT-PLAN"
    REIMBURSE = "C-REIMBURSE"
    PENALTY = "C-PENALTY"
    GUARANTEE = "C-GUARANTEE"
    CONFIDENTIAL = "C-CONFIDENTIAL"
    IP = "C-IP"
    NOTICE = "C-NOTICE"
    SUSPENSION = "C-SUSPENSION"
    TRANSFER = "C-TRANSFER"
    TERMINATION = "C-TERMINATION"
    FORCE_MAJEURE = "C-FORCE-MAJEURE"
    DISPUTE = "C-DISPUTE"
    DATA = "C-DATA"
    LANGUAGE = "C-LANGUAGE"


@dataclass(frozen=True)
class Clause:
    """`field` of Terms, whether an offer needs it, and how it changes later."""

    id: ClauseId
    field: str
    required: bool
    change: Change


REGISTER = (
    Clause(ClauseId.SUBJECT, "subject", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.TERM, "term", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.FORM, "form", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.FUNDING, "funding", True, Change.NOTICE),
    Clause(ClauseId.PROGRAMME, "programme", False, Change.NOTICE),
    Clause(ClauseId.PRACTICE_SHARE, "practice_share", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.SCHEDULE, "schedule", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.CALENDAR, "study_year", False, Change.NOTICE),
    Clause(ClauseId.WORKPLACE, "workplace", True, Change.AGREED_BY_TWO),
    Clause(ClauseId.DUTIES, "duties", False, Change.AGREED_BY_TWO),
    Clause(ClauseId.STATUS, "standing", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.COMPENSATION, "compensation", False, Change.ONE_ALONE),
    Clause(ClauseId.EXPENSES, "expenses", False, Change.ONE_ALONE),
    Clause(ClauseId.MENTOR, "mentor", True, Change.ONE_ALONE),
    Clause(ClauseId.PROTECTIVE, "protective", False, Change.ONE_ALONE),
    Clause(ClauseId.SAFETY, "safety", False, Change.BY_LAW),
    Clause(ClauseId.MEDICAL, "medical", False, Change.BY_LAW),
    Clause(ClauseId.INSURANCE, "insurance", False, Change.BY_LAW),
    Clause(ClauseId.REST, "rest", False, Change.BY_LAW),
    Clause(ClauseId.ABSENCE, "absence", False, Change.NOTICE),
    Clause(ClauseId.ASSESSMENT, "assessment", False, Change.NOTICE),
    Clause(ClauseId.QUALIFICATION, "award", False, Change.NOTICE),
    Clause(ClauseId.HIRING, "hiring", False, Change.ONE_ALONE),
    Clause(ClauseId.PROBATION, "probation", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.WORK_OFF, "work_off", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.COSTS, "costs", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.PAYMENT_PLAN, "payment_plan", False, Change.AGREED_BY_TWO),
    Clause(ClauseId.REIMBURSE, "reimbursement", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.PENALTY, "penalty", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.GUARANTEE, "guarantee", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.CONFIDENTIAL, "confidential", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.IP, "works", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.NOTICE, "notices", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.SUSPENSION, "suspension", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.TRANSFER, "transfer", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.TERMINATION, "leaving", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.FORCE_MAJEURE, "force_majeure", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.DISPUTE, "disputes", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.DATA, "data_use", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.LANGUAGE, "languages", False, Change.AGREED_BY_ALL),
)
"""Where a clause is not filled in, its sentence of the standard form stands, if it has one."""

CLAUSES = {clause.id: clause for clause in REGISTER}


def missing(terms: Terms) -> tuple[ClauseId, ...]:
    """Ids of the required clauses that are still empty."""
    return tuple(clause.id for clause in REGISTER if clause.required and getattr(terms, clause.field) is None)


def revised(terms: Terms, changes: Terms, remove: tuple[ClauseId, ...] = ()) -> Terms:
    """`terms` with what `changes` fills in, without the clauses of the ids in `remove`."""
    filled = {name: value for name, value in vars(changes).items() if value is not None}
    emptied: dict[str, Any] = {CLAUSES[id_].field: None for id_ in remove}
    return replace(terms, **filled | emptied)


def filled(terms: Terms) -> tuple[ClauseId, ...]:
    """Ids of the clauses that have a value."""
    return tuple(clause.id for clause in REGISTER if getattr(terms, clause.field) is not None)


def differing(was: Terms, now: Terms) -> tuple[Clause, ...]:
    """The clauses that are not the same, in the order of the register."""
    return tuple(clause for clause in REGISTER if getattr(was, clause.field) != getattr(now, clause.field))


def named_in(terms: Terms) -> frozenset[UUID]:
    """People whom the clauses name, beside the parties."""
    found: set[UUID] = {terms.mentor.person} if terms.mentor else set()
    return frozenset(found | {terms.guarantee.surety} if terms.guarantee else found)
