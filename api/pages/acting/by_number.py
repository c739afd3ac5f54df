"""A person found by number and day of birth: the number is looked up, not kept and never said back."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.languages import say
from api.pages.acting.answers import Kept
from api.pages.acting.questions import Answers, Day, Question, Wrong
from api.pages.parts import Words
from api.pages.reader import Reader
from api.pages.typed_day import read_day
from api.pages.views.asked import Group, Item
from api.pages.views.form import Field, Option
from api.queries.moments import note_read
from contracts.identification import iin_fault
from projections import roster

NUMBER, BORN, FAULT, MARK = "number", "born_on", "fault", "mark"
"""Parts of the answer beside the person: what was typed, what is wrong with it, and the sign that whoever
names the person has found him by number."""


def part(name: str, of: str) -> str:
    return f"{name}_{of}"


@dataclass(frozen=True)
class ByNumber(Question):
    """`reader`: the one who looks for somebody; what he has found he alone may name."""

    reader: Reader | None = None

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        number = Question(
            self.language,
            part(self.name, NUMBER),
            say(self.language, "pages.by-number.number"),
            say(self.language, "pages.by-number.hint"),
            required=False,
        )
        born = Day(
            self.language,
            part(self.name, BORN),
            say(self.language, "pages.by-number.born"),
            required=False,
        )
        error = wrong.get(self.name)
        inside: list[Item] = [number.field("", error), *born.items(answers, {})]
        if (person := self._found(answers)) is not None:
            option = Option(str(person), self.words(person))
            inside.append(Field(self.name, self.label, "choice", str(person), options=[option]))
        return [Group(f"{self.name}_group", self.label, inside, self.hint, self.required)]

    def read(self, answers: Answers, wrong: Wrong) -> UUID | None:
        if fault := answers.get(part(self.name, FAULT)):
            known = f"faults.{fault}" if fault != "unknown" else "pages.by-number.nobody"
            wrong[self.name] = say(self.language, known)
            return None
        if (found := self._found(answers)) is None:
            self.nothing(wrong)
        return found

    def words(self, value: UUID) -> Words:
        return name_of(self.reader, value) if self.reader else str(value)

    def _found(self, answers: Answers) -> UUID | None:
        """The person named, if he was found by number."""
        try:
            person = UUID(answers.get(self.name, ""))
        except ValueError:
            return None
        shown = answers.get(part(self.name, MARK), "")
        holds = self.reader and hmac.compare_digest(mark(self.reader, person).encode(), shown.encode())
        return person if holds else None


def looked_up(*names: str) -> Callable[[Reader, Kept], Kept]:
    """What is kept of the answers: people in place of their numbers."""

    def taken(reader: Reader, typed: Kept) -> Kept:
        for name in names:
            typed = _looked_up(reader, typed, name)
        return typed

    return taken


def _looked_up(reader: Reader, typed: Kept, name: str) -> Kept:
    kept = dict(typed)
    number = kept.pop(part(name, NUMBER), "").strip()
    kept.pop(part(name, FAULT), None)
    if not number:
        return kept
    born = read_day(reader.language, kept, part(name, BORN)).on
    fault = iin_fault(number, reader.house.settings.check_digit)
    found = None if fault else _person(reader, number, born)
    if found is None:
        return kept | {part(name, FAULT): fault or "unknown"}
    for each in ("day", "month", "year"):
        kept.pop(f"{part(name, BORN)}-{each}", None)
    note_read(reader.house, reader.asked, "person", subject=found)
    return kept | {name: str(found), part(name, MARK): mark(reader, found)}


def _person(reader: Reader, number: str, born: date | None) -> UUID | None:
    """Only whoever knows both finds somebody."""
    house = reader.house
    with house.pool.connection() as connection:
        id_ = house.personal.find_person(connection, number)
        record = house.personal.records(connection, [id_]).get(id_) if id_ else None
    return id_ if record and born == record.born_on else None


def mark(reader: Reader, person: UUID) -> str:
    """Holds for the one who asks alone."""
    key = hashlib.sha256(b"kelisim-found/1\n" + reader.house.keys.person).digest()
    return hmac.digest(key, f"{reader.actor}\n{person}".encode(), "sha256").hex()


def name_of(reader: Reader, person: UUID) -> str:
    with reader.house.pool.connection() as connection:
        found = roster.names(connection, [person]).get(person)
    return found or say(reader.language, "words.erased")
