"""J6 in a browser: a clerk of the college processes a withdrawal."""

from datetime import date

import pytest

from api.formats import day, money
from tests.browser.walker import ON, WAYS, plain
from tests.journeys.cast import C1, E1, M2, crowd
from tests.journeys.house import patiently
from tests.journeys.start import schedule

LAST_DAY = date(2027, 1, 28)


@pytest.fixture(scope="module")
def ready(town):
    """A contract for each way, active; on each the college's proposal of Christmas Eve is open."""
    students = dict(zip(WAYS, crowd(len(WAYS)), strict=True))
    for student in students.values():
        town.enrol(student)
    town.at("2026-08-24 09:00")
    mentor = {"person": town.id(M2)}
    found = {way: town.conclude(student, mentor=mentor) for way, student in students.items()}
    town.at("2026-09-01 09:00")
    for contract in found.values():
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2026-12-24 09:00")
    wish = {"schedule": schedule("thu fri", "mon tue wed"), "from_on": "2027-01-11"}
    for contract in found.values():
        town[C1].does(f"{contract}/propose-schedule-change", wish)
    town.at("2026-12-28 11:00")
    return found


def recorded(town):
    """Everything that a deed would change: the log and what hangs on it, and the personal store."""
    rows = town.house.at_rest()
    return {name: rows[name] for name in rows if name.startswith(("log.", "personal."))}


def test_a_college_processes_a_withdrawal(town, ready, walkers, way):
    contract, language = ready[way], walkers.language
    entries = len(town.events(contract))

    def says(on):
        return plain(day(language, on))

    clerk = walkers("college", C1)
    clerk.goes(contract)
    clerk.clicks(f'main a[href="{contract}/withdraw"]')
    clerk.fills({"initiator": "student", "ground": "own-wish"})
    clerk.clicks(ON)
    clerk.fills({"received_on": "2026-12-28", "end_on": "2027-01-14"})
    for _ in range(3):
        clerk.clicks(ON)
    clerk.clicks(ON, status=409)

    assert clerk.page.url.endswith("/withdraw/preview")
    assert "WIT-NOTICE" in clerk.text
    assert says(LAST_DAY) in clerk.text
    assert clerk.page.locator(".cures li").count() == 2
    assert clerk.page.locator('.cures a[href*="/propose-mutual-end"]').count() == 1
    before = recorded(town)
    clerk.clicks('form[action$="/withdraw/take"] button')

    shown = clerk.text
    assert plain(money(language, 8636364)) in shown
    for on in (LAST_DAY, date(2027, 2, 10), date(2027, 2, 4), date(2026, 12, 31)):
        assert says(on) in shown
    told = clerk.page.locator("table").filter(has_text=clerk.say("pages.preview.channel"))
    for role in ("student", "enterprise", "mentor", "chamber"):
        assert clerk.say(f"roles.{role}") in plain(told.inner_text())
    assert clerk.say("roles.representative") not in plain(told.inner_text())
    assert clerk.say("pages.preview.final-from", day=day(language, date(2027, 1, 29))) in shown
    assert clerk.say("commands.revoke-notice") in shown
    assert recorded(town) == before

    sent = {
        field.get_attribute("name"): field.input_value()
        for field in clerk.page.locator('form[action$="/preview"] input[type="hidden"]').all()
    }
    clerk.confirms()
    [position] = town.house.rows("SELECT max(position) FROM log.events")[0]
    assert f"entry={position}" in clerk.page.url
    assert town.events(contract)[entries:] == ["withdrawal.noticed", "schedule.change_closed"]

    done = clerk.page.url
    again = clerk.page.request.post(
        f"{clerk.address}{contract}/withdraw/preview",
        form={**sent, "promise": "yes"},
        headers={"Origin": clerk.address},
    )
    assert (again.status, again.url) == (200, done)
    clerk.arrives(clerk.page.reload(), 200)
    assert len(town.events(contract)) == entries + 2
    assert len(town.told(contract, "withdrawal.noticed")) == 4

    for spoken in ("kk", "ru"):
        link = clerk.page.locator(f'main a[href*="letter.pdf"][href*="in={spoken}"]')
        letter = clerk.page.request.get(clerk.address + link.get_attribute("href"))
        assert (letter.status, letter.headers["content-type"]) == (200, "application/pdf")
        assert letter.headers["content-language"] == spoken
        assert letter.body().startswith(b"%PDF")

    enterprise = walkers("enterprise", E1)
    enterprise.goes("/worklist")
    enterprise.clicks(f'main a[href="{contract}"]')
    assert enterprise.say("tasks.last-pay") in enterprise.text
    for on in (LAST_DAY, date(2027, 2, 10), date(2027, 2, 4)):
        assert says(on) in enterprise.text
