"""J2: another schedule, agreed by all to one text. The tests are the steps, in the order of the days."""

from datetime import date

import pytest

from contracts.terms import REGISTER
from tests.journeys import never
from tests.journeys.cast import C1, E1, G1, M1, S1, S3
from tests.journeys.house import patiently
from tests.journeys.start import K, Town, schedule

P0 = schedule("mon tue wed", "thu fri")
P1 = schedule("thu fri", "mon tue wed")
BOTH = schedule("thu fri", "mon tue wed thu")
NOVEMBER = "2026-11-02"


@pytest.fixture(scope="module")
def j2(opened):
    """K1 and K4, active since 1 September."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    with_two_contracts(town)
    return town


def with_two_contracts(town):
    town.house.watched = False
    town.enrol(S1)
    town.represent(S1, G1)
    town.enrol(S3)
    town.at("2026-08-24 09:00")
    town.k1, town.k4 = town.conclude(S1, G1), town.conclude(S3)
    town.at("2026-09-01 09:00")
    for contract in (town.k1, town.k4):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.house.watched = True


def proposal(days, from_on=NOVEMBER, **others):
    return {"schedule": days, "from_on": from_on, **others}


def propose(town, who, contract, wish):
    """The id of the proposal, and what was answered."""
    done = town[who].does(f"{contract}/propose-schedule-change", wish)
    return done.data("schedule.change_proposed")["proposal"], done


def answer(town, who, contract, proposed, accept=True, **others):
    wish = {"proposal": proposed, "accept": accept, **others}
    return town[who].does(f"{contract}/answer-schedule-change", wish)


def test_1_too_few_days_at_the_enterprise(j2):
    j2.at("2026-10-05 09:00")
    before = j2.events(j2.k1)
    refused = j2[C1].refused(f"{j2.k1}/propose-schedule-change", proposal(P0))
    assert refused.codes == ["SCH-SHARE"]
    assert refused.facts("SCH-SHARE") == {
        "enterprise_hours": 16,
        "total_hours": 40,
        "needed_hours": 24,
        "percent": 60,
        "permille": 400,
    }
    assert j2.events(j2.k1) == before
    assert len(j2.attempts(j2.k1, "propose-schedule-change")) == 1


def test_2_the_college_proposes(j2):
    path = f"{j2.k1}/propose-schedule-change"
    shown = j2[C1].preview(path, proposal(P1))
    j2.p1, done = propose(j2, C1, j2.k1, proposal(P1))
    assert shown.bytes_of_consequences == done.bytes_of_consequences
    proposed = done.data("schedule.change_proposed")
    assert (proposed["answer_by"], proposed["from_on"]) == ("2026-10-12", NOVEMBER)
    assert proposed["schedule"]["weeks"] == P1["weeks"]
    assert done.started["answer-schedule-change"]["on"] == "2026-10-12"
    assert done.started["answer-schedule-change"]["silence"] == "proposal-lapses"
    assert done.opened["answer-schedule-change"]["who"] == ["enterprise", "representative", "student"]
    assert done.told == {"student", "representative", "enterprise"}


def test_3_the_enterprise_agrees(j2):
    j2.at("2026-10-07 09:00")
    done = answer(j2, E1, j2.k1, j2.p1)
    assert done.types == ["schedule.change_accepted"]
    for who in (S1, G1):
        assert j2[who].tasks(j2.k1)["answer-schedule-change"]["due_on"] == "2026-10-12"
    assert not j2[E1].tasks(j2.k1)


def test_4_the_student_declines(j2):
    j2.at("2026-10-08 09:00")
    done = answer(j2, S1, j2.k1, j2.p1, accept=False, reason="transport")
    assert done.types == ["schedule.change_declined"]
    assert done.closed["answer-schedule-change"]["who"] == ["representative", "student"]
    assert "transport" not in "".join(t for [t] in j2.house.rows("SELECT data::text FROM log.events"))
    assert not j2[G1].tasks(j2.k1)
    shown = j2[S1].sees(j2.k1, in_force_on=NOVEMBER)
    assert shown["terms"]["schedule"]["weeks"] == K["weeks"]
    assert [p["outcome"] for p in shown["proposals"]] == ["declined"]
    again = j2[G1].refused(f"{j2.k1}/answer-schedule-change", {"proposal": j2.p1, "accept": True})
    assert again.codes == ["SCH-ANSWERED"]
    assert again.facts("SCH-ANSWERED")["outcome"] == "declined"


def test_5_the_college_proposes_again(j2):
    j2.at("2026-10-12 09:00")
    j2.p2, done = propose(j2, C1, j2.k1, proposal(P1, "2026-11-09"))
    assert done.data("schedule.change_proposed")["answer_by"] == "2026-10-19"


def test_while_one_is_open_another_must_supersede_it(j2):
    j2.at("2026-10-14 09:00")
    path = f"{j2.k1}/propose-schedule-change"
    refused = j2[E1].refused(path, proposal(P1))
    assert refused.codes == ["SCH-OPEN"]
    assert refused.facts("SCH-OPEN") == {"proposal": j2.p2, "answer_by": "2026-10-19"}


def test_bad_days(j2):
    path = f"{j2.k1}/propose-schedule-change"
    soon = j2[E1].refused(path, proposal(P1, "2026-10-20", supersedes=j2.p2, answer_by="2026-10-19"))
    assert soon.codes == ["SCH-NOTICE"]
    assert soon.facts("SCH-NOTICE") == {"given": 6, "needed": 10, "earliest": "2026-10-24"}
    yesterday = proposal(P1, "2026-10-13", supersedes=j2.p2)
    late = j2[E1].refused(path, yesterday)
    assert "AMD-BACKDATED" in late.codes
    agreed = j2[E1].preview(path, {**yesterday, "agreed_on": "2026-10-02"})
    assert agreed.types == ["schedule.change_superseded", "schedule.change_proposed"]
    assert agreed.opened["answer-schedule-change"]["who"] == ["college", "representative", "student"]
    both = j2[E1].refused(path, proposal(BOTH, supersedes=j2.p2))
    assert both.codes == ["SCH-CLASH"]
    assert both.facts("SCH-CLASH") == {"days": ["thu"]}


def test_6_the_enterprise_supersedes_it(j2):
    j2.p3, done = propose(j2, E1, j2.k1, proposal(P1, supersedes=j2.p2))
    assert done.types == ["schedule.change_superseded", "schedule.change_proposed"]
    assert done.data("schedule.change_superseded") == {"proposal": j2.p2, "by": j2.p3}
    assert done.data("schedule.change_proposed")["answer_by"] == "2026-10-21"
    assert done.closed["answer-schedule-change"]["by"] == "2026-10-19"
    assert done.opened["answer-schedule-change"]["who"] == ["college", "representative", "student"]


def test_7_an_answer_to_the_old_one(j2):
    j2.at("2026-10-15 09:00")
    refused = j2[S1].refused(f"{j2.k1}/answer-schedule-change", {"proposal": j2.p2, "accept": True})
    assert refused.codes == ["SCH-SUPERSEDED"]
    assert refused.facts("SCH-SUPERSEDED") == {"newer": j2.p3}
    assert refused.see("SCH-SUPERSEDED") == f"{j2.k1}/schedule#p-{j2.p3}"
    old = next(p for p in j2[S1].sees(j2.k1)["proposals"] if p["id"] == j2.p2)
    assert (old["outcome"], old["superseded_by"]) == ("superseded", j2.p3)


def test_8_all_agree(j2):
    answer(j2, S1, j2.k1, j2.p3)
    j2.at("2026-10-16 09:00")
    answer(j2, G1, j2.k1, j2.p3)
    j2.at("2026-10-16 11:00")
    done = answer(j2, C1, j2.k1, j2.p3)
    assert done.types == ["schedule.change_accepted", "schedule.change_agreed"]
    assert done.events[-1]["effective_on"] == NOVEMBER
    assert f"person:{j2.id(M1)}" in j2.told(j2.k1, "schedule.change_agreed")
    j2.agreed = done
    again = answer(j2, C1, j2.k1, j2.p3)
    assert (again.status, again.events, again.version) == (200, [], done.version)


def test_where_she_is_before_and_after(j2):
    thursdays = {"2026-10-29": "enterprise", "2026-11-05": "college"}
    for thursday, place in thursdays.items():
        shown = j2[S1].sees(j2.k1, in_force_on=thursday)
        assert (shown["in_force_on"], shown["day"]["place"]) == (thursday, place)
    holiday = j2[S1].sees(j2.k1, in_force_on="2026-10-26")["day"]
    assert holiday["place"] is None
    assert (holiday["holiday"]["kind"], holiday["holiday"]["instead_of"]) == ("moved", "2026-10-25")


def test_before_the_college_agreed_nobody_knew_of_it(j2):
    known_at = "2026-10-16T00:00:00Z"
    shown = j2[S1].sees(j2.k1, in_force_on="2026-11-05", known_at=known_at)
    assert shown["day"]["place"] == "enterprise"
    assert (shown["in_force_on"], shown["known_at"]) == ("2026-11-05", "2026-10-16T00:00:00.000000Z")


def test_what_differs_between_the_two_days(j2):
    shown = j2[S1].sees(f"{j2.k1}/diff", **{"from": "2026-11-01", "to": NOVEMBER})
    [clause] = shown["clauses"]
    assert (clause["clause"], clause["class"]) == ("C-SCHEDULE", "A")
    assert clause["was"]["weeks"] == K["weeks"]
    assert clause["now"]["weeks"] == P1["weeks"]
    agreed = j2.agreed.events[-1]
    assert (clause["by"]["type"], clause["by"]["version"]) == (agreed["type"], agreed["version"])
    assert clause["by"]["rule"]["rule"] == "schedule.answer"
    assert {"act", "article"} <= clause["by"]["rule"]["source"].keys()


def test_on_k4_silence_is_no_answer(j2):
    j2.at("2026-11-16 09:00")
    proposed, done = propose(j2, C1, j2.k4, proposal(P1, "2026-12-01"))
    assert done.data("schedule.change_proposed")["answer_by"] == "2026-11-23"
    j2.at("2026-11-23 23:59")
    assert j2.came(j2.k4, "schedule.change_proposed", "deadline.reminded")
    j2.at("2026-11-24 00:00")
    assert j2.came(j2.k4, "schedule.change_lapsed")
    assert j2.effective(j2.k4) == date(2026, 11, 24)
    refused = j2[E1].refused(f"{j2.k4}/answer-schedule-change", {"proposal": proposed, "accept": True})
    assert refused.codes == ["SCH-ANSWERED"]
    assert refused.facts("SCH-ANSWERED") == {"outcome": "lapsed", "answer_by": "2026-11-23"}
    j2.at("2026-11-25 09:00")
    assert j2.events(j2.k4).count("schedule.change_lapsed") == 1


# What must never happen, under either law


@pytest.fixture(scope="module")
def kz(opened):
    """The same under the law of the land."""
    town = Town(opened("kz", "2026-08-07 08:00"))
    with_two_contracts(town)
    town.at("2026-10-05 09:00")
    first, _ = propose(town, C1, town.k1, proposal(P1, "2026-12-01"))
    assert "SCH-OPEN" in town[E1].refused(f"{town.k1}/propose-schedule-change", proposal(P1)).codes
    answer(town, E1, town.k1, first)
    second, _ = propose(town, E1, town.k1, proposal(P1, "2026-12-07", supersedes=first))
    for who in (S1, G1, C1):
        with_old = {"proposal": first, "accept": True}
        assert town[who].refused(f"{town.k1}/answer-schedule-change", with_old).codes == ["SCH-SUPERSEDED"]
        answer(town, who, town.k1, second)
    propose(town, C1, town.k4, proposal(P1, "2026-12-01"))
    town.at("2026-11-06 09:00")
    assert town.came(town.k4, "schedule.change_lapsed")
    return town


@pytest.fixture(params=["j2", "kz"])
def town(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("day", ["2026-09-01", "2026-10-29", "2026-12-07"])
def test_every_value_in_force_names_the_entry_that_set_it(town, day):
    shown, entries = town[S1].sees(town.k1, in_force_on=day), town[S1].history(town.k1)
    fields = {clause.id: clause.field for clause in REGISTER}
    told = {fields[clause["clause"]]: clause for clause in shown["clauses"]}
    assert {field: clause["value"] for field, clause in told.items()} == shown["terms"]
    assert all(entries[clause["by"]["version"]]["type"] == clause["by"]["type"] for clause in told.values())
    agreed = told["schedule"]["by"]["type"] == "schedule.change_agreed"
    assert agreed == (day == "2026-12-07")


def test_what_must_never_happen_has_not(town):
    assert "schedule.change_agreed" in town.events(town.k1)
    assert "schedule.change_agreed" not in town.events(town.k4)
    assert never.two_proposals_open(town.house) == []
    assert never.schedules_changed_without_every_consent(town.house) == []
    assert never.personal_words(town.house) == []
