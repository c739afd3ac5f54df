"""Revising a draft: its clauses as they are, to be changed; what was and what is to be, before it is done."""

from typing import Any

from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.clauses_asked import terms_of
from api.pages.acting.questions import Question
from api.pages.parts import Column, Table
from api.pages.views.asked import Beside
from contracts.decision import Command
from contracts.formation import Revise
from contracts.terms import REGISTER, Terms, differing, revised


def steps(asking: Asking) -> list[Step]:
    about = [asking.say("pages.ask.about.revise")]
    if asking.state.signatures or asking.state.consents:
        about.append(asking.say("pages.ask.voids"))
    return [Step(asking.title, clause_questions(asking), about=about)]


def clause_questions(asking: Asking) -> list[Question]:
    """All but the mentor where nobody can be chosen."""
    clauses = asking.clauses()
    asked = [each.field for each in REGISTER if each.field != "mentor" or clauses.offered.mentors]
    return clauses.of(*asked)


def first(asking: Asking) -> dict[str, str]:
    """The clauses as they are."""
    return typed(clause_questions(asking), asking.state.terms)


def typed(questions: list[Question], terms: Terms) -> dict[str, str]:
    values = {f"terms-{clause.field}": getattr(terms, clause.field) for clause in REGISTER}
    return {
        name: text for question in questions for name, text in question.typed(values[question.name]).items()
    }


def build(asking: Asking, values: dict[str, Any]) -> Command:
    """Only what is another than before; a clause that was emptied is taken out."""
    was, now = asking.state.terms, terms_of(values)
    changed = [c for c in differing(was, now) if getattr(now, c.field) is not None]
    removed = [c.id for c in differing(was, now) if getattr(now, c.field) is None]
    return Revise(Terms(**{c.field: getattr(now, c.field) for c in changed}), tuple(removed))


def shown(asking: Asking, wish: Command) -> list[Beside]:
    """Clause by clause: was, is to be."""
    if not isinstance(wish, Revise):
        return []
    was = asking.state.terms
    return side_by_side(asking, was, revised(was, wish.terms, wish.remove))


def side_by_side(asking: Asking, was: Terms, now: Terms) -> list[Beside]:
    rows = [
        (
            asking.say(f"clauses.{clause.id}"),
            asking.words.value(getattr(was, clause.field)),
            asking.words.value(getattr(now, clause.field)),
        )
        for clause in differing(was, now)
    ]
    heads = [asking.say(f"pages.ask.{head}") for head in ("clause", "was", "to-be")]
    heading = asking.say("pages.ask.changes")
    return [Beside(heading, table=Table(heading, [Column(head) for head in heads], rows))] if rows else []


PLANS = (Plan(Revise, steps, build, shown, first),)
