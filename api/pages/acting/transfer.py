"""A transfer, step by step: where to, from which day on, what goes along; and both contracts before it is
completed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from api.formats import day, money
from api.pages import transfers
from api.pages.acting import asked, parties_asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.compound import Fixed, Several
from api.pages.acting.questions import Choice, Question
from api.pages.clauses import ClauseWords
from api.pages.parts import Column, Fact, Row, Table, Words
from api.pages.typed_day import read_day
from api.pages.views.asked import Beside, Choose
from api.pages.views.form import Option
from contracts.carrying import carried
from contracts.contract import Contract
from contracts.decision import DAY, Command
from contracts.moving import LEFT, Destination, Move
from contracts.parties import Kind
from contracts.terms import REGISTER
from contracts.transfer import RequestTransfer, SetAcademicDifference
from contracts.transfer_answer import AcceptTransfer, CancelTransfer, DeclineTransfer
from contracts.transfer_completion import CompleteTransfer
from contracts.transfer_rules import answer_by, side, silence_releases


def request_steps(asking: Asking) -> list[Step]:
    named = {question.name: question for question in asked.questions(asking)}
    find = Choose(asking.say("pages.new-contract.search"), "stay", "receiver")
    again = Choose(asking.say("pages.transfer.count-again"), "stay", "start_on-day")
    when = [named[name] for name in ("end_on", "start_on", "reason", "exception_no")]
    return [
        Step(
            asking.say("pages.transfer.what"),
            [kinds(asking)],
            about=[asking.say("pages.transfer.about"), asking.say("pages.transfer.addendum")],
        ),
        Step(asking.say("pages.transfer.where"), receivers(asking), buttons=[find]),
        Step(asking.say("pages.transfer.when"), when, above=_between(asking), buttons=[again]),
        Step(asking.say("pages.transfer.along"), (), above=_along(asking)),
    ]


def kinds(asking: Asking) -> Question:
    """Those by which a party is left; all else is an addendum."""
    options = [Option(kind, asking.say(f"transfer-kinds.{kind}")) for kind in LEFT]
    label = asking.say("pages.transfer.what")
    return Choice(asking.language, "kind", label, options=options, means=Destination)


def receivers(asking: Asking) -> list[Question]:
    """Organisations of the kind that is chosen, found by name or BIN."""
    label, say = asking.say("fields.receiver"), asking.say
    if (kind := asking.typed.get("kind", "")) not in set(Kind):
        return [Choice(asking.language, "receiver", label, hint=say("pages.transfer.kind-first"), options=())]
    find = Question(
        asking.language,
        "receiver_find",
        say("pages.new-contract.find-partner"),
        say("pages.new-contract.find-partner-hint"),
        required=False,
        aside=True,
    )
    chosen, looked_for = asking.typed.get("receiver", ""), asking.typed.get("receiver_find", "")
    found = parties_asked.partners(asking.reader, Kind(kind), looked_for, chosen)
    parties = asking.state.parties
    here = {parties.college, parties.enterprise} if parties else set()
    options = [option for option in found if option.value not in here]
    return [find, Choice(asking.language, "receiver", label, options=options)]


def _day(asking: Asking, name: str) -> date | None:
    return read_day(asking.language, asking.typed, name).on


def _between(asking: Asking) -> list[Beside]:
    """How long the party that is left may answer, and how many days lie between the two contracts."""
    today = asking.today
    until = day(asking.language, answer_by(asking.law, today))
    silence = "silence-releases" if silence_releases(asking.state, today) else "transfer-escalates"
    lines: list[Words] = [
        asking.say("pages.transfer.answer-until", day=until),
        asking.say(f"silence.{silence}"),
    ]
    last, first = _day(asking, "end_on"), _day(asking, "start_on")
    if last and first:
        lines.append(transfers.gap(asking.language, (first - last).days - 1))
    fits = last is None or first is None or first == last + DAY
    return [Beside(asking.say("pages.transfer.between"), lines, warns=not fits)]


def _along(asking: Asking) -> list[Beside]:
    """What goes along and what does not."""
    say, last = asking.say, _day(asking, "end_on")
    goes: list[Words] = [say("pages.transfer.goes-qualification"), say("pages.transfer.goes-history")]
    if last:
        goes.insert(0, transfers.practice(asking.language, carried(asking.state, asking.law, last)))
    stays: list[Words] = [say(f"pages.transfer.stays-{what}") for what in ("hiring", "pay", "mentor")]
    return [
        Beside(say("pages.transfer.goes"), goes),
        Beside(say("pages.transfer.stays"), stays),
        Beside(say("pages.transfer.signatures"), [say("pages.transfer.signed-there"), _who(asking)]),
    ]


def _who(asking: Asking) -> str:
    """The party that has to let go, unless it asks itself."""
    kind = asking.typed.get("kind", "")
    left = LEFT.get(Destination(kind)) if kind in set(Destination) else None
    if left is None or (asking.role and side(asking.role) is left):
        return asking.say("pages.transfer.nobody-waits")
    return asking.say("pages.transfer.lets-go", who=asking.say(f"roles.{left}"))


# Both contracts side by side


def complete_steps(asking: Asking) -> list[Step]:
    above = [_both(asking, move)] if (move := asking.state.open_move) else []
    about = [asking.say("pages.ask.about.any")]
    return [Step(asking.title, [successor(asking), *claims(asking)], above=above, about=about)]


def successor(asking: Asking) -> Question:
    move = asking.state.open_move
    shown = str(move.successor) if move and move.successor else ""
    label = asking.say("fields.next_contract")
    return Fixed(asking.language, "next_contract", label, required=False, shown=shown, means=UUID)


def claims(asking: Asking) -> list[Question]:
    """Those that are open, to be named one by one."""
    options = [
        Option(str(claim.id), money(asking.language, claim.amount))
        for claim in asking.state.account.open_claims
    ]
    label = asking.say("fields.claims")
    return [Several(asking.language, "claims", label, options=options, means=UUID)] if options else []


def shown(asking: Asking, wish: Command) -> list[Beside]:
    move = asking.state.open_move or asking.state.moved
    return [_both(asking, move)] if move else []


def _both(asking: Asking, move: Move) -> Beside:
    """This contract and the one that takes its place, clause by clause where they differ."""
    language, say = asking.language, asking.say
    heading = say("pages.transfer.both")
    new: Contract | None = asking.reader.house.folded("contract", move.successor) if move.successor else None
    lines: list[Words] = [transfers.gap(language, (move.start_on - move.end_on).days - 1)]
    lines.append(transfers.practice(language, carried(asking.state, asking.law, move.end_on)))
    if new is None:
        return Beside(heading, [*lines, say("pages.transfer.no-successor")], warns=True)
    heads = [Column(say("pages.ask.clause")), Column(_number(asking.state)), Column(_number(new))]
    days = (day(language, move.end_on), day(language, move.start_on))
    rows: list[Sequence[Words]] = [
        (say("pages.transfer.last-and-first"), *days),
        *_parties(asking, new),
        *_clauses(asking, new),
    ]
    return Beside(heading, lines, table=Table(heading, heads, rows))


def _number(contract: Contract) -> str:
    return contract.number or ""


def _parties(asking: Asking, new: Contract) -> list[Sequence[Words]]:
    old = asking.state.parties
    if old is None or new.parties is None:
        return []
    pairs = [(role, getattr(old, role), getattr(new.parties, role)) for role in ("college", "enterprise")]
    return [
        (asking.say(f"roles.{role}"), *(asking.names.organisation(bin_) for bin_ in (was, now)))
        for role, was, now in pairs
        if was != now
    ]


def _clauses(asking: Asking, new: Contract) -> list[Sequence[Words]]:
    words: ClauseWords = asking.words
    rows: list[Sequence[Words]] = []
    for clause in REGISTER:
        was, now = (getattr(each.terms, clause.field) for each in (asking.state, new))
        if was != now and clause.field not in {"term", "mentor"}:
            rows.append((asking.say(f"clauses.{clause.id}"), words.value(was), words.value(now)))
    return rows


# The answer


def answer_steps(asking: Asking) -> list[Step]:
    """What was asked for stands above every answer."""
    above = [_asked(asking, move)] if (move := asking.state.open_move) else []
    about = [asking.say("pages.ask.about.any")]
    return [Step(asking.title, asked.questions(asking), above=above, about=about)]


def _asked(asking: Asking, move: Move) -> Beside:
    language = asking.language
    silence = "silence-releases" if move.silence_releases else "transfer-escalates"
    facts = [
        Fact(asking.say("pages.schedule.by"), asking.say(f"roles.{move.by}")),
        Fact(asking.say("pages.transfer.to"), asking.names.organisation(move.receiver)),
        Fact(asking.say("fields.end_on"), day(language, move.end_on)),
        Fact(asking.say("fields.start_on"), day(language, move.start_on)),
        Fact(asking.say("fields.answer_by"), day(language, move.answer_by)),
    ]
    return Beside(asking.say("pages.transfer.asked"), [Row([asking.say(f"silence.{silence}")])], facts)


PLANS = (
    Plan(RequestTransfer, request_steps),
    Plan(AcceptTransfer, answer_steps),
    Plan(DeclineTransfer, answer_steps),
    Plan(CancelTransfer, answer_steps),
    Plan(SetAcademicDifference, answer_steps),
    Plan(CompleteTransfer, complete_steps, shown=shown),
)
