"""Our record was wrong: which entry, which field, what should stand there; and a second person's answer."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from api.formats import day
from api.languages import WORDS
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.compound import Fixed
from api.pages.acting.questions import Choice, Question
from api.pages.parts import Fact, Link, Words
from api.pages.views.asked import Beside
from api.pages.views.form import Option
from api.queries.moments import metadata
from contracts.correction import Correct, own_entry
from contracts.correction_answer import ApproveCorrection, FollowCorrection, RejectCorrection
from contracts.decision import Command
from contracts.dossier import Correction
from contracts.righting import paths
from contracts.terms import REGISTER
from contracts.withdrawal import Noticed, RevokeNotice

WHOLE = "whole"
"""In place of a field: the entry should not stand at all."""


# To propose


def steps(asking: Asking) -> list[Step]:
    return [
        Step(
            asking.title,
            [_entry(asking), _field(asking), *_rest(asking)],
            above=[_which(asking), *_about_entry(asking)],
            about=[asking.say("pages.ask.about.correct")],
        )
    ]


def named(asking: Asking) -> int | None:
    """The version of the entry that the form is about, as the address says or as was chosen."""
    text = asking.reader.request.query_params.get("entry") or asking.typed.get("entry", "")
    known = len(asking.look.found.rows) if asking.look else 0
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= known else None


def _entry(asking: Asking) -> Question:
    shared = asked._shared(asking, "entry")
    if found := named(asking):
        return Fixed(shown=str(found), means=int, **shared)
    return Choice(kind="list", options=[*_own(asking)], means=int, **shared)


def _own(asking: Asking) -> Iterator[Option]:
    """Entries of the side that asks, newest first."""
    if asking.look is None or asking.role is None:
        return
    behalf = asking.reader.asked.caller.on_behalf_of
    for row in reversed(asking.look.found.rows):
        by = metadata(row)
        if own_entry(by.get("role"), by.get("on_behalf_of"), asking.role, behalf):
            event = asking.look.found.entries[row.stream_version - 1].event
            on = day(asking.language, asking.law.day(row.recorded_at))
            yield Option(str(row.stream_version), f"{on}: {asking.reader.speaker.event(event)}")


def _field(asking: Asking) -> Question:
    entry = named(asking)
    options = [Option(path, words) for path in _paths(asking, entry) if (words := name_of(asking, path))]
    whole = Option(WHOLE, asking.say("pages.ask.correct.whole"))
    return Choice(options=[*options, whole] if entry else [], **asked._shared(asking, "field"))


def _paths(asking: Asking, entry: int | None) -> Sequence[str]:
    if asking.look is None or entry is None:
        return ()
    return paths([each.event for each in asking.look.found.entries], entry)


def name_of(asking: Asking, path: str) -> str | None:
    """The field in words; of a clause its name and the part. None: there is no word for it."""
    clauses = {clause.field: f"clauses.{clause.id}" for clause in REGISTER}
    found = []
    for name in path.split("."):
        keys = (clauses.get(name, ""), f"pages.ask.parts.{name}", f"fields.{name}")
        key = next((key for key in keys if key in WORDS["en"]), None)
        if name not in ("terms", "parties"):
            found.append(asking.say(key) if key else None)
    words = [each for each in found if each]
    return ": ".join(words) if len(words) == len(found) else None


def _rest(asking: Asking) -> list[Question]:
    return asked.questions(asking)


def _which(asking: Asking) -> Beside:
    """A change or a correction (M7)."""
    changed = asking.say("pages.ask.correct.fact-changed")
    wrong = asking.say("pages.ask.correct.record-wrong")
    return Beside(
        asking.say("pages.ask.correct.what-happened"),
        [
            Link(changed, f"/contracts/{asking.stream_id}") if asking.stream_id else changed,
            wrong,
        ],
    )


def _about_entry(asking: Asking) -> list[Beside]:
    entry = named(asking)
    return [_said(asking, entry, [])] if entry else []


def _said(asking: Asking, entry: int, more: Sequence[Fact]) -> Beside:
    """What an entry says as it stands, with a way to it."""
    look = asking.look
    if look is None:
        raise LookupError("an entry is one of a contract")
    event = look.found.entries[entry - 1].event
    lines: list[Words] = [look.reader.speaker.event(event), look.entry_or_words(entry)]
    facts = [
        Fact(label, value)
        for label, value in look.reader.speaker.facts(event, [*event.apart, "terms", "parties", "right"])
        if not isinstance(value, UUID)
    ]
    return Beside(asking.say("pages.ask.correct.as-recorded"), lines, [*facts, *more])


def build(asking: Asking, values: dict[str, Any]) -> Command:
    chosen = {name: value for name, value in values.items() if (name, value) != ("field", WHOLE)}
    return Correct(**chosen)


def shown(asking: Asking, wish: Command) -> list[Beside]:
    return [_said(asking, wish.entry, [])] if isinstance(wish, Correct) else []


# To answer


def answer_steps(asking: Asking) -> list[Step]:
    about = [asking.say(f"pages.ask.about.{asking.plan.command.type}")]
    found = wanted(asking)
    fixed = Fixed(shown=str(found.id) if found else "", means=UUID, **asked._shared(asking, "correction"))
    rest = [question for question in asked.questions(asking) if question.name != "correction"]
    above = [_asked_for(asking, found)] if found else []
    return [Step(asking.title, [fixed, *rest], above=above, about=about)]


def wanted(asking: Asking) -> Correction | None:
    """The correction that the form is about: as the address says, else the newest that waits for this."""
    chosen = asking.reader.request.query_params.get("correction") or asking.typed.get("correction")
    known = [*reversed(asking.state.corrections)]
    by_address = (each for each in known if str(each.id) == chosen)
    waits = (each for each in known if _waits(asking, each))
    return next(by_address, next(waits, None))


def _waits(asking: Asking, each: Correction) -> bool:
    if asking.plan.command is FollowCorrection:
        return bool(asking.roles & each.to_follow)
    return each.outcome is None


def _asked_for(asking: Asking, found: Correction) -> Beside:
    facts = [Fact(asking.say("fields.by"), asking.say(f"roles.{found.by}"))]
    if found.field is None:
        facts.append(Fact(asking.say("fields.right"), asking.say("pages.history.should-not-stand")))
    else:
        right = found.right or asking.say("words.not-stated")
        facts.append(Fact(asking.say("fields.field"), name_of(asking, found.field) or found.field))
        facts.append(Fact(asking.say("fields.right"), right))
    return _said(asking, found.entry, facts)


# A change, or a correction


def revoke_steps(asking: Asking) -> list[Step]:
    """Before a notice is revoked it is asked whether it should ever have been recorded."""
    return [
        Step(
            asking.title,
            asked.questions(asking),
            above=_change_or_correction(asking),
            about=[asking.say("pages.ask.about.any")],
        )
    ]


def _change_or_correction(asking: Asking) -> list[Beside]:
    look = asking.look
    entries = look.found.entries if look else ()
    noticed = [entry.version for entry in entries if isinstance(entry.event, Noticed)]
    lines: list[Words] = [asking.say("pages.ask.correct.fact-changed-here")]
    if noticed and asking.roles & Correct.by:
        way = f"/contracts/{asking.stream_id}/correct?entry={noticed[-1]}"
        lines.append(Link(asking.say("pages.ask.correct.record-wrong-go"), way))
    else:
        lines.append(asking.say("pages.ask.correct.record-wrong-ask"))
    return [Beside(asking.say("pages.ask.correct.what-happened"), lines)]


PLANS = (
    Plan(Correct, steps, build=build, shown=shown),
    Plan(ApproveCorrection, answer_steps),
    Plan(RejectCorrection, answer_steps),
    Plan(FollowCorrection, answer_steps),
    Plan(RevokeNotice, revoke_steps),
)
