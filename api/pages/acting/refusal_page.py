"""Why a wish was not granted, and what now: every rule in the way, how it is cured, what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi.responses import HTMLResponse

from api.formats import day, instant
from api.pages import render
from api.pages.acting import answers
from api.pages.acting.asking import Asking
from api.pages.acting.previewed import CHECKED, caption
from api.pages.furniture import Page
from api.pages.law import cited
from api.pages.parts import Button, Fact, Link, Name, Row, Words
from api.pages.views.refusal import Check, Cure, Reason, Refusal, Rule, Take
from api.refusals import see
from api.security.signed_in import csrf
from api.sentences import fields_of
from contracts import decision, law
from contracts.decision import DAY, NotParty
from contracts.lifecycle import COMMANDS
from contracts.schedule import NoticeTooShort as ScheduleNoticeTooShort
from contracts.schedule_answer import Superseded
from contracts.withdrawal import NoticeTooShort
from contracts.wording import SIGNED_LANGUAGES

TEXTS = frozenset({"signed", "offered"})
"""Facts that are digests."""

NEW = {
    "contract": "/contracts/new",
    "organisation": "/organisations/new",
    "person": "/people/new",
    "memorandum": "/memoranda/new",
    "preliminary": "/preliminaries/new",
}
"""Where something begins, by its kind."""

EFFECTIVE = ("end_on", "from_on")
"""Fields of a wish that say from when it holds."""


@dataclass(frozen=True)
class Attempt:
    """Under which number it was written down that something was tried, and when that was."""

    number: str
    at: datetime


def refusal_page(
    asking: Asking, refusals: Sequence[decision.Refusal], attempt: Attempt | None = None
) -> HTMLResponse:
    """`attempt` None: nothing was tried, a rule is known to stand in the way."""
    only = refusals[0] if len(refusals) == 1 else None
    page = Page(
        asking.say("pages.refusal.title"),
        section="contracts",
        lead=asking.reader.speaker.refusal(only) if only else None,
        caption=caption(asking),
        back=asking.href() if asking.typed else asking.back,
        failed=True,
    )
    view = refusal(asking, refusals, attempt)
    return render(asking.reader.request, "refusal.html", page, status=409, view=view)


def refusal(asking: Asking, refusals: Sequence[decision.Refusal], attempt: Attempt | None) -> Refusal:
    answered = asking.said(asking.typed)
    return Refusal(
        reasons=[_reason(asking, each) for each in refusals],
        checks=_checks(asking, refusals),
        kept_until=day(asking.language, answers.kept_until(asking.today)) if answered else None,
        answers=[
            Fact(fact.label, fact.value, Link(asking.say("words.change"), asking.to_step(at)))
            for fact, at in answered
        ],
        again=Link(asking.say("pages.ask.try-again"), asking.href() if answered else asking.back),
        later=Link(asking.say("pages.ask.later"), asking.href("later")) if answered else None,
        attempt=_attempt(asking, attempt),
        plain=_plain(asking, refusals, attempt),
        links=[Link(asking.say("pages.ask.to-contract"), asking.back)] if asking.look else [],
        kept=bool(answered),
    )


def _attempt(asking: Asking, attempt: Attempt | None) -> str:
    at = instant(asking.language, attempt.at if attempt else asking.reader.now, asking.law.zone)
    return asking.say("pages.refusal.attempt", number=attempt.number, instant=at) if attempt else at


def _plain(asking: Asking, refusals: Sequence[decision.Refusal], attempt: Attempt | None) -> list[str]:
    """All of it as lines that can be copied."""
    lines = [f"{asking.state.number or asking.say('pages.contract.kind')} · {asking.title}"]
    for each in refusals:
        rule = in_force(asking, each.type, effective_on(asking))
        lines.append(f"{each.code}. {asking.reader.speaker.refusal(each)} {cited(asking.language, rule)}.")
        lines += [asking.say(f"cures.{cure.what}") for cure in _cures(asking, each)]
    return [*lines, _attempt(asking, attempt)]


def _reason(asking: Asking, refused: decision.Refusal) -> Reason:
    cures = [_cure(asking, refused, each) for each in _cures(asking, refused)]
    return Reason(asking.reader.speaker.refusal(refused), cures, _rule(asking, refused))


# Cures


def _cures(asking: Asking, refused: decision.Refusal) -> list[decision.Cure]:
    """One a deed: where several roles may do it, the asker's own role stands for all."""
    found: dict[tuple[str, str | None], decision.Cure] = {}
    for each in refused.cures:
        known = found.get((each.what, each.command))
        if known is None or _mine(asking, each):
            found[each.what, each.command] = each
    return list(found.values())


def _mine(asking: Asking, cure: decision.Cure) -> bool:
    """Whether the one who asks may do it."""
    may = COMMANDS[cure.command].by if cure.command in COMMANDS else frozenset({cure.who})
    return bool(asking.roles & may)


def _cure(asking: Asking, refused: decision.Refusal, cure: decision.Cure) -> Cure:
    what = asking.say(f"cures.{cure.what}")
    mine = _mine(asking, cure)
    who = asking.say("pages.contract.you") if mine else asking.say(f"roles.{cure.who}")
    if mine:
        taken = take(asking, refused) if cure.command == asking.plan.command.type else None
        return Cure(who, what, act=taken or _way(asking, refused, cure))
    return Cure(who, what, message=_message(asking, refused, what))


def take(asking: Asking, refused: decision.Refusal) -> Take | None:
    """The day that the refusal itself names, to be taken with one click."""
    match refused:
        case NoticeTooShort():
            field, on = "end_on", refused.earliest
        case ScheduleNoticeTooShort():
            field, on = "from_on", worked(asking, refused.earliest)
        case _:
            return None
    found = next((each for each in asking.questions if each.name == field), None)
    if found is None:
        return None
    text = asking.say("pages.ask.take-day", day=day(asking.language, on))
    return Take(asking.href("take"), csrf(asking.reader.request), urlencode(found.typed(on)), text)


def worked(asking: Asking, on: date) -> date:
    """The day or the next that is no day off: on one a schedule may not begin."""
    while not asking.law.working(on):
        on += DAY
    return on


def _way(asking: Asking, refused: decision.Refusal, cure: decision.Cure) -> Words | None:
    """To the deed, and to the page on which it stands why."""
    deed, why = _button(asking, refused, cure), _why(asking, refused)
    return Row([deed, why]) if deed and why else deed or why


def _why(asking: Asking, refused: decision.Refusal) -> Link | None:
    if asking.look is None:
        return None
    page = see(refused, asking.look.id, asking.reader.house.desk.stored, asking.today)
    return Link(asking.say(f"pages.ask.see.{refused.code}"), page) if page else None


def _button(asking: Asking, refused: decision.Refusal, cure: decision.Cure) -> Words | None:
    """The way to the deed, which leads back here."""
    if isinstance(refused, Superseded) and asking.look:
        path = f"/contracts/{asking.look.id}/{cure.command}?proposal={refused.newer}"
        return Button(asking.say("pages.ask.to-newer"), path, "little")
    if cure.command is None or (path := _path(asking, cure.command)) is None:
        return None
    if cure.command == asking.plan.command.type:
        return Button(asking.say("pages.ask.change-answer"), asking.href(), "little")
    back = quote(asking.href("preview" if asking.typed else ""), safe="")
    return Button(asking.say(f"commands.{cure.command}"), f"{path}?then={back}", "little")


def _path(asking: Asking, command: str) -> str | None:
    """The form of that command: about this contract, about its student, of one's own organisation, or new."""
    kind, organisation = COMMANDS[command], asking.reader.asked.organisation
    if kind.begins:
        return NEW.get(kind.stream)
    if kind.stream == "contract":
        return f"{asking.back}/{command}" if asking.look else None
    if kind.stream == "organisation":
        return f"/organisations/{organisation.bin}/{command}" if organisation else None
    parties = asking.state.parties if asking.look else None
    return f"/people/{parties.student}/{command}" if kind.stream == "person" and parties else None


def _message(asking: Asking, refused: decision.Refusal, what: str) -> str:
    """What can be sent to who can cure it: which contract, what was tried, what stands in the way."""
    number = asking.state.number
    lines = [
        *([asking.say("pages.ask.message-about", number=number)] if number else []),
        asking.say("pages.ask.message-tried", command=asking.title),
        asking.reader.speaker.refusal(refused),
        asking.say("pages.ask.message-please", what=what),
    ]
    return " ".join(lines)


# The rule


def effective_on(asking: Asking) -> date:
    """The day whose law is cited: from which the wish would hold, else today."""
    wish, _ = asking.wish(asking.typed)
    return next((on for name in EFFECTIVE if (on := getattr(wish, name, None))), asking.today)


def in_force(asking: Asking, id_: str, on: date) -> law.Rule:
    """The rule as it holds that day; as today where no law of that day is known."""
    try:
        return asking.law.rule(id_, on)
    except LookupError:
        return asking.law.rule(id_, asking.today)


def _rule(asking: Asking, refused: decision.Refusal) -> Rule:
    on = effective_on(asking)
    rule = in_force(asking, refused.type, on)
    text = Link(asking.say("pages.ask.about-rule"), f"/law/{rule.id}?on={on}")
    source: list[Words] = [cited(asking.language, rule)]
    if rule.source.link:
        words = asking.say("pages.ask.law-on-day", day=day(asking.language, on))
        source.append(Link(words, rule.source.link))
    facts = [
        Fact(asking.say("pages.rule.code"), Row([refused.code, text])),
        Fact(asking.say("pages.rule.source"), Row(source)),
        Fact(
            asking.say("pages.rule.in-force"),
            asking.say("pages.rule.from", day=day(asking.language, rule.source.in_force_from)),
        ),
    ]
    return Rule(facts, [Name(rule.text[official], official) for official in SIGNED_LANGUAGES])


# What was checked


def _checks(asking: Asking, refusals: Sequence[decision.Refusal]) -> list[Check]:
    """Those that are not met, each with what was found; then those of this wish that are."""
    failed = [_unmet(asking, each) for each in refusals]
    if any(isinstance(each, NotParty | decision.DayMoved) for each in refusals):
        return failed
    broken = {each.type for each in refusals}
    if "contract.state" in broken:
        return failed  # nothing else is asked then
    met = [
        Check(_needs(asking, id_), asking.say("pages.ask.in-order"), True)
        for id_ in CHECKED.get(asking.plan.command.type, ())
        if id_ not in broken
    ]
    return [*failed, *met]


def _unmet(asking: Asking, refused: decision.Refusal) -> Check:
    hidden = [name for name, value in fields_of(refused) if isinstance(value, UUID) or name in TEXTS]
    facts = asking.reader.speaker.facts(refused, without=hidden)
    found = "; ".join(f"{label}: {value}" for label, value in facts)
    return Check(_needs(asking, refused.type), found or asking.say("words.not-stated"), False)


def _needs(asking: Asking, rule: str) -> str:
    return asking.law.rule(rule, asking.today).text[asking.language]
