"""J1 in a browser: a contract is formed by three parties. The tests are the steps, in the order of the days;
each is taken on every way before the next one."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.browser.walker import ON, WAYS, newest_entry, plain, says, told
from tests.journeys.cast import C1, E1, E2, G1, G2, M2, S8, Someone, crowd
from tests.journeys.house import patiently
from tests.journeys.start import QUALIFICATION, SPECIALTY, id_of

SEARCH = "form .buttons [name=stay]"
NEW = "/contracts/new"
STEPS = 8
"""Of a new contract, before its preview."""
HOURS = {"starts_at": "09:00", "ends_at": "18:00", "break_minutes": "60"}
SIGNERS = ("college", "enterprise", "representative", "student")
REASON = "other specialty"


@dataclass
class K1:
    """A contract of one way, and what it needs. `officer`: of E1, with a form of his own. `refused`: another
    contract, whose student will not sign."""

    officer: Someone
    student: Someone
    reluctant: Someone
    memorandum: str
    address: str = ""
    refused: str = ""


@pytest.fixture(scope="module")
def k1s(town):
    """For each way two minors, an officer, and a memorandum with three places."""
    students = crowd(2 * len(WAYS), "2010-04-01")
    for student in students:
        town.register(student, by=town[E1])
    officers = [replace(each, name=f"Officer {each.name}") for each in crowd(len(WAYS))]
    for officer in officers:
        town.employ(officer, E1, signs=True)
    people = zip(WAYS, officers, students[: len(WAYS)], students[len(WAYS) :], strict=True)
    return {way: K1(*each, town.agree_on_places(3)) for way, *each in people}


@pytest.fixture
def personnel(k1, walkers):
    return walkers("enterprise", k1.officer)


# What is typed


def clause(name, **typed):
    return {f"terms-{name}-{part}": text for part, text in typed.items()}


def week():
    """Two days at the college and three at the enterprise, eight hours each."""
    days = dict.fromkeys(("mon", "tue"), "college") | dict.fromkeys(("wed", "thu", "fri"), "enterprise")
    found = clause("schedule-weeks-1", **days) | clause("schedule", starts_with="study")
    for place in ("college", "enterprise"):
        found |= clause(f"schedule-{place}_hours", **HOURS)
    return found


def begins(personnel, town, k1):
    """A new contract, step by step up to its preview, but for its week and its mentor."""
    student = k1.student
    personnel.goes("/contracts")
    personnel.clicks(f'main a[href="{NEW}"]')
    personnel.fills({"student_number": student.iin, "student_born_on": student.born_on})
    personnel.clicks(SEARCH)
    assert student.iin not in personnel.page.content()
    assert personnel.page.locator(f'[name="student"][value="{town.id(student)}"]').is_checked()
    personnel.clicks(ON)
    personnel.fills({"partner_find": C1.bin})
    personnel.clicks(SEARCH)
    personnel.fills({"partner": C1.bin})
    personnel.clicks(ON)
    place = clause("workplace", address="Almaty, Demo street 1", department="Substation service")
    subject = clause("subject", specialty=SPECIALTY, qualification=QUALIFICATION)
    term = clause("term", starts_on="2026-09-01", ends_on="2027-06-30")
    hours = clause("practice_share", total_hours="2592", enterprise_hours="1556")
    pay = clause("compensation", kind="compensation", monthly="95000")
    costs = {"items-external_course": "yes", "debtors-student": "yes", "cap": "100000"}
    for answers in (
        {"memorandum": k1.memorandum, **place},
        {**subject, "terms-form": "full_time", "terms-funding": "state_order"},
        {**term, **hours},
        {},
        {**clause("standing", status="trainee"), **pay},
    ):
        personnel.fills(answers)
        personnel.clicks(ON)
    personnel.fills(
        clause("hiring", kind="conditional", least_grade="good", needs_vacancy="yes")
        | clause("reimbursement", **costs)
        | clause("transfer", silence_releases="yes")
    )


# What is read


def task(walker, contract, command):
    """What the work list says of a deed; nothing where it is not asked for."""
    walker.goes("/worklist")
    link = walker.page.locator(f'a[href="{contract}/{command}"]')
    found = [plain(each.inner_text()) for each in walker.page.locator(".tasks li").filter(has=link).all()]
    return found[0] if found else ""


def places(walker, k1, used, reserved):
    """Whether the page of the memorandum counts so."""
    walker.goes(f"/memoranda/{k1.memorandum}")
    counts = {"used": used, "reserved": reserved, "free": 3 - used - reserved}
    return walker.say("pages.memorandum.lead", places=3, **counts) in walker.text


def signed(walker, k1, *given):
    """Whether the page of the contract says that these have signed, and the others not."""
    walker.goes(k1.address)
    missing = [role for role in SIGNERS if role not in given]
    words = {"signed": roles(walker, given), "missing": roles(walker, missing)}
    return walker.say("pages.states.signing", **words) in walker.text


def roles(walker, names):
    return ", ".join(walker.say(f"roles.{name}") for name in names)


def offered(town, k1):
    """The digest of the text that is offered now."""
    query = """SELECT data ->> 'text_hash' FROM log.events WHERE stream_id = %s AND type = 'contract.offered'
               ORDER BY stream_version DESC LIMIT 1"""
    return town.house.one(query, [id_of(k1.address)])


def agrees(walker, town, k1, command="sign"):
    """From the page of the contract, having seen which text it is."""
    walker.goes(k1.address)
    walker.clicks(f'main a[href="{k1.address}/{command}"]')
    assert offered(town, k1) in walker.text
    walker.clicks(ON)
    walker.confirms()


# The steps


def test_1_no_draft_before_the_admission(town, k1, personnel):
    town.not_before("2026-08-05 09:00")
    begins(personnel, town, k1)
    before = town.house.last_position()
    personnel.clicks(ON, status=409)
    assert "FOR-ADMISSION" in personnel.text
    assert personnel.say("cures.enrol-student") in personnel.text
    assert personnel.say("roles.college") in plain(personnel.page.locator(".cures").inner_text())
    assert town.house.last_position() == before


def test_the_college_admits_the_student(town, k1, clerk):
    town.not_before("2026-08-07 09:00")
    path = f"/organisations/{C1.bin}/enrol-student"
    student = {f"student-{name}": text for name, text in k1.student.record.items()}
    clerk.goes(f"/organisations/{C1.bin}")
    clerk.clicks(f'main a[href="{path}"]')
    clerk.fills({**student, "specialty": SPECIALTY})
    clerk.clicks(ON)
    clerk.confirms()
    for parent in (G1, G2):
        town.represent(k1.student, parent)


def test_2_the_same_after_the_admission(town, k1, personnel):
    town.not_before("2026-08-10 09:00")
    personnel.goes("/worklist")
    personnel.clicks(f'main a[href="{NEW}"]')
    for _ in range(STEPS):
        personnel.clicks(ON)
    personnel.confirms()
    k1.address = personnel.page.url.removeprefix(personnel.address).partition("/draft/")[0]
    assert town.events(k1.address) == ["contract.drafted"]
    personnel.goes(k1.address)
    missing = personnel.page.locator(".panel.warn li")
    clauses = [personnel.say(f"clauses.C-{name}") for name in ("SCHEDULE", "MENTOR")]
    assert [plain(each.inner_text()) for each in missing.all()] == clauses


def test_3_revised_and_offered_to_all(town, k1, personnel, clerk, pupil, mother, walkers):
    town.not_before("2026-08-12 10:00")
    personnel.does(f"{k1.address}/revise", week() | clause("mentor", person=town.id(M2)))
    personnel.goes(k1.address)
    personnel.clicks(f'main a[href="{k1.address}/offer"]')
    personnel.clicks(ON)
    for words in (says(personnel, "2026-08-26"), personnel.say("silence.offer-lapses")):
        assert words in personnel.text
    personnel.confirms()
    assert town.events(k1.address)[1:] == ["contract.revised", "contract.offered"]
    father = walkers("parent", G2)
    asked = {personnel: "sign", clerk: "sign", pupil: "sign", mother: "consent", father: "consent"}
    for who, command in asked.items():
        asks = task(who, k1.address, command)
        assert says(who, "2026-08-26") in asks
        assert who.say("silence.offer-lapses") in asks
    assert places(personnel, k1, used=0, reserved=1)


def test_4_the_enterprise_signs(town, k1, personnel):
    town.not_before("2026-08-14 09:00")
    agrees(personnel, town, k1)


def test_4_the_student_signs(town, k1, pupil, mother):
    town.not_before("2026-08-17 09:00")
    agrees(pupil, town, k1)
    assert town.events(k1.address)[3:] == ["contract.signed"] * 2
    assert signed(mother, k1, "enterprise", "student")
    assert mother.say("tasks.consent") in task(mother, k1.address, "consent")


def test_5_the_college_cannot_sign_before_the_others(town, k1, clerk):
    town.not_before("2026-08-18 09:00")
    clerk.previews(f"{k1.address}/sign", status=409)
    for code in ("FOR-ORDER", "FOR-MINOR-CONSENT"):
        assert code in clerk.text
    checks = plain(clerk.page.locator(".checks").inner_text())
    for role in ("enterprise", "student", "representative"):
        assert clerk.say(f"roles.{role}") in checks
    assert clerk.say("cures.consent") in clerk.text
    assert len(town.events(k1.address)) == 5


def test_6_a_change_of_the_text_voids_two_signatures(town, k1, personnel, pupil):
    town.not_before("2026-08-19 09:00")
    first = offered(town, k1)
    personnel.previews(f"{k1.address}/revise", {"terms-compensation-monthly": "95500"})
    assert personnel.say("events.contract.signatures_voided") in personnel.text
    assert roles(personnel, ["enterprise", "student"]) in personnel.text
    assert len(town.events(k1.address)) == 5
    personnel.confirms()
    assert town.came(k1.address, "contract.revised", "contract.signatures_voided")
    personnel.does(f"{k1.address}/offer", {"sign_by": "2026-08-26"})
    assert offered(town, k1) != first
    for who in (personnel, pupil):
        assert says(who, "2026-08-26") in task(who, k1.address, "sign")


def test_7_contacts_are_no_part_of_the_text(town, k1, way, personnel):
    agrees(personnel, town, k1)
    contacts = {"contacts-phone": f"+7700555019{WAYS.index(way)}"}
    personnel.does(f"/organisations/{E1.bin}/change-organisation-contacts", contacts)
    assert signed(personnel, k1, "enterprise")
    assert len(town.events(k1.address)) == 9


def test_8_the_student_signs_and_one_parent_is_enough(town, k1, pupil, mother, walkers):
    town.not_before("2026-08-20 09:00")
    agrees(pupil, town, k1)
    agrees(mother, town, k1, "consent")
    assert not task(walkers("parent", G2), k1.address, "consent")
    assert signed(pupil, k1, "enterprise", "representative", "student")


def test_two_more_are_offered(town, k1s):
    """K9, whom nobody will sign for, and what somebody on each way will refuse."""
    town.at("2026-08-21 09:00")
    for student in (S8, *(each.reluctant for each in k1s.values())):
        town.enrol(student)
    town.k9 = town.draft(S8, mentor={"person": town.id(M2)})
    town.offer(town.k9)
    for k1 in k1s.values():
        town.represent(k1.reluctant, G1)
        text = town.text(k1.reluctant, mentor={"person": town.id(M2)}) | {"memorandum": k1.memorandum}
        k1.refused = f"/contracts/{town[E1].does('/contracts', text).id}"
        town.offer(k1.refused)


def test_9_concluded(town, k1, clerk, pupil):
    town.not_before("2026-08-24 09:00")
    clerk.previews(f"{k1.address}/sign")
    for role in ("student", "representative", "enterprise", "mentor", "chamber"):
        assert clerk.say(f"roles.{role}") in told(clerk)
    clerk.confirms()
    assert town.events(k1.address)[9:] == [
        *("contract.signed", "contract.consent_given"),
        *("contract.signed", "contract.concluded"),
    ]
    assert places(clerk, k1, used=1, reserved=1)
    pupil.goes(f"{k1.address}?in_force_on=2026-08-31")
    assert pupil.say("pages.states.signed", day=says(pupil, "2026-09-01")) in pupil.text


def test_refused_by_the_student(town, k1, walkers, personnel):
    town.not_before("2026-08-25 09:00")
    reluctant = walkers("student", k1.reluctant)
    reluctant.goes(f"{k1.refused}/sign")
    reluctant.clicks(f'main a[href="{k1.refused}/refuse-to-sign"]')
    reluctant.fills({"reason": REASON})
    reluctant.clicks(ON)
    for role in ("college", "enterprise", "chamber"):
        assert reluctant.say(f"roles.{role}") in told(reluctant)
    reluctant.confirms()
    assert town.came(k1.refused, "contract.refused")
    assert not task(reluctant, k1.refused, "sign")
    assert places(personnel, k1, used=1, reserved=0)


def test_the_reason_is_for_those_who_may_read_it(k1, clerk, walkers):
    clerk.goes(f"{k1.refused}/history")
    assert clerk.say("events.contract.refused") in clerk.text
    assert REASON in clerk.text
    walkers("enterprise", E2).goes(f"{k1.refused}/history", status=404)


def test_what_was_refused_is_over_but_may_be_copied(k1, personnel):
    personnel.goes(k1.refused)
    assert personnel.say("pages.states.refused") in personnel.text
    for command in ("sign", "revise", "offer"):
        assert personnel.page.locator(f'main a[href="{k1.refused}/{command}"]').count() == 0
    personnel.clicks(f'main a[href="{NEW}?like={id_of(k1.refused)}"]')
    personnel.goes(f"{NEW}/3")
    department = personnel.page.locator('[name="terms-workplace-department"]')
    assert department.input_value() == "Substation service"


def test_10_no_first_day_without_the_briefing(town, k1, personnel):
    town.not_before("2026-09-01 00:00")
    assert town.attempts(k1.address, "activate") == [("deadline", ["formation.briefing"])]
    assert personnel.say("tasks.brief") in task(personnel, k1.address, "record-briefing")


def test_10_activated_once_the_briefing_is_there(town, k1, personnel, pupil):
    town.not_before("2026-09-01 09:00")
    personnel.goes("/worklist")
    personnel.clicks(f'main a[href="{k1.address}/record-briefing"]')
    personnel.fills({"on": "2026-09-01"})
    personnel.clicks(ON)
    personnel.confirms()
    patiently(lambda: town.came(k1.address, "contract.briefing_recorded", "contract.activated"))
    assert town.effective(k1.address) == date(2026, 9, 1)
    pupil.goes(k1.address)
    assert pupil.say("pages.states.active", day=says(pupil, "2027-06-30")) in pupil.text


def test_the_service_is_down_when_k9_lapses(town):
    town.at("2026-09-03 12:00")
    town.house.stop()
    town.at("2026-09-07 08:00")
    town.house.start()
    patiently(lambda: town.came(town.k9, "contract.lapsed"))
    assert town.events(town.k9).count("contract.lapsed") == 1
    town.house.followed()


def test_a_lapse_says_that_it_was_recorded_late(town, k1, personnel):
    personnel.goes(town.k9)
    assert personnel.say("pages.states.lapsed") in personnel.text
    personnel.goes(f"{town.k9}/history")
    newest = newest_entry(personnel)
    for words in ("events.contract.lapsed", "pages.entry-kinds.automatic"):
        assert personnel.say(words) in newest
    assert personnel.say("history.late", n=2) in newest
    for on in ("2026-09-05", "2026-09-07"):
        assert says(personnel, on) in newest
    assert not task(personnel, town.k9, "sign")
