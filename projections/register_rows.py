"""The rows of the register: what is said of a contract in one line."""

from typing import Any

from contracts.contract import IN_FORCE, LIVES, Contract, State
from contracts.places import holds
from projections.folding import Folded
from projections.projection import folding
from projections.sight import PARTIES, parties
from projections.tables import Table

GRAM = 3
"""Letters. A part of a number that is searched for is found by groups of so many."""

REGISTER = Table(
    "register",
    {
        "contract_id": "uuid",
        "version": "integer NOT NULL",
        "position": "bigint NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        "began_at": "timestamptz NOT NULL",
        "number": 'text COLLATE "C"',
        **PARTIES,
        "memorandum": "uuid",
        "minor": "boolean NOT NULL",
        "specialty": "text",
        "qualification": "text",
        "state": "text NOT NULL",
        "starts_on": "date",
        "ends_on": "date",
        "end_on": "date",
        "rests_from": "date",
        "back_on": "date",
        "held_from": "date",
        "held_to": "date",
        "next_deadline": "date",
        "next_deadline_name": "text",
    },
    key=("contract_id",),
    owner="contract_id",
    # No column that changes often has an index, so that an update stays on its page.
    indexes=(
        "(college, contract_id)",
        "(enterprise, contract_id)",
        "(chamber, contract_id)",
        "(student)",
        "(mentor)",
        "(memorandum)",
        "(number, contract_id)",
        "(coalesce(starts_on, 'infinity'::date), contract_id)",
    ),
)

NUMBERS = Table(
    "numbers",
    {"contract_id": "uuid", "parts": "text[] NOT NULL"},
    key=("contract_id",),
    owner="contract_id",
    indexes=("USING gin (parts)",),
)


def _register(folded: Folded) -> list[dict[str, Any]]:
    contract: Contract = folded.state
    term, subject = contract.terms.term, contract.terms.subject
    next_one = min(folded.outlook.deadlines, key=lambda deadline: (deadline.on, deadline.name), default=None)
    [place, *_] = holds(contract) or [None]
    resting = contract.suspensions[-1] if contract.suspensions else None
    row = {
        "contract_id": folded.stream_id,
        "version": folded.version,
        "position": folded.position,
        "changed_at": folded.recorded_at,
        "began_at": folded.began_at,
        "number": contract.number,
        **parties(contract),
        "memorandum": contract.memorandum,
        "minor": contract.minor,
        "specialty": subject.specialty if subject else None,
        "qualification": subject.qualification if subject else None,
        "state": contract.state,
        "starts_on": term.starts_on if term else None,
        "ends_on": term.ends_on if term else None,
        "end_on": contract.end_on,
        "rests_from": resting.from_on if resting else None,
        "back_on": resting.back_on if resting else None,
        "held_from": place.from_on if place else None,
        "held_to": place.to_on if place else None,
        "next_deadline": next_one.on if next_one else None,
        "next_deadline_name": next_one.name if next_one else None,
    }
    return [row]


def grams(text: str) -> list[str]:
    """Its groups of GRAM letters, each once."""
    return sorted({text[n : n + GRAM] for n in range(len(text) - GRAM + 1)})


def _numbers(folded: Folded) -> list[dict[str, Any]]:
    return [{"contract_id": folded.stream_id, "parts": grams(folded.state.number or "")}]


PROJECTION = folding("register", "contract", {REGISTER: _register, NUMBERS: _numbers})


def _listed(states: frozenset[State]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states))


STATE_ON = f"""CASE
    WHEN r.end_on < %(today)s AND r.state IN ({_listed(IN_FORCE | {State.ENDED})}) THEN 'ended'
    WHEN r.end_on IS NOT NULL AND r.state = 'ended' THEN 'ending'
    WHEN r.starts_on > %(today)s AND r.state IN ({_listed(IN_FORCE)}) THEN 'signed'
    WHEN r.rests_from <= %(today)s AND (r.back_on IS NULL OR r.back_on > %(today)s)
        AND r.state IN ({_listed(LIVES)}) THEN 'suspended'
    ELSE r.state END"""
"""Contract.state_on, of a row `r`, whose last time of rest decides: those before it are over."""
