"""Ending: what every way out of a contract shares: the last day, the month that is broken off, the papers and
things that are still owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.broken_month import broken_month, hours_by_plan, pay_by
from contracts.closing import Ended
from contracts.consequences import Deadline, Final, Outlook, Step, Sum, Task, Timer
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal
from contracts.dossier import End
from contracts.law import Law
from contracts.parties import Role
from contracts.terms import HiringKind
from contracts.values import replace


class Thing(StrEnum):
    """What is given to a student for the time of the contract."""

    PASS = "pass"
    CLOTHING = "clothing"
    TOOLS = "tools"
    BOOKS = "books"
    DEVICE = "device"


OWE_PROPERTY = frozenset({Role.COLLEGE, Role.ENTERPRISE})
CLOSING = frozenset({State.ENDING, State.ENDED})

# Refusals


@dataclass(frozen=True)
class NoticeRuns(Refusal):
    type = "withdrawal.open-notice"
    code = "WIT-OPEN-NOTICE"
    cures = (Cure(Role.COLLEGE, "wait-for-last-day", "end"),)
    end_on: date
    today: date


@dataclass(frozen=True)
class NotEnded(Refusal):
    type = "withdrawal.not-ended"
    code = "WIT-NOT-ENDED"
    cures = (Cure(Role.COLLEGE, "wait-for-last-day", "end"),)
    end_on: date | None


@dataclass(frozen=True)
class DisputeHolds(Refusal):
    """The end itself is in dispute. `until`: the last day of the step in which the dispute is."""

    type = "withdrawal.dispute-hold"
    code = "WIT-DISPUTE-HOLD"
    cures = (
        Cure(Role.STUDENT, "settle-dispute", "settle"),
        Cure(Role.ENTERPRISE, "settle-dispute", "settle"),
        Cure(Role.REVIEWER, "decide-dispute", "decide"),
    )
    dispute: UUID
    since: date
    until: date | None


# Rules


def held(contract: Contract) -> Iterator[Refusal]:
    """While the end itself is disputed the contract is not ended."""
    for dispute in contract.open_disputes:
        if dispute.holds(end=True):
            yield DisputeHolds(dispute.id, dispute.since, dispute.until)


def claimable(contract: Contract, law: Law) -> Sum | None:
    """What the enterprise may ask back: nothing by the end itself; a claim of its own, up to the cap."""
    clause = contract.terms.reimbursement
    if clause is None or contract.end_on is None or not by_student(contract, law):
        return None
    years = int(law.rule("limitation.general", contract.end_on).value["years"])
    steps = (Step("claimed", 0, "tiyn"), Step("cap", clause.cap, "tiyn"), Step("limitation", years, "years"))
    return Sum("training-costs", 0, Role.ENTERPRISE, Role.STUDENT, "limitation.general", steps)


def by_student(contract: Contract, law: Law) -> bool:
    """Whether the end is the student's fault by its ground: only then may costs be asked back (CC 359(1))."""
    ground = law.ground(contract.end.ground, contract.end.received_on) if contract.end else None
    return ground is None or ground.fault == Role.STUDENT


def outlook(contract: Contract, law: Law) -> Outlook:
    """What is still owed once a last day is set, until it is done."""
    if contract.state not in CLOSING or contract.end_on is None or contract.end is None:
        return Outlook()
    end_on, ending = contract.end_on, contract.state is State.ENDING
    certificate_by = law.end_of(law.rule("withdrawal.certificate", end_on).value, end_on).last
    due: list[Deadline] = []
    tasks: list[Task] = []
    if ending:
        due.append(Deadline("end", (), end_on, "contract-ends", "withdrawal.notice"))
    if contract.terms.compensation and not contract.paid(f"{end_on:%Y-%m}"):
        by = pay_by(contract, law, end_on)
        due.append(Deadline("last-pay", (Role.ENTERPRISE,), by, "student-may-complain", "pay.due"))
        tasks.append(Task("last-pay", (Role.ENTERPRISE,), "record-pay", by))
    if not contract.certificate_issued and leaves(contract, Role.COLLEGE):
        who = (Role.COLLEGE,)
        due.append(
            Deadline("certificate", who, certificate_by, "student-may-complain", "withdrawal.certificate")
        )
        tasks.append(Task("certificate", who, "issue-certificate", certificate_by))
    owe = {role for role in OWE_PROPERTY if leaves(contract, role)}
    if owing := tuple(sorted(owe - contract.returned_by)):
        tasks.append(Task("return-property", owing, "confirm-return"))
    hiring = contract.terms.hiring
    return Outlook(
        deadlines=tuple(due),
        tasks=tuple(tasks),
        sums=tuple(found for found in (broken_month(contract, law), claimable(contract, law)) if found),
        stays=("study-place", "hours-done", "history"),
        ends=(
            *(("hiring",) if hiring and hiring.kind is not HiringKind.NONE else ()),
            *(("reimbursement",) if contract.terms.reimbursement and not by_student(contract, law) else ()),
        ),
        final=_final(end_on, contract.end),
        hours=hours_by_plan(contract, law),
    )


def leaves(contract: Contract, role: Role) -> bool:
    """Whether the student is done with that party: by a transfer, with the one that is left."""
    return contract.moved is None or contract.moved.left is role


def timers(contract: Contract) -> Iterator[Timer]:
    if contract.state is State.ENDING and contract.end_on and contract.end:
        yield Timer("end", contract.end_on + DAY)


def _final(end_on: date, end: End) -> Final:
    return Final(end_on + DAY, "revoke-notice", end.initiator) if end.revocable else Final(end_on + DAY)


# Events


@dataclass(frozen=True)
class CertificateIssued(Event):
    """The certificate for the unfinished (EL 39(6)), by its number."""

    type = "withdrawal.certificate_issued"
    rule = "withdrawal.certificate"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE})
    number: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, certificate_issued=True)


@dataclass(frozen=True)
class PropertyReturned(Event):
    type = "withdrawal.property_returned"
    rule = "withdrawal.not-ended"
    party: Role
    items: tuple[Thing, ...] = ()

    def evolve(self, state: Contract) -> Contract:
        return replace(state, returned_by=state.returned_by | {self.party})


# Commands


@dataclass(frozen=True)
class EndContract(ContractCommand):
    """Issued by the timer when the last day is over."""

    type = "end"
    by = frozenset({Role.DEADLINE, Role.COLLEGE})
    states = CLOSING

    def already(self, state: Contract, occasion: Occasion) -> bool:
        runs = state.end_on is None or state.end_on >= occasion.today
        return state.state is State.ENDED or (occasion.role is Role.DEADLINE and runs)

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if state.end_on and state.end_on >= occasion.today:
            yield NoticeRuns(state.end_on, occasion.today)
        yield from held(state)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if state.end_on is None or state.end is None:
            raise LookupError("a contract that is ending has a last day")
        return [Ended(state.end.ground, state.end_on, state.end.known_on)]


@dataclass(frozen=True)
class IssueCertificate(ContractCommand):
    type = "issue-certificate"
    by = frozenset({Role.COLLEGE})
    states = CLOSING
    number: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.certificate_issued

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if state.end_on is None or state.end_on >= occasion.today:
            yield NotEnded(state.end_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [CertificateIssued(self.number)]


@dataclass(frozen=True)
class ConfirmReturn(ContractCommand):
    """The caller has back what belongs to it. `items`: what that was."""

    type = "confirm-return"
    by = OWE_PROPERTY
    states = CLOSING
    items: tuple[Thing, ...] = ()

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return occasion.role in state.returned_by

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [PropertyReturned(occasion.role, self.items)]
