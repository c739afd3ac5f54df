"""Pictures of all screens in three languages, wide and narrow, to be looked at before a release.

python -m tests.browser.screenshots [FOLDER [NAME ...]]
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from api.languages import LANGUAGES
from api.postgres import THROWAWAY, embedded
from contracts.log.migrations import migrate
from tests.browser.chromium import chromium, picture
from tests.browser.screens import SCREENS
from tests.browser.site import Site, site_on
from tests.browser.visiting import look_at, visit
from tests.browser.walker import Walker

WIDTHS = (1280, 360)
WITHDRAWAL = {"refusal": "2026-11-30", "preview": "2027-01-15"}
"""Screens that stand at the end of a form: the last day that is wished for."""


def main(folder: Path, names: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="kelisim-") as data:
        os.chmod(data, 0o755)  # root's server runs as another user
        with embedded(Path(data) / "database", THROWAWAY) as url:
            migrate(url)
            with site_on(url, Path(data) / "site") as site, chromium() as browser:
                for width in WIDTHS:
                    context = browser.new_context(viewport={"width": width, "height": 800})
                    page = context.new_page()
                    for language in LANGUAGES:
                        for name in names or (*SCREENS, *WITHDRAWAL):
                            if name in WITHDRAWAL:
                                withdraw(page, site, name, language)
                            else:
                                look_at(page, site, name, language)
                            print(picture(page, folder, f"{name}-{language}-{width}"))
                    context.close()


def withdraw(page: Page, site: Site, name: str, language: str) -> None:
    """A minor's withdrawal on a day to which her mother has consented, or too early and without a consent."""
    story, end_on = site.story, WITHDRAWAL[name]
    consent = {"ground": "own-wish", "end_on": WITHDRAWAL["preview"]}
    story.on("active", "parent", "consent-to-withdrawal", **consent)
    visit(page, site, "/", "college", language)
    wish = {"initiator": "student", "ground": "own-wish", "received_on": "2026-11-24", "end_on": end_on}
    clerk = Walker(page, site.address, language, None)
    path = f"/contracts/{story.contracts['active']}/withdraw"
    clerk.previews(f"{path}?all=1", wish, status=200 if name == "preview" else 409)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".kelisim/screenshots"), sys.argv[2:])
