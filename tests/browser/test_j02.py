"""J2 in a browser: another schedule, agreed by all to one text."""

from datetime import date

import pytest

from api.formats import day
from api.languages import LANGUAGES
from tests.browser.walker import ON, plain
from tests.journeys.cast import C1, E1, G1, M2, crowd
from tests.journeys.house import patiently

FIRST = "2026-11-02"


@pytest.fixture(scope="module")
def ready(town):
    """A minor's contract for each language, active."""
    students = dict(zip(LANGUAGES, crowd(len(LANGUAGES), "2010-04-01"), strict=True))
    for student in students.values():
        town.enrol(student)
        town.represent(student, G1)
    town.at("2026-08-24 09:00")
    mentor = {"person": town.id(M2)}
    contracts = {each: town.conclude(student, G1, mentor=mentor) for each, student in students.items()}
    town.at("2026-09-01 09:00")
    for contract in contracts.values():
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2026-10-05 09:00")
    return {each: (contracts[each], students[each]) for each in LANGUAGES}


def week(college, enterprise):
    """The answers of the table of days."""
    at = {day: "college" for day in college.split()} | {day: "enterprise" for day in enterprise.split()}
    return {f"schedule-weeks-1-{day}": place for day, place in at.items()}


P0 = week("mon tue wed", "thu fri")
P1 = week("thu fri", "mon tue wed")


def both_weeks(walker):
    """Row by row: where the student is now, and where then."""
    heading = walker.say("pages.ask.was-and-to-be")
    rows = walker.page.locator(f'[aria-label="{heading}"] tbody tr').all()
    return [[plain(cell.inner_text()) for cell in row.locator("th, td").all()] for row in rows]


def test_a_schedule_changes(town, ready, walkers, language):
    contract, student = ready[language]

    def newest():
        """The proposal that was made last."""
        [found] = town.house.rows(
            """SELECT data ->> 'proposal' FROM log.events
               WHERE type = 'schedule.change_proposed' ORDER BY position DESC LIMIT 1"""
        )[0]
        return found

    def last():
        return town.events(contract)[-1]

    before = len(town.events(contract))
    clerk, personnel = walkers("college", C1), walkers("enterprise", E1)
    pupil, mother = walkers("student", student), walkers("parent", G1)
    propose, answer = f"{contract}/propose-schedule-change", f"{contract}/answer-schedule-change"

    clerk.goes(contract)
    clerk.clicks(f'main a[href="{propose}"]')
    clerk.fills({**P0, "from_on": FIRST})
    clerk.clicks(ON, status=409)
    assert "SCH-SHARE" in clerk.text
    for figure in ("16", "40", "24"):
        assert figure in clerk.text
    assert len(town.events(contract)) == before

    clerk.previews(propose, {**P1, "from_on": FIRST})
    weeks = both_weeks(clerk)
    college, enterprise = clerk.say("places.college"), clerk.say("places.enterprise")
    assert [row[1].split(",")[0] for row in weeks] == [*[college] * 2, *[enterprise] * 3]
    assert [row[2].split(",")[0] for row in weeks] == [*[enterprise] * 3, *[college] * 2]
    clerk.confirms()
    assert last() == "schedule.change_proposed"

    personnel.does(answer, {"accept": "yes"})
    pupil.goes(answer)
    assert len(both_weeks(pupil)) == 5
    pupil.fills({"accept": "no", "reason": "transport"})
    pupil.clicks(ON)
    pupil.confirms()
    assert last() == "schedule.change_declined"

    clerk.does(propose, {**P1, "from_on": "2026-11-09"})
    second = newest()
    pupil.goes(f"{answer}?proposal={second}")
    personnel.does(propose, {**P1, "from_on": FIRST})
    assert town.events(contract)[-2:] == ["schedule.change_superseded", "schedule.change_proposed"]

    pupil.fills({"accept": "yes"})  # on the page that was open before
    pupil.clicks(ON, status=409)
    assert "SCH-SUPERSEDED" in pupil.text
    assert pupil.page.locator(f'main a[href="{contract}/schedule#p-{newest()}"]').count() == 1
    pupil.clicks(f'.cures a[href$="?proposal={newest()}"]')
    pupil.fills({"accept": "yes"})
    pupil.clicks(ON)
    pupil.confirms()
    mother.does(answer, {"accept": "yes"})
    if language == "en":
        clerk.goes(answer)
        clerk.tabs_to("[name=accept]")
        clerk.page.keyboard.press("Space")
        clerk.presses(ON)
        clerk.tabs_to("#promise")
        clerk.page.keyboard.press("Space")
        clerk.presses(ON)
    else:
        clerk.does(answer, {"accept": "yes"})
    assert last() == "schedule.change_agreed"

    for thursday, place in ((date(2026, 10, 29), "enterprise"), (date(2026, 11, 5), "college")):
        pupil.goes(f"{contract}/schedule?in_force_on={thursday}")
        assert plain(day(language, thursday)) in pupil.text
        assert pupil.say(f"places.{place}") in plain(pupil.page.locator(".lead").inner_text())
    pupil.goes(f"{contract}/diff?from=2026-11-01&to={FIRST}")
    differing = pupil.page.locator("table.compare tbody tr")
    assert [plain(row.locator("th").inner_text()) for row in differing.all()] == [
        pupil.say("clauses.C-SCHEDULE")
    ]
