"""J11: history is decided again under another policy. Nothing of it is recorded."""

import json

import pytest

from contracts.law import load
from tests.journeys.cast import C1, E1, G1, S1, S3, S5
from tests.journeys.house import patiently
from tests.journeys.start import Town, id_of, schedule
from tests.terminal import kelisim

P3 = schedule("thu fri", "mon tue wed")
LEAVE = {"ground": "own-wish", "received_on": "2026-12-28", "initiator": "student", "end_on": "2027-01-28"}


@pytest.fixture(scope="module")
def j11(opened):
    """K1's days were changed, K5 ended by the student's notice, and an offer lapsed."""
    town = Town(opened("journey-1", "2026-08-07 08:00"))
    for student in (S1, S3, S5):
        town.enrol(student)
    town.represent(S1, G1)
    town.at("2026-08-21 09:00")
    town.k9 = town.draft(S3)
    town.offer(town.k9)
    town.at("2026-08-24 09:00")
    town.k1, town.k5 = town.conclude(S1, G1), town.conclude(S5)
    town.at("2026-09-01 09:00")
    for contract in (town.k1, town.k5):
        town.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in town.events(contract))
    town.at("2026-10-14 10:00")
    proposed = town[C1].does(f"{town.k1}/propose-schedule-change", {"schedule": P3, "from_on": "2026-11-02"})
    answer = {"proposal": proposed.data("schedule.change_proposed")["proposal"], "accept": True}
    for who in (E1, S1, G1):
        town[who].does(f"{town.k1}/answer-schedule-change", answer)
    town.at("2026-12-28 11:00")
    town[C1].does(f"{town.k5}/withdraw", LEAVE)
    town.at("2027-01-29 08:00")
    patiently(lambda: "contract.ended" in town.events(town.k5))
    return town


def replay(town, tmp_path, to):
    report = tmp_path / "differences.jsonl"
    words = ("law", "replay", "--from", "journey-1", "--to", to, "--report", str(report))
    settings = {
        "KELISIM_MODE": "test",
        "KELISIM_LAW": "journey-1",
        "KELISIM_DATABASE_URL": town.house.database,
    }
    done = kelisim(*words, **settings, KELISIM_DATA=str(town.house.folder / "data"))
    return done, [json.loads(line) for line in report.read_text().splitlines()]


def sums(town):
    """Of everything that is stored."""
    tables = town.house.rows(
        """SELECT schemaname || '.' || tablename FROM pg_tables
           WHERE schemaname IN ('log', 'personal') OR schemaname LIKE 'p\\_%%' ORDER BY 1"""
    )
    return {
        name: town.house.one(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t")
        for [name] in tables
    }


def test_under_its_own_policy_history_comes_again(j11, tmp_path):
    done, differences = replay(j11, tmp_path, "journey-1")
    assert (done.returncode, done.stderr, differences) == (0, "", [])
    assert "0 different" in done.stdout


def test_under_another_what_differs_is_told_with_its_facts(j11, tmp_path):
    done, differences = replay(j11, tmp_path, "journey-2")
    assert done.returncode == 0
    found = {
        (each["stream_id"], each["command"]): {r["code"]: r["facts"] for r in each["refusals"]}
        for each in differences
        if each["outcome"] == "refused"
    }
    for contract in (j11.k1, j11.k5, j11.k9):
        share = found[id_of(contract), "offer"]["FOR-SHARE"]
        assert (share["enterprise_hours"], share["needed_hours"]) == (1556, 1685)
    days = found[id_of(j11.k1), "propose-schedule-change"]["SCH-SHARE"]
    assert (days["enterprise_hours"], days["needed_hours"]) == (24, 26)
    assert found[id_of(j11.k5), "withdraw"]["WIT-NOTICE"]["earliest"] == "2027-02-08"
    assert len(found) == len(differences) == 5


def test_nothing_was_recorded(j11, tmp_path):
    before = sums(j11)
    replay(j11, tmp_path, "journey-2")
    assert sums(j11) == before


def test_a_pack_of_another_version_is_refused(j11, tmp_path):
    done = kelisim("law", "replay", "--from", "journey-1@2020-01", "--to", "journey-2")
    assert done.returncode == 1
    assert load("journey-1").version.partition("/")[2] in done.stderr
