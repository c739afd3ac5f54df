"""An end that all agree to: what is proposed, by whom and until when, before one says yes or no."""

from api.formats import day
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.names import roles
from api.pages.parts import Fact
from api.pages.views.asked import Beside
from contracts.mutual_end import AcceptMutualEnd, DeclineMutualEnd


def steps(asking: Asking) -> list[Step]:
    return [
        Step(
            asking.title,
            asked.questions(asking),
            above=proposed(asking),
            about=[asking.say("pages.ask.about.any")],
        )
    ]


def proposed(asking: Asking) -> list[Beside]:
    heading = asking.say("pages.ask.proposal")
    if (end := asking.state.open_mutual_end) is None:
        return [Beside(heading, [asking.say("pages.ask.no-proposal")])]
    facts = [
        Fact(asking.say("pages.schedule.by"), asking.say(f"roles.{end.by}")),
        Fact(asking.say("fields.end_on"), day(asking.language, end.end_on)),
        Fact(asking.say("pages.schedule.accepted"), roles(asking.language, sorted(end.accepted))),
        Fact(asking.say("fields.answer_by"), day(asking.language, end.answer_by)),
    ]
    return [Beside(heading, [asking.say("silence.mutual-end-lapses")], facts)]


PLANS = (Plan(AcceptMutualEnd, steps), Plan(DeclineMutualEnd, steps))
