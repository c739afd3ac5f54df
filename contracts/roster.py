"""Rosters: the students of a college and the mentors of an enterprise. What is recorded stands in the stream
of the person, so that an organisation's own stays short."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, On, Refusal
from contracts.parties import Enrolment, Mentorship, Organisation, Person, Record, References, Role
from contracts.registration import acts_for, person_of, registered, right_record
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class MentorBusy(Refusal):
    type = "mentor.busy"
    code = "MEN-BUSY"
    cures = (
        Cure(Role.ENTERPRISE, "replace-first", "replace-mentor"),
        Cure(Role.ENTERPRISE, "has-left", "retire-mentor"),
    )
    students: int


# Events


@dataclass(frozen=True)
class StudentEnrolled(Event):
    """Stands in the student's own stream, so that a college's stays short."""

    type = "organisation.student_enrolled"
    stream = "person"
    college: str
    specialty: str
    from_on: date

    def evolve(self, state: Person) -> Person:
        others = tuple(e for e in state.enrolments if e.college != self.college or not e.covers(self.from_on))
        return replace(state, enrolments=(*others, Enrolment(self.college, self.specialty, self.from_on)))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class StudentRemoved(Event):
    type = "organisation.student_removed"
    stream = "person"
    college: str
    from_on: date

    def evolve(self, state: Person) -> Person:
        return replace(
            state,
            enrolments=tuple(
                replace(e, until=self.from_on) if e.college == self.college and e.until is None else e
                for e in state.enrolments
            ),
        )

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class MentorRegistered(Event):
    """Stands in the mentor's own stream. `cleared_on`: date of the certificate on criminal record.
    `specialties`: for which the mentor is qualified; schema 1 named none."""

    type = "organisation.mentor_registered"
    schema = 2
    stream = "person"
    enterprise: str
    capacity: int
    from_on: date
    cleared_on: date | None = None
    specialties: tuple[str, ...] = ()

    def evolve(self, state: Person) -> Person:
        others = tuple(m for m in state.mentorships if m.enterprise != self.enterprise)
        mentor = Mentorship(
            self.enterprise, self.capacity, self.from_on, self.cleared_on, specialties=self.specialties
        )
        return replace(state, mentorships=(*others, mentor))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class MentorRetired(Event):
    type = "organisation.mentor_retired"
    stream = "person"
    enterprise: str
    from_on: date

    def evolve(self, state: Person) -> Person:
        return replace(
            state,
            mentorships=tuple(
                replace(m, until=self.from_on) if m.enterprise == self.enterprise else m
                for m in state.mentorships
            ),
        )

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class EnrolStudent(Command):
    """Makes the person where the number is new."""

    type = "enrol-student"
    stream = "organisation"
    by = frozenset({Role.COLLEGE})
    student: Record
    specialty: str
    from_on: date | None = None

    def references(self, state: Organisation) -> References:
        return References(iin=self.student.iin)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        known = occasion.facts.known
        there = known.enrolment(state.bin or "", self.from_on or occasion.today) if known else None
        return there is not None and there.specialty == self.specialty

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        yield from right_record(self.student)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the college")
        enrolled = StudentEnrolled(state.bin, self.specialty, self.from_on or occasion.today)
        return [*registered(occasion), On(person_of(occasion), enrolled)]


@dataclass(frozen=True)
class RemoveStudent(Command):
    type = "remove-student"
    stream = "organisation"
    by = frozenset({Role.COLLEGE})
    student: UUID
    from_on: date

    def references(self, state: Organisation) -> References:
        return References(student=self.student)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        student = occasion.facts.student
        return student is None or student.enrolment(state.bin or "", self.from_on) is None

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the college")
        return [On(self.student, StudentRemoved(state.bin, self.from_on))]


@dataclass(frozen=True)
class RegisterMentor(Command):
    """A qualified worker of the enterprise (LC 116(8)), for `specialties` if any are named. `capacity`:
    students at once. Without `from_on`: from the mentor's first day here, else from today."""

    type = "register-mentor"
    stream = "organisation"
    by = frozenset({Role.ENTERPRISE})
    mentor: Record
    capacity: int
    from_on: date | None = None
    cleared_on: date | None = None
    specialties: tuple[str, ...] = ()

    def references(self, state: Organisation) -> References:
        return References(iin=self.mentor.iin)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        known = occasion.facts.known
        there = known.mentorship(state.bin or "") if known else None
        return there is not None and (there.capacity, there.cleared_on, there.specialties) == (
            self.capacity,
            self.cleared_on,
            self.specialties,
        )

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        yield from right_record(self.mentor)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the enterprise")
        known = occasion.facts.known
        there = known.mentorship(state.bin) if known else None
        from_on = self.from_on or (there.from_on if there else occasion.today)
        mentor = MentorRegistered(state.bin, self.capacity, from_on, self.cleared_on, self.specialties)
        return [*registered(occasion), On(person_of(occasion), mentor)]


@dataclass(frozen=True)
class RetireMentor(Command):
    """`gone`: the mentor has left, whoever is to guide the students; their contracts are told of it."""

    type = "retire-mentor"
    stream = "organisation"
    by = frozenset({Role.ENTERPRISE})
    mentor: UUID
    from_on: date
    gone: bool = False

    def references(self, state: Organisation) -> References:
        return References(mentor=self.mentor)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        mentor = occasion.facts.mentor
        return mentor is None or mentor.mentorship(state.bin or "") is None

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        held = occasion.facts.holds.get(("mentor", str(self.mentor)), ())
        if self.gone:
            return
        if busy := sum(1 for hold in held if hold.to_on >= self.from_on):
            yield MentorBusy(busy)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the enterprise")
        return [On(self.mentor, MentorRetired(state.bin, self.from_on))]
