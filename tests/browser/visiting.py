"""How a browser comes to a screen: in a language, as a person."""

from playwright.sync_api import Page

from api.languages import COOKIE
from tests.browser.screens import SCREENS
from tests.browser.site import Site


def visit(page: Page, site: Site, path: str, person: str = "college", language: str = "en") -> None:
    cookies = site.cookie(person) | {COOKIE: language}
    page.context.clear_cookies()
    page.context.add_cookies([{"name": n, "value": v, "url": site.address} for n, v in cookies.items()])
    page.goto(site.url(path))


def look_at(page: Page, site: Site, name: str, language: str = "en") -> None:
    """A screen by its name."""
    screen = SCREENS[name]
    visit(page, site, screen.path, screen.person, language)
