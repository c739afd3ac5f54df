"""A new contract, step by step: who, with whom, where, to learn what, when, on which days, for how much."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from api.classifier import specialties
from api.pages.acting import answers, flow, form_routes, parties_asked
from api.pages.acting.asking import Asking, Plan, Step, begun
from api.pages.acting.by_number import ByNumber, looked_up
from api.pages.acting.clauses_asked import Clauses, Offered, terms_of
from api.pages.acting.compound import Fixed
from api.pages.acting.questions import Choice, Question
from api.pages.acting.revise import typed as typed_terms
from api.pages.look import look
from api.pages.reader import Reader, Reading
from api.pages.views.asked import Beside, Choose
from api.pages.views.form import Option
from api.pages.weeks import share_words
from api.problems import Problem
from contracts.contract import Route
from contracts.decision import Command
from contracts.formation import Draft
from contracts.law import least_hours
from contracts.parties import Kind, Role
from contracts.terms import Term
from contracts.week import share

PATH = "/contracts/new"
NONE = "none"
"""Chosen where there is no memorandum."""

OTHER = {Kind.COLLEGE: Kind.ENTERPRISE, Kind.ENTERPRISE: Kind.COLLEGE}

router = APIRouter(include_in_schema=False)


def steps(asking: Asking) -> list[Step]:
    clauses = _clauses(asking)
    search = Choose(asking.say("pages.new-contract.search"), "stay", "student")
    again = Choose(asking.say("pages.new-contract.work-out"), "stay", "shares")
    return [
        Step(
            asking.say("pages.new-contract.who"),
            [*_who(asking), *_succeeds(asking)],
            about=[asking.say("pages.new-contract.about")],
            buttons=[search],
        ),
        Step(asking.say("pages.new-contract.partner"), _partner(asking), buttons=[search]),
        Step(asking.say("pages.new-contract.place"), [*_framework(asking), *clauses.of(*_place(asking))]),
        Step(asking.say("pages.new-contract.subject"), clauses.of("subject", "form", "funding")),
        Step(
            asking.say("pages.new-contract.term"),
            clauses.of("term", "practice_share"),
            above=_programme(asking, clauses),
            buttons=[again],
        ),
        Step(
            asking.say("pages.new-contract.week"),
            clauses.of("schedule"),
            above=_week(asking, clauses),
            buttons=[again],
        ),
        Step(asking.say("pages.new-contract.money"), clauses.of("standing", "compensation")),
        Step(
            asking.say("pages.new-contract.afterwards"),
            clauses.of("hiring", "work_off", "reimbursement", "transfer"),
        ),
    ]


def kind_of(asking: Asking) -> Kind:
    """Of who drafts. Raises Problem 403: a contract is drafted by a college or an enterprise."""
    kind = asking.reader.asked.kind
    if kind not in OTHER:
        raise Problem(403, right="draft")
    return kind


def own_bin(asking: Asking) -> str:
    organisation = asking.reader.asked.organisation
    return (organisation.bin if organisation else None) or ""


def sides(asking: Asking) -> tuple[str, str]:
    """College and enterprise, as far as they are chosen."""
    partner = asking.typed.get("partner", "")
    own = own_bin(asking)
    return (own, partner) if kind_of(asking) is Kind.COLLEGE else (partner, own)


def _who(asking: Asking) -> list[Question]:
    """A college knows its students; an enterprise knows somebody's number."""
    label = asking.say("roles.student")
    if kind_of(asking) is Kind.ENTERPRISE:
        return [ByNumber(asking.language, "student", label, reader=asking.reader)]
    find = Question(
        asking.language,
        "find",
        asking.say("pages.new-contract.find"),
        asking.say("pages.new-contract.find-hint"),
        required=False,
        aside=True,
    )
    found = parties_asked.students(asking.reader, asking.typed.get("find", ""))
    options = parties_asked.with_chosen(asking.reader, found, asking.typed.get("student", ""))
    return [find, Choice(asking.language, "student", label, options=options, means=UUID)]


def _succeeds(asking: Asking) -> list[Question]:
    """The contract whose place it takes stands in the address of the first visit, and is kept."""
    shown = asking.typed.get("successor_of", "")
    if not shown:
        return []
    label = asking.say("fields.successor_of")
    return [Fixed(asking.language, "successor_of", label, required=False, shown=shown, means=UUID)]


def _partner(asking: Asking) -> list[Question]:
    kind, say = OTHER[kind_of(asking)], asking.say
    find = Question(
        asking.language,
        "partner_find",
        say("pages.new-contract.find-partner"),
        say("pages.new-contract.find-partner-hint"),
        required=False,
        aside=True,
    )
    chosen = asking.typed.get("partner", "")
    options = parties_asked.partners(asking.reader, kind, asking.typed.get("partner_find", ""), chosen)
    return [find, Choice(asking.language, "partner", say(f"roles.{kind}"), options=options)]


def _framework(asking: Asking) -> list[Question]:
    college, enterprise = sides(asking)
    found = parties_asked.frameworks(asking.reader, college, enterprise) if college and enterprise else []
    options = [*found, Option(NONE, asking.say("pages.new-contract.no-memorandum"))]
    label = asking.say("fields.memorandum")
    return [Choice(asking.language, "memorandum", label, options=options, means=_id_or_none, required=False)]


def _id_or_none(text: str) -> UUID | None:
    return None if text == NONE else UUID(text)


def _place(asking: Asking) -> tuple[str, ...]:
    """Who is a mentor, the enterprise alone knows; it says so in the draft."""
    return ("workplace", "mentor") if kind_of(asking) is Kind.ENTERPRISE else ("workplace",)


def _clauses(asking: Asking) -> Clauses:
    college, enterprise = sides(asking)
    mentors = enterprise if kind_of(asking) is Kind.ENTERPRISE else None
    offered = asking.offered(college or None, mentors)
    if not offered.specialties:
        offered = Offered(specialties(), offered.mentors)
    return Clauses(asking.language, asking.words, asking.law.form(asking.today), offered)


# Shares, worked out by the server


def _programme(asking: Asking, clauses: Clauses) -> list[Beside]:
    found = clauses.one("practice_share").read(asking.typed, {})
    if found is None:
        return []
    least = int(asking.law.rule("formation.practice-share", asking.today).value["percent"])
    return [_shares(asking, found.enterprise_hours, found.total_hours, least)]


def _week(asking: Asking, clauses: Clauses) -> list[Beside]:
    found = clauses.one("schedule").read(asking.typed, {})
    if found is None or not (comes_to := share(found)).total:
        return []
    least = int(asking.law.rule("schedule.practice-share", asking.today).value["percent"])
    return [_shares(asking, comes_to.enterprise // 60, comes_to.total // 60, least)]


def _shares(asking: Asking, enterprise: int, total: int, least: int) -> Beside:
    words = share_words(asking.language, enterprise, total, least)
    enough = enterprise >= least_hours(total, least)
    verdict = asking.say("pages.new-contract.enough" if enough else "pages.new-contract.too-few")
    return Beside(asking.say("pages.new-contract.share"), [words, verdict], warns=not enough)


# The wish


def build(asking: Asking, values: dict[str, Any]) -> Command:
    college, enterprise = sides(asking)
    first = Route.COLLEGE_FIRST if kind_of(asking) is Kind.COLLEGE else Route.ENTERPRISE_FIRST
    return Draft(
        student=values["student"],
        college=college,
        enterprise=enterprise,
        route=first,
        terms=terms_of(values),
        memorandum=values.get("memorandum"),
        successor_of=values.get("successor_of"),
    )


PLAN = Plan(Draft, steps, build, taken=looked_up("student"))


def asking(reader: Reader, id: str = "") -> Asking:
    """Of what is not there yet there is no id."""
    found = begun(Asking(reader, PLAN, PATH))
    kind_of(found)
    return found


def as_before(reader: Reader, id: UUID) -> Response:
    """With the clauses of a contract that is there already, such as last year's. What was begun stays."""
    seen = look(reader, id, "text")
    fresh = begun(Asking(reader, PLAN, PATH))
    if fresh.typed:
        return flow.go(f"{PATH}/1")
    terms, found = seen.newest.terms, _clauses(fresh).of()
    known = [question for question in found if question.name.removeprefix("terms-") not in {"term", "mentor"}]
    parties = seen.newest.parties
    partner = {}
    if parties:
        own = kind_of(fresh) is Kind.COLLEGE
        partner = {"partner": parties.enterprise if own else parties.college}
    answers.keep(reader.house, fresh.person, PATH, typed_terms(known, terms) | partner)
    return flow.go(f"{PATH}/1")


def succeeding(reader: Reader, id: UUID) -> Response:
    """The contract to which a transfer leads: its parties, its first day, and the clauses as they are."""
    seen = look(reader, id, "text")
    fresh, old, move = begun(Asking(reader, PLAN, PATH)), seen.newest, seen.newest.open_move
    if move is None or old.parties is None:
        return flow.go(f"/contracts/{id}")
    terms, known = old.terms, [each for each in _clauses(fresh).of() if each.name != "terms-mentor"]
    if terms.term:
        terms = replace(terms, term=Term(move.start_on, max(move.start_on, terms.term.ends_on)))
    college = move.receiver if move.left is Role.COLLEGE else old.parties.college
    enterprise = move.receiver if move.left is Role.ENTERPRISE else old.parties.enterprise
    partner = enterprise if kind_of(fresh) is Kind.COLLEGE else college
    kept = {"student": str(old.parties.student), "partner": partner, "successor_of": str(id)}
    answers.keep(reader.house, fresh.person, PATH, typed_terms(known, terms) | kept)
    return flow.go(f"{PATH}/1")


@router.get(PATH)
def first_step(reader: Reading, like: UUID | None = None, successor_of: UUID | None = None) -> Response:
    if successor_of:
        return succeeding(reader, successor_of)
    return as_before(reader, like) if like else flow.show_form(asking(reader))


form_routes.add(router, PATH, asking)
