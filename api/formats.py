"""How dates, instants, sums and numbers are written in each language, and how a typed date is read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from api.reach import in_reach
from contracts.law.form import tenge

SPACE = "\u00a0"
"""No-break: a number never parts from its unit."""
MINUS = "\u2212"

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
"""As they stand in a date."""
MONTHS_ALONE = {
    **MONTHS,
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
}
WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі".split(),
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
WEEKDAYS_SHORT = {
    "kk": "дс сс ср бс жм сб жс".split(),
    "ru": "пн вт ср чт пт сб вс".split(),
    "en": "Mon Tue Wed Thu Fri Sat Sun".split(),
}
ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
"""Kazakh, 42 letters. The Russian ones stand among them in their own order, so one key sorts both."""
NEAREST = str.maketrans("әғқңөүұһіё", "агкноуухие")
"""What a Kazakh letter is typed as on a Russian keyboard."""


def day(language: str, on: date) -> str:
    """2026 ж. 24 қараша, 24 ноября 2026 г., 24 November 2026."""
    month = MONTHS[language][on.month - 1]
    if language == "kk":
        return f"{on.year}{SPACE}ж. {on.day}{SPACE}{month}"
    year = f"{on.year}{SPACE}г." if language == "ru" else str(on.year)
    return f"{on.day}{SPACE}{month} {year}"


def short_day(language: str, on: date) -> str:
    """The head of a column in a week: Mon 23, пн 23, дс 23."""
    return f"{WEEKDAYS_SHORT[language][on.weekday()]}{SPACE}{on.day}"


def month(language: str, on: date) -> str:
    """November 2026, ноябрь 2026 г., 2026 ж. қараша."""
    name = MONTHS_ALONE[language][on.month - 1]
    return {
        "kk": f"{on.year}{SPACE}ж. {name}",
        "ru": f"{name} {on.year}{SPACE}г.",
        "en": f"{name} {on.year}",
    }[language]


def span(language: str, first: date, last: date) -> str:
    """From the first day to the last, both included."""
    one, other = day(language, first), day(language, last)
    return {"kk": f"{one} – {other}", "ru": f"с {one} по {other}", "en": f"{one} to {other}"}[language]


def clock(at: datetime, zone: tzinfo) -> str:
    """10:15 (UTC+5)."""
    local = at.astimezone(zone)
    return f"{local:%H:%M} ({_offset(local)})"


def instant(language: str, at: datetime, zone: tzinfo) -> str:
    """24 November 2026, 10:15 (UTC+5): the legal day and time of `at`, with the zone."""
    return f"{day(language, at.astimezone(zone).date())}, {clock(at, zone)}"


def number(language: str, n: int) -> str:
    """26 342 in Kazakh and Russian, 26,342 in English."""
    digits = f"{abs(n):,}"
    return (MINUS if n < 0 else "") + (digits if language == "en" else digits.replace(",", SPACE))


def money(language: str, tiyn: int) -> str:
    """162 000,00 ₸ or 162,000.00 ₸. A minus is also said in a word: a sign alone is easily lost."""
    written = f"{tenge(abs(tiyn), language)}{SPACE}₸"
    if tiyn >= 0:
        return written
    return f"{MINUS}{written} ({'minus' if language == 'en' else 'минус'})"


def percent(language: str, part: int, whole: int) -> str:
    """63.6 %: one place, cut and never rounded up, so that less than 60 never reads as 60."""
    tenths = part * 1000 // whole
    return f"{number(language, tenths // 10)}{_point(language)}{tenths % 10}{SPACE}%"


def sort_key(name: str) -> str:
    """A text whose order by code point (COLLATE "C") is the alphabet's, for Kazakh and Russian names."""
    return "".join(
        chr(0x1000 + ALPHABET.index(letter)) if letter in ALPHABET else letter for letter in name.upper()
    )


class NotADay(ValueError):
    """What was typed is no day. `parts` names the fields to look at; `missing` says that they are empty."""

    def __init__(self, parts: Sequence[str], missing: bool = False) -> None:
        super().__init__(", ".join(parts))
        self.parts = tuple(parts)
        self.missing = missing


def day_from(day: str, month: str, year: str) -> date | None:
    """The day typed in three fields; the month as a number, or by its name in any of the three languages.
    None if all are empty. Raises NotADay."""
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    empty = [part for part, text in typed.items() if not text]
    if len(empty) == 3:
        return None
    if empty:
        raise NotADay(empty, missing=True)
    numbers = {
        "day": _whole(typed["day"]),
        "month": _whole(typed["month"]) or _month_named(typed["month"]),
        "year": _whole(typed["year"]) if len(typed["year"]) == 4 else None,
    }
    read = {part: whole for part, whole in numbers.items() if whole}
    if len(read) < 3:
        raise NotADay([part for part in numbers if part not in read])
    try:
        on = date(**read)
    except ValueError as error:
        raise NotADay(["day", "month", "year"]) from error
    if not in_reach(on):
        raise NotADay(["year"])
    return on


def _month_named(typed: str) -> int | None:
    """A name, or at least its first three letters."""
    start = typed.lower().rstrip(".").translate(NEAREST)
    if len(start) < 3:
        return None
    found = {
        at
        for names in (*MONTHS.values(), *MONTHS_ALONE.values())
        for at, name in enumerate(names, 1)
        if name.lower().translate(NEAREST).startswith(start)
    }
    return found.pop() if len(found) == 1 else None


def _whole(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def _point(language: str) -> str:
    return "." if language == "en" else ","


def _offset(local: datetime) -> str:
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else MINUS
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
