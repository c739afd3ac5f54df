"""What a contract keeps of its planned end: assessments, qualification, offer of work, outcome."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AssessmentKind(StrEnum):
    """`final`: the college's final assessment. `commission`: the examination for the qualification."""

    INTERIM = "interim"
    FINAL = "final"
    COMMISSION = "commission"


class Grade(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    SATISFACTORY = "satisfactory"
    UNSATISFACTORY = "unsatisfactory"


class Occupation(StrEnum):
    """What a graduate does. `at_the_enterprise`: of the contract."""

    AT_THE_ENTERPRISE = "at_the_enterprise"
    ELSEWHERE = "elsewhere"
    OWN_BUSINESS = "own_business"
    STUDIES = "studies"
    SERVICE = "service"
    NOT_EMPLOYED = "not_employed"


class Promise(StrEnum):
    """How a promise to hire stands."""

    OWED = "owed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    FULFILLED = "fulfilled"
    WAIVED = "waived"
    BREACHED = "breached"


@dataclass(frozen=True)
class Seats:
    """Members of a commission, by the side for which they sat."""

    college: int = 0
    enterprise: int = 0
    chamber: int = 0

    @property
    def total(self) -> int:
        return self.college + self.enterprise + self.chamber


NOBODY = Seats()


@dataclass(frozen=True)
class Assessment:
    kind: AssessmentKind
    on: date
    grade: Grade
    passed: bool


@dataclass(frozen=True)
class JobOffer:
    """`accepted` None: not answered yet."""

    monthly: int
    starts_on: date
    answer_by: date
    accepted: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """`asked`: how often it had been asked for by then."""

    occupation: Occupation
    from_on: date
    asked: int


@dataclass(frozen=True)
class Results:
    """
    qualification  the code that was awarded
    offer_by       the last day for the offer of work that is owed
    ask_on         the days on which the outcome is asked for; `asked_on`: those on which it was
    """

    assessments: tuple[Assessment, ...] = ()
    qualification: str | None = None
    offer_by: date | None = None
    offer: JobOffer | None = None
    excused: bool = False
    missed: bool = False
    ask_on: tuple[date, ...] = ()
    asked_on: tuple[date, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def passed(self, kind: AssessmentKind) -> Assessment | None:
        """The last of that kind, if it was passed."""
        of_kind = [each for each in self.assessments if each.kind is kind]
        return of_kind[-1] if of_kind and of_kind[-1].passed else None

    @property
    def assessing(self) -> bool:
        """Whether the final assessment has begun."""
        return any(each.kind is not AssessmentKind.INTERIM for each in self.assessments)

    @property
    def promise(self) -> Promise | None:
        """None: nothing was promised, or not for such results."""
        if any(each.occupation is Occupation.AT_THE_ENTERPRISE for each in self.outcomes) and self.offer:
            return Promise.FULFILLED
        if self.offer:
            answers = {None: Promise.OFFERED, True: Promise.ACCEPTED, False: Promise.WAIVED}
            return answers[self.offer.accepted]
        if self.excused:
            return Promise.WAIVED
        if self.missed:
            return Promise.BREACHED
        return Promise.OWED if self.offer_by else None

    @property
    def next_ask(self) -> date | None:
        return self.ask_on[len(self.asked_on)] if len(self.asked_on) < len(self.ask_on) else None

    @property
    def answered(self) -> bool:
        """Whether somebody has recorded an outcome since it was asked for last."""
        return any(each.asked >= len(self.asked_on) for each in self.outcomes)
