"""Signing: all parties sign one text, a minor's representative consents, or the offer falls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.contract import EVERYBODY, OUT_FOR_SIGNING, PARTIES, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.dossier import Agreed, Signature
from contracts.parties import Organisation, Role
from contracts.values import replace


class Means(StrEnum):
    """How it was signed: signed in and confirmed, or on paper."""

    SIMPLE = "simple"
    PAPER = "paper"


# Refusals


@dataclass(frozen=True)
class OtherText(Refusal):
    """What was signed, and what is offered: SHA-256, hex."""

    type = "formation.hash"
    code = "FOR-HASH"
    cures = (Cure(Role.STUDENT, "read-new-text", "sign"),)
    signed: str
    offered: str | None


@dataclass(frozen=True)
class NotSignatory(Refusal):
    type = "formation.signer"
    code = "FOR-SIGNER"
    cures = (Cure(Role.COLLEGE, "right-signatory", "change-signatory"),)
    party: Role


@dataclass(frozen=True)
class AuthorityEnded(Refusal):
    type = "formation.authority"
    code = "FOR-AUTHORITY"
    cures = (Cure(Role.COLLEGE, "new-power", "change-signatory"),)
    until: date


@dataclass(frozen=True)
class OfferLate(Refusal):
    type = "formation.late"
    code = "FOR-LATE"
    cures = (Cure(Role.COLLEGE, "offer-again", "offer"), Cure(Role.ENTERPRISE, "offer-again", "offer"))
    sign_by: date
    today: date


@dataclass(frozen=True)
class OthersFirst(Refusal):
    """Who has signed or consented already, and who has not."""

    type = "formation.order"
    code = "FOR-ORDER"
    cures = (Cure(Role.COLLEGE, "wait-for-signatures"),)
    given: tuple[Role, ...]
    missing: tuple[Role, ...]


@dataclass(frozen=True)
class ConsentMissing(Refusal):
    type = "formation.minor-consent"
    code = "FOR-MINOR-CONSENT"
    cures = (Cure(Role.REPRESENTATIVE, "consent", "consent"),)
    given: tuple[Role, ...]
    missing: tuple[Role, ...] = (Role.REPRESENTATIVE,)


@dataclass(frozen=True)
class SignedTwice(Refusal):
    type = "formation.twice"
    code = "FOR-TWICE"
    cures = (Cure(Role.COLLEGE, "nothing-to-do"),)
    party: Role


@dataclass(frozen=True)
class OwnChild(Refusal):
    """The representative also signs for `party`."""

    type = "formation.own-child"
    code = "FOR-OWN-CHILD"
    cures = (Cure(Role.REPRESENTATIVE, "other-parent", "consent"),)
    party: Role


# Rules


def organisation_of(role: Role, occasion: Occasion) -> Organisation | None:
    return {Role.COLLEGE: occasion.facts.college, Role.ENTERPRISE: occasion.facts.enterprise}.get(role)


def signatory(occasion: Occasion) -> Iterator[Refusal]:
    """An organisation signs through somebody who has the power to, on that day. A student signs himself."""
    organisation = organisation_of(occasion.role, occasion)
    if organisation is None:
        return
    mandate = organisation.mandate(occasion.person)
    if mandate is None or not mandate.signs:
        yield NotSignatory(occasion.role)
    elif mandate.signs_until and mandate.signs_until < occasion.today:
        yield AuthorityEnded(mandate.signs_until)


def in_time(contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    if contract.sign_by and contract.sign_by < occasion.today:
        yield OfferLate(contract.sign_by, occasion.today)


def concluded(contract: Contract, today: date) -> list[Event]:
    """The conclusion, once everybody who is asked has signed or consented."""
    _, missing = contract.given_and_missing()
    term = contract.terms.term
    if missing or term is None or contract.text_hash is None:
        return []
    return [Concluded(contract.text_hash, term.starts_on, today)]


# Events


@dataclass(frozen=True)
class Signed(Event):
    type = "contract.signed"
    rule = "formation.hash"
    apart = frozenset({"text_hash", "person"})
    party: Role
    person: UUID
    text_hash: str
    order: int
    means: Means

    def evolve(self, state: Contract) -> Contract:
        signature = Signature(self.party, self.person, self.text_hash, self.means)
        return replace(state, state=State.SIGNING, signatures=(*state.signatures, signature))


@dataclass(frozen=True)
class Concluded(Event):
    """All have signed one text, the last on the legal day `on`. It is in force from `starts_on`, or from `on`
    where that is later; until then it is only signed."""

    type = "contract.concluded"
    rule = "formation.order"
    tells = EVERYBODY
    apart = frozenset({"text_hash"})
    text_hash: str
    starts_on: date
    on: date

    def evolve(self, state: Contract) -> Contract:
        signed = Agreed(self.starts_on, state.terms)
        return replace(state, state=State.SIGNED, agreed=(signed,), concluded_on=self.on)


@dataclass(frozen=True)
class ConsentGiven(Event):
    type = "contract.consent_given"
    rule = "formation.minor-consent"
    apart = frozenset({"text_hash", "representative"})
    representative: UUID
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, consents=(*state.consents, self.representative))


# Commands


@dataclass(frozen=True)
class Sign(ContractCommand):
    """Signs the text with this SHA-256, for the party in whose role one is known here."""

    type = "sign"
    by = PARTIES
    states = OUT_FOR_SIGNING
    text_hash: str
    means: Means = Means.SIMPLE

    def already(self, state: Contract, occasion: Occasion) -> bool:
        mine = [s for s in state.signatures if s.party is occasion.role]
        return any((s.person, s.text_hash) == (occasion.person, self.text_hash) for s in mine)

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from signatory(occasion)
        yield from in_time(state, occasion)
        if occasion.role in state.signed_by:
            yield SignedTwice(occasion.role)
        given, missing = state.given_and_missing()
        waiting = tuple(role for role in missing if role is not occasion.role)
        last = occasion.law.rule("formation.order", occasion.today).value["last"]
        if occasion.role == last and waiting:
            yield OthersFirst(given, waiting)
        if occasion.role == last and Role.REPRESENTATIVE in missing:
            yield ConsentMissing(given)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.text_hash != state.text_hash:
            yield OtherText(self.text_hash, state.text_hash)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if occasion.person is None:
            raise LookupError("a person signs, not a timer")
        order = len(state.signatures) + 1
        signed = Signed(occasion.role, occasion.person, self.text_hash, order, self.means)
        return [signed, *concluded(signed.evolve(state), occasion.today)]


@dataclass(frozen=True)
class Consent(ContractCommand):
    """A legal representative agrees to the text with this SHA-256 (CC 22(1))."""

    type = "consent"
    by = frozenset({Role.REPRESENTATIVE})
    states = OUT_FOR_SIGNING
    text_hash: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return self.text_hash == state.text_hash and occasion.person in state.consents

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from in_time(state, occasion)
        for party in (Role.COLLEGE, Role.ENTERPRISE):
            organisation = organisation_of(party, occasion)
            mandate = organisation.mandate(occasion.person) if organisation else None
            if mandate and mandate.signs:
                yield OwnChild(party)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.text_hash != state.text_hash:
            yield OtherText(self.text_hash, state.text_hash)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if occasion.person is None:
            raise LookupError("a person consents, not a timer")
        given = ConsentGiven(occasion.person, self.text_hash)
        return [given, *concluded(given.evolve(state), occasion.today)]
