"""Made-up organisations and people, registered through the API, who then ask it in their own names."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
from httpx import Client, Response

from contracts.identification import check_digit
from tests.waiting import BEHIND, until_none

CHAMBER, COLLEGE, ENTERPRISE, OTHER = "110540900205", "080440900104", "120440900005", "130940900302"
SPECIALTY, QUALIFICATION = "07130700", "4S07130704"

RECORDS = {
    "student": {"iin": "070901690005", "name": "Камила Демо", "born_on": "2007-09-01"},
    "pupil": {"iin": "100315690008", "name": "Айсұлу Демо", "born_on": "2010-03-15"},
    "parent": {"iin": "781123490004", "name": "Сәуле Демо", "born_on": "1978-11-23"},
    "mentor": {"iin": "841231391802", "name": "Асқар Демо", "born_on": "1984-12-31"},
}
SERIALS = count(1000)


@dataclass(frozen=True)
class Somebody:
    """Asks in one person's name."""

    client: Client
    person: str
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.client.post(f"/api/v1{path}", json=body or {}, headers=self._with(headers))

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/api/v1{path}", headers=self._with(headers))

    def saying(self, **headers: str) -> "Somebody":
        """The same, with headers of every request."""
        return Somebody(self.client, self.person, self._with(headers))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}


def somebody(client: Client, name: str) -> Somebody:
    """A demo person by name, or anybody as `person:<uuid>`."""
    token = done(client.post("/demo/tokens", params={"name": name}))["token"]
    return Somebody(client, name.removeprefix("person:"), {"Authorization": f"Bearer {token}"})


def done(answer: Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    body: dict[str, Any] = answer.json()
    return body


class Town:
    def __init__(self, client: Client, url: str = "") -> None:
        self.client = client
        self.url = url
        self.operator = somebody(client, "operator")
        self.chamber = self.organisation(CHAMBER, "chamber")
        self.college = self.organisation(COLLEGE, "college", chamber=CHAMBER, licence=[SPECIALTY])
        self.enterprise = self.organisation(ENTERPRISE, "enterprise", chamber=CHAMBER)
        self.student = self.enrolled(RECORDS["student"])
        self.mentor = self.person(RECORDS["mentor"])
        mentor = {"mentor": RECORDS["mentor"], "capacity": 100, "cleared_on": "2026-01-10"}
        done(self.enterprise.post(f"/organisations/{ENTERPRISE}/register-mentor", mentor))

    def organisation(self, bin: str, kind: str, licence: list[str] | None = None, **more: Any) -> Somebody:
        """Registered, with a clerk who may sign."""
        name = {"kk": f"Демо {kind}", "ru": f"Демо {kind}"}
        body = {"bin": bin, "kind": kind, "name": name, "region": "75", **more}
        if licence:
            body["licence"] = {"number": "KZ00LAA00000000", "specialties": licence}
        done(self.operator.post("/organisations", body))
        return self.clerk(bin)

    def clerk(self, bin: str, person: str | None = None) -> Somebody:
        """Somebody who may act and sign for the organisation."""
        clerk = person or done(self.operator.post("/people", {"record": new_record()}))["id"]
        mandate = {"person": clerk, "post": "Director", "authority": "Charter", "signs": True}
        done(self.operator.post(f"/organisations/{bin}/change-signatory", mandate))
        return somebody(self.client, f"person:{clerk}")

    def person(self, record: dict[str, str]) -> Somebody:
        answer = done(self.college.post("/people", {"record": record}))
        return somebody(self.client, f"person:{answer['id']}")

    def enrolled(self, record: dict[str, str]) -> Somebody:
        student = self.person(record)
        body = {"student": record, "specialty": SPECIALTY}
        done(self.college.post(f"/organisations/{COLLEGE}/enrol-student", body))
        return student

    def new_student(self) -> Somebody:
        return self.enrolled(new_record())

    def caught_up(self) -> None:
        """Every table shows what has been recorded so far, so that a page may be opened that lists it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            until_none(connection, BEHIND)

    def draft(self, student: Somebody | None = None, **more: Any) -> str:
        """Id of a contract that can be offered."""
        return str(done(self.college.post("/contracts", self.drafting(student, **more)))["id"])

    def drafting(self, student: Somebody | None = None, **more: Any) -> dict[str, Any]:
        return {
            "student": (student or self.new_student()).person,
            "college": COLLEGE,
            "enterprise": ENTERPRISE,
            "route": "college_first",
            "terms": terms(self.mentor.person),
            **more,
        }

    def concluded(self, student: Somebody | None = None) -> str:
        who = student or self.new_student()
        id = self.draft(who)
        offered = done(self.college.post(f"/contracts/{id}/offer"))
        hash_ = offered["events"][0]["data"]["text_hash"]
        for party in (self.enterprise, who, self.college):
            done(party.post(f"/contracts/{id}/sign", {"text_hash": hash_}))
        return id


def new_record() -> dict[str, str]:
    """Of an adult whom nobody has met."""
    while (last := check_digit(eleven := f"0709016{next(SERIALS):04d}")) is None:
        pass
    return {"iin": f"{eleven}{last}", "name": "Жаңа Демо", "born_on": "2007-09-01"}


def terms(mentor: str, **more: Any) -> dict[str, Any]:
    """All that a contract needs to be offered."""
    hours = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": 60}
    return {
        "subject": {"specialty": SPECIALTY, "qualification": QUALIFICATION},
        "term": {"starts_on": "2027-01-04", "ends_on": "2027-12-30"},
        "form": "full_time",
        "funding": "state_order",
        "practice_share": {"total_hours": 2592, "enterprise_hours": 1556},
        "schedule": {
            "starts_with": "study",
            "weeks": [{"college": ["mon", "tue"], "enterprise": ["wed", "thu", "fri"]}],
            "college_hours": hours,
            "enterprise_hours": hours,
        },
        "workplace": {"address": "Almaty", "department": "Substation service"},
        "standing": {"status": "trainee"},
        "compensation": {"kind": "compensation", "monthly": 9500000},
        "mentor": {"person": mentor},
        **more,
    }
