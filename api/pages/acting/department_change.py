"""Another department: where the student is now, and what is proposed, before one says yes or no."""

from api.formats import day
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.names import roles
from api.pages.parts import Fact
from api.pages.views.asked import Beside
from contracts.department import ChangeDepartment
from contracts.department_answer import AnswerDepartmentChange
from contracts.department_rules import still_asked
from contracts.terms import Workplace


def propose_steps(asking: Asking) -> list[Step]:
    about = [asking.say("pages.ask.about.change-department")]
    return [Step(asking.title, asked.questions(asking), above=_as_it_is(asking), about=about)]


def answer_steps(asking: Asking) -> list[Step]:
    above = [*_as_it_is(asking), proposed(asking)]
    return [
        Step(asking.title, asked.questions(asking), above=above, about=[asking.say("pages.ask.about.any")])
    ]


def _as_it_is(asking: Asking) -> list[Beside]:
    place = asking.state.terms_on(asking.today).workplace
    return [Beside(asking.say("pages.department.now"), [], _place(asking, place))] if place else []


def proposed(asking: Asking) -> Beside:
    heading = asking.say("pages.ask.proposal")
    if (found := asking.state.open_relocation) is None:
        return Beside(heading, [asking.say("pages.ask.no-proposal")])
    waiting = sorted(still_asked(asking.state, found) - found.accepted)
    facts = [
        *_place(asking, found.workplace),
        Fact(asking.say("fields.from_on"), day(asking.language, found.from_on)),
        Fact(asking.say("pages.schedule.by"), asking.say(f"roles.{found.by}")),
        Fact(asking.say("pages.schedule.accepted"), roles(asking.language, sorted(found.accepted))),
        Fact(asking.say("pages.schedule.waiting"), roles(asking.language, waiting)),
        Fact(asking.say("fields.answer_by"), day(asking.language, found.answer_by)),
    ]
    return Beside(heading, [asking.say("pages.department.silence")], facts)


def _place(asking: Asking, place: Workplace) -> list[Fact]:
    return [
        Fact(asking.say("pages.ask.terms.department"), place.department),
        Fact(asking.say("pages.ask.terms.address"), place.address),
    ]


PLANS = (Plan(ChangeDepartment, propose_steps), Plan(AnswerDepartmentChange, answer_steps))
