"""Termination on statutory grounds: a breach to cure, a college's order, liquidation, force majeure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from contracts.closing import ProofMissing, close_proposals
from contracts.consequences import Deadline, Outlook, Task
from contracts.contract import EVERYBODY, PARTIES, Contract, ContractCommand, CureDemand, End, NotYet, State
from contracts.decision import Cure, Event, Occasion, Refusal, Text
from contracts.law import Law
from contracts.parties import Role

# Refusals


@dataclass(frozen=True)
class NotInCharter(Refusal):
    type = "withdrawal.charter"
    code = "WIT-CHARTER"
    cures = (Cure(Role.COLLEGE, "right-ground", "expel"),)
    ground: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class NotHeard(Refusal):
    """The student must have been asked to explain; `earliest` is the first day of an order after that."""

    type = "withdrawal.heard"
    code = "WIT-HEARD"
    cures = (Cure(Role.COLLEGE, "hear-student", "expel"),)
    heard_on: date | None
    working_days: int
    earliest: date


@dataclass(frozen=True)
class GuardianshipMissing(Refusal):
    type = "withdrawal.guardianship"
    code = "WIT-GUARDIANSHIP"
    cures = (Cure(Role.COLLEGE, "guardianship-consent", "expel"),)


# Rules

WARD = "trustee"
"""The role of a representative who stands for an orphan or ward (CC 22)."""


def outlook(contract: Contract, law: Law) -> Outlook:
    """A breach that somebody was asked to cure."""
    demand = contract.cure
    if demand is None or contract.state is not State.ACTIVE:
        return Outlook()
    who = (demand.against,)
    deadline = Deadline("cure", who, demand.cure_by, "other-side-may-end", "withdrawal.breach")
    return Outlook(deadlines=(deadline,), tasks=(Task("cure", who, "propose-mutual-end", demand.cure_by),))


def heard(wish: "Expel", occasion: Occasion) -> Iterator[Refusal]:
    rule = occasion.law.rule("withdrawal.heard", occasion.today).value
    asked_on = wish.heard_on or occasion.today
    earliest = occasion.law.end_of(rule, asked_on).last
    if wish.heard_on is None or earliest > occasion.today:
        yield NotHeard(wish.heard_on, int(rule["working_days"]), earliest)


# Events


@dataclass(frozen=True)
class CureDemanded(Event):
    """`breach`: the commitment to the words, which stand in the personal store."""

    type = "withdrawal.cure_demanded"
    tells = EVERYBODY
    apart = frozenset({"breach"})
    by: Role
    against: Role
    cure_by: date
    breach: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, cure=CureDemand(self.by, self.against, self.cure_by))


@dataclass(frozen=True)
class Expelled(Event):
    """`order_no`: the college's order; a number, no name."""

    type = "withdrawal.expelled"
    tells = EVERYBODY
    ground: str
    order_no: str
    heard_on: date
    end_on: date
    known_on: date

    def evolve(self, state: Contract) -> Contract:
        end = End(Role.COLLEGE, self.ground, self.known_on, self.known_on)
        return replace(state, state=State.ENDING, end_on=self.end_on, end=end)


@dataclass(frozen=True)
class LiquidationReported(Event):
    type = "withdrawal.liquidation_reported"
    tells = EVERYBODY
    by: Role
    ground: str
    act_no: str
    end_on: date
    known_on: date

    def evolve(self, state: Contract) -> Contract:
        end = End(self.by, self.ground, self.known_on, self.known_on)
        return replace(state, state=State.ENDING, end_on=self.end_on, end=end)


@dataclass(frozen=True)
class ForceMajeureReported(Event):
    type = "withdrawal.force_majeure_reported"
    tells = EVERYBODY
    apart = frozenset({"what"})
    by: Role
    on: date
    certificate_no: str
    what: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, force_majeure_on=self.on)


# Commands


@dataclass(frozen=True)
class DemandCure(ContractCommand):
    """Asks the other side to cure a breach. Without a day: as many working days as the law gives."""

    type = "demand-cure"
    by = PARTIES | {Role.REPRESENTATIVE}
    states = frozenset({State.ACTIVE})
    against: Role
    breach: Text
    cure_by: date | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.cure_by and self.cure_by < self._least(occasion):
            yield NotYet(self._least(occasion), occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        cure_by = self.cure_by or self._least(occasion)
        return [CureDemanded(occasion.role, self.against, cure_by, occasion.sealed["breach"])]

    @staticmethod
    def _least(occasion: Occasion) -> date:
        law, today = occasion.law, occasion.today
        return law.end_of(law.rule("withdrawal.breach", today).value, today).last


@dataclass(frozen=True)
class Expel(ContractCommand):
    """The college's order, on a ground of its charter. `heard_on`: the day on which the student was asked to
    explain. `guardianship_no`: consent of the guardianship body, for an orphan or ward."""

    type = "expel"
    by = frozenset({Role.COLLEGE})
    states = frozenset({State.ACTIVE})
    ground: str
    order_no: str
    heard_on: date | None = None
    end_on: date | None = None
    guardianship_no: str | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        charter = tuple(g.id for g in occasion.law.grounds(occasion.today) if "charter" in g.needs)
        if self.ground not in charter:
            yield NotInCharter(self.ground, charter)
        yield from heard(self, occasion)
        student = occasion.facts.student
        ward = student is not None and any(g.role == WARD for g in student.guardianships)
        if state.minor and ward and not self.guardianship_no:
            yield GuardianshipMissing()

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        today = occasion.today
        heard_on, end_on = self.heard_on or today, self.end_on or today
        expelled = Expelled(self.ground, self.order_no, heard_on, max(end_on, today), today)
        return [expelled, *close_proposals(state, "withdrawal")]


@dataclass(frozen=True)
class ReportLiquidation(ContractCommand):
    """The enterprise is wound up, or the college closes. The end is a warning's time away, or later."""

    type = "report-liquidation"
    by = frozenset({Role.ENTERPRISE, Role.COLLEGE, Role.CHAMBER})
    states = frozenset({State.ACTIVE})
    from_on: date
    act_no: str
    ground: str = "enterprise-liquidated"

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not self.act_no.strip():
            yield ProofMissing(self.ground)
        found = occasion.law.ground(self.ground, occasion.today)
        if found is None or found.initiator != "statutory" or occasion.role not in found.by:
            yield NotInCharter(self.ground, ())

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        law, today = occasion.law, occasion.today
        warned = law.end_of(law.rule("withdrawal.liquidation", today).value, today).last
        reported = LiquidationReported(
            occasion.role, self.ground, self.act_no, max(self.from_on, warned), today
        )
        return [reported, *close_proposals(state, "withdrawal")]


@dataclass(frozen=True)
class ReportForceMajeure(ContractCommand):
    """What makes performance impossible, with the certificate that says so (CC 359(2))."""

    type = "report-force-majeure"
    by = PARTIES
    states = frozenset({State.ACTIVE})
    on: date
    what: Text
    certificate_no: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.force_majeure_on == self.on

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not self.certificate_no.strip():
            yield ProofMissing("force-majeure")
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [ForceMajeureReported(occasion.role, self.on, self.certificate_no, occasion.sealed["what"])]
