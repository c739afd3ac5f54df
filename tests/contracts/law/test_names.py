"""Every rule that a decision names is one of the law, and every refusal has its entry."""

import ast
from pathlib import Path

import pytest

import contracts
from contracts import lifecycle
from contracts.law import load

FILES = sorted(Path(contracts.__file__).parent.glob("*.py"))
RULES = load("kz").rules

NAMES_A_RULE = {"rule": 0, "Deadline": 4, "Sum": 4}
"""Which argument of a call is the id of a rule."""


def named_rules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            place = NAMES_A_RULE.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                yield node.args[place].value


@pytest.mark.parametrize("refusal", lifecycle.REFUSALS.values(), ids=lambda refusal: refusal.code)
def test_a_refusal_has_an_entry_under_its_id_and_code(refusal):
    assert [rule.code for rule in RULES[refusal.type]] == [refusal.code] * len(RULES[refusal.type])


def test_decisions_name_rules_that_there_are():
    named = {name for path in FILES for name in named_rules(path)}
    assert len(named) > 10
    assert named <= RULES.keys()


def test_every_event_of_a_contract_stands_under_a_rule_that_there_is():
    of_contracts = {event.rule for event in lifecycle.EVENTS.values() if event.stream == "contract"}
    assert of_contracts <= RULES.keys()
