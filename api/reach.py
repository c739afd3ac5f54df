"""How far days and numbers reach. What lies beyond was mistyped, and would be too large to reckon with."""

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
MOST = 1_000_000
MOST_TIYN = 10**13


def in_reach(on: date) -> bool:
    return FIRST <= on <= LAST
