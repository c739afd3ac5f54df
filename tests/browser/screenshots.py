"""Pictures of all screens in three languages, wide and narrow, to be looked at before a release.

python -m tests.browser.screenshots [FOLDER]
"""

import sys
from pathlib import Path

from api.languages import LANGUAGES
from tests.browser.chromium import chromium, picture
from tests.browser.samples import SCREENS, sample_app
from tests.browser.site import serving

WIDTHS = (1280, 360)


def main(folder: Path) -> None:
    with serving(sample_app()) as address, chromium() as browser:
        for language in LANGUAGES:
            for width in WIDTHS:
                context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
                page = context.new_page()
                for name, path in SCREENS.items():
                    page.goto(address + path)
                    print(picture(page, folder, f"{name}-{language}-{width}"))
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".kelisim/screenshots"))
