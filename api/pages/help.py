"""What does this word, this rule, this message mean?"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.languages import LANGUAGES, WORDS, say
from api.pages import language_of, render
from api.pages.errors import PROBLEMS
from api.pages.furniture import Page
from api.pages.parts import Link

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Term:
    """One word in three languages. `id` is its anchor on the glossary page."""

    id: str
    words: dict[str, str]


@router.get("/help")
def help_page(request: Request) -> HTMLResponse:
    language = language_of(request)
    topics = dict.fromkeys(key.split(".")[3] for key in WORDS["en"] if key.startswith("pages.help.topics."))
    page = Page(say(language, "pages.help.title"), section="help", lead=say(language, "pages.help.lead"))
    return render(
        request,
        "help.html",
        page,
        topics=[
            (
                topic,
                say(language, f"pages.help.topics.{topic}.asks"),
                say(language, f"pages.help.topics.{topic}.answer"),
            )
            for topic in topics
        ],
        problems=[Link(say(language, f"problems.{name}.title"), f"/problems/{name}") for name in PROBLEMS],
    )


@router.get("/help/glossary")
def glossary_page(request: Request, q: str = "") -> HTMLResponse:
    language = language_of(request)
    found = [term for term in terms() if _matches(term, q)]
    page = Page(
        say(language, "pages.glossary.title"),
        section="help",
        lead=say(language, "pages.glossary.lead", n=len(found)),
        crumbs=_crumbs(language, "pages.glossary.title"),
    )
    order = [language, *(other for other in LANGUAGES if other != language)]
    return render(request, "glossary.html", page, terms=found, order=order, names=LANGUAGES, q=q)


@router.get("/help/accessibility")
def accessibility_page(request: Request) -> HTMLResponse:
    language = language_of(request)
    page = Page(
        say(language, "pages.accessibility.title"),
        section="help",
        lead=say(language, "pages.accessibility.lead"),
        crumbs=_crumbs(language, "pages.accessibility.title"),
    )
    lines = [
        say(language, f"pages.accessibility.{line}") for line in ("keyboard", "zoom", "script", "contact")
    ]
    return render(request, "accessibility.html", page, lines=lines)


@cache
def terms() -> tuple[Term, ...]:
    """In the order of the file: by subject."""
    text = (files("api") / "translations" / "glossary.csv").read_text("utf-8")
    return tuple(
        Term(row["id"], {language: row[language] for language in LANGUAGES})
        for row in csv.DictReader(text.splitlines())
    )


def _matches(term: Term, q: str) -> bool:
    return any(q.strip().casefold() in word.casefold() for word in term.words.values())


def _crumbs(language: str, title: str) -> tuple[Link, str]:
    return Link(say(language, "furniture.nav.help"), "/help"), say(language, title)
