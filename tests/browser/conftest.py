import pytest

from tests.browser.chromium import NoChromium, chromium
from tests.browser.site import site_on
from tests.browser.walker import WAYS, walking
from tests.conftest import fresh
from tests.journeys.cast import C1, G1
from tests.journeys.house import House
from tests.journeys.start import Town


@pytest.fixture(scope="session")
def browser():
    try:
        with chromium() as browser:
            yield browser
    except NoChromium as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="module")
def site(server, template, tmp_path_factory):
    """The service with all its screens. One for each file, whose tests may record and read."""
    with (
        fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, database),
        site_on(database, tmp_path_factory.mktemp("site")) as site,
    ):
        yield site


@pytest.fixture
def page(browser):
    """A page that remembers what its console and its requests complained about."""
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.complaints = []
    page.asked = []
    page.on("console", lambda said: page.complaints.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


@pytest.fixture
def read(site):
    """What an address answers to a demo person."""

    def reading(path, person="college", language="en"):
        with site.client(person, language) as client:
            return client.get(site.url(path))

    return reading


@pytest.fixture(scope="module")
def town(server, template, tmp_path_factory):
    """Everybody of the journeys, in a service of their own, under the law of the journeys."""
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, database):
        house = House(database, "journey-1", tmp_path_factory.mktemp("house"))
        house.watched = False
        house.at("2026-08-03 08:00")
        try:
            house.start()
            town = Town(house)
            town.memorandum = town.agree_on_places(len(WAYS))
            yield town
        finally:
            house.close()


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture(scope="session")
def looked_at():
    """Kinds of pages that need no second look: in which language, is the same to it."""
    return set()


@pytest.fixture(scope="module")
def walkers_on(browser, town, looked_at):
    with walking(browser, town, looked_at) as walkers_on:
        yield walkers_on


@pytest.fixture
def walkers(walkers_on, way):
    return walkers_on(way)


@pytest.fixture
def k1(k1s, way):
    """The contract of that way, of those that the journey has made ready."""
    return k1s[way]


@pytest.fixture
def clerk(walkers):
    return walkers("college", C1)


@pytest.fixture
def pupil(k1, walkers):
    return walkers("student", k1.student)


@pytest.fixture
def mother(walkers):
    return walkers("parent", G1)
