"""What a contract keeps of the training itself: the weeks that were confirmed, days missed, pay that the
student has answered for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from contracts.parties import Role
from contracts.values import replace


class Place(StrEnum):
    """Where the student is trained on a day."""

    COLLEGE = "college"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class ConfirmedWeek:
    """What one place has confirmed of the week of `monday`. `absences`: planned days that were missed.
    `contest_by`: the last day on which it may be contested. `contested_by`: who does not agree with it."""

    monday: date
    place: Place
    minutes: int
    absences: tuple[date, ...]
    contest_by: date
    contested_by: Role | None = None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True)
class Training:
    """`review_on`: the day on which it is asked whether weeks are missing. `acknowledged`, `unpaid`:
    months, as 2027-01, of which the student says that the pay has come, or has not."""

    weeks: tuple[ConfirmedWeek, ...] = ()
    excused: frozenset[date] = frozenset()
    review_on: date | None = None
    warned_upto: date | None = None
    acknowledged: frozenset[str] = frozenset()
    unpaid: frozenset[str] = frozenset()

    def week(self, monday: date, place: Place) -> ConfirmedWeek | None:
        return next((week for week in self.weeks if (week.monday, week.place) == (monday, place)), None)

    def at(self, place: Place) -> Iterator[ConfirmedWeek]:
        return (week for week in self.weeks if week.place is place)

    def with_week(self, week: ConfirmedWeek) -> "Training":
        """In the order of the days; a week that was there is taken over."""
        others = [w for w in self.weeks if (w.monday, w.place) != (week.monday, week.place)]
        return replace(self, weeks=tuple(sorted([*others, week], key=lambda w: (w.monday, w.place))))


NOTHING_KEPT = Training()
