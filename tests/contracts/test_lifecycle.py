"""The table of contents holds together: who may wish what and when, and that every rule has its source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest

from contracts.ahead import OUTLOOKS, TIMERS
from contracts.contract import State
from contracts.contract_rules import ContractCommand, WrongState
from contracts.decision import DayMoved, NotParty
from contracts.law import load
from contracts.lifecycle import COMMANDS, EVENTS, PHASES, REFUSALS, SHARED, STREAMS, timed
from contracts.parties import Role
from tests.contracts.wishes import ONE_OF_EACH
from tests.examples import DEADLINE, ENDS_ON, K1, K5_ACTIVE, OTHER, S5, around, asked, refused, state, when

ON = date(2026, 12, 28)
WISHES = {wish.type: wish for wish in ONE_OF_EACH}
OF_CONTRACTS = [wish for wish in ONE_OF_EACH if isinstance(wish, ContractCommand) and wish.states]
HERE = Path(__file__).parent
HOME = HERE.parent.parent / "contracts"
RUN_THROUGH = sorted(HERE.glob("test_*.py"))

DECIDED_BY_THE_LOG = {DayMoved.type}
"""Refused where a wish is written, so its test is there."""


def standing_for(wish):
    return state([], wish.stream, K1)


def test_there_is_a_wish_of_each_kind():
    assert set(WISHES) == set(COMMANDS)
    assert all(type(wish) is COMMANDS[name] for name, wish in WISHES.items())


@pytest.mark.parametrize("wish", ONE_OF_EACH, ids=lambda wish: wish.type)
def test_only_its_own_roles_may_have_a_wish(wish):
    for role in set(Role) - wish.by:
        found = refused(wish, asked(role), given=standing_for(wish))
        assert found == [NotParty(role, tuple(sorted(wish.by)))]


@pytest.mark.parametrize("wish", OF_CONTRACTS, ids=lambda wish: wish.type)
def test_a_wish_fits_the_states_that_it_names(wish):
    """What is true already, and what a timer finds settled, is no mistake in any state."""
    for seen in set(State) - wish.states:
        contract = replace(state(K5_ACTIVE), state=seen)
        occasion = asked(min(wish.by), ON, around(S5))
        if not wish.already(contract, occasion):
            wrong = WrongState(seen, tuple(sorted(wish.states)), ENDS_ON)
            assert refused(wish, occasion, given=contract) == [wrong]


@pytest.mark.parametrize("wish", ONE_OF_EACH, ids=lambda wish: wish.type)
def test_a_timer_never_stumbles_over_what_came_first(wish):
    """In a state in which nothing is to be done by itself, a timer's wish is no attempt that failed."""
    if wish.by == {DEADLINE} and wish.stream == "contract":
        for seen in (State.REFUSED, State.COMPLETED):
            assert when(wish, asked(DEADLINE, ON, around(S5)), replace(state(K5_ACTIVE), state=seen)) == []


def test_what_begins_a_stream_does_not_begin_it_twice():
    for wish in ONE_OF_EACH:
        if wish.begins and wish.type not in {"register-person", "register-organisation"}:
            begun = replace(standing_for(wish), version=1)
            assert when(wish, asked(min(wish.by)), given=begun) == []


def test_every_event_folds_into_its_own_stream():
    assert {event.stream for event in EVENTS.values()} == set(STREAMS)
    for event in EVENTS.values():
        assert event.apart <= set(event.__dataclass_fields__)
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", event.type)


def test_every_command_is_for_a_stream_and_a_role():
    for command in COMMANDS.values():
        assert command.stream in STREAMS
        assert command.by <= set(Role)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", command.type)


def test_a_timer_s_name_says_its_command():
    assert timed("lapse") == WISHES["lapse"].__class__()
    assert timed(f"lapse-schedule-change:{OTHER}").proposal == OTHER
    assert isinstance(timed(f"lapse-mutual-end:{OTHER}").proposal, UUID)


# Sources


@pytest.mark.parametrize("pack", ["kz", "journey-1"])
@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=lambda refusal: refusal.type)
def test_every_refusal_has_its_rule(refusal, pack):
    rule = load(pack).rule(refusal.type, ON)
    assert rule.code == refusal.code
    assert all(rule.text[language] for language in ("kk", "ru", "en"))


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=lambda refusal: refusal.type)
def test_every_refusal_has_a_cure_that_somebody_may_try(refusal):
    assert refusal.cures
    for cure in refusal.cures:
        assert cure.command is None or cure.who in COMMANDS[cure.command].by


@pytest.mark.parametrize("pack", ["kz", "journey-1"])
def test_every_rule_that_is_asked_for_is_there(pack):
    """By a decision, for a deadline or for a sum."""
    asked_for = set(named("rule", 0)) | set(named("Deadline", 4)) | set(named("Sum", 4))
    assert len(asked_for) > 20
    assert {name for name in asked_for if name not in load(pack).rules} == set()


def test_every_task_and_timer_names_a_command():
    assert {name for name in named("Task", 2) if name not in COMMANDS} == set()
    assert {name for name in named("Timer", 0) if DEADLINE not in COMMANDS[name].by} == set()


def test_every_outlook_and_all_timers_are_asked_for():
    for name, asked_for in (("outlook", OUTLOOKS), ("timers", TIMERS)):
        having = {module.__name__ for module in (*SHARED, *PHASES) if hasattr(module, name)}
        assert having == {look.__module__ for looks in asked_for.values() for look in looks}


# What is tested


def test_every_refusal_has_a_test_of_its_own():
    """One that asserts it with its facts."""
    told = {kind.type for kind in made_in_tests() if kind.__dict__.get("code")}
    assert set(REFUSALS) - told == DECIDED_BY_THE_LOG


def test_every_command_has_a_test_of_its_own():
    assert set(COMMANDS) - {kind.type for kind in made_in_tests()} == set()


def made_in_tests() -> Iterator[type]:
    """Every class of the write side that a test makes an object of, by hand."""
    for path in RUN_THROUGH:
        read = tree(path)
        imports = [node for node in read.body if isinstance(node, ast.ImportFrom)]
        known = {
            alias.asname or alias.name: getattr(import_module(node.module), alias.name)
            for node in imports
            if node.module and node.module.startswith("contracts")
            for alias in node.names
        }
        for node in ast.walk(read):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
                found = known[node.func.id]
                if isinstance(found, type) and hasattr(found, "type"):
                    yield found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def named(function: str, place: int) -> Iterator[str]:
    """Words that decisions, and the law for them, hand to a function or class of that name, in that place."""
    for path in (*sorted(HOME.glob("*.py")), HOME / "law" / "law.py"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or len(node.args) <= place:
                continue
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", None)
            word = node.args[place]
            if name == function and isinstance(word, ast.Constant) and isinstance(word.value, str):
                yield word.value
