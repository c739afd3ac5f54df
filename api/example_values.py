"""Who and what stands in the examples of the documentation. Everybody is made up."""

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

SHARES = [{"debtor": "student", "percent": 30}, {"debtor": "college", "percent": 70}]
