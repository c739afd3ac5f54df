"""Department: where the student works is agreed at once. Another one is proposed with its reasons, and
those agree whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_rules import free
from contracts.canonical import digest, plain
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.department_rules import WHO, still_asked
from contracts.dossier import Relocation
from contracts.law import Law
from contracts.parties import Role
from contracts.terms import ClauseId, Workplace
from contracts.values import replace


def _anew(what: str) -> tuple[Cure, ...]:
    return tuple(Cure(who, what, "change-department") for who in (Role.ENTERPRISE, Role.STUDENT))


# Refusals


@dataclass(frozen=True)
class NoReason(Refusal):
    type = "department.reason"
    code = "DEP-REASON"
    cures = _anew("give-reason")


@dataclass(frozen=True)
class SamePlace(Refusal):
    type = "department.same"
    code = "DEP-SAME"
    cures = _anew("other-department")


@dataclass(frozen=True)
class RelocationOpen(Refusal):
    type = "department.open"
    code = "DEP-OPEN"
    cures = (Cure(Role.ENTERPRISE, "answer-department", "answer-department-change"),)
    answer_by: date


@dataclass(frozen=True)
class RelocationTooSoon(Refusal):
    """`earliest`: the first day that leaves the time for the answers; `last`: the last day of the
    contract."""

    type = "department.notice"
    code = "DEP-NOTICE"
    cures = _anew("later-move")
    from_on: date
    earliest: date
    last: date | None


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """An open proposal waits for those who have not answered; silence is never a yes."""
    if (relocation := contract.open_relocation) is None:
        return Outlook()
    waiting = tuple(sorted(still_asked(contract, relocation) - relocation.accepted))
    name, until = "answer-department-change", relocation.answer_by
    return Outlook(
        deadlines=(Deadline(name, waiting, until, "proposal-lapses", "department.answer", relocation.id),),
        tasks=(Task(name, waiting, name, until, relocation.id),),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    if relocation := contract.open_relocation:
        yield Timer("lapse-department-change", relocation.answer_by + DAY, relocation.id)


def concerns(contract: Contract, other_town: bool) -> frozenset[Role]:
    """Another department of the place is agreed by the student and the enterprise (class B of the clause
    register); a place in another town by all (class A)."""
    of_two = frozenset({Role.STUDENT, Role.ENTERPRISE})
    with_parent = of_two | {Role.REPRESENTATIVE} if contract.minor else of_two
    return contract.asked if other_town else with_parent


# Events


@dataclass(frozen=True)
class RelocationProposed(Event):
    """`asked`: who has to agree. `reason` commits to the reasons, which are sealed."""

    type = "department.change_proposed"
    rule = "department.answer"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE})
    apart = frozenset({"proposal", "text_hash", "reason"})
    proposal: UUID
    by: Role
    workplace: Workplace
    from_on: date
    answer_by: date
    text_hash: str
    asked: tuple[Role, ...]
    other_town: bool = False
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        relocation = Relocation(
            id=self.proposal,
            by=self.by,
            workplace=self.workplace,
            from_on=self.from_on,
            answer_by=self.answer_by,
            text_hash=self.text_hash,
            asked=frozenset(self.asked),
            accepted=frozenset({self.by}),
        )
        return replace(state, relocations=(*state.relocations, relocation))


# Commands


@dataclass(frozen=True)
class ChangeDepartment(ContractCommand):
    """Another department, or another place of the same enterprise. `other_town`: the place lies in another
    town, so that the college has to agree as well."""

    type = "change-department"
    by = WHO
    states = frozenset({State.ACTIVE})
    workplace: Workplace
    from_on: date
    reason: Text
    other_town: bool = False

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not self.reason.strip():
            yield NoReason()
        if state.terms_on(self.from_on).workplace == self.workplace:
            yield SamePlace()
        if open_one := state.open_relocation:
            yield RelocationOpen(open_one.answer_by)
        yield from free(frozenset({ClauseId.WORKPLACE}), replace(state, relocations=()))
        earliest = self._answer_by(occasion) + DAY
        if self.from_on < earliest or (state.last_day and self.from_on > state.last_day):
            yield RelocationTooSoon(self.from_on, earliest, state.last_day)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        id_ = occasion.fresh
        text = {
            "contract": state.number,
            "workplace": plain(self.workplace),
            "from_on": plain(self.from_on),
            "nonce": id_.hex,
        }
        return [
            RelocationProposed(
                proposal=id_,
                by=occasion.role,
                workplace=self.workplace,
                from_on=self.from_on,
                answer_by=self._answer_by(occasion),
                text_hash=digest(text),
                asked=tuple(sorted(concerns(state, self.other_town))),
                other_town=self.other_town,
                reason=occasion.sealed.get("reason"),
            )
        ]

    @staticmethod
    def _answer_by(occasion: Occasion) -> date:
        rule = occasion.law.rule("department.answer", occasion.today).value
        return occasion.law.end_of(rule, occasion.today).last
