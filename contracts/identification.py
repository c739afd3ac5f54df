"""Identification numbers of people (IIN) and organisations (BIN): whether twelve digits can be one.

Check digit and parts are recalled, not read: confirm before go-live. Five published BINs satisfy the first
row of weights; no published number proves the second.
"""

from calendar import monthrange
from datetime import date

LENGTH = 12
DIGITS = frozenset("0123456789")
"""ASCII alone: str.isdigit() also accepts the digits of other scripts."""

WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))

CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
"""By the seventh digit of an IIN, odd for men. 0 stands for a person whose date is not to be relied on."""

ORGANISATION_TYPES = frozenset("456")
"""Fifth digit of a BIN: resident, non-resident, joint sole proprietors. An IIN has 0 to 3 there."""

ORGANISATION_PARTS = frozenset("01234")
"""Sixth digit of a BIN: head, branch, representative office, other, farm."""


def iin_fault(text: str, check_digit: bool = True) -> str | None:
    """What is wrong with a person's number, or None.

    One of length, characters, century, date, never_issued, checksum.
    """
    if fault := _form_fault(text):
        return fault
    if text[6] != "0" and text[6] not in CENTURIES:
        return "century"
    if not _is_date(_birth_year(text), int(text[2:4]), int(text[4:6])):
        return "date"
    return _check_digit_fault(text) if check_digit else None


def bin_fault(text: str, check_digit: bool = True) -> str | None:
    """What is wrong with an organisation's number, or None.

    One of length, characters, date, kind, never_issued, checksum. A person's number is of another kind.
    """
    if fault := _form_fault(text):
        return fault
    if not 1 <= int(text[2:4]) <= 12:
        return "date"
    if text[4] not in ORGANISATION_TYPES or text[5] not in ORGANISATION_PARTS:
        return "kind"
    return _check_digit_fault(text) if check_digit else None


def born_on_fits(iin: str, born_on: date) -> bool:
    """Whether a document's date agrees with a faultless number, which is never the source of the date."""
    if iin[6] == "0":
        return True
    return (_birth_year(iin), int(iin[2:4]), int(iin[4:6])) == (born_on.year, born_on.month, born_on.day)


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit; None where both rows of weights give 10: such a number is never issued."""
    for weights in WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def _form_fault(text: str) -> str | None:
    if len(text) != LENGTH:
        return "length"
    return None if DIGITS.issuperset(text) else "characters"


def _birth_year(iin: str) -> int:
    """Without a century 2000 stands in, so that 29 February is let through."""
    return CENTURIES.get(iin[6], 2000) + int(iin[:2])


def _is_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _check_digit_fault(text: str) -> str | None:
    expected = check_digit(text[:-1])
    if expected is None:
        return "never_issued"
    return None if expected == int(text[-1]) else "checksum"
