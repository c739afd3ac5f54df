"""A day or an instant as it is typed into a form, and how far a day lies from today."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

from api.formats import NotADay, day_from
from api.languages import say
from api.pages.views.form import Typed

CLOCK = re.compile(r"[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?")


@dataclass(frozen=True)
class ReadDay:
    """What was typed, the day that it means, and what is wrong with it, if anything is."""

    typed: Typed
    on: date | None = None
    error: str | None = None


@dataclass(frozen=True)
class ReadInstant:
    typed: Typed
    at: datetime | None = None
    error: str | None = None


def read_day(language: str, values: Mapping[str, str], name: str) -> ReadDay:
    """From the three fields of `name`. Nothing typed is no day and no error."""
    typed = Typed(*(values.get(f"{name}-{part}", "") for part in ("day", "month", "year")))
    try:
        return ReadDay(typed, day_from(typed.day, typed.month, typed.year))
    except NotADay as no_day:
        wrong = "form.day-missing" if no_day.missing else "form.no-such-day"
        return ReadDay(typed, error=say(language, wrong))


def read_instant(language: str, values: Mapping[str, str], name: str, zone: tzinfo) -> ReadInstant:
    """A day with a time in `zone`; without a time the end of that day's last minute."""
    read = read_day(language, values, name)
    typed = replace(read.typed, time=values.get(f"{name}-time", "").strip())
    if read.error or read.on is None:
        return ReadInstant(typed, error=read.error)
    try:
        clock = _clock(typed.time) if typed.time else time.max
    except ValueError:
        return ReadInstant(typed, error=say(language, "form.no-such-time"))
    return ReadInstant(typed, datetime.combine(read.on, clock, zone))


def _clock(typed: str) -> time:
    """10:15, 10.15 or 10:15:30. Raises ValueError."""
    if not CLOCK.fullmatch(typed):
        raise ValueError(typed)
    hour, minute, second = (*map(int, re.split("[:.]", typed)), 0)[:3]
    return time(hour, minute, second)


def typed_day(on: date | None, at: str | None = None) -> Typed:
    """A day as a form offers it to be changed."""
    return Typed(str(on.day), str(on.month), str(on.year), at) if on else Typed(time=at)


def distance(language: str, on: date, today: date) -> str:
    """Beside a date, never alone: today, in 3 days, 2 days ago."""
    days = (on - today).days
    if days == 0:
        return say(language, "words.today")
    return say(language, "words.days-ahead" if days > 0 else "words.days-past", n=abs(days))
