"""Who may have which wish about a contract: every role and every command, through the real route."""

import pytest

from api.examples import EXAMPLES
from contracts.lifecycle import COMMANDS
from contracts.parties import Role
from tests.api.people import OTHER, RECORDS, SPECIALTY, done, somebody, terms

PARTIES = "student college enterprise"
ALL = "student representative college enterprise"

MAY = {
    "accept-amendment": ALL,
    "accept-mutual-end": ALL,
    "accept-transfer": ALL,
    "acknowledge-pay": "student representative",
    "activate": "college",
    "agree-schedule": PARTIES,
    "answer-department-change": ALL,
    "answer-job-offer": "student",
    "answer-schedule-change": ALL,
    "approve-correction": "college enterprise lawyer",
    "approve-reimbursement": "student representative",
    "ask-mediator": ALL,
    "assign-mentor": "enterprise",
    "award-qualification": "college",
    "cancel-price-payment": "enterprise",
    "cancel-transfer": ALL,
    "change-department": "student enterprise",
    "complete": "college",
    "complete-transfer": "college",
    "confirm-attendance": "college enterprise mentor",
    "confirm-cure": ALL,
    "confirm-return": "college enterprise",
    "consent": "representative",
    "consent-to-withdrawal": "representative",
    "contest-attendance": "student representative college",
    "correct": "college enterprise",
    "declare-no-vacancy": "enterprise",
    "decline-amendment": ALL,
    "decline-mutual-end": ALL,
    "decline-transfer": ALL,
    "demand-cure": ALL,
    "end": "college",
    "excuse-absence": "college",
    "expel": "college",
    "extend-suspension": "college",
    "follow-correction": "student representative college enterprise mentor chamber",
    "give-notice-of-change": "college enterprise",
    "issue-certificate": "college",
    "object": ALL,
    "offer": "college enterprise",
    "offer-job": "enterprise",
    "propose-amendment": PARTIES,
    "propose-mutual-end": ALL,
    "propose-schedule-change": PARTIES,
    "raise-pay": "enterprise",
    "record-assessment": "college",
    "record-briefing": "enterprise mentor",
    "record-employment": PARTIES,
    "record-fitness": "college enterprise",
    "record-pay": "enterprise",
    "record-price-payment": "enterprise",
    "record-succession": "college enterprise chamber",
    "refuse-to-sign": ALL,
    "reject-correction": "college enterprise lawyer",
    "replace-mentor": "enterprise",
    "report-force-majeure": PARTIES,
    "report-liquidation": "college enterprise chamber",
    "report-mentor-left": "enterprise",
    "report-unpaid": "student representative",
    "request-transfer": ALL,
    "resume": "college",
    "revise": "college enterprise",
    "revoke-notice": ALL,
    "set-academic-difference": "college",
    "shift-times": "enterprise",
    "sign": PARTIES,
    "suspend": ALL,
    "withdraw": ALL,
    "withdraw-offer": "college enterprise",
}
"""Written by hand from the table of commands of the domain."""

BODIES = EXAMPLES | {"correct": {**EXAMPLES["correct"], "entry": 1}}
"""Of the entries of a draft there is the first."""

KNOW_OF_IT = (*ALL.split(), "mentor", "chamber", "lawyer", "reviewer", "ministry")
DO_NOT = ("operator", "privacy", "another college")


@pytest.fixture(scope="module")
def people(place):
    child = place.enrolled(RECORDS["pupil"])
    parent = place.person(RECORDS["parent"])
    named = {"representative": parent.person, "role": "mother", "proof": "birth certificate 1"}
    done(place.college.post(f"/people/{child.person}/name-representative", named))
    duties = {
        duty: somebody(place.client, duty)
        for duty in ("lawyer", "reviewer", "ministry", "operator", "privacy")
    }
    return {
        "contract": place.draft(child, terms=terms(place.mentor.person)),
        "student": child,
        "representative": parent,
        "college": place.college,
        "enterprise": place.enterprise,
        "mentor": place.mentor,
        "chamber": place.chamber,
        "another college": place.organisation(OTHER, "college", licence=[SPECIALTY]),
        **duties,
    }


def test_every_command_about_a_contract_has_its_row():
    about = {c.type for c in COMMANDS.values() if c.stream == "contract" and not c.begins}
    itself = {c.type for c in COMMANDS.values() if c.by == {Role.DEADLINE}}
    assert set(MAY) == about - itself


@pytest.mark.parametrize("role", KNOW_OF_IT)
@pytest.mark.parametrize("command", MAY)
def test_whoever_knows_of_it_is_told_by_rule_who_may(people, command, role):
    """`?preview=true`: the contract stays as it is for the next one."""
    answer = people[role].post(f"/contracts/{people['contract']}/{command}?preview=true", BODIES[command])
    assert answer.status_code in (200, 409), answer.text
    refused = {refusal["code"] for refusal in answer.json().get("refusals", ())}
    assert ("GEN-NOT-PARTY" in refused) == (role not in MAY[command].split())


@pytest.mark.parametrize("role", DO_NOT)
@pytest.mark.parametrize("command", MAY)
def test_whoever_may_not_know_of_it_learns_nothing(people, command, role):
    answer = people[role].post(f"/contracts/{people['contract']}/{command}?preview=true", BODIES[command])
    assert answer.status_code == 404
