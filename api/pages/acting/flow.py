"""From the first question to the entry: answers are kept, what would follow is shown, then it is done once.
Every page that can be come back to is a GET, so that a reload or another language changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from fastapi import HTTPException
from fastapi.responses import RedirectResponse, Response

from api.pages.acting import answers
from api.pages.acting.asking import Asking, Step, with_answers
from api.pages.acting.compound import leaves
from api.pages.acting.deed import Confirmed, Deed
from api.pages.acting.form_page import form_page, whole
from api.pages.acting.previewed import preview_page
from api.pages.acting.questions import Answers, Wrong
from api.pages.acting.refusal_page import Attempt, refusal_page
from api.pages.acting.unsure import unsure_page
from contracts.canonical import canonical
from contracts.decision import Command, DayMoved, Refusal, Refused
from contracts.log.errors import BoundaryMoved, OutcomeUnknown, Unavailable, VersionMoved
from contracts.log.errors import DayMoved as MidnightPassed
from contracts.log.wishes import Granted, StaleVersion

SENT = frozenset({"csrf", "later", "stay", "then", "take", "set"})
"""Fields of a form that are no answers. `take`: answers that a button fills in on the way on; `set`: that it
fills in and stays; `stay`: where on the page to come back to."""

ATTEMPTED = ("_attempt", "_attempted_at")


# The form


def show_form(asking: Asking, at: int = 1) -> Response:
    """A rule that is known to stand in the way is told before anything is typed."""
    if not asking.plan.open(asking) and (refusals := known_refusals(asking)):
        return refusal_page(asking, refusals)
    if len(asking.steps) > 1 and not asking.whole and not 1 <= at <= len(asking.steps):
        return RedirectResponse(asking.to_step(1), 303)
    wrong: Wrong = {}
    if "wrong" in asking.reader.request.query_params:
        wrong = wrong_in(asking, page_of(asking, at), asking.typed)
    return form_page(asking, at, wrong)


def page_of(asking: Asking, at: int) -> Step:
    return whole(asking) if asking.whole else asking.steps[at - 1]


def known_refusals(asking: Asking) -> list[Refusal]:
    if asking.stream_id is None or asking.plan.command.begins:
        return []
    house, caller = asking.reader.house, asking.reader.asked.caller
    answered = {each.command: each.refusals for each in house.desk.allowed(asking.stream_id, caller)}
    return [*answered.get(asking.plan.command.type, ())]


def wrong_in(asking: Asking, step: Step, typed: Answers) -> Wrong:
    """What is wrong on this page; on the last one also what only the whole wish shows."""
    wrong: Wrong = {}
    for question in step.questions:
        question.read(typed, wrong)
    if wrong or (step.name != asking.steps[-1].name and not asking.whole):
        return wrong
    _, wrong = asking.wish(typed)
    return wrong


def take_form(asking: Asking, at: int, sent: Answers) -> Response:
    """Keeps what was typed, right or wrong, and leads on."""
    if not asking.whole and not 1 <= at <= len(asking.steps):
        raise HTTPException(404)
    step = page_of(asking, at)
    typed = asking.plan.taken(asking.reader, merged(asking, step, sent))
    keep(asking, typed)
    if "later" in sent:
        return go(asking.href("later"))
    if "stay" in sent or "set" in sent:
        return go(f"{asking.to_step(at)}#{_word(sent.get('stay', ''))}")
    now = with_answers(asking, typed)
    last = at == len(now.steps) or now.whole
    if wrong_in(now, page_of(now, at), typed):
        return go(now.to_step(at, wrong="1"))
    return tried(now) if last else go(now.to_step(at + 1))


def merged(asking: Asking, step: Step, sent: Answers) -> answers.Kept:
    """What is kept with what this page sent; what a page could have sent and did not is no more."""
    names = [question.name for question in step.questions]
    kept = {
        name: text
        for name, text in answers.typed_only(asking.typed).items()
        if not any(name == own or name.startswith(f"{own}-") for own in names)
    }
    hidden = {q.name for q in leaves(step.questions) if q.secret}
    for name in hidden & asking.typed.keys():
        if not sent.get(name, "").strip():
            sent = {**sent, name: asking.typed[name]}
    given = {name: text for name, text in sent.items() if name not in SENT and not name.startswith("_")}
    then = sent.get("then") or asking.typed.get("_then")
    taken = offered(sent.get("take", sent.get("set", "")), names)
    return kept | given | taken | ({"_then": then} if then else {})


def offered(answers_: str, names: Sequence[str]) -> answers.Kept:
    """Answers as an address would say them, to questions of these names."""
    found = parse_qsl(answers_, keep_blank_values=True, max_num_fields=20)
    return {name: text for name, text in found if any(name == n or name.startswith(f"{n}-") for n in names)}


def take_over(asking: Asking, sent: Answers) -> Response:
    """An answer that a refusal offered, in place of the one that was typed."""
    known = offered(sent.get("answers", ""), [question.name for question in asking.questions])
    return tried(with_answers(asking, answers.typed_only(asking.typed) | known))


def tried(asking: Asking) -> Response:
    """The whole wish, decided: what it would bring, or what stands in its way, is kept to be shown."""
    command, wrong = asking.wish(asking.typed)
    if command is None:
        keep(asking, asking.typed)
        return go(_to_wrong(asking, wrong))
    try:
        granted = _deed(asking, command).attempt()
    except Refused as refused:
        keep(asking, asking.typed | _attempted(asking, refused))
        return go(asking.href("preview"))
    keep(asking, _first_shown(asking, granted))
    return go(asking.href("preview"))


def _first_shown(asking: Asking, granted: Granted) -> answers.Kept:
    own = {
        "_shown": canonical(granted.consequences),
        "_seen": str(granted.version) if asking.seen_version else "",
        "_day": asking.today.isoformat(),
    }
    return {name: text for name, text in asking.typed.items() if name not in ATTEMPTED} | own


def _attempted(asking: Asking, refused: Refused) -> answers.Kept:
    """Under which number a refusal was written down, and when: both stay the same when it is shown again."""
    if refused.attempt is None:
        return {}
    return dict(zip(ATTEMPTED, (str(refused.attempt), asking.reader.now.isoformat()), strict=True))


def _attempt(typed: answers.Kept) -> Attempt | None:
    number, at = (typed.get(name) for name in ATTEMPTED)
    return Attempt(number, datetime.fromisoformat(at)) if number and at else None


def _to_wrong(asking: Asking, wrong: Mapping[str, str]) -> str:
    """The first step that has something to put right."""
    first = next(iter(wrong))
    asked = [
        at
        for at, step in enumerate(asking.steps, 1)
        if any(first == q.name or first.startswith(f"{q.name}-") for q in step.questions)
    ]
    return asking.to_step(asked[0] if asked else len(asking.steps), wrong="1")


# The preview


def show_preview(asking: Asking) -> Response:
    command, wrong = asking.wish(asking.typed)
    if command is None:
        return go(_to_wrong(asking, wrong) if asking.typed else asking.to_step(1))
    try:
        granted = _deed(asking, command).preview()
    except Refused as refused:
        return refusal_page(asking, refused.refusals, _attempt(asking.typed))
    missing = "unticked" in asking.reader.request.query_params
    return preview_page(asking, command, granted, missing)


def confirm(asking: Asking, sent: Answers) -> Response:
    remembered = {n: text for n, text in asking.typed.items() if n.startswith(answers.OWN)}
    brought = answers.brought_back(asking.reader.house, asking.person, asking.path, sent.get("answers", ""))
    typed = (answers.typed_only(asking.typed) if brought is None else brought) | remembered
    now = with_answers(asking, typed)
    if not sent.get("promise"):
        keep(now, typed)
        return go(now.href("preview", unticked="1"))
    command, wrong = now.wish(typed)
    if command is None:
        keep(now, typed)
        return go(_to_wrong(now, wrong))
    version = sent.get("version", "")
    confirmed = Confirmed(
        int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else None,
        sent.get("idempotency_key", "")[:100],
        sent.get("preview_digest", ""),
    )
    return _done(now, command, confirmed, sent)


def _done(asking: Asking, command: Command, confirmed: Confirmed, sent: Answers) -> Response:
    deed = _deed(asking, command)
    try:
        granted = deed.execute(confirmed)
    except (StaleVersion, VersionMoved, BoundaryMoved, MidnightPassed):
        keep(asking, asking.typed)
        return go(asking.href("preview"))
    except Refused as refused:
        shown_again = all(isinstance(each, DayMoved) for each in refused.refusals)
        keep(asking, asking.typed | ({} if shown_again else _attempted(asking, refused)))
        return go(asking.href("preview"))
    except (OutcomeUnknown, Unavailable) as error:
        return unsure_page(asking, sent, known=isinstance(error, Unavailable))
    answers.drop(asking.reader.house, asking.person, asking.path)
    return go(done_path(asking, granted))


def done_path(asking: Asking, granted: Granted) -> str:
    path = f"{asking.path}/done"
    if asking.plan.command.stream == "contract":
        path = f"/contracts/{granted.stream_id}/{asking.plan.command.type}/done"
    query = {"entry": str(granted.position)} if granted.events else {"already": "1"}
    if then := asking.typed.get("_then"):
        query["then"] = then
    return f"{path}?{urlencode(query)}"


# Shared


def keep(asking: Asking, typed: answers.Kept) -> None:
    answers.keep(asking.reader.house, asking.person, asking.path, typed)


def go(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})


def _deed(asking: Asking, command: Command) -> Deed:
    return Deed(asking.reader, command, asking.stream_id, asking.path)


def _word(text: str) -> str:
    return text if text.replace("-", "").replace("_", "").isalnum() else ""
