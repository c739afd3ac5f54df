"""When the hours at the enterprise fall short of the share, and who is told."""

from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.decision import Event
from contracts.law import Law
from contracts.parties import Role
from contracts.training_hours import Progress, over_on, progress_of_record
from contracts.training_record import Place
from contracts.values import replace

# Rules


def review_on(law: Law, today: date) -> date:
    """The day on which it is asked next whether weeks are missing."""
    return law.end_of(law.rule("attendance.review", today).value, today).last


def falls_short(contract: Contract, law: Law, today: date) -> "ShortfallWarned | None":
    """The warning that is due: by the end of the newest week of which the enterprise has said how it was,
    more than the tolerance is missing, and the last warning is not new any more."""
    upto = max((over_on(contract, week) for week in contract.training.at(Place.ENTERPRISE)), default=None)
    warned = contract.training.warned_upto
    if upto is None or (warned and upto < review_on(law, warned)):
        return None
    return warning(progress_of_record(contract, law, upto), law, upto, today)


def warning(found: Progress, law: Law, upto: date, today: date) -> "ShortfallWarned | None":
    """None: not so much is missing that it matters."""
    rule = law.rule("attendance.shortfall", today).value
    little = found.missing * 100 <= found.needed * int(rule["percent"])
    if little or found.missing < int(rule["least_hours"]) * 60:
        return None
    return ShortfallWarned(upto, found.done.enterprise, found.needed, review_on(law, today))


# Events


@dataclass(frozen=True)
class ShortfallWarned(Event):
    """Minutes at the enterprise: confirmed up to that day, and needed by then for the share."""

    type = "attendance.shortfall_warned"
    rule = "attendance.shortfall"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE, Role.MENTOR})
    upto: date
    done_minutes: int
    needed_minutes: int
    review_on: date

    def evolve(self, state: Contract) -> Contract:
        training = replace(state.training, warned_upto=self.upto, review_on=self.review_on)
        return replace(state, training=training)
