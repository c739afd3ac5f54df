"""One event of each kind, with every field filled in."""

from dataclasses import replace
from datetime import date, time

from contracts.activation import Activated, AdulthoodReached, BriefingRecorded, FitnessRecorded
from contracts.closing import MutualEndClosed, ProposalClosed
from contracts.contract import Parties, Route
from contracts.corrected import CorrectionMade, Told
from contracts.correction import CorrectionProposed
from contracts.correction_answer import CorrectionFollowed, CorrectionRejected
from contracts.decision import Event
from contracts.ending import CertificateIssued, Ended, PropertyReturned, Thing
from contracts.formation import Drafted, Offered, Revised, SignaturesVoided
from contracts.memorandum import MemorandumEnded, MemorandumSigned
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
from contracts.parties import Guardian, Kind, Licence, Mandate, Name
from contracts.pay import PayRecorded
from contracts.person import ContactsChanged, RepresentativeEnded, RepresentativeNamed
from contracts.preliminary import PreliminaryAgreed
from contracts.registration import PersonRegistered
from contracts.roster import MentorRegistered, MentorRetired, StudentEnrolled, StudentRemoved
from contracts.schedule import ChangeProposed, ChangeSuperseded
from contracts.schedule_answer import ChangeAccepted, ChangeAgreed, ChangeDeclined, ChangeLapsed
from contracts.signing import Concluded, ConsentGiven, Means, Signed
from contracts.termination import CureDemanded, Expelled, ForceMajeureReported, LiquidationReported
from contracts.terms import (
    ClauseId,
    Compensation,
    CostItem,
    Debtor,
    Form,
    Funding,
    Hiring,
    HiringKind,
    Hours,
    Mentoring,
    PayKind,
    PracticeShare,
    Proportion,
    Reimbursement,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Terms,
    Transfer,
    Week,
    Weekday,
    WorkOff,
    Workplace,
)
from contracts.withdrawal import Noticed, Revoked, WithdrawalConsented
from tests.examples import COLLEGE, ENTERPRISE, REPRESENTATIVE, STUDENT, an_id

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
    work_off=WorkOff(12),
    reimbursement=Reimbursement(
        (CostItem.EXTERNAL_COURSE, CostItem.MATERIALS),
        (Debtor.STUDENT, Debtor.COLLEGE),
        10_000_000,
        Proportion.FULL_MONTHS,
    ),
    transfer=Transfer(silence_releases=True),
)

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
    PayRecorded("2026-11", PayKind.WAGE, 9_500_000),
    WithdrawalConsented("own-wish", END_ON),
    Noticed(STUDENT, "health", ON, END_ON, ON, "conclusion 12"),
    Revoked(STUDENT),
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
    MemorandumSigned(COLLEGE_BIN, ENTERPRISE_BIN, 3, ("4S07130704",), date(2029, 6, 30)),
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
    StudentEnrolled(COLLEGE_BIN, "07130700", date(2026, 8, 7)),
    StudentRemoved(COLLEGE_BIN, END_ON),
    MentorRegistered(ENTERPRISE_BIN, 3, date(2026, 1, 12), date(2026, 7, 20)),
    MentorRetired(ENTERPRISE_BIN, END_ON),
    PersonRegistered(PERSON, COMMITMENT),
    ContactsChanged(COMMITMENT),
    RepresentativeNamed(OTHER_PERSON, Guardian.PARENT, TEXT, date(2028, 3, 15)),
    RepresentativeEnded(OTHER_PERSON, END_ON),
)
