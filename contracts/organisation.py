"""Organisation: a college, an enterprise, a chamber, by BIN, and who acts for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decision import Command, Cure, Event, Occasion, Refusal
from contracts.identification import bin_fault
from contracts.parties import Contacts, Kind, Licence, Mandate, Name, Organisation, Role
from contracts.registration import RegisteredAlready, acts_for
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class WrongBin(Refusal):
    type = "organisation.bin"
    code = "ORG-BIN"
    cures = (Cure(Role.CHAMBER, "correct-number", "register-organisation"),)
    fault: str


@dataclass(frozen=True)
class NoLicenceThere(Refusal):
    """Only a college has a licence to teach."""

    type = "organisation.no-licence"
    code = "ORG-NO-LICENCE"
    cures = (Cure(Role.CHAMBER, "name-college", "change-licence"),)


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
class LicenceChanged(Event):
    """Of a college. It counts for what is drafted and offered from now on; what was concluded stands."""

    type = "organisation.licence_changed"
    stream = "organisation"
    licence: Licence

    def evolve(self, state: Organisation) -> Organisation:
        return replace(state, licence=self.licence)


@dataclass(frozen=True)
class OrganisationContactsChanged(Event):
    """Contacts are no part of any text, so no signature is void by this."""

    type = "organisation.contacts_changed"
    stream = "organisation"
    apart = frozenset({"contacts"})
    contacts: str

    def evolve(self, state: Organisation) -> Organisation:
        return state


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
class ChangeLicence(Command):
    """The licence as it stands from now on, whole: also the specialties that stay."""

    type = "change-licence"
    stream = "organisation"
    by = frozenset({Role.CHAMBER, Role.OPERATOR})
    licence: Licence

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return state.licence == self.licence

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from acts_for(state, occasion)
        if state.kind is not Kind.COLLEGE:
            yield NoLicenceThere()

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [LicenceChanged(self.licence)]


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
