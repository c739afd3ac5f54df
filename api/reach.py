"""How far days and numbers reach. What lies beyond was mistyped, or would be too large to reckon with."""

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
MOST = 1_000_000
MOST_TIYN = 10**13

RANGES = {
    **dict.fromkeys(("amount", "part", "cap", "monthly", "price"), (0, MOST_TIYN)),
    **dict.fromkeys(("travel", "meals", "housing", "covered"), (0, MOST_TIYN)),
    **dict.fromkeys(("capacity", "places"), (1, MOST)),
    "break_minutes": (0, 24 * 60),
    "pay_day": (1, 31),
    "percent": (0, 100),
}


def range_of(field: str) -> tuple[int, int]:
    """The least and the most of a whole number of that name. Money is in tiyn."""
    return RANGES.get(field, (0, MOST))


def in_reach(on: date) -> bool:
    return FIRST <= on <= LAST
