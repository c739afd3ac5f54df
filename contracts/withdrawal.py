"""Withdrawal: one side gives notice, with a ground and a last day, and may take it back until then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.closing import NoSuchGround, ProofMissing, close_proposals, heard, protected
from contracts.contract import EVERYBODY, LIVES, PARTIES, Contract, State
from contracts.contract_rules import ContractCommand, NotYet, WrongState
from contracts.decision import DAY, Cure, Decision, Event, Occasion, Refusal
from contracts.dossier import End
from contracts.law import Count, Ground
from contracts.parties import Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NoticeTooShort(Refusal):
    """`earliest`: the first lawful last day. `days_early`: by how many days the wish comes before it."""

    type = "withdrawal.notice"
    code = "WIT-NOTICE"
    cures = (
        Cure(Role.COLLEGE, "take-earliest-day", "withdraw"),
        Cure(Role.COLLEGE, "mutual-end", "propose-mutual-end"),
    )
    received_on: date
    end_on: date
    earliest: date
    days_early: int


@dataclass(frozen=True)
class RepresentativeMissing(Refusal):
    type = "withdrawal.minor"
    code = "WIT-MINOR"
    cures = (Cure(Role.REPRESENTATIVE, "consent-to-withdrawal", "consent-to-withdrawal"),)
    end_on: date


@dataclass(frozen=True)
class CureFirst(Refusal):
    """No demand to cure the breach yet, or its days still run."""

    type = "withdrawal.breach"
    code = "WIT-BREACH"
    cures = (Cure(Role.STUDENT, "demand-cure", "demand-cure"),)
    cure_by: date | None


@dataclass(frozen=True)
class RevokeLate(Refusal):
    type = "withdrawal.revoke-late"
    code = "WIT-REVOKE-LATE"
    cures = (Cure(Role.COLLEGE, "new-contract", "draft"),)
    end_on: date | None


@dataclass(frozen=True)
class MediatorFirst(Refusal):
    """`asked_on`: None: no mediator was asked yet. `earliest`: the first day of receipt after the wait."""

    type = "withdrawal.mediation"
    code = "WIT-MEDIATION"
    cures = (
        Cure(Role.STUDENT, "ask-mediator", "ask-mediator"),
        Cure(Role.ENTERPRISE, "ask-mediator", "ask-mediator"),
    )
    asked_on: date | None
    earliest: date


# Rules

ANOTHER_WAY = frozenset({"order", "agreement"})


def ground_of(wish: "Withdraw", initiator: Role, occasion: Occasion) -> Ground | None:
    """The ground, if that side may use it. What needs an order or all sides' agreement is another command."""
    found = occasion.law.ground(wish.ground, wish.received_on)
    return found if found and initiator in found.by and not found.needs & ANOTHER_WAY else None


def earliest_end(ground: Ground, received_on: date, occasion: Occasion) -> Count | None:
    """How the least notice is counted from the day of receipt; None where the ground needs none."""
    if ground.notice is None:
        return None
    return occasion.law.end_of(occasion.law.rule(ground.notice, received_on).value, received_on)


def notice(wish: "Withdraw", ground: Ground, occasion: Occasion) -> Iterator[Refusal]:
    count = earliest_end(ground, wish.received_on, occasion)
    earliest = count.last if count else wish.received_on
    if wish.end_on < earliest:
        yield NoticeTooShort(wish.received_on, wish.end_on, earliest, (earliest - wish.end_on).days)


def cured(contract: Contract, ground: Ground, received_on: date) -> Iterator[Refusal]:
    """The side at fault was asked to cure its breach, and its days for that were over before the notice."""
    days = [
        demand.cure_by
        for demand in contract.cure_demands
        if demand.against == ground.fault and (demand.cured_on is None or received_on < demand.cured_on)
    ]
    if not days or min(days) >= received_on:
        yield CureFirst(min(days, default=None))


def mediated(contract: Contract, initiator: Role, received_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """Where the law has that side ask a mediator first, it has waited as long as the law says."""
    rule = occasion.law.rule("withdrawal.mediation", occasion.law.known(received_on)).value
    if initiator not in str(rule["first"]).split():
        return
    asked = min((on for by, on in contract.mediators_asked if by is initiator), default=None)
    earliest = (asked or occasion.today) + int(rule["calendar_days"]) * DAY
    if asked is None or received_on < earliest:
        yield MediatorFirst(asked, earliest)


# Events


@dataclass(frozen=True)
class Noticed(Event):
    """`end_on`: the last day. `known_on`: the legal day on which it was recorded."""

    type = "withdrawal.noticed"
    rule = "withdrawal.notice"
    tells = EVERYBODY
    initiator: Role
    ground: str
    received_on: date
    end_on: date
    known_on: date
    proof: str | None = None

    def evolve(self, state: Contract) -> Contract:
        end = End(self.initiator, self.ground, self.received_on, self.known_on, revocable=True)
        return replace(state, state=State.ENDING, end_on=self.end_on, end=end)

    @property
    def effective_on(self) -> date:
        return self.received_on


@dataclass(frozen=True)
class Revoked(Event):
    """The contract goes on as if no notice had been given; what fell with it stays closed."""

    type = "withdrawal.revoked"
    rule = "withdrawal.revoke-late"
    tells = EVERYBODY
    by: Role

    def evolve(self, state: Contract) -> Contract:
        lives = State.COMPLETING if state.results.assessing else State.ACTIVE
        return replace(state, state=lives, end_on=None, end=None)


@dataclass(frozen=True)
class WithdrawalConsented(Event):
    """A minor's representative agrees to an end on this ground with this last day."""

    type = "withdrawal.consent_given"
    rule = "withdrawal.minor"
    tells = frozenset({Role.STUDENT, Role.COLLEGE})
    ground: str
    end_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, withdrawal_consents=(*state.withdrawal_consents, (self.ground, self.end_on)))


# Commands


@dataclass(frozen=True)
class ConsentToWithdrawal(ContractCommand):
    type = "consent-to-withdrawal"
    by = frozenset({Role.REPRESENTATIVE})
    states = LIVES
    ground: str
    end_on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return (self.ground, self.end_on) in state.withdrawal_consents

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [WithdrawalConsented(self.ground, self.end_on)]


@dataclass(frozen=True)
class Withdraw(ContractCommand):
    """Ends the contract with `end_on` as its last day. A college's clerk records the request of another
    side, which is then the `initiator`; all others speak for themselves. `proof`: number of the paper.
    `heard_on`: the day on which a student in breach was asked to explain."""

    type = "withdraw"
    by = PARTIES | {Role.REPRESENTATIVE}
    states = LIVES
    ground: str
    received_on: date
    end_on: date
    initiator: Role | None = None
    proof: str | None = None
    heard_on: date | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        same = state.end is not None and (state.end.ground, state.end_on) == (self.ground, self.end_on)
        return state.state is State.ENDING and same

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        initiator = self._initiator(occasion)
        ground = ground_of(self, initiator, occasion)
        if ground is None:
            yield NoSuchGround(self.ground, initiator)
        yield from self._days(state, occasion)
        if ground is None:
            return
        yield from protected(state, ground, self.received_on)
        if self.received_on <= occasion.today:
            yield from notice(self, ground, occasion)
        if state.minor and "representative" in ground.needs and not self._consented(state, occasion):
            yield RepresentativeMissing(self.end_on)
        yield from mediated(state, initiator, self.received_on, occasion)
        if "cure" in ground.needs:
            yield from cured(state, ground, self.received_on)
        if "hearing" in ground.needs:
            yield from heard(self.heard_on, self.received_on, occasion)
        if "proof" in ground.needs and not (self.proof or "").strip():
            yield ProofMissing(self.ground)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        initiator = self._initiator(occasion)
        noticed = Noticed(initiator, self.ground, self.received_on, self.end_on, occasion.today, self.proof)
        return [noticed, *close_proposals(state, "withdrawal")]

    def _days(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        """A notice is received while the contract is in force, and ends it within its term."""
        then = state.state_on(self.received_on)
        if self.received_on > occasion.today:
            yield NotYet(self.received_on, occasion.today)
        elif then not in self.states:
            yield WrongState(then, tuple(sorted(self.states)), state.last_day)
        if state.last_day and self.end_on > state.last_day:
            yield WrongState(state.state, tuple(sorted(self.states)), state.last_day)

    def _consented(self, state: Contract, occasion: Occasion) -> bool:
        agreed = (self.ground, self.end_on) in state.withdrawal_consents
        return agreed or occasion.role is Role.REPRESENTATIVE

    def _initiator(self, occasion: Occasion) -> Role:
        spoken = Role.STUDENT if occasion.role is Role.REPRESENTATIVE else occasion.role
        return self.initiator or spoken if occasion.role is Role.COLLEGE else spoken


@dataclass(frozen=True)
class RevokeNotice(ContractCommand):
    """Takes the notice back; only who gave it may, until its last day (LC 56(4))."""

    type = "revoke-notice"
    by = PARTIES | {Role.REPRESENTATIVE}
    states = frozenset({State.ENDING, State.ENDED})

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if state.end_on is None or state.end is None:
            yield RevokeLate(state.end_on)
            return
        speaks = Role.STUDENT if occasion.role is Role.REPRESENTATIVE else occasion.role
        if not state.end.revocable or speaks is not state.end.initiator:
            yield NoSuchGround(state.end.ground, speaks)
        if state.end_on < occasion.today:
            yield RevokeLate(state.end_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [Revoked(occasion.role)]
