"""Whatever has happened to a contract, and whenever it was recorded: what the two clocks promise."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from contracts.activation import AdulthoodReached, BriefingRecorded
from contracts.amendment import AmendmentProposed
from contracts.amendment_agreed import AmendmentConcluded
from contracts.amendment_answer import AmendmentAccepted, AmendmentLapsed
from contracts.amendment_notice import ChangeNoticed
from contracts.ending import CertificateIssued, Ended, PropertyReturned
from contracts.mutual_end import MutualEndAgreed, MutualEndProposed
from contracts.pay_raise import PayRaised
from contracts.resumption import SuspensionEnded
from contracts.schedule_answer import ChangeAgreed, ChangeDeclined
from contracts.terms import (
    REGISTER,
    Change,
    ClauseId,
    Compensation,
    PayKind,
    Probation,
    Term,
    Terms,
    WorkOff,
)
from contracts.withdrawal import Noticed, Revoked
from tests.contracts.entries import BEGUN, on, recorded
from tests.contracts.test_suspension import FROM_ON, STARTED
from tests.examples import (
    COLLEGE,
    CONSENTED,
    OTHER,
    P1,
    P2,
    P3,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    PRACTICE_WED_FRI,
    STUDENT,
    TERMS,
    accepted,
    an_id,
    proposed,
    state,
)

NOTICED = Noticed(STUDENT, "own-wish", date(2026, 12, 28), date(2027, 1, 28), date(2026, 12, 28))
ADDENDUM, NOTICE, SPRING = an_id(74), an_id(75), date(2027, 3, 8)
AMENDED, HIRING = Terms(work_off=WorkOff(12), probation=Probation(2)), ClauseId.HIRING
DAYS, RECORDED = st.dates(date(2026, 8, 24), date(2027, 6, 30)), st.dates(date(2027, 1, 1), date(2027, 6, 30))
LATER = [
    *[
        proposed(id_, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 2), date(2026, 10, 21))
        for id_ in (P1, P2, P3)
    ],
    accepted(P1, STUDENT),
    ChangeAgreed(P1, PRACTICE_MON_WED, date(2026, 11, 2), P1.hex * 2),
    ChangeAgreed(P2, PRACTICE_THU_FRI, date(2026, 10, 5), P2.hex * 2),
    ChangeAgreed(P3, PRACTICE_WED_FRI, date(2027, 3, 1), P3.hex * 2),
    ChangeDeclined(P2, STUDENT),
    AmendmentProposed(
        ADDENDUM, COLLEGE, AMENDED, (HIRING,), SPRING, SPRING, Change.AGREED_BY_ALL, (STUDENT,), (), "a" * 64
    ),
    AmendmentAccepted(ADDENDUM, STUDENT, "a" * 64),
    AmendmentConcluded(ADDENDUM, 1, AMENDED, (HIRING,), SPRING, "a" * 64),
    ChangeNoticed(NOTICE, COLLEGE, Terms(work_off=WorkOff(1)), (), SPRING, SPRING, "b" * 64),
    AmendmentConcluded(NOTICE, 2, Terms(work_off=WorkOff(1)), (), date(2026, 12, 1), "b" * 64),
    AmendmentLapsed(NOTICE, date(2026, 12, 1), (STUDENT,)),
    PayRaised(Compensation(PayKind.COMPENSATION, 11_000_000), date(2026, 11, 2)),
    PayRaised(Compensation(PayKind.COMPENSATION, 12_000_000), SPRING),
    CONSENTED,
    AdulthoodReached(date(2026, 10, 1)),
    BriefingRecorded(date(2026, 9, 1)),
    NOTICED,
    Noticed(STUDENT, "health", date(2026, 10, 10), date(2026, 12, 1), date(2026, 11, 1)),
    Revoked(STUDENT),
    MutualEndProposed(OTHER, COLLEGE, date(2026, 10, 30), date(2026, 12, 3), "e" * 64),
    MutualEndAgreed(OTHER, COLLEGE, date(2026, 10, 30), date(2026, 12, 2), "e" * 64),
    Ended("agreement", date(2026, 10, 30), date(2026, 12, 2)),
    STARTED,
    SuspensionEnded(FROM_ON, date(2027, 5, 3), 91, Term(date(2026, 9, 1), date(2027, 9, 29))),
    CertificateIssued("1"),
    PropertyReturned(COLLEGE),
]


BEGIN = {
    "schedule.change_proposed",
    "withdrawal.mutual_proposed",
    "amendment.proposed",
    "amendment.noticed",
}


def possible(event, contract):
    """A proposal is made once, and answered while it is open; nobody is back before it rests."""
    if event.type == "suspension.started":
        return not contract.suspensions
    if event.type.startswith("suspension."):
        return contract.open_suspension is not None
    if not hasattr(event, "proposal"):
        return True
    made = (*contract.proposals, *contract.mutual_ends, *contract.amendments)
    found = [each for each in made if each.id == event.proposal]
    if event.type in BEGIN:
        return not found
    return bool(found) and found[0].outcome is None


@st.composite
def histories(draw):
    """A contract to which anything may have happened, in any order, recorded whenever after it began."""
    events, contract = [], state([event for event, _ in BEGUN])
    for event in draw(st.lists(st.sampled_from(LATER), max_size=10)):
        if possible(event, contract):
            events.append(event)
            contract = event.evolve(contract)
    days = sorted(draw(st.lists(RECORDED, min_size=len(events), max_size=len(events))))
    return recorded(*BEGUN, *zip(events, days, strict=True))


MOMENTS = st.none() | DAYS.map(lambda day: datetime.combine(day, time(12), UTC))


@given(histories(), DAYS, MOMENTS, st.randoms())
def test_the_order_in_which_entries_are_handed_in_changes_nothing(entries, day, known_at, chance):
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert on(shuffled, day, known_at) == on(entries, day, known_at)


@given(histories(), DAYS, MOMENTS)
def test_what_is_recorded_later_never_changes_an_answer(entries, day, known_at):
    if known_at:
        then = [entry for entry in entries if entry.recorded_at <= known_at]
        assert on(then, day, known_at) == on(entries, day, known_at) == on(then, day)


@given(histories())
def test_once_all_holds_it_is_what_the_events_have_made_in_their_order(entries):
    """But for the clauses, of which the latest day's are in force."""
    now = on(entries, date(2027, 12, 31))
    folded = state([entry.event for entry in entries])
    assert replace(now, terms=TERMS, agreed=()) == replace(folded, terms=TERMS, agreed=())
    assert set(now.agreed) == set(folded.agreed)
    assert now.terms == folded.terms_on(date(2027, 12, 31))


@given(histories(), DAYS, MOMENTS)
def test_the_clauses_of_a_day_are_those_that_hold_on_it(entries, day, known_at):
    """Whether one asks for the contract as of that day, or the contract for its clauses of that day."""
    then = on(entries, day, known_at)
    if then.agreed and day >= then.agreed[0].from_on:
        assert then.terms == then.terms_on(day)


@given(histories(), DAYS)
def test_each_clause_is_as_the_last_change_left_it_whose_day_has_come(entries, day):
    """Clause by clause and change by change, the slow way."""
    contract = on(entries, day)
    expected = {}
    for clause in REGISTER:
        for change in sorted(contract.agreed, key=lambda each: each.from_on):
            value = getattr(change.terms, clause.field)
            if change.from_on <= day and clause.id in change.removed:
                expected[clause.field] = None
            elif change.from_on <= day and value is not None:
                expected[clause.field] = value
    held = vars(contract.terms_on(day))
    assert {name: value for name, value in held.items() if name in expected} == expected
    assert all(value is None for name, value in held.items() if name not in expected)
