"""Attendance: each place confirms week by week how long the student was trained there, and which days were
missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.consequences import Outlook, Task, Timer
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.law import Law, age_on
from contracts.mentor_days import guided
from contracts.parties import Role
from contracts.training_hours import mondays, over_on, planned_days
from contracts.training_record import ConfirmedWeek, Place
from contracts.training_rules import falls_short, review_on
from contracts.values import replace
from contracts.week import monday_of, practice_days

AT = {Role.COLLEGE: Place.COLLEGE, Role.ENTERPRISE: Place.ENTERPRISE, Role.MENTOR: Place.ENTERPRISE}
"""For which place each of them speaks."""

AGAIN = "confirm-attendance"

# Refusals


@dataclass(frozen=True)
class WeekNotOver(Refusal):
    type = "attendance.future"
    code = "ATT-FUTURE"
    cures = (Cure(Role.MENTOR, "wait-for-day"),)
    over_on: date
    today: date


@dataclass(frozen=True)
class TooManyHours(Refusal):
    """In minutes."""

    type = "attendance.over"
    code = "ATT-OVER"
    cures = (Cure(Role.MENTOR, "fewer-hours", AGAIN), Cure(Role.ENTERPRISE, "fewer-hours", AGAIN))
    minutes: int
    limit_minutes: int


@dataclass(frozen=True)
class ConfirmedAlready(Refusal):
    """With other minutes or days. Who does not agree contests it; then it is confirmed anew."""

    type = "attendance.twice"
    code = "ATT-TWICE"
    cures = (Cure(Role.STUDENT, "contest-week", "contest-attendance"), Cure(Role.COLLEGE, "correct-entry"))
    week: date
    minutes: int


@dataclass(frozen=True)
class NoSuchWeek(Refusal):
    """`first`, `last`: the days of the contract."""

    type = "attendance.inactive"
    code = "ATT-INACTIVE"
    cures = (Cure(Role.MENTOR, "right-week", AGAIN), Cure(Role.COLLEGE, "right-week", AGAIN))
    week: date
    first: date | None
    last: date | None


@dataclass(frozen=True)
class NotTheirMentor(Refusal):
    """`from_on`: the day from which the mentor guides the student."""

    type = "attendance.mentor"
    code = "ATT-MENTOR"
    cures = (Cure(Role.ENTERPRISE, "enterprise-confirms", AGAIN),)
    week: date
    from_on: date | None


@dataclass(frozen=True)
class NotPlanned(Refusal):
    """`days`: on which the plan does not have the student there, so that none of them was missed."""

    type = "attendance.days"
    code = "ATT-DAYS"
    cures = (Cure(Role.MENTOR, "planned-days", AGAIN), Cure(Role.COLLEGE, "planned-days", AGAIN))
    days: tuple[date, ...]
    place: Place


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """The mentor confirms the first week that is not confirmed yet. A contract on paper was kept elsewhere
    before it came here: its record begins with the first week that somebody confirms."""
    if contract.state not in {State.ACTIVE, State.ENDING} or not (keeps := _keeps_record(contract)):
        return Outlook()
    monday = next_week(contract, law, keeps[-1])
    if monday is None or contract.last_day is None:
        return Outlook()
    sunday = min(monday + timedelta(days=6), contract.last_day)
    by = law.end_of(law.rule("attendance.confirm", law.known(sunday)).value, sunday).last
    return Outlook(tasks=(Task(AGAIN, (Role.MENTOR,), AGAIN, by),))


def next_week(contract: Contract, law: Law, monday: date) -> date | None:
    """The first after that one in which the plan has a day at the enterprise: not while the contract
    rests."""
    if contract.terms.schedule is None or contract.last_day is None:
        return None
    while (monday := monday + timedelta(days=7)) <= contract.last_day:
        if practice_days(contract, law, monday, min(monday + timedelta(days=6), contract.last_day)):
            return monday
    return None


def _keeps_record(contract: Contract) -> list[date]:
    """Mondays of the weeks that the enterprise has confirmed; before the first one, of the week before the
    term."""
    confirmed = [week.monday for week in contract.training.at(Place.ENTERPRISE)]
    if confirmed or contract.terms.term is None or contract.concluded_on is None:
        return confirmed
    return [monday_of(contract.terms.term.starts_on) - timedelta(days=7)]


def timers(contract: Contract) -> Iterator[Timer]:
    """Whether weeks are missing is asked once the record is kept."""
    if contract.state in {State.ACTIVE, State.ENDING} and contract.training.review_on:
        yield Timer("warn-shortfall", contract.training.review_on)


def limit(place: Place, monday: date, occasion: Occasion) -> int | None:
    """Most minutes of that week: at work by the student's age on its first day, at the college by the plan of
    study. None: the student's age is not known."""
    if place is Place.COLLEGE:
        return int(occasion.law.rule("attendance.college-week", monday).value["hours"]) * 60
    record = occasion.facts.student.record if occasion.facts.student else None
    return occasion.law.weekly_limit(age_on(record.born_on, monday), monday) * 60 if record else None


# Events


@dataclass(frozen=True)
class AttendanceConfirmed(Event):
    """`minutes` at `place` in the week of the Monday `week`. `contest_by`: the last day for who does not
    agree. `review_on`: the day on which it is asked whether weeks are missing."""

    type = "attendance.confirmed"
    rule = "attendance.confirm"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE})
    week: date
    place: Place
    by: Role
    minutes: int
    absences: tuple[date, ...]
    contest_by: date
    review_on: date

    def evolve(self, state: Contract) -> Contract:
        week = ConfirmedWeek(self.week, self.place, self.minutes, self.absences, self.contest_by)
        kept = replace(state.training.with_week(week), review_on=self.review_on)
        return replace(state, training=kept)


# Commands


@dataclass(frozen=True)
class ConfirmAttendance(ContractCommand):
    """The week of that day, by the place for which the caller speaks. Without `minutes`: as planned,
    without the days of `absences`."""

    type = "confirm-attendance"
    by = frozenset({Role.MENTOR, Role.ENTERPRISE, Role.COLLEGE})
    states = IN_FORCE | {State.ENDED, State.COMPLETED}
    week: date
    minutes: int | None = None
    absences: tuple[date, ...] = ()

    def already(self, state: Contract, occasion: Occasion) -> bool:
        week = state.training.week(monday_of(self.week), AT[occasion.role])
        if week is None or week.contested_by:
            return False
        found = self._minutes(state, occasion)
        return (week.minutes, week.absences) == (found, self._absences)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        monday, place = monday_of(self.week), AT[occasion.role]
        if monday not in mondays(state, date.max if state.last_day is None else state.last_day):
            first = state.terms.term.starts_on if state.terms.term else None
            yield NoSuchWeek(monday, first, state.last_day)
            return
        yield from self._over(state, monday, occasion)
        yield from self._by_their_mentor(state, monday, occasion)
        if (found := state.training.week(monday, place)) and not found.contested_by:
            yield ConfirmedAlready(monday, found.minutes)
        there = planned_days(state, occasion.law, monday, place)
        if strangers := tuple(day for day in self._absences if day not in there):
            yield NotPlanned(strangers, place)
        minutes, most = self._minutes(state, occasion), limit(place, monday, occasion)
        if minutes < 0 or (most is not None and minutes > most):
            yield TooManyHours(minutes, most or 0)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        law, today = occasion.law, occasion.today
        confirmed = AttendanceConfirmed(
            week=monday_of(self.week),
            place=AT[occasion.role],
            by=occasion.role,
            minutes=self._minutes(state, occasion),
            absences=self._absences,
            contest_by=law.end_of(law.rule("attendance.late", today).value, today).last,
            review_on=review_on(law, today),
        )
        warned = falls_short(confirmed.evolve(state), law, today)
        return [confirmed, *([warned] if warned else [])]

    def _over(self, state: Contract, monday: date, occasion: Occasion) -> Iterator[Refusal]:
        over = over_on(state, ConfirmedWeek(monday, Place.ENTERPRISE, 0, (), monday))
        if over >= occasion.today:
            yield WeekNotOver(over, occasion.today)

    def _by_their_mentor(self, state: Contract, monday: date, occasion: Occasion) -> Iterator[Refusal]:
        """A mentor confirms the weeks in which the student was his on at least one day."""
        if occasion.role is not Role.MENTOR:
            return
        own = [each for each in guided(state) if each.mentor == occasion.person]
        if not any(each.during(monday, monday + timedelta(days=6)) for each in own):
            yield NotTheirMentor(monday, own[0].from_on if own else None)

    def _minutes(self, state: Contract, occasion: Occasion) -> int:
        if self.minutes is not None:
            return self.minutes
        there = planned_days(state, occasion.law, monday_of(self.week), AT[occasion.role])
        return sum(minutes for day, minutes in there.items() if day not in self.absences)

    @property
    def _absences(self) -> tuple[date, ...]:
        return tuple(sorted(set(self.absences)))
