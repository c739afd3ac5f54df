"""Where the student is on which day: a week and a month as tables of words, and what the week comes to."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from api.formats import WEEKDAYS, percent, short_day
from api.formats import day as written
from api.languages import say
from api.pages.clauses import ClauseWords
from api.pages.look import Look
from api.pages.parts import Column, Lines, Row, Table, Tag, Words
from contracts.contract import Contract
from contracts.decision import DAY
from contracts.law import Holiday, Law, least_hours
from contracts.terms import WEEK, Schedule, Weekday
from contracts.training_record import Place
from contracts.week import month_of, place_on, share

WORKWEEK = 5
"""Days that are always shown; Saturday and Sunday only where the student is somewhere."""


def shown_day(then: Contract, today: date) -> date | None:
    """The day whose week is shown: today, or the nearest of the term."""
    term, last = then.terms.term, then.last_day
    if term is None or last is None or last < term.starts_on:
        return None
    return min(max(today, term.starts_on), last)


def week_heading(look: Look, on: date) -> str:
    """Of this week, or of the nearest one of the term."""
    monday = on - timedelta(days=on.weekday())
    if monday <= look.found.today < monday + timedelta(days=7):
        return say(look.language, "pages.contract.schedule")
    return say(look.language, "pages.schedule.week-of", day=written(look.language, monday))


def week_table(look: Look, on: date) -> Table:
    monday = on - timedelta(days=on.weekday())
    every = [monday + n * DAY for n in range(7)]
    kept = [d for d in every if d.weekday() < WORKWEEK or place_on(look.then, look.found.law, d)]
    return Table(
        week_heading(look, on),
        [Column(short_day(look.language, d)) for d in kept],
        [tuple(cell(look, d, look.found.today) for d in kept)],
        named=False,
    )


def cell(look: Look, on: date, today: date | None = None) -> Words:
    """The place in a word, hours below it; a day off says why."""
    language, law, then = look.language, look.found.law, look.then
    notes = [say(language, "words.today")] if on == today else []
    place = place_on(then, law, on)
    if place is None:
        return _off(language, law, then, on, notes)
    return Lines(
        say(language, f"places.{place}"), [say(language, "words.hours", n=hours(then, place, on)), *notes]
    )


def _off(language: str, law: Law, then: Contract, on: date, notes: list[str]) -> Words:
    if holiday := law.holiday(on):
        return Lines(say(language, "places.holiday"), [*_named(language, holiday), *notes])
    term, last = then.terms.term, then.last_day
    outside = term is None or last is None or not term.starts_on <= on <= last
    return Lines(say(language, "places.outside" if outside else "places.free"), notes)


def _named(language: str, holiday: Holiday) -> list[str]:
    """And which day it stands for, where it was moved from a weekend."""
    if holiday.instead_of is None:
        return [holiday.name[language]]
    moved = say(language, "pages.schedule.moved-from", day=written(language, holiday.instead_of))
    return [holiday.name[language], moved]


def place_words(look: Look, on: date) -> str:
    place = place_on(look.then, look.found.law, on)
    if place:
        return say(look.language, f"places.{place}")
    if holiday := look.found.law.holiday(on):
        return holiday.name[look.language]
    return say(look.language, "places.free")


def hours(then: Contract, place: Place, on: date) -> int:
    """Whole hours that day."""
    schedule = then.schedule_on(on)
    if schedule is None:
        return 0
    return (schedule.enterprise_hours if place is Place.ENTERPRISE else schedule.college_hours).minutes // 60


def share_note(look: Look, schedule: Schedule | None, on: date) -> str | None:
    """What the weeks come to, against the least that the law asks for."""
    if schedule is None or not (found := share(schedule)).total:
        return None
    law = look.found.law
    least = int(law.rule("schedule.practice-share", law.known(on)).value["percent"])
    return share_words(look.language, found.enterprise // 60, found.total // 60, least)


def share_words(language: str, enterprise: int, total: int, least: int) -> str:
    """Of whole hours; `least` in percent."""
    return say(
        language,
        "pages.schedule.share",
        enterprise=enterprise,
        total=total,
        percent=percent(language, enterprise, total),
        least=least,
        needed=least_hours(total, least),
    )


def compared(
    words: ClauseWords, label: str, heads: Sequence[str], schedules: Sequence[Schedule | None]
) -> Table:
    """A row a weekday, a column a schedule. What is not as in the schedule before is marked."""
    rows: list[list[Words]] = []
    for weekday in WEEK:
        places = [_places(words, schedule, weekday) for schedule in schedules]
        if any(places):
            changed = [False, *(was != now for was, now in pairwise(places))]
            cells = [_marked(words.language, *each) for each in zip(places, changed, strict=True)]
            rows.append([say(words.language, f"weekdays.{weekday}"), *cells])
    columns = [say(words.language, "pages.schedule.weekday"), *heads]
    return Table(label, [Column(head) for head in columns], rows)


def _marked(language: str, places: str, changed: bool) -> Words:
    tag = [Tag(say(language, "pages.schedule.changed"), "warn")] if changed else []
    return Row([places or "–", *tag])


def _places(words: ClauseWords, schedule: Schedule | None, weekday: Weekday) -> str:
    """With the hours; week after week where several take turns."""
    if schedule is None:
        return ""
    hours = {place: words.hours(getattr(schedule, f"{place}_hours")) for place in ("college", "enterprise")}
    weeks = [
        ", ".join(
            f"{say(words.language, f'places.{place}')}, {times}"
            for place, times in hours.items()
            if weekday in getattr(week, place)
        )
        for week in schedule.weeks
    ]
    return " / ".join(each or "–" for each in weeks) if any(weeks) else ""


def month_table(look: Look, on: date) -> Table:
    """A row a week, a column a weekday. Weekends only where the student is somewhere on one of them."""
    first, last = month_of(on)
    monday = first - timedelta(days=first.weekday())
    weeks = [[monday + (7 * n + at) * DAY for at in range(7)] for n in range((last - monday).days // 7 + 1)]
    kept = [
        at
        for at in range(7)
        if at < WORKWEEK or any(place_on(look.then, look.found.law, week[at]) for week in weeks)
    ]
    names = WEEKDAYS[look.language]
    return Table(
        say(look.language, "pages.schedule.month-table"),
        [Column(names[at].capitalize()) for at in kept],
        [tuple(_of_month(look, week[at], on) for at in kept) for week in weeks],
        named=False,
    )


def _of_month(look: Look, each: date, on: date) -> Words:
    """The day of the month, and where; nothing for a day of another month."""
    if (each.year, each.month) != (on.year, on.month):
        return ""
    shown = cell(look, each, look.found.today)
    if not isinstance(shown, Lines):
        return shown
    return Lines(shown.first, [Row([str(each.day), "·", *shown.notes]) if shown.notes else str(each.day)])
