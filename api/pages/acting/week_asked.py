"""Which days at the college and which at the enterprise: asked as a table of choices, a row a day."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.languages import say
from api.pages.acting.compound import Together
from api.pages.acting.questions import Answers, Clock, Question, Whole, Wrong
from api.pages.views.asked import Hidden, Item, WeekAsked, WeekDay
from api.pages.views.form import Option
from contracts.terms import WEEK, Hours, Week

PLACES = ("college", "enterprise", "none")
MOST = 4
"""Weeks that repeat."""


@dataclass(frozen=True)
class Weeks(Question):
    """The weeks that repeat: one, or as many as were asked for. A day is at one place, or at none."""

    def items(self, answers: Answers, wrong: Mapping[str, str]) -> list[Item]:
        count = self.count(answers)
        tables: list[Item] = [self._table(at, count, answers, wrong) for at in range(1, count + 1)]
        return [Hidden(f"{self.name}-count", str(count)), *tables]

    def count(self, answers: Answers) -> int:
        text = answers.get(f"{self.name}-count", "")
        return min(int(text), MOST) if text in {"1", "2", "3", "4"} else 1

    def read(self, answers: Answers, wrong: Wrong) -> tuple[Week, ...] | None:
        weeks = tuple(self._week(at, answers) for at in range(1, self.count(answers) + 1))
        if any(week.college or week.enterprise for week in weeks):
            return weeks
        wrong[self._named(1)] = say(self.language, "pages.ask.no-day")
        return None

    def begun(self, answers: Answers) -> bool:
        weeks = (self._week(at, answers) for at in range(1, self.count(answers) + 1))
        return any(week.college or week.enterprise for week in weeks)

    def typed(self, value: tuple[Week, ...] | None) -> dict[str, str]:
        if not value:
            return {}
        found = {f"{self.name}-count": str(len(value))}
        for at, week in enumerate(value, 1):
            for weekday in WEEK:
                places = [place for place in PLACES if weekday in getattr(week, place, ())]
                found[f"{self._named(at)}-{weekday}"] = places[0] if places else "none"
        return found

    def _named(self, at: int) -> str:
        return f"{self.name}-{at}"

    def _week(self, at: int, answers: Answers) -> Week:
        found = {weekday: answers.get(f"{self._named(at)}-{weekday}") for weekday in WEEK}
        return Week(*(tuple(d for d, place in found.items() if place == wanted) for wanted in PLACES[:2]))

    def _table(self, at: int, count: int, answers: Answers, wrong: Mapping[str, str]) -> WeekAsked:
        name = self._named(at)
        label = self.label if count == 1 else say(self.language, "pages.ask.week-number", number=at)
        days = [
            WeekDay(
                f"{name}-{weekday}",
                say(self.language, f"weekdays.{weekday}"),
                answers.get(f"{name}-{weekday}", "none" if weekday in WEEK[5:] else ""),
            )
            for weekday in WEEK
        ]
        places = [Option(place, say(self.language, f"pages.ask.at.{place}")) for place in PLACES]
        return WeekAsked(name, label, places, days, self.hint, wrong.get(name))


def hours(language: str, name: str, label: str) -> Together:
    """From when to when, with what break."""
    parts = (
        Clock(language, f"{name}-starts_at", say(language, "pages.ask.starts-at")),
        Clock(language, f"{name}-ends_at", say(language, "pages.ask.ends-at")),
        Whole(
            language,
            f"{name}-break_minutes",
            say(language, "pages.ask.break"),
            required=False,
            most=240,
            otherwise=0,
        ),
    )
    return Together(language, name, label, parts=parts, make=Hours)
