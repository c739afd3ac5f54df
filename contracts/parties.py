"""Who and what a contract refers to: people, organisations, memoranda, preliminary contracts. Each is a
stream of its own; a contract's decision sees them as facts."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    STUDENT = "student"
    REPRESENTATIVE = "representative"
    COLLEGE = "college"
    ENTERPRISE = "enterprise"
    MENTOR = "mentor"
    CHAMBER = "chamber"
    DEADLINE = "deadline"
    OPERATOR = "operator"
    LAWYER = "lawyer"
    REVIEWER = "reviewer"
    MINISTRY = "ministry"
    PRIVACY = "privacy"
    RECEIVER = "receiver"
    """The college to which a student is to be transferred."""


@dataclass(frozen=True)
class References:
    """The streams and places that a decision has to look at."""

    student: UUID | None = None
    mentor: UUID | None = None
    college: str | None = None
    enterprise: str | None = None
    memorandum: UUID | None = None
    preliminary: UUID | None = None
    contract: UUID | None = None
    """The one that a claim or a dispute is about, or whose place this one takes."""
    claim: UUID | None = None
    chamber: str | None = None
    member: UUID | None = None
    """Who is to sit in a commission, or to mediate."""
    successor: UUID | None = None
    """The contract that takes the place of this one."""
    receiver: str | None = None
    """BIN of the side to which a student is to be transferred."""
    representative: UUID | None = None
    iin: str | None = None
    number: str | None = None
    numbered: bool = False
    """Whether the next number of the college's region and the year is needed."""


class Kind(StrEnum):
    COLLEGE = "college"
    ENTERPRISE = "enterprise"
    CHAMBER = "chamber"


class Language(StrEnum):
    KAZAKH = "kk"
    RUSSIAN = "ru"
    ENGLISH = "en"


@dataclass(frozen=True, repr=False)
class Record:
    """What is personal about a person; None: not known. It stands in the deletable store, never in an event.
    No repr, since that would end in a log. `name`: as in the document of identity."""

    iin: str
    name: str
    born_on: date
    name_latin: str | None = None
    phone: str | None = None
    email: str | None = None
    language: Language | None = None

    @property
    def plain(self) -> dict[str, str]:
        """What is committed to. What is not known is left out: a field added later changes nothing."""
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: str(value) for name, value in pairs if value is not None}


@dataclass(frozen=True, repr=False)
class Contacts:
    phone: str | None = None
    email: str | None = None
    language: Language | None = None


class Guardian(StrEnum):
    """As what somebody stands for a minor."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    ADOPTIVE_PARENT = "adoptive_parent"
    GUARDIAN = "guardian"
    TRUSTEE = "trustee"


@dataclass(frozen=True)
class Guardianship:
    """A legal representative of this person, up to the day before `until`."""

    representative: UUID
    role: Guardian
    until: date


@dataclass(frozen=True)
class Enrolment:
    """`until`: the day from which the person is no longer a student there."""

    college: str
    specialty: str
    from_on: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Mentorship:
    """The person as a mentor of an enterprise. `capacity`: students at once. `specialties`: for which the
    mentor is qualified; empty: none is named, so it is for those of the enterprise to know."""

    enterprise: str
    capacity: int
    from_on: date
    cleared_on: date | None = None
    until: date | None = None
    specialties: tuple[str, ...] = ()

    def qualified(self, specialty: str | None) -> bool:
        return not self.specialties or specialty in self.specialties


@dataclass(frozen=True)
class Person:
    """`commitment` binds the newest record; `record` is None where it was not asked for, or is erased."""

    version: int = 0
    id: UUID | None = None
    commitment: str | None = None
    guardianships: tuple[Guardianship, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    mentorships: tuple[Mentorship, ...] = ()
    erased_on: date | None = None
    record: Record | None = None

    def representatives(self, day: date) -> frozenset[UUID]:
        return frozenset(g.representative for g in self.guardianships if day < g.until)

    def enrolment(self, college: str, day: date) -> Enrolment | None:
        return next((e for e in self.enrolments if e.college == college and e.covers(day)), None)

    def mentorship(self, enterprise: str) -> Mentorship | None:
        at = [m for m in self.mentorships if m.enterprise == enterprise and m.until is None]
        return at[-1] if at else None

    @property
    def references(self) -> References:
        return References(student=self.id)


@dataclass(frozen=True)
class Name:
    """An organisation's name in both official languages."""

    kk: str
    ru: str


@dataclass(frozen=True)
class Licence:
    """A college's licence: the specialties (8 digits) that it may teach, up to `until`, the last day."""

    number: str
    specialties: tuple[str, ...]
    until: date | None = None

    def covers(self, specialty: str, day: date) -> bool:
        return specialty in self.specialties and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Mandate:
    """A person who acts for an organisation up to `until`, and who may sign for it where `signs`, up to
    `signs_until`: the last days, included; None: no end is set."""

    person: UUID
    post: str
    authority: str
    signs: bool = False
    signs_until: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def may_sign(self, day: date) -> bool:
        return self.signs and (self.signs_until is None or day <= self.signs_until)


@dataclass(frozen=True)
class Mediator:
    """Somebody of a chamber's region who may mediate, by the entry in the register of mediators."""

    person: UUID
    register_no: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True)
class Organisation:
    version: int = 0
    bin: str | None = None
    kind: Kind | None = None
    name: Name | None = None
    region: str | None = None
    chamber: str | None = None
    licence: Licence | None = None
    mandates: tuple[Mandate, ...] = ()
    mediators: tuple[Mediator, ...] = ()
    over_on: date | None = None
    """From which day on it is closed, or has a `successor`, named by BIN, by the act of that number."""
    successor: str | None = None
    act_no: str | None = None

    def runs_on(self, day: date) -> bool:
        return self.over_on is None or day < self.over_on

    def mandate(self, person: UUID | None) -> Mandate | None:
        return next((mandate for mandate in self.mandates if mandate.person == person), None)

    @property
    def references(self) -> References:
        return References()


@dataclass(frozen=True)
class Quota:
    """So many of a memorandum's places at once, for one qualification."""

    qualification: str
    places: int


@dataclass(frozen=True)
class Memorandum:
    """A framework of a college and an enterprise: `places` at once for these qualifications, to `ends_on`; of
    them `quotas`, where it says how many for which."""

    version: int = 0
    id: UUID | None = None
    college: str | None = None
    enterprise: str | None = None
    places: int = 0
    qualifications: tuple[str, ...] = ()
    ends_on: date | None = None
    ended_on: date | None = None
    quotas: tuple[Quota, ...] = ()

    def quota(self, qualification: str | None) -> int | None:
        """None: it says of none of the qualifications how many places are for it."""
        if not self.quotas:
            return None
        return next((q.places for q in self.quotas if q.qualification == qualification), 0)

    @property
    def references(self) -> References:
        return References(college=self.college, enterprise=self.enterprise)


@dataclass(frozen=True)
class Preliminary:
    """An enterprise's and a student's promise to conclude a contract by a day (CC 390)."""

    version: int = 0
    id: UUID | None = None
    enterprise: str | None = None
    student: UUID | None = None
    specialty: str | None = None
    college: str | None = None
    conclude_by: date | None = None

    @property
    def references(self) -> References:
        return References(student=self.student, enterprise=self.enterprise)
