"""After it was recorded: its number, both dates, what is next and for whom, and the papers that it brings."""

from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from api.formats import day, instant, number
from api.languages import LANGUAGES, say
from api.letters import TOLD
from api.pages import contract_steps, render
from api.pages.acting import answers
from api.pages.acting.asking import Asking
from api.pages.furniture import Page
from api.pages.look import Look, look
from api.pages.parts import Button, Fact, Lines, Link, Words
from api.pages.reader import Reader, Reading
from api.pages.views.contract import NextStep
from api.pages.views.done import Done
from api.security.sign_in import inside
from contracts.lifecycle import COMMANDS
from contracts.log.recorder import StoredEvent
from contracts.log.together import EVENTS
from contracts.two_clocks import holds_from

router = APIRouter(include_in_schema=False)

STEPS = 6
"""Tasks that are named; all of them stand on the contract's page."""


def done_page(reader: Reader, id: UUID, command: str, entry: int | None, then: str) -> HTMLResponse:
    """`entry`: position of the last event that was recorded; None: it was so already."""
    seen = look(reader, id, "allowed")
    row = _last_of(seen, entry) if entry is not None else None
    if entry is not None and row is None:
        raise HTTPException(404)
    page = Page(
        say(reader.language, "pages.done.title" if row else "pages.done.already"),
        section="contracts",
        lead=recorded(seen, row) if row else say(reader.language, "pages.done.already-lead"),
        caption=Lines(seen.title, [say(reader.language, f"commands.{command}")]),
        crumbs=seen.crumbs(),
        read_up_to=seen.read_up_to,
    )
    return render(reader.request, "done.html", page, view=done(seen, row, inside(then) if then else None))


def _last_of(seen: Look, entry: int) -> StoredEvent | None:
    """The entry of this contract that was made last by the deed whose last entry is that one: it may stand in
    the stream of another contract."""
    before = [row for row in seen.found.rows if entry - EVENTS < row.position <= entry]
    return before[-1] if before else None


def recorded(seen: Look, row: StoredEvent) -> str:
    """M4."""
    law = seen.found.law
    holds = holds_from(seen.found.entries[row.stream_version - 1], law)
    return say(
        seen.language,
        "pages.notice.done",
        number=row.position,
        instant=instant(seen.language, row.recorded_at, law.zone),
        day=day(seen.language, holds),
    )


def done(seen: Look, row: StoredEvent | None, then: str | None) -> Done:
    language = seen.language
    rows = of_one_append(seen, row) if row else []
    to_contract = Button(
        say(language, "pages.ask.to-contract"), f"/contracts/{seen.id}", "second" if then else ""
    )
    back = [Button(say(language, "pages.done.back-to-form"), then)] if then else []
    return Done(
        entries=[_entry(seen, each) for each in rows],
        next=_next(seen),
        letters=_letters(seen, rows),
        acts=[*back, to_contract, Link(say(language, "furniture.nav.worklist"), "/worklist")],
    )


def of_one_append(seen: Look, last: StoredEvent) -> list[StoredEvent]:
    """The entries that one deed made: recorded at one instant."""
    return [row for row in seen.found.rows if row.recorded_at == last.recorded_at]


def _entry(seen: Look, row: StoredEvent) -> Fact:
    sentence = seen.reader.speaker.event(seen.found.entries[row.stream_version - 1].event)
    link = seen.entry_or_words(row.stream_version)
    return Fact(number(seen.language, row.position), sentence, link)


def _next(seen: Look) -> list[NextStep]:
    return contract_steps.shown(seen, contract_steps.steps(seen)[:STEPS])


def _letters(seen: Look, rows: list[StoredEvent]) -> list[Words]:
    """In both official languages, and in the reader's."""
    row = next((each for each in rows if each.type in TOLD), None)
    if row is None:
        return []
    languages = ["kk", "ru", *(["en"] if seen.language == "en" else [])]
    own = sorted(languages, key=lambda each: each != seen.language)
    return [letter_link(seen, row, each) for each in own]


def letter_link(seen: Look, row: StoredEvent, language: str) -> Link:
    query = urlencode({"entry": row.position, "in": language})
    words = say(seen.language, "pages.done.letter", name=LANGUAGES[language])
    return Link(words, f"/contracts/{seen.id}/letter.pdf?{query}")


# Begun and put aside


def later_page(asking: Asking) -> HTMLResponse:
    """Where one comes back to, and until when."""
    kept = answers.kept(asking.reader.house, asking.person, asking.path)
    until = answers.kept_until(asking.today)
    page = Page(
        asking.say("pages.done.kept" if kept is not None else "pages.done.not-kept"),
        section="contracts",
        lead=asking.say("pages.done.kept-lead", day=day(asking.language, until))
        if kept is not None
        else None,
        caption=asking.title,
    )
    acts: list[Words] = [
        Button(asking.say("pages.done.go-on"), asking.href()),
        Link(asking.say("furniture.nav.worklist"), "/worklist"),
    ]
    return render(asking.reader.request, "done.html", page, view=Done((), (), (), acts, finished=False))


@router.get("/contracts/{id}/{command}/done")
def done_of_contract(
    id: UUID, command: str, reader: Reading, entry: int | None = None, already: int = 0, then: str = ""
) -> HTMLResponse:
    if command not in COMMANDS or (entry is None and not already):
        raise HTTPException(404)
    return done_page(reader, id, command, entry, then)
