"""Clauses about the student at the enterprise: place, tasks, pay, mentor, safety."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Status(StrEnum):
    TRAINEE = "trainee"
    EMPLOYEE = "employee"


class PayKind(StrEnum):
    COMPENSATION = "compensation"
    WAGE = "wage"


class Bearer(StrEnum):
    """The party that bears something."""

    STUDENT = "student"
    COLLEGE = "college"
    ENTERPRISE = "enterprise"


class Gear(StrEnum):
    """What protects at work, and what one works with."""

    CLOTHING = "clothing"
    FOOTWEAR = "footwear"
    HELMET = "helmet"
    GLOVES = "gloves"
    GLASSES = "glasses"
    TOOLS = "tools"


class Hazard(StrEnum):
    """Conditions at the workplace by its attestation, from the mildest."""

    PERMISSIBLE = "permissible"
    HARMFUL = "harmful"
    DANGEROUS = "dangerous"


@dataclass(frozen=True)
class Workplace:
    """Where the student works: the enterprise's address and its department."""

    address: str
    department: str


@dataclass(frozen=True)
class Standing:
    """Trainee, or employee with an employment contract beside this one."""

    status: Status
    employment_contract: str | None = None


@dataclass(frozen=True)
class Compensation:
    """Tiyn for a month in which every planned practice day was done; `pay_day` of the next month."""

    kind: PayKind
    monthly: int
    pay_day: int = 10


@dataclass(frozen=True)
class Mentoring:
    person: UUID


@dataclass(frozen=True)
class Duties:
    """What the student is taught to do there, module by module."""

    tasks: str


@dataclass(frozen=True)
class Expenses:
    """Tiyn a month, beside the pay."""

    travel: int = 0
    meals: int = 0
    housing: int = 0


@dataclass(frozen=True)
class Protective:
    items: tuple[Gear, ...]
    provided_by: Bearer = Bearer.ENTERPRISE


@dataclass(frozen=True)
class Safety:
    """`attested_on`: when the workplace was attested."""

    hazard: Hazard
    attested_on: date | None = None


@dataclass(frozen=True)
class Medical:
    """Examinations, and how many months lie between two."""

    paid_by: Bearer
    every_months: int = 12


@dataclass(frozen=True)
class Insurance:
    """Cover of accidents at work. `covered`: tiyn for one accident."""

    paid_by: Bearer
    covered: int


@dataclass(frozen=True)
class Rest:
    """Minutes of break a day, and calendar days of leave a year."""

    break_minutes: int
    leave_days: int


@dataclass(frozen=True)
class Absence:
    """Calendar days in which it is reported, and in which it is proven."""

    report_days: int
    proof_days: int
