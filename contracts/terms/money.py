"""Clauses about money between the parties, and about what follows the training."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.terms.work import Bearer


class HiringKind(StrEnum):
    NONE = "none"
    CONDITIONAL = "conditional"
    FIRM = "firm"


class Debtor(StrEnum):
    STUDENT = "student"
    COLLEGE = "college"


class CostItem(StrEnum):
    """What a reimbursement clause may list (domain part 6)."""

    EXTERNAL_COURSE = "external_course"
    MATERIALS = "materials_consumed_in_training"
    HOUSING = "housing_by_agreement"
    TRAVEL = "travel_by_agreement"
    PRICE_NOT_TAUGHT = "price_for_months_not_taught"


class Proportion(StrEnum):
    CALENDAR_DAYS = "calendar_days"
    FULL_MONTHS = "full_months"


@dataclass(frozen=True)
class Hiring:
    """Whether the enterprise must offer a post afterwards."""

    kind: HiringKind
    least_grade: str | None = None
    needs_vacancy: bool = False
    offer_within_days: int = 30


@dataclass(frozen=True)
class Probation:
    """Months after hiring."""

    months: int


@dataclass(frozen=True)
class WorkOff:
    months: int


@dataclass(frozen=True)
class Costs:
    """Who bears the cost of teaching, of training at the enterprise, of materials, of examinations."""

    teaching: Bearer
    training: Bearer
    materials: Bearer
    examinations: Bearer


@dataclass(frozen=True)
class PaymentPlan:
    """What the enterprise pays the college: tiyn in all, in monthly parts over `months`; a part, in percent,
    is held back until the training is completed."""

    price: int
    months: int
    held_back_percent: int = 0


@dataclass(frozen=True)
class Reimbursement:
    """Which training costs the enterprise may ask back, from whom, at most how many tiyn."""

    items: tuple[CostItem, ...]
    debtors: tuple[Debtor, ...]
    cap: int
    proportion: Proportion = Proportion.CALENDAR_DAYS


@dataclass(frozen=True)
class Penalty:
    """For each day late, in basis points of what is late; in all at most so many percent of it."""

    daily_basis_points: int
    cap_percent: int


@dataclass(frozen=True)
class Guarantee:
    """A surety answers for the student up to `amount` tiyn, up to and including `until`."""

    surety: UUID
    amount: int
    until: date
