"""The questions of a command: made from its fields, by what each holds; some know more about the contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from api.formats import month
from api.languages import WORDS
from api.pages.acting import training_asked
from api.pages.acting.asking import Asking
from api.pages.acting.clauses_asked import enumerated
from api.pages.acting.compound import Fixed, Listed, Several, Together
from api.pages.acting.preview_words import period
from api.pages.acting.price_asked import price_payment
from api.pages.acting.questions import Choice, Day, Question, Tenge, Whole, yes_or_no
from api.pages.law import cited_source
from api.pages.names import roles
from api.pages.views.form import Option
from contracts.contract import EVERYBODY, PARTIES
from contracts.decision import Text
from contracts.ending import Thing
from contracts.law import Ground, Rest
from contracts.parties import Role
from contracts.results import Seats
from contracts.week import month_of
from contracts.withdrawal import ANOTHER_WAY

LEFT_OUT = {("sign", "means"), ("record-pay", "kind"), ("revise", "remove"), ("revise", "terms")}
LEFT_OUT |= {("correct", "entry"), ("correct", "field")}
"""Fields that a page does not ask for: they follow from how it is done, or are asked clause by clause."""

MONTHS = 24
"""Months back for which pay can be recorded here."""


def questions(asking: Asking) -> list[Question]:
    command = asking.plan.command
    hints = get_type_hints(command)
    asked = [each for each in fields(command) if (command.type, each.name) not in LEFT_OUT]  # type: ignore[arg-type]
    return [question for each in asked for question in one(asking, each, hints[each.name])]


def one(asking: Asking, field: Field[Any], hint: Any) -> Iterator[Question]:
    """None where there is nothing to choose."""
    command = asking.plan.command.type
    own = (command, field.name) in training_asked.ASKED
    found = SPECIAL.get((command, field.name)) or (None if own else SPECIAL.get(("", field.name)))
    if found:
        question = found(asking, field.name)
        if question:
            yield question
        return
    if special := training_asked.ASKED.get((command, field.name)):
        yield special(asking, _shared(asking, field.name, required(field, hint)))
        return
    kind, _ = kind_of(hint)
    yield of_kind(asking, field.name, kind, required(field, hint))


def required(field: Field[Any], hint: Any) -> bool:
    """Whether something must be said: neither may it be left empty, nor does it have a value by itself."""
    _, optional = kind_of(hint)
    return not optional and field.default is MISSING


def is_whole(kind: Any) -> bool:
    """Whether it is a value with fields of its own."""
    return isinstance(kind, type) and is_dataclass(kind)


def of_kind(asking: Asking, name: str, kind: Any, needed: bool) -> Question:
    shared = _shared(asking, name, needed)
    if get_origin(kind) is tuple:
        [value, *_] = get_args(kind)
        if value is str:
            return Listed(**shared)
        return Several(options=enumerated(asking.language, value), means=value, **shared)
    if kind is Text:
        return Question(kind="long", **shared)
    if kind is date:
        return Day(**shared)
    if kind is bool:
        return yes_or_no(**shared)
    if kind is int:
        return Whole(**shared)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Choice(options=enumerated(asking.language, kind), means=kind, **shared)
    if kind is str:
        return Question(**shared)
    raise TypeError(f"{asking.plan.command.type}: nobody knows how to ask for {name}")


def _shared(asking: Asking, name: str, required: bool = True) -> dict[str, Any]:
    return {
        "language": asking.language,
        "name": name,
        "label": label(asking, name),
        "hint": hint_of(asking, name),
        "required": required,
    }


def label(asking: Asking, name: str) -> str:
    """As this command asks for it, or the name that the field has everywhere. `name` may say in what it
    stands: `student-iin`."""
    own = name.rpartition("-")[2]
    keys = (f"pages.ask.{asking.plan.command.type}.{own}", f"pages.ask.parts.{own}", f"fields.{own}")
    return asking.say(next(key for key in keys if key in WORDS["en"]))


def hint_of(asking: Asking, name: str) -> str | None:
    own = name.rpartition("-")[2]
    keys = (f"pages.ask.{asking.plan.command.type}.{own}-hint", f"pages.ask.parts.{own}-hint")
    return next((asking.say(key) for key in keys if key in WORDS["en"]), None)


def kind_of(hint: Any) -> tuple[Any, bool]:
    """What a field holds, and whether it may be left empty."""
    if get_origin(hint) in (Union, UnionType):
        [kind, *_] = [each for each in get_args(hint) if each is not NoneType]
        return kind, NoneType in get_args(hint)
    return hint, False


# Fields that know more


def ground(asking: Asking, name: str) -> Question:
    options = [Option(each.id, each.name[asking.language], brings(asking, each)) for each in grounds(asking)]
    return Choice(options=options, **_shared(asking, name))


def grounds(asking: Asking) -> Sequence[Ground]:
    """Those that this command may rest on, for the side that asks."""
    found = asking.law.grounds(asking.today)
    command, role = asking.plan.command.type, asking.role
    if command == "expel":
        return [each for each in found if "charter" in each.needs]
    if command == "report-liquidation":
        return [each for each in found if each.initiator == "statutory" and each.notice and role in each.by]
    sides = PARTIES if role is Role.COLLEGE else {Role.STUDENT if role is Role.REPRESENTATIVE else role}
    return [each for each in found if each.by & sides and not each.needs & ANOTHER_WAY]


def rest_ground(asking: Asking, name: str) -> Question:
    """Of a suspension: those that this role may have recorded."""
    may = [each for each in asking.law.rests(asking.today) if asking.role in each.by]
    options = [Option(each.id, each.name[asking.language], allows(asking, each)) for each in may]
    return Choice(options=options, **_shared(asking, name))


def allows(asking: Asking, rest: Rest) -> str:
    """How long it may be, what it needs, and the article."""
    most = period(asking.language, rest.most) or ""
    if rest.least:
        least = period(asking.language, rest.least) or ""
        words = [asking.say("pages.ask.rest.length", least=least, most=most)]
    else:
        words = [asking.say("pages.ask.rest.most", most=most)]
    needed = [asking.say(f"papers.{paper}") for paper in sorted(rest.needs - {"fitness"})]
    words.append(asking.say("pages.ask.ground-needs", what=", ".join(needed)))
    return " ".join([*words, f"{cited_source(asking.language, rest.source)}."])


def brings(asking: Asking, ground: Ground) -> str:
    """Whose ground it is, how long the notice is, what it needs, and the article."""
    words = []
    if asking.role is Role.COLLEGE and asking.plan.command.type == "withdraw":
        sides = roles(asking.language, sorted(ground.by & PARTIES))
        words.append(asking.say("pages.ask.ground-of", who=sides))
    notice = asking.law.rule(ground.notice, asking.today).value if ground.notice else {}
    length = period(asking.language, notice)
    words.append(asking.say("pages.ask.ground-notice", length=length or asking.say("pages.ask.no-notice")))
    needs = [asking.say(f"pages.ask.needs.{need}") for need in sorted(ground.needs)]
    if needs:
        words.append(asking.say("pages.ask.ground-needs", what=", ".join(needs)))
    return " ".join([*words, f"{cited_source(asking.language, ground.source)}."])


def initiator(asking: Asking, name: str) -> Question | None:
    """Only a college records the request of another side."""
    if asking.role is not Role.COLLEGE:
        return None
    sides = [Role.STUDENT, Role.ENTERPRISE, Role.COLLEGE]
    options = [Option(role, asking.say(f"roles.{role}")) for role in sides]
    return Choice(options=options, means=Role, **_shared(asking, name))


def against(asking: Asking, name: str) -> Question:
    own = Role.STUDENT if asking.role is Role.REPRESENTATIVE else asking.role
    options = [Option(role, asking.say(f"roles.{role}")) for role in sorted(PARTIES - {own})]
    return Choice(options=options, means=Role, **_shared(asking, name))


def offered_text(asking: Asking, name: str) -> Question:
    return Fixed(shown=asking.state.text_hash or "", **_shared(asking, name))


def text_of_end(asking: Asking, name: str) -> Question:
    end = asking.state.open_mutual_end
    return Fixed(shown=end.text_hash if end else "", **_shared(asking, name))


def proposal(asking: Asking, name: str) -> Question:
    """The one that the page shows: named in the address, else the open one, else the last."""
    named = asking.reader.request.query_params.get("proposal", "")
    found = asking.state.open_proposal or next(reversed(asking.state.proposals), None)
    return Fixed(shown=named or (str(found.id) if found else ""), means=UUID, **_shared(asking, name))


def correction(asking: Asking, name: str) -> Question:
    return Fixed(shown=asking.reader.request.query_params.get(name, ""), means=UUID, **_shared(asking, name))


def found_by(asking: Asking, name: str) -> Question:
    options = [Option(role, asking.say(f"roles.{role}")) for role in sorted(EVERYBODY)]
    return Choice(options=options, means=Role, **_shared(asking, name))


def supersedes(asking: Asking, name: str) -> Question:
    """Whoever proposes while a proposal is open, proposes in its place."""
    found = asking.state.open_proposal
    return Fixed(shown=str(found.id) if found else "", means=UUID, **_shared(asking, name, required=False))


def schedule(asking: Asking, name: str) -> Question:
    return asking.clauses("").schedule(name, True)


def things(asking: Asking, name: str) -> Question:
    options = [Option(thing, asking.say(f"pages.ask.things.{thing}")) for thing in Thing]
    return Several(options=options, means=Thing, **_shared(asking, name, required=False))


def months(asking: Asking, name: str) -> Question:
    """Months of the term that have begun, newest first."""
    term = asking.state.terms.term
    last = min(asking.state.last_day or asking.today, asking.today)
    found, first = [], last.replace(day=1)
    while term and first >= term.starts_on.replace(day=1) and len(found) < MONTHS:
        found.append(Option(f"{first:%Y-%m}", month(asking.language, first)))
        first = month_of(date.fromordinal(first.toordinal() - 1))[0]
    return Choice(kind="list", options=found, **_shared(asking, name))


def members(asking: Asking, name: str) -> Question:
    """How many sat for each side; nobody at an interim assessment."""
    parts = [
        Whole(
            language=asking.language,
            name=f"{name}-{side}",
            label=asking.say(f"pages.ask.record-assessment.{side}-members"),
            required=False,
        )
        for side in ("college", "enterprise", "chamber")
    ]
    return Together(parts=parts, make=Seats, **_shared(asking, name, required=False))


def qualification(asking: Asking, name: str) -> Question:
    """The one of the contract."""
    subject = asking.state.terms.subject
    return Fixed(shown=subject.qualification if subject else "", **_shared(asking, name))


def amount(asking: Asking, name: str) -> Question:
    return Tenge(**_shared(asking, name))


SPECIAL: Mapping[tuple[str, str], Callable[[Asking, str], Question | None]] = {
    ("suspend", "ground"): rest_ground,
    ("", "ground"): ground,
    ("", "initiator"): initiator,
    ("", "against"): against,
    ("sign", "text_hash"): offered_text,
    ("consent", "text_hash"): offered_text,
    ("accept-mutual-end", "text_hash"): text_of_end,
    ("", "proposal"): proposal,
    ("cancel-price-payment", "payment"): lambda asking, name: price_payment(asking, _shared(asking, name)),
    ("", "correction"): correction,
    ("", "found_by"): found_by,
    ("", "supersedes"): supersedes,
    ("", "schedule"): schedule,
    ("confirm-return", "items"): things,
    ("record-pay", "month"): months,
    ("acknowledge-pay", "month"): months,
    ("report-unpaid", "month"): months,
    ("record-pay", "amount"): amount,
    ("offer-job", "amount"): amount,
    ("record-assessment", "members"): members,
    ("award-qualification", "code"): qualification,
}
"""By command and field; an empty command is any."""
