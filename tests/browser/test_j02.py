"""J2 in a browser: another schedule, agreed by all to one text. The tests are the steps, in the order of the
days; each is taken on every way before the next one."""

from dataclasses import dataclass, field

import pytest

from api.formats import instant
from tests.browser.walker import ON, WAYS, newest_entry, plain, says, told
from tests.journeys.cast import C1, E1, G1, M2, Someone, crowd
from tests.journeys.house import ALMATY, in_almaty, patiently
from tests.journeys.start import id_of, schedule

FIRST = "2026-11-02"


@dataclass
class K1:
    """`proposals`: their ids, in the order in which they were made."""

    address: str
    student: Someone
    proposals: list[str] = field(default_factory=list)

    @property
    def propose(self):
        return f"{self.address}/propose-schedule-change"

    @property
    def answer(self):
        return f"{self.address}/answer-schedule-change"

    @property
    def schedule(self):
        return f"{self.address}/schedule"


@pytest.fixture(scope="module")
def k1s(town):
    """A minor's contract for each way, active, and one more on which nobody will answer."""
    students = crowd(len(WAYS) + 1, "2010-04-01")
    for student in students:
        town.enrol(student)
        town.represent(student, G1)
    town.at("2026-08-24 09:00")
    town.memorandum = town.agree_on_places(len(students))
    contracts = [town.conclude(each, G1, mentor={"person": town.id(M2)}) for each in students]
    town.at("2026-09-01 09:00")
    for contract in contracts:
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.k4 = contracts.pop()
    return {way: K1(*each) for way, *each in zip(WAYS, contracts, students[:-1], strict=True)}


@pytest.fixture
def personnel(k1, walkers):
    return walkers("enterprise", E1)


def week(college, enterprise):
    """The answers of the table of days."""
    at = {day: "college" for day in college.split()} | {day: "enterprise" for day in enterprise.split()}
    return {f"schedule-weeks-1-{day}": place for day, place in at.items()}


P0 = week("mon tue wed", "thu fri")
P1 = week("thu fri", "mon tue wed")


def proposes(walker, town, k1, answer_by, **typed):
    """By the page, which says until when the others have time; and nobody but they is told."""
    walker.previews(k1.propose, typed)
    assert says(walker, answer_by) in walker.text
    assert walker.say("silence.proposal-lapses") in walker.text
    assert walker.say("roles.mentor") not in told(walker)
    walker.confirms()
    query = """SELECT data ->> 'proposal' FROM log.events WHERE stream_id = %s
               AND type = 'schedule.change_proposed' ORDER BY stream_version DESC LIMIT 1"""
    k1.proposals.append(town.house.one(query, [id_of(k1.address)]))


def both_weeks(walker):
    """Row by row: where the student is now, and where then."""
    heading = walker.say("pages.ask.was-and-to-be")
    rows = walker.page.locator(f'[aria-label="{heading}"] tbody tr').all()
    return [[plain(cell.inner_text()) for cell in row.locator("th, td").all()] for row in rows]


def proposal(walker, k1, number):
    """What the page of the schedule says of a proposal, by its number."""
    walker.goes(k1.schedule)
    anchor = f"p-{k1.proposals[number - 1]}"
    return plain(walker.page.locator(f'section[aria-labelledby="{anchor}"]').inner_text())


def roles(walker, *names):
    return ", ".join(walker.say(f"roles.{name}") for name in names)


def waits_for(walker, address, by=None):
    """Whether the work list leads there, up to that day."""
    walker.goes("/worklist")
    tasks = walker.page.locator(".tasks li").filter(has=walker.page.locator(f'a[href="{address}"]')).all()
    return any(by is None or says(walker, by) in plain(task.inner_text()) for task in tasks)


def test_1_too_few_days_at_the_enterprise(town, k1, clerk):
    town.not_before("2026-10-05 09:00")
    before = town.events(k1.address)
    clerk.goes(k1.address)
    clerk.clicks(f'main a[href="{k1.propose}"]')
    clerk.fills({**P0, "from_on": FIRST})
    clerk.clicks(ON, status=409)
    assert "SCH-SHARE" in clerk.text
    for figure in ("16", "40", "24"):
        assert figure in clerk.text
    assert town.events(k1.address) == before
    [attempt] = town.attempts(k1.address, "propose-schedule-change")
    assert attempt[1] == ["schedule.practice-share"]


def test_2_the_college_proposes(town, k1, clerk):
    clerk.previews(k1.propose, {**P1, "from_on": FIRST})
    weeks = both_weeks(clerk)
    college, enterprise = clerk.say("places.college"), clerk.say("places.enterprise")
    assert [row[1].split(",")[0] for row in weeks] == [*[college] * 2, *[enterprise] * 3]
    assert [row[2].split(",")[0] for row in weeks] == [*[enterprise] * 3, *[college] * 2]
    for role in ("student", "representative", "enterprise"):
        assert clerk.say(f"roles.{role}") in told(clerk)
    proposes(clerk, town, k1, "2026-10-12", **P1, from_on=FIRST)


def test_3_the_enterprise_agrees(town, k1, personnel, pupil, mother):
    town.not_before("2026-10-07 09:00")
    assert waits_for(personnel, k1.answer)
    personnel.clicks(f'main a[href="{k1.answer}"]')
    personnel.fills({"accept": "yes"})
    personnel.clicks(ON)
    personnel.confirms()
    shown = proposal(personnel, k1, 1)
    assert f"{personnel.say('pages.schedule.accepted')} {roles(personnel, 'college', 'enterprise')}" in shown
    assert (
        f"{personnel.say('pages.schedule.waiting')} {roles(personnel, 'representative', 'student')}" in shown
    )
    assert not waits_for(personnel, k1.answer)
    for who in (pupil, mother):
        assert waits_for(who, k1.answer, by="2026-10-12")


def test_4_the_student_declines(town, k1, pupil, mother):
    town.not_before("2026-10-08 09:00")
    pupil.goes(k1.answer)
    assert len(both_weeks(pupil)) == 5
    pupil.fills({"accept": "no", "reason": "transport"})
    pupil.clicks(ON)
    pupil.confirms()
    assert town.came(k1.address, "schedule.change_declined")
    shown = proposal(mother, k1, 1)
    assert mother.say("outcomes.declined") in shown
    assert f"{mother.say('pages.schedule.declined-by')} {roles(mother, 'student')}" in shown
    assert not waits_for(mother, k1.answer)


def test_5_the_college_proposes_again(town, k1, clerk, pupil):
    town.not_before("2026-10-12 09:00")
    proposes(clerk, town, k1, "2026-10-19", **P1, from_on="2026-11-09")
    pupil.goes(f"{k1.answer}?proposal={k1.proposals[1]}")  # and leaves it open


def test_6_the_enterprise_supersedes_it(town, k1, personnel, mother):
    town.not_before("2026-10-14 09:00")
    proposes(personnel, town, k1, "2026-10-21", **P1, from_on=FIRST)
    assert town.came(k1.address, "schedule.change_superseded", "schedule.change_proposed")
    old = proposal(mother, k1, 2)
    assert mother.say("outcomes.superseded") in old
    assert mother.page.locator(f'main a[href="#p-{k1.proposals[2]}"]').count() == 1
    newer = proposal(mother, k1, 3)
    assert f"{mother.say('pages.schedule.accepted')} {roles(mother, 'enterprise')}" in newer
    assert waits_for(mother, k1.answer, by="2026-10-21")


def test_7_an_answer_to_the_old_one(town, k1, pupil):
    town.not_before("2026-10-15 09:00")
    pupil.fills({"accept": "yes"})
    pupil.clicks(ON, status=409)
    assert "SCH-SUPERSEDED" in pupil.text
    assert pupil.page.locator(f'main a[href="{k1.schedule}#p-{k1.proposals[2]}"]').count() == 1


def test_8_student_and_mother_agree_to_the_newer(k1, pupil, mother):
    pupil.clicks(f'.cures a[href$="?proposal={k1.proposals[2]}"]')
    pupil.fills({"accept": "yes"})
    pupil.clicks(ON)
    pupil.confirms()
    mother.does(k1.answer, {"accept": "yes"})
    assert roles(mother, "college") in proposal(mother, k1, 3)


def test_8_the_college_agrees_last(town, k1, clerk):
    town.not_before("2026-10-16 11:00")
    assert waits_for(clerk, k1.answer)
    clerk.clicks(f'main a[href="{k1.answer}"]')
    clerk.fills({"accept": "yes"})
    clerk.clicks(ON)
    assert clerk.say("roles.mentor") in told(clerk)
    clerk.confirms()
    assert town.came(k1.address, "schedule.change_accepted", "schedule.change_agreed")
    assert clerk.say("outcomes.agreed") in proposal(clerk, k1, 3)


def where(walker):
    """The first sentence, which says where the student is."""
    return plain(walker.page.locator(".lead").inner_text())


def test_where_the_student_is_before_and_after(k1, pupil):
    for thursday, place in (("2026-10-29", "enterprise"), ("2026-11-05", "college")):
        pupil.goes(f"{k1.schedule}?in_force_on={thursday}")
        assert says(pupil, thursday) in where(pupil)
        assert pupil.say(f"places.{place}") in where(pupil)


def test_a_holiday_says_which_day_it_stands_for(k1, pupil):
    pupil.goes(f"{k1.schedule}?in_force_on=2026-10-26")
    assert says(pupil, "2026-10-26") in where(pupil)
    monday = plain(pupil.page.locator("main tbody td").first.inner_text())
    assert pupil.say("places.holiday") in monday
    assert pupil.say("pages.schedule.moved-from", day=says(pupil, "2026-10-25")) in monday
    assert pupil.say("words.hours", n=8) not in monday


def test_before_the_college_agreed_nobody_knew_of_it(k1, pupil):
    pupil.goes(f"{k1.schedule}?in_force_on=2026-11-05&known_at=2026-10-16T00:00:00Z")
    assert pupil.say("places.enterprise") in where(pupil)
    known_at = instant(pupil.language, in_almaty("2026-10-16 05:00"), ALMATY)
    both = pupil.say("furniture.moment", day=says(pupil, "2026-11-05"), instant=known_at)
    assert both in plain(pupil.page.locator(".moment").inner_text())
    assert pupil.page.locator("main .button").count() == 0


def test_what_differs_between_the_two_days(k1, pupil):
    pupil.goes(f"{k1.address}/diff?from=2026-11-01&to={FIRST}")
    [differs] = pupil.page.locator("table.compare tbody tr").all()
    assert plain(differs.locator("th").inner_text()) == pupil.say("clauses.C-SCHEDULE")
    because = plain(differs.inner_text())
    assert pupil.say("events.schedule.change_agreed") in because
    assert pupil.say("pages.compare.class.A") in because
    assert differs.locator('a[href^="/law/schedule.answer?"]').count() == 1


def test_on_k4_silence_is_no_answer(town, k1, personnel):
    town.not_before("2026-11-16 09:00")
    if not town.came(town.k4, "schedule.change_proposed"):
        wish = {"schedule": schedule("thu fri", "mon tue wed"), "from_on": "2026-12-01"}
        town[C1].does(f"{town.k4}/propose-schedule-change", wish)
        town.house.followed()
    answer = f"{town.k4}/answer-schedule-change"
    assert waits_for(personnel, answer, by="2026-11-23")
    personnel.clicks(f'main a[href="{answer}"]')  # and leaves it open


def test_an_answer_after_the_lapse(town, k1, personnel):
    town.not_before("2026-11-24 00:00")
    assert town.events(town.k4).count("schedule.change_lapsed") == 1
    personnel.fills({"accept": "yes"})
    personnel.clicks(ON, status=409)
    assert "SCH-ANSWERED" in personnel.text
    assert says(personnel, "2026-11-23") in personnel.text
    personnel.goes(f"{town.k4}/history")
    newest = newest_entry(personnel)
    for words in ("events.schedule.change_lapsed", "pages.entry-kinds.automatic"):
        assert personnel.say(words) in newest
    assert says(personnel, "2026-11-24") in newest
    assert not waits_for(personnel, f"{town.k4}/answer-schedule-change")
