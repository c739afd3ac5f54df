"""Clauses about what is learned: specialty, term, programme, assessment, qualification."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    FULL_TIME = "full_time"
    EVENING = "evening"


class Funding(StrEnum):
    STATE_ORDER = "state_order"
    PAID = "paid"


class Examiner(StrEnum):
    """Who examines for the qualification."""

    COLLEGE = "college"
    INDEPENDENT = "independent"


class Paper(StrEnum):
    """What is given for it."""

    DIPLOMA = "diploma"
    CERTIFICATE = "certificate"


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
class Programme:
    """The working curriculum by its number, in which version, and its hours."""

    curriculum: str
    version: str
    hours: int


@dataclass(frozen=True)
class StudyYear:
    """The college's holidays, each from its first to its last day."""

    winter: Term
    summer: Term


@dataclass(frozen=True)
class Assessment:
    """How often a year it is looked at in between, and whether the enterprise sits in the final one."""

    interim_a_year: int
    enterprise_sits: bool = True


@dataclass(frozen=True)
class Award:
    """How the qualification is awarded."""

    examined_by: Examiner
    paper: Paper
