"""Clauses about days and hours: where the student is on which day of the week."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Weekday(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


WEEK = tuple(Weekday)


class StartsWith(StrEnum):
    STUDY = "study"
    PRACTICE = "practice"


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
