"""What a rule says, by which act, from when to when."""

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from api.formats import day, sort_key
from api.languages import say
from api.pages import language_of, render, service_of
from api.pages.furniture import Page
from api.pages.parts import Column, Fact, Link, Name, Row, Table, Tag, Words
from contracts.law import Rule, Source

router = APIRouter(include_in_schema=False)
SECOND_ACT = re.compile(r"\b(LC|CC|EL)\b")


@router.get("/law")
def law_page(request: Request) -> HTMLResponse:
    language, service = language_of(request), service_of(request)
    rules = sorted(
        (versions[-1] for versions in service.law.rules.values()),
        key=lambda rule: sort_key(rule.text[language]),
    )
    page = Page(
        say(language, "pages.law.title"),
        lead=say(language, "pages.law.lead", n=len(rules), pack=service.law.version),
    )
    table = Table(
        say(language, "pages.law.title"),
        [Column(say(language, f"pages.law.{head}")) for head in ("rule", "source", "certainty")],
        [
            (Link(rule.text[language], f"/law/{rule.id}"), cited(language, rule), _certainty(language, rule))
            for rule in rules
        ],
    )
    return render(request, "law.html", page, table=table)


@router.get("/law/{rule_id}")
def rule_page(request: Request, rule_id: str, on: Annotated[date | None, Query()] = None) -> HTMLResponse:
    """The entry in force on that day, today without one; then all its other wordings."""
    language, service = language_of(request), service_of(request)
    versions = service.law.rules.get(rule_id)
    if not versions:
        raise HTTPException(404)
    asked = on or service.today()
    shown = next((rule for rule in versions if rule.source.holds_on(asked)), None)
    page = Page(
        say(language, "pages.rule.title", rule=(shown or versions[-1]).code or rule_id),
        lead=shown.text[language]
        if shown
        else say(language, "pages.rule.not-in-force", day=day(language, asked)),
        crumbs=(Link(say(language, "pages.law.title"), "/law"), rule_id),
        tags=[_certainty(language, shown)] if shown else (),
    )
    return render(
        request,
        "rule.html",
        page,
        facts=_facts(language, shown) if shown else (),
        quotes=[Name(shown.text[own], own) for own in service.law.languages if own in shown.text]
        if shown
        else (),
        others=[_wording(language, rule_id, rule) for rule in versions if rule is not shown],
        asked=day(language, asked),
    )


def _facts(language: str, rule: Rule) -> list[Fact]:
    source = rule.source
    link = [Link(say(language, "pages.rule.open"), source.link)] if source.link else []
    return [
        Fact(say(language, "pages.rule.source"), Row([cited(language, rule), *link])),
        Fact(say(language, "pages.rule.in-force"), _period(language, rule)),
        *([Fact(say(language, "pages.rule.code"), rule.code)] if rule.code else []),
        *([_confirmed(language, source)] if source.confirmed_by else []),
    ]


def _confirmed(language: str, source: Source) -> Fact:
    on = day(language, source.confirmed_on) if source.confirmed_on else ""
    return Fact(say(language, "pages.rule.confirmed"), f"{source.confirmed_by}, {on}")


def cited(language: str, rule: Rule) -> str:
    if rule.source.certainty == "policy":
        return rule.source.title[language]
    return cited_source(language, rule.source)


def cited_source(language: str, source: Source) -> str:
    """Act and article; a second act that the article names stands by its short name in the language."""
    article = SECOND_ACT.sub(lambda found: say(language, f"acts.{found[0]}"), source.article)
    return say(language, "pages.rule.cited", act=source.title[language], article=article)


def _period(language: str, rule: Rule) -> str:
    start, end = rule.source.in_force_from, rule.source.in_force_to
    if end is None:
        return say(language, "pages.rule.from", day=day(language, start))
    return say(language, "pages.rule.from-to", day=day(language, start), end=day(language, end))


def _certainty(language: str, rule: Rule) -> Tag:
    colour = "good" if rule.source.confirmed else "warn"
    return Tag(say(language, f"certainty.{rule.source.certainty}"), colour)


def _wording(language: str, rule_id: str, rule: Rule) -> Words:
    return Link(_period(language, rule), f"/law/{rule_id}?on={rule.source.in_force_from}")
