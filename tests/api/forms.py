"""A browser's part in filling in forms, without a browser: it keeps a cookie, reads pages, sends forms."""

import html
import re
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import psycopg

from api import store
from api.languages import COOKIE
from api.security import sessions
from api.store import Account
from tests.api.people import COLLEGE, ENTERPRISE, Somebody, Town, done, terms

ALMATY = ZoneInfo("Asia/Almaty")


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    """What it would send as it stands."""
    known: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Shown:
    """A page as it arrived, after all redirects."""

    answer: httpx.Response
    forms: list[Form]

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.url.raw_path.decode()

    @property
    def text(self) -> str:
        """What is read on it, with every space a space."""
        body = re.sub(r"<(script|style).*?</\1>", "", self.answer.text, flags=re.S)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))

    @property
    def title(self) -> str:
        [found] = re.findall(r"<title>(.*?)</title>", self.answer.text)
        return html.unescape(found)

    def form(self, action: str = "") -> Form:
        """The one whose address ends so, with or without a query; else the one in the page's body."""
        mine = [each for each in self.forms if not each.action.endswith(("/sign-out", "/sign-in"))]
        found = [each for each in mine if each.action.partition("?")[0].endswith(action)]
        assert found, [each.action for each in self.forms]
        return found[0]

    def links(self, part: str) -> list[str]:
        found = re.findall(r'<a [^>]*href="([^"]*)"', self.answer.text)
        return [html.unescape(each) for each in found if part in each]


class Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.long: str | None = None
        self.list: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.inside = Form(has.get("action") or "")
            self.forms.append(self.inside)
        if self.inside is None:
            return
        name = has.get("name")
        if tag in ("input", "textarea", "select") and name:
            self.inside.known.add(name)
        if tag == "input" and name and (has.get("type") not in ("radio", "checkbox") or "checked" in has):
            self.inside.fields[name] = has.get("value") or ""
        elif tag == "textarea" and name:
            self.long = name
            self.inside.fields[name] = ""
        elif tag == "select":
            self.list = name
        elif tag == "option" and self.list and ("selected" in has or self.list not in self.inside.fields):
            self.inside.fields[self.list] = has.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.long and self.inside:
            self.inside.fields[self.long] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea":
            self.long = None
        elif tag == "select":
            self.list = None


class Visitor:
    """Somebody with a session, in one language."""

    def __init__(
        self, http: httpx.Client, url: str, who: Somebody, behalf: str | None = None, language: str = "en"
    ) -> None:
        """`url`: of the database, where the session is put."""
        self.http, self.secret, self.language = http, secrets.token_urlsafe(32), language
        with psycopg.connect(url, autocommit=True) as connection:
            account = Account(UUID(who.person), [], behalf)
            store.open_session(connection, sessions.digest_of(self.secret), account, None)

    @property
    def headers(self) -> dict[str, str]:
        cookies = {"kelisim": self.secret, COOKIE: self.language}
        return {
            "Accept": "text/html",
            "Origin": str(self.http.base_url).rstrip("/"),
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items() if value),
        }

    def goes(self, path: str) -> Shown:
        return self._shown(self.http.get(path, headers=self.headers))

    def sends(self, form: Form, typed: dict[str, str] | None = None) -> Shown:
        """The form as it stands, with what is typed into it."""
        return self.posts(form.action, form.fields | (typed or {}))

    def posts(self, path: str, fields: dict[str, str], **headers: str) -> Shown:
        """`headers`: others than a browser would send."""
        return self._shown(self.http.post(path, data=fields, headers=self.headers | headers))

    def fills(self, path: str, typed: dict[str, str] | None = None) -> Shown:
        """The form at that address, sent."""
        return self.sends(self.goes(path).form(), typed)

    def confirms(self, preview: Shown) -> Shown:
        return self.sends(preview.form("/preview"), {"promise": "yes"})

    def does(self, path: str, typed: dict[str, str] | None = None) -> Shown:
        done = self.confirms(self.fills(path, typed))
        assert "/done?" in done.path, done.text
        return done

    def _shown(self, answer: httpx.Response) -> Shown:
        if answer.status_code == 303:
            return self.goes(answer.headers["Location"])
        reading = Reading()
        reading.feed(answer.text if answer.headers["Content-Type"].startswith("text/html") else "")
        return Shown(answer, reading.forms)


def day(name: str, on: str) -> dict[str, str]:
    """A day as it is typed into three fields."""
    year, month, number = on.split("-")
    return {f"{name}-day": number.lstrip("0"), f"{name}-month": month.lstrip("0"), f"{name}-year": year}


NUMBERS = count(1)
TERM = {"starts_on": "2026-09-01", "ends_on": "2027-06-30"}


def visitor(place: Town, who: Somebody, behalf: str | None = None, language: str = "en") -> Visitor:
    return Visitor(place.client, place.url, who, behalf, language)


def active(place: Town, student: Somebody | None = None) -> str:
    """Id of a contract in force, signed on paper."""
    body = {
        "number": f"PAPER-{next(NUMBERS)}",
        "student": (student or place.new_student()).person,
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "terms": terms(place.mentor.person, term=TERM),
        "signed_on": "2026-08-20",
    }
    return str(done(place.college.post("/contracts/record-signed", body))["id"])
