"""How a list of contracts is narrowed: what stands in the address, as fields, filters and tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from api.classifier import named, specialties
from api.languages import say
from api.pages.lists import address, chosen
from api.pages.parts import Link, Words
from api.pages.reader import Reader
from api.pages.views.form import Field, Option
from api.pages.views.register import Chosen as ChosenTag
from contracts.contract import State
from contracts.parties import Kind
from projections import organisations, roster
from projections.organisations import Listed
from projections.register import Filters

NAMES = ("q", "status", "college", "enterprise", "specialty", "year")
BY_ID = ("student", "mentor", "memorandum")
"""Filters that links bring along; nobody types an id."""

BIN = 12
FIRST_YEAR, YEARS = 2023, 8
MOST = 6
"""Organisations among which one is asked to choose."""


@dataclass(frozen=True)
class Chosen:
    """A filter, and how many contracts there would be without it."""

    name: str
    count: int


def chosen_filters(reader: Reader) -> dict[str, str]:
    return chosen(reader.request, *NAMES, *BY_ID)


def filters_of(connection: Connection[Any], chosen: Mapping[str, str]) -> tuple[Filters, list[Words]]:
    """And what was not clear: a name that several organisations have."""
    unclear: list[Words] = []
    bins = {}
    for name, kind in (("college", Kind.COLLEGE), ("enterprise", Kind.ENTERPRISE)):
        if text := chosen.get(name):
            bins[name], choices = _bin(connection, kind, text)
            unclear += [_choice(name, each, chosen) for each in choices]
    year = chosen.get("year", "")
    years = (date(int(year), 1, 1), date(int(year), 12, 31)) if year in _years() else (None, None)
    status = chosen.get("status", "")
    found = Filters(
        q=chosen.get("q"),
        college=bins.get("college"),
        enterprise=bins.get("enterprise"),
        status=(State(status),) if status in set(State) else (),
        specialty=chosen.get("specialty"),
        starts_from=years[0],
        starts_to=years[1],
        student=_id(chosen.get("student")),
        mentor=_id(chosen.get("mentor")),
        memorandum=_id(chosen.get("memorandum")),
    )
    return found, unclear


def _id(text: str | None) -> UUID | None:
    """Of nobody, where it is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return NOBODY


NOBODY = UUID(int=0)


def _bin(connection: Connection[Any], kind: Kind, text: str) -> tuple[str, list[Listed]]:
    """The number of the organisation that is meant; with several of that name the first, and all of them."""
    if len(text) == BIN and text.isascii() and text.isdecimal():
        return text, []
    found = organisations.search(connection, kind, text, MOST)
    return (found[0].bin if found else text), (found if len(found) > 1 else [])


def _choice(name: str, each: Listed, chosen: Mapping[str, str]) -> Link:
    return Link(f"{each.name_kk} / {each.name_ru}", address("/contracts", {**chosen, name: each.bin}))


def _years() -> list[str]:
    return [str(FIRST_YEAR + n) for n in range(YEARS)]


def fields(reader: Reader, chosen: Mapping[str, str]) -> list[Field]:
    language = reader.language
    every = Option("", say(language, "pages.history.any"))

    def words(name: str) -> str:
        return say(language, f"pages.register.{name}")

    def choice(name: str, options: Sequence[Option]) -> Field:
        return Field(name, words(name), "list", chosen.get(name, ""), options=[every, *options])

    found = [
        Field("q", words("q"), value=chosen.get("q", "")),
        choice("status", [Option(s, say(language, f"states.{s}")) for s in State]),
    ]
    for name, kind in (("college", Kind.COLLEGE), ("enterprise", Kind.ENTERPRISE)):
        if reader.asked.kind is not kind:
            found.append(Field(name, words(f"{name}-field"), value=chosen.get(name, "")))
    found.append(choice("specialty", [Option(code, named(language, code)) for code in specialties()]))
    found.append(choice("year", [Option(year, year) for year in _years()]))
    return found


def what_they_are_called(reader: Reader, chosen: Mapping[str, str]) -> dict[str, str]:
    """Organisations and people of the filters, by what stands in the address."""
    bins = [chosen[name] for name in ("college", "enterprise") if chosen.get(name, "").isdecimal()]
    people = [id_ for name in ("student", "mentor") if (id_ := _id(chosen.get(name)))]
    if not bins and not people:
        return {}
    with reader.house.pool.connection() as connection:
        found = organisations.by_bin(connection, bins) if bins else {}
        persons = roster.names(connection, people) if people else {}
    official = "name_kk" if reader.language == "kk" else "name_ru"
    called = {bin_: str(getattr(each, official)) for bin_, each in found.items()}
    return called | {str(id_): name for id_, name in persons.items()}


def tags(
    reader: Reader, chosen: Mapping[str, str], called: Mapping[str, str], kept: Mapping[str, str]
) -> list[ChosenTag]:
    """Each with an address without it."""
    return [
        ChosenTag(
            f"{say(reader.language, f'pages.register.{name}')}: {_value(reader, name, value, called)}",
            address("/contracts", {**{n: v for n, v in chosen.items() if n != name}, **kept}),
        )
        for name, value in chosen.items()
    ]


def _value(reader: Reader, name: str, value: str, called: Mapping[str, str]) -> str:
    if name == "status" and value in set(State):
        return say(reader.language, f"states.{value}")
    if name == "specialty":
        return named(reader.language, value)
    if name == "memorandum":
        return say(reader.language, "pages.register.this-one")
    return called.get(value, value)
