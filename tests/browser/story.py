"""Made-up contracts at every stage of their lives, told through the API under a clock that is moved on, for
pages to show. Today is 24 November 2026, 10:15 in Almaty."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import psycopg

from api import store
from api.store import Account
from contracts.log import set_test_clock
from tests.browser.cast import (
    ACT_FOR,
    BODIES,
    CHAMBER,
    COLLEGE,
    ENTERPRISE,
    QUALIFICATION,
    SPECIALTY,
    record,
)
from tests.waiting import BEHIND, DUE, until_none

ALMATY = ZoneInfo("Asia/Almaty")
HOURS = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": 60}


def schedule(college: str, enterprise: str) -> dict[str, Any]:
    week = {"college": college.split(), "enterprise": enterprise.split()}
    return {"starts_with": "study", "weeks": [week], "college_hours": HOURS, "enterprise_hours": HOURS}


@dataclass
class Story:
    """`contracts`: ids by what they are for; `people`: ids by name."""

    http: httpx.Client
    database: psycopg.Connection[Any]
    url: str = ""
    """Of the database."""
    people: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    memorandum: str = ""

    def at(self, local: str) -> None:
        """It becomes that moment in Almaty, and what is due then has happened."""
        set_test_clock(self.database, datetime.fromisoformat(local).replace(tzinfo=ALMATY))
        self.settle()

    def settle(self) -> None:
        until_none(self.database, DUE)

    def caught_up(self) -> None:
        """Every table shows what has been recorded so far."""
        until_none(self.database, BEHIND)

    def headers(self, name: str) -> dict[str, str]:
        """Of one of the people, or of a demo person with a duty."""
        person = f"person:{self.people[name]}" if name in self.people else name
        token = self.http.post("/demo/tokens", params={"name": person}).json()["token"]
        behalf = {"Kelisim-On-Behalf-Of": f"org:{ACT_FOR[name]}"} if name in ACT_FOR else {}
        return {"Authorization": f"Bearer {token}", "Accept-Language": "en", **behalf}

    def ask(self, name: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.post(f"/api/v1{path}", json=body or {}, headers=self.headers(name))

    def get(self, name: str, path: str, **query: str) -> Any:
        return self.http.get(f"/api/v1{path}", params=query, headers=self.headers(name)).json()

    def does(self, name: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.ask(name, path, body)
        assert answer.status_code in (200, 201), (name, path, answer.text)
        done: dict[str, Any] = answer.json()
        return done

    def refused(self, name: str, path: str, body: Any = None) -> None:
        assert self.ask(name, path, body).status_code == 409

    def on(self, contract: str, name: str, command: str, **body: Any) -> dict[str, Any]:
        return self.does(name, f"/contracts/{self.contracts[contract]}/{command}", body)

    # Who is there

    def town(self) -> None:
        for name in ("chamber", "college", "enterprise", "other"):
            self.people[name] = self.does("operator", "/people", {"record": record(name)})["id"]
        for (bin_, (kind, kk, ru)), head in zip(
            BODIES.items(), ("chamber", "college", "enterprise", "other"), strict=True
        ):
            whole: dict[str, Any] = {"bin": bin_, "kind": kind, "name": {"kk": kk, "ru": ru}, "region": "75"}
            if kind != "chamber":
                whole["chamber"] = CHAMBER
            if kind == "college":
                whole["licence"] = {"number": "KZ12LAA00000000", "specialties": [SPECIALTY]}
            self.does("operator", "/organisations", whole)
            mandate = {"person": self.people[head], "post": "Директор", "authority": "Жарғы", "signs": True}
            self.does("operator", f"/organisations/{bin_}/change-signatory", mandate)
        for name in ("student", "kamila", "daniyar", "timur", "madina"):
            done = self.does(
                "college",
                f"/organisations/{COLLEGE}/enrol-student",
                {"student": record(name), "specialty": SPECIALTY, "from_on": "2026-08-03"},
            )
            self.people[name] = next(
                e["data"]["person"] for e in done["events"] if e["type"] == "person.registered"
            )
        self.people["parent"] = self.does("college", "/people", {"record": record("parent")})["id"]
        self.does(
            "college",
            f"/people/{self.people['student']}/name-representative",
            {"representative": self.people["parent"], "role": "mother", "proof": "ТУ-0000001"},
        )
        done = self.does(
            "enterprise",
            f"/organisations/{ENTERPRISE}/register-mentor",
            {"mentor": record("mentor"), "capacity": 6, "cleared_on": "2026-07-20"},
        )
        self.people["mentor"] = next(
            e["data"]["person"] for e in done["events"] if e["type"] == "person.registered"
        )
        self.memorandum = self.does(
            "college",
            "/memoranda",
            {"college": COLLEGE, "enterprise": ENTERPRISE, "places": 6, "qualifications": [QUALIFICATION]},
        )["id"]
        self._demo_people()

    def _demo_people(self) -> None:
        """`several` may act for two enterprises."""
        for name in ("college", "enterprise", "chamber", "student", "parent"):
            behalf = ACT_FOR.get(name)
            account = Account(UUID(self.people[name]), [], f"org:{behalf}" if behalf else None)
            store.name_demo_person(self.database, name, account)
        mandate = {"person": self.people["other"], "post": "Кеңесші", "authority": "№ 7 сенімхат"}
        self.does("operator", f"/organisations/{ENTERPRISE}/change-signatory", mandate)
        store.name_demo_person(self.database, "several", Account(UUID(self.people["other"])))

    def terms(self, **others: Any) -> dict[str, Any]:
        whole = {
            "subject": {"specialty": SPECIALTY, "qualification": QUALIFICATION},
            "term": {"starts_on": "2026-09-01", "ends_on": "2027-06-30"},
            "form": "full_time",
            "funding": "state_order",
            "practice_share": {"total_hours": 2592, "enterprise_hours": 1556},
            "schedule": schedule("mon tue", "wed thu fri"),
            "workplace": {"address": "Алматы, Мысал көшесі, 1", "department": "№ 2 қосалқы станция"},
            "standing": {"status": "trainee"},
            "compensation": {"kind": "compensation", "monthly": 9500000},
            "mentor": {"person": self.people["mentor"]},
            "hiring": {"kind": "conditional", "least_grade": "good", "needs_vacancy": True},
            "reimbursement": {"items": ["external_course"], "debtors": ["student"], "cap": 10000000},
            **others,
        }
        return {name: value for name, value in whole.items() if value is not None}

    def draft(self, contract: str, student: str, **terms: Any) -> None:
        self.contracts[contract] = self.does(
            "enterprise",
            "/contracts",
            {
                "student": self.people[student],
                "college": COLLEGE,
                "enterprise": ENTERPRISE,
                "route": "college_first",
                "memorandum": self.memorandum,
                "terms": self.terms(**terms),
            },
        )["id"]

    def offer(self, contract: str) -> str:
        done = self.on(contract, "enterprise", "offer")
        return str(done["events"][0]["data"]["text_hash"])

    def conclude(self, contract: str, student: str, parent: str | None = None) -> None:
        text = self.offer(contract)
        self.on(contract, "enterprise", "sign", text_hash=text)
        self.on(contract, student, "sign", text_hash=text)
        if parent:
            self.on(contract, parent, "consent", text_hash=text)
        self.on(contract, "college", "sign", text_hash=text)

    # What happened

    def tell(self) -> "Story":
        self.at("2026-08-03 09:00")
        self.town()
        self.formation()
        self.schedule_changes()
        self.others()
        self.at("2026-11-24 10:15")
        self.caught_up()
        return self

    def formation(self) -> None:
        """A minor's contract, whose text changed after two had signed it; the last came too early first."""
        self.at("2026-08-10 09:00")
        self.draft("active", "student", mentor=None, schedule=None)
        self.at("2026-08-12 10:00")
        late = {"mentor": {"person": self.people["mentor"]}, "schedule": schedule("mon tue", "wed thu fri")}
        self.on("active", "enterprise", "revise", terms=late)
        text = self.offer("active")
        self.at("2026-08-14 11:20")
        self.on("active", "enterprise", "sign", text_hash=text)
        self.at("2026-08-17 16:05")
        self.on("active", "student", "sign", text_hash=text)
        self.at("2026-08-18 09:30")
        self.refused("college", f"/contracts/{self.contracts['active']}/sign", {"text_hash": text})
        self.at("2026-08-19 12:00")
        more = {"compensation": {"kind": "compensation", "monthly": 9550000}}
        self.on("active", "enterprise", "revise", terms=more)
        self.conclude("active", "student", "parent")
        self.draft("withdrawn", "kamila")
        self.conclude("withdrawn", "kamila")
        self.draft("lapsed", "timur")
        self.offer("lapsed")
        self.at("2026-09-01 09:00")
        for contract in ("active", "withdrawn"):
            self.on(contract, "enterprise", "record-briefing", on="2026-09-01")
            self.on(contract, "enterprise", "record-fitness", on="2026-09-01")
        self.settle()
        self.at("2026-09-07 08:00")

    def schedule_changes(self) -> None:
        """One refused, one agreed by all, one that waits for answers."""
        self.at("2026-10-05 10:00")
        wish = {"schedule": schedule("mon tue wed", "thu fri"), "from_on": "2026-11-02"}
        self.refused("college", f"/contracts/{self.contracts['active']}/propose-schedule-change", wish)
        wish["schedule"] = schedule("thu fri", "mon tue wed")
        done = self.on("active", "college", "propose-schedule-change", **wish, reason="Цехтың ауысым жоспары")
        proposal = done["events"][0]["data"]["proposal"]
        self.at("2026-10-08 17:40")
        for name in ("enterprise", "student", "parent"):
            self.on("active", name, "answer-schedule-change", proposal=proposal, accept=True)
        self.at("2026-10-09 10:00")
        self.on("active", "enterprise", "record-pay", month="2026-09", amount=9550000)
        self.at("2026-11-10 10:00")
        self.on("active", "enterprise", "record-pay", month="2026-10", amount=9550000)
        self.at("2026-11-20 15:10")
        wish = {
            "schedule": schedule("mon fri", "tue wed thu"),
            "from_on": "2026-12-07",
            "reason": "Емтихан кестесі",
        }
        self.on("active", "enterprise", "propose-schedule-change", **wish)

    def others(self) -> None:
        """One that ends, one that waits for signatures, one that lacks nearly everything."""
        self.at("2026-11-20 16:30")
        self.draft("signing", "daniyar", term={"starts_on": "2026-12-07", "ends_on": "2027-06-30"})
        text = self.offer("signing")
        self.on("signing", "enterprise", "sign", text_hash=text)
        self.draft(
            "draft",
            "madina",
            mentor=None,
            schedule=None,
            workplace=None,
            compensation=None,
            term={"starts_on": "2027-01-11", "ends_on": "2027-12-30"},
        )
        self.at("2026-11-23 16:42")
        self.on(
            "withdrawn",
            "college",
            "withdraw",
            ground="own-wish",
            received_on="2026-11-23",
            end_on="2026-12-23",
            initiator="student",
        )
