"""Somebody who walks through the service in a browser, and what is asked of every page on the way."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from api import store
from api.formats import day
from api.languages import COOKIE, LANGUAGES, say
from api.store import Account
from tests.browser.chromium import violations
from tests.journeys.cast import Body, Someone
from tests.journeys.start import Town

WITHOUT_SCRIPT = "without-script"
"""In Russian, in a browser that runs no script."""
WAYS = (*LANGUAGES, WITHOUT_SCRIPT)
BY_KEYBOARD = "en"
"""A way on which nobody has a mouse but the enterprise, whose forms are the long ones."""

KEY = re.compile(r"\b(pages|furniture|form|words|problems|fields|events|commands|refusals|cures)\.[a-z]")
ON = "form .buttons .button:not(.second)"
"""The button that leads on."""
MOST_TABS = 150
PATIENCE = 10_000
"""Milliseconds until something has to be there."""
FOCUS_IS_SEEN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect()
    const marked = one.matches(":focus-visible") && getComputedStyle(one).outlineStyle !== "none"
    return marked && Math.round(box.top) >= 0 && Math.round(box.bottom) <= innerHeight
}"""


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
        place = self.page.locator(what) if isinstance(what, str) else what
        self._leaves(lambda: self.hits(place.first), status)

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
                self.chooses(self.page.locator(f'[name="{name}"][value="{text}"]'))
            elif self.page.locator(f'[name="{name}"][type="checkbox"]').count():
                self.ticks(self.page.locator(f'[name="{name}"]'))
            else:
                self.types(self.page.locator(f'[name="{name}"]'), text)

    def hits(self, place: Locator) -> None:
        place.click()

    def chooses(self, radio: Locator) -> None:
        radio.check()

    def ticks(self, box: Locator) -> None:
        box.check()

    def types(self, field: Locator, text: str) -> None:
        field.fill(text)

    def previews(self, path: str, typed: Mapping[str, str] | None = None, status: int = 200) -> None:
        """The form of a command on one page, filled in and sent."""
        self.goes(path)
        self.fills(typed or {})
        self.clicks(ON, status)

    def confirms(self) -> None:
        self.ticks(self.page.locator("#promise"))
        self.clicks(ON)
        assert "/done?" in self.page.url

    def does(self, path: str, typed: Mapping[str, str] | None = None) -> None:
        self.previews(path, typed)
        self.confirms()


class WithoutMouse(Walker):
    """By keyboard alone, from the sign-in on."""

    def hits(self, place: Locator) -> None:
        self.tabs_to(place)
        self.page.keyboard.press("Enter")

    def chooses(self, radio: Locator) -> None:
        """Tab leads to a group of choices, arrows from one to the next."""
        group = self.page.locator(f'[name="{radio.get_attribute("name")}"]')
        self.tabs_to(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert radio.is_checked(), f"no arrow leads there: {self.page.url}"

    def ticks(self, box: Locator) -> None:
        if not box.is_checked():
            self.tabs_to(box)
            self.page.keyboard.press("Space")

    def types(self, field: Locator, text: str) -> None:
        self.tabs_to(field)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def tabs_to(self, places: Locator) -> None:
        """To one of them, where the focus can be seen."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if places.evaluate_all("all => all.includes(document.activeElement)"):
                assert places.evaluate_all(FOCUS_IS_SEEN), f"the focus cannot be seen: {self.page.url}"
                return
        raise AssertionError(f"no way leads to {places} by keyboard: {self.page.url}")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def says(walker: Walker, on: str) -> str:
    """A day as it is read, by its number."""
    return plain(day(walker.language, date.fromisoformat(on)))


def told(walker: Walker) -> str:
    """Who will be, as a preview says."""
    table = walker.page.get_by_role("region", name=walker.say("pages.preview.told"), exact=True)
    return plain(table.inner_text())


def newest_entry(walker: Walker) -> str:
    """Of a history."""
    return plain(walker.page.locator(".timeline > li").first.inner_text())


class Walkers:
    """Those who walk one way, each in a window of his own, for as long as the walk takes. `looked_at`: shared
    by all walks."""

    def __init__(self, browser: Browser, town: Town, way: str, looked_at: set[str]) -> None:
        self.browser, self.town, self.way = browser, town, way
        self.scripts = way != WITHOUT_SCRIPT
        self.language = way if self.scripts else "ru"
        self.looked_at = looked_at if self.scripts else None
        self.known: dict[str, Walker] = {}

    def __call__(self, name: str, who: Body | Someone) -> Walker:
        """Signs in by the page, as the demo person of that name; whoever has come before is there still."""
        if who.name not in self.known:
            self.known[who.name] = self._comes(name, who)
        return self.known[who.name]

    def _comes(self, name: str, who: Body | Someone) -> Walker:
        caller = self.town[who]
        account = Account(caller.person, [], caller.behalf)
        store.name_demo_person(self.town.house.connected(), name, account)
        address = f"http://127.0.0.1:{self.town.house.port}"
        page = self._window(address).new_page()
        kind = WithoutMouse if self.way == BY_KEYBOARD and name != "enterprise" else Walker
        walker = kind(page, address, self.language, self.looked_at)
        walker.signs_in(name)
        return walker

    def _window(self, address: str) -> BrowserContext:
        window = self.browser.new_context(
            viewport={"width": 1280, "height": 800}, java_script_enabled=self.scripts
        )
        window.set_default_timeout(PATIENCE)
        window.add_cookies([{"name": COOKIE, "value": self.language, "url": address}])
        return window

    def leave(self) -> None:
        for walker in self.known.values():
            walker.page.context.close()


@contextmanager
def walking(browser: Browser, town: Town, looked_at: set[str]) -> Iterator[Callable[[str], Walkers]]:
    """Those who walk a way, by the way: the same ones from step to step."""
    known: dict[str, Walkers] = {}

    def on(way: str) -> Walkers:
        if way not in known:
            known[way] = Walkers(browser, town, way, looked_at)
        return known[way]

    try:
        yield on
    finally:
        for walkers in known.values():
            walkers.leave()
