"""The page that shows what a wish would bring, and asks to confirm it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec
from fastapi.responses import HTMLResponse

from api.languages import WORDS
from api.pages import render
from api.pages.acting import answers
from api.pages.acting.asking import Asking
from api.pages.acting.preview_words import PreviewWords
from api.pages.furniture import Page
from api.pages.names import with_people
from api.pages.parts import Fact, Link, Row, Words
from api.pages.views.form import Step
from api.pages.views.preview import Confirm, Differing, Preview
from api.security.signed_in import csrf
from contracts.decision import Command, DayMoved
from contracts.log.wishes import Granted

KEY = 24
"""Bytes."""


def preview_page(asking: Asking, wish: Command, granted: Granted, missing: bool = False) -> HTMLResponse:
    """`missing`: it was sent without the tick."""
    page = Page(
        asking.say("pages.preview.title"),
        section="contracts",
        lead=asking.say("pages.preview.lead"),
        caption=caption(asking),
        back=asking.to_step(len(asking.steps)),
        failed=missing,
    )
    view = preview(asking, wish, granted, missing)
    return render(asking.reader.request, "preview.html", page, status=422 if missing else 200, view=view)


def caption(asking: Asking) -> Words:
    return Row([asking.about, "·", asking.title])


def preview(asking: Asking, wish: Command, granted: Granted, missing: bool) -> Preview:
    words = preview_words(asking, granted)
    moved, another_day = _moved(asking), _day_moved(asking)
    return Preview(
        facts=[*_answers(asking), *words.hours()],
        recorded=words.recorded(),
        deadlines=words.deadlines(),
        money=words.money(),
        told=words.told(),
        tasks=words.tasks(),
        stays=words.stays(),
        for_good=words.for_good(),
        confirm=confirm(asking, wish, granted, missing),
        steps=_steps(asking),
        checked=checked(asking),
        moved=moved,
        closed=words.tasks("close"),
        ends=words.ends(),
        above=asking.plan.shown(asking, wish),
        day_moved=another_day,
        differs=differing(asking, words),
        another=bool(moved or another_day),
    )


def preview_words(asking: Asking, granted: Granted) -> PreviewWords:
    representatives = asking.representatives if asking.state.minor else frozenset()
    return PreviewWords(
        asking.language,
        asking.law,
        asking.today,
        asking.reader.house.mapper,
        with_people(asking.reader.house, asking.names, representatives),
        asking.words,
        asking.state,
        representatives,
        granted.events,
        granted.consequences,
        [entry.event for entry in asking.look.found.entries] if asking.look else (),
    )


def _answers(asking: Asking) -> list[Fact]:
    return [Fact(fact.label, fact.value) for fact, _ in asking.said(asking.typed)]


def confirm(asking: Asking, wish: Command, granted: Granted, missing: bool) -> Confirm:
    named = f"pages.ask.promise.{wish.type}"
    key = named if named in WORDS["en"] else "pages.ask.promise.any"
    hidden = {
        "csrf": csrf(asking.reader.request),
        "version": str(granted.version) if asking.seen_version else "",
        "idempotency_key": secrets.token_urlsafe(KEY),
        "preview_digest": granted.digest,
        "answers": answers.carried(asking.reader.house, asking.person, asking.path, asking.typed),
    }
    return Confirm(
        asking.href("preview"),
        hidden,
        asking.say(key),
        asking.say("pages.preview.do", command=asking.title),
        danger=asking.plan.danger,
        others=[Link(asking.say("pages.ask.change-answer"), asking.to_step(1))]
        + ([Link(asking.say("pages.ask.later"), asking.href("later"))] if asking.keeps else []),
        error=asking.say("pages.preview.promise-needed") if missing else None,
    )


def _steps(asking: Asking) -> list[Step]:
    if len(asking.steps) == 1:
        return []
    found = [Step(step.name, asking.to_step(at)) for at, step in enumerate(asking.steps, 1)]
    return [*found, Step(asking.say("pages.ask.last-step"), current=True)]


def checked(asking: Asking) -> Sequence[str]:
    """Rules that were asked and are met: what the plan names, as the law of the day says them."""
    return [
        asking.law.rule(id_, asking.today).text[asking.language]
        for id_ in CHECKED.get(asking.plan.command.type, ())
    ]


CHECKED: Mapping[str, Sequence[str]] = {
    "withdraw": ("contract.state", "withdrawal.ground", "withdrawal.notice"),
    "propose-schedule-change": (
        *("schedule.practice-share", "schedule.hours", "schedule.notice"),
        *("schedule.clash", "schedule.open"),
    ),
    "answer-schedule-change": ("schedule.answered", "schedule.not-asked"),
    "sign": ("formation.hash", "formation.signer", "formation.late", "formation.order"),
    "consent": ("formation.hash", "formation.late", "formation.own-child"),
    "offer": (
        "formation.incomplete",
        "formation.practice-share",
        "formation.hours-age",
        "formation.capacity",
    ),
    "expel": ("withdrawal.charter", "withdrawal.heard"),
}
"""The rules that say most about a wish; the others are asked too."""


# What was shown first and holds no longer


def _moved(asking: Asking) -> list[Link]:
    """Entries since the version that was seen first (M8)."""
    seen = asking.typed.get("_seen", "")
    if asking.look is None or not seen.isdecimal():
        return []
    rows = asking.look.found.rows[int(seen) :]
    return [_entry(asking, row.stream_version) for row in rows]


def _entry(asking: Asking, version: int) -> Link:
    look = asking.look
    if look is None:
        raise LookupError("an entry is one of a contract")
    sentence = look.reader.speaker.event(look.found.entries[version - 1].event)
    position = look.found.rows[version - 1].position
    return Link(sentence, f"/contracts/{look.id}/history#e-{position}")


def _day_moved(asking: Asking) -> str | None:
    if asking.typed.get("_day") in {None, asking.today.isoformat()}:
        return None
    return asking.reader.speaker.refusal(DayMoved(asking.today))


def differing(asking: Asking, words: PreviewWords) -> list[Differing]:
    """Against what was shown first, line by line, part by part."""
    if (before := asking.typed.get("_shown")) is None:
        return []
    was = replace(words, shown=msgspec.json.decode(before)).lines()
    found = []
    for part, lines in words.lines().items():
        gone = [line for line in was[part] if line not in lines]
        come = [line for line in lines if line not in was[part]]
        if gone or come:
            found.append(Differing(asking.say(f"pages.preview.{part}"), gone, come))
    return found
