"""A student on the way from one enterprise to another: the contract that is left, and the next one."""

from dataclasses import replace
from datetime import date

from contracts.moving import Destination
from contracts.parties import Memorandum
from contracts.signing import ConsentGiven
from contracts.succession import SuccessionBegun, SuccessorNamed
from contracts.terms import Mentoring, Term, Transfer
from contracts.transfer import RequestTransfer, TransferRequested
from contracts.transfer_answer import ReleaseDeemed, TransferAccepted
from tests.examples import (
    ACTIVATED,
    BRIEFED,
    C1,
    COLLEGE,
    CONCLUDED,
    E2,
    ENDS_ON,
    ENTERPRISE,
    G2,
    K1,
    M3,
    OFFERED,
    S2,
    STUDENT,
    SUBJECT,
    T1,
    TERMS,
    an_id,
    around,
    asked,
    drafted,
    signature,
    state,
)

ASKED_ON, ANSWER_BY = date(2026, 12, 10), date(2026, 12, 18)
END_ON, START_ON = date(2027, 1, 10), date(2027, 1, 11)
MOVE, K3 = an_id(81), an_id(53)
WITH_CLAUSE = replace(TERMS, transfer=Transfer(silence_releases=True))
C2_BIN = "090740900305"


def concluded(terms=WITH_CLAUSE, conclusion=CONCLUDED):
    """The contract of S2, who is a minor, with all that has happened until it was concluded."""
    return [
        drafted(S2, "75-2026-000002", minor=True, terms=terms),
        replace(OFFERED, student_record=S2.commitment),
        signature(ENTERPRISE, 1),
        signature(STUDENT, 2, who=S2.id),
        ConsentGiven(G2.id, T1),
        signature(COLLEGE, 3),
        conclusion,
    ]


K2_ACTIVE = [*concluded(), BRIEFED, ACTIVATED]
TO_E2 = RequestTransfer(Destination.ENTERPRISE, E2.bin, END_ON, START_ON)


def requested(by=COLLEGE, **other):
    found = TransferRequested(
        transfer=MOVE,
        kind=Destination.ENTERPRISE,
        by=by,
        receiver=E2.bin,
        end_on=END_ON,
        start_on=START_ON,
        answer_by=ANSWER_BY,
        requested_on=ASKED_ON,
        silence_releases=True,
    )
    return replace(found, **other)


NAMED = SuccessorNamed(MOVE, K3)
LETS_GO = TransferAccepted(MOVE, ENTERPRISE)
DEEMED = ReleaseDeemed(MOVE, ENTERPRISE, ASKED_ON, ANSWER_BY, ())
K2_MOVES = [*K2_ACTIVE, requested()]
K2_FREE = [*K2_MOVES, NAMED, LETS_GO]

THERE = replace(TERMS, term=Term(START_ON, ENDS_ON), mentor=Mentoring(M3.id))
MEMORANDUM_THERE = Memorandum(1, an_id(43), C1.bin, E2.bin, 1, (SUBJECT.qualification,))


def successor(terms=THERE, upto=None, parties=None, starts_on=START_ON):
    """K3, from its draft to its conclusion, or the first `upto` of its events."""
    begun, *rest = concluded(terms, replace(CONCLUDED, starts_on=starts_on, on=date(2026, 12, 15)))
    there = replace(begun.parties, **{"enterprise": E2.bin, **(parties or {})})
    begun = replace(begun, number="75-2027-000001", parties=there, memorandum=MEMORANDUM_THERE.id)
    return [begun, SuccessionBegun(K1), *rest][:upto]


def beyond(**more):
    """What stands around K3."""
    return around(S2, mentor=M3, enterprise=E2, memorandum=MEMORANDUM_THERE, **more)


def of(role=COLLEGE, on=ASKED_ON, then=None, **facts):
    """`then`: the successor as it is."""
    known = {"receiver": E2, "beyond": beyond(), "successor": then, **facts}
    return asked(role, on, around(S2, **known), sealed={"reason": "c" * 64})


def signed():
    return state(successor(), id_=K3)
