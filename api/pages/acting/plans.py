"""How each command about a contract is asked for: most by one form, some by pages of their own."""

from dataclasses import replace

from api.languages import WORDS
from api.pages.acting import (
    agree_on_end,
    amend,
    asked,
    correct,
    department_change,
    revise,
    schedule_change,
    sign,
    transfer,
    withdraw,
)
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.whom import whom
from contracts.decision import Command
from contracts.lifecycle import COMMANDS
from contracts.parties import Role

DANGER = frozenset({"withdraw", "expel", "refuse-to-sign", "report-liquidation", "end", "decline-mutual-end"})
DANGER |= {"decline-transfer", "complete-transfer"}
"""Commands that end something."""


def single(asking: Asking) -> list[Step]:
    return [Step(asking.title, asked.questions(asking), about=about(asking))]


def about(asking: Asking) -> list[str]:
    """How long it takes and what one needs at hand."""
    key = f"pages.ask.about.{asking.plan.command.type}"
    return [asking.say(key if key in WORDS["en"] else "pages.ask.about.any")]


def plain(command: type[Command]) -> Plan:
    if command.type in DANGER:
        return Plan(command, single, shown=whom, danger=True)
    return Plan(command, single)


def plans() -> dict[str, Plan]:
    """Of every command that people give about a contract that is there."""
    found = {
        command.type: plain(command)
        for command in COMMANDS.values()
        if command.stream == "contract" and not command.begins and command.by != {Role.DEADLINE}
    }
    for module in (
        agree_on_end,
        amend,
        correct,
        department_change,
        revise,
        schedule_change,
        sign,
        transfer,
        withdraw,
    ):
        found |= {
            plan.command.type: replace(plan, danger=plan.command.type in DANGER) for plan in module.PLANS
        }
    return found
