"""Work that was promised: offered, answered, excused, missed."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.consequences import Deadline, Task, Timer
from contracts.contract import State
from contracts.decision import DAY
from contracts.hiring import (
    AnswerJobOffer,
    BelowPromise,
    DeclareNoVacancy,
    HiringExcused,
    HiringMissed,
    JobAccepted,
    JobDeclined,
    JobOffered,
    LapseJobOffer,
    NoteHiringMissed,
    OfferJob,
    OfferOver,
    PromiseFirm,
    VacancyUnproven,
)
from contracts.outcome import EmploymentRecorded
from contracts.results import Occupation, Promise
from contracts.terms import Hiring, HiringKind
from tests.contracts.test_completion import COMPLETED, COMPLETING, DONE, QUALIFIED
from tests.examples import (
    DEADLINE,
    ENTERPRISE,
    K5_ACTIVE,
    LAW,
    S5,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

OFFERED_ON, ANSWER_BY, OFFER_BY = date(2027, 7, 1), date(2027, 7, 12), date(2027, 7, 30)
POST = "b" * 64
OFFER = OfferJob("fitter", 9_500_000, date(2027, 8, 2))
OFFERED = JobOffered(POST, 9_500_000, date(2027, 8, 2), ANSWER_BY)
OPEN = [*DONE, OFFERED]


def of(role, on=OFFERED_ON):
    return asked(role, on, around(S5), {"post": POST})


def promise(*events):
    return state([*DONE, *events]).results.promise


def promised(hiring):
    """The contract with another promise."""
    contract = state(DONE)
    agreed = tuple(replace(each, terms=replace(each.terms, hiring=hiring)) for each in contract.agreed)
    return replace(contract, agreed=agreed, terms=replace(contract.terms, hiring=hiring))


def test_an_enterprise_offers_the_work_that_it_owes():
    assert promise() is Promise.OWED
    assert when(OFFER, of(ENTERPRISE), given=DONE) == [OFFERED]
    assert promise(OFFERED) is Promise.OFFERED
    assert when(OFFER, of(ENTERPRISE), given=OPEN) == []


def test_work_may_be_offered_as_soon_as_the_final_assessment_has_begun():
    assert when(OFFER, of(ENTERPRISE, date(2027, 6, 25)), given=COMPLETING)
    [wrong] = refused(OFFER, of(ENTERPRISE, date(2027, 6, 25)), given=K5_ACTIVE)
    assert wrong.needs == (State.COMPLETED, State.COMPLETING)


def test_an_offer_is_not_below_what_was_paid_in_training():
    less = replace(OFFER, amount=9_499_999)
    found = refused(less, of(ENTERPRISE), given=DONE)
    assert found == [BelowPromise(9_499_999, 9_500_000, ANSWER_BY, ANSWER_BY)]
    unpromised = promised(Hiring(HiringKind.NONE))
    assert when(less, of(ENTERPRISE), given=unpromised), "whoever promised nothing may offer anything"


def test_there_is_time_to_answer():
    """10 calendar days end on a Sunday, so on Monday."""
    assert when(replace(OFFER, answer_by=ANSWER_BY), of(ENTERPRISE), given=DONE)
    short = replace(OFFER, answer_by=ANSWER_BY - DAY)
    found = refused(short, of(ENTERPRISE), given=DONE)
    assert found == [BelowPromise(9_500_000, 9_500_000, ANSWER_BY - DAY, ANSWER_BY)]


@pytest.mark.parametrize(
    ("accept", "event", "expected"),
    [(True, JobAccepted(), Promise.ACCEPTED), (False, JobDeclined(in_time=True), Promise.WAIVED)],
)
def test_a_graduate_answers(accept, event, expected):
    wish = AnswerJobOffer(accept)
    assert when(wish, of(STUDENT, ANSWER_BY), given=OPEN) == [event]
    assert promise(OFFERED, event) is expected
    assert when(wish, of(STUDENT, ANSWER_BY), given=[*OPEN, event]) == []
    found = refused(AnswerJobOffer(not accept), of(STUDENT, ANSWER_BY), given=[*OPEN, event])
    assert found == [OfferOver(ANSWER_BY)]


def test_an_offer_is_answered_while_it_is_open():
    late = of(STUDENT, ANSWER_BY + DAY)
    assert refused(AnswerJobOffer(accept=True), late, given=OPEN) == [OfferOver(ANSWER_BY)]
    assert refused(AnswerJobOffer(accept=True), late, given=DONE) == [OfferOver(None)]


def test_silence_is_a_refusal():
    assert Timer("lapse-job-offer", ANSWER_BY + DAY) in timers(state(OPEN))
    assert when(LapseJobOffer(), of(DEADLINE, ANSWER_BY), given=OPEN) == []
    [declined] = when(LapseJobOffer(), of(DEADLINE, ANSWER_BY + DAY), given=OPEN)
    assert declined == JobDeclined(in_time=False)
    assert promise(OFFERED, declined) is Promise.WAIVED
    assert when(LapseJobOffer(), of(DEADLINE, ANSWER_BY + DAY), given=[*OPEN, declined]) == []


def test_an_offer_after_a_refusal_is_a_new_one():
    declined = [*OPEN, JobDeclined(in_time=True)]
    [again] = when(OFFER, of(ENTERPRISE, date(2027, 7, 20)), given=declined)
    assert state([*declined, again]).results.promise is Promise.OFFERED


def test_no_vacancy_waives_a_promise_that_depends_on_one():
    wish = DeclareNoVacancy("staff list 3")
    assert when(wish, of(ENTERPRISE), given=DONE) == [HiringExcused("staff list 3")]
    assert promise(HiringExcused("staff list 3")) is Promise.WAIVED
    assert when(wish, of(ENTERPRISE), given=[*DONE, HiringExcused("staff list 3")]) == []
    assert refused(DeclareNoVacancy(" "), of(ENTERPRISE), given=DONE) == [VacancyUnproven()]


@pytest.mark.parametrize(
    ("hiring", "kind"),
    [
        (Hiring(HiringKind.FIRM, needs_vacancy=True), HiringKind.FIRM),
        (Hiring(HiringKind.CONDITIONAL, "good"), HiringKind.CONDITIONAL),
        (None, HiringKind.NONE),
    ],
)
def test_any_other_promise_is_kept_without_one(hiring, kind):
    wish = DeclareNoVacancy("staff list 3")
    assert refused(wish, of(ENTERPRISE), given=promised(hiring)) == [PromiseFirm(kind)]


def test_a_promise_is_broken_by_silence():
    assert Timer("note-hiring-missed", OFFER_BY + DAY) in timers(state(DONE))
    assert when(NoteHiringMissed(), of(DEADLINE, OFFER_BY), given=DONE) == []
    [missed] = when(NoteHiringMissed(), of(DEADLINE, OFFER_BY + DAY), given=DONE)
    assert (missed, missed.effective_on) == (HiringMissed(OFFER_BY), OFFER_BY + DAY)
    assert promise(missed) is Promise.BREACHED
    assert promise(missed, OFFERED) is Promise.OFFERED, "late is better than never"
    for settled in (OFFERED, HiringExcused("3"), missed):
        assert when(NoteHiringMissed(), of(DEADLINE, OFFER_BY + DAY), given=[*DONE, settled]) == []


def test_a_promise_is_fulfilled_by_work():
    works = EmploymentRecorded(Occupation.AT_THE_ENTERPRISE, date(2027, 8, 2))
    assert promise(OFFERED, JobAccepted(), works) is Promise.FULFILLED
    elsewhere = replace(works, occupation=Occupation.ELSEWHERE)
    assert promise(OFFERED, JobAccepted(), elsewhere) is Promise.ACCEPTED


def test_nothing_is_owed_for_results_that_were_not_agreed():
    nothing = state([*QUALIFIED, replace(COMPLETED, offer_by=None)])
    assert nothing.results.promise is None
    assert "job-offer" not in {each.name for each in outlook(nothing, LAW).deadlines}
    assert {timer.command for timer in timers(nothing)} == {"ask-for-outcome"}


def test_what_is_owed_and_what_is_offered_has_its_day():
    owed = outlook(state(DONE), LAW)
    due = Deadline("job-offer", (ENTERPRISE,), OFFER_BY, "hiring-missed", "completion.hiring")
    assert due in owed.deadlines
    assert Task("offer-job", (ENTERPRISE,), "offer-job", OFFER_BY) in owed.tasks
    offered = outlook(state(OPEN), LAW)
    answer = Deadline("job-answer", (STUDENT,), ANSWER_BY, "job-declined", "completion.job-answer")
    assert answer in offered.deadlines
    assert due not in offered.deadlines
    assert Task("answer-job-offer", (STUDENT,), "answer-job-offer", ANSWER_BY) in offered.tasks
