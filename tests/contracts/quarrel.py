"""A dispute of S5 with E1 about the end of K5 and its schedule, as far as a test needs it."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.commission import MemberSeated, Referred
from contracts.complaint import Opened
from contracts.complaint_answer import Answered
from contracts.contract import Parties
from contracts.decision import Event, Occasion
from contracts.dispute import Finding
from contracts.dispute_marks import DisputeOpenedHere
from contracts.facts import Facts
from contracts.mediation import MediationStarted
from contracts.parties import Mediator, Role
from contracts.points import Matter, Point
from contracts.ruling import Decided
from contracts.terms import ClauseId
from contracts.withdrawal import Noticed
from tests.examples import (
    C1,
    CHAMBER,
    COLLEGE,
    E1,
    ENTERPRISE,
    K5,
    K5_ACTIVE,
    R1,
    S5,
    STUDENT,
    an_id,
    around,
    asked,
    person,
    state,
)

DISPUTE = an_id(81)
REVIEWER, LAWYER = Role.REVIEWER, Role.LAWYER
NOTICED = Noticed(STUDENT, "own-wish", date(2026, 12, 28), date(2027, 1, 28), date(2026, 12, 28))
K5_ENDING = [*K5_ACTIVE, NOTICED]
END, DAYS = Point(Matter.END), Point(Matter.CLAUSE, ClauseId.SCHEDULE)
POINTS = (END, DAYS)
OPENED_ON, ANSWER_BY = date(2027, 1, 5), date(2027, 1, 15)
REFERRED_ON, DECIDE_BY, EVIDENCE_BY = date(2027, 1, 18), date(2027, 2, 8), date(2027, 2, 1)
DECIDED_ON, APPEAL_BY = date(2027, 2, 2), date(2027, 2, 16)
OPENED = Opened(
    contract=K5,
    number="75-2026-000004",
    parties=Parties(S5.id, C1.bin, E1.bin, R1.bin),
    by=STUDENT,
    against=ENTERPRISE,
    points=POINTS,
    asks="a" * 64,
    opened_on=OPENED_ON,
    answer_by=ANSWER_BY,
    known_on=date(2026, 12, 28),
)
OPENED_HERE = DisputeOpenedHere(DISPUTE, STUDENT, POINTS, OPENED_ON, ANSWER_BY)
ANSWERED = Answered(ENTERPRISE, (), "b" * 64)

MEDIATOR, CHAIR, OF_STUDENT, OF_ENTERPRISE, OF_COLLEGE, ANOTHER = (
    person(number, f"{number:012}", f"Member Demo {number}", date(1980, 1, 1)) for number in range(91, 97)
)
REGION = replace(R1, mediators=(Mediator(MEDIATOR.id, "M-17", date(2027, 12, 31)),))
REFERRED = Referred(STUDENT, REFERRED_ON, DECIDE_BY, EVIDENCE_BY)
SEATED = [
    MemberSeated(STUDENT, OF_STUDENT.id, STUDENT),
    MemberSeated(ENTERPRISE, OF_ENTERPRISE.id, ENTERPRISE),
    MemberSeated(COLLEGE, OF_COLLEGE.id, COLLEGE),
    MemberSeated(CHAMBER, CHAIR.id, CHAMBER),
]
WITH_ANSWER = [OPENED, ANSWERED]
IN_MEDIATION = [*WITH_ANSWER, MediationStarted(MEDIATOR.id, date(2027, 1, 18), date(2027, 2, 17))]
REFERRED_TO = [*WITH_ANSWER, REFERRED]
IN_COMMISSION = [*REFERRED_TO, *SEATED]
MEMBERS = (OF_STUDENT.id, OF_ENTERPRISE.id, OF_COLLEGE.id, CHAIR.id)
DECISION = Decided((Finding.UPHELD, Finding.REJECTED), ("c" * 64, "d" * 64), MEMBERS, DECIDED_ON, APPEAL_BY)
AFTER_DECISION = [*IN_COMMISSION, DECISION]


def known(contract: Any = None, **more: Any) -> Facts:
    """What stands around the dispute."""
    about = contract or state([*K5_ENDING, OPENED_HERE], id_=K5)
    return around(S5, contract=about, chamber=REGION, **more)


def at(by: Role, on: date, **more: Any) -> Occasion:
    """Asked about the dispute; `facts` and `who` beside what a test has everywhere."""
    who = more.pop("who", None)
    facts = more.pop("facts", None) or known()
    sealed = {"asks": "a" * 64, "shows": "e" * 64, "terms": "f" * 64, "reasons": "c" * 64}
    sealed |= {f"reasons.{n}": f"{n}" * 64 for n in range(4)}
    return asked(by, on, facts, {**sealed, **more}, who or (S5.id if by is STUDENT else None))


def dispute(*events: Event) -> Any:
    return state(events, "dispute", DISPUTE)
