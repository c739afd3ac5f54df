"""One walk over all screens in a language: each is loaded once, and looked at in every way."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.browser.chromium import sideways, too_small, violations
from tests.browser.screens import SCREENS
from tests.browser.site import Site
from tests.browser.visiting import look_at

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}


@dataclass
class Walk:
    """By the name of the screen, what was found there; nothing where all was right."""

    languages: dict[str, str | None] = field(default_factory=dict)
    violations: dict[str, list[str]] = field(default_factory=dict)
    sideways: dict[str, int] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)
    first_tab: dict[str, list[str | None]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def walk(browser: Browser, site: Site, language: str) -> Walk:
    found = Walk()
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.on("console", lambda said: found.complaints.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda request: found.asked.append(request.url))
    for name in SCREENS:
        page.set_viewport_size(WIDE)
        look_at(page, site, name, language)
        found.languages[name] = page.locator("html").get_attribute("lang")
        found.first_tab[name] = _first_tab(page)
        found.small[name] = too_small(page)
        found.violations[name] = violations(page)
        page.set_viewport_size(NARROW)
        found.sideways[name] = sideways(page)
    context.close()
    return found


def _first_tab(page: Page) -> list[str | None]:
    """Where the first Tab leads, and where Enter then does; nothing where an error has the focus."""
    if page.locator("#errors").count():
        return []
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    return [first, page.evaluate("document.activeElement.id")]
