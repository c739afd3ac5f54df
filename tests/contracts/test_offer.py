"""What is offered to all as one text, and what must be true of it first."""

from dataclasses import replace
from datetime import date, time

import pytest

from contracts.contract import State
from contracts.formation import Offer, SignByPassed
from contracts.formation_rules import AnotherActive, NoPlace, NotLicensed, TooYoung
from contracts.offer_rules import (
    Incomplete,
    MentorNotCleared,
    NoMentor,
    ShareTooSmall,
    VoidClause,
    WageWithoutEmployment,
    WeekTooLongForAge,
)
from contracts.parties import Mentorship
from contracts.schedule_rules import Clash, NightWork
from contracts.terms import (
    NOTHING_AGREED,
    ClauseId,
    Compensation,
    Hours,
    PayKind,
    PracticeShare,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Week,
)
from contracts.wording import text_hash
from tests.examples import (
    DAY_HOURS,
    E1,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    FRI,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    LAW,
    M1,
    M3,
    MEMORANDUM,
    MON,
    OFFERED_ON,
    S1,
    S5,
    SIGN_BY,
    STARTS_ON,
    TERMS,
    THU,
    TUE,
    WED,
    around,
    asked,
    drafted,
    held,
    person,
    refused,
    schedule,
    state,
    student,
    when,
)

OFFER = asked(ENTERPRISE, OFFERED_ON)


def draft_with(who=S1, **clauses):
    return [drafted(who, "75-2026-000001", who is S1, replace(TERMS, **clauses))]


def in_the_way(who=S1, on=OFFERED_ON, around_it=None, **clauses):
    return refused(Offer(), asked(ENTERPRISE, on, around_it or around(who)), given=draft_with(who, **clauses))


def passes(who=S1, on=OFFERED_ON, around_it=None, **clauses):
    return when(Offer(), asked(ENTERPRISE, on, around_it or around(who)), given=draft_with(who, **clauses))


def hours(ends_at):
    return Hours(time(9), ends_at)


def practice(ends_at, *days):
    return Schedule(
        StartsWith.STUDY, (Week((), days or (MON, TUE, WED, THU, FRI)),), DAY_HOURS, hours(ends_at)
    )


def test_an_offer_binds_one_text_and_names_the_last_day_to_sign():
    [offered] = when(Offer(), OFFER, given=K1_DRAFT)
    text = text_hash(state(K1_DRAFT), LAW, OFFERED_ON, FRESH.hex, S1.commitment)
    assert (offered.by, offered.text_hash, offered.sign_by) == (ENTERPRISE, text, SIGN_BY)
    assert (offered.form, offered.nonce) == (LAW.form(OFFERED_ON).version, FRESH.hex)
    assert offered.student_record == S1.commitment
    after = state([*K1_DRAFT, offered])
    assert (after.state, after.text_hash, after.offered_by) == (State.OFFERED, text, ENTERPRISE)


def test_the_text_is_another_one_when_a_clause_the_person_or_the_nonce_is():
    draft = state(K1_DRAFT)
    raised = replace(draft, terms=replace(TERMS, compensation=Compensation(PayKind.COMPENSATION, 9_550_000)))
    texts = {
        text_hash(draft, LAW, OFFERED_ON, "1", "a"),
        text_hash(raised, LAW, OFFERED_ON, "1", "a"),
        text_hash(draft, LAW, OFFERED_ON, "2", "a"),
        text_hash(draft, LAW, OFFERED_ON, "1", "b"),
    }
    assert len(texts) == 4
    assert text_hash(draft, LAW, OFFERED_ON, "1", "a") in texts


def test_offer_again_changes_nothing_unless_it_names_another_day():
    assert when(Offer(), OFFER, given=K1_OUT) == []
    assert when(Offer(SIGN_BY), OFFER, given=K1_OUT) == []
    [refusal] = refused(Offer(date(2026, 8, 27)), OFFER, given=K1_OUT)
    assert (refusal.state, refusal.needs) == (State.OFFERED, (State.DRAFT,))


def test_a_day_to_sign_by_has_not_passed():
    [offered] = when(Offer(OFFERED_ON), OFFER, given=K1_DRAFT)
    assert offered.sign_by == OFFERED_ON
    yesterday = date(2026, 8, 11)
    assert refused(Offer(yesterday), OFFER, given=K1_DRAFT) == [SignByPassed(yesterday, OFFERED_ON)]


def test_the_law_s_days_to_sign_end_on_a_working_day():
    [offered] = when(Offer(), asked(ENTERPRISE, date(2026, 8, 15)), given=K1_DRAFT)
    assert offered.sign_by == date(2026, 8, 31), "14 days from Saturday the 15th end on Saturday the 29th"


def test_every_required_clause_is_filled_in():
    empty = in_the_way(schedule=None, mentor=None)
    assert empty == [Incomplete((ClauseId.SCHEDULE, ClauseId.MENTOR))]
    [nothing] = refused(Offer(), OFFER, given=[drafted(S1, "1", True, NOTHING_AGREED)])
    assert nothing.missing == (
        "C-SUBJECT",
        "C-TERM",
        "C-FORM",
        "C-FUNDING",
        "C-PRACTICE-SHARE",
        "C-SCHEDULE",
        "C-WORKPLACE",
        "C-STATUS",
        "C-MENTOR",
    )


@pytest.mark.parametrize("weeks", [(), (Week((MON, TUE), ()),)])
def test_a_schedule_without_a_day_at_the_enterprise_is_none(weeks):
    empty = replace(TERMS.schedule, weeks=weeks)
    assert in_the_way(schedule=empty) == [Incomplete((ClauseId.SCHEDULE,))]


def test_60_percent_of_the_programme_is_at_the_enterprise():
    assert passes(practice_share=PracticeShare(2592, 1556))
    short = in_the_way(practice_share=PracticeShare(2592, 1555))
    assert short == [ShareTooSmall(1555, 2592, 60, needed_hours=1556)]
    assert 1555 * 100 < 2592 * 60 <= 1556 * 100


@pytest.mark.parametrize(
    ("clause", "clauses"),
    [
        ("C-TERM", {"term": Term(ENDS_ON, STARTS_ON)}),
        ("C-TERM", {"term": Term(date(2026, 2, 2), date(2026, 8, 11))}),
        ("C-PRACTICE-SHARE", {"practice_share": PracticeShare(2592, 2593)}),
        ("C-PRACTICE-SHARE", {"practice_share": PracticeShare(0, 0)}),
        ("C-COMPENSATION", {"compensation": Compensation(PayKind.COMPENSATION, 9_500_000, pay_day=11)}),
        ("C-COMPENSATION", {"compensation": Compensation(PayKind.COMPENSATION, 9_500_000, pay_day=0)}),
        ("C-COMPENSATION", {"compensation": Compensation(PayKind.COMPENSATION, -1)}),
        ("C-REIMBURSE", {"reimbursement": replace(TERMS.reimbursement, cap=-1)}),
    ],
)
def test_a_void_clause_is_not_offered(clause, clauses):
    assert in_the_way(**clauses) == [VoidClause((clause,))]


def test_pay_by_the_10th_and_a_term_that_ends_today_are_offered():
    for pay_day in (1, 10):
        assert passes(compensation=Compensation(PayKind.COMPENSATION, 0, pay_day))
    assert passes(term=Term(date(2026, 2, 2), OFFERED_ON))


def test_all_hours_at_the_enterprise_and_nothing_to_pay_back_are_offered():
    assert passes(practice_share=PracticeShare(2592, 2592))
    assert passes(reimbursement=replace(TERMS.reimbursement, cap=0))


def test_at_16_a_week_at_the_enterprise_has_at_most_36_hours():
    assert passes(schedule=practice(time(16, 12)))
    block_weeks = schedule([], [MON, TUE, WED, THU, FRI], Week((MON, TUE, WED, THU, FRI), ()))
    assert in_the_way(schedule=block_weeks) == [WeekTooLongForAge(40, 36, until=date(2028, 3, 14))]
    assert in_the_way(schedule=practice(time(16, 13))) == [WeekTooLongForAge(37, 36, date(2028, 3, 14))]


def test_a_day_named_twice_is_one_day():
    assert passes(schedule=practice(time(17), WED, WED, THU, THU, FRI, FRI))


def test_at_15_a_week_has_at_most_24_hours():
    child = student(29, "000000000000", "Somebody Demo", date(2010, 9, 2))
    assert passes(around_it=around(child), schedule=practice(time(17), WED, THU, FRI))
    over = in_the_way(around_it=around(child), schedule=practice(time(17, 1), WED, THU, FRI))
    assert over == [WeekTooLongForAge(25, 24, until=date(2026, 9, 1))]


def test_an_adult_has_at_most_40_hours_a_week():
    assert passes(S5, schedule=practice(time(17)))
    assert in_the_way(S5, schedule=practice(time(17, 1))) == [WeekTooLongForAge(41, 40, until=None)]


def test_a_minor_does_not_work_at_night_and_nobody_is_at_two_places_at_once():
    late = replace(TERMS.schedule, enterprise_hours=Hours(time(14), time(22, 1)))
    assert in_the_way(schedule=late) == [NightWork(22, 6)]
    assert passes(S5, schedule=late)
    both = schedule([MON, TUE, WED], [WED, THU, FRI])
    assert in_the_way(schedule=both) == [Clash((WED,))]


def test_a_wage_needs_an_employment_contract():
    wage = Compensation(PayKind.WAGE, 9_500_000)
    assert in_the_way(compensation=wage) == [WageWithoutEmployment(PayKind.WAGE, Status.TRAINEE)]
    assert passes(S5, compensation=wage, standing=Standing(Status.EMPLOYEE, "12"))


@pytest.mark.parametrize(
    "found",
    [
        None,
        person(39, "000000000000", "Somebody Demo", date(1980, 1, 1)),
        replace(M3, id=M1.id),
        replace(M1, mentorships=(Mentorship(E1.bin, 3, date(2026, 9, 2), cleared_on=STARTS_ON),)),
        replace(M1, mentorships=(replace(M1.mentorships[0], until=date(2026, 8, 1)),)),
    ],
    ids=["unknown", "no mentor", "of another enterprise", "from the second day", "retired"],
)
def test_there_is_a_mentor_of_the_enterprise_from_the_first_day(found):
    assert in_the_way(around_it=around(mentor=found)) == [NoMentor(STARTS_ON)]


def test_a_mentor_may_begin_on_the_first_day():
    begins = replace(M1, mentorships=(Mentorship(E1.bin, 3, STARTS_ON, cleared_on=STARTS_ON),))
    assert passes(around_it=around(mentor=begins))


def test_the_mentor_of_a_minor_has_a_certificate():
    unseen = replace(M1, mentorships=(replace(M1.mentorships[0], cleared_on=None),))
    assert in_the_way(around_it=around(mentor=unseen)) == [MentorNotCleared()]
    assert passes(S5, around_it=around(S5, mentor=unseen))


@pytest.mark.parametrize("of", ["mentor", "memorandum"])
def test_the_mentor_and_the_memorandum_have_a_place(of):
    key, whole = str(M1.id if of == "mentor" else MEMORANDUM.id), (STARTS_ON, ENDS_ON)
    assert passes(around_it=around(holds=held(of, key, whole, whole)))
    full = around(holds=held(of, key, whole, whole, whole))
    assert in_the_way(around_it=full) == [NoPlace(of, taken=3, places=3)]


def test_places_are_counted_on_the_fullest_day():
    whole, first, second = (STARTS_ON, ENDS_ON), (STARTS_ON, date(2026, 12, 31)), (date(2027, 1, 1), ENDS_ON)
    key = str(M1.id)
    assert passes(around_it=around(holds=held("mentor", key, whole, first, second)))
    overlapping = held("mentor", key, whole, (STARTS_ON, date(2027, 1, 1)), second)
    assert in_the_way(around_it=around(holds=overlapping)) == [NoPlace("mentor", 3, 3)]


@pytest.mark.parametrize(
    "memorandum",
    [
        replace(MEMORANDUM, qualifications=("3W07130701",)),
        replace(MEMORANDUM, enterprise="130940900302"),
        replace(MEMORANDUM, ends_on=date(2026, 8, 31)),
        replace(MEMORANDUM, ended_on=date(2026, 8, 31)),
    ],
    ids=["another qualification", "another enterprise", "over", "ended"],
)
def test_a_memorandum_has_places_for_its_parties_qualifications_and_days(memorandum):
    assert in_the_way(around_it=around(memorandum=memorandum)) == [NoPlace("memorandum", 0, 0)]


def test_a_memorandum_that_holds_on_the_first_day_has_places():
    assert passes(around_it=around(memorandum=replace(MEMORANDUM, ended_on=STARTS_ON)))
    assert passes(around_it=around(memorandum=replace(MEMORANDUM, ends_on=None)))


def test_a_student_who_has_a_contract_is_not_offered_another():
    taken = around(holds=held("student", str(S1.id), (STARTS_ON, ENDS_ON)))
    assert in_the_way(around_it=taken) == [AnotherActive(STARTS_ON, ENDS_ON)]


def test_licence_and_age_are_those_of_the_revised_text():
    other = Subject("07150600", "4S07150604")
    memorandum = replace(MEMORANDUM, qualifications=(other.qualification,))
    assert in_the_way(around_it=around(memorandum=memorandum), subject=other) == [NotLicensed("07150600")]
    child = around(student(29, "000000000000", "Somebody Demo", date(2010, 9, 2)))
    employee = Standing(Status.EMPLOYEE, "12")
    three_days = practice(time(17), WED, THU, FRI)
    found = in_the_way(around_it=child, standing=employee, schedule=three_days)
    assert found == [TooYoung(15, 16)]


def test_every_rule_in_the_way_is_named_at_once():
    found = in_the_way(
        around_it=around(mentor=None), practice_share=PracticeShare(2592, 1555), workplace=None
    )
    assert [type(refusal) for refusal in found] == [Incomplete, ShareTooSmall, NoMentor]


def test_what_is_concluded_is_not_offered():
    [refusal] = refused(Offer(), OFFER, given=K1_SIGNED)
    assert refusal.state is State.SIGNED
