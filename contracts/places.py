"""The places that a contract takes: the student's time, the mentor's attention, a place of the memorandum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from contracts.contract import Contract, State
from contracts.mentor_days import guided
from contracts.values import replace


@dataclass(frozen=True, order=True)
class Hold:
    """A contract's hold on something that others want too, from one day to another, both included.
    `detail`: of a memorandum's place, the qualification."""

    kind: str
    key: str
    contract: UUID
    from_on: date
    to_on: date
    detail: str | None = None

    def overlaps(self, other: "Hold") -> bool:
        return self.from_on <= other.to_on and other.from_on <= self.to_on


def most_at_once(holds: tuple[Hold, ...], during: Hold) -> int:
    """How many of `holds` hold on the fullest day of `during`."""
    days = {during.from_on, *(hold.from_on for hold in holds if hold.overlaps(during))}
    return max(
        sum(1 for hold in holds if hold.from_on <= day <= hold.to_on)
        for day in days
        if during.from_on <= day <= during.to_on
    )


def _kept(contract: Contract, whole: Hold) -> Iterator[tuple[date, date]]:
    """The time of a hold without that for which a suspension freed the place."""
    begins = whole.from_on
    for each in contract.suspensions:
        if each.place_to and each.place_to < (each.back_on or date.max) - timedelta(1):
            if begins <= (ends := min(each.place_to, whole.to_on)):
                yield begins, ends
            begins = max(begins, each.back_on or date.max)
    if begins <= whole.to_on:
        yield begins, whole.to_on


def holds(contract: Contract) -> tuple[Hold, ...]:
    """From its offer to its last day, of each mentor for his stretch of it. A draft takes none; one that was
    refused or lapsed gives all back."""
    term = contract.terms.term
    if term is None or contract.parties is None or contract.id is None:
        return ()
    if contract.state in {None, State.DRAFT, State.REFUSED, State.LAPSED}:
        return ()
    last_day = contract.last_day or term.ends_on
    if last_day < term.starts_on:
        return ()
    hold = Hold("student", str(contract.parties.student), contract.id, term.starts_on, last_day)
    taken = [hold]
    for each in guided(contract):
        mentor = Hold("mentor", str(each.mentor), contract.id, each.from_on, each.to_on)
        taken += [replace(mentor, from_on=a, to_on=b) for a, b in _kept(contract, mentor)]
    if contract.memorandum:
        qualification = contract.terms.subject.qualification if contract.terms.subject else None
        taken.append(replace(hold, kind="memorandum", key=str(contract.memorandum), detail=qualification))
    return tuple(taken)
