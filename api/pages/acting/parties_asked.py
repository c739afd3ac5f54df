"""Who is to make a contract: the student, the other organisation, the framework between the two."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.formats import day
from api.languages import say
from api.pages.acting.answers import Kept
from api.pages.acting.questions import Answers, Question, Wrong
from api.pages.names import official
from api.pages.parts import Words
from api.pages.reader import Reader
from api.pages.typed_day import read_day
from api.pages.views.asked import Item
from api.pages.views.form import Option
from api.queries.moments import note_read
from contracts import parties
from contracts.identification import iin_fault
from contracts.parties import Kind, Person
from projections import memoranda, organisations, roster

FOUND = 20
"""Rows that a search shows; more words make it narrower."""

NUMBER, BORN, FAULT = "number", "born_on", "number_fault"
"""What is typed to find somebody by number: it is looked up, and not kept."""

MARK = "student_mark"
"""An answer that shows that whoever names the student has found him by his number."""


@dataclass(frozen=True)
class Number(Question):
    """The number of a person. It is never shown again; what was wrong with it is."""

    required: bool = False

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        return [self.field("", wrong.get(self.name))]

    def read(self, answers: Answers, wrong: Wrong) -> None:
        if fault := answers.get(FAULT):
            known = f"faults.{fault}"
            wrong[self.name] = say(
                self.language, known if fault != "unknown" else "pages.new-contract.nobody-found"
            )


def students(reader: Reader, q: str) -> list[Option]:
    """Of the college that asks: those who study there."""
    organisation = reader.asked.organisation
    if organisation is None or organisation.kind is not Kind.COLLEGE or organisation.bin is None:
        return []
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


def by_number(reader: Reader, typed: Kept) -> Kept:
    """The answers with the person whom number and day of birth belong to, and without the number."""
    number = typed.pop(NUMBER, "").strip()
    born = read_day(reader.language, typed, BORN).on
    typed.pop(FAULT, None)
    if not number:
        return typed
    fault = iin_fault(number, reader.house.settings.check_digit)
    found = None if fault else _person(reader, number, born)
    if found is None:
        return typed | {FAULT: fault or "unknown"}
    for part in ("day", "month", "year"):
        typed.pop(f"{BORN}-{part}", None)
    note_read(reader.house, reader.asked, "person", subject=found)
    return typed | {"student": str(found), MARK: mark(reader, found)}


def mark(reader: Reader, person: UUID) -> str:
    """Holds for the one who asks alone."""
    key = hashlib.sha256(b"kelisim-found/1\n" + reader.house.keys.person).digest()
    return hmac.digest(key, f"{reader.actor}\n{person}".encode(), "sha256").hex()


def _person(reader: Reader, number: str, born: date | None) -> UUID | None:
    """Only whoever knows both finds somebody."""
    house = reader.house
    with house.pool.connection() as connection:
        id_ = house.personal.find_person(connection, number)
        record = house.personal.records(connection, [id_]).get(id_) if id_ else None
    return id_ if record and born == record.born_on else None


def name_of(reader: Reader, person: UUID) -> str:
    with reader.house.pool.connection() as connection:
        found = roster.names(connection, [person]).get(person)
    return found or say(reader.language, "words.erased")


def may_be_named(reader: Reader, person: UUID, shown_mark: str) -> bool:
    """A college names its own students; anybody else whom he has found by number."""
    if hmac.compare_digest(mark(reader, person), shown_mark):
        return True
    known: Person | None = reader.house.folded("person", person)
    organisation = reader.asked.organisation
    return bool(known and organisation and known.enrolment(organisation.bin or "", reader.today))


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
