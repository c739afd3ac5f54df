"""How the demo asks: each wish under a key of its own, so that asking again changes nothing."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from api.house import House
from contracts.decision import DAY, Command
from contracts.identification import check_digit
from contracts.log.wishes import Granted, Wish
from contracts.parties import Language, Record
from contracts.relations import Caller

SERIAL = 9000
"""From here on the serial parts of numbers that nobody has."""


@dataclass(frozen=True)
class Asking:
    house: House
    today: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.house.today())

    def ask(self, name: str, command: Command, caller: Caller, stream_id: UUID | None = None) -> Granted:
        """`name`: of the wish, the same on every start."""
        key = f"demo:{name}"
        wish = Wish(command, stream_id, caller, key, sha256(key.encode()).digest(), request_id="demo")
        return self.house.desk.execute(wish)

    def school_year(self) -> int:
        """The year in which the school year of today began."""
        return self.today.year - (self.today < date(self.today.year, 9, 1))

    def working_day(self, days: int) -> date:
        """The first working day so many days from today."""
        day = self.today + days * DAY
        while not self.house.law.working(day):
            day += DAY
        return day

    def born(self, years: int, month: int, day: int) -> date:
        """The birthday of somebody who is that old, or becomes it this school year."""
        return date(self.school_year() - years, month, day)


def made(granted: Granted) -> UUID:
    """The person whom a wish registered."""
    registered = next(event for event in granted.events if event["type"] == "person.registered")
    return UUID(registered["data"]["person"])


def first(granted: Granted, field_: str) -> Any:
    """A field of the first event."""
    return granted.events[0]["data"][field_]


def record(name: str, latin: str, born_on: date, man: bool) -> Record:
    """With a number that fits the day and has a right last digit."""
    century = (3 if born_on.year < 2000 else 5) + (not man)
    serial = SERIAL
    while (last := check_digit(eleven := f"{born_on:%y%m%d}{century}{serial}")) is None:
        serial += 1
    return Record(f"{eleven}{last}", name, born_on, latin, language=Language.KAZAKH)
