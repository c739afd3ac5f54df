"""A refusal as an answer shows it: the rule, what was found, its source, and who can cure it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from api.answers import instant
from api.languages import say
from api.sentences import Speaker
from contracts.canonical import plain
from contracts.correction import CorrectedAlready
from contracts.decision import Cure, Refusal
from contracts.law import Law
from contracts.log.recorder import StoredEvent
from contracts.schedule_answer import Superseded
from contracts.signing import OtherText

Stored = Callable[[UUID], Sequence[StoredEvent]]
"""The entries of a stream."""


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


def see(refused: Refusal, contract: UUID, stored: Stored, today: date) -> str | None:
    """The page of that contract on which it stands why: the newer proposal, or how the two texts differ."""
    match refused:
        case Superseded():
            return f"/contracts/{contract}/schedule#p-{refused.newer}"
        case CorrectedAlready():
            [position] = [row.position for row in stored(contract) if row.stream_version == refused.by_entry]
            return f"/contracts/{contract}/history?entry={position}#e-{position}"
        case OtherText():
            rows = stored(contract)
            offered = [row for row in rows if row.type == "contract.offered" and refused.signed in row.data]
            if not offered:
                return f"/contracts/{contract}/text"
            moments = {"from": f"{today},{instant(offered[0].recorded_at)}", "to": f"{today}"}
            return f"/contracts/{contract}/diff?{urlencode(moments)}"
    return None


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
