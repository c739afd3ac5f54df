"""Termination on statutory grounds: a breach to cure, a college's order, liquidation, force majeure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.closing import NoSuchGround, ProofMissing, Protected, close_proposals, heard
from contracts.consequences import Deadline, Outlook, Task
from contracts.contract import EVERYBODY, LIVES, PARTIES, Contract, State
from contracts.contract_rules import ContractCommand, NotYet, WrongState
from contracts.decision import Cure, Decision, Event, NotParty, Occasion, Refusal, Text
from contracts.dossier import CureDemand, End
from contracts.law import Law
from contracts.parties import Guardian, Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotInCharter(Refusal):
    type = "withdrawal.charter"
    code = "WIT-CHARTER"
    cures = (Cure(Role.COLLEGE, "right-ground", "expel"),)
    ground: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class GuardianshipMissing(Refusal):
    type = "withdrawal.guardianship"
    code = "WIT-GUARDIANSHIP"
    cures = (Cure(Role.COLLEGE, "guardianship-consent", "expel"),)


# Rules

OF_A_WARD = frozenset({Guardian.GUARDIAN, Guardian.TRUSTEE})
"""Who stand for an orphan or ward (CC 22)."""


def outlook(contract: Contract, law: Law) -> Outlook:
    """Breaches that somebody was asked to cure."""
    if contract.state is not State.ACTIVE:
        return Outlook()
    asked = [((d.against,), d.cure_by) for d in contract.cure_demands if d.cured_on is None]
    return Outlook(
        deadlines=tuple(
            Deadline("cure", who, by, "other-side-may-end", "withdrawal.breach") for who, by in asked
        ),
        tasks=tuple(Task("cure", who, "propose-mutual-end", by) for who, by in asked),
    )


# Events


@dataclass(frozen=True)
class CureDemanded(Event):
    """`breach`: the commitment to the words, which stand in the personal store."""

    type = "withdrawal.cure_demanded"
    rule = "withdrawal.breach"
    tells = EVERYBODY
    apart = frozenset({"breach"})
    by: Role
    against: Role
    cure_by: date
    breach: str

    def evolve(self, state: Contract) -> Contract:
        demand = CureDemand(self.by, self.against, self.cure_by)
        return replace(state, cure_demands=(*state.cure_demands, demand))


@dataclass(frozen=True)
class Expelled(Event):
    """`order_no`: the college's order; a number, no name."""

    type = "withdrawal.expelled"
    rule = "withdrawal.charter"
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
    rule = "withdrawal.liquidation"
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
    rule = "withdrawal.ground"
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
    """Asks another side to cure a breach. Without a day: as many working days as the law gives."""

    type = "demand-cure"
    by = PARTIES | {Role.REPRESENTATIVE}
    states = frozenset({State.ACTIVE})
    against: Role
    breach: Text
    cure_by: date | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        own = Role.STUDENT if occasion.role is Role.REPRESENTATIVE else occasion.role
        if self.against not in (others := PARTIES - {own}):
            yield NotParty(self.against, tuple(sorted(others)))
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
    states = LIVES
    ground: str
    order_no: str
    heard_on: date | None = None
    end_on: date | None = None
    guardianship_no: str | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        charter = tuple(g.id for g in occasion.law.grounds(occasion.today) if "charter" in g.needs)
        if self.ground not in charter:
            yield NotInCharter(self.ground, charter)
        if not self.order_no.strip():
            yield ProofMissing(self.ground)
        resting = state.suspended_on(occasion.today)
        if resting and not resting.missed:
            yield Protected(self.ground, tuple(sorted(resting.protects)), resting.to_on)
        if self.end_on and state.last_day and self.end_on > state.last_day:
            yield WrongState(state.state, tuple(sorted(self.states)), state.last_day)
        yield from heard(self.heard_on, occasion.today, occasion)
        student, today = occasion.facts.student, occasion.today
        guardianships = student.guardianships if student else ()
        ward = any(each.role in OF_A_WARD and today < each.until for each in guardianships)
        if state.minor and ward and not (self.guardianship_no or "").strip():
            yield GuardianshipMissing()

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        today = occasion.today
        heard_on, end_on = self.heard_on or today, self.end_on or today
        expelled = Expelled(self.ground, self.order_no, heard_on, max(end_on, today), today)
        return [expelled, *close_proposals(state, "withdrawal")]


@dataclass(frozen=True)
class ReportLiquidation(ContractCommand):
    """The enterprise is wound up, or the college closes. The end is a warning's time away, or later."""

    type = "report-liquidation"
    by = frozenset({Role.ENTERPRISE, Role.COLLEGE, Role.CHAMBER})
    states = LIVES
    from_on: date
    act_no: str
    ground: str = "enterprise-liquidated"

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not self.act_no.strip():
            yield ProofMissing(self.ground)
        found = occasion.law.ground(self.ground, occasion.today)
        warned_of = found is not None and found.initiator == "statutory" and found.notice is not None
        if found is None or not warned_of or occasion.role not in found.by:
            yield NoSuchGround(self.ground, occasion.role)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        law, today = occasion.law, occasion.today
        warned = law.end_of(law.rule("withdrawal.liquidation", today).value, today).last
        end_on = min(max(self.from_on, warned), state.last_day or warned)
        reported = LiquidationReported(occasion.role, self.ground, self.act_no, end_on, today)
        return [reported, *close_proposals(state, "withdrawal")]


@dataclass(frozen=True)
class ReportForceMajeure(ContractCommand):
    """What makes performance impossible, with the certificate that says so (CC 359(2))."""

    type = "report-force-majeure"
    by = PARTIES
    states = LIVES
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
