"""Made-up organisations and people, registered through the API, who then ask it in their own names."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from httpx import Client, Response

CHAMBER, COLLEGE, ENTERPRISE, OTHER = "110540900205", "080440900104", "120440900005", "130940900302"
SPECIALTY, QUALIFICATION = "07130700", "4S07130704"

RECORDS = {
    "student": {"iin": "070901690005", "name": "Камила Демо", "born_on": "2007-09-01"},
    "pupil": {"iin": "100315690008", "name": "Айсұлу Демо", "born_on": "2010-03-15"},
    "parent": {"iin": "781123490004", "name": "Сәуле Демо", "born_on": "1978-11-23"},
    "mentor": {"iin": "841231391802", "name": "Асқар Демо", "born_on": "1984-12-31"},
}


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

    def acting(self, **headers: str) -> "Somebody":
        return Somebody(self.client, self.person, self._with(headers))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {**self.headers, **named}


def somebody(client: Client, name: str) -> Somebody:
    """A demo person by name, or anybody as `person:<uuid>`."""
    answer = client.post("/demo/tokens", params={"name": name})
    assert answer.status_code == 200, answer.text
    token = answer.json()["token"]
    return Somebody(client, name.removeprefix("person:"), {"Authorization": f"Bearer {token}"})


class Town:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.operator = somebody(client, "operator")
        self.chamber = self.organisation(CHAMBER, "chamber")
        self.college = self.organisation(COLLEGE, "college", chamber=CHAMBER, licence=[SPECIALTY])
        self.enterprise = self.organisation(ENTERPRISE, "enterprise", chamber=CHAMBER)
        self.student = self.person("student")
        enrolled = {"student": RECORDS["student"], "specialty": SPECIALTY}
        self.done(self.college.post(f"/organisations/{COLLEGE}/enrol-student", enrolled))
        self.mentor = self.person("mentor")
        mentor = {"mentor": RECORDS["mentor"], "capacity": 3, "cleared_on": "2026-01-10"}
        self.done(self.enterprise.post(f"/organisations/{ENTERPRISE}/register-mentor", mentor))

    def organisation(self, bin: str, kind: str, licence: list[str] | None = None, **more: Any) -> Somebody:
        """Registered, with a clerk who may sign."""
        body = {
            "bin": bin,
            "kind": kind,
            "name": {"kk": f"Демо {kind}", "ru": f"Демо {kind}"},
            "region": "75",
        }
        if licence:
            body["licence"] = {"number": "KZ12LAA00000000", "specialties": licence}
        self.done(self.operator.post("/organisations", {**body, **more}))
        clerk = str(uuid4())
        mandate = {"person": clerk, "post": "Director", "authority": "charter", "signs": True}
        self.done(self.operator.post(f"/organisations/{bin}/change-signatory", mandate))
        return somebody(self.client, f"person:{clerk}")

    def person(self, name: str) -> Somebody:
        answer = self.done(self.college.post("/people", {"record": RECORDS[name]}))
        return somebody(self.client, f"person:{answer['id']}")

    @staticmethod
    def done(answer: Response) -> dict[str, Any]:
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


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
