"""What counts on after a transfer: practice that was done here, and whether the share can be met."""

from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.law import Law
from contracts.moving import Carried
from contracts.training_hours import least_minutes, planned
from contracts.week import practice_by_schedule


@dataclass(frozen=True)
class Reach:
    """Minutes of practice: done here, planned there, and needed in all for the share. They are compared to
    the minute."""

    done: int
    ahead: int
    needed: int

    @property
    def enough(self) -> bool:
        return self.done + self.ahead >= self.needed


def practised(contract: Contract, law: Law, first: date, last: date) -> Carried:
    """Days and minutes at the enterprise, both ends included, by the schedules that hold."""
    found = [
        (len(on), len(on) * schedule.enterprise_hours.minutes)
        for schedule, on in practice_by_schedule(contract, law, first, last)
    ]
    subject = contract.terms.subject
    qualification = subject.qualification if subject else None
    return Carried(sum(n for n, _ in found), sum(minutes for _, minutes in found), qualification)


def carried(contract: Contract, law: Law, last: date) -> Carried:
    """All practice up to that day, that of the contracts whose place this one took included."""
    own = practised(contract, law, date.min, last)
    before = contract.succession.carried if contract.succession else None
    return own + before if before else own


def reach(old: Contract, successor: Contract, law: Law, last: date, percent: int) -> Reach:
    """Needed is what the plan of the old contract gave to its end, or the law's share of its hours where that
    is less."""
    if old.terms.term is None or successor.terms.term is None:
        return Reach(0, 0, 0)
    first, until = old.terms.term.starts_on, old.terms.term.ends_on
    whole, done = planned(old, law, first, until), planned(old, law, first, last)
    ahead = planned(successor, law, successor.terms.term.starts_on, successor.terms.term.ends_on)
    needed = min(whole.enterprise, least_minutes(whole.total, percent))
    return Reach(done.enterprise, ahead.enterprise, needed)
