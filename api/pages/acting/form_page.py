"""A page of a form: its questions, what was typed, what is wrong with it, and what stands beside."""

from collections.abc import Mapping, Sequence

from fastapi.responses import HTMLResponse

from api.pages import render
from api.pages.acting.asking import Asking, Step
from api.pages.acting.compound import errors, shown
from api.pages.acting.previewed import caption
from api.pages.furniture import Page
from api.pages.parts import Link, Words
from api.pages.views import form
from api.pages.views.asked import Asked, Choose, Item
from api.security.signed_in import csrf


def form_page(asking: Asking, at: int, wrong: Mapping[str, str]) -> HTMLResponse:
    """`at`: the number of the step; with all of them on one page, the first."""
    step = whole(asking) if asking.whole else asking.steps[at - 1]
    view = asked(asking, step, at, wrong)
    single = len(asking.steps) == 1 or asking.whole
    page = Page(
        asking.title if single else step.name,
        section="contracts",
        caption=caption(asking) if single else _numbered(asking, at),
        back=_back(asking, at),
        failed=bool(view.errors),
    )
    return render(asking.reader.request, "ask.html", page, status=422 if view.errors else 200, view=view)


def whole(asking: Asking) -> Step:
    """Every step on one page."""
    steps = asking.steps
    return Step(
        asking.title,
        asking.questions,
        beside=[each for step in steps for each in step.beside],
        above=[each for step in steps for each in step.above],
        about=steps[0].about,
        buttons=[each for step in steps for each in step.buttons],
    )


def _numbered(asking: Asking, at: int) -> Words:
    """Which contract, what is to be done, and how far."""
    numbers = {"at": at, "of": len(asking.steps) + 1}
    if number := asking.state.number:
        return asking.say("pages.ask.step", about=number, command=asking.title, **numbers)
    return asking.say("pages.ask.step-of-new", command=asking.title, **numbers)


def _back(asking: Asking, at: int) -> str:
    if at > 1 and not asking.whole:
        return asking.to_step(at - 1)
    return asking.back


def asked(asking: Asking, step: Step, at: int, wrong: Mapping[str, str]) -> Asked:
    items = [item for question in step.questions for item in question.items(asking.typed, wrong)]
    then = asking.reader.request.query_params.get("then")
    return Asked(
        action=asking.to_step(at),
        items=items,
        buttons=_buttons(asking, step, at),
        hidden={"csrf": csrf(asking.reader.request)} | ({"then": then} if then else {}),
        about=[*step.about, *([asking.say("pages.ask.then-preview")] if at == 1 else [])],
        above=step.above,
        errors=_errors(items, wrong),
        beside=step.beside,
        steps=_steps(asking, at),
        links=_links(asking),
    )


def _buttons(asking: Asking, step: Step, at: int) -> Sequence[Choose]:
    last = at == len(asking.steps) or asking.whole
    buttons = [
        Choose(asking.say("pages.ask.to-preview" if last else "pages.ask.next"), plain=False),
        *step.buttons,
    ]
    if asking.keeps:
        buttons.append(Choose(asking.say("pages.ask.later"), "later", "yes"))
    return buttons


def _errors(items: Sequence[Item], wrong: Mapping[str, str]) -> list[Link]:
    """Each leads to its field; what is wrong with no field that is seen stands there too."""
    found = [Link(words, f"#{place}") for words, place in errors(items, wrong)]
    unseen = [message for name, message in wrong.items() if name not in shown(items)]
    return found or [Link(message, "#main") for message in unseen]


def _steps(asking: Asking, at: int) -> list[form.Step]:
    if len(asking.steps) == 1 or asking.whole:
        return []
    answered = {number for _, number in asking.said(asking.typed)}
    steps = [
        form.Step(step.name, asking.to_step(n) if n != at and (n in answered or n < at) else None, n == at)
        for n, step in enumerate(asking.steps, 1)
    ]
    return [*steps, form.Step(asking.say("pages.ask.last-step"))]


def _links(asking: Asking) -> list[Words]:
    if len(asking.steps) == 1:
        return []
    if asking.whole:
        return [Link(asking.say("pages.ask.step-by-step"), f"{asking.path}/1")]
    return [Link(asking.say("pages.ask.all-on-one"), f"{asking.path}?all=1")]
