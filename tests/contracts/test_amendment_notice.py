"""One party tells the others of a change; they may object, and then it takes the agreement of all."""

from dataclasses import replace
from datetime import date

from contracts.amendment import ProposeAmendment
from contracts.amendment_agreed import AmendmentConcluded
from contracts.amendment_answer import (
    AcceptAmendment,
    AmendmentLapsed,
    ChangeObjected,
    LapseAmendment,
    Object,
    ObjectedLate,
    OtherText,
)
from contracts.amendment_notice import ChangeNoticed, GiveNoticeOfChange, NotByNotice, NoticeTooShort
from contracts.amendment_rules import NotAmendable, NotSigner, OwnWay, Pending, UnderLaw
from contracts.contract import PARTIES
from contracts.contract_rules import Backdated
from contracts.decision import DAY
from contracts.terms import (
    NOTHING_AGREED,
    Absence,
    Assessment,
    ClauseId,
    Compensation,
    PayKind,
    Terms,
    WorkOff,
    Workplace,
)
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K5_ACTIVE,
    OTHER,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S5,
    STUDENT,
    TERMS,
    around,
    asked,
    brought,
    refused,
    state,
    when,
)

MONDAY, FROM_ON, OBJECT_BY = date(2026, 11, 23), date(2026, 12, 7), date(2026, 11, 30)
TUESDAY = MONDAY + DAY
ASSESSED = Terms(assessment=Assessment(2))
TELL = GiveNoticeOfChange(FROM_ON, ASSESSED)
ELSEWHERE = Terms(workplace=replace(TERMS.workplace, address="Almaty, 9 Demo street"))


def noticed(wish=TELL, by=COLLEGE, given=K1_ACTIVE):
    return [*given, *when(wish, asked(by, MONDAY), given)]


def in_the_way(wish, by=COLLEGE, on=MONDAY, given=K1_ACTIVE):
    return refused(wish, asked(by, on), given)


def test_a_notice_holds_from_its_day_unless_somebody_objects():
    occasion = asked(COLLEGE, MONDAY, sealed={"reason": "c" * 64})
    [found] = when(replace(TELL, reason="kept"), occasion, K1_ACTIVE)
    assert (found.by, found.changes, found.from_on, found.object_by) == (
        COLLEGE,
        ASSESSED,
        FROM_ON,
        OBJECT_BY,
    )
    assert (found.reason, len(found.text_hash)) == ("c" * 64, 64)
    assert state([*K1_ACTIVE, found]).terms == TERMS


def test_without_an_objection_it_stands_once_its_days_are_over():
    given = noticed()
    assert when(LapseAmendment(FRESH), asked(DEADLINE, OBJECT_BY), given) == []
    [concluded] = when(LapseAmendment(FRESH), asked(DEADLINE, OBJECT_BY + DAY), given)
    assert concluded == AmendmentConcluded(FRESH, 1, ASSESSED, (), FROM_ON, given[-1].text_hash)
    after = state([*given, concluded])
    assert (after.terms_on(FROM_ON - DAY), after.terms_on(FROM_ON).assessment) == (TERMS, Assessment(2))


def test_who_may_object_and_until_when_is_shown():
    found = brought(TELL, asked(COLLEGE, MONDAY), K1_ACTIVE)
    assert found.shown["deadlines"]["start"] == [
        {
            "name": "object-to-change",
            "who": [ENTERPRISE, REPRESENTATIVE, STUDENT],
            "on": "2026-11-30",
            "silence": "notice-stands",
            "rule": "amendment.object-late",
        }
    ]
    assert found.shown["tasks"]["open"] == []


def test_an_objection_makes_it_a_proposal_to_all():
    given = noticed()
    occasion = asked(STUDENT, TUESDAY, sealed={"reason": "c" * 64})
    objection = when(Object(FRESH, "not asked"), occasion, given)
    assert objection == [ChangeObjected(FRESH, STUDENT, date(2026, 12, 1), "c" * 64)]
    open_now = [*given, *objection]
    [amendment] = state(open_now).amendments
    assert (amendment.notice, amendment.asked, amendment.accepted) == (False, PARTIES, {COLLEGE})
    text = amendment.text_hash
    for role in (ENTERPRISE, REPRESENTATIVE, STUDENT):
        open_now = [*open_now, *when(AcceptAmendment(text), asked(role, TUESDAY), open_now)]
    assert state(open_now).terms.assessment == Assessment(2)
    [lapsed] = when(LapseAmendment(FRESH), asked(DEADLINE, date(2026, 12, 2)), [*given, *objection])
    assert lapsed == AmendmentLapsed(FRESH, date(2026, 12, 1), (ENTERPRISE, REPRESENTATIVE, STUDENT))


def test_a_notice_is_not_agreed_to():
    given = noticed()
    text = given[-1].text_hash
    assert refused(AcceptAmendment(text), asked(STUDENT, TUESDAY), given) == [OtherText(text, ())]


def test_the_answer_to_an_objection_ends_before_the_change_would_have_held():
    given = noticed(GiveNoticeOfChange(MONDAY + 10 * DAY, ASSESSED))
    assert given[-1].object_by == OBJECT_BY
    [objection] = when(Object(FRESH), asked(STUDENT, OBJECT_BY), given)
    assert objection.answer_by == MONDAY + 10 * DAY


def test_objections_end_with_their_day():
    given = noticed()
    assert when(Object(FRESH), asked(ENTERPRISE, OBJECT_BY), given)
    late = refused(Object(FRESH), asked(ENTERPRISE, OBJECT_BY + DAY), given)
    assert late == [ObjectedLate(OBJECT_BY)]
    stands = [*given, *when(LapseAmendment(FRESH), asked(DEADLINE, OBJECT_BY + DAY), given)]
    assert refused(Object(FRESH), asked(STUDENT, OBJECT_BY), stands) == [ObjectedLate(OBJECT_BY)]


def test_one_objects_to_a_notice_and_to_nothing_else():
    assert refused(Object(OTHER), asked(STUDENT, TUESDAY), noticed()) == [ObjectedLate(None)]
    wish = ProposeAmendment(FROM_ON, Terms(work_off=WorkOff(12)))
    proposal = [*K1_ACTIVE, *when(wish, asked(COLLEGE, MONDAY), K1_ACTIVE)]
    assert refused(Object(FRESH), asked(STUDENT, TUESDAY), proposal) == [ObjectedLate(None)]


def test_nobody_objects_to_his_own_notice():
    found = refused(Object(FRESH), asked(COLLEGE, TUESDAY), noticed())
    assert found == [NotSigner(COLLEGE, (ENTERPRISE, REPRESENTATIVE, STUDENT))]
    grown = [*K5_ACTIVE, noticed()[-1]]
    found = refused(Object(FRESH), asked(REPRESENTATIVE, TUESDAY, around(S5)), grown)
    assert found == [NotSigner(REPRESENTATIVE, (ENTERPRISE, STUDENT))]


# What stands in the way


def test_what_takes_agreement_is_no_matter_of_notice():
    less = Terms(compensation=Compensation(PayKind.COMPENSATION, 1), assessment=Assessment(2))
    found = in_the_way(replace(TELL, changes=less))
    assert found == [NotByNotice((ClauseId.COMPENSATION,))]
    assert in_the_way(TELL, by=ENTERPRISE) == [NotByNotice((ClauseId.ASSESSMENT,))]
    assert in_the_way(GiveNoticeOfChange(FROM_ON, ELSEWHERE)) == [NotByNotice((ClauseId.WORKPLACE,))]
    assert when(GiveNoticeOfChange(FROM_ON, ELSEWHERE), asked(ENTERPRISE, MONDAY), K1_ACTIVE)


def test_another_department_is_agreed_and_another_address_is_told():
    moved = Terms(workplace=Workplace(TERMS.workplace.address, "Lines"))
    assert in_the_way(GiveNoticeOfChange(FROM_ON, moved), by=ENTERPRISE) == [
        NotByNotice((ClauseId.WORKPLACE,)),
        OwnWay((ClauseId.WORKPLACE,)),
    ]


def test_what_one_may_do_alone_may_be_told_with_the_rest():
    both = replace(ELSEWHERE, compensation=Compensation(PayKind.COMPENSATION, 10_000_000))
    assert when(GiveNoticeOfChange(FROM_ON, both), asked(ENTERPRISE, MONDAY), K1_ACTIVE)


def test_a_notice_comes_ten_days_before():
    tenth = MONDAY + 10 * DAY
    [found] = when(replace(TELL, from_on=tenth), asked(COLLEGE, MONDAY), K1_ACTIVE)
    assert found.from_on == tenth
    for given in (9, 0):
        short = in_the_way(replace(TELL, from_on=MONDAY + given * DAY))
        assert short == [NoticeTooShort(given, 10, tenth)]
    yesterday = MONDAY - DAY
    assert in_the_way(replace(TELL, from_on=yesterday)) == [Backdated(yesterday, MONDAY)]


def test_a_notice_lies_within_the_contract():
    assert when(replace(TELL, from_on=ENDS_ON), asked(COLLEGE, MONDAY), K1_ACTIVE)
    after = ENDS_ON + DAY
    assert in_the_way(replace(TELL, from_on=after)) == [NotAmendable(after, ENDS_ON)]


def test_a_notice_keeps_the_law_and_the_order_of_its_clauses():
    found = in_the_way(replace(TELL, changes=Terms(assessment=Assessment(-1))))
    assert found == [UnderLaw((ClauseId.ASSESSMENT,), FROM_ON)]
    found = in_the_way(replace(TELL, changes=Terms(schedule=PRACTICE_MON_WED)))
    assert found == [NotByNotice((ClauseId.SCHEDULE,)), OwnWay((ClauseId.SCHEDULE,))]
    again = in_the_way(replace(TELL, changes=Terms(assessment=Assessment(3))), given=noticed())
    assert again == [Pending((ClauseId.ASSESSMENT,), FRESH, OBJECT_BY)]


def test_what_is_so_already_is_told_to_nobody():
    assert when(GiveNoticeOfChange(FROM_ON, NOTHING_AGREED), asked(COLLEGE, MONDAY), K1_ACTIVE) == []


def test_a_longer_time_to_report_absence_is_told_by_either():
    with_absence = replace(state(K1_ACTIVE), agreed=(), terms=replace(TERMS, absence=Absence(1, 3)))
    longer = GiveNoticeOfChange(FROM_ON, Terms(absence=Absence(2, 3)))
    for by in (COLLEGE, ENTERPRISE):
        [found] = when(longer, asked(by, MONDAY), with_absence)
        assert isinstance(found, ChangeNoticed)
