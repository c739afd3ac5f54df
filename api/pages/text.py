"""What does the contract say, clause by clause, in both languages?"""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from api.formats import day
from api.languages import LANGUAGES, WORDS, say
from api.pages import moment_form, render
from api.pages.contract_terms import last_changes
from api.pages.furniture import Page
from api.pages.look import Look, look
from api.pages.parts import Fact, Link, Name, Row, Words
from api.pages.reader import Reading as Reader
from api.pages.views.text import Reading, Text
from api.queries.moments import Moment
from contracts.contract import Contract
from contracts.decision import DAY
from contracts.terms import CLAUSES, ClauseId, named_in
from contracts.two_clocks import Change, holds_from
from contracts.wording import SIGNED_LANGUAGES, sentences

router = APIRouter(include_in_schema=False)


@router.get("/contracts/{id}/text")
def text_page(id: UUID, reader: Reader, in_force_on: str = "", known_at: str = "") -> Response:
    query = dict(reader.request.query_params)
    path = f"/contracts/{id}/text"
    typed = moment_form.typed(query)
    read = moment_form.read(reader.language, query, reader.now, reader.law.zone) if typed else None
    if read and not read.wrong:
        return RedirectResponse(f"{path}?{urlencode(read.dates)}" if read.dates else path, 303)
    seen = look(reader, id, "text", in_force_on, known_at)
    page = Page(
        say(reader.language, "pages.text.title"),
        section="contracts",
        lead=say(reader.language, "pages.text.lead"),
        caption=seen.about(),
        crumbs=seen.crumbs("text"),
        sections=seen.sections("text"),
        moment=seen.bar("text"),
        failed=read is not None,
        read_up_to=seen.read_up_to,
    )
    view = Text(
        moment_form.two_clocks(seen, path, read, {}),
        _facts(seen),
        [Name(LANGUAGES[language], language) for language in SIGNED_LANGUAGES],
        readings(seen) if seen.then.version else (),
    )
    return render(reader.request, "text.html", page, status=422 if read else 200, view=view)


def _facts(seen: Look) -> list[Fact]:
    language, then = seen.language, seen.then
    facts = [
        Fact(say(language, "pages.text.form"), seen.found.law.form(seen.found.form_day(seen.at)).version)
    ]
    if then.text_hash:
        facts.append(Fact(say(language, "fields.text_hash"), then.text_hash))
    return facts


def readings(seen: Look) -> list[Reading]:
    languages = {*SIGNED_LANGUAGES, seen.language}
    written = {language: wording(seen, seen.then, seen.at, language) for language in languages}
    changed = {change.clause.id: change for change in last_changes(seen).values() if change.was is not None}
    found = []
    for number, clause in enumerate(written[SIGNED_LANGUAGES[0]], 1):
        change = changed.get(ClauseId(clause)) if clause in CLAUSES else None
        found.append(
            Reading(
                clause,
                number,
                name_of(seen.language, clause),
                [Name(written[language][clause], language) for language in SIGNED_LANGUAGES],
                _note(seen, change) if change else None,
                _earlier(seen, change) if change else None,
                None
                if seen.language in SIGNED_LANGUAGES
                else Name(written[seen.language][clause], seen.language),
            )
        )
    return found


def wording(seen: Look, then: Contract, at: Moment, language: str) -> dict[str, str]:
    """Each clause of the contract as it was then, with the names of people where the text holds their ids."""

    def name(person: UUID) -> str:
        return seen.names.people.get(person) or say(language, "words.erased")

    student = name(then.parties.student) if then.parties else None
    told = sentences(then, seen.found.law, seen.found.form_day(at), language, student)
    return {each.clause: _with_names(each.text, named_in(then.terms), name) for each in told}


def _with_names(text: str, people: Iterable[UUID], name: Callable[[UUID], str]) -> str:
    for person in people:
        text = text.replace(str(person), name(person))
    return text


def name_of(language: str, clause: str) -> str:
    """Clauses that stand in every contract have names of their own."""
    own = f"clauses.{clause}"
    return say(language, own if own in WORDS[language] else f"pages.text.clauses.{clause}")


def _note(seen: Look, change: Change) -> Words:
    since = day(seen.language, holds_from(change.by, seen.found.law))
    sentence = say(seen.language, "pages.text.reads-so", day=since)
    return Row([sentence, seen.entry_or_words(change.by.version)])


def _earlier(seen: Look, change: Change) -> Link | None:
    """The text of the day before, where the contract had one that bound."""
    before = holds_from(change.by, seen.found.law) - DAY
    first = seen.found.law.day(seen.found.rows[0].recorded_at)
    if before < first:
        return None
    query = urlencode({"in_force_on": before.isoformat()})
    return Link(
        say(seen.language, "pages.text.earlier"), f"/contracts/{seen.id}/text?{query}#{change.clause.id}"
    )
