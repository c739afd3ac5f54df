"""Withdrawal in six steps: why, from when, who and which papers, study and work, money, and the preview."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from api.formats import day, number
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.deed import Deed
from api.pages.acting.preview_words import PreviewWords, period
from api.pages.acting.previewed import preview_words
from api.pages.acting.questions import Question
from api.pages.acting.whom import whom
from api.pages.parts import Column, Fact, Link, Table, Words
from api.pages.typed_day import read_day
from api.pages.views.asked import Beside, Choose
from contracts.contract import Contract
from contracts.decision import DAY, Refused
from contracts.law import Count, Ground
from contracts.week import days, practice_days
from contracts.withdrawal import Withdraw

STEPS = (("initiator", "ground"), ("received_on", "end_on"), ("proof", "heard_on"))
"""Questions of the first three; the next two only show."""


def steps(asking: Asking) -> list[Step]:
    named = {question.name: question for question in asked.questions(asking)}
    why, when, papers = ([named[name] for name in names if name in named] for names in STEPS)
    outlook = ahead(asking, [*why, *when, *papers])
    return [
        Step(asking.say("pages.withdraw.why"), why, about=[asking.say("pages.ask.about.withdraw")]),
        Step(asking.say("pages.withdraw.when"), when, above=[*_count(asking)], buttons=_take(asking, when)),
        Step(asking.say("pages.withdraw.papers"), papers, above=[_people(asking)]),
        Step(asking.say("pages.withdraw.study"), (), above=_study(asking, *outlook)),
        Step(asking.say("pages.withdraw.money"), (), above=_money(asking, *outlook)),
    ]


def first(asking: Asking) -> dict[str, str]:
    """The request came today, unless another day is typed."""
    return asked.of_kind(asking, "received_on", date, True).typed(asking.today)


# The earliest day


def _received_on(asking: Asking) -> date:
    return read_day(asking.language, asking.typed, "received_on").on or asking.today


def _ground(asking: Asking) -> Ground | None:
    return asking.law.ground(asking.typed.get("ground", ""), asking.today)


def count(asking: Asking) -> Count | None:
    """How the least notice is counted; None where the ground needs none, or none was chosen."""
    ground, received_on = _ground(asking), _received_on(asking)
    if ground is None or ground.notice is None:
        return None
    return asking.law.end_of(asking.law.rule(ground.notice, received_on).value, received_on)


def _count(asking: Asking) -> list[Beside]:
    ground = _ground(asking)
    if ground is None:
        return [Beside(asking.say("pages.withdraw.earliest"), [asking.say("pages.withdraw.ground-first")])]
    received_on = day(asking.language, _received_on(asking))
    if (found := count(asking)) is None or ground.notice is None:
        lines: list[Words] = [asking.say("pages.withdraw.no-notice", day=received_on)]
        return [Beside(asking.say("pages.withdraw.earliest"), lines)]
    rule = asking.law.rule(ground.notice, _received_on(asking))
    facts = [
        Fact(asking.say("fields.received_on"), received_on),
        Fact(
            asking.say("pages.withdraw.length"),
            period(asking.language, rule.value) or rule.text[asking.language],
        ),
        *_skipped(asking, found),
        Fact(asking.say("pages.withdraw.earliest"), day(asking.language, found.last)),
    ]
    link = Link(asking.say("pages.ask.about-rule"), f"/law/{rule.id}?on={_received_on(asking)}")
    lines = [asking.say("pages.withdraw.not-counted"), link]
    return [Beside(asking.say("pages.withdraw.how-counted"), lines, facts)]


def _skipped(asking: Asking, found: Count) -> list[Fact]:
    """The end that fell on a day off, and each day off that was passed over."""
    lines = []
    if found.moved_from:
        lines.append(Fact(asking.say("pages.withdraw.would-end"), day(asking.language, found.moved_from)))
    if found.skipped:
        off = "; ".join(_day_off(asking, each) for each in found.skipped)
        lines.append(Fact(asking.say("pages.withdraw.days-off"), off))
    return lines


def _day_off(asking: Asking, on: date) -> str:
    holiday = asking.law.holiday(on)
    name = holiday.name[asking.language] if holiday else asking.say("pages.withdraw.weekend")
    return f"{day(asking.language, on)} ({name})"


def _take(asking: Asking, questions: Sequence[Question]) -> list[Choose]:
    """The earliest lawful day with one click."""
    again = Choose(asking.say("pages.withdraw.count-again"), "stay", "end_on-day")
    found = count(asking)
    last = next((each for each in questions if each.name == "end_on"), None)
    if found is None or last is None:
        return [again]
    words = asking.say("pages.ask.take-day", day=day(asking.language, found.last))
    return [Choose(words, "take", urlencode(last.typed(found.last))), again]


# People, study, money


def _people(asking: Asking) -> Beside:
    """Whose consent is needed, and whether it is there."""
    state, ground = asking.state, _ground(asking)
    heading = asking.say("pages.withdraw.who-agrees")
    lines: list[Words] = []
    if state.minor and ground and "representative" in ground.needs:
        lines.append(asking.say("pages.withdraw.minor"))
        given = [on for id_, on in state.withdrawal_consents if id_ == ground.id]
        days_ = ", ".join(day(asking.language, on) for on in given) or asking.say("words.none-yet")
        lines.append(asking.say("pages.withdraw.consents", days=days_))
    else:
        lines.append(asking.say("pages.withdraw.nobody-else"))
    for need in ("proof", "hearing", "cure"):
        if ground and need in ground.needs:
            lines.append(asking.say(f"pages.withdraw.need-{need}"))
    return Beside(heading, lines)


def ahead(asking: Asking, typed: Sequence[Question]) -> tuple[PreviewWords | None, list[str]]:
    """What the answers so far would bring; or what stands in the way, told early."""
    values = {each.name: each.read(asking.typed, {}) for each in typed}
    needed = [each.name for each in typed if each.required]
    if any(values.get(name) is None for name in needed):
        return None, []
    wish = Withdraw(**{name: value for name, value in values.items() if value is not None})
    try:
        granted = Deed(asking.reader, wish, asking.stream_id, asking.path).ahead()
    except Refused as refused:
        return None, [asking.reader.speaker.refusal(each) for each in refused.refusals]
    return preview_words(asking, granted), []


def _study(asking: Asking, found: PreviewWords | None, refused: list[str]) -> list[Beside]:
    if found is None:
        return _not_yet(asking, refused)
    facts = [*found.hours(), *_last_days(asking, found.after)]
    return [Beside(asking.say("pages.preview.stays"), [*found.stays(), *found.ends()], facts)]


def _last_days(asking: Asking, after: Contract) -> list[Fact]:
    """The last day at work, and the days off until then."""
    if after.end_on is None:
        return []
    worked = practice_days(after, asking.law, asking.today, after.end_on)
    free = [on for on in days(asking.today, after.end_on) if asking.law.holiday(on)]
    last = day(asking.language, worked[-1]) if worked else asking.say("words.not-stated")
    return [
        Fact(asking.say("pages.withdraw.last-work"), last),
        Fact(asking.say("pages.withdraw.practice-left"), number(asking.language, len(worked))),
        Fact(asking.say("pages.withdraw.holidays-left"), number(asking.language, len(free))),
        Fact(asking.say("pages.withdraw.after"), day(asking.language, after.end_on + DAY)),
    ]


def _money(asking: Asking, found: PreviewWords | None, refused: list[str]) -> list[Beside]:
    if found is None:
        return _not_yet(asking, refused)
    parts = []
    heads = [
        Column(asking.say("pages.withdraw.step")),
        Column(asking.say("pages.withdraw.figure"), number=True),
    ]
    for each in found.money():
        rows = [(line.label, line.figure) for line in each.lines]
        formula = [line.source for line in each.lines if line.source]
        lines: list[Words] = [each.sum, *formula, *([each.basis] if each.basis else [])]
        parts.append(Beside(each.meaning, lines, table=Table(each.meaning, heads, rows)))
    return parts or [Beside(asking.say("pages.withdraw.money"), [asking.say("words.nothing")])]


def _not_yet(asking: Asking, refused: list[str]) -> list[Beside]:
    if refused:
        return [Beside(asking.say("pages.withdraw.as-it-stands"), refused, warns=True)]
    return [Beside(asking.say("pages.withdraw.first-answers"), [asking.say("pages.withdraw.not-yet")])]


PLANS = (Plan(Withdraw, steps, shown=whom, first=first),)
