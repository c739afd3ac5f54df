"""A real Chromium, and what is asked of every page in it: no violation, nothing cut, nothing blocked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PATHS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
)
"""A browser that asks nobody but the service."""
AXE = Axe()
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class NoChromium(RuntimeError):
    def __init__(self) -> None:
        super().__init__("the pages are tested in Chromium: install it (Debian: apt-get install chromium)")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Raises NoChromium."""
    found = next((path for path in PATHS if shutil.which(path)), None)
    if not found:
        raise NoChromium
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET, chromium_sandbox=False)
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practice, each with the elements."""
    run = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    found = AXE.run(page, options=run).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_small(page: Page) -> list[str]:
    """Controls under 24 by 24 px; a link inside a sentence is exempt (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            "button, input:not([type=hidden]), select, summary, a.button, nav a")]
            .filter(one => one.getClientRects().length)
            .map(one => [one, one.getBoundingClientRect()])
            .filter(([one, box]) => box.width < 24 || box.height < 24)
            .map(([one]) => one.outerHTML.slice(0, 120))"""
    )
    return found


def picture(page: Page, folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
