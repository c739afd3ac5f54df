"""A person who asks, and what each answer has to be whatever was asked."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.languages import say
from contracts.canonical import canonical
from tests.journeys.house import House

LANGUAGES = ("kk", "ru", "en")
PURPOSE = {"Kelisim-Purpose": "annual audit 2026"}


@dataclass
class Caller:
    """`behalf`: `org:<BIN>` or `person:<uuid>`. `auditor`: who may look at attempts."""

    house: House
    person: UUID
    behalf: str | None = None
    auditor: "Caller | None" = None

    def headers(self, language: str = "en") -> dict[str, str]:
        found = {
            "Authorization": f"Bearer {self.house.token(self.person)}",
            "Accept-Language": language,
            "Kelisim-On-Behalf-Of": self.behalf or "",
        }
        return {name: value for name, value in found.items() if value}

    def get(
        self, path: str, at_least: int | None = None, language: str = "en", **query: Any
    ) -> httpx.Response:
        headers = self.headers(language) | (PURPOSE if self.auditor is None else {})
        if at_least is not None:
            headers["Kelisim-Min-Position"] = str(at_least)
        return self.house.http.get(f"/api/v1{path}", params=query or None, headers=headers)

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        seen: int | None = None,
        shown: str | None = None,
        language: str = "en",
    ) -> httpx.Response:
        """As it is, without a look at what it did. `seen`: the version; `shown`: digest of a preview."""
        headers = self.headers(language)
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": f'"{seen}"'} if seen is not None else {}
        headers |= {"Kelisim-Preview": shown} if shown else {}
        return self.house.http.post(f"/api/v1{path}", json=body or {}, headers=headers)

    def preview(self, path: str, body: Any = None) -> "Done":
        """Decides; and nothing is written."""
        before = self.house.at_rest()
        answer = self.post(f"{path}?preview=true", body)
        after = self.house.everything()
        assert {table for table in after if after[table] != before.get(table)} == set()
        assert answer.status_code == 200, answer.text
        return Done(answer)

    def does(self, path: str, body: Any = None, **how: Any) -> "Done":
        """What is asked is done, and stands in the history of what it was done to."""
        answer = self.post(path, body, key=how.pop("key", None) or uuid4().hex, **how)
        assert answer.status_code in (200, 201), answer.text
        done = Done(answer)
        assert answer.headers["ETag"] == f'"{done.version}"'
        assert answer.headers["Kelisim-Position"] == str(done.position)
        if path.startswith("/contracts") and self.house.watched:
            self._stands(done)
        return done

    def _stands(self, done: "Done") -> None:
        contract = f"/contracts/{done.id}"
        assert int(self.get(contract, done.position).headers["ETag"].strip('"')) >= done.version
        told = {language: self.history(contract, language) for language in LANGUAGES}
        for version in (event["version"] for event in done.events if "stream_id" not in event):
            sentences = {language: entries[version]["text"] for language, entries in told.items()}
            assert all(sentences.values())
            assert len(set(sentences.values())) == len(LANGUAGES)

        self._page_agrees(contract)

    def _page_agrees(self, contract: str) -> None:
        """The page for people names the same state, at the same entry."""
        before, now = None, self.sees(contract)
        while now["position"] != before:  # what happens by itself may come between the two looks
            before = now["position"]
            page = self.page(contract)
            now = self.sees(contract)
        assert page.status_code == 200
        heading = page.text.partition("<h1")[2].partition("</h1>")[0]
        assert now["number"] in heading
        assert say("en", f"states.{now['state']}") in heading

    def history(self, contract: str, language: str = "en") -> dict[int, Any]:
        """Entries by version."""
        return {entry["version"]: entry for entry in self.sees(f"{contract}/history", language)["items"]}

    def sees(self, path: str, language: str = "en", **query: Any) -> Any:
        """With all that has been recorded so far."""
        answer = self.get(path, self.house.last_position(), language, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def page(self, path: str, **query: Any) -> httpx.Response:
        """As a browser asks for it."""
        return self.house.http.get(path, params=query, headers=self.headers() | {"Accept": "text/html"})

    def tasks(self, contract: str) -> dict[str, Any]:
        """What this person has to do there, by name; what waits for others is left out."""
        id_ = contract.rpartition("/")[2]
        found = self.sees("/worklist", group=["overdue", "this_week", "later"])["items"]
        return {task["name"]: task for task in found if task["contract_id"] == id_}

    def would_be_refused(self, contract: str, command: str) -> "Refusals":
        """By the rules that can be asked without the wish."""
        [found] = [
            each for each in self.sees(f"{contract}/allowed")["commands"] if each["command"] == command
        ]
        return Refusals(found)

    def refused(self, path: str, body: Any = None, **how: Any) -> "Refusals":
        """What is asked is not done, and the attempt is written down."""
        return self.is_refused(self.post(path, body, **how))

    def is_refused(self, answer: httpx.Response) -> "Refusals":
        assert answer.status_code == 409, answer.text
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        problem = answer.json()
        assert problem["type"] == "/problems/refused"
        for refusal in problem["refusals"]:
            assert refusal["rule"]
            assert refusal["detail"]
            assert {"act", "article", "link", "in_force_from", "confirmed"} <= refusal["source"].keys()
            assert isinstance(refusal["facts"], dict)
            assert all(cure["who"] and cure["detail"] for cure in refusal["cures"])
            assert refusal["cures"]
        if self.auditor:
            self._noted(problem)
        return Refusals(problem)

    def _noted(self, problem: Any) -> None:
        details = set()
        for language in LANGUAGES:
            answer = self.auditor.get("/audit/attempts", language=language)
            assert answer.status_code == 200, answer.text
            [attempt] = [a for a in answer.json()["items"] if a["attempt_id"] == problem["attempt"]]
            assert {each["rule"] for each in attempt["refusals"]} == {r["rule"] for r in problem["refusals"]}
            details.add(" ".join(each["detail"] for each in attempt["refusals"]))
        assert len(details) == len(LANGUAGES)


class Done:
    """An answer to what was done or would be done."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.body = answer.json()
        self.id = self.body["id"]
        self.version = self.body["version"]
        self.position = self.body["position"]
        self.events = self.body["events"]
        self.consequences = self.body["consequences"]

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]

    def data(self, type_: str) -> Any:
        [found] = [event["data"] for event in self.events if event["type"] == type_]
        return found

    @property
    def bytes_of_consequences(self) -> bytes:
        """The member as it came, byte for byte; and it has the form of RFC 8785."""
        text = self.answer.text
        start = text.index('"consequences":') + len('"consequences":')
        _, length = json.JSONDecoder().raw_decode(text[start:])
        member = text[start : start + length]
        assert member == canonical(json.loads(member))
        return member.encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.bytes_of_consequences).hexdigest()

    @property
    def told(self) -> set[str]:
        return {notice["to"] for notice in self.consequences["notices"]}

    @property
    def opened(self) -> dict[str, Any]:
        return {task["name"]: task for task in self.consequences["tasks"]["open"]}

    @property
    def closed(self) -> dict[str, Any]:
        return {task["name"]: task for task in self.consequences["tasks"]["close"]}

    @property
    def started(self) -> dict[str, Any]:
        return {each["name"]: each for each in self.consequences["deadlines"]["start"]}

    @property
    def stopped(self) -> dict[str, Any]:
        return {each["name"]: each for each in self.consequences["deadlines"]["stop"]}


class Refusals:
    """Every rule that stood in the way, by its code."""

    def __init__(self, problem: Any) -> None:
        self.problem = problem
        self.all = problem["refusals"]

    @property
    def codes(self) -> list[str]:
        return [each["code"] for each in self.all]

    def __getitem__(self, code: str) -> Any:
        [found] = [each for each in self.all if each["code"] == code]
        return found

    def facts(self, code: str) -> Any:
        return self[code]["facts"]

    def see(self, code: str) -> str:
        """The page that shows why."""
        page: str = self[code]["see"]
        return page

    def cures(self, code: str) -> set[tuple[str, str | None]]:
        """Who can do what about it."""
        return {(cure["who"], cure["command"]) for cure in self[code]["cures"]}
