"""Pictures of all screens in three languages, wide and narrow, to be looked at before a release.

python -m tests.browser.screenshots [FOLDER [NAME ...]]
"""

import os
import sys
import tempfile
from pathlib import Path

from api.languages import LANGUAGES
from api.postgres import THROWAWAY, embedded
from contracts.log.migrations import migrate
from tests.browser.chromium import chromium, picture
from tests.browser.screens import SCREENS
from tests.browser.site import site_on
from tests.browser.visiting import look_at

WIDTHS = (1280, 360)


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
                        for name in names or SCREENS:
                            look_at(page, site, name, language)
                            print(picture(page, folder, f"{name}-{language}-{width}"))
                    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".kelisim/screenshots"), sys.argv[2:])
