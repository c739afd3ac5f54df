"""A body for every command, as the documentation shows it. Everybody in it is made up."""

from collections.abc import Mapping
from typing import Any

PERSON = "01a20f01-caa6-7913-a5cc-dd32c8c47906"
OTHER = "01a20f01-cab9-719e-8370-9156a88ce484"
THING = "01a20f01-cad4-7ff9-a9e6-f507c7228536"
COLLEGE, ENTERPRISE, CHAMBER = "080440900104", "120440900005", "110540900205"
SPECIALTY, QUALIFICATION = "07130700", "4S07130704"
TEXT_HASH = "d4fe03dd05644f229b11775a5364fb1d55227276251b7e5f2af59fcbf3dd0acf"

HOURS = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": 60}
SCHEDULE = {
    "starts_with": "study",
    "weeks": [{"college": ["mon", "tue"], "enterprise": ["wed", "thu", "fri"]}],
    "college_hours": HOURS,
    "enterprise_hours": HOURS,
}
TERMS = {
    "subject": {"specialty": SPECIALTY, "qualification": QUALIFICATION},
    "term": {"starts_on": "2026-09-01", "ends_on": "2027-06-30"},
    "form": "full_time",
    "funding": "state_order",
    "practice_share": {"total_hours": 2592, "enterprise_hours": 1556},
    "schedule": SCHEDULE,
    "workplace": {"address": "Almaty, Demo street 1", "department": "Substation service"},
    "standing": {"status": "trainee"},
    "compensation": {"kind": "compensation", "monthly": 9500000, "pay_day": 10},
    "mentor": {"person": OTHER},
    "hiring": {"kind": "conditional", "least_grade": "good", "needs_vacancy": True},
}
STUDENT = {"iin": "100315690008", "name": "Айсұлу Демо", "born_on": "2010-03-15", "language": "kk"}
MENTOR = {"iin": "841231391802", "name": "Асқар Демо", "born_on": "1984-12-31"}
PARENT = {"iin": "781123490004", "name": "Сәуле Демо", "born_on": "1978-11-23"}

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "draft": {
        "student": PERSON,
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "route": "enterprise_first",
        "terms": TERMS,
        "memorandum": THING,
    },
    "record-signed": {
        "number": "75-2025-000417",
        "student": PERSON,
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "terms": TERMS,
        "signed_on": "2026-08-24",
        "source": "Folder 12, sheet 40",
    },
    "revise": {
        "terms": {"compensation": {"kind": "compensation", "monthly": 9550000}},
        "remove": ["C-HIRING"],
    },
    "offer": {"sign_by": "2026-08-26"},
    "withdraw-offer": {},
    "sign": {"text_hash": TEXT_HASH},
    "consent": {"text_hash": TEXT_HASH},
    "refuse-to-sign": {"reason": "Another specialty"},
    "record-briefing": {"on": "2026-09-01"},
    "record-fitness": {"on": "2026-08-28"},
    "activate": {},
    "propose-schedule-change": {
        "schedule": SCHEDULE,
        "from_on": "2026-11-02",
        "reason": "A new line at the works",
    },
    "answer-schedule-change": {"proposal": THING, "accept": True},
    "record-pay": {"month": "2026-10", "amount": 9500000},
    "withdraw": {
        "ground": "own-wish",
        "received_on": "2026-12-28",
        "end_on": "2027-01-28",
        "initiator": "student",
    },
    "consent-to-withdrawal": {"ground": "own-wish", "end_on": "2027-01-28"},
    "revoke-notice": {},
    "propose-mutual-end": {"end_on": "2027-01-15", "terms": "Nobody owes anything"},
    "accept-mutual-end": {"text_hash": TEXT_HASH},
    "decline-mutual-end": {"reason": "The year is to be finished"},
    "demand-cure": {"against": "enterprise", "breach": "No mentor since October", "cure_by": "2026-12-11"},
    "expel": {
        "ground": "rules-broken",
        "order_no": "114-c",
        "heard_on": "2026-12-21",
        "end_on": "2026-12-31",
    },
    "report-force-majeure": {"on": "2026-12-01", "what": "Flood in the works", "certificate_no": "FM-17"},
    "report-liquidation": {"from_on": "2027-02-01", "act_no": "LQ-3", "ground": "enterprise-liquidated"},
    "end": {},
    "issue-certificate": {"number": "C-2027-0031"},
    "confirm-return": {"items": ["pass", "tools"]},
    "correct": {
        "entry": 12,
        "field": "end_on",
        "right": "2027-02-28",
        "proof": "Request No. 31, sheet 2",
        "reason": "Another day stands in the request",
        "found_by": "student",
    },
    "approve-correction": {"correction": THING},
    "reject-correction": {"correction": THING, "reason": "The paper says what was recorded"},
    "follow-correction": {"correction": THING},
    "make-preliminary": {
        "enterprise": ENTERPRISE,
        "student": PERSON,
        "specialty": SPECIALTY,
        "college": COLLEGE,
        "conclude_by": "2026-09-01",
    },
    "sign-memorandum": {
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "places": 3,
        "qualifications": [QUALIFICATION],
        "ends_on": "2028-08-31",
    },
    "end-memorandum": {"end_on": "2027-08-31"},
    "register-organisation": {
        "bin": COLLEGE,
        "kind": "college",
        "name": {"kk": "Демо энергетика колледжі", "ru": "Демо-колледж энергетики"},
        "region": "75",
        "chamber": CHAMBER,
        "licence": {"number": "KZ00LAA00000000", "specialties": [SPECIALTY]},
    },
    "change-signatory": {"person": OTHER, "post": "Director", "authority": "Charter", "signs": True},
    "change-licence": {"licence": {"number": "KZ00LAA00000001", "specialties": [SPECIALTY, "07140100"]}},
    "change-organisation-contacts": {"contacts": {"phone": "+77270000000", "email": "office@demo.example"}},
    "enrol-student": {"student": STUDENT, "specialty": SPECIALTY, "from_on": "2026-08-07"},
    "remove-student": {"student": PERSON, "from_on": "2027-02-01"},
    "register-mentor": {"mentor": MENTOR, "capacity": 3, "cleared_on": "2026-06-01"},
    "retire-mentor": {"mentor": OTHER, "from_on": "2027-07-01"},
    "register-person": {"record": PARENT},
    "change-contacts": {"contacts": {"phone": "+77000000000", "language": "kk"}},
    "name-representative": {
        "representative": OTHER,
        "role": "mother",
        "proof": "birth certificate No. 000000",
    },
    "end-representative": {"representative": OTHER, "from_on": "2027-01-01"},
}
