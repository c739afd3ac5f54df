"""Somebody who walks through the service in a browser, and what is asked of every page on the way."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from api import store
from api.languages import COOKIE, LANGUAGES, say
from api.store import Account
from tests.browser.chromium import violations
from tests.journeys.cast import Body, Someone
from tests.journeys.start import Town

WITHOUT_SCRIPT = "without-script"
"""In Russian, in a browser that runs no script."""
WAYS = (*LANGUAGES, WITHOUT_SCRIPT)

KEY = re.compile(r"\b(pages|furniture|form|words|problems|fields|events|commands|refusals|cures)\.[a-z]")
ON = "form .buttons .button:not(.second)"
"""The button that leads on."""
MOST_TABS = 150


class Walker:
    """`looked_at`: kinds of pages that need no second look; None: none is looked at, since that takes a
    script."""

    def __init__(self, page: Page, address: str, language: str, looked_at: set[str] | None) -> None:
        self.page, self.address, self.language = page, address, language
        self.looked_at = looked_at
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if "Policy" in said.text else None)

    def say(self, key: str, **values: str | int) -> str:
        return plain(say(self.language, key, **values))

    @property
    def text(self) -> str:
        """What the page says, with every space a space."""
        return plain(self.page.locator("main").inner_text())

    # How he comes to a page

    def goes(self, path: str, status: int = 200) -> None:
        self.arrives(self.page.goto(self.address + path), status)

    def clicks(self, what: str | Locator, status: int = 200) -> None:
        place = self.page.locator(what).first if isinstance(what, str) else what
        self._leaves(place.click, status)

    def presses(self, what: str, status: int = 200) -> None:
        """By keyboard alone."""
        self.tabs_to(what)
        self._leaves(lambda: self.page.keyboard.press("Enter"), status)

    def tabs_to(self, what: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.locator(f"{what}:focus").count():
                return
        raise AssertionError(f"no way leads to {what} by keyboard: {self.page.url}")

    def _leaves(self, act: Callable[[], Any], status: int) -> None:
        with self.page.expect_navigation() as left:
            act()
        self.arrives(left.value, status)

    def arrives(self, answer: Response | None, status: int) -> None:
        assert answer
        assert (answer.status, self.page.url) == (status, self.page.url), self.text
        assert self.page.locator("html").get_attribute("lang") == self.language
        text = self.page.locator("body").inner_text()
        assert not KEY.search(text), text
        assert "None" not in text, text
        assert self.complaints == []
        if self.looked_at is None:
            return
        path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[a-z-]+(?=/done$)", "", self.page.url.partition("?")[0])
        kind = f"{path} {status}"
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            found = violations(self.page)
            assert not found, f"{self.page.url}: {found}"

    # What he does

    def signs_in(self, name: str) -> None:
        self.goes("/sign-in")
        self.clicks(f'form:has(input[name="person"][value="{name}"]) button')

    def fills(self, typed: Mapping[str, str]) -> None:
        """A text, or the value of a choice, by the name of the field; a day as it is written in an answer."""
        for name, text in typed.items():
            if self.page.locator(f'[name="{name}-day"]').count():
                year, month, day = text.split("-")
                parts = {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
                self.fills({part: value.lstrip("0") for part, value in parts.items()})
            elif self.page.locator(f'[name="{name}"][type="radio"]').count():
                self.page.locator(f'[name="{name}"][value="{text}"]').check()
            elif self.page.locator(f'[name="{name}"][type="checkbox"]').count():
                self.page.locator(f'[name="{name}"]').check()
            else:
                self.page.locator(f'[name="{name}"]').fill(text)

    def previews(self, path: str, typed: Mapping[str, str] | None = None, status: int = 200) -> None:
        """The form of a command on one page, filled in and sent."""
        self.goes(path)
        self.fills(typed or {})
        self.clicks(ON, status)

    def confirms(self) -> None:
        self.page.locator("#promise").check()
        self.clicks(ON)
        assert "/done?" in self.page.url

    def does(self, path: str, typed: Mapping[str, str] | None = None) -> None:
        self.previews(path, typed)
        self.confirms()


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class Walkers:
    """Those who walk one way. Each has a window of his own. `looked_at`: by language, shared by all walks."""

    def __init__(self, browser: Browser, town: Town, way: str, looked_at: dict[str, set[str]]) -> None:
        self.browser, self.town = browser, town
        self.scripts = way != WITHOUT_SCRIPT
        self.language = way if self.scripts else "ru"
        self.looked_at = looked_at.setdefault(self.language, set()) if self.scripts else None
        self.contexts: list[BrowserContext] = []

    def __call__(self, name: str, who: Body | Someone) -> Walker:
        """Signs in by the page, as the demo person of that name."""
        caller = self.town[who]
        account = Account(caller.person, [], caller.behalf)
        store.name_demo_person(self.town.house.connected(), name, account)
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 800}, java_script_enabled=self.scripts
        )
        self.contexts.append(context)
        address = f"http://127.0.0.1:{self.town.house.port}"
        context.add_cookies([{"name": COOKIE, "value": self.language, "url": address}])
        walker = Walker(context.new_page(), address, self.language, self.looked_at)
        walker.signs_in(name)
        return walker


@contextmanager
def walking(browser: Browser, town: Town, way: str, looked_at: dict[str, set[str]]) -> Iterator[Walkers]:
    walkers = Walkers(browser, town, way, looked_at)
    try:
        yield walkers
    finally:
        for context in walkers.contexts:
            context.close()
