"""The clauses of a contract: typed values, each with its id, whether it is needed, and how it may change."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.values import replace


class Change(StrEnum):
    """How a clause changes once the contract is concluded (domain: clause register)."""

    AGREED_BY_ALL = "A"
    AGREED_BY_TWO = "B"
    NOTICE = "N"
    ONE_ALONE = "U"
    BY_LAW = "L"
    NEVER = "X"


class Weekday(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


WEEK = tuple(Weekday)


class Form(StrEnum):
    FULL_TIME = "full_time"
    EVENING = "evening"


class Funding(StrEnum):
    STATE_ORDER = "state_order"
    PAID = "paid"


class StartsWith(StrEnum):
    STUDY = "study"
    PRACTICE = "practice"


class Status(StrEnum):
    TRAINEE = "trainee"
    EMPLOYEE = "employee"


class PayKind(StrEnum):
    COMPENSATION = "compensation"
    WAGE = "wage"


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
class Subject:
    """Specialty: 8 digits. Qualification: level mark and 8 digits."""

    specialty: str
    qualification: str


@dataclass(frozen=True)
class Term:
    """First and last day, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class PracticeShare:
    """Hours of the whole programme, and of them at the enterprise."""

    total_hours: int
    enterprise_hours: int


@dataclass(frozen=True)
class Hours:
    """A day's hours at one place, by the clock."""

    starts_at: time
    ends_at: time
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        start, end = (at.hour * 60 + at.minute for at in (self.starts_at, self.ends_at))
        return max(0, end - start - self.break_minutes)


@dataclass(frozen=True)
class Week:
    college: tuple[Weekday, ...]
    enterprise: tuple[Weekday, ...]


@dataclass(frozen=True)
class Schedule:
    """Which days at the college and at the enterprise. `weeks` repeat, counted from the week in which the
    term starts; one week is the ordinary case, two or more make block weeks."""

    starts_with: StartsWith
    weeks: tuple[Week, ...]
    college_hours: Hours
    enterprise_hours: Hours


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
class Hiring:
    """Whether the enterprise must offer a post afterwards."""

    kind: HiringKind
    least_grade: str | None = None
    needs_vacancy: bool = False
    offer_within_days: int = 30


@dataclass(frozen=True)
class Reimbursement:
    """Which training costs the enterprise may ask back, from whom, at most how many tiyn."""

    items: tuple[CostItem, ...]
    debtors: tuple[Debtor, ...]
    cap: int
    proportion: Proportion = Proportion.CALENDAR_DAYS


@dataclass(frozen=True)
class Transfer:
    """Whether silence of the old enterprise releases the student."""

    silence_releases: bool = False


@dataclass(frozen=True)
class WorkOff:
    months: int


@dataclass(frozen=True)
class Terms:
    """The clauses as far as they are filled in. A field here is a clause of the register."""

    subject: Subject | None = None
    term: Term | None = None
    form: Form | None = None
    funding: Funding | None = None
    practice_share: PracticeShare | None = None
    schedule: Schedule | None = None
    workplace: Workplace | None = None
    standing: Standing | None = None
    compensation: Compensation | None = None
    mentor: Mentoring | None = None
    hiring: Hiring | None = None
    work_off: WorkOff | None = None
    reimbursement: Reimbursement | None = None
    transfer: Transfer | None = None


NOTHING_AGREED = Terms()


class ClauseId(StrEnum):
    """A clause of the register, as it is named to people."""

    SUBJECT = "C-SUBJECT"
    TERM = "C-TERM"
    FORM = "C-FORM"
    FUNDING = "C-FUNDING"
    PRACTICE_SHARE = "C-PRACTICE-SHARE"
    SCHEDULE = "C-SCHEDULE"
    WORKPLACE = "C-WORKPLACE"
    STATUS = "C-STATUS"
    COMPENSATION = "C-COMPENSATION"
    MENTOR = "C-MENTOR"
    HIRING = "C-HIRING"
    WORK_OFF = "C-WORK-OFF"
    REIMBURSE = "C-REIMBURSE"
    TRANSFER = "C-TRANSFER"


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
    Clause(ClauseId.PRACTICE_SHARE, "practice_share", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.SCHEDULE, "schedule", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.WORKPLACE, "workplace", True, Change.AGREED_BY_TWO),
    Clause(ClauseId.STATUS, "standing", True, Change.AGREED_BY_ALL),
    Clause(ClauseId.COMPENSATION, "compensation", False, Change.ONE_ALONE),
    Clause(ClauseId.MENTOR, "mentor", True, Change.ONE_ALONE),
    Clause(ClauseId.HIRING, "hiring", False, Change.ONE_ALONE),
    Clause(ClauseId.WORK_OFF, "work_off", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.REIMBURSE, "reimbursement", False, Change.AGREED_BY_ALL),
    Clause(ClauseId.TRANSFER, "transfer", False, Change.AGREED_BY_ALL),
)
CLAUSES = {clause.id: clause for clause in REGISTER}


def missing(terms: Terms) -> tuple[ClauseId, ...]:
    """Ids of the required clauses that are still empty."""
    return tuple(clause.id for clause in REGISTER if clause.required and getattr(terms, clause.field) is None)


def revised(terms: Terms, changes: Terms, remove: tuple[ClauseId, ...] = ()) -> Terms:
    """`terms` with what `changes` fills in, without the clauses of the ids in `remove`."""
    filled = {name: value for name, value in vars(changes).items() if value is not None}
    emptied: dict[str, Any] = {CLAUSES[id_].field: None for id_ in remove}
    return replace(terms, **filled | emptied)


def differing(was: Terms, now: Terms) -> tuple[Clause, ...]:
    """The clauses that are not the same, in the order of the register."""
    return tuple(clause for clause in REGISTER if getattr(was, clause.field) != getattr(now, clause.field))
