"""Which fields are wrong, and how: a JSON pointer and a sentence each, never the value that was sent."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from api.languages import say
from api.reach import FIRST, LAST, in_reach, range_of
from contracts.decision import Text
from contracts.identification import bin_fault, iin_fault

KINDS = (
    ("missing", "missing"),
    ("unexpected_keyword", "unknown"),
    ("extra_forbidden", "unknown"),
    ("uuid", "id"),
    ("date_", "day"),
    ("time_", "time"),
    ("int_", "whole-number"),
    ("bool_", "yes-no"),
    ("string_too_long", "too-long"),
    ("string_", "text"),
    ("enum", "choice"),
    ("literal", "choice"),
    ("dataclass", "object"),
    ("tuple", "list"),
    ("frozen_set", "list"),
    ("list", "list"),
)
"""By how the name of the validator's finding begins."""

NAME = re.compile(r"[a-z][a-z_]{0,40}", re.ASCII)
"""What the name of a field can be. Anything else was typed by somebody, and may be a number of a person."""

BINS = frozenset({"bin", "college", "enterprise", "chamber", "receiver"})
"""Fields that hold the number of an organisation."""

FORMS = {
    "month": re.compile("[0-9]{4}-[0-9]{2}"),
    "ground": re.compile(r"[a-z][a-z0-9.-]{0,60}"),
    "text_hash": re.compile("[0-9a-f]{64}"),
    "field": re.compile(r"[a-z][a-z_]{0,40}(\.[a-z][a-z_]{0,40}){0,6}"),
    "proof": re.compile(r".*\S.*", re.DOTALL),
    "digest": re.compile("[0-9a-f]{64}"),
}
"""What a refusal says back has a form in which no name fits."""

TWELVE_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])")

Wrong = Mapping[str, str]

WHOLE = 100
"""Percent."""


def unreadable(error: Any) -> bool:
    """It is no JSON at all."""
    return isinstance(error, ValidationError) and any(e["type"] == "json_invalid" for e in error.errors())


def wrong_fields(language: str, found: Iterable[Mapping[str, Any]]) -> list[Wrong]:
    return [_wrong(language, each) for each in found]


def _wrong(language: str, found: Mapping[str, Any]) -> Wrong:
    kind = next((kind for start, kind in KINDS if found["type"].startswith(start)), "form")
    if kind == "choice":
        expected = str(found["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        return {"field": pointer(found["loc"]), "message": say(language, "wrong.choice", allowed=expected)}
    return {"field": pointer(found["loc"]), "message": say(language, f"wrong.{kind}")}


def pointer(path: Sequence[str | int]) -> str:
    """RFC 6901. A name that is none of ours is not said back."""
    return "".join(f"/{part if isinstance(part, int) or NAME.fullmatch(part) else '?'}" for part in path)


def wrong_values(language: str, wish: Any, check_digit: bool) -> list[Wrong]:
    """Numbers of people and organisations that cannot be, numbers of people where none belongs, days and
    amounts out of all reach."""
    found = [
        {"field": pointer(path), "message": message}
        for path, kind, value in _values(wish, type(wish), ())
        if (message := _message(language, str(path[-1]), kind, value, check_digit))
    ]
    return found or [*_more_than_the_whole(language, getattr(wish, "shares", ()))]


def _more_than_the_whole(language: str, shares: Iterable[Any]) -> Iterator[Wrong]:
    """Shares in percent that come to more than what is shared."""
    if sum(getattr(share, "percent", 0) for share in shares) > WHOLE:
        yield {"field": pointer(["shares"]), "message": say(language, "wrong.over-whole", most=WHOLE)}


def _message(language: str, name: str, kind: Any, value: str | int | date, check_digit: bool) -> str | None:
    if isinstance(value, str):
        return _of_text(language, name, kind, value, check_digit)
    if isinstance(value, date):
        return (
            None
            if in_reach(value)
            else say(language, "wrong.day-out-of-reach", first=FIRST.year, last=LAST.year)
        )
    least, most = range_of(name)
    in_range = least <= value <= most
    return None if in_range else say(language, "wrong.number-out-of-reach", least=least, most=most)


def _of_text(language: str, name: str, kind: Any, text: str, check_digit: bool) -> str | None:
    number, fault = ("bin", bin_fault) if name in BINS else ("iin", iin_fault)
    if number == "bin" or name == "iin":
        wrong = fault(text, check_digit)
        named = say(language, f"faults.{wrong}") if wrong else ""
        return say(language, f"refusals.organisation.{number}", fault=named) if wrong else None
    if name in FORMS and not FORMS[name].fullmatch(text):
        return say(language, "wrong.form")
    if kind is not Text and holds_iin(text):  # only what is sealed for the person may
        return say(language, "wrong.iin-elsewhere")
    return None


def holds_iin(text: str) -> bool:
    """Mistyped ones count too: they are nearly as telling."""
    return any(iin_fault(digits, check_digit=False) is None for digits in TWELVE_DIGITS.findall(text))


def _values(
    value: Any, kind: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    """Every text, day and number in it, with its place and its declared type."""
    if isinstance(value, str | int | date):
        yield path, kind, value
    elif is_dataclass(value):
        kinds = _kinds(type(value))
        for each in fields(value):
            yield from _values(getattr(value, each.name), kinds[each.name], (*path, each.name))
    elif isinstance(value, tuple | frozenset):
        for n, member in enumerate(value):
            yield from _values(member, kind if kind is Text else str, (*path, n))


@cache
def _kinds(of: type) -> dict[str, Any]:
    return {name: _wanted(hint) for name, hint in get_type_hints(of).items()}


def _wanted(hint: Any) -> Any:
    """`Text | None` as Text."""
    return Text if hint is Text or (get_origin(hint) is not None and Text in get_args(hint)) else hint
