"""What the tests speak of: the cast of the journeys, their contracts, and helpers that read as given, when,
then. Dates are fixed and time is passed in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from contracts.activation import Activated, BriefingRecorded
from contracts.ahead import outlook
from contracts.consequences import Consequences, consequences
from contracts.contract import Contract, Parties, Route
from contracts.corrected import Told, whole
from contracts.corrected import onwards as going_on
from contracts.decision import Command, Event, Occasion, On, Refusal, Refused, effects, fold
from contracts.facts import Facts
from contracts.formation import Drafted, Offered
from contracts.law import birthday, load
from contracts.lifecycle import STREAMS, empty
from contracts.parties import (
    Enrolment,
    Guardianship,
    Kind,
    Licence,
    Mandate,
    Memorandum,
    Mentorship,
    Name,
    Organisation,
    Person,
    Preliminary,
    Record,
    Role,
)
from contracts.past import Kept, Past
from contracts.places import Hold
from contracts.schedule import ChangeProposed
from contracts.schedule_answer import ChangeAccepted
from contracts.signing import Concluded, ConsentGiven, Means, Signed
from contracts.terms import (
    Compensation,
    CostItem,
    Debtor,
    Form,
    Funding,
    Hiring,
    HiringKind,
    Hours,
    Mentoring,
    PayKind,
    PracticeShare,
    Reimbursement,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Terms,
    Week,
    Weekday,
    Workplace,
)

LAW = load("journey-1")
STUDENT, REPRESENTATIVE, COLLEGE = Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE
ENTERPRISE, MENTOR, CHAMBER, DEADLINE = Role.ENTERPRISE, Role.MENTOR, Role.CHAMBER, Role.DEADLINE


def an_id(number: int) -> UUID:
    return UUID(f"01990000-0000-7000-8000-{number:012}")


FRESH = an_id(999)

# Days

STARTS_ON, ENDS_ON = date(2026, 9, 1), date(2027, 6, 30)
DRAFTED_ON, OFFERED_ON, SIGN_BY = date(2026, 8, 10), date(2026, 8, 12), date(2026, 8, 26)
SIGNED_ON = date(2026, 8, 24)

# The cast

C1_HEAD, E1_HEAD, E2_HEAD, R1_HEAD = map(an_id, range(1, 5))
SUBJECT = Subject("07130700", "4S07130704")


def organisation(bin_: str, kind: Kind, name: str, head: UUID, **more: Any) -> Organisation:
    mandate = Mandate(head, "director", "charter", signs=True)
    return Organisation(2, bin_, kind, Name(name, name), "75", mandates=(mandate,), **more)


R1 = organisation("110540900205", Kind.CHAMBER, "Demo Regional Chamber", R1_HEAD)
LICENCE = Licence("KZ-1", (SUBJECT.specialty,))
C1 = organisation(
    "080440900104", Kind.COLLEGE, "Demo College of Energy", C1_HEAD, chamber=R1.bin, licence=LICENCE
)
E1 = organisation("120440900005", Kind.ENTERPRISE, "Demo Zhetisu Electro LLP", E1_HEAD)
E2 = organisation("130940900302", Kind.ENTERPRISE, "Demo Alatau Power LLP", E2_HEAD)


def person(number: int, iin: str, name: str, born_on: date, **more: Any) -> Person:
    return Person(1, an_id(number), f"{number:064x}", record=Record(iin, name, born_on), **more)


G1 = person(11, "781123490004", "Saule Demo", date(1978, 11, 23))
G2 = person(12, "810203490004", "Roza Demo", date(1981, 2, 3))
ENROLLED = (Enrolment(C1.bin, SUBJECT.specialty, date(2026, 8, 7)),)


def student(number: int, iin: str, name: str, born_on: date, *representatives: Person) -> Person:
    until = birthday(born_on, 18)
    guardianships = tuple(Guardianship(each.id, "parent", until) for each in representatives)
    return person(number, iin, name, born_on, enrolments=ENROLLED, guardianships=guardianships)


S1 = student(21, "100315690008", "Aisulu Demo", date(2010, 3, 15), G1)
S2 = student(22, "090517590005", "Daniyar Demo", date(2009, 5, 17), G2)
S3 = student(23, "070901690005", "Kamila Demo", date(2007, 9, 1))
S5 = student(25, "080706690811", "Zarina Demo", date(2008, 7, 6))
S8 = student(28, "080512690101", "Madina Demo", date(2008, 5, 12))


def mentor(number: int, iin: str, name: str, born_on: date, at: Organisation, capacity: int) -> Person:
    mentorship = Mentorship(at.bin, capacity, date(2026, 1, 12), cleared_on=date(2026, 7, 20))
    return person(number, iin, name, born_on, mentorships=(mentorship,))


M1 = mentor(31, "841231391802", "Askar Demo", date(1984, 12, 31), E1, 3)
M3 = mentor(33, "790630390003", "Serik Demo", date(1979, 6, 30), E2, 2)

MEMORANDUM = Memorandum(1, an_id(41), C1.bin, E1.bin, 3, (SUBJECT.qualification,), date(2029, 6, 30))
PRELIMINARY = Preliminary(1, an_id(42), E1.bin, S1.id, SUBJECT.specialty, conclude_by=date(2027, 8, 3))

# Terms common to all

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
DAY_HOURS = Hours(time(9), time(18), 60)


def schedule(college: Iterable[Weekday], enterprise: Iterable[Weekday], *more: Week) -> Schedule:
    return Schedule(StartsWith.STUDY, (Week(tuple(college), tuple(enterprise)), *more), DAY_HOURS, DAY_HOURS)


PRACTICE_WED_FRI = schedule([MON, TUE], [WED, THU, FRI])
PRACTICE_MON_WED = schedule([THU, FRI], [MON, TUE, WED])
PRACTICE_THU_FRI = schedule([MON, TUE, WED], [THU, FRI])
TERMS = Terms(
    subject=SUBJECT,
    term=Term(STARTS_ON, ENDS_ON),
    form=Form.FULL_TIME,
    funding=Funding.STATE_ORDER,
    practice_share=PracticeShare(2592, 1556),
    schedule=PRACTICE_WED_FRI,
    workplace=Workplace("Almaty, 1 Demo street", "Substation service"),
    standing=Standing(Status.TRAINEE),
    compensation=Compensation(PayKind.COMPENSATION, 9_500_000),
    mentor=Mentoring(M1.id),
    hiring=Hiring(HiringKind.CONDITIONAL, "good", needs_vacancy=True),
    reimbursement=Reimbursement((CostItem.EXTERNAL_COURSE,), (Debtor.STUDENT, Debtor.COLLEGE), 10_000_000),
)

# Asking

HEADS = {COLLEGE: (C1_HEAD, C1), ENTERPRISE: (E1_HEAD, E1), CHAMBER: (R1_HEAD, R1)}
PEOPLE = {STUDENT: S1, REPRESENTATIVE: G1, MENTOR: M1}
K1, K5, OTHER = an_id(51), an_id(55), an_id(59)


def around(who: Person = S1, **more: Any) -> Facts:
    """What stands around the contract of this student, with no place taken by others."""
    known = {"student": who, "mentor": M1, "college": C1, "enterprise": E1, "memorandum": MEMORANDUM}
    return Facts(**{**known, **more})


def held(kind: str, key: str, *periods: tuple[date, date]) -> Mapping[tuple[str, str], tuple[Hold, ...]]:
    """Places that other contracts have taken."""
    taken = tuple(Hold(kind, key, an_id(600 + n), *period) for n, period in enumerate(periods))
    return {(kind, key): taken}


def recorded_by(
    role: Role, on: date, *events: Event, told: tuple[Told, ...] = (), timer: str | None = None
) -> list[Kept]:
    """What one decision has recorded, for `past`."""
    head, acting = HEADS.get(role, (PEOPLE.get(role, S5).id, None))
    actor = "deadline" if role is DEADLINE else f"person:{head}"
    behalf = f"org:{acting.bin}" if acting else None
    act = object()
    return [Kept(0, event, on, actor, role, behalf, act, timer, told) for event in events]


def past(*acts: list[Kept], readers: Iterable[str] = (), id_: UUID = K5) -> Past:
    """The stream that these decisions have made."""
    kept = [replace(each, version=n) for n, each in enumerate((k for act in acts for k in act), 1)]
    return Past(tuple(kept), Contract(id=id_), frozenset(readers))


def asked(
    by: Role = COLLEGE,
    on: date = DRAFTED_ON,
    facts: Facts | None = None,
    sealed: Mapping[str, str] | None = None,
    person: UUID | None = None,
) -> Occasion:
    """`person`: who asks, where it is not the one whom the cast has for the role."""
    at = datetime.combine(on, time(9), LAW.zone)
    id_, acting = HEADS.get(by, (PEOPLE[by].id if by in PEOPLE else an_id(98), None))
    actor = "deadline" if by is DEADLINE else f"person:{person or id_}"
    behalf = f"org:{acting.bin}" if acting else None
    return Occasion(actor, by, behalf, at, LAW, facts or around(), FRESH, sealed or {}, outlook=outlook)


def state(events: Iterable[Event], stream: str = "contract", id_: UUID = K1) -> Any:
    kind = STREAMS[stream]
    return whole(events, kind(id=id_) if "id" in kind.__dataclass_fields__ else kind())


def when(command: Command, occasion: Occasion, given: Any = ()) -> list[Event | On]:
    """What the wish comes to. `given`: the events of the stream, or its state."""
    before = given if hasattr(given, "version") else state(given, command.stream)
    return list(command.decide(before, occasion))


def refused(command: Command, occasion: Occasion, given: Any = ()) -> list[Refusal]:
    """Every rule that stands in the way of the wish."""
    with pytest.raises(Refused) as caught:
        when(command, occasion, given)
    return list(caught.value.refusals)


def brought(
    wish: Command, occasion: Occasion, given: list[Event], adult_on: date | None = None
) -> Consequences:
    """What the decision brings with it."""
    before = state(given, id_=K5 if given[:1] == K5_DRAFT else K1)
    events: Any = when(wish, occasion, before)
    look = partial(outlook, law=LAW, adult_on=adult_on)
    onwards = (
        partial(going_on, occasion.facts.past.events, empty=empty("contract", before.id))
        if occasion.facts.past
        else fold
    )
    found = effects(events, before.id, before, lambda on: empty(on.event.stream, on.stream_id), onwards)
    return consequences(found, occasion, look)


# Contracts

T1, T2 = "1" * 64, "2" * 64


def drafted(who: Person, number: str, minor: bool, terms: Terms = TERMS) -> Drafted:
    parties = Parties(who.id, C1.bin, E1.bin, R1.bin)
    return Drafted(number, ENTERPRISE, Route.ENTERPRISE_FIRST, parties, minor, terms, MEMORANDUM.id)


def signature(party: Role, order: int, text: str = T1, who: UUID | None = None) -> Signed:
    return Signed(party, who or (HEADS[party][0] if party in HEADS else S1.id), text, order, Means.SIMPLE)


OFFERED = Offered(ENTERPRISE, T1, SIGN_BY, LAW.form(OFFERED_ON).version, "n" * 32, S1.commitment)
CONSENTED = ConsentGiven(G1.id, T1)
CONCLUDED = Concluded(T1, STARTS_ON, SIGNED_ON)
BRIEFED, ACTIVATED = BriefingRecorded(STARTS_ON), Activated(STARTS_ON)

K1_DRAFT = [drafted(S1, "75-2026-000001", minor=True)]
K1_OUT = [*K1_DRAFT, OFFERED]
K1_WAITS = [*K1_OUT, signature(ENTERPRISE, 1), signature(STUDENT, 2), CONSENTED]
"""For the college alone."""
K1_SIGNED = [*K1_WAITS, signature(COLLEGE, 3), CONCLUDED]
K1_ACTIVE = [*K1_SIGNED, BRIEFED, ACTIVATED]

K5_DRAFT = [drafted(S5, "75-2026-000004", minor=False)]
K5_OUT = [*K5_DRAFT, replace(OFFERED, student_record=S5.commitment)]
K5_SIGNED = [
    *K5_OUT,
    signature(ENTERPRISE, 1),
    signature(STUDENT, 2, who=S5.id),
    signature(COLLEGE, 3),
    CONCLUDED,
]
K5_ACTIVE = [*K5_SIGNED, BRIEFED, ACTIVATED]

P1, P2, P3 = map(an_id, range(71, 74))


def proposed(id_: UUID, by: Role, days: Schedule, from_on: date, answer_by: date) -> ChangeProposed:
    return ChangeProposed(id_, by, days, from_on, answer_by, id_.hex * 2)


def accepted(id_: UUID, party: Role) -> ChangeAccepted:
    return ChangeAccepted(id_, party, id_.hex * 2)
