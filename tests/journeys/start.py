"""Who is there before a journey begins, and contracts that have come as far as a journey needs them."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.journeys.caller import Caller
from tests.journeys.cast import BODIES, C1, CLERK, E1, M1, M2, R1, Body, Someone
from tests.journeys.house import House

SPECIALTY, QUALIFICATION = "07130700", "4S07130704"
DAY = {"starts_at": "09:00:00", "ends_at": "18:00:00", "break_minutes": 60}


def schedule(college: str, enterprise: str) -> dict[str, Any]:
    """Days in words, such as "mon tue"; 8 hours each. Several weeks: a bar between."""
    weeks = zip(college.split("|"), enterprise.split("|"), strict=True)
    return {
        "starts_with": "study",
        "weeks": [{"college": c.split(), "enterprise": e.split()} for c, e in weeks],
        "college_hours": DAY,
        "enterprise_hours": DAY,
    }


K = schedule("mon tue", "wed thu fri")
"""The days of all contracts here, until they change."""


COMMON = {
    "subject": {"specialty": SPECIALTY, "qualification": QUALIFICATION},
    "term": {"starts_on": "2026-09-01", "ends_on": "2027-06-30"},
    "form": "full_time",
    "funding": "state_order",
    "practice_share": {"total_hours": 2592, "enterprise_hours": 1556},
    "schedule": K,
    "workplace": {"address": "Almaty, Demo street 1", "department": "Substation service"},
    "standing": {"status": "trainee"},
    "compensation": {"kind": "compensation", "monthly": 9500000},
    "hiring": {"kind": "conditional", "least_grade": "good", "needs_vacancy": True},
    "reimbursement": {
        "items": ["external_course", "materials_consumed_in_training"],
        "debtors": ["student", "college"],
        "cap": 10000000,
        "proportion": "full_months",
    },
    "transfer": {"silence_releases": True},
}


class Town:
    """Everybody whom the journeys know, each as one who can ask."""

    def __init__(self, house: House) -> None:
        """C1, C2, E1, E2 and R1 with who signs for each, a second clerk at C1, the mentors of E1, and the
        memorandum of C1 and E1 with three places."""
        self.house, self.at, self.not_before = house, house.at, house.not_before
        self.auditor = Caller(house, house.demo_person("lawyer"))
        self.operator = Caller(house, house.demo_person("operator"), auditor=self.auditor)
        self.of: dict[str, Caller] = {}
        self.ids: dict[str, UUID] = {}
        for body in BODIES:
            self._found(body)
        self.employ(CLERK, C1)
        self._mentor(M1, 3)
        self._mentor(M2, 40)
        self.memorandum = self.agree_on_places(3)

    def __getitem__(self, who: Body | Someone) -> Caller:
        return self.of[who.name]

    def id(self, who: Someone) -> str:
        return str(self.ids[who.name])

    # People and organisations

    def register(self, who: Someone, by: Caller | None = None) -> UUID:
        done = (by or self.operator).does("/people", {"record": who.record})
        return self._met(who, done.id)

    def enrol(self, student: Someone) -> None:
        wish = {"student": student.record, "specialty": SPECIALTY}
        done = self[C1].does(f"/organisations/{C1.bin}/enrol-student", wish)
        if student.name not in self.ids:
            self._met(student, done.data("person.registered")["person"])

    def represent(self, child: Someone, parent: Someone) -> None:
        """C1 has seen the paper that says so."""
        if parent.name not in self.ids:
            self.register(parent, self[C1])
        wish = {"representative": self.id(parent), "role": "mother", "proof": "birth certificate"}
        self[C1].does(f"/people/{self.id(child)}/name-representative", wish)

    def agree_on_places(self, places: int) -> str:
        wish = {"college": C1.bin, "enterprise": E1.bin, "places": places, "qualifications": [QUALIFICATION]}
        return self[C1].does("/memoranda", wish).id

    def _met(self, who: Someone, id_: str) -> UUID:
        self.ids[who.name] = UUID(id_)
        self.of[who.name] = Caller(self.house, UUID(id_), auditor=self.auditor)
        return UUID(id_)

    def _found(self, body: Body) -> None:
        head = self.register(body.head)
        name = {"kk": body.name, "ru": body.name}
        whole = {"bin": body.bin, "kind": body.kind, "name": name, "region": "75"}
        if body.kind == "college":
            whole |= {"chamber": R1.bin, "licence": {"number": "KZ1", "specialties": [SPECIALTY]}}
        self.operator.does("/organisations", whole)
        self._mandate(body, head, signs=True)
        self.of[body.name] = Caller(self.house, head, f"org:{body.bin}", self.auditor)

    def employ(self, who: Someone, body: Body, signs: bool = False) -> None:
        self._mandate(body, self.register(who), signs)
        self.of[who.name] = Caller(self.house, self.ids[who.name], f"org:{body.bin}", self.auditor)

    def _mandate(self, body: Body, person: UUID, signs: bool = False) -> None:
        mandate = {"person": str(person), "post": "director", "authority": "charter", "signs": signs}
        self.operator.does(f"/organisations/{body.bin}/change-signatory", mandate)

    def _mentor(self, mentor: Someone, students: int) -> None:
        wish = {"mentor": mentor.record, "capacity": students, "cleared_on": "2026-07-20"}
        done = self[E1].does(f"/organisations/{E1.bin}/register-mentor", wish)
        self._met(mentor, done.data("person.registered")["person"])

    # Contracts

    def terms(self, without: Sequence[str] = (), **others: Any) -> dict[str, Any]:
        """What the contracts have in common."""
        found = {**COMMON, "mentor": {"person": self.id(M1)}, **others}
        return {name: clause for name, clause in found.items() if name not in without}

    def text(self, student: Someone, **clauses: Any) -> dict[str, Any]:
        """What a draft says."""
        return {
            "student": self.id(student),
            "college": C1.bin,
            "enterprise": E1.bin,
            "route": "enterprise_first",
            "memorandum": self.memorandum,
            "terms": self.terms(**clauses),
        }

    def draft(self, student: Someone, **clauses: Any) -> str:
        """By E1. Where the contract is found."""
        return f"/contracts/{self[E1].does('/contracts', self.text(student, **clauses)).id}"

    def offer(self, contract: str, **how: Any) -> str:
        """By E1. The digest of the text that is offered."""
        done = self[E1].does(f"{contract}/offer", how)
        text: str = done.data("contract.offered")["text_hash"]
        return text

    def conclude(self, student: Someone, parent: Someone | None = None, **clauses: Any) -> str:
        contract = self.draft(student, **clauses)
        text = {"text_hash": self.offer(contract)}
        for who in (E1, student):
            self[who].does(f"{contract}/sign", text)
        if parent:
            self[parent].does(f"{contract}/consent", text)
        self[C1].does(f"{contract}/sign", text)
        return contract

    def ready(self, contract: str, on: str) -> None:
        """E1 has shown the student the place, and somebody has found him fit for it."""
        self[E1].does(f"{contract}/record-briefing", {"on": on})
        self[E1].does(f"{contract}/record-fitness", {"on": on})

    # What is stored

    def events(self, contract: str) -> list[str]:
        """Their types, in order."""
        found = self.house.rows(
            "SELECT type FROM log.events WHERE stream_id = %s ORDER BY stream_version", [id_of(contract)]
        )
        return [type_ for [type_] in found]

    def came(self, contract: str, *types: str) -> bool:
        """Whether these are the last events of the contract."""
        return self.events(contract)[-len(types) :] == [*types]

    def attempts(self, contract: str, command: str) -> list[tuple[str, list[str]]]:
        """Who was refused what, and by which rules."""
        return self.house.rows(
            "SELECT actor, rules FROM log.attempts WHERE (subject, command) = (%s, %s) ORDER BY attempt_id",
            [id_of(contract), command],
        )

    def effective(self, contract: str) -> date | None:
        """From when the last event of the contract holds."""
        return self._last(contract, "effective_on")

    def recorded(self, contract: str) -> datetime:
        """When the last event of the contract was recorded, in UTC."""
        found: datetime = self._last(contract, "recorded_at").astimezone(UTC)
        return found

    def _last(self, contract: str, column: str) -> Any:
        query = f"SELECT {column} FROM log.events WHERE stream_id = %s ORDER BY stream_version DESC LIMIT 1"
        return self.house.one(query, [id_of(contract)])

    def holds(self, kind: str, key: str) -> int:
        """How many contracts hold a place of a mentor, a memorandum or a student's time."""
        state = self.house.one(
            "SELECT state::text FROM log.boundary WHERE (kind, key) = (%s, %s)", [kind, key]
        )
        return len(json.loads(state)) if state else 0

    def told(self, contract: str, about: str) -> set[str]:
        """To whom notices about that event have gone: `person:<uuid>` or `org:<BIN>`."""
        found = self.house.rows(
            """SELECT notice ->> 'ref' FROM log.events, json_array_elements(metadata -> 'notices') AS notice
               WHERE (stream_id, type) = (%s, %s)""",
            [id_of(contract), about],
        )
        assert len(found) == len(set(found))
        return {ref for [ref] in found}


def id_of(contract: str) -> str:
    return contract.rpartition("/")[2]
