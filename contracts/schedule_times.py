"""Schedule: the table that a contract left to a later day, and other times within the same days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import IN_FORCE, PARTIES, Contract, State
from contracts.contract_rules import Backdated, ContractCommand, NotYet, WrongState
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Agreed
from contracts.parties import Role
from contracts.schedule_rules import WHO_ANSWERS, NoticeTooShort, fit, in_itself
from contracts.terms import ClauseId, Hours, Schedule, Terms
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class ScheduleThere(Refusal):
    """The contract has a table on that day; another one is proposed to all."""

    type = "schedule.there"
    code = "SCH-THERE"
    cures = (
        Cure(Role.COLLEGE, "propose-schedule", "propose-schedule-change"),
        Cure(Role.ENTERPRISE, "propose-schedule", "propose-schedule-change"),
    )
    from_on: date


@dataclass(frozen=True)
class NoSchedule(Refusal):
    type = "schedule.missing"
    code = "SCH-MISSING"
    cures = (Cure(Role.COLLEGE, "agree-schedule", "agree-schedule"),)
    from_on: date


@dataclass(frozen=True)
class OtherLength(Refusal):
    """Minutes of a day: as they would be, and as they are agreed. Other hours are for all to agree on."""

    type = "schedule.length"
    code = "SCH-LENGTH"
    cures = (
        Cure(Role.ENTERPRISE, "same-length", "shift-times"),
        Cure(Role.ENTERPRISE, "propose-schedule", "propose-schedule-change"),
    )
    minutes: int
    agreed_minutes: int


@dataclass(frozen=True)
class NotSigned(Refusal):
    """No paper is named on which all have signed the table."""

    type = "schedule.annex"
    code = "SCH-ANNEX"
    cures = (
        Cure(Role.COLLEGE, "name-annex", "agree-schedule"),
        Cure(Role.COLLEGE, "propose-schedule", "propose-schedule-change"),
    )


# Rules


def within(contract: Contract, from_on: date) -> Iterator[Refusal]:
    """The day lies in the contract."""
    term, last = contract.terms.term, contract.last_day
    if last and from_on > last:
        yield WrongState(contract.state, tuple(sorted(IN_FORCE)), last)
    if term and from_on < term.starts_on:
        yield Backdated(from_on, term.starts_on)


# Events


@dataclass(frozen=True)
class ScheduleAgreed(Event):
    """All have signed the table on paper, on `signed_on`. `annex` commits to which paper that is."""

    type = "schedule.agreed"
    rule = "schedule.answer"
    tells = WHO_ANSWERS | {Role.MENTOR}
    apart = frozenset({"annex"})
    waits = True
    by: Role
    schedule: Schedule
    from_on: date
    signed_on: date
    annex: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, schedule=self.schedule))

    def announce(self, state: Contract) -> Contract:
        change = Agreed(self.from_on, Terms(schedule=self.schedule))
        return replace(state, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class TimesShifted(Event):
    """The same days and as many hours, at other times. `schedule`: as it is from then on."""

    type = "schedule.times_shifted"
    rule = "schedule.notice"
    tells = WHO_ANSWERS | {Role.MENTOR}
    waits = True
    schedule: Schedule
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, schedule=self.schedule))

    def announce(self, state: Contract) -> Contract:
        change = Agreed(self.from_on, Terms(schedule=self.schedule))
        return replace(state, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class AgreeSchedule(ContractCommand):
    """The table of days, where the contract left it to a later day: signed by all on paper on `signed_on`.
    `annex`: number of that paper."""

    type = "agree-schedule"
    by = PARTIES
    states = frozenset({State.ACTIVE, State.SUSPENDED})
    touches = frozenset({ClauseId.SCHEDULE})
    schedule: Schedule
    from_on: date
    signed_on: date
    annex: Text

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.schedule_on(self.from_on) == self.schedule

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if outside := [*within(state, self.from_on)]:
            yield from outside
            return
        if state.terms.schedule:
            yield ScheduleThere(self.from_on)
        if not self.annex.strip():
            yield NotSigned()
        if self.signed_on > occasion.today:
            yield NotYet(self.signed_on, occasion.today)
        yield from fit(self.schedule, state, occasion, self.from_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        annex = occasion.sealed.get("annex")
        return [ScheduleAgreed(occasion.role, self.schedule, self.from_on, self.signed_on, annex)]


@dataclass(frozen=True)
class ShiftTimes(ContractCommand):
    """From `from_on` on the hours at the enterprise lie at another time of the day; there are as many of
    them."""

    type = "shift-times"
    by = frozenset({Role.ENTERPRISE})
    states = frozenset({State.ACTIVE})
    touches = frozenset({ClauseId.SCHEDULE})
    hours: Hours
    from_on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = state.schedule_on(self.from_on)
        return found is not None and found.enterprise_hours == self.hours

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if outside := [*within(state, self.from_on)]:
            yield from outside
            return
        if (found := state.schedule_on(self.from_on)) is None:
            yield NoSchedule(self.from_on)
            return
        if self.hours.minutes != found.enterprise_hours.minutes:
            yield OtherLength(self.hours.minutes, found.enterprise_hours.minutes)
        yield from self._known_before(occasion)
        yield from in_itself(self._shifted(found), state, occasion, self.from_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := state.schedule_on(self.from_on)) is None:
            raise LookupError("the rules have found the schedule")
        return [TimesShifted(self._shifted(found), self.from_on)]

    def _known_before(self, occasion: Occasion) -> Iterator[Refusal]:
        needed = int(occasion.law.rule("schedule.notice", occasion.today).value["calendar_days"])
        if (given := (self.from_on - occasion.today).days) < needed:
            yield NoticeTooShort(max(0, given), needed, occasion.today + needed * DAY)

    def _shifted(self, found: Schedule) -> Schedule:
        return replace(found, enterprise_hours=self.hours)
