"""The clauses that hold on a day, each with the entry that set it; the money, each sum with its steps."""

from collections.abc import Iterator
from datetime import date

from api.formats import day, money, month, number
from api.languages import say
from api.pages.clauses import ClauseWords
from api.pages.look import Look
from api.pages.parts import Lines, Link, Row, Words
from api.pages.views.contract import ClauseNow, Figure, MoneyLine
from api.queries.moments import seen_by
from contracts.ahead import outlook
from contracts.consequences import Step, Sum
from contracts.contract import OUT_FOR_SIGNING, Contract, State
from contracts.terms import REGISTER, Clause, ClauseId, missing
from contracts.two_clocks import Change, changes, holds_from
from contracts.two_clocks import seen as holding

RULES = {
    ClauseId.SUBJECT: "formation.licence",
    ClauseId.PRACTICE_SHARE: "formation.practice-share",
    ClauseId.SCHEDULE: "schedule.practice-share",
    ClauseId.STATUS: "formation.pay-kind",
    ClauseId.COMPENSATION: "pay.due",
    ClauseId.MENTOR: "formation.mentor",
    ClauseId.REIMBURSE: "limitation.general",
}
"""The rule that says most about a clause."""

NOT_BINDING = frozenset({State.DRAFT, State.REFUSED, State.LAPSED}) | OUT_FOR_SIGNING


def clause_words(look: Look) -> ClauseWords:
    law = look.found.law
    return ClauseWords(look.language, look.names, law.form(law.known(look.at.in_force_on)))


def last_changes(look: Look) -> dict[Clause, Change]:
    """By whom each clause was set last, as of the moment shown."""
    counted = holding(look.found.entries, look.found.law, look.at.in_force_on, look.at.known_at)
    return {change.clause: change for change in changes(counted, Contract(id=look.id))}


def clauses(look: Look) -> list[ClauseNow]:
    set_by, words = last_changes(look), clause_words(look)
    visible = seen_by(look.found.roles, {clause.field: clause for clause in REGISTER})
    found = []
    for clause in REGISTER:
        value = getattr(look.then.terms, clause.field)
        if value is None or clause.field not in visible or clause not in set_by:
            continue
        found.append(ClauseNow(_name(look, clause), words.value(value), _since(look, set_by[clause], words)))
    return found


def _name(look: Look, clause: Clause) -> Words:
    name = say(look.language, f"clauses.{clause.id}")
    if (rule := RULES.get(clause.id)) is None:
        return name
    link = Link(say(look.language, "pages.contract.law-text"), f"/law/{rule}?on={look.at.in_force_on}")
    return Lines(name, [link])


def _since(look: Look, change: Change, words: ClauseWords) -> Words:
    """From which day, by which entry, and what it was before."""
    sentence = look.reader.speaker.event(change.by.event)
    key = "since-day" if binds(look) else "set-on"
    since = say(look.language, f"pages.contract.{key}", day=day(look.language, since_day(look, change)))
    lines: list[Words] = [Row([f"{sentence}.", look.entry_or_words(change.by.version)])]
    if change.was is not None:
        lines.append(Row([say(look.language, "pages.contract.was"), words.brief(change.was)]))
    return Lines(since, lines)


def since_day(look: Look, change: Change) -> date:
    """What was set before the contract begins to bind holds from its first day."""
    since, term = holds_from(change.by, look.found.law), look.then.terms.term
    return max(since, term.starts_on) if term and binds(look) else since


def binds(look: Look) -> bool:
    """Whether the clauses are, or were, more than a draft or an offer."""
    return look.then.state not in NOT_BINDING


def heading(look: Look) -> str:
    if not binds(look):
        return say(look.language, "pages.contract.clauses-not-binding")
    return say(look.language, "pages.contract.clauses-on", day=day(look.language, look.at.in_force_on))


def lacking(look: Look) -> list[Link]:
    """Of a draft: required clauses that are empty, each with its place in the form."""
    if look.then.state is not State.DRAFT:
        return []
    return [
        Link(say(look.language, f"clauses.{id_}"), f"/contracts/{look.id}/revise#{id_}")
        for id_ in missing(look.then.terms)
    ]


# Money


def sums(look: Look) -> list[MoneyLine]:
    """What was paid, what is due, what may be asked back."""
    if not look.may("text"):
        return []
    found = [*_paid(look)]
    found += [_sum(look, each) for each in outlook(look.then, look.found.law).sums]
    return found


def _paid(look: Look) -> Iterator[MoneyLine]:
    if look.then.terms.compensation is None and not look.then.payments:
        return
    language = look.language
    lines = [
        Figure(month(language, date.fromisoformat(f"{each.month}-01")), money(language, each.amount))
        for each in look.then.payments
    ]
    total = sum(each.amount for each in look.then.payments)
    yield MoneyLine(
        say(language, "pages.contract.paid"),
        say(language, "pages.contract.paid-months", n=len(lines))
        if lines
        else say(language, "words.none-yet"),
        money(language, total),
        [*lines, Figure(say(language, "pages.contract.total"), money(language, total))] if lines else (),
    )


def _sum(look: Look, found: Sum) -> MoneyLine:
    language, on = look.language, look.at.in_force_on
    parties = say(
        language,
        "pages.contract.from-to",
        by=say(language, f"roles.{found.by}"),
        to=say(language, f"roles.{found.to}"),
    )
    rule = Link(say(language, "pages.history.rule"), f"/law/{found.rule}?on={on}")
    return MoneyLine(
        say(language, f"sums.{found.name}"),
        Lines(parties, [rule]),
        money(language, found.amount),
        [Figure(say(language, f"steps.{step.name}"), _figure(language, step)) for step in found.steps],
    )


def _figure(language: str, step: Step) -> str:
    return money(language, step.value) if step.unit == "tiyn" else number(language, step.value)
