"""Another department is proposed with its reasons, and those agree whom it concerns."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.consequences import Timer
from contracts.decision import DAY
from contracts.department import (
    ChangeDepartment,
    NoReason,
    RelocationOpen,
    RelocationProposed,
    RelocationTooSoon,
    SamePlace,
)
from contracts.department_answer import (
    AnswerDepartmentChange,
    LapseDepartmentChange,
    RelocationAccepted,
    RelocationAgreed,
    RelocationDeclined,
    RelocationLapsed,
)
from contracts.department_rules import RelocationAnswered, RelocationNotAsked
from contracts.dossier import Outcome
from contracts.terms import Workplace
from contracts.withdrawal import Withdraw
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K1_ACTIVE,
    K5_ACTIVE,
    LAW,
    P1,
    REPRESENTATIVE,
    S1,
    S5,
    STUDENT,
    TERMS,
    around,
    asked,
    refused,
    state,
    when,
)

ON, ANSWER_BY, FROM_ON = date(2026, 10, 5), date(2026, 10, 20), date(2026, 11, 2)
RELAYS = replace(TERMS.workplace, department="Relay protection")
MOVE = ChangeDepartment(RELAYS, FROM_ON, "the service is closed for repairs")
SEALED = {"reason": "c" * 64}


def of(role, on=ON, who=S1):
    return asked(role, on, around(who), SEALED)


def proposed(asked_=(ENTERPRISE, REPRESENTATIVE, STUDENT), by=ENTERPRISE, other_town=False):
    text = P1.hex * 2
    return RelocationProposed(P1, by, RELAYS, FROM_ON, ANSWER_BY, text, tuple(asked_), other_town)


OPEN = [*K1_ACTIVE, proposed()]


def test_a_proposal_is_one_text_with_its_reasons():
    [event] = when(MOVE, of(ENTERPRISE), K1_ACTIVE)
    assert (event.proposal, event.by, event.workplace) == (FRESH, ENTERPRISE, RELAYS)
    assert (event.from_on, event.answer_by, event.reason) == (FROM_ON, ANSWER_BY, "c" * 64)
    assert len(event.text_hash) == 64
    after = state([*K1_ACTIVE, event])
    assert after.open_relocation.accepted == {ENTERPRISE}
    assert after.terms.workplace == TERMS.workplace, "nothing is agreed yet"


def test_within_the_place_student_and_enterprise_agree_and_in_another_town_all():
    [minor] = when(MOVE, of(ENTERPRISE), K1_ACTIVE)
    assert set(minor.asked) == {STUDENT, REPRESENTATIVE, ENTERPRISE}
    [adult] = when(MOVE, of(STUDENT, who=S5), K5_ACTIVE)
    assert (set(adult.asked), adult.by) == ({STUDENT, ENTERPRISE}, STUDENT)
    [away] = when(replace(MOVE, other_town=True), of(ENTERPRISE, who=S5), K5_ACTIVE)
    assert set(away.asked) == {STUDENT, COLLEGE, ENTERPRISE}


def test_without_reasons_nothing_is_proposed():
    assert refused(replace(MOVE, reason=" "), of(ENTERPRISE), K1_ACTIVE) == [NoReason()]


def test_it_is_another_place():
    assert refused(replace(MOVE, workplace=TERMS.workplace), of(ENTERPRISE), K1_ACTIVE) == [SamePlace()]
    moved = replace(TERMS.workplace, address="Almaty, 2 Demo street")
    assert when(replace(MOVE, workplace=moved), of(ENTERPRISE), K1_ACTIVE)


def test_one_proposal_is_open_at_a_time():
    assert refused(MOVE, of(STUDENT), OPEN) == [RelocationOpen(ANSWER_BY)]


def test_it_begins_once_all_can_have_answered_and_within_the_contract():
    assert when(replace(MOVE, from_on=ANSWER_BY + DAY), of(ENTERPRISE), K1_ACTIVE)
    soon = refused(replace(MOVE, from_on=ANSWER_BY), of(ENTERPRISE), K1_ACTIVE)
    assert soon == [RelocationTooSoon(ANSWER_BY, ANSWER_BY + DAY, ENDS_ON)]
    assert when(replace(MOVE, from_on=ENDS_ON), of(ENTERPRISE), K1_ACTIVE)
    after = ENDS_ON + DAY
    assert refused(replace(MOVE, from_on=after), of(ENTERPRISE), K1_ACTIVE) == [
        RelocationTooSoon(after, ANSWER_BY + DAY, ENDS_ON)
    ]


def test_with_the_last_yes_it_is_agreed_and_holds_from_its_day():
    yes = AnswerDepartmentChange(P1, accept=True)
    [first] = when(yes, of(STUDENT), OPEN)
    assert first == RelocationAccepted(P1, STUDENT, P1.hex * 2)
    events = when(yes, of(REPRESENTATIVE), [*OPEN, first])
    assert events[1] == RelocationAgreed(P1, RELAYS, FROM_ON, P1.hex * 2)
    after = state([*OPEN, first, *events])
    assert after.terms_on(FROM_ON - DAY).workplace == TERMS.workplace
    assert after.terms_on(FROM_ON).workplace == RELAYS
    assert (after.relocation(P1).outcome, after.open_relocation) == (Outcome.AGREED, None)
    assert when(yes, of(STUDENT), after) == []


def test_one_no_closes_it():
    no = AnswerDepartmentChange(P1, accept=False, reason="too far")
    [event] = when(no, of(STUDENT), OPEN)
    assert event == RelocationDeclined(P1, STUDENT, "c" * 64)
    after = state([*OPEN, event])
    assert after.terms == state(OPEN).terms
    assert when(no, of(STUDENT), after) == []
    late = refused(AnswerDepartmentChange(P1, accept=True), of(REPRESENTATIVE), after)
    assert late == [RelocationAnswered(Outcome.DECLINED, ANSWER_BY)]


def test_who_is_not_asked_does_not_answer():
    yes = AnswerDepartmentChange(P1, accept=True)
    asked_ = (ENTERPRISE, REPRESENTATIVE, STUDENT)
    assert refused(yes, of(COLLEGE), OPEN) == [RelocationNotAsked(asked_)]
    assert refused(yes, of(STUDENT), K1_ACTIVE) == [RelocationNotAsked(())]


@pytest.mark.parametrize(("on", "answered"), [(ANSWER_BY, True), (ANSWER_BY + DAY, False)])
def test_it_is_answered_by_its_last_day(on, answered):
    yes = AnswerDepartmentChange(P1, accept=True)
    if answered:
        assert when(yes, of(STUDENT, on), OPEN)
    else:
        assert refused(yes, of(STUDENT, on), OPEN) == [RelocationAnswered(Outcome.LAPSED, ANSWER_BY)]


def test_silence_is_never_a_yes():
    lapse = LapseDepartmentChange(P1)
    assert Timer("lapse-department-change", ANSWER_BY + DAY, P1) in timers(state(OPEN))
    assert when(lapse, of(DEADLINE, ANSWER_BY), OPEN) == []
    [event] = when(lapse, of(DEADLINE, ANSWER_BY + DAY), OPEN)
    assert event == RelocationLapsed(P1, ANSWER_BY, (REPRESENTATIVE, STUDENT))
    assert event.effective_on == ANSWER_BY + DAY
    assert when(lapse, of(DEADLINE, ANSWER_BY + DAY), [*OPEN, event]) == []


def test_a_representative_is_asked_until_the_student_is_of_age():
    answered = [*OPEN, RelocationAccepted(P1, STUDENT, P1.hex * 2)]
    adult = replace(state(answered), minor=False)
    [agreed] = when(LapseDepartmentChange(P1), of(DEADLINE, ANSWER_BY + DAY), adult)
    assert agreed == RelocationAgreed(P1, RELAYS, FROM_ON, P1.hex * 2)


def test_who_has_not_answered_has_a_task():
    found = outlook(state(OPEN), LAW)
    [task] = [task for task in found.tasks if task.name == "answer-department-change"]
    assert (task.who, task.by, task.ref) == ((REPRESENTATIVE, STUDENT), ANSWER_BY, P1)
    assert "answer-department-change" in {deadline.name for deadline in found.deadlines}


def test_with_the_contract_s_end_it_falls():
    leave = Withdraw("own-wish", ON, date(2026, 11, 5), STUDENT)
    events = when(leave, of(COLLEGE, who=S5), [*K5_ACTIVE, proposed((STUDENT, ENTERPRISE))])
    assert [event.type for event in events] == ["withdrawal.noticed", "department.change_closed"]
    after = state([*K5_ACTIVE, proposed(), *events])
    assert after.relocation(P1).outcome is Outcome.CLOSED


def test_the_text_of_a_proposal_is_its_own():
    [one] = when(MOVE, of(ENTERPRISE), K1_ACTIVE)
    other_place = Workplace(RELAYS.address, "Boiler house")
    [other] = when(replace(MOVE, workplace=other_place), of(ENTERPRISE), K1_ACTIVE)
    assert one.text_hash != other.text_hash
