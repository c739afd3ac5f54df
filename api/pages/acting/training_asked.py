"""What the forms of the training record, of mentors and departments ask: weeks and days to choose from,
lengths of time, people and places."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.classifier import named
from api.formats import day, short_day
from api.languages import say
from api.pages.acting.asking import Asking
from api.pages.acting.compound import Fixed, Several, Together
from api.pages.acting.questions import Choice, Question, Whole, Wrong
from api.pages.acting.week_asked import hours as hours_asked
from api.pages.parts import Fact
from api.pages.views.form import Option
from api.sentences import duration
from contracts.attendance import AT
from contracts.mentor_days import mentor_on
from contracts.parties import Quota, Role
from contracts.training_hours import mondays, over_on, planned_days
from contracts.training_record import ConfirmedWeek, Place

WEEKS = 3
"""That are offered at once: who is behind goes on with those before."""

LENGTH = re.compile(r"(\d{1,2})(?::([0-5]\d))?")


@dataclass(frozen=True)
class Length(Question):
    """Hours, or hours and minutes; read as minutes."""

    short: bool = True

    def value(self, text: str, wrong: Wrong) -> int | None:
        if found := LENGTH.fullmatch(text):
            return int(found[1]) * 60 + int(found[2] or 0)
        wrong[self.name] = say(self.language, "pages.ask.length.wrong")
        return None

    def typed(self, value: int | None) -> dict[str, str]:
        return {} if value is None else {self.name: f"{value // 60}:{value % 60:02d}"}

    def words(self, value: int) -> str:
        return duration(self.language, value)


@dataclass(frozen=True)
class Quotas(Together):
    """A number of places for each qualification; where none is typed, there is no quota for any."""

    def typed(self, value: Sequence[Quota] | None) -> dict[str, str]:
        return {f"{self.name}-{quota.qualification}": str(quota.places) for quota in value or ()}

    def said(self, value: Sequence[Quota] | None) -> list[Fact]:
        if not value:
            return []
        return [Fact(named(self.language, quota.qualification), str(quota.places)) for quota in value]


def quotas(language: str, name: str, label: str, hint: str | None, codes: Sequence[str]) -> Quotas:
    parts = tuple(
        Whole(language, f"{name}-{code}", named(language, code), required=False, least=1, most=10_000)
        for code in codes
    )

    def made(**places: int) -> tuple[Quota, ...]:
        return tuple(Quota(code, number) for code, number in places.items())

    return Quotas(language, name, label, hint, required=False, parts=parts, make=made)


# Weeks and days


def week_words(asking: Asking, monday: date) -> str:
    last = min(monday + timedelta(days=6), asking.state.last_day or date.max)
    first = max(monday, asking.state.terms.term.starts_on if asking.state.terms.term else monday)
    return f"{day(asking.language, first)} – {day(asking.language, last)}"


def open_weeks(asking: Asking) -> list[date]:
    """Weeks that are over and that the caller's place has not confirmed, or that are contested; newest
    first."""
    place = AT.get(asking.role, Place.ENTERPRISE)
    found = []
    for monday in reversed(mondays(asking.state, asking.today)):
        kept = asking.state.training.week(monday, place)
        over = over_on(asking.state, kept or ConfirmedWeek(monday, place, 0, (), monday))
        due = kept.contested_by if kept else planned_days(asking.state, asking.law, monday, place)
        if over < asking.today and due:
            found.append(monday)
        if len(found) == WEEKS:
            break
    return found


def week_to_confirm(asking: Asking, shared: dict[str, Any]) -> Question:
    return _weeks(asking, open_weeks(asking), shared)


def week_to_contest(asking: Asking, shared: dict[str, Any]) -> Question:
    """Those of which the days to contest run."""
    kept = [week for week in asking.state.training.weeks if week.contest_by >= asking.today]
    return _weeks(asking, sorted({week.monday for week in kept}, reverse=True), shared)


def _weeks(asking: Asking, found: Sequence[date], shared: dict[str, Any]) -> Question:
    options = [Option(monday.isoformat(), week_words(asking, monday)) for monday in found]
    return Choice(kind="list", options=options, means=date.fromisoformat, **shared)


def absences(asking: Asking, shared: dict[str, Any]) -> Question:
    """Planned days of the weeks that can be confirmed."""
    place = AT.get(asking.role, Place.ENTERPRISE)
    planned = [
        each
        for monday in open_weeks(asking)
        for each in planned_days(asking.state, asking.law, monday, place)
    ]
    return _days(asking, planned, shared)


def missed(asking: Asking, shared: dict[str, Any]) -> Question:
    """Days that were confirmed as missed, and are not excused yet."""
    found = {each for week in asking.state.training.weeks for each in week.absences}
    return _days(asking, sorted(found - asking.state.training.excused), shared)


def _days(asking: Asking, found: Sequence[date], shared: dict[str, Any]) -> Question:
    options = [
        Option(
            each.isoformat(), f"{short_day(asking.language, each).split()[0]}, {day(asking.language, each)}"
        )
        for each in found
    ]
    return Several(options=options, means=date.fromisoformat, **shared)


def minutes(asking: Asking, shared: dict[str, Any]) -> Question:
    return Length(**shared)


# People and places


def other_mentor(asking: Asking, shared: dict[str, Any]) -> Question:
    """One of the enterprise's mentors, with the places that each has."""
    parties = asking.state.parties
    own = parties.enterprise if parties and Role.ENTERPRISE in asking.roles else None
    return Choice(options=asking.offered(None, own).mentors, means=UUID, **shared)


def mentor_now(asking: Asking, shared: dict[str, Any]) -> Question:
    now = mentor_on(asking.state, asking.today)
    named_one = asking.state.terms.mentor
    found = now or (named_one.person if named_one else None)
    return Fixed(shown=str(found) if found else "", means=UUID, **shared)


def workplace(asking: Asking, shared: dict[str, Any]) -> Question:
    return asking.clauses("").workplace(shared["name"], True)


def relocation(asking: Asking, shared: dict[str, Any]) -> Question:
    found = asking.state.open_relocation or next(reversed(asking.state.relocations), None)
    return Fixed(shown=str(found.id) if found else "", means=UUID, **shared)


def in_one_line(asking: Asking, shared: dict[str, Any]) -> Question:
    return Question(**shared)


def times(asking: Asking, shared: dict[str, Any]) -> Question:
    return hours_asked(asking.language, shared["name"], shared["label"])


def party(asking: Asking, shared: dict[str, Any]) -> Question:
    options = [Option(each, asking.say(f"roles.{each}")) for each in (Role.COLLEGE, Role.ENTERPRISE)]
    return Choice(options=options, means=Role, **shared)


ASKED: Mapping[tuple[str, str], Callable[[Asking, dict[str, Any]], Question]] = {
    ("confirm-attendance", "week"): week_to_confirm,
    ("confirm-attendance", "minutes"): minutes,
    ("confirm-attendance", "absences"): absences,
    ("contest-attendance", "week"): week_to_contest,
    ("excuse-absence", "days"): missed,
    ("excuse-absence", "proof"): in_one_line,
    ("agree-schedule", "annex"): in_one_line,
    ("assign-mentor", "mentor"): other_mentor,
    ("replace-mentor", "old"): mentor_now,
    ("replace-mentor", "new"): other_mentor,
    ("report-mentor-left", "mentor"): mentor_now,
    ("change-department", "workplace"): workplace,
    ("answer-department-change", "proposal"): relocation,
    ("shift-times", "hours"): times,
    ("record-succession", "party"): party,
}
"""By command and field."""
