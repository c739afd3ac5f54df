"""Where is the student on which day, what does the week come to, and what is to change?"""

import re
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.formats import day, month
from api.languages import say
from api.pages import contract_terms, render, weeks
from api.pages.contract_steps import doable
from api.pages.furniture import Page
from api.pages.look import Look, look
from api.pages.names import roles
from api.pages.parts import Button, Fact, Lines, Link, Table, Tag, Words
from api.pages.reader import Reading
from api.pages.views.schedule import ProposalShown, ScheduleShown
from contracts.decision import DAY
from contracts.dossier import Outcome, Proposal
from contracts.week import month_of

router = APIRouter(include_in_schema=False)

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
COLOURS = {Outcome.AGREED: "good", Outcome.DECLINED: "bad", Outcome.LAPSED: "bad"}
PROPOSE, ANSWER = "propose-schedule-change", "answer-schedule-change"


@router.get("/contracts/{id}/schedule")
def schedule_page(
    id: UUID, reader: Reading, in_force_on: str = "", known_at: str = "", month: str = ""
) -> HTMLResponse:
    seen = look(reader, id, "contract", in_force_on, known_at)
    on = weeks.shown_day(seen.then, seen.at.in_force_on)
    page = Page(
        say(reader.language, "pages.sections.schedule"),
        section="contracts",
        lead=_lead(seen, on),
        caption=seen.about(),
        crumbs=seen.crumbs("schedule"),
        sections=seen.sections("schedule"),
        moment=seen.bar("schedule"),
        read_up_to=seen.read_up_to,
    )
    return render(reader.request, "schedule.html", page, view=shown(seen, on, month))


def _lead(seen: Look, on: date | None) -> str:
    """Where the student is on the day shown."""
    schedule = seen.then.schedule_on(on) if on else None
    if on is None or schedule is None:
        return say(seen.language, "pages.schedule.none")
    place = weeks.place_words(seen, on)
    return say(seen.language, "pages.schedule.lead", day=day(seen.language, on), place=place)


def shown(seen: Look, on: date | None, asked_month: str) -> ScheduleShown:
    language, then = seen.language, seen.then
    schedule = then.schedule_on(on) if on else None
    first = _month(asked_month, on or seen.at.in_force_on)
    return ScheduleShown(
        week=weeks.week_table(seen, on) if on and schedule else None,
        week_heading=weeks.week_heading(seen, on) if on else "",
        share=weeks.share_note(seen, schedule, on) if on else None,
        empty=None if schedule else say(language, "pages.schedule.who-must"),
        coming=coming(seen),
        proposals=[_proposal(seen, *each) for each in reversed([*enumerate(then.proposals, 1)])],
        month=weeks.month_table(seen, first) if schedule else None,
        month_heading=month(language, first),
        before=_to_month(seen, first - DAY, "before"),
        after=_to_month(seen, month_of(first)[1] + DAY, "after"),
        acts=_acts(seen),
    )


def _month(asked: str, otherwise: date) -> date:
    found = MONTH.fullmatch(asked)
    return date(int(found[1]), int(found[2]), 1) if found else otherwise.replace(day=1)


def _to_month(seen: Look, on: date, words: str) -> Link | None:
    """Only to months of the term."""
    term, last = seen.then.terms.term, seen.then.last_day
    first, end = month_of(on)
    if term is None or last is None or end < term.starts_on or first > last:
        return None
    said = f"{say(seen.language, f'pages.schedule.month-{words}')}: {month(seen.language, on)}"
    return Link(said, seen.href("schedule", month=f"{on:%Y-%m}") + "#month")


def coming(seen: Look) -> list[Words]:
    """What is agreed and holds from a later day."""
    words = contract_terms.clause_words(seen)
    agreed = [(change.from_on, change.terms.schedule) for change in seen.then.agreed]
    later = [(on, schedule) for on, schedule in agreed if schedule and on > seen.at.in_force_on]
    return [
        Lines(
            say(seen.language, "pages.schedule.from-day", day=day(seen.language, on)), [words.brief(schedule)]
        )
        for on, schedule in sorted(later, key=lambda pair: pair[0])
    ]


def _acts(seen: Look) -> list[Words]:
    if seen.moved:
        return []
    can = {link.href.rpartition("/")[2]: link for link in doable(seen).can}
    return [Button(str(link.text), link.href) for name in (PROPOSE,) if (link := can.get(name))]


# Proposals


def _proposal(seen: Look, number: int, proposal: Proposal) -> ProposalShown:
    """`number`: since several may want the same first day."""
    language, outcome = seen.language, proposal.outcome
    tag = (
        Tag(say(language, f"outcomes.{outcome}"), COLOURS.get(outcome, ""))
        if outcome
        else Tag(say(language, "pages.schedule.open"), "warn")
    )
    title = f"{number}. {say(language, 'pages.schedule.proposal', day=day(language, proposal.from_on))}"
    return ProposalShown(
        anchor=f"p-{proposal.id}",
        title=title,
        tag=tag,
        facts=_facts(seen, proposal),
        days=_side_by_side(seen, title, proposal),
        share=weeks.share_note(seen, proposal.schedule, proposal.from_on),
        act=_answer(seen, proposal),
    )


def _facts(seen: Look, proposal: Proposal) -> list[Fact]:
    language = seen.language

    def fact(name: str, value: Words) -> Fact:
        return Fact(say(language, f"pages.schedule.{name}"), value)

    found = [
        fact("by", say(language, f"roles.{proposal.by}")),
        fact("accepted", roles(language, sorted(proposal.accepted))),
    ]
    if proposal.outcome is None:
        waiting = sorted(seen.then.asked - proposal.accepted)
        found.append(fact("waiting", roles(language, waiting)))
        silence = say(language, "silence.proposal-lapses")
        found.append(fact("answer-by", Lines(day(language, proposal.answer_by), [silence], whole=True)))
    if proposal.declined_by:
        found.append(fact("declined-by", say(language, f"roles.{proposal.declined_by}")))
    if proposal.superseded_by:
        link = Link(say(language, "pages.schedule.newer"), f"#p-{proposal.superseded_by}")
        found.append(fact("superseded", link))
    if proposal.agreed_on:
        found.append(fact("agreed-on", day(language, proposal.agreed_on)))
    return found


def _answer(seen: Look, proposal: Proposal) -> Words | None:
    """For who is asked and has not answered yet."""
    waiting = seen.then.asked - proposal.accepted
    if seen.moved or proposal.outcome or not seen.found.roles & waiting:
        return None
    return Button(say(seen.language, f"commands.{ANSWER}"), f"/contracts/{seen.id}/{ANSWER}", "little")


def _side_by_side(seen: Look, title: str, proposal: Proposal) -> Table:
    """As the days are before the proposal would hold, and as it wants them."""
    before = seen.then.schedule_on(proposal.from_on - DAY)
    heads = [say(seen.language, f"pages.schedule.{head}") for head in ("as-now", "as-proposed")]
    return weeks.compared(contract_terms.clause_words(seen), title, heads, (before, proposal.schedule))
