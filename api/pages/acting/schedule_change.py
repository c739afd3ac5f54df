"""Another schedule: proposed day by day, answered with what is and what would be side by side."""

from collections.abc import Sequence
from datetime import date

from api.formats import day
from api.pages import weeks
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.names import roles
from api.pages.parts import Fact, Table
from api.pages.views.asked import Beside, Choose
from contracts.decision import DAY, Command
from contracts.dossier import Proposal
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange
from contracts.terms import Schedule


def propose_steps(asking: Asking) -> list[Step]:
    above = _as_it_is(asking)
    if found := asking.state.open_proposal:
        words = asking.say("pages.ask.takes-place", day=day(asking.language, found.from_on))
        above.append(Beside(asking.say("pages.ask.open-proposal"), [words], warns=True))
    about = [asking.say("pages.ask.about.propose-schedule-change")]
    return [
        Step(asking.title, asked.questions(asking), above=above, about=about, buttons=_more_weeks(asking))
    ]


def _as_it_is(asking: Asking) -> list[Beside]:
    schedule = asking.state.schedule_on(asking.today)
    if asking.look is None or schedule is None:
        return []
    heading = asking.say("pages.ask.schedule-now")
    note = weeks.share_note(asking.look, schedule, asking.today)
    return [Beside(heading, [note] if note else [], table=compared(asking, heading, ["where"], schedule))]


def _more_weeks(asking: Asking) -> list[Choose]:
    """One week, or two that take turns: the tables follow the number, without a script."""
    two = asking.typed.get("schedule-weeks-count") == "2"
    words = asking.say("pages.ask.one-week" if two else "pages.ask.two-weeks")
    return [Choose(words, "set", f"schedule-weeks-count={1 if two else 2}")]


def first(asking: Asking) -> dict[str, str]:
    """The schedule as it is, to be changed."""
    schedule = asking.state.schedule_on(asking.today)
    [question] = [each for each in asking.questions if each.name == "schedule"]
    return question.typed(schedule)


def shown(asking: Asking, wish: Command) -> list[Beside]:
    """Both weeks, and what the new one comes to."""
    if not isinstance(wish, ProposeScheduleChange):
        return []
    return [_side_by_side(asking, wish.schedule, wish.from_on)]


def _side_by_side(asking: Asking, schedule: Schedule, from_on: date) -> Beside:
    heading = asking.say("pages.ask.was-and-to-be")
    was = asking.state.schedule_on(from_on - DAY) or asking.state.terms.schedule
    found = [
        weeks.share_note(asking.look, each, from_on) if asking.look else None for each in (was, schedule)
    ]
    names = ("was", "to-be")
    lines = [
        asking.say("pages.ask.share-of", which=asking.say(f"pages.ask.{name}"), share=note)
        for name, note in zip(names, found, strict=True)
        if note
    ]
    return Beside(heading, lines, table=compared(asking, heading, ["was", "to-be"], was, schedule))


def compared(asking: Asking, heading: str, heads: Sequence[str], *schedules: Schedule | None) -> Table:
    return weeks.compared(
        asking.words, heading, [asking.say(f"pages.ask.{head}") for head in heads], schedules
    )


# The answer


def answer_steps(asking: Asking) -> list[Step]:
    about = [asking.say("pages.ask.about.answer-schedule-change")]
    return [Step(asking.title, asked.questions(asking), above=_proposed(asking), about=about)]


def _proposed(asking: Asking) -> list[Beside]:
    if (found := wanted(asking)) is None:
        return [Beside(asking.say("pages.ask.proposal"), [asking.say("pages.ask.no-proposal")])]
    return [Beside(asking.say("pages.ask.proposal"), facts=_facts(asking, found)), _of(asking, found)]


def wanted(asking: Asking) -> Proposal | None:
    """The proposal that the form is about: as the address says, else the open one."""
    named = asking.reader.request.query_params.get("proposal")
    found = (each for each in asking.state.proposals if str(each.id) == named)
    return next(found, asking.state.open_proposal)


def _facts(asking: Asking, proposal: Proposal) -> list[Fact]:
    accepted = roles(asking.language, sorted(proposal.accepted))
    answer_by = asking.say(
        "pages.ask.answer-by",
        day=day(asking.language, proposal.answer_by),
        effect=asking.say("silence.proposal-lapses"),
    )
    return [
        Fact(asking.say("pages.schedule.by"), asking.say(f"roles.{proposal.by}")),
        Fact(asking.say("fields.from_on"), day(asking.language, proposal.from_on)),
        Fact(asking.say("pages.schedule.accepted"), accepted),
        Fact(asking.say("fields.answer_by"), answer_by),
    ]


def _of(asking: Asking, proposal: Proposal) -> Beside:
    return _side_by_side(asking, proposal.schedule, proposal.from_on)


def answer_shown(asking: Asking, wish: Command) -> list[Beside]:
    found = asking.state.proposal(wish.proposal) if isinstance(wish, AnswerScheduleChange) else None
    return [_of(asking, found)] if found else []


PLANS = (
    Plan(ProposeScheduleChange, propose_steps, shown=shown, first=first),
    Plan(AnswerScheduleChange, answer_steps, shown=answer_shown),
)
