"""Who tried what and was refused, by which rules?"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.formats import instant
from api.languages import say
from api.pages import render
from api.pages.furniture import Page
from api.pages.lists import ROWS, address, caught_up, chosen
from api.pages.names import names_of
from api.pages.parts import Column, Lines, Link, Table, Words
from api.pages.reader import Reader, Reading
from api.pages.refused import command_words
from api.pages.views.form import Field, Option
from api.pages.views.register import Chosen, Register
from api.queries.audit import refusals_of
from api.queries.lists import sight
from api.queries.moments import note_read
from api.security.rights import see
from api.sentences import Speaker
from contracts.lifecycle import COMMANDS, REFUSALS
from projections import attempts
from projections.attempts import Attempt, Filters

router = APIRouter(include_in_schema=False)

HEADS = ("at", "who", "what", "why")


@router.get("/audit/attempts")
def attempts_page(
    reader: Reading, contract: Annotated[UUID | None, Query()] = None, after: str = ""
) -> HTMLResponse:
    caught_up(reader, "register")
    if contract:
        reader.reads(contract, lambda r: see(r.house, r.asked, contract, "attempts"))
    seen = reader.reads(contract, lambda r: sight(r.house, r.asked, "attempts"))
    reader = reader.with_purpose_of(contract)
    query = chosen(reader.request, "contract", "rule", "command")
    filters = Filters(subject=contract, rule=query.get("rule"), command=query.get("command"))
    with reader.house.pool.connection() as connection:
        found = attempts.search(connection, seen, filters, after=after or None, limit=ROWS)
        totals = attempts.by_rule(connection, seen, filters)
    note_read(
        reader.house,
        reader.asked,
        "attempts",
        subject=contract,
        shown={a.subject for a in found.items if a.subject},
    )
    language = reader.language
    page = Page(
        say(language, "pages.attempts.title"),
        section="audit",
        lead=say(language, "pages.attempts.lead", n=sum(totals.values())),
        crumbs=_crumbs(reader, contract),
    )
    view = Register(
        filters=_fields(reader, query, totals),
        action="/audit/attempts",
        chosen=_tags(reader, query),
        table=_table(reader, found.items) if found.items else None,
        empty=[say(language, "pages.attempts.none")],
        actions=[
            Link(
                say(language, "pages.reads.title"), address("/audit/reads", {"subject": str(contract or "")})
            )
        ],
        after=address("/audit/attempts", {**query, "after": found.next}) if found.next else None,
        kept={"contract": str(contract)} if contract else {},
        facts=[_total(reader, rule, count) for rule, count in totals.items()],
    )
    return render(reader.request, "register.html", page, view=view)


def _crumbs(reader: Reader, contract: UUID | None) -> list[Words]:
    title = say(reader.language, "pages.attempts.title")
    if contract is None:
        return []
    contracts = Link(say(reader.language, "furniture.nav.contracts"), "/contracts")
    return [contracts, Link(say(reader.language, "pages.worklist.contract"), f"/contracts/{contract}"), title]


def _fields(reader: Reader, query: dict[str, str], totals: dict[str, int]) -> list[Field]:
    every = Option("", say(reader.language, "pages.history.any"))
    rules = sorted({*totals, *([query["rule"]] if "rule" in query else [])} & REFUSALS.keys())
    commands = sorted(COMMANDS, key=lambda name: command_words(reader.language, name))
    return [
        Field(
            "rule",
            say(reader.language, "pages.history.rule"),
            "list",
            query.get("rule", ""),
            options=[every, *(Option(rule, REFUSALS[rule].code) for rule in rules)],
        ),
        Field(
            "command",
            say(reader.language, "pages.attempts.what"),
            "list",
            query.get("command", ""),
            options=[every, *(Option(name, command_words(reader.language, name)) for name in commands)],
        ),
    ]


def _tags(reader: Reader, query: dict[str, str]) -> list[Chosen]:
    return [
        Chosen(words, address("/audit/attempts", {n: v for n, v in query.items() if n != name}))
        for name, words in _named(reader, query).items()
    ]


def _named(reader: Reader, query: dict[str, str]) -> dict[str, str]:
    found = {}
    if rule := query.get("rule"):
        found["rule"] = REFUSALS[rule].code if rule in REFUSALS else rule
    if command := query.get("command"):
        found["command"] = command_words(reader.language, command)
    return found


def _total(reader: Reader, rule: str, count: int) -> Words:
    code = REFUSALS[rule].code if rule in REFUSALS else rule
    return Link(say(reader.language, "pages.attempts.total", rule=code, n=count), f"/law/{rule}")


def _table(reader: Reader, items: tuple[Attempt, ...]) -> Table:
    refs = {ref for each in items for ref in (each.actor, each.on_behalf_of)}
    known = names_of(reader.house, reader.language, refs)
    return Table(
        say(reader.language, "pages.attempts.title"),
        [Column(say(reader.language, f"pages.attempts.{head}")) for head in HEADS],
        [
            (
                instant(reader.language, each.at, reader.law.zone),
                known.who(each.actor, each.on_behalf_of),
                _what(reader, each),
                _why(reader, each),
            )
            for each in items
        ],
        named=False,
    )


def _what(reader: Reader, each: Attempt) -> Words:
    words = command_words(reader.language, each.command)
    if each.number is None or each.subject is None:
        return words
    return Lines(words, [Link(each.number, f"/contracts/{each.subject}")])


def _why(reader: Reader, each: Attempt) -> Words:
    """Every rule that stood in the way, as it was told, with the law of that day."""
    on = reader.law.day(each.at)
    speaker = Speaker(reader.language, reader.law, on)
    reasons: list[Words] = []
    for refusal in refusals_of(each):
        reasons += [speaker.refusal(refusal), Link(refusal.code, f"/law/{refusal.type}?on={on}")]
    return Lines(reasons[0], reasons[1:]) if reasons else ", ".join(each.rules)
