"""Registers: who may keep one, and how a person comes into it: under a right number, and once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decision import Cure, Event, Occasion, On, Refusal
from contracts.identification import born_on_fits, iin_fault
from contracts.parties import Kind, Organisation, Person, Record, Role
from contracts.values import replace

OWN = {Kind.COLLEGE: Role.COLLEGE, Kind.ENTERPRISE: Role.ENTERPRISE, Kind.CHAMBER: Role.CHAMBER}
"""In which role an organisation acts."""

# Refusals


@dataclass(frozen=True)
class NoAuthority(Refusal):
    """Only who acts for this organisation may do this."""

    type = "organisation.authority"
    code = "ORG-AUTHORITY"
    cures = (Cure(Role.CHAMBER, "prove-authority", "change-signatory"),)


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
class OrganisationOver(Refusal):
    """It is closed, or another has taken its place, from that day on."""

    type = "organisation.over"
    code = "ORG-OVER"
    cures = (Cure(Role.CHAMBER, "other-organisation", "register-organisation"),)
    over_on: date


# Rules


def acts_for(state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
    """The organisation itself, or who keeps the register: of chambers the operator alone."""
    if occasion.role is Role.OPERATOR or (occasion.role is Role.CHAMBER and state.kind is not Kind.CHAMBER):
        return
    if state.bin is None or occasion.on_behalf_of != f"org:{state.bin}":
        yield NoAuthority()


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
