"""The questions of a dispute: which points, what of each, who sits, who mediates, in which shares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.languages import say
from api.pages.acting import asked
from api.pages.acting.asking import Asking
from api.pages.acting.clauses_asked import enumerated
from api.pages.acting.compound import Fixed, Several, Together
from api.pages.acting.questions import Choice, Question, Whole
from api.pages.names import names
from api.pages.parts import Lines, Words
from api.pages.views.form import Option
from contracts.commission_rules import SIDES
from contracts.contract import PARTIES, Contract
from contracts.dispute import Dispute, Finding, Portion, side_of
from contracts.parties import Organisation, Role
from contracts.points import Matter, Point
from contracts.terms import REGISTER, ClauseId

Ask = Callable[[Asking, str, bool], Question]

MOST = 100
"""Percent."""


@dataclass(frozen=True)
class Listed(Together):
    """One question for each of several things, whose answers make a tuple in their order."""

    def typed(self, value: Sequence[Any] | None) -> dict[str, str]:
        said = zip(self.parts, value or (), strict=False)
        return {name: text for part, one in said for name, text in part.typed(one).items()}

    def words(self, value: Sequence[Any]) -> Words:
        first, *rest = [part.words(one) for part, one in zip(self.parts, value, strict=False)] or [""]
        return Lines(first, rest)

    def said(self, value: Sequence[Any]) -> list[Any]:
        return Question.said(self, value or None)


@dataclass(frozen=True)
class Points(Several):
    """Any number of what can be disputed; each box has the name that `written` gives it."""

    def typed(self, value: Sequence[Point] | None) -> dict[str, str]:
        return super().typed([written(point) for point in value or ()])

    def words(self, value: Sequence[Point]) -> str:
        return super().words([written(point) for point in value])


def _plain(asking: Asking, name: str, required: bool, **more: Any) -> dict[str, Any]:
    return {
        "language": asking.language,
        "name": name,
        "label": asked.label(asking, name),
        "hint": asked.hint_of(asking, name),
        "required": required,
        **more,
    }


def disputed(asking: Asking) -> Dispute:
    """The dispute that the form is about."""
    found = asking.subject.state if asking.subject else None
    return found if isinstance(found, Dispute) else Dispute()


# What is disputed


def contract(asking: Asking, name: str, required: bool) -> Question:
    return Fixed(shown=str(about(asking).id), means=UUID, **_plain(asking, name, required))


def claim(asking: Asking, name: str, required: bool) -> Question:
    """The one that the address names, if it is about one."""
    given = asking.reader.request.query_params.get(name, "") or asking.typed.get(name, "")
    return Fixed(shown=given, means=UUID, **_plain(asking, name, required))


def about(asking: Asking) -> Contract:
    """The contract that is complained of."""
    found = asking.subject.state if asking.subject else None
    return found if isinstance(found, Contract) else Contract()


def points(asking: Asking, name: str, required: bool) -> Question:
    """Each clause that is filled in, the end if one is set, each entry by its number."""
    then, speaker = about(asking), asking.reader.speaker
    found = [Point(Matter.CLAUSE, clause.id) for clause in REGISTER if getattr(then.terms, clause.field)]
    if then.end_on:
        found.append(Point(Matter.END))
    if asking.reader.request.query_params.get("claim") or asking.typed.get("claim"):
        found.append(Point(Matter.SHARE))
    found += [Point(Matter.ENTRY, entry=n) for n in range(1, then.version + 1)]
    options = [Option(written(point), speaker.value(point)) for point in found]
    return Points(options=options, means=read, **_plain(asking, name, required))


def written(point: Point) -> str:
    """As a box of the form names it: `clause.C-SCHEDULE`, `entry.7`, `end`."""
    which = point.clause or point.item or point.entry
    return f"{point.matter}.{which}" if which else point.matter.value


def read(text: str) -> Point:
    matter, _, which = text.partition(".")
    if matter == Matter.CLAUSE:
        return Point(Matter.CLAUSE, clause=ClauseId(which))
    if matter == Matter.ENTRY:
        return Point(Matter.ENTRY, entry=int(which))
    return Point(Matter(matter), item=which or None)


def against(asking: Asking, name: str, required: bool) -> Question:
    own = {side_of(role) for role in asking.roles}
    options = [Option(role, asking.say(f"roles.{role}")) for role in sorted(PARTIES - own)]
    return Choice(options=options, means=Role, **_plain(asking, name, required))


def admits(asking: Asking, name: str, required: bool) -> Question:
    """The points by their numbers."""
    speaker = asking.reader.speaker
    options = [Option(str(n), speaker.value(p)) for n, p in enumerate(disputed(asking).points, 1)]
    return Several(options=options, means=int, **_plain(asking, name, False))


# Who


def mediator(asking: Asking, name: str, required: bool) -> Question:
    """One of those whom the chamber of the region has entered."""
    parties, today = disputed(asking).parties, asking.today
    bin_ = parties.chamber if parties else None
    chamber: Organisation | None = asking.reader.house.organisation(bin_) if bin_ else None
    listed = [each.person for each in chamber.mediators if each.holds_on(today)] if chamber else []
    return Choice(options=_people(asking, listed), means=UUID, **_plain(asking, name, required))


def member(asking: Asking, name: str, required: bool) -> Question:
    """One of those who sit."""
    options = _people(asking, disputed(asking).members)
    return Choice(options=options, means=UUID, **_plain(asking, name, required))


def _people(asking: Asking, people: Sequence[UUID]) -> list[Option]:
    known = names(asking.reader.house, asking.language, people)
    return [Option(str(id_), known.person(id_)) for id_ in people]


def side(asking: Asking, name: str, required: bool) -> Question:
    """The own seat; the chamber may fill any."""
    own = {side_of(role) for role in asking.roles}
    free = SIDES if Role.CHAMBER in own else tuple(each for each in SIDES if each in own)
    options = [Option(role, asking.say(f"roles.{role}")) for role in free]
    return Choice(options=options, means=Role, **_plain(asking, name, required))


# What was found, and what is agreed


def findings(asking: Asking, name: str, required: bool) -> Question:
    options = enumerated(asking.language, Finding)

    def one(part: str, label: str) -> Question:
        return Choice(asking.language, part, label, options=options, means=Finding)

    return _of_each_point(asking, name, required, one)


def reasons(asking: Asking, name: str, required: bool) -> Question:
    def one(part: str, label: str) -> Question:
        return Question(asking.language, part, label, kind="long")

    return _of_each_point(asking, name, required, one)


def _of_each_point(
    asking: Asking, name: str, required: bool, one: Callable[[str, str], Question]
) -> Question:
    speaker = asking.reader.speaker
    parts = [
        one(f"{name}-{n}", f"{n}. {speaker.value(point)}")
        for n, point in enumerate(disputed(asking).points, 1)
    ]
    return Listed(parts=parts, make=_in_order, **_plain(asking, name, required))


def _in_order(**answers: Any) -> tuple[Any, ...]:
    """Parts are named by their numbers."""
    return tuple(answers[key] for key in sorted(answers, key=int))


def shares(asking: Asking, name: str, required: bool) -> Question:
    """Percent of each who owes a part of the claim."""
    debtors = sorted(disputed(asking).debtors)
    parts = [
        Whole(asking.language, f"{name}-{n}", say(asking.language, f"roles.{debtor}"), least=0, most=MOST)
        for n, debtor in enumerate(debtors, 1)
    ]

    def made(**percents: int) -> tuple[Portion, ...]:
        return tuple(map(Portion, debtors, _in_order(**percents)))

    return Listed(parts=parts, make=made, **_plain(asking, name, False))


def offered_text(asking: Asking, name: str, required: bool) -> Question:
    offered = disputed(asking).settlement
    return Fixed(shown=offered.text_hash if offered else "", **_plain(asking, name, required))


SPECIAL: Mapping[tuple[str, str], Ask] = {
    ("complain", "contract"): contract,
    ("complain", "claim"): claim,
    ("complain", "points"): points,
    ("complain", "against"): against,
    ("answer-complaint", "admits"): admits,
    ("agree-mediation", "mediator"): mediator,
    ("recuse", "member"): member,
    ("seat-member", "side"): side,
    ("decide", "findings"): findings,
    ("decide", "reasons"): reasons,
    ("decide", "shares"): shares,
    ("record-court", "shares"): shares,
    ("propose-settlement", "shares"): shares,
    ("settle", "text_hash"): offered_text,
}
"""By command and field."""
