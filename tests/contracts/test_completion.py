"""Training ends as planned: who assesses and when, what is awarded, and what must be done before the end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import terms as clauses
from contracts.ahead import outlook
from contracts.attendance import AttendanceConfirmed
from contracts.closing import ProposalClosed
from contracts.completion import (
    Assessed,
    AwardQualification,
    CommissionIncomplete,
    Complete,
    Completed,
    HoursShort,
    NoQualification,
    NotAssessed,
    OtherQualification,
    PayOpen,
    QualificationAwarded,
    RecordAssessment,
)
from contracts.completion_rules import ShareShort, kept, unpaid
from contracts.consequences import Deadline, Task
from contracts.contract import State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY
from contracts.pay import PayRecorded
from contracts.places import holds
from contracts.results import AssessmentKind, Grade, Seats
from contracts.terms import Hiring, HiringKind, PayKind
from contracts.training_hours import mondays, planned
from contracts.training_record import Place
from contracts.withdrawal import Noticed, Revoked, Withdraw
from tests.contracts.test_suspension import STARTED, of
from tests.examples import (
    COLLEGE,
    ENDS_ON,
    ENTERPRISE,
    K5_ACTIVE,
    LAW,
    P2,
    PRACTICE_MON_WED,
    STARTS_ON,
    STUDENT,
    SUBJECT,
    TERMS,
    proposed,
    refused,
    state,
    when,
)

INTERIM, FINAL, COMMISSION = AssessmentKind
ON, LAST = date(2027, 6, 21), ENDS_ON
MEMBERS = Seats(2, 1)
MINUTES = {
    monday: planned(state(K5_ACTIVE), LAW, monday, monday + timedelta(6)).enterprise
    for monday in mondays(state(K5_ACTIVE), LAST)
}
"""Of each week at the enterprise, by the plan."""
FINALLY = RecordAssessment(FINAL, ON, Grade.GOOD, MEMBERS)


def attended(minutes):
    """Every week as the enterprise has confirmed it."""
    return [
        AttendanceConfirmed(monday, Place.ENTERPRISE, ENTERPRISE, n, (), LAST, LAST)
        for monday, n in minutes.items()
    ]


TRAINED = [*K5_ACTIVE, *attended(MINUTES)]
PASSED = Assessed(FINAL, ON, Grade.GOOD, True, MEMBERS)
EXAMINED = replace(PASSED, kind=COMMISSION)
AWARDED = QualificationAwarded(SUBJECT.qualification, "diploma 118")
MONTHS = ["2026-09", "2026-10", "2026-11", "2026-12", *[f"2027-{n:02}" for n in range(1, 6)]]
PAID = [PayRecorded(month, PayKind.COMPENSATION, 9_500_000) for month in MONTHS]
COMPLETING = [*TRAINED, *PAID, PASSED, EXAMINED]
QUALIFIED = [*COMPLETING, AWARDED]
COMPLETED = Completed(LAST, (date(2027, 12, 30), date(2028, 6, 30)), date(2027, 7, 30))
DONE = [*QUALIFIED, COMPLETED]


def test_an_interim_assessment_changes_no_state_and_needs_no_commission():
    interim = RecordAssessment(INTERIM, date(2027, 1, 15), Grade.SATISFACTORY)
    [assessed] = when(interim, of(COLLEGE), given=K5_ACTIVE)
    assert (assessed.passed, assessed.effective_on) == (True, date(2027, 1, 15))
    assert state([*K5_ACTIVE, assessed]).state is State.ACTIVE


def test_the_final_assessment_begins_the_end():
    assert when(FINALLY, of(COLLEGE, ON), given=TRAINED) == [PASSED]
    assert state([*K5_ACTIVE, PASSED]).state is State.COMPLETING
    assert when(FINALLY, of(COLLEGE, ON), given=[*K5_ACTIVE, PASSED]) == []


@pytest.mark.parametrize(("grade", "passed"), [(g, g is not Grade.UNSATISFACTORY) for g in Grade])
def test_whether_it_is_passed_follows_from_the_grade(grade, passed):
    [assessed] = when(replace(FINALLY, grade=grade), of(COLLEGE, ON), given=TRAINED)
    assert assessed.passed is passed


@pytest.mark.parametrize(
    ("members", "missing"),
    [
        (Seats(), (COLLEGE, ENTERPRISE)),
        (Seats(college=3), (ENTERPRISE,)),
        (Seats(enterprise=3), (COLLEGE,)),
        (Seats(1, 1), ()),
    ],
)
def test_a_commission_is_complete(members, missing):
    for kind in (FINAL, COMMISSION):
        assert when(replace(FINALLY, kind=kind, members=Seats(1, 1, 1)), of(COLLEGE, ON), given=TRAINED)
        wish = replace(FINALLY, kind=kind, members=members)
        found = refused(wish, of(COLLEGE, ON), given=TRAINED)
        assert found == [CommissionIncomplete(members.total, 3, missing)]


def test_the_enterprise_sits_unless_the_contract_says_that_it_does_not():
    wish = replace(FINALLY, members=Seats(college=3))
    trained = state(TRAINED)
    for sits in (True, False):
        clause = clauses.Assessment(interim_a_year=2, enterprise_sits=sits)
        agreed = tuple(replace(each, terms=replace(each.terms, assessment=clause)) for each in trained.agreed)
        contract = replace(trained, agreed=agreed)
        if sits:
            missing = [CommissionIncomplete(3, 3, (ENTERPRISE,))]
            assert refused(wish, of(COLLEGE, ON), given=contract) == missing
        else:
            assert when(wish, of(COLLEGE, ON), given=contract)


def test_the_end_is_assessed_when_nearly_all_hours_are_done():
    """125 practice days of 8 hours; 90 percent of 1,000 hours are 900. A week counts once it is over."""
    contract = state(TRAINED)
    assert kept(contract, LAW, LAST).of_term == 125 * 480
    saturday, sunday = date(2027, 6, 5), date(2027, 6, 6)
    assert [kept(contract, LAW, day).enterprise // 480 for day in (saturday, sunday)] == [112, 115]
    assert when(replace(FINALLY, on=sunday), of(COLLEGE, ON), given=TRAINED)
    early = refused(replace(FINALLY, on=saturday), of(COLLEGE, ON), given=TRAINED)
    assert early == [HoursShort(896, 1000, 900)]
    nobody_said = refused(FINALLY, of(COLLEGE, ON), given=K5_ACTIVE)
    assert [each.code for each in nobody_said] == ["COM-HOURS", "COM-SHARE"]


def test_the_share_was_kept_but_for_five_percent():
    """A minute less than that is refused."""
    found = kept(state(TRAINED), LAW, LAST)
    needed = -(-found.total * 60 * 95 // 10_000)
    missing, left = found.enterprise - needed, {}
    for monday, minutes in MINUTES.items():
        taken = min(missing, minutes)
        missing, left[monday] = missing - taken, minutes - taken
    enough = [*K5_ACTIVE, *attended(left), *PAID, PASSED, EXAMINED, AWARDED]
    assert kept(state(enough), LAW, LAST).enterprise == needed
    assert when(Complete(), of(COLLEGE, LAST), given=enough)
    last = max(left)
    little = [*K5_ACTIVE, *attended({**left, last: left[last] - 1}), *PAID, PASSED, EXAMINED, AWARDED]
    found_short = refused(Complete(), of(COLLEGE, LAST), given=little)
    assert found_short == [ShareShort((needed - 1) // 60, found.total // 60, -(-needed // 60), 60)]


@given(st.dates(STARTS_ON, LAST), st.dictionaries(st.sampled_from([*MINUTES]), st.integers(0, 2400)))
def test_what_counts_is_what_was_confirmed_of_the_weeks_that_are_over(day, minutes):
    contract = state([*K5_ACTIVE, *attended(minutes)])
    over = sum(n for monday, n in minutes.items() if min(monday + timedelta(6), LAST) <= day)
    found = kept(contract, LAW, day)
    assert found.enterprise == over
    assert found.of_term == 125 * 480


def test_days_of_rest_are_not_planned():
    resting = state([*TRAINED, STARTED])
    assert kept(resting, LAW, LAST).of_term == (125 - 62) * 480


def test_an_assessment_lies_in_the_past_and_in_the_term():
    tomorrow = replace(FINALLY, on=ON + DAY)
    assert refused(tomorrow, of(COLLEGE, ON), given=TRAINED) == [NotYet(ON + DAY, ON)]
    before = replace(FINALLY, on=STARTS_ON - DAY)
    found = refused(before, of(COLLEGE, ON), given=TRAINED)
    assert found == [WrongState(State.SIGNED, (State.ACTIVE, State.COMPLETING), LAST)]
    resting = replace(FINALLY, on=date(2027, 5, 3))
    [wrong] = refused(resting, of(COLLEGE, ON), given=[*TRAINED, STARTED])
    assert wrong.state is State.SUSPENDED


def test_a_qualification_is_awarded_to_whoever_has_passed():
    award = AwardQualification(SUBJECT.qualification, "diploma 118")
    assert when(award, of(COLLEGE, ON), given=COMPLETING) == [AWARDED]
    assert when(award, of(COLLEGE, ON), given=QUALIFIED) == []
    neither = refused(award, of(COLLEGE, ON), given=TRAINED)
    assert neither == [NotAssessed((FINAL, COMMISSION))]
    failed = replace(EXAMINED, grade=Grade.UNSATISFACTORY, passed=False)
    given = [*K5_ACTIVE, PASSED, failed]
    assert refused(award, of(COLLEGE, ON), given=given) == [NotAssessed((COMMISSION,))]
    assert when(award, of(COLLEGE, ON), given=[*given, EXAMINED]), "the last attempt counts"
    worse = refused(award, of(COLLEGE, ON), given=[*COMPLETING, failed])
    assert worse == [NotAssessed((COMMISSION,))]


def test_the_qualification_is_the_one_of_the_contract():
    other = AwardQualification("3S07130703", "diploma 118")
    found = refused(other, of(COLLEGE, ON), given=COMPLETING)
    assert found == [OtherQualification("3S07130703", SUBJECT.qualification)]


def test_a_contract_is_completed():
    assert when(Complete(), of(COLLEGE, LAST), given=QUALIFIED) == [COMPLETED]
    after = state(DONE)
    assert (after.state, after.end_on, after.state_on(LAST + DAY)) == (
        State.COMPLETED,
        LAST,
        State.COMPLETED,
    )
    assert when(Complete(), of(COLLEGE, LAST), given=DONE) == []


def test_completed_late_it_ends_with_its_term_and_early_with_its_day():
    june = PayRecorded("2027-06", PayKind.COMPENSATION, 9_500_000)
    [late] = when(Complete(), of(COLLEGE, date(2027, 7, 20)), given=[*QUALIFIED, june])
    assert (late.on, late.effective_on) == (LAST, LAST)
    [early] = when(Complete(), of(COLLEGE, date(2027, 6, 25)), given=QUALIFIED)
    assert early.on == date(2027, 6, 25)
    assert {hold.to_on for hold in holds(state([*QUALIFIED, early]))} == {date(2027, 6, 25)}


def test_nothing_is_completed_without_a_qualification():
    assert refused(Complete(), of(COLLEGE, LAST), given=COMPLETING) == [NoQualification()]


def test_nothing_is_completed_while_a_month_is_unpaid():
    """May is due on 10 June; June is not due before it is over."""
    given = [event for event in QUALIFIED if event not in (PAID[4], PAID[-1])]
    assert refused(Complete(), of(COLLEGE, LAST), given=given) == [PayOpen(("2027-01", "2027-05"))]
    contract = state([*K5_ACTIVE, *PAID[:-1]])
    assert unpaid(contract, LAW, date(2027, 6, 10)) == ()
    assert unpaid(contract, LAW, date(2027, 6, 11)) == ("2027-05",)


def test_a_month_that_rested_and_one_without_pay_are_not_open():
    resting = [*K5_ACTIVE, *PAID[:5], STARTED]
    assert unpaid(state(resting), LAW, date(2027, 7, 20)) == ()
    bare = state(K5_ACTIVE)
    assert unpaid(replace(bare, terms=replace(TERMS, compensation=None)), LAW, LAST) == ()


@pytest.mark.parametrize(
    ("hiring", "grade", "offer_by"),
    [
        (Hiring(HiringKind.CONDITIONAL, "good", True), Grade.GOOD, date(2027, 7, 30)),
        (Hiring(HiringKind.CONDITIONAL, "good", True), Grade.SATISFACTORY, None),
        (Hiring(HiringKind.CONDITIONAL, "good", True), Grade.EXCELLENT, date(2027, 7, 30)),
        (Hiring(HiringKind.CONDITIONAL, None, True), Grade.SATISFACTORY, date(2027, 7, 30)),
        (Hiring(HiringKind.FIRM, "excellent", offer_within_days=10), Grade.GOOD, date(2027, 7, 10)),
        (Hiring(HiringKind.NONE), Grade.EXCELLENT, None),
        (None, Grade.EXCELLENT, None),
    ],
)
def test_work_is_owed_for_results_that_were_agreed(hiring, grade, offer_by):
    signed = state([*TRAINED, *PAID, replace(PASSED, grade=grade), EXAMINED, AWARDED])
    agreed = tuple(replace(each, terms=replace(each.terms, hiring=hiring)) for each in signed.agreed)
    contract = replace(signed, terms=replace(signed.terms, hiring=hiring), agreed=agreed)
    [completed] = when(Complete(), of(COLLEGE, LAST), given=contract)
    assert completed.offer_by == offer_by


def test_open_proposals_fall_with_the_end():
    open_one = proposed(P2, ENTERPRISE, PRACTICE_MON_WED, date(2027, 6, 30), date(2027, 6, 29))
    events = when(Complete(), of(COLLEGE, date(2027, 6, 28)), given=[*QUALIFIED, open_one])
    assert events[1:] == [ProposalClosed(P2, "completion")]


def test_what_is_next_is_said_step_by_step():
    def tasks(given):
        return [(task.name, task.command) for task in outlook(state(given), LAW).tasks]

    assert tasks([*K5_ACTIVE, *PAID, PASSED]) == [("assess", "record-assessment")]
    assert tasks(COMPLETING) == [("award", "award-qualification")]
    assert tasks(QUALIFIED) == [("complete", "complete")]


def test_the_last_month_is_still_paid():
    found = outlook(state(DONE), LAW)
    by = date(2027, 7, 9)
    assert Deadline("last-pay", (ENTERPRISE,), by, "student-may-complain", "pay.due") in found.deadlines
    assert Task("last-pay", (ENTERPRISE,), "record-pay", by) in found.tasks
    paid = outlook(state([*DONE, PayRecorded("2027-06", PayKind.COMPENSATION, 9_500_000)]), LAW)
    assert "last-pay" not in {task.name for task in paid.tasks}


def test_whoever_is_being_assessed_may_still_leave_and_take_it_back():
    leaves = Withdraw("own-wish", date(2027, 5, 31), LAST)
    given = [*K5_ACTIVE, replace(PASSED, on=date(2027, 5, 28))]
    [noticed] = when(leaves, of(STUDENT, date(2027, 5, 31)), given=given)
    assert isinstance(noticed, Noticed)
    assert state([*given, noticed, Revoked(STUDENT)]).state is State.COMPLETING
