"""What is the state of a contract, what is next, who takes part, under which terms? It reads the stream,
so it is never stale."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.formats import instant
from api.languages import say
from api.pages import contract_now, contract_people, contract_steps, contract_terms, render, weeks
from api.pages.furniture import Page
from api.pages.look import Look, last_look, look
from api.pages.parts import Link, Row, Words
from api.pages.reader import Reading
from api.pages.views.contract import Contract, News
from api.queries.moments import metadata
from api.reads import Read
from contracts.formation import Draft
from contracts.log.chain import FIRST_PREV
from contracts.log.looking import faults
from contracts.log.recorder import StoredEvent

router = APIRouter(include_in_schema=False)

LAST = 5
"""Entries at the end of the page, and among the news."""


@router.get("/contracts/{id}")
def contract_page(
    id: UUID, reader: Reading, in_force_on: str = "", known_at: str = "", contacts: bool = False
) -> HTMLResponse:
    before = last_look(reader, id, "contract")
    seen = look(reader, id, "contract", in_force_on, known_at)
    if seen.moved or not seen.may("history"):
        before = None
    steps = contract_steps.steps(seen)
    page = Page(
        seen.title,
        section="contracts",
        lead=contract_now.lead(seen, steps),
        caption=say(reader.language, "pages.contract.kind"),
        tags=contract_now.tags(seen),
        crumbs=seen.crumbs(),
        sections=seen.sections("overview"),
        moment=seen.bar(),
        read_up_to=seen.read_up_to,
    )
    return render(reader.request, "contract.html", page, view=contract(seen, steps, before, contacts))


def contract(seen: Look, steps: list[contract_steps.Step], before: Read | None, contacts: bool) -> Contract:
    language = seen.language
    doable = contract_steps.doable(seen) if not seen.moved else contract_steps.Doable((), (), ())
    news = news_since(seen, before.position if before else None)
    on = weeks.shown_day(seen.then, seen.at.in_force_on)
    share = weeks.share_note(seen, seen.then.schedule_on(on), on) if on else None
    return Contract(
        facts=contract_now.facts(seen),
        more_facts=contract_now.more_facts(seen),
        steps=contract_steps.shown(seen, steps),
        acts=not seen.moved,
        can=doable.can,
        cannot=doable.cannot,
        of_others=doable.of_others,
        looked=_at(seen, before.at) if before else None,
        news=[_news(seen, row) for row in news[:LAST]],
        more_news=_more_news(seen, before, len(news)),
        people=contract_people.table(seen, contacts),
        contacts=contract_people.contacts_link(seen, contacts),
        clauses_heading=contract_terms.heading(seen),
        clauses_bind=contract_terms.binds(seen),
        clauses=contract_terms.clauses(seen),
        week=weeks.week_table(seen, on) if on and seen.then.schedule_on(on) else None,
        week_heading=weeks.week_heading(seen, on) if on else "",
        week_notes=[
            *([share] if share else []),
            Link(say(language, "pages.contract.month"), seen.href("schedule")),
        ],
        money=contract_terms.sums(seen),
        history=_history(seen),
        last=[_news(seen, row) for row in _known(seen)[: -LAST - 1 : -1]] if seen.may("history") else (),
        proof=_proof(seen),
        keep=_keep(seen),
        missing=contract_terms.lacking(seen),
    )


# New since the last look


def news_since(seen: Look, position: int | None) -> list[StoredEvent]:
    """What others have recorded since, newest first."""
    if position is None:
        return []
    newer = [row for row in seen.found.rows if row.position > position]
    return [row for row in reversed(newer) if metadata(row).get("actor") != seen.reader.actor]


def _more_news(seen: Look, before: Read | None, count: int) -> Link | None:
    if before is None or count <= LAST:
        return None
    return Link(
        say(seen.language, "pages.contract.all-news", n=count),
        seen.href("history", new_since=str(before.position)),
    )


# The end of the page


def _known(seen: Look) -> list[StoredEvent]:
    """What had been recorded by the moment shown."""
    known_at = seen.at.known_at
    return [row for row in seen.found.rows if known_at is None or row.recorded_at <= known_at]


def _news(seen: Look, row: StoredEvent) -> News:
    event = seen.found.entries[row.stream_version - 1].event
    return News(
        seen.reader.speaker.event(event), _at(seen, row.recorded_at), seen.entry_or_words(row.stream_version)
    )


def _at(seen: Look, at: datetime) -> str:
    return instant(seen.language, at, seen.found.law.zone)


def _history(seen: Look) -> Words | None:
    if not seen.may("history"):
        return None
    count = say(seen.language, "words.entries", n=len(_known(seen)))
    return Row([f"{count}.", Link(say(seen.language, "pages.contract.whole-history"), seen.href("history"))])


def _keep(seen: Look) -> list[Link]:
    """What belongs to the contract and stands elsewhere."""
    language, id_ = seen.language, seen.id
    links = []
    if seen.may("history"):
        links.append(Link(say(language, "pages.contract.history-file"), seen.href("history.csv")))
    if seen.may("attempts"):
        links.append(Link(say(language, "pages.attempts.title"), f"/audit/attempts?contract={id_}"))
    if seen.may("reads"):
        links.append(Link(say(language, "pages.contract.readers"), f"/audit/reads?subject={id_}"))
    if not seen.moved and seen.found.roles & Draft.by:
        links.append(Link(say(language, "pages.contract.another-like"), f"/contracts/new?like={id_}"))
    return [*links, Link(say(language, "pages.contract.calendar"), "/deadlines")]


def _proof(seen: Look) -> Words | None:
    """Whether each entry is bound to the one before it."""
    if not seen.may("history"):
        return None
    version, hash = 0, FIRST_PREV
    for row in seen.found.rows:
        if any(faults(row, version, hash)):
            return say(seen.language, "pages.contract.altered", n=row.position)
        version, hash = row.stream_version, row.hash
    return say(seen.language, "pages.contract.whole", n=version)
