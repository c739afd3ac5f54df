"""The law as dated, sourced data: which rule is in force on a day, what it says, and how days are counted."""

from contracts.law.calendar import Count, Holiday, last_of
from contracts.law.form import Form, Sentence
from contracts.law.law import Law, age_on, birthday, least_hours
from contracts.law.packs import load, read
from contracts.law.reading import PackRefused
from contracts.law.rests import Rest
from contracts.law.rules import Act, Ground, Rule, Source

__all__ = [
    "Act",
    "Count",
    "Form",
    "Ground",
    "Holiday",
    "Law",
    "PackRefused",
    "Rest",
    "Rule",
    "Sentence",
    "Source",
    "age_on",
    "birthday",
    "last_of",
    "least_hours",
    "load",
    "read",
]
