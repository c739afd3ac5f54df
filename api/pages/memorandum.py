"""Which college and enterprise agreed on how many places, and how many are taken?"""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.classifier import named
from api.languages import say
from api.pages import render
from api.pages.deeds import deeds
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, organisation_name
from api.pages.names import linked
from api.pages.organisation import until
from api.pages.parts import Fact, Lines, Link, Words
from api.pages.reader import Reader, Reading
from api.pages.views.subject import Block, Subject
from api.queries.moments import note_read
from api.security.rights import see
from contracts.log.wishes import NotFound
from contracts.parties import Memorandum, Quota
from projections import memoranda
from projections.memoranda import Framework

router = APIRouter(include_in_schema=False)


@router.get("/memoranda/{id}")
def memorandum_page(id: UUID, reader: Reading) -> HTMLResponse:
    seen = reader.reads(id, lambda r: see(r.house, r.asked, id, "memorandum"))
    if not isinstance(seen.state, Memorandum):
        raise NotFound(str(id))
    reader = reader.with_purpose_of(id)
    caught_up(reader, "memoranda", "organisations", "register")
    with reader.house.pool.connection() as connection:
        found = memoranda.of(connection, reader.today, memorandum_id=id)
    if not found:
        raise NotFound(str(id))
    note_read(reader.house, reader.asked, "memorandum", subject=id)
    language, frame = reader.language, found[0]
    free = max(0, frame.places - frame.used - frame.reserved)
    page = Page(
        say(language, "parts.memorandum"),
        section="contracts",
        lead=say(
            language,
            "pages.memorandum.lead",
            places=frame.places,
            used=frame.used,
            reserved=frame.reserved,
            free=free,
        ),
        crumbs=[
            Link(say(language, "furniture.nav.contracts"), "/contracts"),
            say(language, "parts.memorandum"),
        ],
    )
    contracts = address("/contracts", {"memorandum": str(id)})
    words = say(language, "pages.organisation.contracts")
    block = Block(say(language, "pages.register.title"), None, "", [Link(words, contracts)])
    return render(
        reader.request,
        "subject.html",
        page,
        view=Subject(
            _facts(reader, frame, seen.state.quotas), [block, *deeds(reader, id, f"/memoranda/{id}")]
        ),
    )


def _quotas(reader: Reader, quotas: Sequence[Quota]) -> list[Fact]:
    """How many places are for which qualification, where the memorandum says so."""
    language = reader.language
    if not quotas:
        return []
    first, *rest = [f"{named(language, each.qualification)}: {each.places}" for each in quotas]
    return [Fact(say(language, "fields.quotas"), Lines(first, rest))]


def _facts(reader: Reader, frame: Framework, quotas: Sequence[Quota]) -> list[Fact]:
    language = reader.language

    def organisation(kk: str | None, ru: str | None, bin_: str) -> Words:
        return linked(organisation_name(reader, kk, ru, bin_), f"/organisations/{bin_}")

    first, *rest = [named(language, code) for code in frame.qualifications] or [
        say(language, "words.not-stated")
    ]
    return [
        Fact(say(language, "parts.college"), organisation(frame.college_kk, frame.college_ru, frame.college)),
        Fact(
            say(language, "parts.enterprise"),
            organisation(frame.enterprise_kk, frame.enterprise_ru, frame.enterprise),
        ),
        Fact(say(language, "fields.qualifications"), Lines(first, rest)),
        *_quotas(reader, quotas),
        Fact(say(language, "fields.ends_on"), until(language, frame.last_day)),
    ]
