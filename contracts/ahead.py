"""What a state brings with it: deadlines, tasks, sums, and what happens by itself, phase by phase."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from contracts import (
    activation,
    amendment,
    attendance,
    claim_phases,
    completion,
    correction_phases,
    department,
    dispute_phases,
    ending,
    formation,
    hiring,
    mentoring,
    mutual_end,
    outcome,
    pay_answer,
    price,
    resting,
    schedule,
    suspension,
    termination,
    transfer,
)
from contracts.activation import growing_up
from contracts.claim import Claim
from contracts.consequences import Outlook, Timer
from contracts.contract import Contract
from contracts.deadlines import Watched, alarms
from contracts.decision import DAY
from contracts.dispute import Dispute
from contracts.law import Law
from contracts.lifecycle import COMMANDS
from contracts.values import replace

OUTLOOKS: Mapping[type, tuple[Callable[[Any, Law], Outlook], ...]] = {
    Contract: (
        formation.outlook,
        activation.outlook,
        schedule.outlook,
        transfer.outlook,
        amendment.outlook,
        suspension.outlook,
        mentoring.outlook,
        department.outlook,
        attendance.outlook,
        pay_answer.outlook,
        mutual_end.outlook,
        termination.outlook,
        ending.outlook,
        correction_phases.outlook,
        completion.outlook,
        hiring.outlook,
        outcome.outlook,
        price.outlook,
    ),
    Dispute: dispute_phases.OUTLOOKS,
    Claim: claim_phases.OUTLOOKS,
}
"""By what a stream folds into; a kind that is not here waits for nothing."""

TIMERS: Mapping[type, tuple[Callable[[Any], Iterator[Timer]], ...]] = {
    Dispute: dispute_phases.TIMERS,
    Claim: claim_phases.TIMERS,
    Contract: (
        formation.timers,
        activation.timers,
        schedule.timers,
        transfer.timers,
        amendment.timers,
        mutual_end.timers,
        ending.timers,
        suspension.timers,
        department.timers,
        attendance.timers,
        hiring.timers,
        outcome.timers,
    ),
}


def timers(state: Any, adult_on: date | None = None) -> tuple[Timer, ...]:
    """What a state lets happen by itself, but for reminders and what is missed. `adult_on`: the student's
    18th birthday, if it is known."""
    found = _all(tuple(look(state)) for look in TIMERS.get(type(state), ()))
    if not isinstance(state, Contract):
        return found
    waiting = _waiting(state)
    return (*(timer for timer in found if timer not in waiting), *growing_up(state, adult_on))


def _waiting(contract: Contract) -> frozenset[Timer]:
    """Timers of answers that are frozen while the contract rests."""
    if contract.open_suspension is None:
        return frozenset()
    found = (timer for look in TIMERS[Contract] for timer in look(contract))
    lapsing = (timer for timer in found if COMMANDS[timer.command].lapses)
    return frozenset(timer for timer in lapsing if contract.frozen(timer.on - DAY) is not None)


def outlook(state: Any, law: Law, adult_on: date | None = None, today: date | None = None) -> Outlook:
    """All that a state brings with it. `adult_on`: as for timers. `today`: the day on which it is written, so
    that its timers are all there are; None: without those that watch over deadlines."""
    found = _outlook(state, law, adult_on)
    if today and isinstance(state, Watched):
        return replace(found, timers=(*found.timers, *alarms(state, found, law, today)))
    return found


def _outlook(state: Any, law: Law, adult_on: date | None) -> Outlook:
    parts = [look(state, law) for look in OUTLOOKS.get(type(state), ())]
    due, todo = _all(part.deadlines for part in parts), _all(part.tasks for part in parts)
    if isinstance(state, Contract) and (waiting := _waiting(state)):
        refs = {timer.ref for timer in waiting if not isinstance(timer.ref, date)}
        due, todo = resting.frozen(due, todo, state, law, refs)
    return Outlook(
        deadlines=due,
        tasks=todo,
        timers=timers(state, adult_on),
        sums=_all(part.sums for part in parts),
        stays=_all(part.stays for part in parts),
        ends=_all(part.ends for part in parts),
        final=next((part.final for part in parts if part.final), None),
        hours=next((part.hours for part in parts if part.hours), None),
    )


def _all(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))
