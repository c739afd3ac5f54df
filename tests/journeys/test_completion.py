"""A contract to its planned end by HTTP: assessed, awarded, completed, offered work, asked after. The tests
are the steps, in the order of the days."""

from datetime import date

import pytest

from contracts.broken_month import pay_by
from contracts.law import load
from contracts.training_hours import mondays
from tests.contracts.test_completion import MONTHS
from tests.examples import K5_ACTIVE, state
from tests.journeys import never
from tests.journeys.cast import C1, E1, M1, S3, S5
from tests.journeys.house import patiently
from tests.journeys.start import QUALIFICATION, Town

FINAL = {"kind": "final", "on": "2027-06-21", "grade": "good", "members": {"college": 2, "enterprise": 1}}
POST = "electrician of the substation service"
WORKSHOP = "a repair shop near the station"


@pytest.fixture(scope="module")
def town(opened):
    """K4 and K5 active; every month up to May is paid on K5 but January."""
    found = Town(opened("journey-1", "2026-08-07 08:00"))
    found.house.watched = False
    for student in (S3, S5):
        found.enrol(student)
    found.at("2026-08-24 09:00")
    found.k4, found.k5 = found.conclude(S3), found.conclude(S5)
    found.at("2026-09-01 09:00")
    for contract in (found.k4, found.k5):
        found.ready(contract, "2026-09-01")
        patiently(lambda contract=contract: "contract.activated" in found.events(contract))
    found.at("2027-06-14 09:00")
    for month in MONTHS:
        if month != "2027-01":
            found[E1].does(f"{found.k5}/record-pay", {"month": month, "amount": 9500000})
    for monday in mondays(state(K5_ACTIVE), date(2027, 6, 13)):
        found[E1].does(f"{found.k5}/confirm-attendance", {"week": monday.isoformat()})
    found.house.watched = True
    return found


def test_an_interim_assessment_leaves_it_in_force(town):
    interim = {"kind": "interim", "on": "2027-01-15", "grade": "satisfactory"}
    done = town[C1].does(f"{town.k5}/record-assessment", interim)
    assert done.data("completion.assessed")["passed"] is True
    assert town[S5].sees(town.k5)["state"] == "active"


def test_the_final_assessment_needs_hours_and_a_commission(town):
    path = f"{town.k5}/record-assessment"
    early = {**FINAL, "on": "2027-01-15", "members": {"college": 1}}
    refused = town[C1].refused(path, early)
    assert sorted(refused.codes) == ["COM-COMMISSION", "COM-HOURS"]
    assert refused.facts("COM-COMMISSION") == {"given": 1, "least": 3, "missing": ["enterprise"]}
    assert refused.facts("COM-HOURS") == {"enterprise_hours": 432, "total_hours": 1000, "needed_hours": 900}
    assert town[C1].refused(path, {**FINAL, "on": "2027-06-22"}).codes == ["GEN-NOT-YET"]


def test_it_is_assessed(town):
    town.at("2027-06-21 15:00")
    town[E1].does(f"{town.k5}/confirm-attendance", {"week": "2027-06-14"})
    path = f"{town.k5}/record-assessment"
    shown = town[C1].preview(path, FINAL)
    done = town[C1].does(path, FINAL, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    assert town[S5].sees(town.k5)["state"] == "completing"
    assert "assess" in town[C1].tasks(town.k5)
    award = {"code": QUALIFICATION, "document": "TKB 1184410"}
    refused = town[C1].refused(f"{town.k5}/award-qualification", award)
    assert refused.facts("COM-NOT-ASSESSED") == {"assessments": ["commission"]}
    town[C1].does(path, {**FINAL, "kind": "commission"})
    other = town[C1].refused(f"{town.k5}/award-qualification", {**award, "code": "3S07130703"})
    assert other.facts("COM-CODE") == {"qualification": "3S07130703", "agreed_qualification": QUALIFICATION}
    assert town[C1].refused(f"{town.k5}/complete").codes == ["COM-QUALIFICATION", "COM-PAY-OPEN"]
    town[C1].does(f"{town.k5}/award-qualification", award)


def test_nothing_is_completed_while_a_month_is_open(town):
    town.at("2027-06-30 16:00")
    town[E1].does(f"{town.k5}/confirm-attendance", {"week": "2027-06-21"})
    refused = town[C1].refused(f"{town.k5}/complete")
    assert refused.codes == ["COM-PAY-OPEN"]
    assert refused.facts("COM-PAY-OPEN") == {"months": ["2027-01"]}
    assert refused.cures("COM-PAY-OPEN") == {("enterprise", "record-pay")}
    town[E1].does(f"{town.k5}/record-pay", {"month": "2027-01", "amount": 9500000})


def test_it_is_completed(town):
    path = f"{town.k5}/complete"
    shown = town[C1].preview(path)
    done = town[C1].does(path, shown=shown.digest)
    assert done.bytes_of_consequences == shown.bytes_of_consequences
    completed = done.data("contract.completed")
    assert (completed["on"], completed["offer_by"]) == ("2027-06-30", "2027-07-30")
    assert completed["ask_on"] == ["2027-12-30", "2028-06-30"]
    started = {name: each["on"] for name, each in done.started.items()}
    due = pay_by(state(K5_ACTIVE), load("journey-1"), date(2027, 6, 30))
    assert started == {"job-offer": "2027-07-30", "last-pay": due.isoformat()}
    assert done.told == {"student", "enterprise", "mentor", "chamber"}
    seen = town[S5].sees(town.k5)
    assert (seen["state"], seen["in_force"], seen["promise"]) == ("completed", False, "owed")
    assert town[S5].sees(town.k5, in_force_on="2027-06-29")["state"] == "completing"
    assert "results" not in town[M1].sees(town.k5)


def test_work_is_offered_as_it_was_promised(town):
    town.at("2027-07-01 09:00")
    path = f"{town.k5}/offer-job"
    offer = {"post": POST, "amount": 9500000, "starts_on": "2027-08-02"}
    below = town[E1].refused(path, {**offer, "amount": 9000000})
    assert below.facts("COM-BELOW-PROMISE")["due"] == 9500000
    assert town[E1].preview(f"{town.k5}/declare-no-vacancy", {"proof": "staff list 3"}).types == [
        "completion.hiring_excused"
    ]
    done = town[E1].does(path, offer)
    assert done.data("completion.job_offered")["answer_by"] == "2027-07-12"
    assert POST not in "".join(t for [t] in town.house.rows("SELECT data::text FROM log.events"))
    assert town[S5].tasks(town.k5)["answer-job-offer"]["due_on"] == "2027-07-12"
    town[S5].does(f"{town.k5}/answer-job-offer", {"accept": True})
    assert town[S5].sees(town.k5)["promise"] == "accepted"
    assert "Promise to hire" in town[S5].page(town.k5).text
    late = town[S5].refused(f"{town.k5}/answer-job-offer", {"accept": False})
    assert late.codes == ["COM-OFFER-LATE"]


def test_what_became_of_the_graduate_is_asked_and_recorded(town):
    town.at("2027-12-30 09:00")
    assert town.came(town.k5, "completion.outcome_asked")
    town.house.followed()
    assert {"record-employment"} <= town[C1].tasks(town.k5).keys()
    path = f"{town.k5}/record-employment"
    elsewhere = {"occupation": "elsewhere", "from_on": "2027-09-01", "where": WORKSHOP}
    refused = town[C1].refused(path, elsewhere)
    assert refused.facts("COM-CONSENT") == {"occupation": "elsewhere"}
    assert ("student", "record-employment") in refused.cures("COM-CONSENT")
    town[C1].does(path, {"occupation": "at_the_enterprise", "from_on": "2027-08-02"})
    assert town[S5].sees(town.k5)["promise"] == "fulfilled"
    assert "record-employment" not in town[C1].tasks(town.k5)
    town.at("2028-06-30 09:00")
    assert town.events(town.k5).count("completion.outcome_asked") == 2
    town[S5].does(path, elsewhere)
    assert WORKSHOP not in "".join(t for [t] in town.house.rows("SELECT data::text FROM log.events"))


def test_one_graduate_is_counted_and_no_figure_tells_of_him(town):
    answer = town[C1].sees("/outcomes", year=2027)
    [group] = answer["items"]
    assert (group["year"], group["college"], group["withheld"]) == (2027, C1.bin, True)
    assert group["employed"] is None
    assert town[C1].sees("/outcomes", year=2026)["items"] == []
    assert [each["college"] for each in town.auditor.sees("/outcomes")["items"]] == [C1.bin]
    assert town[C1].get("/outcomes", year="soon").status_code == 400


def test_what_must_never_happen_has_not(town):
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.personal_words(town.house) == []
