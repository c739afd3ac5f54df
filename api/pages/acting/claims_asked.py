"""Forms of claims: what is claimed of whom, with which documents; answers, payments, instalments."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_type_hints
from uuid import UUID

from api.formats import day, money, month
from api.pages.acting import asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.compound import Fixed, Together
from api.pages.acting.plans import about
from api.pages.acting.questions import Choice, Day, Question, Tenge, Tick, Whole
from api.pages.views.form import Option
from contracts.account import About
from contracts.claim import Claim
from contracts.costs import Cost, Item, claimable
from contracts.decision import Command
from contracts.lifecycle import COMMANDS
from contracts.parties import Role
from contracts.reimbursement import OpenClaim, Share
from contracts.week import month_of

ITEMS = 3
"""Costs that one form asks for."""

MONTHS = 24
"""Months back whose pay can be named."""

MONEY = frozenset({"amount", "part"})


def claim_of(asking: Asking) -> Claim:
    found = asking.subject.state if asking.subject else None
    return found if isinstance(found, Claim) else Claim()


def steps(asking: Asking) -> list[Step]:
    command = asking.plan.command
    hints = get_type_hints(command)
    found = [
        one(asking, each.name, hints[each.name], asked.required(each, hints[each.name]))
        for each in fields(command)  # type: ignore[arg-type]
        if each.name not in LEFT_OUT
    ]
    return [Step(asking.title, [question for question in found if question], about=about(asking))]


LEFT_OUT = frozenset({"plan", "currency"})
"""A plan of one's own is asked for by the interface only."""


def one(asking: Asking, name: str, hint: Any, needed: bool) -> Question | None:
    shared = plain(asking, name, needed)
    if name == "debtor":
        return debtor(asking, shared)
    if name == "payment":
        return payment(asking, shared)
    if name == "month":
        return Choice(kind="list", options=months(asking), **shared)
    if name == "overpaid":
        return Tick(**shared)
    kind, _ = asked.kind_of(hint)
    return Tenge(**shared) if name in MONEY else asked.of_kind(asking, name, kind, needed)


def plain(asking: Asking, name: str, needed: bool) -> dict[str, Any]:
    return {
        "language": asking.language,
        "name": name,
        "label": asked.label(asking, name),
        "hint": asked.hint_of(asking, name),
        "required": needed,
    }


def debtor(asking: Asking, shared: Mapping[str, Any]) -> Question | None:
    """Where there are several; a debtor means the own debt."""
    owing = [debt.debtor for debt in claim_of(asking).debts]
    if len(owing) < 2 or asking.roles & {*owing}:
        return None
    options = [Option(role, asking.say(f"roles.{role}")) for role in owing]
    return Choice(options=options, means=Role, **{**shared, "required": True})


def payment(asking: Asking, shared: Mapping[str, Any]) -> Question:
    options = [
        Option(str(each.id), f"{day(asking.language, each.on)}: {money(asking.language, each.parts.whole)}")
        for each in claim_of(asking).settlements
        if not each.reversed
    ]
    return Choice(options=options, means=UUID, **shared)


def months(asking: Asking) -> list[Option]:
    """Newest first."""
    found, first = [], asking.today.replace(day=1)
    while len(found) < MONTHS:
        found.append(Option(f"{first:%Y-%m}", month(asking.language, first)))
        first = month_of(date.fromordinal(first.toordinal() - 1))[0]
    return found


# A new claim


def opening(asking: Asking) -> list[Step]:
    language = asking.language
    named = asking.reader.request.query_params.get("contract", "")
    abouts = [Option(each, asking.say(f"claims-about.{each}")) for each in About]
    return [
        Step(
            asking.title,
            [
                Fixed(shown=named, means=UUID, **plain(asking, "contract", True)),
                Choice(options=abouts, means=About, **plain(asking, "about", True)),
                *(
                    Whole(language, f"debtors-{role}", asking.say(f"steps.share-{role}"), required=False)
                    for role in (Role.STUDENT, Role.COLLEGE)
                ),
                *(_item(asking, n) for n in range(ITEMS)),
                Tenge(**plain(asking, "amount", False)),
                Day(**plain(asking, "due_by", False)),
                Day(**plain(asking, "left_on", False)),
            ],
            about=about(asking),
        )
    ]


def _item(asking: Asking, n: int) -> Question:
    """Only what the law lets be claimed is offered."""
    name, law = f"items-{n}", asking.law
    kinds = [Option(kind, asking.say(f"costs.{kind}")) for kind in Cost if claimable(kind, law, asking.today)]
    parts = (
        Choice(options=kinds, means=Cost, **{**plain(asking, "item", True), "name": f"{name}-kind"}),
        Tenge(**{**plain(asking, "amount", True), "name": f"{name}-amount"}),
        Question(**{**plain(asking, "document", True), "name": f"{name}-document"}),
    )
    label = asking.say("pages.claims.item", number=n + 1)
    return Together(asking.language, name, label, required=False, parts=parts, make=Item)


def opened(asking: Asking, values: dict[str, Any]) -> Command:
    shares = [(role, values.pop(f"debtors-{role}", None)) for role in (Role.STUDENT, Role.COLLEGE)]
    items = [values.pop(f"items-{n}", None) for n in range(ITEMS)]
    return OpenClaim(
        **values,
        debtors=tuple(Share(role, parts) for role, parts in shares if parts),
        items=tuple(item for item in items if item),
    )


def plan(command: type[Command]) -> Plan:
    if command is OpenClaim:
        return Plan(command, opening, build=opened)
    return Plan(command, steps, danger=command.type == "write-off")


PLANS: Mapping[str, Plan] = {
    command.type: plan(command)
    for command in COMMANDS.values()
    if command.stream == "claim" and command.by != {Role.DEADLINE}
}
"""Where they stand: /claims/{id}/{command}, and /claims/new."""
