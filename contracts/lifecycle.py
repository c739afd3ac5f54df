"""The table of contents: the phases of a contract's life, every event, command and refusal by its name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from itertools import chain
from types import ModuleType
from typing import Any
from uuid import UUID

from contracts import (
    activation,
    activation_rules,
    attendance,
    attendance_answer,
    claim_dues,
    claim_rules,
    closing,
    completion,
    completion_rules,
    conciliation,
    contract_rules,
    correction_phases,
    deadlines,
    decision,
    department,
    department_answer,
    department_rules,
    dispute_phases,
    ending,
    formation,
    formation_rules,
    hiring,
    late_interest,
    memorandum,
    mentor_rules,
    mentoring,
    mutual_end,
    offer_end,
    offer_rules,
    on_paper,
    organisation,
    organisation_end,
    outcome,
    pay,
    pay_answer,
    pay_rules,
    person,
    preliminary,
    price,
    price_claim,
    registration,
    reimbursement,
    reimbursement_answer,
    reimbursement_end,
    reimbursement_interest,
    reimbursement_pay,
    reimbursement_payment,
    reimbursement_plan,
    reimbursement_rules,
    resting,
    resumption,
    roster,
    schedule,
    schedule_answer,
    schedule_rules,
    schedule_times,
    signing,
    succession,
    suspension,
    takeover,
    termination,
    training_rules,
    transfer,
    transfer_answer,
    transfer_completion,
    transfer_rules,
    withdrawal,
)
from contracts.activation import growing_up
from contracts.claim import Claim
from contracts.consequences import Outlook, Timer
from contracts.contract import Contract
from contracts.deadlines import Watched, alarms
from contracts.decision import DAY, Command, Event, Refusal
from contracts.dispute import Dispute
from contracts.law import Law
from contracts.parties import Memorandum, Organisation, Person, Preliminary
from contracts.values import replace

PHASES: tuple[ModuleType, ...] = (
    preliminary,
    formation,
    signing,
    offer_end,
    on_paper,
    activation,
    schedule,
    schedule_answer,
    schedule_times,
    mentoring,
    department,
    department_answer,
    attendance,
    attendance_answer,
    pay,
    transfer,
    transfer_answer,
    transfer_completion,
    suspension,
    resumption,
    conciliation,
    pay_answer,
    withdrawal,
    mutual_end,
    termination,
    ending,
    *correction_phases.PHASES,
    *dispute_phases.PHASES,
    completion,
    hiring,
    outcome,
    price,
    deadlines,
    takeover,
    reimbursement,
    reimbursement_answer,
    reimbursement_plan,
    reimbursement_payment,
    reimbursement_pay,
    reimbursement_interest,
    reimbursement_end,
    memorandum,
    organisation,
    organisation_end,
    roster,
    person,
)
SHARED: tuple[ModuleType, ...] = (
    decision,
    contract_rules,
    formation_rules,
    offer_rules,
    schedule_rules,
    activation_rules,
    succession,
    transfer_rules,
    mentor_rules,
    department_rules,
    training_rules,
    pay_rules,
    closing,
    *correction_phases.SHARED,
    *dispute_phases.SHARED,
    registration,
    resting,
    completion_rules,
    claim_rules,
    claim_dues,
    late_interest,
    reimbursement_rules,
    price_claim,
    resting,
)

STREAMS: dict[str, type] = {
    "contract": Contract,
    "dispute": Dispute,
    "claim": Claim,
    "preliminary": Preliminary,
    "memorandum": Memorandum,
    "organisation": Organisation,
    "person": Person,
}
"""What the events of each kind of stream fold into."""


def _by_name(kind: type) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for module in (*SHARED, *PHASES):
        for member in vars(module).values():
            if isinstance(member, type) and issubclass(member, kind) and "type" in vars(member):
                other = names.setdefault(member.type, member)  # type: ignore[attr-defined]
                if other is not member:
                    raise TypeError(f"{member} and {other} share a name")
    return names


EVENTS: dict[str, type[Event]] = _by_name(Event)
COMMANDS: dict[str, type[Command]] = _by_name(Command)
REFUSALS: dict[str, type[Refusal]] = _by_name(Refusal)

KEEPS_ITS_ID = frozenset({"contract", "claim", "dispute", "memorandum", "preliminary"})


def empty(kind: str, stream_id: UUID | None) -> Any:
    """A stream before its first event."""
    begun = STREAMS[kind]()
    return replace(begun, id=stream_id) if kind in KEEPS_ITS_ID else begun


OUTLOOKS: Mapping[type, tuple[Callable[[Any, Law], Outlook], ...]] = {
    Contract: (
        formation.outlook,
        activation.outlook,
        schedule.outlook,
        transfer.outlook,
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
    Claim: (claim_dues.outlook,),
}
"""By what a stream folds into; a kind that is not here waits for nothing."""

TIMERS: Mapping[type, tuple[Callable[[Any], Iterator[Timer]], ...]] = {
    Dispute: dispute_phases.TIMERS,
    Claim: (
        reimbursement_answer.timers,
        reimbursement_plan.timers,
        reimbursement_end.timers,
        reimbursement_interest.timers,
    ),
    Contract: (
        formation.timers,
        activation.timers,
        schedule.timers,
        transfer.timers,
        suspension.timers,
        department.timers,
        attendance.timers,
        mutual_end.timers,
        ending.timers,
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


def timed(name: str) -> Command:
    """The command that a timer of this name issues: `lapse`, or `lapse-schedule-change:<proposal>`, or
    `remind:<day>`."""
    command, _, ref = name.partition(":")
    kind = COMMANDS[command]
    if not ref:
        return kind()
    value = date.fromisoformat(ref) if ref.count("-") == 2 else UUID(ref)
    return kind(**{fields(kind)[0].name: value})  # type: ignore[arg-type]


def _all(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))
