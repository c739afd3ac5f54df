"""Who guides the student on which days."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from contracts.contract import Contract
from contracts.terms import ClauseId

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Guided:
    """By one mentor, from one day to another, both included."""

    mentor: UUID
    from_on: date
    to_on: date

    def during(self, first: date, last: date) -> bool:
        return self.from_on <= last and first <= self.to_on


def guided(contract: Contract) -> tuple[Guided, ...]:
    """Each stretch of time with its mentor, oldest first, up to the last day. Days between two stretches are
    days without a mentor."""
    term, last = contract.terms.term, contract.last_day
    if term is None or last is None or last < term.starts_on:
        return ()
    if not (turns := _turns(contract, term.starts_on)):
        return ()
    ends = [from_on - DAY for from_on, _ in turns[1:]] + [last]
    found: list[Guided] = []
    for (from_on, mentor), to_on in zip(turns, ends, strict=True):
        if mentor is None or (to_on := min(to_on, last)) < from_on:
            continue
        if found and found[-1].mentor == mentor and found[-1].to_on + DAY == from_on:
            found[-1] = Guided(mentor, found[-1].from_on, to_on)
        else:
            found.append(Guided(mentor, from_on, to_on))
    return tuple(found)


def _turns(contract: Contract, starts_on: date) -> list[tuple[date, UUID | None]]:
    """From which day on it is whom; None: nobody. What was signed holds from the first day of the term."""
    if not contract.agreed:
        mentor = contract.terms.mentor
        return [(starts_on, mentor.person if mentor else None)]
    turns = []
    for n, change in enumerate(contract.agreed):
        if change.terms.mentor or ClauseId.MENTOR in change.removed:
            on = change.from_on if n else starts_on
            turns.append((max(on, starts_on), change.terms.mentor.person if change.terms.mentor else None))
    return sorted(turns, key=lambda turn: turn[0])


def mentor_on(contract: Contract, day: date) -> UUID | None:
    return next((each.mentor for each in guided(contract) if each.from_on <= day <= each.to_on), None)
