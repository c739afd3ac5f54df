import pytest

from tests.browser.chromium import NoChromium, chromium
from tests.browser.samples import sample_app
from tests.browser.site import serving


@pytest.fixture(scope="session")
def browser():
    try:
        with chromium() as browser:
            yield browser
    except NoChromium as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def site():
    with serving(sample_app()) as address:
        yield address
