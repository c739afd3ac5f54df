"""Organisation: a college, an enterprise, a chamber, by BIN; who acts for it; its students and mentors."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, On, Refusal
from contracts.identification import bin_fault
from contracts.parties import (
    Contacts,
    Enrolment,
    Kind,
    Licence,
    Mandate,
    Mentorship,
    Name,
    Organisation,
    Person,
    Record,
    References,
    Role,
)
from contracts.person import RegisteredAlready, person_of, registered, right_record

OWN = {Kind.COLLEGE: Role.COLLEGE, Kind.ENTERPRISE: Role.ENTERPRISE, Kind.CHAMBER: Role.CHAMBER}
"""In which role an organisation acts."""

# Refusals


@dataclass(frozen=True)
class WrongBin(Refusal):
    type = "organisation.bin"
    code = "ORG-BIN"
    cures = (Cure(Role.CHAMBER, "correct-number", "register-organisation"),)
    fault: str


@dataclass(frozen=True)
class NoAuthority(Refusal):
    """Only who acts for this organisation may do this."""

    type = "organisation.authority"
    code = "ORG-AUTHORITY"
    cures = (Cure(Role.CHAMBER, "prove-authority", "change-signatory"),)


@dataclass(frozen=True)
class MentorBusy(Refusal):
    type = "mentor.busy"
    code = "MEN-BUSY"
    cures = (Cure(Role.ENTERPRISE, "replace-first"),)
    students: int


# Rules


def acts_for(state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
    """The organisation itself, or who keeps the register: of chambers the operator alone."""
    if occasion.role is Role.OPERATOR or (occasion.role is Role.CHAMBER and state.kind is not Kind.CHAMBER):
        return
    if state.bin is None or occasion.on_behalf_of != f"org:{state.bin}":
        yield NoAuthority()


# Events


@dataclass(frozen=True)
class OrganisationRegistered(Event):
    """`chamber`: BIN of the chamber that observes its contracts. `region`: first part of contract numbers."""

    type = "organisation.registered"
    stream = "organisation"
    bin: str
    kind: Kind
    name: Name
    region: str
    chamber: str | None = None
    licence: Licence | None = None

    def evolve(self, state: Organisation) -> Organisation:
        return replace(
            state,
            bin=self.bin,
            kind=self.kind,
            name=self.name,
            region=self.region,
            chamber=self.chamber,
            licence=self.licence,
        )


@dataclass(frozen=True)
class SignatoryChanged(Event):
    """A person acts for the organisation from now on, or with other powers. No name, only the person's id."""

    type = "organisation.signatory_changed"
    stream = "organisation"
    mandate: Mandate

    def evolve(self, state: Organisation) -> Organisation:
        others = tuple(m for m in state.mandates if m.person != self.mandate.person)
        return replace(state, mandates=(*others, self.mandate))


@dataclass(frozen=True)
class OrganisationContactsChanged(Event):
    """Contacts are no part of any text, so no signature is void by this."""

    type = "organisation.contacts_changed"
    stream = "organisation"
    apart = frozenset({"contacts"})
    contacts: str

    def evolve(self, state: Organisation) -> Organisation:
        return state


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
    """Stands in the mentor's own stream. `cleared_on`: date of the certificate on criminal record."""

    type = "organisation.mentor_registered"
    stream = "person"
    enterprise: str
    capacity: int
    from_on: date
    cleared_on: date | None = None

    def evolve(self, state: Person) -> Person:
        others = tuple(m for m in state.mentorships if m.enterprise != self.enterprise)
        mentor = Mentorship(self.enterprise, self.capacity, self.from_on, self.cleared_on)
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
class RegisterOrganisation(Command):
    type = "register-organisation"
    stream = "organisation"
    begins = True
    by = frozenset({Role.CHAMBER, Role.OPERATOR})
    bin: str
    kind: Kind
    name: Name
    region: str
    chamber: str | None = None
    licence: Licence | None = None

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return state.version > 0 and self._registered().evolve(state) == state

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        if fault := bin_fault(self.bin, check_digit=False):
            yield WrongBin(fault)
        if state.version:
            yield RegisteredAlready()

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [self._registered()]

    def _registered(self) -> OrganisationRegistered:
        return OrganisationRegistered(self.bin, self.kind, self.name, self.region, self.chamber, self.licence)


@dataclass(frozen=True)
class ChangeSignatory(Command):
    """Who acts for the organisation up to `until`, and whether they may sign. `authority`: charter, or number
    and date of the power of attorney. `signs_until`: its last day."""

    type = "change-signatory"
    stream = "organisation"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER, Role.OPERATOR})
    person: UUID
    post: str
    authority: str
    signs: bool = False
    signs_until: date | None = None
    until: date | None = None

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return state.mandate(self.person) == self._mandate()

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [SignatoryChanged(self._mandate())]

    def _mandate(self) -> Mandate:
        return Mandate(self.person, self.post, self.authority, self.signs, self.signs_until, self.until)


@dataclass(frozen=True)
class ChangeOrganisationContacts(Command):
    type = "change-organisation-contacts"
    stream = "organisation"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER})
    contacts: Contacts

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [OrganisationContactsChanged(occasion.sealed["contacts"])]


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
    """A qualified worker of the enterprise (LC 116(8)). `capacity`: students at once."""

    type = "register-mentor"
    stream = "organisation"
    by = frozenset({Role.ENTERPRISE})
    mentor: Record
    capacity: int
    from_on: date | None = None
    cleared_on: date | None = None

    def references(self, state: Organisation) -> References:
        return References(iin=self.mentor.iin)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        known = occasion.facts.known
        there = known.mentorship(state.bin or "") if known else None
        return there is not None and (there.capacity, there.cleared_on) == (self.capacity, self.cleared_on)

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        yield from right_record(self.mentor)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the enterprise")
        from_on = self.from_on or occasion.today
        mentor = MentorRegistered(state.bin, self.capacity, from_on, self.cleared_on)
        return [*registered(occasion), On(person_of(occasion), mentor)]


@dataclass(frozen=True)
class RetireMentor(Command):
    type = "retire-mentor"
    stream = "organisation"
    by = frozenset({Role.ENTERPRISE})
    mentor: UUID
    from_on: date

    def references(self, state: Organisation) -> References:
        return References(mentor=self.mentor)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        mentor = occasion.facts.mentor
        return mentor is None or mentor.mentorship(state.bin or "") is None

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        held = occasion.facts.claims.get(("mentor", str(self.mentor)), ())
        if busy := sum(1 for claim in held if claim.to_on >= self.from_on):
            yield MentorBusy(busy)

    def events(self, state: Organisation, occasion: Occasion) -> list[On]:
        if state.bin is None:
            raise LookupError("the rules have found the enterprise")
        return [On(self.mentor, MentorRetired(state.bin, self.from_on))]
