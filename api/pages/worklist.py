"""What must I do, by when, and what if I do not?"""

import re
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api import drafts
from api.commands import PLACES
from api.drafts import FormDraft
from api.formats import day
from api.languages import WORDS, say
from api.pages import render
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, person_name, read_up_to
from api.pages.names import roles
from api.pages.parts import Button, Fact, Link, Row, Tag, Words
from api.pages.reader import Reader, Reading
from api.pages.typed_day import distance
from api.pages.views.worklist import Group, Task, WorkList
from api.queries.lists import sight
from api.queries.moments import note_read
from contracts.lifecycle import COMMANDS
from contracts.log.wishes import NotFound
from projections import worklist
from projections.worklist import Group as Due
from projections.worklist import ToDo

router = APIRouter(include_in_schema=False)

CONTRACT = re.compile(r"/contracts/([0-9a-f-]{36})/")

SOON = 3
"""Days from which on a deadline is marked."""


@router.get("/worklist")
def worklist_page(reader: Reading, after: str = "", group: str = "") -> HTMLResponse:
    caught_up(reader, "worklist")
    groups = (Due(group),) if group in set(Due) else tuple(Due)
    seen = sight(reader.house, reader.asked, "worklist")
    with reader.house.pool.connection() as connection:
        found = worklist.tasks(connection, seen, groups=groups, after=after or None)
    ids = {each.contract_id for each in found.items}
    note_read(reader.house, reader.asked, "worklist", shown=ids, position=found.as_of.position)
    page = Page(
        say(reader.language, "pages.worklist.title"),
        section="worklist",
        lead=lead(reader, found),
        read_up_to=read_up_to(found.as_of),
    )
    return render(reader.request, "worklist.html", page, view=shown(reader, found, group))


def lead(reader: Reader, found: worklist.WorkList) -> str:
    """How many there are, of which kind."""
    counts = {group.value.replace("_", "-"): count for group, count in found.counts.items()}
    return " ".join(say(reader.language, f"pages.worklist.{name}-count", n=n) for name, n in counts.items())


def shown(reader: Reader, found: worklist.WorkList, group: str) -> WorkList:
    language = reader.language
    own = found.total - found.counts[Due.WAITING]
    return WorkList(
        groups=[
            Group(
                say(language, f"pages.worklist.{due}"),
                found.counts[due],
                [task(reader, each) for each in tasks],
            )
            for due, tasks in groupby(found.items, key=lambda each: each.group)
        ],
        drafts=[_draft(reader, each) for each in drafts.of(reader.house, reader.asked.caller.person)],
        empty=None if own else _nothing(reader, found),
        after=address("/worklist", {"group": group, "after": found.next or ""}) if found.next else None,
    )


def _nothing(reader: Reader, found: worklist.WorkList) -> str:
    """And the next day that matters, of others' tasks."""
    waiting = [each.due_on for each in found.items if each.due_on and each.due_on >= reader.today]
    if not waiting:
        return say(reader.language, "pages.worklist.nothing")
    return say(reader.language, "pages.worklist.nothing-until", day=day(reader.language, min(waiting)))


def task(reader: Reader, each: ToDo) -> Task:
    language, place = reader.language, f"/{PLACES[each.kind]}/{each.stream_id}"
    waiting = each.group is Due.WAITING
    about = [
        Fact(
            say(language, f"pages.worklist.{each.kind}"),
            Link(each.number or say(language, "pages.contract.draft"), place),
        ),
    ]
    if each.student:
        student = person_name(reader, each.student_name)
        about.append(Fact(say(language, "pages.contract.student"), student))
    if waiting:
        about.append(Fact(say(language, "pages.worklist.who"), roles(language, each.who)))
    return Task(
        what=say(language, f"tasks.{each.name}"),
        about=about,
        by=_by(reader, each),
        silence=say(language, f"silence.{each.silence}")
        if each.silence
        else say(language, "pages.contract.no-silence"),
        act=None
        if waiting
        else Button(say(language, f"commands.{each.command}"), _to_do(each, place), "little"),
    )


def _to_do(each: ToDo, place: str) -> str:
    """The form that does it; what begins a claim does not stand below the contract."""
    command = COMMANDS[each.command]
    if command.begins and command.stream != each.kind:
        return f"/{PLACES[command.stream]}/new?{urlencode({'contract': str(each.contract_id)})}"
    return f"{place}/{each.command}"


def _by(reader: Reader, each: ToDo) -> Words:
    if each.due_on is None:
        return say(reader.language, "pages.contract.no-day")
    on = day(reader.language, each.due_on)
    if each.group is Due.OVERDUE:
        return Row([on, Tag(say(reader.language, "words.overdue"), "bad")])
    soon = (each.due_on - reader.today).days <= SOON and each.group is Due.THIS_WEEK
    return Row([on, Tag(distance(reader.language, each.due_on, reader.today), "warn" if soon else "")])


def _draft(reader: Reader, each: FormDraft) -> Words:
    """A form is kept under the address of its page, which ends with the command."""
    language = reader.language
    command = each.form.rstrip("/").rpartition("/")[2]
    known = f"commands.{command}" in WORDS[language]
    words = say(language, f"commands.{command}") if known else say(language, "pages.worklist.form")
    about = _number(reader, each.form)
    changed_on = day(language, reader.law.day(each.changed_at))
    return Row([Link(words, each.form), *([about] if about else []), changed_on])


def _number(reader: Reader, form: str) -> str | None:
    """Of the contract that the form is about, while whoever began it may know of it."""
    found = CONTRACT.match(form)
    try:
        return reader.house.desk.see(UUID(found[1]), reader.asked.caller).state.number if found else None
    except NotFound:
        return None
