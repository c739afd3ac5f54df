"""The table of contents: the phases of a contract's life, every event, command and refusal by its name."""

from dataclasses import fields
from datetime import date
from types import ModuleType
from typing import Any
from uuid import UUID

from contracts import (
    activation,
    activation_rules,
    amendment,
    amendment_agreed,
    amendment_answer,
    amendment_notice,
    amendment_rules,
    attendance,
    attendance_answer,
    claim_phases,
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
    pay_raise,
    pay_rules,
    person,
    preliminary,
    registration,
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
from contracts.claim import Claim
from contracts.contract import Contract
from contracts.decision import Command, Event, Refusal
from contracts.dispute import Dispute
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
    amendment,
    amendment_notice,
    amendment_answer,
    pay_raise,
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
    deadlines,
    takeover,
    *claim_phases.PHASES,
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
    amendment_rules,
    amendment_agreed,
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
    *claim_phases.SHARED,
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


def timed(name: str) -> Command:
    """The command that a timer of this name issues: `lapse`, or `lapse-schedule-change:<proposal>`, or
    `remind:<day>`."""
    command, _, ref = name.partition(":")
    kind = COMMANDS[command]
    if not ref:
        return kind()
    value = date.fromisoformat(ref) if ref.count("-") == 2 else UUID(ref)
    return kind(**{fields(kind)[0].name: value})  # type: ignore[arg-type]
