"""Other clauses are proposed, as one text, to those who must agree."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.amendment import AmendmentProposed, ProposeAmendment
from contracts.amendment_agreed import AmendmentConcluded, AnsweredLate
from contracts.amendment_rules import (
    ClosedMonth,
    NoRepresentative,
    NotAmendable,
    OwnWay,
    Pending,
    UnderLaw,
)
from contracts.contract import PARTIES, State
from contracts.contract_rules import Backdated, NotYet, WrongState
from contracts.decision import DAY
from contracts.department import ChangeDepartment, RelocationProposed
from contracts.dossier import Outcome
from contracts.formation_rules import AnotherActive, NoPlace
from contracts.law import load
from contracts.parties import Mandate
from contracts.pay import PayRecorded
from contracts.terms import (
    NOTHING_AGREED,
    Assessment,
    Bearer,
    Change,
    ClauseId,
    Compensation,
    Hazard,
    Medical,
    Mentoring,
    Notices,
    PayKind,
    PaymentPlan,
    PracticeShare,
    Probation,
    Safety,
    Standing,
    Status,
    Subject,
    Term,
    Terms,
    WorkOff,
    revised,
)
from contracts.withdrawal import Noticed
from tests.contracts.happened import TERMS as WHOLE
from tests.examples import (
    COLLEGE,
    E1,
    E1_HEAD,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K1_SIGNED,
    K5_ACTIVE,
    M1,
    P1,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S1,
    S5,
    STARTS_ON,
    STUDENT,
    TERMS,
    an_id,
    around,
    asked,
    brought,
    held,
    refused,
    state,
    when,
)

MONDAY, FROM_ON = date(2026, 11, 23), date(2026, 12, 7)
LESS = Compensation(PayKind.COMPENSATION, 9_000_000)
PLAN = Terms(payment_plan=PaymentPlan(1_125_000, 12, 20))
WORK_OFF = ProposeAmendment(FROM_ON, Terms(work_off=WorkOff(12)))
CLERK = an_id(97)
E1_WITH_CLERK = replace(E1, mandates=(*E1.mandates, Mandate(CLERK, "clerk", "order 5")))


def passes(wish, by=COLLEGE, on=MONDAY, given=K1_ACTIVE, facts=None, **more):
    return when(wish, asked(by, on, facts, **more), given)


def in_the_way(wish, by=COLLEGE, on=MONDAY, given=K1_ACTIVE, facts=None):
    return refused(wish, asked(by, on, facts), given)


def proposing(changes, from_on=FROM_ON, **more):
    return ProposeAmendment(from_on, changes, **more)


def test_a_proposal_is_one_text_to_answer_by_a_day():
    [found] = passes(replace(WORK_OFF, reason="kept"), sealed={"reason": "c" * 64})
    assert (found.proposal, found.by, found.changes, found.removed) == (FRESH, COLLEGE, WORK_OFF.changes, ())
    assert (found.from_on, found.answer_by) == (FROM_ON, date(2026, 11, 30))
    assert (found.materiality, found.asked) == (Change.AGREED_BY_ALL, tuple(sorted(PARTIES)))
    assert (found.accepted, found.reason, len(found.text_hash)) == ((COLLEGE,), "c" * 64, 64)


def test_who_proposes_agrees_only_if_he_may_sign():
    clerk = asked(ENTERPRISE, MONDAY, around(enterprise=E1_WITH_CLERK), person=CLERK)
    [found] = when(WORK_OFF, clerk, K1_ACTIVE)
    assert found.accepted == ()
    head = asked(ENTERPRISE, MONDAY, around(enterprise=E1_WITH_CLERK), person=E1_HEAD)
    assert when(WORK_OFF, head, K1_ACTIVE)[0].accepted == (ENTERPRISE,)


def test_a_power_of_attorney_that_has_ended_agrees_to_nothing():
    for until, accepted in ((MONDAY, (ENTERPRISE,)), (MONDAY - DAY, ())):
        mandates = (Mandate(E1_HEAD, "head", "power 12", signs=True, signs_until=until),)
        [found] = passes(WORK_OFF, ENTERPRISE, facts=around(enterprise=replace(E1, mandates=mandates)))
        assert found.accepted == accepted


def test_two_agree_where_it_concerns_two():
    [found] = passes(proposing(PLAN))
    assert (found.materiality, found.asked) == (Change.AGREED_BY_TWO, (COLLEGE, ENTERPRISE))
    [found] = passes(proposing(PLAN), by=STUDENT)
    assert found.asked == (COLLEGE, ENTERPRISE, STUDENT)


def test_the_class_is_that_of_the_strictest_clause():
    both = replace(PLAN, work_off=WorkOff(12))
    [found] = passes(proposing(both))
    assert (found.materiality, set(found.asked)) == (Change.AGREED_BY_ALL, PARTIES)


def test_what_one_party_may_do_alone_is_done_at_once():
    wish = proposing(NOTHING_AGREED, remove=(ClauseId.REIMBURSE,))
    found = passes(wish, by=ENTERPRISE)
    assert [type(each) for each in found] == [AmendmentProposed, AmendmentConcluded]
    proposed, concluded = found
    assert (proposed.materiality, proposed.asked, proposed.accepted) == (
        Change.ONE_ALONE,
        (ENTERPRISE,),
        (ENTERPRISE,),
    )
    assert (concluded.number, concluded.removed, concluded.effective_on) == (
        1,
        (ClauseId.REIMBURSE,),
        FROM_ON,
    )
    after = state([*K1_ACTIVE, *found])
    assert after.terms.reimbursement is None
    assert after.terms_on(FROM_ON - DAY).reimbursement == TERMS.reimbursement
    assert after.terms_on(FROM_ON).reimbursement is None
    assert after.amendments[0].outcome is Outcome.AGREED


def test_the_text_binds_the_clauses_in_words_and_their_day():
    hashes = {
        passes(wish)[0].text_hash
        for wish in (
            WORK_OFF,
            replace(WORK_OFF, from_on=FROM_ON + DAY),
            proposing(Terms(work_off=WorkOff(13))),
            proposing(Terms(work_off=WorkOff(12)), remove=(ClauseId.REIMBURSE,)),
            proposing(NOTHING_AGREED, remove=(ClauseId.REIMBURSE,)),
        )
    }
    assert len(hashes) == 5
    assert passes(WORK_OFF)[0].text_hash == passes(WORK_OFF)[0].text_hash
    other = replace(state(K1_ACTIVE), text_hash="7" * 64)
    assert passes(WORK_OFF, given=other)[0].text_hash not in hashes


def test_what_is_so_already_is_proposed_to_nobody():
    assert passes(proposing(NOTHING_AGREED)) == []
    assert passes(proposing(Terms(compensation=TERMS.compensation))) == []
    assert passes(proposing(NOTHING_AGREED, remove=(ClauseId.WORK_OFF,))) == []


# Days


def test_without_a_day_the_contract_or_the_law_says_how_long():
    assert passes(WORK_OFF)[0].answer_by == date(2026, 11, 30)
    assert when(WORK_OFF, replace(asked(COLLEGE, MONDAY), law=load("kz")), K1_ACTIVE)[0].answer_by == FROM_ON
    noticed = replace(state(K1_ACTIVE), agreed=(), terms=replace(TERMS, notices=Notices(9)))
    assert passes(WORK_OFF, given=noticed)[0].answer_by == date(2026, 12, 2)


def test_nobody_answers_after_the_first_day():
    soon = MONDAY + 3 * DAY
    assert passes(replace(WORK_OFF, from_on=soon))[0].answer_by == soon
    assert passes(replace(WORK_OFF, answer_by=FROM_ON))[0].answer_by == FROM_ON
    late = FROM_ON + DAY
    assert in_the_way(replace(WORK_OFF, answer_by=late)) == [Backdated(FROM_ON, late)]


def test_a_day_to_answer_that_has_passed_is_none():
    yesterday = MONDAY - DAY
    found = in_the_way(replace(WORK_OFF, answer_by=yesterday))
    assert found == [AnsweredLate(Outcome.LAPSED, yesterday)]
    assert passes(replace(WORK_OFF, answer_by=MONDAY))[0].answer_by == MONDAY


def test_a_change_holds_from_today_at_the_earliest():
    assert passes(replace(WORK_OFF, from_on=MONDAY))[0].answer_by == MONDAY
    yesterday = MONDAY - DAY
    assert in_the_way(replace(WORK_OFF, from_on=yesterday)) == [Backdated(yesterday, MONDAY)]


def test_it_holds_from_an_earlier_day_if_all_say_so():
    wish = proposing(Terms(compensation=LESS), date(2026, 11, 16), agreed_on=date(2026, 11, 13))
    [found] = passes(wish, by=ENTERPRISE)
    assert set(found.asked) == PARTIES
    assert found.answer_by == date(2026, 11, 30)
    alone = proposing(NOTHING_AGREED, date(2026, 11, 16), remove=(ClauseId.REIMBURSE,), agreed_on=MONDAY)
    assert set(passes(alone, by=ENTERPRISE)[0].asked) == PARTIES
    tomorrow = MONDAY + DAY
    assert in_the_way(replace(wish, agreed_on=tomorrow)) == [NotYet(tomorrow, MONDAY)]


def test_a_change_lies_within_the_contract():
    before = STARTS_ON - DAY
    assert in_the_way(replace(WORK_OFF, from_on=before, agreed_on=MONDAY)) == [Backdated(before, STARTS_ON)]
    assert passes(replace(WORK_OFF, from_on=STARTS_ON, agreed_on=MONDAY))
    assert passes(replace(WORK_OFF, from_on=ENDS_ON))
    after = ENDS_ON + DAY
    assert in_the_way(replace(WORK_OFF, from_on=after)) == [NotAmendable(after, ENDS_ON)]


@pytest.mark.parametrize("given", [K1_SIGNED, K1_ACTIVE])
def test_a_contract_is_amended_once_it_is_signed(given):
    assert passes(WORK_OFF, on=STARTS_ON, given=given)


def test_a_contract_that_ends_is_not_amended():
    leaving = [*K5_ACTIVE, Noticed(STUDENT, "own-wish", MONDAY, date(2026, 12, 23), MONDAY)]
    needs = tuple(sorted({State.SIGNED, State.ACTIVE, State.SUSPENDED}))
    found = in_the_way(WORK_OFF, given=leaving, facts=around(S5))
    assert found == [WrongState(State.ENDING, needs, date(2026, 12, 23))]


# What stands in the way


def test_schedule_mentor_department_and_specialty_change_in_their_own_way():
    subject = Subject("07130800", TERMS.subject.qualification)
    moved = replace(TERMS.workplace, department="Lines")
    changes = Terms(schedule=PRACTICE_MON_WED, mentor=Mentoring(an_id(88)), subject=subject, workplace=moved)
    clauses = (ClauseId.SUBJECT, ClauseId.SCHEDULE, ClauseId.WORKPLACE, ClauseId.MENTOR)
    assert in_the_way(proposing(changes)) == [OwnWay(clauses)]
    elsewhere = Terms(workplace=replace(TERMS.workplace, address="Astana, 1 Demo street"))
    assert in_the_way(proposing(elsewhere)) == [OwnWay((ClauseId.WORKPLACE,))]
    assert passes(proposing(Terms(subject=replace(TERMS.subject, qualification="3W07130701"))))


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        (ClauseId.PRACTICE_SHARE, Terms(practice_share=PracticeShare(2592, 1555))),
        (ClauseId.PROBATION, Terms(probation=Probation(4))),
        (ClauseId.COMPENSATION, Terms(compensation=Compensation(PayKind.WAGE, 12_000_000))),
        (ClauseId.SAFETY, Terms(safety=Safety(Hazard.HARMFUL))),
        (ClauseId.TERM, Terms(term=Term(STARTS_ON + DAY, ENDS_ON))),
        (ClauseId.TERM, Terms(term=Term(STARTS_ON, FROM_ON - DAY))),
    ],
)
def test_nothing_is_agreed_that_gives_less_than_the_law(clause, changes):
    assert in_the_way(proposing(changes)) == [UnderLaw((clause,), FROM_ON)]


@pytest.mark.parametrize(
    "changes",
    [
        Terms(practice_share=PracticeShare(2592, 1556)),
        Terms(practice_share=PracticeShare(2592, 2000)),
        Terms(probation=Probation(3)),
        Terms(compensation=Compensation(PayKind.WAGE, 1), standing=Standing(Status.EMPLOYEE, "5")),
        Terms(safety=Safety(Hazard.HARMFUL), medical=Medical(Bearer.ENTERPRISE)),
        Terms(safety=Safety(Hazard.PERMISSIBLE)),
        Terms(term=Term(STARTS_ON, FROM_ON)),
    ],
)
def test_what_the_law_allows_is_proposed(changes):
    assert len(passes(proposing(changes))) <= 1


def test_a_clause_that_must_be_there_is_not_taken_out():
    wish = proposing(NOTHING_AGREED, remove=(ClauseId.WORKPLACE, ClauseId.HIRING))
    assert in_the_way(wish) == [UnderLaw((ClauseId.WORKPLACE,), FROM_ON)]


def test_a_wage_does_not_stay_when_the_employment_goes():
    employed = replace(
        state(K1_ACTIVE),
        agreed=(),
        terms=replace(
            TERMS,
            standing=Standing(Status.EMPLOYEE, "5"),
            compensation=Compensation(PayKind.WAGE, 12_000_000),
        ),
    )
    found = in_the_way(proposing(Terms(standing=Standing(Status.TRAINEE))), given=employed)
    assert found == [UnderLaw((ClauseId.STATUS,), FROM_ON)]


def test_before_it_begins_the_term_may_begin_on_another_day():
    moved = Terms(term=Term(STARTS_ON + DAY, ENDS_ON))
    early = date(2026, 8, 27)
    assert passes(proposing(moved, STARTS_ON), on=early, given=K1_SIGNED)
    found = in_the_way(proposing(moved, STARTS_ON), on=STARTS_ON, given=K1_SIGNED)
    assert found == [UnderLaw((ClauseId.TERM,), STARTS_ON)]


def test_the_law_is_that_of_the_first_day_of_the_change():
    """A pack whose share rises on a day."""
    shares = Terms(practice_share=PracticeShare(2592, 1600))
    law = load("journey-2")
    strict = replace(asked(COLLEGE, MONDAY), law=law)
    assert refused(proposing(shares), strict, K1_ACTIVE) == [UnderLaw((ClauseId.PRACTICE_SHARE,), FROM_ON)]
    assert passes(proposing(shares))


def test_a_longer_term_needs_its_places():
    longer = proposing(Terms(term=Term(STARTS_ON, date(2027, 8, 31))))
    assert passes(longer)
    summer = (date(2027, 7, 1), date(2027, 8, 31))
    elsewhere = around(holds=held("student", str(S1.id), summer))
    assert in_the_way(longer, facts=elsewhere) == [AnotherActive(*summer)]
    full = around(holds=held("mentor", str(M1.id), summer, summer, summer))
    assert in_the_way(longer, facts=full) == [NoPlace("mentor", 3, 3)]


def test_one_change_at_a_time_is_open_on_a_clause():
    opened = [*K1_ACTIVE, *passes(WORK_OFF)]
    other = proposing(Terms(work_off=WorkOff(6), probation=Probation(1)))
    found = in_the_way(other, given=opened)
    assert found == [Pending((ClauseId.WORK_OFF,), FRESH, date(2026, 11, 30))]
    elsewhere = replace(asked(COLLEGE, MONDAY), fresh=P1)
    assert when(proposing(Terms(probation=Probation(1))), elsewhere, opened)


def test_a_place_does_not_change_in_two_ways_at_once():
    near = Terms(workplace=replace(TERMS.workplace, address="Almaty, 9 Demo street"))
    lines = replace(TERMS.workplace, department="Lines")
    relocation = RelocationProposed(
        P1, ENTERPRISE, lines, date(2027, 1, 11), date(2026, 12, 21), "7" * 64, (ENTERPRISE, STUDENT)
    )
    found = in_the_way(proposing(near), given=[*K1_ACTIVE, relocation])
    assert found == [Pending((ClauseId.WORKPLACE,), P1, date(2026, 12, 21))]
    opened = [*K1_ACTIVE, *passes(proposing(near), by=ENTERPRISE)]
    move = ChangeDepartment(lines, date(2027, 1, 11), "a new line")
    found = refused(move, replace(asked(ENTERPRISE, MONDAY), fresh=P1), opened)
    assert found == [Pending((ClauseId.WORKPLACE,), FRESH, date(2026, 11, 30))]


def test_pay_changes_after_the_last_month_that_is_paid():
    paid = [*K1_ACTIVE, PayRecorded("2026-10", PayKind.COMPENSATION, 9_500_000)]
    wish = proposing(Terms(compensation=LESS), date(2026, 10, 31), agreed_on=date(2026, 10, 30))
    found = in_the_way(wish, by=ENTERPRISE, given=paid)
    assert found == [ClosedMonth(date(2026, 10, 31), date(2026, 11, 1))]
    assert passes(replace(wish, from_on=date(2026, 11, 1)), by=ENTERPRISE, given=paid)
    assert passes(replace(wish, changes=Terms(work_off=WorkOff(1))), by=ENTERPRISE, given=paid)


def test_a_minor_agrees_with_a_representative_who_is_named():
    nobody = around(replace(S1, guardianships=()))
    assert in_the_way(WORK_OFF, facts=nobody) == [NoRepresentative(date(2028, 3, 15))]
    assert passes(proposing(PLAN), facts=nobody)
    assert passes(WORK_OFF, given=K5_ACTIVE, facts=around(S5))


# What it brings


def test_an_open_proposal_waits_for_those_who_have_not_agreed():
    found = brought(WORK_OFF, asked(COLLEGE, MONDAY), K1_ACTIVE)
    waiting = [ENTERPRISE, REPRESENTATIVE, STUDENT]
    assert found.shown["deadlines"]["start"] == [
        {
            "name": "answer-amendment",
            "who": waiting,
            "on": "2026-11-30",
            "silence": "amendment-lapses",
            "rule": "amendment.answer",
        }
    ]
    [task] = found.shown["tasks"]["open"]
    assert (task["command"], task["who"]) == ("accept-amendment", waiting)
    [timer] = [each for each in found.brought[0].timers if each.command == "lapse-amendment"]
    assert (timer.on, timer.ref) == (date(2026, 12, 1), FRESH)
    assert found.shown["stays"] == ["clauses-until-all-agree"]


@given(st.sampled_from(sorted(ClauseId)), st.sampled_from(sorted(PARTIES)), st.booleans())
def test_what_is_agreed_alone_is_the_clauses_as_they_were_wanted(clause, by, remove):
    """Whoever proposes whatever: it is refused, or open, or done; and done it is what was asked for."""
    field = next(name for name, id_ in zip(vars(TERMS), ClauseId, strict=True) if id_ == clause)
    changes = NOTHING_AGREED if remove else Terms(**{field: getattr(WHOLE, field)})
    wish = ProposeAmendment(FROM_ON, changes, (clause,) if remove else ())
    before = state(K1_ACTIVE)
    if [*wish.rules(before, asked(by, MONDAY))] or wish.already(before, asked(by, MONDAY)):
        return
    after = state([*K1_ACTIVE, *passes(wish, by)])
    wanted = revised(TERMS, changes, wish.remove)
    assert after.terms_on(FROM_ON) == (wanted if after.amendments[0].outcome else TERMS)
    assert after.terms_on(FROM_ON - DAY) == TERMS
    assert after.amendments[0].clauses == {clause}


def test_assessments_are_a_matter_of_notice_and_all_are_asked_of_a_proposal():
    [found] = passes(proposing(Terms(assessment=Assessment(2))))
    assert (found.materiality, set(found.asked)) == (Change.NOTICE, PARTIES)
