"""One wish of each kind."""

from datetime import date

from contracts.activation import Activate, NoteAdulthood, RecordBriefing, RecordFitness
from contracts.amendment import ProposeAmendment
from contracts.amendment_answer import AcceptAmendment, DeclineAmendment, LapseAmendment, Object
from contracts.amendment_notice import GiveNoticeOfChange
from contracts.appeal import Appeal, CloseDispute, RecordCourt
from contracts.attendance import ConfirmAttendance
from contracts.attendance_answer import ContestAttendance, ExcuseAbsence, WarnShortfall
from contracts.claim import Instalment
from contracts.commission import NoteUndecided, Recuse, ReferToCommission, SeatMember
from contracts.complaint import Complain
from contracts.complaint_answer import AnswerComplaint, NoteSilence
from contracts.completion import AwardQualification, Complete, RecordAssessment
from contracts.conciliation import AskMediator, ConfirmCure
from contracts.contract import Route
from contracts.correction import Correct
from contracts.correction_answer import ApproveCorrection, FollowCorrection, RejectCorrection
from contracts.costs import Cost, Item
from contracts.deadlines import NoteClaimMissed, NoteMissed, Remind, RemindOfClaim
from contracts.decision import Command
from contracts.department import ChangeDepartment
from contracts.department_answer import AnswerDepartmentChange, LapseDepartmentChange
from contracts.dispute import Bias, Finding, Late, Paper, Verdict
from contracts.ending import ConfirmReturn, EndContract, IssueCertificate, Thing
from contracts.evidence import RestoreTime, SubmitEvidence
from contracts.formation import Draft, Offer, Revise
from contracts.hiring import (
    AnswerJobOffer,
    DeclareNoVacancy,
    LapseJobOffer,
    NoteHiringMissed,
    OfferJob,
)
from contracts.mediation import AdmitMediator, AgreeMediation, EndMediation
from contracts.memorandum import EndMemorandum, SignMemorandum
from contracts.mentoring import AssignMentor, ReplaceMentor, ReportMentorLeft
from contracts.moving import Destination
from contracts.mutual_end import AcceptMutualEnd, DeclineMutualEnd, LapseMutualEnd, ProposeMutualEnd
from contracts.offer_end import Lapse, RefuseToSign, WithdrawOffer
from contracts.on_paper import RecordSigned
from contracts.organisation import (
    ChangeLicence,
    ChangeOrganisationContacts,
    ChangeSignatory,
    RegisterOrganisation,
)
from contracts.organisation_end import CloseOrganisation, ReorganiseOrganisation
from contracts.outcome import AskForOutcome, RecordEmployment
from contracts.parties import Contacts, Guardian, Kind, Name, Quota, Role
from contracts.pay import RecordPay
from contracts.pay_answer import AcknowledgePay, ReportUnpaid
from contracts.pay_raise import PayStep, RaisePay
from contracts.person import ChangeContacts, EndRepresentative, NameRepresentative, RegisterPerson
from contracts.points import Matter, Point
from contracts.preliminary import MakePreliminary
from contracts.price import CancelPricePayment, RecordPricePayment
from contracts.reimbursement import ApproveReimbursement, OpenClaim, Share
from contracts.reimbursement_answer import AnswerClaim, ConsentToClaim, NoteClaimSilence
from contracts.reimbursement_end import CloseClaim, Waive, WriteOff
from contracts.reimbursement_interest import AccruePenalty
from contracts.reimbursement_pay import DeductFromPay, SetOff
from contracts.reimbursement_payment import (
    AddExpenses,
    PostPayment,
    ReturnOverpayment,
    ReversePayment,
)
from contracts.reimbursement_plan import AgreeInstalments, NoteInstalmentMissed
from contracts.results import AssessmentKind, Grade, Occupation, Seats
from contracts.resumption import ExtendSuspension, NoteNoReturn, Resume
from contracts.roster import EnrolStudent, RegisterMentor, RemoveStudent, RetireMentor
from contracts.ruling import Decide, HandOverCopy
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange, LapseScheduleChange
from contracts.schedule_times import AgreeSchedule, ShiftTimes
from contracts.settlement import ProposeSettlement, Settle
from contracts.signing import Consent, Sign
from contracts.suspension import Suspend
from contracts.takeover import RecordSuccession
from contracts.termination import DemandCure, Expel, ReportForceMajeure, ReportLiquidation
from contracts.terms import Assessment, ClauseId, Compensation, PayKind, Probation, Terms, Workplace
from contracts.transfer import RequestTransfer, SetAcademicDifference
from contracts.transfer_answer import (
    AcceptTransfer,
    CancelTransfer,
    DeclineTransfer,
    DeemReleased,
    EscalateTransfer,
)
from contracts.transfer_completion import CompleteTransfer
from contracts.withdrawal import ConsentToWithdrawal, RevokeNotice, Withdraw
from tests.examples import (
    C1,
    C1_HEAD,
    COLLEGE,
    DAY_HOURS,
    E1,
    E2,
    ENTERPRISE,
    G1,
    K1,
    LICENCE,
    M1,
    M3,
    MEMORANDUM,
    OTHER,
    P1,
    P2,
    PRACTICE_MON_WED,
    R1,
    S1,
    SIGN_BY,
    SIGNED_ON,
    STARTS_ON,
    STUDENT,
    SUBJECT,
    T1,
    TERMS,
)

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
LEAVE_FROM, LEAVE_TO, BACK_ON = date(2027, 2, 1), date(2027, 8, 1), date(2027, 8, 2)
RAISED = Terms(compensation=Compensation(PayKind.COMPENSATION, 9_550_000))

ONE_OF_EACH: tuple[Command, ...] = (
    MakePreliminary(E1.bin, S1.id, SUBJECT.specialty),
    Draft(S1.id, C1.bin, E1.bin, Route.ENTERPRISE_FIRST, TERMS, MEMORANDUM.id),
    Revise(RAISED),
    Offer(SIGN_BY),
    Sign(T1),
    Consent(T1),
    RefuseToSign("other specialty"),
    WithdrawOffer(),
    Lapse(),
    RecordSigned("17/2026", S1.id, C1.bin, E1.bin, TERMS, SIGNED_ON),
    RecordBriefing(STARTS_ON),
    RecordFitness(STARTS_ON),
    Activate(),
    NoteAdulthood(),
    Remind(SIGN_BY),
    NoteMissed(),
    RemindOfClaim(SIGN_BY),
    NoteClaimMissed(),
    ProposeScheduleChange(PRACTICE_MON_WED, date(2026, 11, 2)),
    AnswerScheduleChange(P1, accept=True),
    LapseScheduleChange(P1),
    ProposeAmendment(date(2027, 2, 1), Terms(probation=Probation(2))),
    GiveNoticeOfChange(date(2027, 2, 1), Terms(assessment=Assessment(2))),
    AcceptAmendment(T1),
    DeclineAmendment(T1),
    Object(P1),
    LapseAmendment(P1),
    RaisePay((PayStep(date(2027, 2, 1), 11_000_000),)),
    AgreeSchedule(PRACTICE_MON_WED, date(2026, 11, 2), date(2026, 10, 20), "annex 2"),
    ShiftTimes(DAY_HOURS, date(2026, 11, 2)),
    AssignMentor(M1.id, date(2026, 11, 2)),
    ReplaceMentor(M1.id, M3.id, date(2026, 11, 2)),
    ReportMentorLeft(M1.id, date(2026, 11, 2)),
    ChangeDepartment(Workplace("Almaty, 1 Demo street", "Relay protection"), date(2027, 2, 1), "fire"),
    AnswerDepartmentChange(P1, accept=True),
    LapseDepartmentChange(P1),
    ConfirmAttendance(date(2026, 9, 7)),
    ContestAttendance(date(2026, 9, 7), "I was there on Friday"),
    ExcuseAbsence((date(2026, 9, 9),), "note 12"),
    WarnShortfall(),
    RecordPay("2026-11", 9_500_000),
    RequestTransfer(Destination.ENTERPRISE, E2.bin, date(2027, 1, 10), date(2027, 1, 11)),
    SetAcademicDifference(("PM-02",), 72),
    AcceptTransfer(),
    DeclineTransfer(),
    CancelTransfer(),
    DeemReleased(P1),
    EscalateTransfer(P1),
    CompleteTransfer(OTHER),
    Suspend("illness", LEAVE_FROM, LEAVE_TO, "conclusion 12", "order 7", "a diagnosis"),
    ExtendSuspension(date(2027, 10, 1), "conclusion 19", "order 11"),
    Resume(BACK_ON, "note 3"),
    NoteNoReturn(),
    ConfirmCure(ENTERPRISE),
    AskMediator(RECEIVED),
    AcknowledgePay("2026-11"),
    ReportUnpaid("2026-11"),
    ConsentToWithdrawal("own-wish", END_ON),
    Withdraw("own-wish", RECEIVED, END_ON),
    RevokeNotice(),
    ProposeMutualEnd(END_ON),
    AcceptMutualEnd(T1),
    DeclineMutualEnd(),
    LapseMutualEnd(P2),
    DemandCure(ENTERPRISE, "no protective clothing"),
    Expel("absence", "118", RECEIVED),
    ReportLiquidation(END_ON, "act 5"),
    ReportForceMajeure(RECEIVED, "flood", "77"),
    EndContract(),
    IssueCertificate("12/2027"),
    ConfirmReturn((Thing.PASS,)),
    Correct(1, "request 31", "another day", Role.STUDENT, "number", "2"),
    ApproveCorrection(P1),
    RejectCorrection(P1),
    FollowCorrection(P1),
    RecordAssessment(AssessmentKind.FINAL, date(2027, 6, 21), Grade.GOOD, Seats(2, 1)),
    AwardQualification(SUBJECT.qualification, "diploma 118"),
    Complete(),
    OfferJob("fitter", 12_000_000, date(2027, 8, 2)),
    AnswerJobOffer(accept=True),
    LapseJobOffer(),
    DeclareNoVacancy("staff list 3"),
    NoteHiringMissed(),
    AskForOutcome(),
    RecordEmployment(Occupation.ELSEWHERE, date(2027, 9, 1), "a workshop", "by phone", "consent 7"),
    SignMemorandum(C1.bin, E1.bin, 3, (SUBJECT.qualification,)),
    RecordSuccession(ENTERPRISE),
    SignMemorandum(C1.bin, E1.bin, 3, (SUBJECT.qualification,), quotas=(Quota(SUBJECT.qualification, 3),)),
    OpenClaim(K1, (Share(STUDENT),), (Item(Cost.EXTERNAL_COURSE, 15_000_000, "invoice 114"),)),
    ApproveReimbursement(),
    RecordPricePayment(75_000, date(2026, 12, 31)),
    CancelPricePayment(P1),
    ConsentToClaim(),
    AnswerClaim(accept=True),
    NoteClaimSilence(),
    AgreeInstalments(plan=(Instalment(END_ON, 6_000_000),)),
    NoteInstalmentMissed(),
    PostPayment(1_000_000, END_ON),
    ReversePayment(P1),
    AddExpenses(120_000, "court fee 18"),
    ReturnOverpayment(),
    DeductFromPay("2027-01"),
    SetOff("2027-01"),
    AccruePenalty(),
    Waive(500_000),
    WriteOff(),
    CloseClaim(),
    SignMemorandum(C1.bin, E1.bin, 3, (SUBJECT.qualification,)),
    EndMemorandum(END_ON),
    RegisterOrganisation(C1.bin, Kind.COLLEGE, Name("Demo", "Demo"), "75", R1.bin, LICENCE),
    ChangeSignatory(C1_HEAD, "director", "charter", signs=True),
    ChangeLicence(LICENCE),
    ChangeOrganisationContacts(Contacts(phone="+77000000000")),
    CloseOrganisation(END_ON, "17"),
    ReorganiseOrganisation(E2.bin, END_ON, "17"),
    EnrolStudent(S1.record, SUBJECT.specialty),
    RemoveStudent(S1.id, END_ON),
    RegisterMentor(M1.record, 3),
    RetireMentor(M1.id, END_ON),
    RegisterPerson(G1.record),
    ChangeContacts(Contacts(phone="+77000000000")),
    NameRepresentative(G1.id, Guardian.PARENT, "birth certificate 12"),
    EndRepresentative(G1.id, END_ON),
    Complain(K1, ENTERPRISE, (Point(Matter.CLAUSE, ClauseId.SCHEDULE),), "other days", RECEIVED),
    AnswerComplaint((1,)),
    NoteSilence(),
    AgreeMediation(P1),
    EndMediation(),
    AdmitMediator(P1, "M-17"),
    ReferToCommission(),
    SeatMember(COLLEGE, P1),
    Recuse(Bias.KIN),
    NoteUndecided(),
    SubmitEvidence(Paper.DOCUMENT, T1, "the timetable of March"),
    RestoreTime(Late.APPEAL, END_ON, "was ill"),
    Decide((Finding.UPHELD,), ("the days were not agreed",)),
    HandOverCopy(),
    Appeal(),
    RecordCourt("district court", "2-114/2027", Verdict.DISMISSED, END_ON),
    CloseDispute(),
    ProposeSettlement("the old days"),
    Settle(T1),
)
