"""What others say to a confirmed week: it is contested, a day that was missed is excused, hours fall
short."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.parties import Role
from contracts.training_hours import progress
from contracts.training_record import Place
from contracts.training_rules import ShortfallWarned, warning
from contracts.values import replace
from contracts.week import monday_of

WHILE_IT_RUNS = frozenset({State.ACTIVE, State.ENDING})
AFTER_IT_TOO = IN_FORCE | {State.ENDED, State.COMPLETED}

# Refusals


@dataclass(frozen=True)
class ContestLate(Refusal):
    type = "attendance.late"
    code = "ATT-LATE"
    cures = (Cure(Role.COLLEGE, "correct-entry"),)
    contest_by: date
    today: date


@dataclass(frozen=True)
class NotConfirmed(Refusal):
    type = "attendance.none"
    code = "ATT-NONE"
    cures = (
        Cure(Role.MENTOR, "confirm-first", "confirm-attendance"),
        Cure(Role.COLLEGE, "confirm-first", "confirm-attendance"),
    )
    week: date
    place: Place


@dataclass(frozen=True)
class ProofMissing(Refusal):
    type = "attendance.proof"
    code = "ATT-PROOF"
    cures = (Cure(Role.COLLEGE, "name-proof", "excuse-absence"),)


@dataclass(frozen=True)
class NotMissed(Refusal):
    """`days`: of which nobody has confirmed that they were missed."""

    type = "attendance.not-missed"
    code = "ATT-NOT-MISSED"
    cures = (
        Cure(Role.MENTOR, "confirm-first", "confirm-attendance"),
        Cure(Role.COLLEGE, "confirm-first", "confirm-attendance"),
    )
    days: tuple[date, ...]


# Rules


def due_warning(contract: Contract, occasion: Occasion) -> ShortfallWarned | None:
    """Once the day has come on which it is asked whether weeks are missing: by the plan of all days before
    it."""
    due = contract.training.review_on
    if contract.state not in WHILE_IT_RUNS or due is None or due > occasion.today:
        return None
    upto = min(occasion.today - DAY, contract.last_day or occasion.today)
    found = progress(contract, occasion.law, upto)
    return warning(found, occasion.law, upto, occasion.today)


# Events


@dataclass(frozen=True)
class AttendanceContested(Event):
    """The week stands until it is confirmed anew."""

    type = "attendance.contested"
    rule = "attendance.late"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE, Role.MENTOR})
    apart = frozenset({"reason"})
    week: date
    place: Place
    by: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        if (week := state.training.week(self.week, self.place)) is None:
            return state
        contested = replace(week, contested_by=self.by)
        return replace(state, training=state.training.with_week(contested))


@dataclass(frozen=True)
class AbsenceExcused(Event):
    """The days were missed for a good reason. They count as missed all the same: hours are hours."""

    type = "attendance.absence_excused"
    rule = "attendance.proof"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.ENTERPRISE, Role.MENTOR})
    apart = frozenset({"proof"})
    days: tuple[date, ...]
    proof: str | None = None

    def evolve(self, state: Contract) -> Contract:
        excused = state.training.excused | frozenset(self.days)
        return replace(state, training=replace(state.training, excused=excused))


# Commands


@dataclass(frozen=True)
class ContestAttendance(ContractCommand):
    """Who was there says that the week of that day was not as confirmed."""

    type = "contest-attendance"
    by = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE})
    states = AFTER_IT_TOO
    week: date
    reason: Text
    place: Place = Place.ENTERPRISE

    def already(self, state: Contract, occasion: Occasion) -> bool:
        week = state.training.week(monday_of(self.week), self.place)
        return week is not None and week.contested_by is not None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        monday = monday_of(self.week)
        if (week := state.training.week(monday, self.place)) is None:
            yield NotConfirmed(monday, self.place)
        elif week.contest_by < occasion.today:
            yield ContestLate(week.contest_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        reason = occasion.sealed.get("reason")
        return [AttendanceContested(monday_of(self.week), self.place, occasion.role, reason)]


@dataclass(frozen=True)
class ExcuseAbsence(ContractCommand):
    """`proof`: which paper shows why the days were missed."""

    type = "excuse-absence"
    by = frozenset({Role.COLLEGE})
    states = AFTER_IT_TOO
    days: tuple[date, ...]
    proof: Text

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return bool(self.days) and set(self.days) <= state.training.excused

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        missed = {day for week in state.training.weeks for day in week.absences}
        if (strangers := tuple(sorted(set(self.days) - missed))) or not self.days:
            yield NotMissed(strangers)
        if not self.proof.strip():
            yield ProofMissing()

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [AbsenceExcused(tuple(sorted(set(self.days))), occasion.sealed.get("proof"))]


@dataclass(frozen=True)
class WarnShortfall(ContractCommand):
    """Issued by the timer once nobody has confirmed a week for as long as the law allows."""

    type = "warn-shortfall"
    by = frozenset({Role.DEADLINE})
    states = WHILE_IT_RUNS

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return due_warning(state, occasion) is None

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = due_warning(state, occasion)
        return [found] if found else []
