"""In which role a caller stands to a stream: by what the streams say, never by what the caller claims."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.claim import Claim
from contracts.contract import Contract
from contracts.dispute import Dispute
from contracts.facts import Facts
from contracts.mentor_days import guided
from contracts.moving import Destination
from contracts.parties import Kind, Memorandum, Organisation, Person, Preliminary, References, Role
from contracts.registration import OWN


@dataclass(frozen=True)
class Caller:
    """Who asks. `on_behalf_of`: `org:<BIN>`, `person:<uuid>`, or None for oneself. `duties`: roles that are
    held beside any contract, such as auditor or operator."""

    person: UUID
    on_behalf_of: str | None = None
    duties: frozenset[Role] = frozenset()

    @property
    def bin(self) -> str | None:
        asked_for = self.on_behalf_of or ""
        return asked_for.removeprefix("org:") if asked_for.startswith("org:") else None


def roles(
    caller: Caller, state: object, references: References, facts: Facts, today: date
) -> frozenset[Role]:
    """Empty: the caller has nothing to do with it, and may not know that it exists."""
    acting = facts.acting
    if caller.bin:
        if acting is None or not acts(acting, caller.person, today):
            return caller.duties
        if isinstance(state, Dispute):
            contract = facts.contract
            found = _of_organisation(acting, contract, contract.references) if contract else frozenset()
            return caller.duties | found
        return caller.duties | _of_organisation(acting, state, references)
    if isinstance(state, Dispute):
        return caller.duties | _of_dispute(caller.person, state, facts, today)
    return caller.duties | _of_person(caller.person, state, references, facts, today)


def _of_dispute(person: UUID, dispute: Dispute, facts: Facts, today: date) -> frozenset[Role]:
    """As to the contract; and who has been named for the commission."""
    contract = facts.contract
    if contract is None:
        return frozenset()
    found = _of_person(person, contract, contract.references, facts, today) - {Role.MENTOR}
    return found | {Role.REVIEWER} if dispute.seat_of(person) else found


def acts(organisation: Organisation, person: UUID, today: date) -> bool:
    """Whether the person may act for it on that day."""
    mandate = organisation.mandate(person)
    return mandate is not None and mandate.holds_on(today)


def _of_organisation(acting: Organisation, state: object, references: References) -> frozenset[Role]:
    if acting.kind is None:
        return frozenset()
    own = frozenset({OWN[acting.kind]})
    if isinstance(state, Claim):
        return own if _side(acting, state, references) else frozenset()
    if isinstance(state, Contract) and state.parties and acting.kind is Kind.CHAMBER:
        return own if acting.bin == state.parties.chamber else frozenset()
    if isinstance(state, Contract) and _receives(acting, state):
        return frozenset({Role.RECEIVER})
    if isinstance(state, Contract | Memorandum | Preliminary):
        return own if acting.bin in (references.college, references.enterprise) else frozenset()
    if isinstance(state, Organisation):
        return own if acting.bin == state.bin or acting.kind is Kind.CHAMBER else frozenset()
    if isinstance(state, Person) and state.version:
        known = {e.college for e in state.enrolments} | {m.enterprise for m in state.mentorships}
        return own if acting.bin in known else frozenset()
    return own


def _receives(acting: Organisation, contract: Contract) -> bool:
    """Whether a transfer to that college is open; it is no party here."""
    move = contract.open_move
    return move is not None and move.kind is Destination.COLLEGE and move.receiver == acting.bin


def _side(acting: Organisation, claim: Claim, references: References) -> bool:
    """Of a claim that is not opened yet: whoever is a party of its contract."""
    if acting.kind is None or acting.bin not in (references.college, references.enterprise):
        return False
    return not claim.version or OWN[acting.kind] in claim.sides


def _of_person(
    person: UUID, state: object, references: References, facts: Facts, today: date
) -> frozenset[Role]:
    if isinstance(state, Person):
        return frozenset({Role.STUDENT}) if state.id == person else frozenset()
    if isinstance(state, Claim) and Role.STUDENT not in state.debtors:
        return frozenset()
    if not isinstance(state, Contract | Claim):
        return frozenset()
    found = set()
    if person == references.student:
        found.add(Role.STUDENT)
    if facts.student and person in facts.student.representatives(today):
        found.add(Role.REPRESENTATIVE)
    if isinstance(state, Contract) and _guides(person, state, today):
        found.add(Role.MENTOR)
    return frozenset(found)


def _guides(person: UUID, contract: Contract, today: date) -> bool:
    """Now, or from a day to come."""
    coming = (each.mentor for each in guided(contract) if each.to_on >= today)
    return person in {contract.references.mentor, *coming}
