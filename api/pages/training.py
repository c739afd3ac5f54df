"""How long was the student trained where, week by week, and is it enough for the share?"""

from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.formats import day, month, percent, short_day
from api.languages import say
from api.pages import render
from api.pages.contract_steps import doable
from api.pages.furniture import Page
from api.pages.look import Look, look
from api.pages.parts import Button, Column, Fact, Lines, Row, Table, Tag, Words
from api.pages.reader import Reading
from api.pages.views.training import TrainingShown
from api.sentences import duration
from contracts.parties import Role
from contracts.training_hours import Progress, mondays, planned, progress, whole_weeks
from contracts.training_record import ConfirmedWeek, Place

router = APIRouter(include_in_schema=False)

ACTS = ("confirm-attendance", "contest-attendance", "excuse-absence", "acknowledge-pay", "report-unpaid")


@router.get("/contracts/{id}/training")
def training_page(id: UUID, reader: Reading, in_force_on: str = "", known_at: str = "") -> HTMLResponse:
    seen = look(reader, id, "training", in_force_on, known_at)
    found = progress(seen.then, seen.found.law, seen.at.in_force_on)
    page = Page(
        say(reader.language, "pages.sections.training"),
        section="contracts",
        lead=_lead(seen, found),
        caption=seen.about(),
        crumbs=seen.crumbs("training"),
        sections=seen.sections("training"),
        moment=seen.bar("training"),
        read_up_to=seen.read_up_to,
    )
    shown = TrainingShown(_hours(seen, found), _weeks(seen), _pay(seen), _acts(seen))
    return render(reader.request, "training.html", page, view=shown)


def _lead(seen: Look, found: Progress) -> str:
    if not found.planned.total:
        return say(seen.language, "pages.training.none")
    if not seen.then.training.weeks:
        return say(seen.language, "pages.training.not-kept")
    name = "short" if found.missing else "enough"
    return say(
        seen.language,
        f"pages.training.{name}",
        day=day(seen.language, seen.at.in_force_on),
        missing=duration(seen.language, found.missing),
    )


def _hours(seen: Look, found: Progress) -> list[Fact]:
    language = seen.language
    lengths = {
        "done-enterprise": found.done.enterprise,
        "planned-enterprise": found.planned.enterprise,
        "needed": found.needed,
        "missing": found.missing,
        "done-college": found.done.college,
        "planned-college": found.planned.college,
    }
    facts = [
        Fact(say(language, f"pages.training.{name}"), duration(language, minutes))
        for name, minutes in lengths.items()
    ]
    if found.done.total:
        share = percent(language, found.done.enterprise, found.done.total)
        facts.append(Fact(say(language, "pages.training.share"), share))
    return facts


# Weeks


def _weeks(seen: Look) -> Table | None:
    """The newest week first."""
    found = mondays(seen.then, seen.at.in_force_on)
    if not found:
        return None
    heads = ("week", "enterprise", "college", "missed")
    columns = [Column(say(seen.language, f"pages.training.{head}")) for head in heads]
    rows = [_week(seen, monday) for monday in reversed(found)]
    return Table(say(seen.language, "pages.training.weeks"), columns, rows)


def _week(seen: Look, monday: date) -> list[Words]:
    kept = {place: seen.then.training.week(monday, place) for place in Place}
    by_plan = planned(seen.then, seen.found.law, monday, monday + timedelta(days=6))
    over = monday <= whole_weeks(seen.then, seen.at.in_force_on)
    return [
        day(seen.language, monday),
        _at(seen, kept[Place.ENTERPRISE], by_plan.enterprise, over),
        _at(seen, kept[Place.COLLEGE], by_plan.college, over),
        _missed(seen, [week for week in kept.values() if week]),
    ]


def _at(seen: Look, week: ConfirmedWeek | None, by_plan: int, over: bool) -> Words:
    """`over`: whether the week is, so that it could be confirmed."""
    language = seen.language
    of_plan = say(language, "pages.training.of-plan", length=duration(language, by_plan))
    if week is None:
        words = "not-confirmed" if over else "runs"
        return Lines(say(language, f"pages.training.{words}"), [of_plan])
    if week.contested_by is None:
        return Lines(duration(language, week.minutes), [of_plan], whole=True)
    contested = Tag(say(language, "pages.training.contested"), "warn")
    return Lines(Row([duration(language, week.minutes), contested]), [of_plan])


def _missed(seen: Look, weeks: list[ConfirmedWeek]) -> Words:
    days = sorted({each for week in weeks for each in week.absences})
    return Row([_absence(seen, each) for each in days]) if days else "–"


def _absence(seen: Look, each: date) -> Words:
    shown = short_day(seen.language, each)
    if each not in seen.then.training.excused:
        return shown
    return Row([shown, Tag(say(seen.language, "pages.training.excused"), "good")])


# Pay


def _pay(seen: Look) -> Table | None:
    """Months that were paid or are said to be unpaid; a mentor does not see them."""
    if seen.found.roles and seen.found.roles <= {Role.MENTOR}:
        return None
    training = seen.then.training
    months = sorted({payment.month for payment in seen.then.payments} | training.unpaid, reverse=True)
    if not months:
        return None
    columns = [Column(say(seen.language, f"pages.training.{head}")) for head in ("month", "pay")]
    rows: list[list[Words]] = [
        [month(seen.language, date.fromisoformat(f"{each}-01")), _paid(seen, each)] for each in months
    ]
    return Table(say(seen.language, "pages.training.pay"), columns, rows)


def _paid(seen: Look, each: str) -> Tag:
    training = seen.then.training
    if each in training.unpaid:
        return Tag(say(seen.language, "pages.training.unpaid"), "bad")
    if each in training.acknowledged:
        return Tag(say(seen.language, "pages.training.acknowledged"), "good")
    return Tag(say(seen.language, "pages.training.recorded"))


def _acts(seen: Look) -> list[Words]:
    if seen.moved:
        return []
    can = {link.href.rpartition("/")[2]: link for link in doable(seen).can}
    return [Button(str(link.text), link.href, "second") for name in ACTS if (link := can.get(name))]
