"""A refusal as an answer shows it: the rule, what was found, its source, and who can cure it."""

from datetime import date
from typing import Any

from api.languages import say
from api.sentences import Speaker
from contracts.canonical import plain
from contracts.decision import Cure, Refusal
from contracts.law import Law


def refusal(language: str, law: Law, refused: Refusal, on: date) -> dict[str, Any]:
    """`on`: the legal day, whose rule is cited."""
    return {
        "rule": refused.type,
        "code": refused.code,
        "detail": Speaker(language, law, on).refusal(refused),
        "source": source(law, refused.type, on),
        "facts": plain(refused),
        "cures": [cure(language, each) for each in refused.cures],
    }


def source(law: Law, rule: str, on: date) -> dict[str, Any]:
    found = law.rule(rule, on).source
    return {
        "act": found.act,
        "article": found.article,
        "link": found.link,
        "in_force_from": found.in_force_from.isoformat(),
        "confirmed": found.confirmed,
    }


def cure(language: str, each: Cure) -> dict[str, Any]:
    return {
        "who": each.who.value,
        "what": each.what,
        "detail": say(language, f"cures.{each.what}"),
        "command": each.command,
    }
