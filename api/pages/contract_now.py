"""The head of a contract's page: its state in one sentence with what is next, and what it is in short."""

from collections.abc import Mapping

from api.classifier import named
from api.formats import day, money, percent, span
from api.languages import say
from api.pages.contract_steps import Step
from api.pages.look import Look
from api.pages.names import linked, roles
from api.pages.parts import Fact, Lines, Link, Tag, Words
from api.pages.transfers import facts as transfer_facts
from contracts.amendment_rules import open_ones
from contracts.contract import IN_FORCE, OUT_FOR_SIGNING, Contract, State
from contracts.resting import OF_THE_CONTRACT, balance

COLOURS: Mapping[State, str] = {
    State.OFFERED: "warn",
    State.SIGNING: "warn",
    State.SIGNED: "good",
    State.ACTIVE: "good",
    State.SUSPENDED: "warn",
    State.ENDING: "warn",
    State.COMPLETING: "good",
    State.COMPLETED: "good",
    State.REFUSED: "bad",
    State.LAPSED: "bad",
}


def state_tag(language: str, state: State) -> Tag:
    return Tag(say(language, f"states.{state}"), COLOURS.get(state, ""))


def tags(look: Look) -> list[Tag]:
    """The state, and what is under way beside it."""
    if look.state is None:
        return []
    found = [state_tag(look.language, look.state)]
    if look.then.open_proposal:
        found.append(Tag(say(look.language, "pages.contract.schedule-asked"), "warn"))
    if open_ones(look.then):
        found.append(Tag(say(look.language, "pages.amend.open"), "warn"))
    if look.then.open_mutual_end:
        found.append(Tag(say(look.language, "pages.contract.end-asked"), "warn"))
    if look.then.open_move:
        found.append(Tag(say(look.language, "pages.transfer.asked"), "warn"))
    return found


def lead(look: Look, steps: list[Step]) -> str:
    """State, what is next, who, and by when."""
    if not look.then.version:
        return say(look.language, "pages.states.unknown")
    sentences = [state_sentence(look)]
    if steps:
        sentences.append(next_sentence(look.language, steps[0]))
    elif look.state not in {State.ENDED, State.COMPLETED, State.REFUSED, State.LAPSED}:
        sentences.append(say(look.language, "pages.states.nothing-next"))
    return " ".join(sentences)


DATED = IN_FORCE | {State.ENDED, State.COMPLETED}
"""States that are told with the last day."""


def state_sentence(look: Look) -> str:
    language, then, state = look.language, look.then, look.state
    if state in OUT_FOR_SIGNING:
        nobody = say(language, "pages.states.nobody")
        given, missing = (roles(language, of) or nobody for of in then.given_and_missing())
        return say(language, "pages.states.signing", signed=given, missing=missing)
    if state is State.SIGNED and then.terms.term:
        return say(language, "pages.states.signed", day=day(language, then.terms.term.starts_on))
    if state not in DATED:
        return say(language, f"pages.states.{state}")
    if then.last_day is None:
        return say(language, "pages.states.other", state=say(language, f"states.{state}"))
    sentence = say(language, f"pages.states.{state}", day=day(language, then.last_day))
    return f"{sentence} {why(look)}" if then.end and state in {State.ENDING, State.ENDED} else sentence


def why(look: Look) -> str:
    """Who asked for the end, and on which ground."""
    end = look.then.end
    if end is None:
        return ""
    ground = look.found.law.ground(end.ground, end.received_on)
    return say(
        look.language,
        "pages.states.because",
        initiator=say(look.language, f"roles.{end.initiator}"),
        ground=ground.name[look.language] if ground else end.ground,
    )


def next_sentence(language: str, step: Step) -> str:
    who = step.who_words(language) or say(language, "roles.deadline")
    what = step.what(language)
    if step.by is None:
        return say(language, "pages.states.next", what=what, who=who)
    return say(language, "pages.states.next-by", what=what, who=who, day=day(language, step.by))


# In short


def facts(look: Look) -> list[Fact]:
    """Who."""
    language, then = look.language, look.then
    if then.parties is None:
        return []
    parties, people = then.parties, look.names
    student = people.person(parties.student)
    minor = [say(language, "pages.contract.minor")] if then.minor else []
    found = [
        _fact(look, "student", Lines(student, minor)),
        _fact(look, "college", _organisation(look, parties.college)),
        _fact(look, "enterprise", _organisation(look, parties.enterprise)),
    ]
    if then.terms.mentor or then.terms.workplace:
        found.append(_fact(look, "mentor", _mentor(look, then)))
    return [*found, *transfer_facts(look)]


def _mentor(look: Look, then: Contract) -> Words:
    mentor, place = then.terms.mentor, then.terms.workplace
    name = look.names.person(mentor.person if mentor else None)
    return Lines(name, [place.department] if place else [])


def _organisation(look: Look, bin_: str) -> Words:
    return linked(look.names.organisation(bin_), f"/organisations/{bin_}")


def more_facts(look: Look) -> list[Fact]:
    """What, how long, how much."""
    language, terms, law = look.language, look.then.terms, look.found.law
    found = []
    if terms.subject:
        found.append(_fact(look, "specialty", named(language, terms.subject.specialty)))
        found.append(_fact(look, "qualification", named(language, terms.subject.qualification)))
    if terms.term:
        found.append(_fact(look, "runs", span(language, terms.term.starts_on, terms.term.ends_on)))
    if look.then.suspensions and look.found.roles & OF_THE_CONTRACT:
        found.append(_leave(look))
    if promise := look.then.results.promise:
        words = say(language, f"promises.{promise}")
        found.append(Fact(say(language, "pages.promise.title"), words))
    if look.then.disputes and look.may("text"):
        found.append(_disputes(look))
    if (planned := terms.practice_share) and look.may("text"):
        least = law.rule("formation.practice-share", law.known(look.at.in_force_on)).value["percent"]
        share = percent(language, planned.enterprise_hours, planned.total_hours or 1)
        found.append(
            _fact(look, "practice", Lines(share, [say(language, "pages.contract.least", percent=least)]))
        )
    if terms.compensation and look.may("text"):
        pay = say(language, "pages.clauses.monthly", sum=money(language, terms.compensation.monthly))
        found.append(_fact(look, "pay", pay))
    return found


def _disputes(look: Look) -> Fact:
    """Each leads to its page, and says what is frozen by it, or that it is over."""
    language = look.language
    lines = [
        Link(
            say(language, "phases.closed")
            if each.closed
            else ", ".join(look.reader.speaker.value(point) for point in each.points),
            f"/disputes/{each.id}",
        )
        for each in look.then.disputes
    ]
    return Fact(say(language, "pages.disputes.title"), Lines(lines[0], lines[1:]))


def _leave(look: Look) -> Fact:
    """Days of leave that were used up to the day that is looked at."""
    days = balance(look.then, look.found.law, look.at.in_force_on)
    words = say(look.language, "pages.leave.balance", used=days.used, allowed=days.allowed, left=days.left)
    return Fact(say(look.language, "pages.leave.title"), words)


def _fact(look: Look, name: str, value: Words) -> Fact:
    return Fact(say(look.language, f"pages.contract.{name}"), value)
