"""What has become of a graduate: asked twice, recorded by whoever may."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.consequences import Task, Timer
from contracts.contract_rules import NotYet
from contracts.decision import DAY
from contracts.outcome import (
    AskForOutcome,
    ConsentMissing,
    EmploymentRecorded,
    OutcomeAsked,
    RecordEmployment,
)
from contracts.results import Occupation
from tests.contracts.test_completion import DONE
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    LAW,
    S5,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

FIRST, SECOND = date(2027, 12, 30), date(2028, 6, 30)
WORDS = {"where": "a" * 64, "source": "b" * 64}
ELSEWHERE = RecordEmployment(Occupation.ELSEWHERE, date(2027, 9, 1), "a workshop", "by phone", "consent 7")
RECORDED = EmploymentRecorded(Occupation.ELSEWHERE, date(2027, 9, 1), "a" * 64, "b" * 64, "consent 7")


def of(role, on=FIRST):
    return asked(role, on, around(S5), WORDS)


def waits(*events):
    return [task.name for task in outlook(state([*DONE, *events]), LAW).tasks if task.name != "last-pay"]


def test_it_is_asked_after_six_and_after_twelve_months():
    assert Timer("ask-for-outcome", FIRST) in timers(state(DONE))
    assert when(AskForOutcome(), of(DEADLINE, FIRST - DAY), given=DONE) == []
    [first] = when(AskForOutcome(), of(DEADLINE, FIRST), given=DONE)
    assert (first, first.effective_on) == (OutcomeAsked(FIRST), FIRST)
    once = [*DONE, first]
    assert Timer("ask-for-outcome", SECOND) in timers(state(once))
    assert when(AskForOutcome(), of(DEADLINE, FIRST), given=once) == []
    [second] = when(AskForOutcome(), of(DEADLINE, SECOND), given=once)
    twice = [*once, second]
    assert "ask-for-outcome" not in {timer.command for timer in timers(state(twice))}
    assert when(AskForOutcome(), of(DEADLINE, date(2030, 1, 1)), given=twice) == []


def test_whoever_knows_is_asked_until_somebody_has_said():
    asked_once = OutcomeAsked(FIRST)
    assert "record-employment" not in waits()
    assert "record-employment" in waits(asked_once)
    [task] = [t for t in outlook(state([*DONE, asked_once]), LAW).tasks if t.name == "record-employment"]
    by = date(2028, 1, 31)
    assert task == Task("record-employment", (STUDENT, COLLEGE, ENTERPRISE), "record-employment", by)
    assert "record-employment" not in waits(asked_once, RECORDED)
    assert "record-employment" in waits(RECORDED, asked_once), "what was known before is asked again"
    assert "record-employment" in waits(asked_once, RECORDED, OutcomeAsked(SECOND))


def test_a_graduate_speaks_for_himself():
    own = replace(ELSEWHERE, consent=None)
    assert when(own, of(STUDENT), given=DONE) == [replace(RECORDED, consent=None)]


@pytest.mark.parametrize("role", [COLLEGE, ENTERPRISE])
@pytest.mark.parametrize("nothing", [None, "", " "])
def test_others_need_his_consent_for_what_is_outside_the_contract(role, nothing):
    without = replace(ELSEWHERE, consent=nothing)
    assert refused(without, of(role), given=DONE) == [ConsentMissing(Occupation.ELSEWHERE)]
    assert when(ELSEWHERE, of(role), given=DONE) == [RECORDED]
    inside = replace(without, occupation=Occupation.AT_THE_ENTERPRISE)
    assert when(inside, of(role), given=DONE)


def test_it_has_begun_already():
    assert when(replace(ELSEWHERE, from_on=FIRST), of(COLLEGE), given=DONE)
    tomorrow = replace(ELSEWHERE, from_on=FIRST + DAY)
    assert refused(tomorrow, of(COLLEGE), given=DONE) == [NotYet(FIRST + DAY, FIRST)]


def test_the_same_is_recorded_once_until_it_is_asked_again():
    assert when(ELSEWHERE, of(COLLEGE), given=[*DONE, RECORDED]) == []
    assert when(ELSEWHERE, of(COLLEGE), given=[*DONE, RECORDED, OutcomeAsked(FIRST)]) == [RECORDED]
    assert when(replace(ELSEWHERE, occupation=Occupation.SERVICE), of(COLLEGE), given=[*DONE, RECORDED])
