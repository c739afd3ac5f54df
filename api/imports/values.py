"""What stands in a cell, as dates, hours and money that nobody has to guess."""

import re
from datetime import date

from api.reach import in_reach

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: г\.?| ж\.?)?(?: 0?0:00(?::00)?)?")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
CURRENCY = re.compile(r"(₸|тг\.?|тенге|теңге|kzt|tenge)$", re.IGNORECASE)
MONEY = re.compile(r"(\d+)(?:[.,](\d{1,2}))?")
GROUPED = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LONGEST = 300
"""Characters of a name or an address."""


def day(text: str) -> date | None:
    """2024-09-01 or 01.09.2024. None: no such day, or written so that day and month can be mistaken."""
    if found := ISO.fullmatch(text):
        year, month, number = found.groups()
    elif found := DOTTED.fullmatch(text):
        number, month, year = found.groups()
    else:
        return None
    try:
        read = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return read if in_reach(read) else None


def tiyn(text: str) -> int | None:
    """Of a sum in tenge: 95000, 95 000,00 or 95 000 ₸. None: no sum, or 95,000, which may be two sums."""
    bare = CURRENCY.sub("", text.strip()).strip()
    if SPACES.search(bare) and not GROUPED.fullmatch(bare):
        return None
    found = MONEY.fullmatch(SPACES.sub("", bare))
    if not found or len(found[1]) > 12:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def whole(text: str) -> int | None:
    """Hours: 2592 or 2 592, also 2592,0 as a spreadsheet may write it."""
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", SPACES.sub("", text))
    return int(found[1]) if found else None


def digits(text: str) -> str:
    """An IIN or BIN without the spaces and the apostrophe that a spreadsheet puts before a text."""
    return SPACES.sub("", text).removeprefix("'").removeprefix("’")


def one_line(text: str) -> str | None:
    """A name without needless spaces. None: too long, or with signs that nobody can see."""
    if CONTROL.search(text):
        return None
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else None
