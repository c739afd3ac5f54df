"""Person: who somebody is stands in the personal store; the stream holds an id, commitments and relations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, On, Refusal
from contracts.identification import born_on_fits, iin_fault
from contracts.parties import Contacts, Guardianship, Person, Record, References, Role, birthday

# Refusals


@dataclass(frozen=True)
class WrongIin(Refusal):
    """`fault`: what is wrong with the number, which is never shown."""

    type = "organisation.iin"
    code = "ORG-IIN"
    cures = (Cure(Role.COLLEGE, "correct-number", "register-person"),)
    fault: str


@dataclass(frozen=True)
class BirthDiffers(Refusal):
    type = "organisation.birth"
    code = "ORG-BIRTH"
    cures = (Cure(Role.COLLEGE, "correct-birth-date", "register-person"),)


@dataclass(frozen=True)
class RegisteredAlready(Refusal):
    type = "organisation.twice"
    code = "ORG-TWICE"
    cures = (Cure(Role.COLLEGE, "use-what-exists"),)


@dataclass(frozen=True)
class NoSuchRepresentative(Refusal):
    type = "formation.representative"
    code = "FOR-REPRESENTATIVE"
    cures = (Cure(Role.COLLEGE, "prove-representative", "name-representative"),)


# Rules


def right_record(record: Record) -> Iterator[Refusal]:
    if fault := iin_fault(record.iin, check_digit=False):
        yield WrongIin(fault)
    elif not born_on_fits(record.iin, record.born_on):
        yield BirthDiffers()


def registered(occasion: Occasion) -> list[On]:
    """The person of the wish's record, made now where the number is new."""
    if occasion.facts.known:
        return []
    return [On(occasion.fresh, PersonRegistered(occasion.fresh, occasion.sealed["record"]))]


def person_of(occasion: Occasion) -> UUID:
    known = occasion.facts.known
    return known.id if known and known.id else occasion.fresh


# Events


@dataclass(frozen=True)
class PersonRegistered(Event):
    """`record` commits to name, number and contacts, which stand encrypted in the personal store."""

    type = "person.registered"
    stream = "person"
    apart = frozenset({"person", "record"})
    person: UUID
    record: str

    def evolve(self, state: Person) -> Person:
        return replace(state, id=self.person, commitment=self.record)


@dataclass(frozen=True)
class ContactsChanged(Event):
    type = "person.contacts_changed"
    stream = "person"
    apart = frozenset({"record"})
    record: str

    def evolve(self, state: Person) -> Person:
        return replace(state, commitment=self.record)


@dataclass(frozen=True)
class RepresentativeNamed(Event):
    """`until`: the 18th birthday, from which nobody stands for the student any more."""

    type = "person.representative_named"
    stream = "person"
    representative: UUID
    role: str
    proof: str
    until: date

    def evolve(self, state: Person) -> Person:
        named = Guardianship(self.representative, self.role, self.until)
        others = tuple(g for g in state.guardianships if g.representative != self.representative)
        return replace(state, guardianships=(*others, named))


@dataclass(frozen=True)
class RepresentativeEnded(Event):
    type = "person.representative_ended"
    stream = "person"
    representative: UUID
    from_on: date

    def evolve(self, state: Person) -> Person:
        return replace(
            state,
            guardianships=tuple(
                replace(g, until=min(g.until, self.from_on)) if g.representative == self.representative else g
                for g in state.guardianships
            ),
        )

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class RegisterPerson(Command):
    """A legal representative, a signatory, a student. Who is known by the number is not made again."""

    type = "register-person"
    stream = "person"
    begins = True
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER, Role.OPERATOR})
    record: Record

    def references(self, state: Person) -> References:
        return References(iin=self.record.iin)

    def rules(self, state: Person, occasion: Occasion) -> Iterator[Refusal]:
        yield from right_record(self.record)
        if occasion.facts.known:
            yield RegisteredAlready()

    def events(self, state: Person, occasion: Occasion) -> list[On]:
        return registered(occasion)


@dataclass(frozen=True)
class ChangeContacts(Command):
    """One's own phone, address for mail and language. They are no part of a text, so no signature is void."""

    type = "change-contacts"
    stream = "person"
    by = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.MENTOR})
    contacts: Contacts

    def references(self, state: Person) -> References:
        return References(student=state.id)

    def events(self, state: Person, occasion: Occasion) -> list[Event]:
        return [ContactsChanged(occasion.sealed["record"])]


@dataclass(frozen=True)
class NameRepresentative(Command):
    """A parent, adoptive parent or trustee of a minor. `proof`: kind and number of the paper. Without `until`
    the role ends with the student's 18th birthday."""

    type = "name-representative"
    stream = "person"
    by = frozenset({Role.COLLEGE})
    representative: UUID
    role: str
    proof: str
    until: date | None = None

    def references(self, state: Person) -> References:
        return References(student=state.id, representative=self.representative)

    def already(self, state: Person, occasion: Occasion) -> bool:
        return self.representative in state.representatives(occasion.today)

    def rules(self, state: Person, occasion: Occasion) -> Iterator[Refusal]:
        student, proven = occasion.facts.student, bool(self.proof.strip())
        known = (
            occasion.facts.representative is not None and student is not None and student.record is not None
        )
        if not (proven and known) or self.representative == state.id:
            yield NoSuchRepresentative()

    def events(self, state: Person, occasion: Occasion) -> list[Event]:
        record = occasion.facts.student.record if occasion.facts.student else None
        if record is None:
            raise LookupError("the rules have found the student's record")
        adult = birthday(record.born_on, int(occasion.law.rule("age.adult", occasion.today).value["years"]))
        return [
            RepresentativeNamed(self.representative, self.role, self.proof, min(self.until or adult, adult))
        ]


@dataclass(frozen=True)
class EndRepresentative(Command):
    type = "end-representative"
    stream = "person"
    by = frozenset({Role.COLLEGE})
    representative: UUID
    from_on: date

    def already(self, state: Person, occasion: Occasion) -> bool:
        return self.representative not in state.representatives(self.from_on)

    def events(self, state: Person, occasion: Occasion) -> list[Event]:
        return [RepresentativeEnded(self.representative, self.from_on)]
