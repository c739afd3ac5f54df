"""Changes of clauses: which, from when, as they were and as they are to be; and the answer to them."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from api.formats import day, money
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.clauses_asked import terms_of
from api.pages.acting.compound import Fixed, Several, Together
from api.pages.acting.questions import Day, Question, Tenge
from api.pages.acting.revise import side_by_side
from api.pages.names import roles
from api.pages.parts import Fact
from api.pages.views.asked import Beside
from api.pages.views.form import Option
from contracts.amendment import ProposeAmendment
from contracts.amendment_answer import AcceptAmendment, DeclineAmendment, Object
from contracts.amendment_notice import GiveNoticeOfChange
from contracts.amendment_rules import open_ones, waiting
from contracts.decision import Command, Text
from contracts.dossier import Amendment
from contracts.materiality import OWN_COMMAND, strictest, weights
from contracts.parties import Role
from contracts.pay_raise import PayStep, RaisePay
from contracts.terms import REGISTER, Change, Clause, ClauseId, Terms, differing, revised

NAME = "changes"
"""Under which the clauses are asked."""

TOLD = frozenset({ClauseId.WORKPLACE, ClauseId.SAFETY})
"""Clauses that may change by notice, beside those of which the register says so."""

# What is proposed


def steps(asking: Asking) -> list[Step]:
    about = [asking.say(f"pages.ask.about.{asking.plan.command.type}")]
    return [
        Step(asking.title, [_which(asking), *_days(asking)], about=about),
        Step(asking.say("pages.amend.values"), _questions(asking, chosen(asking))),
    ]


def changeable(asking: Asking) -> list[Clause]:
    """Those that this command may change; a surety only where somebody can be one."""
    found = [clause for clause in REGISTER if clause.id not in OWN_COMMAND]
    if asking.plan.command is GiveNoticeOfChange:
        found = [clause for clause in found if clause.change is Change.NOTICE or clause.id in TOLD]
    return [clause for clause in found if clause.id is not ClauseId.GUARANTEE or asking.representatives]


def chosen(asking: Asking) -> list[Clause]:
    return [clause for clause in changeable(asking) if asking.typed.get(f"clauses-{clause.id}")]


def _which(asking: Asking) -> Question:
    options = [Option(c.id, asking.say(f"clauses.{c.id}"), _now(asking, c)) for c in changeable(asking)]
    label = asking.say("pages.amend.which")
    return Several(asking.language, "clauses", label, options=options, means=ClauseId)


def _now(asking: Asking, clause: Clause) -> Any:
    return asking.words.brief(getattr(asking.state.terms_on(asking.today), clause.field))


def _days(asking: Asking) -> list[Question]:
    optional = () if asking.plan.command is GiveNoticeOfChange else ("answer_by", "agreed_on")
    return [
        _day(asking, "from_on", needed=True),
        *(_day(asking, name) for name in optional),
        asked.of_kind(asking, "reason", Text, False),
    ]


def _day(asking: Asking, name: str, needed: bool = False) -> Day:
    hint = asked.hint_of(asking, name)
    return Day(asking.language, name, asked.label(asking, name), hint, required=needed)


def _questions(asking: Asking, clauses: Sequence[Clause]) -> list[Question]:
    return asking.clauses(NAME).of(*(clause.field for clause in clauses)) if clauses else []


def first(asking: Asking) -> dict[str, str]:
    """The clauses as they will be once all that is agreed holds, to be changed."""
    terms = asking.state.terms_on(asking.state.last_day or asking.today)
    values = {f"{NAME}-{clause.field}": getattr(terms, clause.field) for clause in REGISTER}
    found = _questions(asking, changeable(asking))
    return {name: text for each in found for name, text in each.typed(values[each.name]).items()}


def build(asking: Asking, values: dict[str, Any]) -> Command:
    """Of the clauses that were chosen, what is another than on the first day; one that was emptied goes."""
    days = {name: values[name] for name in ("from_on", "answer_by", "agreed_on", "reason") if name in values}
    was, now = asking.state.terms_on(values["from_on"]), terms_of(values, NAME)
    changed = [clause for clause in differing(was, now) if clause in chosen(asking)]
    filled = {clause.field: getattr(now, clause.field) for clause in changed}
    removed = tuple(clause.id for clause in changed if filled[clause.field] is None)
    return asking.plan.command(changes=Terms(**filled), remove=removed, **days)


def shown(asking: Asking, wish: Command) -> list[Beside]:
    """Clause by clause: was, is to be; and whose agreement that takes."""
    if not isinstance(wish, ProposeAmendment | GiveNoticeOfChange):
        return []
    was = asking.state.terms_on(wish.from_on)
    return _change(asking, was, revised(was, wish.changes, wish.remove))


def _change(asking: Asking, was: Terms, now: Terms) -> list[Beside]:
    if not (found := weights(was, now)):
        return []
    how = asking.say(f"change-classes.{strictest(found)}")
    return [*side_by_side(asking, was, now), Beside(asking.say("fields.materiality"), [how])]


# What is answered


def wanted(asking: Asking, notice: bool) -> Amendment | None:
    """The one that the address names, else the first that is open and waits for who asks."""
    named = asking.reader.request.query_params.get("proposal")
    found = [each for each in open_ones(asking.state) if each.notice == notice]
    mine = [each for each in found if asking.roles & {*waiting(each, asking.state)}]
    return next((each for each in found if str(each.id) == named), next(iter([*mine, *found]), None))


def answer_steps(asking: Asking) -> list[Step]:
    found = wanted(asking, notice=False)
    text = Fixed(asking.language, "text_hash", "", shown=found.text_hash if found else "")
    return [_answer(asking, found, text, asking.plan.command is DeclineAmendment)]


def object_steps(asking: Asking) -> list[Step]:
    found = wanted(asking, notice=True)
    notice = Fixed(asking.language, "notice", "", shown=str(found.id) if found else "", means=UUID)
    return [_answer(asking, found, notice, True)]


def _answer(asking: Asking, found: Amendment | None, fixed: Question, reason: bool) -> Step:
    questions = [fixed, *([asked.of_kind(asking, "reason", Text, False)] if reason else [])]
    about = [asking.say("pages.ask.about.any")]
    return Step(asking.title, questions, above=_proposed(asking, found), about=about)


def _proposed(asking: Asking, found: Amendment | None) -> list[Beside]:
    heading = asking.say("pages.ask.proposal")
    if found is None:
        return [Beside(heading, [asking.say("pages.ask.no-proposal")])]
    was = asking.state.terms_on(found.from_on)
    silence = asking.say("silence.notice-stands" if found.notice else "silence.amendment-lapses")
    facts = [
        Fact(asking.say("pages.schedule.by"), asking.say(f"roles.{found.by}")),
        Fact(asking.say("fields.from_on"), day(asking.language, found.from_on)),
        Fact(asking.say("pages.schedule.accepted"), roles(asking.language, sorted(found.accepted))),
        Fact(asking.say("pages.schedule.waiting"), roles(asking.language, waiting(found, asking.state))),
        Fact(asking.say("fields.answer_by"), day(asking.language, found.answer_by)),
        Fact(asking.say("fields.text_hash"), found.text_hash),
    ]
    return [
        Beside(heading, [silence], facts),
        *_change(asking, was, revised(was, found.changes, found.removed)),
    ]


# A raise


def raise_steps(asking: Asking) -> list[Step]:
    parts = (
        _day(asking, "steps-from_on", needed=True),
        Tenge(asking.language, "steps-monthly", asking.say("pages.ask.terms.monthly")),
    )
    question = Together(
        asking.language,
        "steps",
        asking.say("pages.amend.raise"),
        parts=parts,
        make=lambda **values: (PayStep(**values),),
        tell=_raised(asking),
    )
    agreed = asking.state.terms_on(asking.today).compensation
    above = [Beside(asking.say("pages.amend.now"), [asking.words.value(agreed)])]
    about = [asking.say("pages.ask.about.raise-pay")]
    return [Step(asking.title, [question], above=above, about=about)]


def _raised(asking: Asking) -> Callable[[Sequence[PayStep]], str]:
    def tell(found: Sequence[PayStep]) -> str:
        return "; ".join(
            f"{day(asking.language, each.from_on)}: {money(asking.language, each.monthly)}" for each in found
        )

    return tell


def readable(asking: Asking) -> bool:
    """Whoever is asked may read what is proposed."""
    return bool(asking.look and asking.look.found.roles & asking.plan.command.by - {Role.MENTOR})


PLANS = (
    Plan(ProposeAmendment, steps, build, shown, first),
    Plan(GiveNoticeOfChange, steps, build, shown, first),
    Plan(AcceptAmendment, answer_steps, open=readable),
    Plan(DeclineAmendment, answer_steps),
    Plan(Object, object_steps),
    Plan(RaisePay, raise_steps),
)
