"""One event of each kind, with every field filled in."""

from dataclasses import replace
from datetime import date, time

from contracts import dispute
from contracts.account import About
from contracts.activation import Activated, AdulthoodReached, BriefingRecorded, FitnessRecorded
from contracts.amendment import AmendmentProposed
from contracts.amendment_agreed import AmendmentConcluded
from contracts.amendment_answer import AmendmentAccepted, AmendmentDeclined, AmendmentLapsed, ChangeObjected
from contracts.amendment_notice import ChangeNoticed
from contracts.appeal import Appealed, Closed, CourtRecorded
from contracts.attendance import AttendanceConfirmed
from contracts.attendance_answer import AbsenceExcused, AttendanceContested
from contracts.claim import Instalment, Line, Parts, PriceLine
from contracts.claim_rules import ClaimClosedHere, ClaimOpenedHere, ClaimReopenedHere
from contracts.closing import AmendmentClosed, MoveClosed, MutualEndClosed, ProposalClosed, RelocationClosed
from contracts.commission import MemberRecused, MemberSeated, Referred, Undecided
from contracts.complaint import Opened
from contracts.complaint_answer import Answered, Silent
from contracts.completion import Assessed, Completed, QualificationAwarded
from contracts.conciliation import BreachCured, MediatorAsked
from contracts.contract import Parties, Route
from contracts.corrected import CorrectionMade, Told
from contracts.correction import CorrectionProposed
from contracts.correction_answer import CorrectionFollowed, CorrectionRejected
from contracts.costs import Cost, Item
from contracts.deadlines import ClaimMissed, ClaimReminded, Missed, Reminded
from contracts.decision import Event
from contracts.department import RelocationProposed
from contracts.department_answer import (
    RelocationAccepted,
    RelocationAgreed,
    RelocationDeclined,
    RelocationLapsed,
)
from contracts.dispute import Asked, Bias, Closing, Finding, Late, Portion, Verdict
from contracts.dispute_marks import (
    DisputeClosedHere,
    DisputeMovedHere,
    DisputeOpenedHere,
    DisputeReopenedHere,
    EndAnnulled,
)
from contracts.dispute_on_claim import (
    ClaimDisputed,
    ClaimDivided,
    ClaimUndisputed,
    DivisionResumed,
    DivisionSuspended,
    Moved,
)
from contracts.dossier import Resting
from contracts.ending import CertificateIssued, Ended, PropertyReturned, Thing
from contracts.evidence import EvidenceSubmitted, TimeRestored
from contracts.formation import Drafted, Offered, Revised, SignaturesVoided
from contracts.hiring import HiringExcused, HiringMissed, JobAccepted, JobDeclined, JobOffered
from contracts.late_interest import PenaltyAccrued, PenaltyTakenBack
from contracts.mediation import MediationAgreed, MediationEnded, MediationStarted, MediatorAdmitted, Result
from contracts.memorandum import MemorandumEnded, MemorandumSigned
from contracts.mentoring import MentorAssigned, MentorLeft, MentorReplaced
from contracts.moving import Destination
from contracts.mutual_end import (
    MutualEndAccepted,
    MutualEndAgreed,
    MutualEndDeclined,
    MutualEndLapsed,
    MutualEndProposed,
)
from contracts.offer_end import Lapsed, OfferWithdrawn, SigningRefused
from contracts.on_paper import Imported
from contracts.organisation import (
    LicenceChanged,
    OrganisationContactsChanged,
    OrganisationRegistered,
    SignatoryChanged,
)
from contracts.organisation_end import OrganisationClosed, OrganisationReorganised
from contracts.outcome import EmploymentRecorded, OutcomeAsked
from contracts.parties import Guardian, Kind, Licence, Mandate, Mediator, Name, Quota, Role
from contracts.pay import PayRecorded
from contracts.pay_answer import PayAcknowledged, PayReportedUnpaid
from contracts.pay_raise import PayRaised
from contracts.person import ContactsChanged, RepresentativeEnded, RepresentativeNamed
from contracts.points import Matter, Point
from contracts.preliminary import PreliminaryAgreed
from contracts.price import PriceClaimReduced, PricePaid, PricePaymentCancelled
from contracts.price_claim import PriceClaimed
from contracts.registration import PersonRegistered
from contracts.reimbursement import ClaimOpened, Currency, Owed, ReimbursementApproved
from contracts.reimbursement_answer import ClaimAcknowledged, ClaimConsentGiven, ClaimContested
from contracts.reimbursement_end import ClaimClosed, ClaimReduced, ClaimWrittenOff, WaiverProposed
from contracts.reimbursement_pay import ClaimSetOff, PayDeducted, PaySetOff
from contracts.reimbursement_payment import (
    ExpensesAdded,
    OverpaymentReturned,
    PaymentPosted,
    PaymentReversed,
)
from contracts.reimbursement_plan import InstalmentMissed, InstalmentsAgreed, InstalmentsProposed
from contracts.results import AssessmentKind, Grade, Occupation, Seats
from contracts.resumption import AnswerResumed, ReturnMissed, SuspensionEnded, SuspensionExtended
from contracts.roster import MentorRegistered, MentorRetired, StudentEnrolled, StudentRemoved
from contracts.ruling import CopyHandedOver, Decided
from contracts.schedule import ChangeProposed, ChangeSuperseded
from contracts.schedule_answer import ChangeAccepted, ChangeAgreed, ChangeDeclined, ChangeLapsed
from contracts.schedule_times import ScheduleAgreed, TimesShifted
from contracts.settlement import Settled, SettlementAccepted, SettlementProposed
from contracts.signing import Concluded, ConsentGiven, Means, Signed
from contracts.steps import Step
from contracts.succession import SuccessionBegun, SuccessorDropped, SuccessorNamed
from contracts.suspension import SuspensionStarted
from contracts.takeover import PartySucceeded
from contracts.termination import CureDemanded, Expelled, ForceMajeureReported, LiquidationReported
from contracts.terms import (
    Absence,
    Assessment,
    Award,
    Bearer,
    Change,
    ClauseId,
    Commission,
    Compensation,
    Confidential,
    CostItem,
    Costs,
    DataUse,
    Debtor,
    Disputes,
    Duties,
    Examiner,
    Expenses,
    ForceMajeure,
    Form,
    Funding,
    Gear,
    Guarantee,
    Hazard,
    Hiring,
    HiringKind,
    Hours,
    Insurance,
    Languages,
    Leaving,
    Medical,
    Mentoring,
    Notices,
    OnPay,
    OnTerm,
    Paper,
    PayKind,
    PaymentPlan,
    Penalty,
    PracticeShare,
    Prevails,
    Probation,
    Programme,
    Proof,
    Proportion,
    Protective,
    Purpose,
    Reimbursement,
    Rest,
    Safety,
    Schedule,
    Standing,
    StartsWith,
    Status,
    StudyYear,
    Subject,
    Suspending,
    Term,
    Terms,
    Transfer,
    Week,
    Weekday,
    WorkOff,
    Workplace,
    Works,
)
from contracts.training_record import Place
from contracts.training_rules import ShortfallWarned
from contracts.transfer import DifferenceSet, TransferRequested
from contracts.transfer_answer import (
    ReleaseDeemed,
    TransferAccepted,
    TransferCancelled,
    TransferDeclined,
    TransferEscalated,
)
from contracts.transfer_completion import CarriedOver, TransferCompleted
from contracts.withdrawal import Noticed, Revoked, WithdrawalConsented
from tests.examples import COLLEGE, ENTERPRISE, MENTOR, REPRESENTATIVE, STUDENT, an_id

COLLEGE_BIN, ENTERPRISE_BIN, CHAMBER_BIN = "080440900104", "120440900005", "110540900205"
PERSON, OTHER_PERSON, PROPOSAL, OTHER_PROPOSAL = map(an_id, (21, 11, 71, 72))
COMMITMENT, TEXT = "0123456789abcdef" * 4, "fedcba9876543210" * 4
STARTS_ON, ON, END_ON = date(2026, 9, 1), date(2026, 12, 28), date(2027, 1, 28)
PARTIES = Parties(PERSON, COLLEGE_BIN, ENTERPRISE_BIN, CHAMBER_BIN)
SCHEDULE = Schedule(
    StartsWith.PRACTICE,
    (
        Week((Weekday.MONDAY, Weekday.TUESDAY), (Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)),
        Week((), (Weekday.SATURDAY, Weekday.SUNDAY)),
    ),
    college_hours=Hours(time(8, 30), time(14)),
    enterprise_hours=Hours(time(9), time(18), 60),
)
TERMS = Terms(
    subject=Subject("07130700", "4S07130704"),
    term=Term(STARTS_ON, date(2027, 6, 30)),
    form=Form.EVENING,
    funding=Funding.PAID,
    practice_share=PracticeShare(2592, 1556),
    schedule=SCHEDULE,
    workplace=Workplace("Алматы, Үлгі көшесі, 1", "Қосалқы станциялар «№ 2»"),
    standing=Standing(Status.EMPLOYEE, "12/2026"),
    compensation=Compensation(PayKind.WAGE, 9_500_000, pay_day=5),
    mentor=Mentoring(OTHER_PERSON),
    hiring=Hiring(HiringKind.FIRM, "good", needs_vacancy=True, offer_within_days=15),
    programme=Programme("07130700-4", "2026/1", 4_320),
    study_year=StudyYear(
        Term(date(2027, 1, 4), date(2027, 1, 17)), Term(date(2027, 7, 1), date(2027, 8, 31))
    ),
    duties=Duties("қосалқы станцияларды жөндеу"),
    expenses=Expenses(500_000, 1_200_000, 2_000_000),
    protective=Protective((Gear.CLOTHING, Gear.HELMET), Bearer.ENTERPRISE),
    safety=Safety(Hazard.HARMFUL, date(2025, 11, 3)),
    medical=Medical(Bearer.ENTERPRISE, 6),
    insurance=Insurance(Bearer.ENTERPRISE, 300_000_000),
    rest=Rest(60, 24),
    absence=Absence(1, 3),
    assessment=Assessment(2, enterprise_sits=True),
    award=Award(Examiner.INDEPENDENT, Paper.CERTIFICATE),
    probation=Probation(3),
    work_off=WorkOff(12),
    costs=Costs(Bearer.COLLEGE, Bearer.ENTERPRISE, Bearer.ENTERPRISE, Bearer.STUDENT),
    payment_plan=PaymentPlan(1_125_000, 12, 20),
    penalty=Penalty(4, 5),
    guarantee=Guarantee(an_id(23), 10_000_000, date(2028, 6, 30)),
    confidential=Confidential(3),
    works=Works(Bearer.STUDENT),
    notices=Notices(14),
    suspension=Suspending(OnTerm.STAYS, OnPay.CONTINUES),
    leaving=Leaving(4),
    force_majeure=ForceMajeure(3, Proof.AUTHORITY),
    disputes=Disputes(10, Commission.CONCILIATION),
    data_use=DataUse(5, (Purpose.CONTRACT, Purpose.STATISTICS)),
    languages=Languages(Prevails.KAZAKH),
    reimbursement=Reimbursement(
        (CostItem.EXTERNAL_COURSE, CostItem.MATERIALS),
        (Debtor.STUDENT, Debtor.COLLEGE),
        10_000_000,
        Proportion.FULL_MONTHS,
    ),
    transfer=Transfer(silence_releases=True),
)

AMENDED = Terms(probation=TERMS.probation, payment_plan=TERMS.payment_plan)
DISPUTE, CLAIM = an_id(81), an_id(82)
POINTS = (
    Point(Matter.CLAUSE, ClauseId.SCHEDULE),
    Point(Matter.ENTRY, entry=12),
    Point(Matter.ITEM, item="housing_by_agreement"),
)
SHARES = (Portion(STUDENT, 30), Portion(COLLEGE, 70))
INSTALMENTS = (Instalment(date(2027, 4, 10), 833_333), Instalment(date(2027, 5, 10), 833_337))
PARTS = Parts(expenses=120_000, penalty=203_424, principal=676_576, over=10_000)

ONE_OF_EACH: tuple[Event, ...] = (
    PreliminaryAgreed(ENTERPRISE_BIN, PERSON, "07130700", date(2027, 8, 3), COLLEGE_BIN),
    Drafted(
        "75-2026-000001",
        ENTERPRISE,
        Route.ENTERPRISE_FIRST,
        PARTIES,
        minor=True,
        terms=TERMS,
        memorandum=an_id(41),
        preliminary=an_id(42),
    ),
    Revised(COLLEGE, replace(Terms(), compensation=TERMS.compensation), (ClauseId.WORK_OFF,)),
    SignaturesVoided((ENTERPRISE, STUDENT, REPRESENTATIVE)),
    Offered(ENTERPRISE, TEXT, date(2026, 8, 26), "kz-1", "0123456789abcdef" * 2, COMMITMENT),
    Signed(ENTERPRISE, OTHER_PERSON, TEXT, order=2, means=Means.PAPER),
    ConsentGiven(OTHER_PERSON, TEXT),
    Concluded(TEXT, STARTS_ON, date(2026, 8, 24)),
    SigningRefused(STUDENT, COMMITMENT),
    OfferWithdrawn(ENTERPRISE),
    Lapsed(date(2026, 9, 4), (COLLEGE, STUDENT)),
    Imported(
        "17/2024",
        PARTIES,
        minor=True,
        terms=TERMS,
        signed_on=date(2024, 8, 26),
        source=COMMITMENT,
        ended_on=date(2026, 6, 30),
        completed=True,
    ),
    BriefingRecorded(STARTS_ON),
    FitnessRecorded(STARTS_ON),
    Activated(STARTS_ON),
    AdulthoodReached(date(2028, 3, 15)),
    Reminded("answer-schedule-change", (STUDENT, ENTERPRISE), ON, date(2026, 12, 27), PROPOSAL),
    Missed("last-pay", (ENTERPRISE,), ON, PROPOSAL),
    ClaimReminded("pay-claim", (STUDENT,), ON, date(2026, 12, 27), PROPOSAL),
    ClaimMissed("pay-claim", (STUDENT,), ON, PROPOSAL),
    ChangeProposed(
        PROPOSAL,
        COLLEGE,
        SCHEDULE,
        from_on=date(2026, 11, 2),
        answer_by=date(2026, 10, 21),
        text_hash=TEXT,
        agreed_on=date(2026, 10, 14),
        reason=COMMITMENT,
    ),
    ChangeSuperseded(PROPOSAL, by=OTHER_PROPOSAL),
    ChangeAccepted(PROPOSAL, STUDENT, TEXT),
    ChangeAgreed(PROPOSAL, SCHEDULE, date(2026, 11, 2), TEXT),
    ChangeDeclined(PROPOSAL, STUDENT, COMMITMENT),
    ChangeLapsed(PROPOSAL, date(2026, 10, 21), (STUDENT,)),
    ProposalClosed(PROPOSAL, "withdrawal"),
    AmendmentProposed(
        PROPOSAL,
        COLLEGE,
        AMENDED,
        (ClauseId.WORK_OFF,),
        STARTS_ON,
        ON,
        Change.AGREED_BY_ALL,
        (COLLEGE, ENTERPRISE, STUDENT),
        (COLLEGE,),
        TEXT,
        STARTS_ON,
        COMMITMENT,
    ),
    ChangeNoticed(PROPOSAL, COLLEGE, AMENDED, (ClauseId.ABSENCE,), END_ON, ON, TEXT, COMMITMENT),
    AmendmentAccepted(PROPOSAL, STUDENT, TEXT),
    AmendmentConcluded(PROPOSAL, 1, AMENDED, (ClauseId.WORK_OFF,), STARTS_ON, TEXT),
    AmendmentDeclined(PROPOSAL, STUDENT, COMMITMENT),
    ChangeObjected(PROPOSAL, STUDENT, ON, COMMITMENT),
    AmendmentLapsed(PROPOSAL, ON, (STUDENT,)),
    AmendmentClosed(PROPOSAL, "withdrawal"),
    PayRaised(Compensation(PayKind.WAGE, 11_000_000, pay_day=5), STARTS_ON),
    ScheduleAgreed(COLLEGE, SCHEDULE, date(2026, 11, 2), date(2026, 10, 20), COMMITMENT),
    TimesShifted(SCHEDULE, date(2026, 11, 2)),
    MentorAssigned(OTHER_PERSON, date(2026, 11, 2)),
    MentorReplaced(OTHER_PERSON, PERSON, date(2026, 11, 2)),
    MentorLeft(OTHER_PERSON, date(2026, 11, 2)),
    RelocationProposed(
        PROPOSAL,
        ENTERPRISE,
        Workplace("Алматы, Үлгі көшесі, 1", "Релелік қорғаныс"),
        date(2027, 2, 1),
        date(2027, 1, 5),
        TEXT,
        (ENTERPRISE, REPRESENTATIVE, STUDENT),
        other_town=True,
        reason=COMMITMENT,
    ),
    RelocationAccepted(PROPOSAL, STUDENT, TEXT),
    RelocationAgreed(
        PROPOSAL, Workplace("Алматы, Үлгі көшесі, 1", "Релелік қорғаныс"), date(2027, 2, 1), TEXT
    ),
    RelocationDeclined(PROPOSAL, STUDENT, COMMITMENT),
    RelocationLapsed(PROPOSAL, date(2027, 1, 5), (STUDENT,)),
    RelocationClosed(PROPOSAL, "withdrawal"),
    AttendanceConfirmed(
        week=date(2026, 9, 7),
        place=Place.ENTERPRISE,
        by=MENTOR,
        minutes=960,
        absences=(date(2026, 9, 9),),
        contest_by=date(2026, 9, 24),
        review_on=date(2026, 10, 12),
    ),
    AttendanceContested(date(2026, 9, 7), Place.ENTERPRISE, STUDENT, COMMITMENT),
    AbsenceExcused((date(2026, 9, 9),), COMMITMENT),
    ShortfallWarned(date(2026, 10, 11), 4320, 8640, date(2026, 11, 9)),
    PayRecorded("2026-11", PayKind.WAGE, 9_500_000),
    TransferRequested(
        PROPOSAL,
        Destination.ENTERPRISE,
        COLLEGE,
        "130940900302",
        end_on=date(2027, 1, 10),
        start_on=date(2027, 1, 11),
        answer_by=date(2026, 12, 18),
        requested_on=date(2026, 12, 10),
        silence_releases=True,
        exception_no="14-E",
        reason=COMMITMENT,
    ),
    DifferenceSet(PROPOSAL, ("PM-02", "PM-05"), 72),
    TransferAccepted(PROPOSAL, ENTERPRISE),
    TransferDeclined(PROPOSAL, ENTERPRISE, date(2026, 12, 17), COMMITMENT),
    TransferCancelled(PROPOSAL, COLLEGE, date(2026, 12, 17)),
    ReleaseDeemed(
        PROPOSAL,
        ENTERPRISE,
        date(2026, 12, 10),
        date(2026, 12, 18),
        (date(2026, 12, 11), date(2026, 12, 14)),
    ),
    TransferEscalated(PROPOSAL, ENTERPRISE, date(2026, 12, 18)),
    MoveClosed(PROPOSAL, "withdrawal"),
    SuccessionBegun(OTHER_PROPOSAL),
    SuccessorNamed(PROPOSAL, OTHER_PROPOSAL),
    SuccessorDropped(),
    TransferCompleted(
        PROPOSAL,
        Destination.ENTERPRISE,
        "130940900302",
        OTHER_PROPOSAL,
        end_on=date(2027, 1, 10),
        start_on=date(2027, 1, 11),
        known_on=date(2026, 12, 21),
        days=54,
        practice_minutes=25920,
        claims=(PERSON,),
    ),
    CarriedOver(OTHER_PROPOSAL, 54, 25920, "4S07130704"),
    BreachCured(STUDENT, ENTERPRISE, ON),
    MediatorAsked(STUDENT, ON),
    PayAcknowledged("2026-11"),
    PayReportedUnpaid("2026-11", STUDENT),
    WithdrawalConsented("own-wish", END_ON),
    Noticed(STUDENT, "health", ON, END_ON, ON, "conclusion 12"),
    Revoked(STUDENT),
    SuspensionStarted(
        "illness",
        date(2027, 2, 1),
        date(2027, 8, 1),
        date(2027, 8, 6),
        frozenset(Resting),
        frozenset({"illness", "leave"}),
        True,
        date(2027, 7, 31),
        "conclusion 12",
        "order 7",
        COMMITMENT,
    ),
    SuspensionExtended(
        date(2027, 2, 1),
        date(2027, 9, 1),
        date(2027, 9, 8),
        date(2027, 7, 31),
        "conclusion 19",
        "order 11",
    ),
    SuspensionEnded(
        date(2027, 2, 1), date(2027, 8, 2), 182, Term(date(2026, 9, 1), date(2027, 12, 29)), "note 3"
    ),
    AnswerResumed(PROPOSAL, 1, date(2027, 8, 2)),
    ReturnMissed(date(2027, 2, 1), date(2027, 8, 6)),
    MutualEndProposed(PROPOSAL, STUDENT, END_ON, date(2026, 12, 31), TEXT, COMMITMENT),
    MutualEndAccepted(PROPOSAL, COLLEGE, TEXT),
    MutualEndAgreed(PROPOSAL, STUDENT, END_ON, ON, TEXT),
    MutualEndDeclined(PROPOSAL, COLLEGE, COMMITMENT),
    MutualEndLapsed(PROPOSAL, date(2026, 12, 31)),
    MutualEndClosed(PROPOSAL, "withdrawal"),
    CureDemanded(STUDENT, ENTERPRISE, date(2026, 12, 3), COMMITMENT),
    Expelled("absence", "118", date(2026, 12, 14), date(2026, 12, 18), date(2026, 12, 18)),
    LiquidationReported(ENTERPRISE, "enterprise-liquidated", "act 5", END_ON, ON),
    ForceMajeureReported(ENTERPRISE, ON, "77", COMMITMENT),
    Ended("own-wish", END_ON, ON),
    Assessed(AssessmentKind.FINAL, date(2027, 6, 21), Grade.GOOD, True, Seats(2, 1, 1)),
    QualificationAwarded("4S07130704", "diploma 118"),
    Completed(date(2027, 6, 30), (date(2027, 12, 30), date(2028, 6, 30)), offer_by=date(2027, 7, 30)),
    JobOffered(COMMITMENT, 12_000_000, date(2027, 8, 2), date(2027, 7, 12)),
    JobAccepted(),
    JobDeclined(in_time=True),
    HiringExcused("staff list 3"),
    HiringMissed(date(2027, 7, 30)),
    OutcomeAsked(date(2027, 12, 30)),
    EmploymentRecorded(Occupation.ELSEWHERE, date(2027, 9, 1), COMMITMENT, TEXT, "consent 7"),
    CertificateIssued("12/2027"),
    PropertyReturned(ENTERPRISE, (Thing.PASS, Thing.TOOLS)),
    CorrectionProposed(
        PROPOSAL,
        12,
        "withdrawal.noticed",
        COLLEGE,
        PERSON,
        ON,
        STUDENT,
        "request 31",
        "end_on",
        "2027-02-28",
        COMMITMENT,
        END_ON,
    ),
    CorrectionMade(
        PROPOSAL,
        12,
        "withdrawal.certificate_issued",
        1,
        COLLEGE,
        {"number": "12/2027"},
        (13, 14),
        (Told(STUDENT, f"person:{PERSON}"), Told(ENTERPRISE, f"org:{ENTERPRISE_BIN}")),
        (ENTERPRISE,),
        OTHER_PROPOSAL,
    ),
    CorrectionRejected(PROPOSAL, 12, COLLEGE, COMMITMENT),
    CorrectionFollowed(PROPOSAL, 12, ENTERPRISE),
    PartySucceeded(ENTERPRISE, ENTERPRISE_BIN, "130940900302", ON),
    MemorandumSigned(
        COLLEGE_BIN,
        ENTERPRISE_BIN,
        3,
        ("4S07130704",),
        date(2029, 6, 30),
        (Quota("4S07130704", 2),),
    ),
    ClaimOpened(
        contract=an_id(51),
        number="75-2026-000001",
        about=About.PRICE,
        creditor=ENTERPRISE,
        parties=PARTIES,
        amount=10_000_000,
        debts=(Owed(STUDENT, 6_000_000), Owed(COLLEGE, 4_000_000)),
        steps=(Step("claimed", 10_000_000, "tiyn"),),
        rounding="money.rounding",
        opened_on=date(2027, 3, 1),
        answer_by=date(2027, 3, 11),
        due_by=date(2027, 3, 9),
        late_on=date(2030, 1, 28),
        items=(Item(Cost.EXTERNAL_COURSE, 15_000_000, "invoice 114"),),
        lines=(Line(an_id(81), 75_000),),
        currency=Currency.TENGE,
    ),
    PricePaid(an_id(81), 75_000, ON, "order 31"),
    PricePaymentCancelled(an_id(81), 75_000, ON, COMMITMENT),
    PriceClaimed(
        contract=an_id(51),
        number="75-2026-000001",
        creditor=ENTERPRISE,
        debtor=COLLEGE,
        parties=PARTIES,
        amount=150_000,
        due=225_000,
        steps=(Step("claw-back", 150_000, "tiyn"),),
        rounding="money.rounding",
        opened_on=date(2027, 2, 10),
        answer_by=date(2027, 2, 22),
        due_by=date(2027, 3, 12),
        late_on=date(2030, 2, 11),
        account=(PriceLine(1, date(2026, 9, 30), 75_000, an_id(81)),),
        lines=(Line(an_id(81), 75_000),),
    ),
    PriceClaimReduced(an_id(81), 75_000, 75_000, (Line(an_id(80), 75_000),), date(2027, 2, 12)),
    ClaimOpenedHere(an_id(82), About.COSTS, ENTERPRISE, 10_000_000, ("external_course:invoice 114",)),
    ReimbursementApproved(OTHER_PERSON),
    ClaimConsentGiven(OTHER_PERSON, 6_000_000),
    ClaimAcknowledged(STUDENT, 6_000_000, date(2030, 3, 1)),
    ClaimContested(COLLEGE, 4_000_000, silent=True, reason=COMMITMENT),
    InstalmentsProposed(STUDENT, STUDENT, INSTALMENTS),
    InstalmentsAgreed(STUDENT, ENTERPRISE, INSTALMENTS),
    InstalmentMissed(STUDENT, END_ON, 833_333),
    PaymentPosted(an_id(83), STUDENT, 1_000_000, END_ON, PARTS, "order 5"),
    PaymentReversed(an_id(83), STUDENT, END_ON, PARTS, interest=474, returned=10_000, reason=COMMITMENT),
    ClaimReopenedHere(an_id(82)),
    ExpensesAdded(STUDENT, 120_000, "court fee 18", END_ON),
    OverpaymentReturned(COLLEGE, 10_000, END_ON),
    PenaltyAccrued(STUDENT, ON, END_ON, 203_424, 74_250, (Step("days-late", 45, "days"),), "dispute"),
    PenaltyTakenBack(STUDENT, ON, END_ON, 1_000, 1_650),
    PayDeducted(
        payment=an_id(84),
        debtor=STUDENT,
        month="2027-01",
        amount=4_250_000,
        on=END_ON,
        parts=PARTS,
        steps=(Step("wage", 8_500_000, "tiyn"),),
        carried=750_000,
    ),
    ClaimSetOff(
        payment=an_id(85),
        debtor=STUDENT,
        by=STUDENT,
        month="2027-01",
        amount=2_550_000,
        on=END_ON,
        parts=PARTS,
        steps=(Step("set-off", 2_550_000, "tiyn"),),
    ),
    PaySetOff(an_id(82), "2027-01", 2_550_000),
    WaiverProposed(STUDENT, OTHER_PERSON, 500_000, whole=True, reason=COMMITMENT),
    ClaimReduced(STUDENT, (PERSON, OTHER_PERSON), 500_000, END_ON, PARTS),
    ClaimWrittenOff(STUDENT, (PERSON, OTHER_PERSON), 500_000, END_ON, PARTS),
    ClaimClosed(END_ON),
    ClaimClosedHere(an_id(82)),
    MemorandumEnded(date(2027, 6, 30)),
    OrganisationRegistered(
        COLLEGE_BIN,
        Kind.COLLEGE,
        Name("Үлгі энергетика колледжі", "Образцовый колледж энергетики"),
        "75",
        CHAMBER_BIN,
        Licence("KZ-1", ("07130700",), date(2030, 1, 1)),
    ),
    SignatoryChanged(
        Mandate(OTHER_PERSON, "director", "charter", True, date(2027, 12, 31), date(2028, 12, 31))
    ),
    LicenceChanged(Licence("KZ00LAA00000001", ("07130700", "07140100"), END_ON)),
    OrganisationContactsChanged(COMMITMENT),
    OrganisationClosed(END_ON, "17"),
    OrganisationReorganised("130940900302", END_ON, "17"),
    StudentEnrolled(COLLEGE_BIN, "07130700", date(2026, 8, 7)),
    StudentRemoved(COLLEGE_BIN, END_ON),
    MentorRegistered(ENTERPRISE_BIN, 3, date(2026, 1, 12), date(2026, 7, 20), ("07130700",)),
    MentorRetired(ENTERPRISE_BIN, END_ON),
    PersonRegistered(PERSON, COMMITMENT),
    ContactsChanged(COMMITMENT),
    RepresentativeNamed(OTHER_PERSON, Guardian.PARENT, TEXT, date(2028, 3, 15)),
    RepresentativeEnded(OTHER_PERSON, END_ON),
    DisputeOpenedHere(DISPUTE, STUDENT, POINTS, ON, END_ON, CLAIM),
    DisputeMovedHere(DISPUTE, END_ON),
    DisputeClosedHere(DISPUTE, Closing.FINAL),
    DisputeReopenedHere(DISPUTE, END_ON),
    EndAnnulled(DISPUTE, END_ON),
    ClaimDisputed(DISPUTE),
    ClaimUndisputed(DISPUTE),
    ClaimDivided(DISPUTE, ON, (Moved(STUDENT, 6_000_000, 3_000_000, -2_500_000, 500_000),)),
    DivisionSuspended(DISPUTE),
    DivisionResumed(DISPUTE, ON),
    Opened(
        contract=an_id(51),
        number="75-2026-000001",
        parties=PARTIES,
        by=STUDENT,
        against=ENTERPRISE,
        points=POINTS,
        asks=COMMITMENT,
        opened_on=ON,
        answer_by=date(2027, 1, 8),
        known_on=date(2026, 12, 21),
        debtors=(COLLEGE, STUDENT),
        claim=CLAIM,
        excuse=TEXT,
    ),
    Answered(ENTERPRISE, (1, 3), COMMITMENT, late=True),
    Silent(END_ON),
    MediationAgreed(STUDENT, OTHER_PERSON),
    MediationStarted(OTHER_PERSON, ON, END_ON),
    MediationEnded(Result.NO_AGREEMENT),
    MediatorAdmitted(Mediator(OTHER_PERSON, "M-17", END_ON)),
    Referred(STUDENT, ON, END_ON, date(2027, 1, 14)),
    MemberSeated(COLLEGE, OTHER_PERSON, Role.CHAMBER),
    MemberRecused(OTHER_PERSON, COLLEGE, Bias.OWN_MONEY, ENTERPRISE, END_ON),
    Undecided(END_ON),
    EvidenceSubmitted(2, ENTERPRISE, dispute.Paper.PHOTOGRAPH, TEXT, COMMITMENT, ON, 7, private=True),
    TimeRestored(Late.EVIDENCE, END_ON, COMMITMENT),
    Decided(
        (Finding.UPHELD, Finding.PARTLY, Finding.REJECTED),
        (COMMITMENT, TEXT, COMMITMENT),
        (PERSON, OTHER_PERSON),
        ON,
        END_ON,
        SHARES,
        (Asked(STUDENT, 6_000_000), Asked(COLLEGE, 4_000_000)),
    ),
    CopyHandedOver(),
    Appealed(COLLEGE, ON),
    CourtRecorded("Аудандық сот", "2-114/2027", Verdict.CHANGED, END_ON, SHARES),
    Closed(Closing.WITHDRAWN, END_ON),
    SettlementProposed(ENTERPRISE, COMMITMENT, TEXT, SHARES),
    SettlementAccepted(STUDENT, TEXT),
    Settled(TEXT, END_ON, SHARES),
)
