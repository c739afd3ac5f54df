"""What stands around the answer on every page: who is here, where, which moment is shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from markupsafe import Markup

from api.languages import LANGUAGES, say
from api.pages.parts import Link, Tag, Words
from contracts.law import Law

SCREENS = {
    "worklist": "/worklist",
    "contracts": "/contracts",
    "claims": "/claims",
    "audit": "/audit/attempts",
    "statistics": "/statistics",
    "operations": "/operations",
    "help": "/help",
}
"""The navigation, in its order. What a role cannot use is left out."""


@dataclass(frozen=True)
class Visitor:
    """Who is signed in. `role` and `acting_for` are ready words; `screens` are keys of SCREENS."""

    role: Words
    acting_for: Words | None
    screens: Collection[str]
    csrf: str
    tasks: int | None = None


@dataclass(frozen=True)
class ReadUpTo:
    """The position that an answer is true for."""

    position: int
    seconds_behind: int = 0


@dataclass(frozen=True)
class Service:
    """What the pages know of the service around them."""

    mode: str
    language: str
    version: str
    visitor: Callable[[Request], Visitor | None]
    request_id: Callable[[Request], str]
    read_up_to: Callable[[], ReadUpTo]
    today: Callable[[], date]
    """The legal day."""
    law: Law


@dataclass(frozen=True)
class Moment:
    """A moment that is not now. The page then has no action."""

    in_force_on: str
    known_at: str
    today: str
    """The address of the same page as of now."""
    note: Words | None = None
    coming: bool = False
    """It lies ahead: what is agreed may still change."""


@dataclass(frozen=True)
class Page:
    """The top of a page. Breadcrumbs or a way back, never both; `failed` puts "Error:" before the title."""

    title: str
    section: str | None = None
    lead: Words | None = None
    caption: Words | None = None
    tags: Sequence[Tag] = ()
    crumbs: Sequence[Words] = ()
    back: str | None = None
    sections: Sequence[Link] = ()
    moment: Moment | None = None
    failed: bool = False
    read_up_to: ReadUpTo | None = None
    """Where the page read the stream itself, this instead of the tables' position."""


@dataclass(frozen=True)
class Furniture:
    """All that base.html needs."""

    page: Page
    language: str
    languages: Sequence[Link | Markup]
    visitor: Visitor | None
    nav: Sequence[Link]
    foot: Sequence[Link]
    mode: str
    version: str
    request_id: str
    read_up_to: ReadUpTo
    address: str


FOOT = {
    "accessibility": "/help/accessibility",
    "reads": "/audit/reads",
    "law": "/law",
    "glossary": "/help/glossary",
    "help": "/help",
}


def furnish(request: Request, page: Page, language: str, service: Service) -> Furniture:
    visitor = service.visitor(request)
    paths: Collection[str] = request.app.state.page_paths
    return Furniture(
        page=page,
        language=language,
        languages=_languages(request, language),
        visitor=visitor,
        nav=_nav(visitor, page, language, paths),
        foot=[
            Link(say(language, f"furniture.foot.{name}"), href)
            for name, href in FOOT.items()
            if href in paths and (name != "reads" or visitor)
        ],
        mode=service.mode,
        version=service.version,
        request_id=service.request_id(request),
        read_up_to=page.read_up_to or service.read_up_to(),
        address=here(request),
    )


def here(request: Request) -> str:
    """The address of this page, inside the service."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _nav(visitor: Visitor | None, page: Page, language: str, paths: Collection[str]) -> list[Link]:
    allowed = visitor.screens if visitor else {"help"}
    return [
        Link(_nav_words(language, name, visitor), href, current=name == page.section)
        for name, href in SCREENS.items()
        if name in allowed and href in paths
    ]


def _nav_words(language: str, name: str, visitor: Visitor | None) -> str:
    if name == "worklist" and visitor and visitor.tasks is not None:
        return say(language, "furniture.nav.worklist-count", n=visitor.tasks)
    return say(language, f"furniture.nav.{name}")


def _languages(request: Request, current: str) -> list[Markup]:
    """The same page in each language; each is named in its own."""
    return [
        Markup('<b lang="{}" aria-current="true">{}</b>').format(code, name)
        if code == current
        else Markup('<a href="?{}" lang="{}" hreflang="{}">{}</a>').format(
            request.url.remove_query_params("lang").include_query_params(lang=code).query, code, code, name
        )
        for code, name in LANGUAGES.items()
    ]
