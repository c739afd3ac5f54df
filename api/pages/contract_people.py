"""Who takes part in a contract: in which role, by what right, how they can be reached, when they signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.formats import day
from api.languages import say
from api.pages.look import Look
from api.pages.names import linked, with_people
from api.pages.parts import Column, Lines, Link, Table, Words
from api.queries.moments import note_read
from contracts.contract import PARTIES
from contracts.on_paper import Imported
from contracts.parties import Mandate, Organisation, Record, Role
from contracts.signing import ConsentGiven, Signed
from projections import roster

KEPT = 2
"""Characters of a contact that are shown to everybody: enough to recognise one's own."""


@dataclass(frozen=True)
class Taking:
    """Somebody who takes part. `person` None: nobody has signed for the organisation yet."""

    role: Role
    person: UUID | None
    bin: str | None = None
    signed_on: date | None = None
    right: str | None = None


def table(look: Look, whole: bool) -> Table | None:
    """`whole`: contacts are shown to who may see them, which is written down."""
    if look.then.parties is None or not look.may("text"):
        return None
    language, taking = look.language, [*_taking(look)]
    people = [each.person for each in taking if each.person]
    names, records = with_people(look.reader.house, look.names, people), _records(look, people)
    shows = whole and look.may("person")
    if shows:
        note_read(look.reader.house, look.reader.asked, "contacts", subject=look.id, shown=list(records))
    rows = [
        (
            _party(look, each),
            names.person(each.person) if each.person else "",
            each.right or say(language, "pages.contract.in-person"),
            _contacts(language, records.get(each.person) if each.person else None, shows),
            _signed(language, each),
        )
        for each in taking
    ]
    heads = ("party", "person", "authority", "contacts", "signed-on")
    return Table(
        say(language, "pages.contract.people"),
        [Column(say(language, f"pages.contract.{head}")) for head in heads],
        rows,
    )


def _signed(language: str, each: Taking) -> str:
    if each.role in {Role.MENTOR, Role.CHAMBER}:
        return ""
    return day(language, each.signed_on) if each.signed_on else say(language, "words.none-yet")


def contacts_link(look: Look, whole: bool) -> Link | None:
    """To show them, for who may see them."""
    if whole or look.moved or not look.may("person"):
        return None
    return Link(say(look.language, "pages.contract.show-contacts"), look.href(contacts="1") + "#people")


def _taking(look: Look) -> Iterator[Taking]:
    then, house = look.then, look.reader.house
    if then.parties is None:
        return
    signed = {each.party: each.person for each in then.signatures}
    days = _signed_on(look)
    yield Taking(Role.STUDENT, then.parties.student, None, days.get(Role.STUDENT))
    yield from _representatives(look, days)
    for role, bin_ in ((Role.COLLEGE, then.parties.college), (Role.ENTERPRISE, then.parties.enterprise)):
        organisation = house.organisation(bin_)
        mandate = _mandate(organisation, signed.get(role))
        person = mandate.person if mandate else signed.get(role)
        yield Taking(role, person, bin_, days.get(role), _right(look, mandate))
    if then.terms.mentor:
        yield Taking(
            Role.MENTOR, then.terms.mentor.person, None, None, say(look.language, "pages.contract.by-clause")
        )
    if then.parties.chamber:
        right = say(look.language, "pages.contract.observes")
        yield Taking(Role.CHAMBER, None, then.parties.chamber, None, right)


def _signed_on(look: Look) -> dict[Role, date]:
    """Days of the signatures and consents that count."""
    standing = {(s.party, s.text_hash) for s in look.then.signatures}
    found: dict[Role, date] = {}
    for entry in look.found.entries[: look.then.version]:
        on = look.found.law.day(entry.recorded_at)
        match entry.event:
            case Signed(party=party, text_hash=text) if (party, text) in standing:
                found[party] = on
            case ConsentGiven(representative=person) if person in look.then.consents:
                found[Role.REPRESENTATIVE] = on
            case Imported(signed_on=signed_on):
                found |= dict.fromkeys(PARTIES, signed_on)
    return found


def _representatives(look: Look, days: dict[Role, date]) -> Iterator[Taking]:
    """Who consented; before that, everybody who may."""
    then = look.then
    if then.parties is None or not (then.minor or then.consents):
        return
    with look.reader.house.pool.connection() as connection:
        found = roster.representatives(connection, then.parties.student, look.at.in_force_on)
    named = {each.person: each.role for each in found}
    for person in then.consents or named:
        role = named.get(person)
        right = say(look.language, f"guardians.{role}") if role else None
        yield Taking(Role.REPRESENTATIVE, person, None, days.get(Role.REPRESENTATIVE), right)


def _mandate(organisation: Organisation | None, person: UUID | None) -> Mandate | None:
    """Of who signed; before that, of who may."""
    if organisation is None:
        return None
    return organisation.mandate(person) or next((each for each in organisation.mandates if each.signs), None)


def _right(look: Look, mandate: Mandate | None) -> str | None:
    if mandate is None:
        return say(look.language, "words.not-stated")
    return f"{mandate.post}, {mandate.authority}"


def _records(look: Look, people: list[UUID]) -> dict[UUID, Record]:
    with look.reader.house.pool.connection() as connection:
        return look.reader.house.personal.records(connection, people)


def _party(look: Look, each: Taking) -> Words:
    role = say(look.language, f"roles.{each.role}")
    if each.bin is None:
        return role
    return Lines(role, [linked(look.names.organisation(each.bin), f"/organisations/{each.bin}")])


def _contacts(language: str, record: Record | None, shows: bool) -> Words:
    known = [text for text in (record.phone, record.email) if text] if record else []
    if not known:
        return ""
    first, *rest = known if shows else [masked(text) for text in known]
    return Lines(first, rest)


def masked(text: str) -> str:
    """+7*********23, c*****@example.test: the ends only."""
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}{'*' * 5}@{host}"
    return f"{text[:KEPT]}{'*' * max(0, len(text) - 2 * KEPT)}{text[-KEPT:]}"
