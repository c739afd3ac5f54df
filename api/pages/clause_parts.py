"""Clauses that are told and asked part by part: what each part is called, and how its value is written."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from api.formats import day, money, number, span
from api.languages import say
from api.pages.names import Names
from api.pages.parts import Words
from contracts.law.form import Form
from contracts.terms import (
    Bearer,
    Commission,
    Examiner,
    Gear,
    Hazard,
    OnPay,
    OnTerm,
    Paper,
    Prevails,
    Proof,
    Purpose,
    Term,
)

LISTED: Mapping[type[StrEnum], str] = {
    Bearer: "party",
    Commission: "commission",
    Examiner: "examiner",
    Gear: "gear",
    Hazard: "hazard",
    OnPay: "on_pay",
    OnTerm: "on_term",
    Paper: "paper",
    Prevails: "prevails",
    Proof: "proof",
    Purpose: "purpose",
}
"""The kind of words that the standard form has for each value."""

SUMS = frozenset({"travel", "meals", "housing", "covered", "price", "amount"})
"""Parts that are tiyn."""


def label(language: str, part: str) -> str:
    return say(language, f"clause-parts.{part}")


def told(language: str, form: Form, names: Names, value: Any) -> Iterator[Words]:
    """Each part that has a value, with its name."""
    for field in fields(value):
        if (part := getattr(value, field.name)) is not None:
            yield f"{label(language, field.name)}: {words(language, form, names, field.name, part)}"


def words(language: str, form: Form, names: Names, name: str, value: Any) -> Words:
    match value:
        case tuple():
            return ", ".join(str(words(language, form, names, name, one)) for one in value)
        case StrEnum():
            return listed(language, form, value)
        case bool():
            return say(language, "words.yes" if value else "words.no")
        case int():
            return money(language, value) if name in SUMS else number(language, value)
        case date():
            return day(language, value)
        case Term():
            return span(language, value.starts_on, value.ends_on)
        case UUID():
            return names.people.get(value) or say(language, "words.erased")
    return str(value)


def listed(language: str, form: Form, value: StrEnum) -> str:
    """A word of the standard form, or the value as it is where that has none."""
    try:
        return form.written(value, LISTED[type(value)], language)
    except LookupError:
        return str(value)
