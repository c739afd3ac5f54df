"""What a time of rest comes to: its bounds, the balance of leave, months without pay, frozen answers; and the
refusals that its beginning and its lengthening share."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts.amendment_rules import open_ones
from contracts.broken_month import due_for
from contracts.consequences import Deadline, Step, Sum, Task
from contracts.contract import Contract
from contracts.decision import DAY, Cure, Refusal
from contracts.dossier import Resting, Suspension
from contracts.law import Law, Rest, last_of
from contracts.parties import Role
from contracts.values import replace
from contracts.week import month_of, planned_days

OWN = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE})
"""Who read papers about a student's health."""
OF_THE_CONTRACT = OWN | {Role.ENTERPRISE}
"""Who read on which ground it rests; the chamber and the mentor read only that it does."""

# Refusals


@dataclass(frozen=True)
class NotProven(Refusal):
    """`papers`: order or proof, what the ground needs and is not named."""

    type = "suspension.proof"
    code = "SUS-PROOF"
    cures = (
        Cure(Role.COLLEGE, "name-papers", "suspend"),
        Cure(Role.COLLEGE, "name-papers", "extend-suspension"),
    )
    ground: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class OutsideLength(Refusal):
    """The last day may lie between `earliest` and `latest`. `left`: days that the balance of leave leaves;
    None: this leave does not count against it."""

    type = "suspension.length"
    code = "SUS-LENGTH"
    cures = (
        Cure(Role.COLLEGE, "other-last-day", "suspend"),
        Cure(Role.COLLEGE, "other-last-day", "extend-suspension"),
    )
    from_on: date
    to_on: date
    earliest: date
    latest: date
    left: int | None


# Rules


@dataclass(frozen=True)
class Balance:
    """Calendar days of leave: allowed in all, used by a day, and left."""

    allowed: int
    used: int
    left: int


def balance(contract: Contract, law: Law, day: date) -> Balance:
    """As that day sees it, itself included. A day counts once."""
    allowed = int(law.rule("suspension.balance", law.known(day)).value["calendar_days"])
    until = min(day, contract.end_on or day)
    used = {n for each in contract.suspensions if each.counted for n in _days(each, until)}
    return Balance(allowed, len(used), max(0, allowed - len(used)))


def _days(suspension: Suspension, until: date) -> range:
    """Its days up to that one, as numbers."""
    last = min(until, suspension.back_on - DAY) if suspension.back_on else until
    return range(suspension.from_on.toordinal(), last.toordinal() + 1)


def bounds(rest: Rest, from_on: date) -> tuple[date, date]:
    """The first and the last day on which such a suspension may end."""
    return last_of(rest.least, from_on) if rest.least else from_on, last_of(rest.most, from_on)


def papers(rest: Rest, **named: str | None) -> Iterator[Refusal]:
    """Those that the ground needs, each by its number or digest."""
    missing = [paper for paper, text in named.items() if paper in rest.needs and not (text or "").strip()]
    if missing:
        yield NotProven(rest.id, tuple(sorted(missing)))


def length(contract: Contract, rest: Rest, from_on: date, to_on: date, law: Law) -> Iterator[Refusal]:
    """As long as the ground allows, and within the balance of leave."""
    earliest, latest = bounds(rest, from_on)
    left = None
    if rest.counted:
        others = tuple(each for each in contract.suspensions if each.from_on != from_on)
        left = balance(replace(contract, suspensions=others), law, from_on - DAY).left
        latest = min(latest, from_on + timedelta(left) - DAY)
    if not earliest <= to_on <= latest:
        yield OutsideLength(from_on, to_on, earliest, latest, left)


def kept_to(rest: Rest, from_on: date, to_on: date) -> date | None:
    """The last day on which the mentor's place is kept, where that comes before the return."""
    if rest.place is None or (last := last_of(rest.place, from_on)) >= to_on:
        return None
    return last


def resting_pay(contract: Contract, law: Law, suspension: Suspension) -> tuple[Sum, ...]:
    """What is paid for it: how many practice days fall out, and each month up to its planned end."""
    if Resting.PAY not in suspension.rests or contract.terms.compensation is None:
        return ()
    last = contract.terms.term.ends_on if contract.terms.term else suspension.to_on
    fallen = planned_days(contract, law, suspension.from_on, min(last, suspension.to_on))
    steps = (
        Step("suspended-days", suspension.planned_days, "days"),
        Step("practice-days-fallen-out", len(fallen), "days"),
    )
    whole = Sum("suspension", 0, Role.STUDENT, Role.ENTERPRISE, "suspension.pay", steps)
    months = (due_for(contract, law, month) for month in _months(suspension))
    return (
        whole,
        *(replace(due, name="suspended-month", rule="suspension.pay") for due in months if due),
    )


def _months(suspension: Suspension) -> Iterator[date]:
    """A day of each month that has begun with it and is over with it."""
    day = suspension.from_on
    while month_of(day)[1] <= suspension.to_on:
        yield day
        day = month_of(day)[1] + DAY


def changed(contract: Contract, from_on: date, **facts: Any) -> tuple[Suspension, ...]:
    """All suspensions, with other facts about the one that begins that day."""
    return tuple(replace(each, **facts) if each.from_on == from_on else each for each in contract.suspensions)


def open_answers(contract: Contract) -> Iterator[tuple[UUID, date]]:
    """What somebody is still asked, and by when it was to be answered."""
    alone = (contract.open_proposal, contract.open_mutual_end, contract.open_relocation)
    for asked in (*alone, *open_ones(contract)):
        if asked:
            yield asked.id, asked.answer_by
    if (move := contract.open_move) and move.waits_for:
        yield move.id, move.answer_by


def frozen(
    deadlines: Iterable[Deadline],
    tasks: Iterable[Task],
    contract: Contract,
    law: Law,
    waiting: Collection[UUID | None],
) -> tuple[tuple[Deadline, ...], tuple[Task, ...]]:
    """With those that wait, by their reference, on the day on which they fall if the return is as planned."""

    def moved(on: date, ref: UUID | None) -> tuple[date, int | None]:
        suspended, left = contract.open_suspension, contract.frozen(on)
        if suspended is None or left is None or ref not in waiting:
            return on, None
        return law.end_of({"calendar_days": left}, suspended.to_on).last, left

    due = ((each, *moved(each.on, each.ref)) for each in deadlines)
    return (
        tuple(replace(each, on=on, left=left) for each, on, left in due),
        tuple(replace(each, by=moved(each.by, each.ref)[0]) if each.by else each for each in tasks),
    )
