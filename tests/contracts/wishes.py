"""One wish of each kind."""

from datetime import date

from contracts.activation import Activate, NoteAdulthood, RecordBriefing, RecordFitness
from contracts.contract import Route
from contracts.correction import Correct
from contracts.correction_answer import ApproveCorrection, FollowCorrection, RejectCorrection
from contracts.decision import Command
from contracts.ending import ConfirmReturn, EndContract, IssueCertificate, Thing
from contracts.formation import Draft, Offer, Revise
from contracts.memorandum import EndMemorandum, SignMemorandum
from contracts.mutual_end import AcceptMutualEnd, DeclineMutualEnd, LapseMutualEnd, ProposeMutualEnd
from contracts.offer_end import Lapse, RefuseToSign, WithdrawOffer
from contracts.on_paper import RecordSigned
from contracts.organisation import (
    ChangeLicence,
    ChangeOrganisationContacts,
    ChangeSignatory,
    RegisterOrganisation,
)
from contracts.parties import Contacts, Guardian, Kind, Name, Role
from contracts.pay import RecordPay
from contracts.person import ChangeContacts, EndRepresentative, NameRepresentative, RegisterPerson
from contracts.preliminary import MakePreliminary
from contracts.roster import EnrolStudent, RegisterMentor, RemoveStudent, RetireMentor
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange, LapseScheduleChange
from contracts.signing import Consent, Sign
from contracts.termination import DemandCure, Expel, ReportForceMajeure, ReportLiquidation
from contracts.terms import Compensation, PayKind, Terms
from contracts.withdrawal import ConsentToWithdrawal, RevokeNotice, Withdraw
from tests.examples import (
    C1,
    C1_HEAD,
    E1,
    ENTERPRISE,
    G1,
    LICENCE,
    M1,
    MEMORANDUM,
    P1,
    P2,
    PRACTICE_MON_WED,
    R1,
    S1,
    SIGN_BY,
    SIGNED_ON,
    STARTS_ON,
    SUBJECT,
    T1,
    TERMS,
)

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
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
    ProposeScheduleChange(PRACTICE_MON_WED, date(2026, 11, 2)),
    AnswerScheduleChange(P1, accept=True),
    LapseScheduleChange(P1),
    RecordPay("2026-11", 9_500_000),
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
    SignMemorandum(C1.bin, E1.bin, 3, (SUBJECT.qualification,)),
    EndMemorandum(END_ON),
    RegisterOrganisation(C1.bin, Kind.COLLEGE, Name("Demo", "Demo"), "75", R1.bin, LICENCE),
    ChangeSignatory(C1_HEAD, "director", "charter", signs=True),
    ChangeLicence(LICENCE),
    ChangeOrganisationContacts(Contacts(phone="+77000000000")),
    EnrolStudent(S1.record, SUBJECT.specialty),
    RemoveStudent(S1.id, END_ON),
    RegisterMentor(M1.record, 3),
    RetireMentor(M1.id, END_ON),
    RegisterPerson(G1.record),
    ChangeContacts(Contacts(phone="+77000000000")),
    NameRepresentative(G1.id, Guardian.PARENT, "birth certificate 12"),
    EndRepresentative(G1.id, END_ON),
)
