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
    closing,
    contract_rules,
    corrected,
    correction,
    correction_answer,
    correction_rules,
    decision,
    ending,
    formation,
    formation_rules,
    memorandum,
    mutual_end,
    offer_end,
    offer_rules,
    on_paper,
    organisation,
    pay,
    person,
    preliminary,
    registration,
    roster,
    schedule,
    schedule_answer,
    schedule_rules,
    signing,
    termination,
    withdrawal,
)
from contracts.activation import growing_up
from contracts.consequences import Outlook, Timer
from contracts.contract import Contract
from contracts.decision import Command, Event, Refusal
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
    pay,
    withdrawal,
    mutual_end,
    termination,
    ending,
    correction,
    correction_answer,
    memorandum,
    organisation,
    roster,
    person,
)
SHARED: tuple[ModuleType, ...] = (
    decision,
    contract_rules,
    formation_rules,
    offer_rules,
    schedule_rules,
    closing,
    corrected,
    correction_rules,
    registration,
)

STREAMS: dict[str, type] = {
    "contract": Contract,
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

KEEPS_ITS_ID = frozenset({"contract", "memorandum", "preliminary"})


def empty(kind: str, stream_id: UUID | None) -> Any:
    """A stream before its first event."""
    begun = STREAMS[kind]()
    return replace(begun, id=stream_id) if kind in KEEPS_ITS_ID else begun


OUTLOOKS: Mapping[type, tuple[Callable[[Any, Law], Outlook], ...]] = {
    Contract: (
        formation.outlook,
        activation.outlook,
        schedule.outlook,
        mutual_end.outlook,
        termination.outlook,
        ending.outlook,
        correction_answer.outlook,
    ),
}
"""By what a stream folds into; a kind that is not here waits for nothing."""

TIMERS: Mapping[type, tuple[Callable[[Any], Iterator[Timer]], ...]] = {
    Contract: (formation.timers, activation.timers, schedule.timers, mutual_end.timers, ending.timers),
}


def timers(state: Any, adult_on: date | None = None) -> tuple[Timer, ...]:
    """What a state lets happen by itself. `adult_on`: the student's 18th birthday, if it is known."""
    found = _all(tuple(look(state)) for look in TIMERS.get(type(state), ()))
    return (*found, *growing_up(state, adult_on)) if isinstance(state, Contract) else found


def outlook(state: Any, law: Law, adult_on: date | None = None) -> Outlook:
    """All that a state brings with it. `adult_on`: as for timers."""
    parts = [look(state, law) for look in OUTLOOKS.get(type(state), ())]
    return Outlook(
        deadlines=_all(part.deadlines for part in parts),
        tasks=_all(part.tasks for part in parts),
        timers=timers(state, adult_on),
        sums=_all(part.sums for part in parts),
        stays=_all(part.stays for part in parts),
        ends=_all(part.ends for part in parts),
        final=next((part.final for part in parts if part.final), None),
        hours=next((part.hours for part in parts if part.hours), None),
    )


def timed(name: str) -> Command:
    """The command that a timer of this name issues: `lapse`, or `lapse-schedule-change:<proposal>`."""
    command, _, ref = name.partition(":")
    kind = COMMANDS[command]
    return kind(**{fields(kind)[0].name: UUID(ref)}) if ref else kind()  # type: ignore[arg-type]


def _all(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))
