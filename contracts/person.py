"""Person: who somebody is stands in the personal store; the stream holds an id, commitments and relations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, On, Refusal, Text
from contracts.parties import Contacts, Guardian, Guardianship, Person, Record, References, Role
from contracts.registration import RegisteredAlready, registered, right_record
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NoSuchRepresentative(Refusal):
    type = "formation.representative"
    code = "FOR-REPRESENTATIVE"
    cures = (Cure(Role.COLLEGE, "prove-representative", "name-representative"),)


# Events


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
    apart = frozenset({"proof"})
    representative: UUID
    role: Guardian
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
    role: Guardian
    proof: Text
    until: date | None = None

    def references(self, state: Person) -> References:
        return References(student=state.id, representative=self.representative)

    def already(self, state: Person, occasion: Occasion) -> bool:
        return self.representative in state.representatives(occasion.today)

    def rules(self, state: Person, occasion: Occasion) -> Iterator[Refusal]:
        until = self._until(occasion)
        known = occasion.facts.representative is not None and self.representative != state.id
        if not (self.proof.strip() and known and until and occasion.today < until):
            yield NoSuchRepresentative()

    def events(self, state: Person, occasion: Occasion) -> list[Event]:
        if (until := self._until(occasion)) is None:
            raise LookupError("the rules have found the student's record")
        return [RepresentativeNamed(self.representative, self.role, occasion.sealed["proof"], until)]

    def _until(self, occasion: Occasion) -> date | None:
        """The 18th birthday, or an earlier day; None where it is not known."""
        adult = occasion.adult_on
        return min(self.until or adult, adult) if adult else None


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
