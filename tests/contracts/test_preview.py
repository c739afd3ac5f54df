"""A preview and its execution are the same bytes: they hold days, amounts, roles and rules, nothing else."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest

from contracts.activation import Activate, NoteAdulthood, RecordBriefing, RecordFitness
from contracts.activation_rules import Activated
from contracts.ahead import outlook
from contracts.amendment import ProposeAmendment
from contracts.amendment_answer import (
    AcceptAmendment,
    AmendmentAccepted,
    DeclineAmendment,
    LapseAmendment,
    Object,
)
from contracts.amendment_notice import GiveNoticeOfChange
from contracts.attendance import AttendanceConfirmed, ConfirmAttendance
from contracts.attendance_answer import ContestAttendance, ExcuseAbsence, WarnShortfall
from contracts.canonical import canonical, digest
from contracts.closing import Ended
from contracts.completion import AwardQualification, Complete, RecordAssessment
from contracts.conciliation import AskMediator, ConfirmCure
from contracts.consequences import consequences
from contracts.contract import Route
from contracts.corrected import CorrectionMade, Told
from contracts.correction import Correct, CorrectionProposed
from contracts.correction_answer import ApproveCorrection, FollowCorrection, RejectCorrection
from contracts.deadlines import NoteMissed, Remind
from contracts.decision import On, effects
from contracts.department import ChangeDepartment, RelocationProposed
from contracts.department_answer import AnswerDepartmentChange, LapseDepartmentChange
from contracts.ending import ConfirmReturn, EndContract, IssueCertificate
from contracts.formation import Draft, Offer, Revise, Revised
from contracts.hiring import (
    AnswerJobOffer,
    DeclareNoVacancy,
    JobOffered,
    LapseJobOffer,
    NoteHiringMissed,
    OfferJob,
)
from contracts.lifecycle import COMMANDS, empty
from contracts.mentoring import AssignMentor, MentorLeft, ReplaceMentor, ReportMentorLeft
from contracts.moving import Destination
from contracts.mutual_end import (
    AcceptMutualEnd,
    DeclineMutualEnd,
    LapseMutualEnd,
    MutualEndProposed,
    ProposeMutualEnd,
)
from contracts.offer_end import Lapse, RefuseToSign, WithdrawOffer
from contracts.on_paper import RecordSigned
from contracts.organisation_end import OrganisationReorganised
from contracts.outcome import AskForOutcome, RecordEmployment
from contracts.parties import Guardian, Role
from contracts.pay import PayRecorded, RecordPay
from contracts.pay_answer import AcknowledgePay, ReportUnpaid
from contracts.pay_raise import PayStep, RaisePay
from contracts.person import RepresentativeNamed
from contracts.price import CancelPricePayment, PricePaid, RecordPricePayment
from contracts.reimbursement import ApproveReimbursement
from contracts.results import AssessmentKind, Grade, Occupation, Seats
from contracts.resumption import ExtendSuspension, NoteNoReturn, Resume
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange, LapseScheduleChange
from contracts.schedule_times import AgreeSchedule, ShiftTimes
from contracts.signing import Consent, ConsentGiven, Sign
from contracts.suspension import Suspend
from contracts.takeover import RecordSuccession
from contracts.termination import CureDemanded, DemandCure, Expel, ReportForceMajeure, ReportLiquidation
from contracts.terms import Assessment, ClauseId, Hours, PayKind, PaymentPlan, Terms, WorkOff
from contracts.training_record import Place
from contracts.transfer import SetAcademicDifference
from contracts.transfer_answer import (
    AcceptTransfer,
    CancelTransfer,
    DeclineTransfer,
    DeemReleased,
    EscalateTransfer,
)
from contracts.transfer_completion import CompleteTransfer
from contracts.withdrawal import (
    ConsentToWithdrawal,
    Noticed,
    RevokeNotice,
    Withdraw,
)
from tests.contracts.test_completion import COMPLETING, DONE, LAST, QUALIFIED, TRAINED
from tests.contracts.transfers import (
    ASKED_ON,
    C2_BIN,
    K2_ACTIVE,
    K2_FREE,
    K2_MOVES,
    MOVE,
    NAMED,
    START_ON,
    TO_E2,
    requested,
    signed,
)
from tests.contracts.transfers import of as of_a_move
from tests.examples import (
    BRIEFED,
    C1,
    CHAMBER,
    COLLEGE,
    DEADLINE,
    E1,
    E2,
    ENTERPRISE,
    G1,
    K1_ACTIVE,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    K1_WAITS,
    K5_ACTIVE,
    LAW,
    M1,
    MEMORANDUM,
    MENTOR,
    P1,
    P2,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S1,
    S5,
    SIGNED_ON,
    STARTS_ON,
    STUDENT,
    T1,
    TERMS,
    an_id,
    around,
    asked,
    brought,
    past,
    proposed,
    recorded_by,
    state,
    when,
)

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
OCTOBER, FROM_ON = date(2026, 10, 5), date(2026, 11, 2)
LEAVE = Withdraw("own-wish", RECEIVED, END_ON, STUDENT)
OPEN = proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31))
MUTUAL = MutualEndProposed(P2, STUDENT, date(2027, 1, 15), date(2026, 12, 31), "e" * 64)
NOTICED = Noticed(STUDENT, "own-wish", RECEIVED, END_ON, RECEIVED)
DEMANDED = CureDemanded(STUDENT, ENTERPRISE, date(2027, 1, 8), "d" * 64)
PERSONAL = {
    name: "5" * 64
    for name in ("reason", "terms", "breach", "what", "source", "annex", "proof", "post", "where")
}


def moving(role, on=ASKED_ON, then=None):
    return replace(of_a_move(role, on, then), sealed=PERSONAL)


def of(role, on, who=S5):
    return asked(role, on, around(who), PERSONAL)


WORK_OFF, ASSESSED = Terms(work_off=WorkOff(12)), Terms(assessment=Assessment(2))
[ADDENDUM] = when(ProposeAmendment(FROM_ON, WORK_OFF), of(COLLEGE, OCTOBER, S1), K1_ACTIVE)
[NOTICE] = when(GiveNoticeOfChange(FROM_ON, ASSESSED), of(COLLEGE, OCTOBER, S1), K1_ACTIVE)
AMENDING = [
    *K1_ACTIVE,
    ADDENDUM,
    *(AmendmentAccepted(ADDENDUM.proposal, who, ADDENDUM.text_hash) for who in (STUDENT, REPRESENTATIVE)),
]
SUSPEND = Suspend("illness", date(2027, 2, 1), date(2027, 8, 1), "conclusion 12", "order 7", "kept")
ASKED = replace(OPEN, from_on=date(2027, 3, 1), answer_by=date(2027, 2, 1))
[SUSPENDED] = when(SUSPEND, of(COLLEGE, date(2027, 1, 29)), K5_ACTIVE)
JOB = JobOffered("5" * 64, 9_500_000, date(2027, 8, 2), date(2027, 7, 12))
M2 = replace(M1, id=an_id(32))
RELAYS = replace(TERMS.workplace, department="Relay protection")
RELOCATION = RelocationProposed(
    P1, ENTERPRISE, RELAYS, date(2027, 2, 1), date(2027, 1, 5), T1, (STUDENT, ENTERPRISE)
)
WEEK = AttendanceConfirmed(
    week=date(2026, 9, 7),
    place=Place.ENTERPRISE,
    by=MENTOR,
    minutes=960,
    absences=(date(2026, 9, 9),),
    contest_by=END_ON,
    review_on=date(2026, 10, 12),
)
MERGED = OrganisationReorganised(E2.bin, RECEIVED, "17").evolve(E1)
NO_TABLE = Revised(COLLEGE, Terms(), (ClauseId.SCHEDULE,))
"""As in a contract on paper, whose table stands in an annex."""


def looking_back(role, found):
    return asked(role, RECEIVED, around(S5, past=found), PERSONAL, person=an_id(97))


TOLD = (Told(STUDENT, f"person:{S5.id}"), Told(ENTERPRISE, f"org:{E1.bin}"))
WRONGLY_NOTICED = past(
    recorded_by(COLLEGE, STARTS_ON, *K5_ACTIVE), recorded_by(COLLEGE, RECEIVED, NOTICED, told=TOLD)
)
ASKED_FOR = CorrectionProposed(
    P1, 9, "withdrawal.noticed", COLLEGE, an_id(96), RECEIVED, STUDENT, "request 31", reason="5" * 64
)
AWAITED = past(
    recorded_by(COLLEGE, STARTS_ON, *K5_ACTIVE),
    recorded_by(COLLEGE, RECEIVED, NOTICED, told=TOLD),
    recorded_by(COLLEGE, RECEIVED, ASKED_FOR),
)
MADE = CorrectionMade(P1, 9, "withdrawal.noticed", 1, COLLEGE, informed=TOLD, acted=(ENTERPRISE,))
AGREEING = [*K1_ACTIVE, replace(MUTUAL, end_on=END_ON), OPEN]
UNCONSENTED = [event for event in K1_ACTIVE if not isinstance(event, ConsentGiven)]
PLAN = replace(TERMS, payment_plan=PaymentPlan(1_125_000, 12, 20))
PRICED = [replace(K5_ACTIVE[0], terms=PLAN), *K5_ACTIVE[1:]]
EACH = [
    (Draft(S1.id, C1.bin, E1.bin, Route.COLLEGE_FIRST, TERMS, MEMORANDUM.id), of(COLLEGE, RECEIVED, S1), []),
    (
        RecordSigned("1", S1.id, C1.bin, E1.bin, TERMS, SIGNED_ON, "shelf 3"),
        of(COLLEGE, date(2026, 9, 1), S1),
        [],
    ),
    (Revise(Terms(mentor=replace(TERMS.mentor, person=an_id(39)))), of(COLLEGE, SIGNED_ON, S1), K1_OUT),
    (Offer(), of(ENTERPRISE, date(2026, 8, 12), S1), K1_DRAFT),
    (Sign(T1), of(COLLEGE, SIGNED_ON, S1), K1_WAITS),
    (Consent(T1), of(REPRESENTATIVE, SIGNED_ON, S1), K1_OUT),
    (RefuseToSign("other"), of(STUDENT, SIGNED_ON, S1), K1_OUT),
    (WithdrawOffer(), of(ENTERPRISE, SIGNED_ON, S1), K1_OUT),
    (Lapse(), of(DEADLINE, STARTS_ON, S1), K1_OUT),
    (RecordBriefing(STARTS_ON), of(ENTERPRISE, STARTS_ON, S1), K1_SIGNED),
    (RecordFitness(STARTS_ON), of(ENTERPRISE, STARTS_ON, S1), K1_SIGNED),
    (Activate(), of(DEADLINE, STARTS_ON, S1), [*K1_SIGNED, BRIEFED]),
    (NoteAdulthood(), of(DEADLINE, date(2028, 3, 15), S1), K1_ACTIVE),
    (Remind(END_ON - timedelta(1)), of(DEADLINE, END_ON), [*K5_ACTIVE, replace(OPEN, answer_by=END_ON)]),
    (NoteMissed(), of(DEADLINE, date(2027, 3, 1)), [*K5_ACTIVE, NOTICED]),
    (ProposeScheduleChange(PRACTICE_MON_WED, FROM_ON, reason="kept"), of(COLLEGE, OCTOBER, S1), K1_ACTIVE),
    (AnswerScheduleChange(P1, False, "no"), of(STUDENT, RECEIVED, S1), AGREEING),
    (LapseScheduleChange(P1), of(DEADLINE, date(2027, 1, 5), S1), AGREEING),
    (ProposeAmendment(FROM_ON, WORK_OFF, reason="kept"), of(COLLEGE, OCTOBER, S1), K1_ACTIVE),
    (
        ProposeAmendment(FROM_ON, Terms(), (ClauseId.REIMBURSE,), reason="kept"),
        of(ENTERPRISE, OCTOBER, S1),
        K1_ACTIVE,
    ),
    (GiveNoticeOfChange(FROM_ON, ASSESSED, reason="kept"), of(COLLEGE, OCTOBER, S1), K1_ACTIVE),
    (AcceptAmendment(ADDENDUM.text_hash), of(ENTERPRISE, OCTOBER, S1), AMENDING),
    (DeclineAmendment(ADDENDUM.text_hash, "no"), of(STUDENT, OCTOBER, S1), AMENDING),
    (Object(NOTICE.proposal, "no"), of(STUDENT, OCTOBER, S1), [*K1_ACTIVE, NOTICE]),
    (LapseAmendment(ADDENDUM.proposal), of(DEADLINE, FROM_ON, S1), AMENDING),
    (LapseAmendment(NOTICE.proposal), of(DEADLINE, FROM_ON, S1), [*K1_ACTIVE, NOTICE]),
    (RaisePay((PayStep(date(2026, 9, 14), 11_000_000),)), of(ENTERPRISE, OCTOBER, S1), K1_ACTIVE),
    (
        AgreeSchedule(PRACTICE_MON_WED, FROM_ON, OCTOBER, "annex 2"),
        of(COLLEGE, OCTOBER, S1),
        [K1_DRAFT[0], NO_TABLE, *K1_ACTIVE[1:]],
    ),
    (ShiftTimes(Hours(time(8), time(17), 60), FROM_ON), of(ENTERPRISE, OCTOBER, S1), K1_ACTIVE),
    (
        AssignMentor(M2.id, FROM_ON),
        asked(ENTERPRISE, FROM_ON, around(S1, mentor=M2)),
        [*K1_ACTIVE, MentorLeft(M1.id, FROM_ON)],
    ),
    (
        ReplaceMentor(M1.id, M2.id, FROM_ON),
        asked(ENTERPRISE, OCTOBER, around(S1, mentor=M2)),
        K1_ACTIVE,
    ),
    (ReportMentorLeft(M1.id, FROM_ON), of(ENTERPRISE, OCTOBER, S1), K1_ACTIVE),
    (ChangeDepartment(RELAYS, date(2027, 2, 1), "kept"), of(ENTERPRISE, RECEIVED), K5_ACTIVE),
    (AnswerDepartmentChange(P1, accept=True), of(STUDENT, RECEIVED), [*K5_ACTIVE, RELOCATION]),
    (LapseDepartmentChange(P1), of(DEADLINE, date(2027, 1, 6)), [*K5_ACTIVE, RELOCATION]),
    (ConfirmAttendance(date(2026, 9, 7)), of(MENTOR, OCTOBER, S1), K1_ACTIVE),
    (ContestAttendance(date(2026, 9, 7), "kept"), of(STUDENT, OCTOBER), [*K5_ACTIVE, WEEK]),
    (ExcuseAbsence((date(2026, 9, 9),), "kept"), of(COLLEGE, OCTOBER), [*K5_ACTIVE, WEEK]),
    (WarnShortfall(), of(DEADLINE, FROM_ON), [*K5_ACTIVE, WEEK]),
    (RecordPay("2026-11", 9_500_000), of(ENTERPRISE, RECEIVED), K5_ACTIVE),
    (ConfirmCure(ENTERPRISE), of(STUDENT, RECEIVED), [*K5_ACTIVE, DEMANDED]),
    (AskMediator(RECEIVED), of(STUDENT, RECEIVED), K5_ACTIVE),
    (TO_E2, moving(COLLEGE), K2_ACTIVE),
    (
        SetAcademicDifference(("PM-02",), 72),
        moving(Role.RECEIVER),
        [*K2_ACTIVE, requested(kind=Destination.COLLEGE, receiver=C2_BIN)],
    ),
    (AcceptTransfer(), moving(ENTERPRISE), K2_MOVES),
    (DeclineTransfer("no"), moving(ENTERPRISE), [*K2_MOVES, NAMED]),
    (CancelTransfer(), moving(COLLEGE), [*K2_MOVES, NAMED]),
    (DeemReleased(MOVE), moving(DEADLINE, date(2026, 12, 19)), K2_MOVES),
    (
        EscalateTransfer(MOVE),
        moving(DEADLINE, date(2026, 12, 19)),
        [*K2_ACTIVE, requested(silence_releases=False)],
    ),
    (CompleteTransfer(), moving(COLLEGE, date(2026, 12, 21), signed()), K2_FREE),
    (SUSPEND, of(COLLEGE, date(2027, 1, 29)), [*K5_ACTIVE, ASKED]),
    (
        ExtendSuspension(date(2027, 10, 1), "conclusion 19", "order 11"),
        of(COLLEGE, date(2027, 8, 1)),
        [*K5_ACTIVE, ASKED, SUSPENDED],
    ),
    (
        Resume(date(2027, 8, 2), "note 3"),
        of(COLLEGE, date(2027, 8, 2)),
        [*K5_ACTIVE, replace(MUTUAL, answer_by=date(2027, 2, 3)), ASKED, SUSPENDED],
    ),
    (NoteNoReturn(), of(DEADLINE, date(2027, 8, 7)), [*K5_ACTIVE, ASKED, SUSPENDED]),
    (
        AcknowledgePay("2026-10"),
        of(STUDENT, RECEIVED),
        [*K5_ACTIVE, PayRecorded("2026-10", PayKind.COMPENSATION, 9_500_000)],
    ),
    (ReportUnpaid("2026-10"), of(STUDENT, RECEIVED), K5_ACTIVE),
    (RecordSuccession(ENTERPRISE), asked(CHAMBER, RECEIVED, around(S5, enterprise=MERGED)), K5_ACTIVE),
    (ConsentToWithdrawal("own-wish", END_ON), of(REPRESENTATIVE, RECEIVED, S1), K1_ACTIVE),
    (LEAVE, of(COLLEGE, RECEIVED), [*K5_ACTIVE, OPEN, MUTUAL]),
    (RevokeNotice(), of(STUDENT, RECEIVED), [*K5_ACTIVE, NOTICED]),
    (ProposeMutualEnd(END_ON, "kept"), of(STUDENT, RECEIVED), K5_ACTIVE),
    (
        AcceptMutualEnd(MUTUAL.text_hash),
        of(COLLEGE, RECEIVED),
        [
            *K5_ACTIVE,
            OPEN,
            MUTUAL,
            *when(AcceptMutualEnd("e" * 64), of(ENTERPRISE, RECEIVED), [*K5_ACTIVE, MUTUAL]),
        ],
    ),
    (DeclineMutualEnd("no"), of(COLLEGE, RECEIVED), [*K5_ACTIVE, MUTUAL]),
    (LapseMutualEnd(P2), of(DEADLINE, date(2027, 1, 5)), [*K5_ACTIVE, MUTUAL]),
    (DemandCure(ENTERPRISE, "no clothing"), of(STUDENT, RECEIVED), K5_ACTIVE),
    (Expel("absence", "118", date(2026, 12, 14)), of(COLLEGE, RECEIVED), [*K5_ACTIVE, OPEN]),
    (ReportLiquidation(END_ON, "act 5"), of(ENTERPRISE, RECEIVED), [*K5_ACTIVE, OPEN]),
    (ReportForceMajeure(RECEIVED, "flood", "77"), of(ENTERPRISE, RECEIVED), K5_ACTIVE),
    (EndContract(), of(DEADLINE, date(2027, 1, 29)), [*K5_ACTIVE, NOTICED]),
    (RecordPricePayment(75_000, RECEIVED), of(ENTERPRISE, RECEIVED), PRICED),
    (
        CancelPricePayment(an_id(81)),
        of(ENTERPRISE, RECEIVED),
        [*PRICED, PricePaid(an_id(81), 75_000, RECEIVED)],
    ),
    (ApproveReimbursement(), of(REPRESENTATIVE, RECEIVED, S1), UNCONSENTED),
    (IssueCertificate("12/2027"), of(COLLEGE, date(2027, 1, 29)), [*K5_ACTIVE, NOTICED]),
    (
        RecordAssessment(AssessmentKind.FINAL, LAST, Grade.GOOD, Seats(2, 1)),
        of(COLLEGE, LAST),
        TRAINED,
    ),
    (AwardQualification("4S07130704", "diploma 118"), of(COLLEGE, LAST), COMPLETING),
    (Complete(), of(COLLEGE, LAST), QUALIFIED),
    (OfferJob("kept", 9_500_000, date(2027, 8, 2)), of(ENTERPRISE, date(2027, 7, 1)), DONE),
    (AnswerJobOffer(accept=True), of(STUDENT, date(2027, 7, 12)), [*DONE, JOB]),
    (LapseJobOffer(), of(DEADLINE, date(2027, 7, 13)), [*DONE, JOB]),
    (DeclareNoVacancy("staff list 3"), of(ENTERPRISE, date(2027, 7, 1)), DONE),
    (NoteHiringMissed(), of(DEADLINE, date(2027, 7, 31)), DONE),
    (AskForOutcome(), of(DEADLINE, date(2027, 12, 30)), DONE),
    (
        RecordEmployment(Occupation.ELSEWHERE, date(2027, 9, 1), "kept", "kept", "consent 7"),
        of(COLLEGE, date(2027, 12, 30)),
        DONE,
    ),
    (ConfirmReturn(), of(COLLEGE, RECEIVED), [*K5_ACTIVE, NOTICED]),
    (
        Correct(9, "request 31", "another day", STUDENT, "end_on", "2027-02-28"),
        looking_back(COLLEGE, WRONGLY_NOTICED),
        WRONGLY_NOTICED.events,
    ),
    (ApproveCorrection(P1), looking_back(COLLEGE, AWAITED), AWAITED.events),
    (RejectCorrection(P1, "no"), looking_back(COLLEGE, AWAITED), AWAITED.events),
    (FollowCorrection(P1), of(ENTERPRISE, RECEIVED), [*AWAITED.events, MADE]),
]
UNSTEADY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|\d\d:\d\d:\d\d[.Z+]|position")


@pytest.mark.parametrize(("wish", "occasion", "given"), EACH, ids=[each[0].type for each in EACH])
def test_computed_twice_it_is_the_same_bytes(wish, occasion, given):
    """Whenever on that day, with whatever ids and salts were made anew."""
    later = replace(
        occasion,
        at=occasion.at + timedelta(hours=3),
        fresh=an_id(1234),
        facts=replace(occasion.facts, numbers_given=7),
        sealed={name: "6" * 64 for name in PERSONAL},
    )
    preview, execution = (brought(wish, each, given, date(2028, 3, 15)) for each in (occasion, later))
    assert canonical(preview.shown) == canonical(execution.shown)
    assert preview.digest == execution.digest == digest(preview.shown)
    assert preview.shown["events"]


@pytest.mark.parametrize(("wish", "occasion", "given"), EACH, ids=[each[0].type for each in EACH])
def test_it_holds_no_id_no_instant_and_no_hash(wish, occasion, given):
    assert UNSTEADY.search(canonical(brought(wish, occasion, given, date(2028, 3, 15)).shown)) is None


@pytest.mark.parametrize(("wish", "occasion", "given"), EACH, ids=[each[0].type for each in EACH])
def test_only_a_changed_clause_waits_for_a_day_to_come(wish, occasion, given):
    """And the first day after a transfer: that of the contract that ends, and of its successor."""
    for each in when(wish, occasion, state(given)):
        event = each.event if isinstance(each, On) else each
        if wish.type == "complete-transfer" and isinstance(event, Ended | Activated):
            assert event.effective_on == START_ON
            continue
        assert event.waits or event.effective_on is None or event.effective_on <= occasion.today


def test_each_command_of_a_contract_is_among_them():
    of_contracts = {name for name, command in COMMANDS.items() if command.stream == "contract"}
    assert {wish.type for wish, _, _ in EACH} == of_contracts


def test_nothing_granted_brings_nothing():
    nothing = brought(LEAVE, of(COLLEGE, RECEIVED), [*K5_ACTIVE, NOTICED]).shown
    assert [name for name, found in nothing.items() if found and found != {"start": [], "stop": []}] == [
        "tasks"
    ]
    assert nothing["tasks"] == {"open": [], "close": []}


def test_what_stands_beside_a_contract_brings_its_events():
    named = RepresentativeNamed(G1.id, Guardian.PARENT, "d" * 64, date(2028, 3, 15))
    by = asked(COLLEGE, RECEIVED, around(S1))
    found = consequences(effects([named], S1.id, S1, empty), by, partial(outlook, law=LAW))
    assert found.shown["events"][0]["data"] == {
        "role": "parent",
        "until": "2028-03-15",
    }
    assert set(found.shown) == set(brought(LEAVE, of(COLLEGE, RECEIVED), K5_ACTIVE).shown)
