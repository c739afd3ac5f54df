"""What is due, and the address under which a calendar program finds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Link, Table


@dataclass(frozen=True)
class Calendar:
    """`made`: an address that was just made, shown this once."""

    csrf: str
    made: str | None


@dataclass(frozen=True)
class Deadlines:
    links: Sequence[Link]
    table: Table | None
    empty: str
    after: str | None
    calendar: Calendar
