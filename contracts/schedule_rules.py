"""What any schedule must be, in the signed text and in every change of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import PARTIES, Contract
from contracts.decision import DAY, Cure, Occasion, Refusal
from contracts.dossier import Outcome
from contracts.law import age_on, birthday, least_hours
from contracts.parties import Role
from contracts.terms import Schedule, Weekday
from contracts.week import at_night, clashes, heaviest_week, share

WHO_ANSWERS = PARTIES | {Role.REPRESENTATIVE}
OTHER_DAYS = (
    Cure(Role.COLLEGE, "other-days", "propose-schedule-change"),
    Cure(Role.ENTERPRISE, "other-days", "propose-schedule-change"),
)

# Refusals


@dataclass(frozen=True)
class WeekShareTooSmall(Refusal):
    """Hours of the weeks that repeat: at the enterprise, in all, and the least at the enterprise."""

    type = "schedule.practice-share"
    code = "SCH-SHARE"
    cures = OTHER_DAYS
    enterprise_hours: int
    total_hours: int
    needed_hours: int
    percent: int
    permille: int
    """What the plan comes to, rounded down, for reading only."""


@dataclass(frozen=True)
class WeekTooLong(Refusal):
    type = "schedule.hours"
    code = "SCH-HOURS"
    cures = OTHER_DAYS
    hours: int
    limit: int
    until: date | None


@dataclass(frozen=True)
class NightWork(Refusal):
    type = "schedule.night"
    code = "SCH-NIGHT"
    cures = OTHER_DAYS
    evening: int
    morning: int


@dataclass(frozen=True)
class Clash(Refusal):
    type = "schedule.clash"
    code = "SCH-CLASH"
    cures = OTHER_DAYS
    days: tuple[Weekday, ...]


@dataclass(frozen=True)
class StartsOnHoliday(Refusal):
    type = "schedule.holiday"
    code = "SCH-HOLIDAY"
    cures = OTHER_DAYS
    from_on: date


@dataclass(frozen=True)
class NoticeTooShort(Refusal):
    """`given` of `needed` calendar days lie before the first day."""

    type = "schedule.notice"
    code = "SCH-NOTICE"
    cures = (
        Cure(Role.COLLEGE, "later-start", "propose-schedule-change"),
        Cure(Role.ENTERPRISE, "later-start", "propose-schedule-change"),
    )
    given: int
    needed: int
    earliest: date


@dataclass(frozen=True)
class AnsweredAlready(Refusal):
    type = "schedule.answered"
    code = "SCH-ANSWERED"
    cures = (Cure(Role.COLLEGE, "propose-anew", "propose-schedule-change"),)
    outcome: Outcome
    answer_by: date


# Rules


def fit(schedule: Schedule, contract: Contract, occasion: Occasion, from_on: date) -> Iterator[Refusal]:
    """All that stands in the way of `schedule` from that day."""
    yield from in_itself(schedule, contract, occasion, from_on)
    yield from practice_share(schedule, occasion, from_on)
    if limit := over_limit(schedule, occasion, from_on):
        yield WeekTooLong(*limit)
    if occasion.law.holiday(from_on):
        yield StartsOnHoliday(from_on)


def in_itself(schedule: Schedule, contract: Contract, occasion: Occasion, from_on: date) -> Iterator[Refusal]:
    """One place a day, and no night for a minor."""
    if both := clashes(schedule):
        yield Clash(both)
    night = occasion.law.rule("schedule.night", from_on).value
    evening, morning = int(night["from_hour"]), int(night["to_hour"])
    if contract.minor and at_night(schedule.enterprise_hours, evening, morning):
        yield NightWork(evening, morning)


def practice_share(schedule: Schedule, occasion: Occasion, from_on: date) -> Iterator[Refusal]:
    percent = int(occasion.law.rule("schedule.practice-share", from_on).value["percent"])
    found = share(schedule)
    if not found.reaches(percent):
        total = found.total // 60
        permille = found.enterprise * 1000 // found.total if found.total else 0
        yield WeekShareTooSmall(found.enterprise // 60, total, least_hours(total, percent), percent, permille)


def over_limit(schedule: Schedule, occasion: Occasion, from_on: date) -> tuple[int, int, date | None] | None:
    """Hours of the longest week at the enterprise, the limit at the student's age, and its last day; None
    where the week is within it."""
    record = occasion.facts.student.record if occasion.facts.student else None
    if record is None:
        return None
    age, minutes = age_on(record.born_on, from_on), heaviest_week(schedule)
    limits = occasion.law.weekly_limits(from_on)
    reached, ahead = [years for years in limits if years <= age], [years for years in limits if years > age]
    if not reached or minutes <= (limit := limits[max(reached)]) * 60:
        return None
    until = birthday(record.born_on, min(ahead)) - DAY if ahead else None
    return -(-minutes // 60), limit, until
