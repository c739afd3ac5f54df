"""Who is to make a contract: the student, the other organisation, the framework between the two."""

from uuid import UUID

from api.formats import day
from api.languages import say
from api.pages.acting.by_number import name_of
from api.pages.lists import caught_up
from api.pages.names import official
from api.pages.parts import Words
from api.pages.reader import Reader
from api.pages.views.form import Option
from contracts import parties
from contracts.parties import Kind, Person
from projections import memoranda, organisations, roster

FOUND = 20
"""Rows that a search shows; more words make it narrower."""


def students(reader: Reader, q: str) -> list[Option]:
    """Of the college that asks: those who study there."""
    organisation = reader.asked.organisation
    if organisation is None or organisation.kind is not Kind.COLLEGE or organisation.bin is None:
        return []
    caught_up(reader, "roster")
    with reader.house.pool.connection() as connection:
        found = roster.students(connection, organisation.bin, reader.today, q=q, limit=FOUND).items
    return [
        Option(
            str(each.person),
            each.name or say(reader.language, "words.erased"),
            say(reader.language, "pages.new-contract.studies", specialty=each.specialty, n=each.contracts),
        )
        for each in found
    ]


def with_chosen(reader: Reader, found: list[Option], chosen: str) -> list[Option]:
    """Whoever was chosen before stays among them, if he is one of the college's students."""
    if not chosen or chosen in {each.value for each in found}:
        return found
    try:
        known = of_college(reader, UUID(chosen))
    except ValueError:
        return found
    return [*([known] if known else []), *found]


def of_college(reader: Reader, person: UUID) -> Option | None:
    """One of its own students; None for anybody else."""
    known: Person | None = reader.house.folded("person", person)
    organisation = reader.asked.organisation
    if known and organisation and known.enrolment(organisation.bin or "", reader.today):
        return Option(str(person), name_of(reader, person))
    return None


# The other organisation


def partners(reader: Reader, kind: Kind, q: str, chosen: str) -> list[Option]:
    """Organisations of that kind by name or BIN; what was chosen stays among them."""
    with reader.house.pool.connection() as connection:
        found = {each.bin: each for each in organisations.search(connection, kind, q, FOUND)}
        if chosen and chosen not in found:
            found |= organisations.by_bin(connection, [chosen])
    return [
        Option(bin_, official(reader.language, parties.Name(each.name_kk, each.name_ru)), _bin(reader, bin_))
        for bin_, each in found.items()
    ]


def _bin(reader: Reader, bin_: str) -> str:
    return f"{say(reader.language, 'fields.bin')}: {bin_}"


def frameworks(reader: Reader, college: str, enterprise: str) -> list[Option]:
    """Memoranda of both that still hold, with the places that are left."""
    caught_up(reader, "memoranda")
    with reader.house.pool.connection() as connection:
        found = memoranda.of(connection, reader.today, college=college, enterprise=enterprise, running=True)
    return [
        Option(str(each.memorandum_id), _framework(reader, each), _places(reader, each)) for each in found
    ]


def _framework(reader: Reader, each: memoranda.Framework) -> str:
    if each.last_day is None:
        return say(reader.language, "pages.new-contract.open-memorandum")
    return say(reader.language, "pages.new-contract.memorandum-to", day=day(reader.language, each.last_day))


def _places(reader: Reader, each: memoranda.Framework) -> Words:
    taken = each.used + each.reserved
    return say(reader.language, "pages.new-contract.places", taken=taken, places=each.places)
