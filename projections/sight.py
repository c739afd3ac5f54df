"""Which contracts a caller may see: a part of the WHERE of every question, so that no list, count or page
tells of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracts.claim import Claim
from contracts.contract import Contract
from contracts.dispute import Dispute
from contracts.parties import Role
from contracts.relations import Caller

AUDITORS = frozenset({Role.LAWYER, Role.REVIEWER, Role.CHAMBER, Role.MINISTRY, Role.PRIVACY})
"""Duties that may read every contract."""

ORGANISATIONS = (Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER)

PARTIES: Mapping[str, str] = {
    "student": "uuid NOT NULL",
    "mentor": "uuid",
    "college": "text NOT NULL",
    "enterprise": "text NOT NULL",
    "chamber": "text",
}
"""Columns of every table of contracts, by which it is decided who sees a row."""


SIDES: Mapping[str, str] = {name: type_.split(" ")[0] for name, type_ in PARTIES.items()}
"""The same where a row may be about less than a whole contract: a claim, which only its sides may see."""

ABOUT: Mapping[str, str] = {"stream_id": "uuid", "kind": "text NOT NULL", "contract_id": "uuid NOT NULL"}
"""Of what a row is: a contract, or what rests on one."""


@dataclass(frozen=True)
class Sight:
    """A caller on a legal day. `bin`: the organisation that the person acts for, which has to be so by its
    register; None: for oneself, as student, mentor or representative. `everything`: as an auditor."""

    person: UUID
    today: date
    bin: str | None = None
    everything: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        return {"sight_person": self.person, "sight_bin": self.bin, "today": self.today}


def of(caller: Caller, today: date) -> Sight:
    return Sight(caller.person, today, caller.bin, bool(caller.duties & AUDITORS))


LEANS_ON = ("organisations", "roster")
"""The projections that say who acts for whom: a question is not fresh before they are."""

ACTS = """EXISTS (SELECT FROM projections.mandates m
    WHERE m.bin = %(sight_bin)s AND m.person = %(sight_person)s
      AND (m.until IS NULL OR m.until >= %(today)s))"""

CHILDREN = """ANY(ARRAY(SELECT g.student FROM projections.guardianships g
    WHERE g.representative = %(sight_person)s AND g.until > %(today)s))"""

OF_ORGANISATION = tuple(f"(r.{role.value} = %(sight_bin)s AND {ACTS})" for role in ORGANISATIONS)
OF_PERSON = f"""(r.student = %(sight_person)s OR r.mentor = %(sight_person)s OR r.student = {CHILDREN})"""


def ways(sight: Sight) -> tuple[str, ...]:
    """Conditions on a row `r` with the columns of PARTIES: the caller sees it by one of them at least. Their
    parameters are the sight's. Each finds the newest of its rows by an index, which all of them in one
    condition would not."""
    if sight.everything:
        return ("true",)
    return OF_ORGANISATION if sight.bin else (OF_PERSON,)


def visible(sight: Sight) -> str:
    """The ways as one condition."""
    return f"({' OR '.join(ways(sight))})"


def first(rows: str, key: str, led: Sequence[str], rest: str, ordered: str) -> str:
    """The condition of a page: the first `%(limit)s` of the rows by each way, since one index leads to
    those of one way only."""
    if len(led) == 1:
        return f"{led[0]} AND {rest}"
    firsts = (
        f"(SELECT {key} FROM {rows} WHERE {way} AND {rest} ORDER BY {ordered} LIMIT %(limit)s)" for way in led
    )
    return f"({key}) IN ({' UNION ALL '.join(firsts)})"


def concerns(sight: Sight) -> str:
    """The condition that one of the roles in `r.who` is the caller's own."""
    if sight.bin:
        own = " OR ".join(
            f"(r.{role.value} = %(sight_bin)s AND '{role.value}' = ANY(r.who))" for role in ORGANISATIONS
        )
        return f"(({own}) AND {ACTS})"
    return f"""((r.student = %(sight_person)s AND 'student' = ANY(r.who))
        OR (r.mentor = %(sight_person)s AND 'mentor' = ANY(r.who))
        OR ('representative' = ANY(r.who) AND r.student = {CHILDREN}))"""


def about(stream_id: UUID, state: Contract | Claim | Dispute) -> dict[str, Any]:
    """The columns of ABOUT and SIDES."""
    if isinstance(state, Claim):
        return {"stream_id": stream_id, "kind": "claim", "contract_id": state.contract, **sides(state)}
    if isinstance(state, Dispute):
        return {"stream_id": stream_id, "kind": "dispute", "contract_id": state.contract, **whole(state)}
    return {"stream_id": stream_id, "kind": "contract", "contract_id": stream_id, **parties(state)}


def sides(claim: Claim) -> dict[str, Any]:
    """The columns of SIDES: whoever is none of the claim's is left out."""
    found = claim.parties
    if found is None:
        raise LookupError("a claim begins with its sides")
    every = {Role.STUDENT: found.student, Role.COLLEGE: found.college, Role.ENTERPRISE: found.enterprise}
    seen = {role.value: party for role, party in every.items() if role in claim.sides}
    return dict.fromkeys(SIDES) | seen


def whole(dispute: Dispute) -> dict[str, Any]:
    """The columns of SIDES: every party of the contract sees a dispute about it, and its chamber."""
    found = dispute.parties
    if found is None:
        raise LookupError("a dispute begins with its parties")
    return {
        "student": found.student,
        "mentor": None,
        "college": found.college,
        "enterprise": found.enterprise,
        "chamber": found.chamber,
    }


def parties(contract: Contract) -> dict[str, Any]:
    """The columns of PARTIES."""
    found, mentor = contract.parties, contract.terms.mentor
    if found is None:
        raise LookupError("a contract begins with its parties")
    return {
        "student": found.student,
        "mentor": mentor.person if mentor else None,
        "college": found.college,
        "enterprise": found.enterprise,
        "chamber": found.chamber,
    }
