"""What a decision brings with it: computed once, shown before it is done and written when it is."""

from dataclasses import replace
from datetime import date

from contracts.ahead import outlook
from contracts.ending import ConfirmReturn, Ended, IssueCertificate
from contracts.formation import Offer, Revise
from contracts.mutual_end import (
    MutualEndProposed,
)
from contracts.offer_end import RefuseToSign
from contracts.parties import Guardian, Guardianship
from contracts.pay import PayRecorded
from contracts.schedule import ProposeScheduleChange
from contracts.schedule_answer import AnswerScheduleChange
from contracts.signing import Sign
from contracts.termination import CureDemanded
from contracts.terms import Compensation, PayKind, Terms
from contracts.withdrawal import (
    Noticed,
    RevokeNotice,
    Withdraw,
    WithdrawalConsented,
)
from tests.examples import (
    COLLEGE,
    E1,
    ENTERPRISE,
    G1,
    G2,
    K1_ACTIVE,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    K1_WAITS,
    K5_ACTIVE,
    LAW,
    M1,
    P1,
    P2,
    PRACTICE_MON_WED,
    R1,
    REPRESENTATIVE,
    S1,
    S5,
    SIGN_BY,
    SIGNED_ON,
    STARTS_ON,
    STUDENT,
    T1,
    accepted,
    around,
    asked,
    brought,
    proposed,
    signature,
    state,
    when,
)

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
OCTOBER, FROM_ON = date(2026, 10, 5), date(2026, 11, 2)
LEAVE = Withdraw("own-wish", RECEIVED, END_ON, STUDENT)
OPEN = proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31))
MUTUAL = MutualEndProposed(P2, STUDENT, date(2027, 1, 15), date(2026, 12, 31), "e" * 64)
NOTICED = Noticed(STUDENT, "own-wish", RECEIVED, END_ON, RECEIVED)


def of(role, on, who=S5):
    return asked(role, on, around(who))


# A withdrawal processed by a college


def leaving():
    return brought(LEAVE, of(COLLEGE, RECEIVED), [*K5_ACTIVE, OPEN])


def test_a_withdrawal_closes_the_open_proposal():
    noticed, closed = leaving().shown["events"]
    assert noticed == {
        "type": "withdrawal.noticed",
        "effective_on": "2026-12-28",
        "data": {
            "initiator": "student",
            "ground": "own-wish",
            "received_on": "2026-12-28",
            "end_on": "2027-01-28",
            "known_on": "2026-12-28",
        },
    }
    assert (closed["type"], closed["data"]) == ("schedule.change_closed", {"reason": "withdrawal"})


def test_a_withdrawal_starts_and_stops_deadlines():
    deadlines = leaving().shown["deadlines"]
    started = {each["name"]: (each["on"], each["rule"]) for each in deadlines["start"]}
    assert started == {
        "end": ("2027-01-28", "withdrawal.notice"),
        "last-pay": ("2027-02-10", "pay.due"),
        "certificate": ("2027-02-04", "withdrawal.certificate"),
    }
    [stopped] = deadlines["stop"]
    assert (stopped["name"], stopped["on"]) == ("answer-schedule-change", "2026-12-31")


def test_a_withdrawal_breaks_a_month_off_and_shows_every_step():
    last_month, costs = leaving().shown["money"]
    assert (last_month["amount"], last_month["month"]) == (8_636_364, "2027-01")
    assert (last_month["by"], last_month["to"]) == ("enterprise", "student")
    assert [(step["value"], step["unit"]) for step in last_month["steps"]] == [
        (9_500_000, "tiyn"),
        (10, "days"),
        (11, "days"),
        (8_636_364, "tiyn"),
    ]
    assert (costs["amount"], costs["to"]) == (0, "enterprise")
    assert [step["value"] for step in costs["steps"]] == [0, 10_000_000, 3]


def test_a_withdrawal_opens_three_tasks_and_closes_one():
    tasks = leaving().shown["tasks"]
    assert [(task["who"], task["command"]) for task in tasks["open"]] == [
        (["enterprise"], "record-pay"),
        (["college"], "issue-certificate"),
        (["college", "enterprise"], "confirm-return"),
    ]
    [closed] = tasks["close"]
    assert closed["name"] == "answer-schedule-change"


def test_a_withdrawal_is_told_to_all_but_who_recorded_it():
    found = leaving()
    assert [told["to"] for told in found.shown["notices"]] == ["chamber", "enterprise", "mentor", "student"]
    assert [notice.ref for notice in found.notices] == [
        f"org:{R1.bin}",
        f"org:{E1.bin}",
        f"person:{M1.id}",
        f"person:{S5.id}",
    ], "no representative: she is of age"


def test_a_withdrawal_can_be_undone_until_the_last_day_is_over():
    shown = leaving().shown
    undone = {"from_on": "2027-01-29", "command": "revoke-notice", "who": "student"}
    assert (shown["cannot_be_undone"], shown["ends"]) == (undone, ["hiring"])
    assert shown["practice_hours"] == {"until_last_day": 496, "of_term": 1000}


def test_a_minor_s_representatives_are_told_too():
    both = (*S1.guardianships, Guardianship(G2.id, Guardian.PARENT, date(2028, 3, 15)))
    consent = WithdrawalConsented("own-wish", END_ON)
    occasion = of(COLLEGE, RECEIVED, replace(S1, guardianships=both))
    found = brought(LEAVE, occasion, [*K1_ACTIVE, consent])
    told = [notice.ref for notice in found.notices if notice.role is REPRESENTATIVE]
    assert told == [f"person:{G1.id}", f"person:{G2.id}"]


def test_a_revoked_notice_takes_back_what_it_brought():
    took = brought(RevokeNotice(), of(STUDENT, RECEIVED), [*K5_ACTIVE, NOTICED]).shown
    gave = brought(LEAVE, of(COLLEGE, RECEIVED), K5_ACTIVE).shown
    assert took["deadlines"]["stop"] == gave["deadlines"]["start"]
    assert took["tasks"]["close"] == gave["tasks"]["open"]
    assert (took["deadlines"]["start"], took["tasks"]["open"], took["money"]) == ([], [], [])


def test_a_last_day_in_the_past_is_due_at_once():
    late = of(COLLEGE, date(2027, 3, 1))
    [timer] = outlook(state([*K5_ACTIVE, *when(LEAVE, late, K5_ACTIVE)]), LAW).timers
    assert (timer.command, timer.on) == ("end", date(2027, 1, 29))


def test_what_was_paid_and_issued_is_no_task_any_more():
    over = [*K5_ACTIVE, NOTICED, Ended("own-wish", END_ON, RECEIVED)]
    paid = PayRecorded("2027-01", PayKind.COMPENSATION, 8_636_364)
    names = [task.name for task in outlook(state([*over, paid]), LAW).tasks]
    assert names == ["certificate", "return-property"]
    found = brought(IssueCertificate("12/2027"), of(COLLEGE, date(2027, 2, 1)), over).shown
    assert [task["name"] for task in found["tasks"]["close"]] == ["certificate"]


def test_one_of_two_who_return_property_leaves_the_task_to_the_other():
    found = brought(ConfirmReturn(), of(COLLEGE, RECEIVED), [*K5_ACTIVE, NOTICED]).shown
    assert found["tasks"] == {"open": [], "close": []}
    after = state([*K5_ACTIVE, NOTICED, *when(ConfirmReturn(), of(COLLEGE, RECEIVED), [*K5_ACTIVE, NOTICED])])
    [task] = [task for task in outlook(after, LAW).tasks if task.name == "return-property"]
    assert task.who == (ENTERPRISE,)


def test_pay_without_a_known_plan_is_a_task_without_a_sum():
    signed = state([*K5_ACTIVE, NOTICED])
    on_paper = replace(signed, agreed=(), terms=replace(signed.terms, schedule=None))
    found = outlook(on_paper, LAW)
    assert "last-pay" in {task.name for task in found.tasks}
    assert [each.name for each in found.sums] == ["training-costs"]
    assert found.hours is None


# Formation by three parties


def test_an_offer_opens_a_task_for_each_who_signs_or_consents():
    shown = brought(Offer(), of(ENTERPRISE, date(2026, 8, 12), S1), K1_DRAFT).shown
    assert [(task["name"], task["who"], task["by"]) for task in shown["tasks"]["open"]] == [
        ("sign-college", ["college"], "2026-08-26"),
        ("sign-enterprise", ["enterprise"], "2026-08-26"),
        ("sign-student", ["student"], "2026-08-26"),
        ("consent", ["representative"], "2026-08-26"),
    ]
    [deadline] = shown["deadlines"]["start"]
    assert (deadline["on"], deadline["silence"]) == ("2026-08-26", "offer-lapses")
    assert [timer.name for timer in outlook(state(K1_OUT), LAW).timers] == ["lapse"]


def test_a_signature_closes_its_own_task():
    shown = brought(Sign(T1), of(ENTERPRISE, date(2026, 8, 14), S1), K1_OUT).shown
    assert [task["name"] for task in shown["tasks"]["close"]] == ["sign-enterprise"]
    assert (shown["tasks"]["open"], shown["deadlines"]) == ([], {"start": [], "stop": []})


def test_a_revision_says_whose_signatures_will_be_void():
    given = [*K1_OUT, signature(ENTERPRISE, 1), signature(STUDENT, 2)]
    raised = Revise(Terms(compensation=Compensation(PayKind.COMPENSATION, 9_550_000)))
    found = brought(raised, of(ENTERPRISE, date(2026, 8, 19), S1), given)
    assert found.shown["events"][1] == {
        "type": "contract.signatures_voided",
        "effective_on": None,
        "data": {"whose": ["enterprise", "student"]},
    }
    assert {notice.role for notice in found.notices} == {STUDENT, REPRESENTATIVE, COLLEGE}
    voided = [*given, *when(raised, of(ENTERPRISE, date(2026, 8, 19), S1), given)]
    again = brought(Offer(SIGN_BY), of(ENTERPRISE, date(2026, 8, 19), S1), voided).shown
    opened = [task["name"] for task in again["tasks"]["open"]]
    assert opened == ["sign-college", "sign-enterprise", "sign-student", "consent"]


def test_a_conclusion_is_told_to_all_and_waits_for_its_first_day():
    found = brought(Sign(T1), of(COLLEGE, SIGNED_ON, S1), K1_WAITS)
    roles = ["chamber", "enterprise", "mentor", "representative", "student"]
    assert [told["to"] for told in found.shown["notices"]] == roles
    assert [task["name"] for task in found.shown["tasks"]["open"]] == ["brief"]
    assert found.shown["stays"] == ["not-yet-in-force"]
    assert [(timer.command, timer.on) for timer in outlook(state(K1_SIGNED), LAW).timers] == [
        ("activate", STARTS_ON)
    ]


def test_a_minor_s_contract_waits_for_the_18th_birthday_while_it_lives():
    birthday = date(2028, 3, 15)
    for given, waits in ((K1_DRAFT, True), (K1_ACTIVE, True), (K5_ACTIVE, False)):
        names = [timer.command for timer in outlook(state(given), LAW, birthday).timers]
        assert ("note-adulthood" in names) is waits
    refusal = when(RefuseToSign(), of(STUDENT, SIGNED_ON, S1), K1_OUT)
    assert outlook(state([*K1_OUT, *refusal]), LAW, birthday).timers == ()


# A change of the schedule


def test_a_proposal_opens_one_task_for_all_who_answer():
    wish = ProposeScheduleChange(PRACTICE_MON_WED, FROM_ON)
    shown = brought(wish, of(COLLEGE, OCTOBER, S1), K1_ACTIVE).shown
    [task] = shown["tasks"]["open"]
    assert (task["who"], task["by"]) == (["enterprise", "representative", "student"], "2026-10-12")
    assert shown["stays"] == ["schedule-until-all-agree"]
    assert [told["to"] for told in shown["notices"]] == ["enterprise", "representative", "student"]


def test_a_yes_leaves_the_task_to_the_others_and_a_no_closes_it():
    given = [*K1_ACTIVE, proposed(P1, COLLEGE, PRACTICE_MON_WED, FROM_ON, date(2026, 10, 12))]
    yes = brought(AnswerScheduleChange(P1, True), of(ENTERPRISE, date(2026, 10, 7), S1), given).shown
    assert (yes["tasks"], yes["notices"]) == ({"open": [], "close": []}, [])
    no = brought(AnswerScheduleChange(P1, False), of(STUDENT, date(2026, 10, 8), S1), given).shown
    assert [task["name"] for task in no["tasks"]["close"]] == ["answer-schedule-change"]
    assert [deadline["on"] for deadline in no["deadlines"]["stop"]] == ["2026-10-12"]


def test_a_superseding_proposal_closes_one_task_and_opens_another():
    given = [*K1_ACTIVE, proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 9), date(2026, 10, 19))]
    wish = ProposeScheduleChange(PRACTICE_MON_WED, FROM_ON, supersedes=P1)
    tasks = brought(wish, of(ENTERPRISE, date(2026, 10, 14), S1), given).shown["tasks"]
    assert [task["by"] for task in tasks["close"]] == ["2026-10-19"]
    assert [task["by"] for task in tasks["open"]] == ["2026-10-21"]


def test_an_agreed_schedule_is_told_to_the_mentor():
    given = [
        *K1_ACTIVE,
        proposed(P1, ENTERPRISE, PRACTICE_MON_WED, FROM_ON, date(2026, 10, 21)),
        accepted(P1, STUDENT),
        accepted(P1, REPRESENTATIVE),
    ]
    found = brought(AnswerScheduleChange(P1, True), of(COLLEGE, date(2026, 10, 16), S1), given)
    assert found.shown["events"][1]["effective_on"] == "2026-11-02"
    assert [notice.role for notice in found.notices] == ["enterprise", "mentor", "representative", "student"]


def test_each_demand_to_cure_has_its_own_deadline():
    demands = [
        CureDemanded(STUDENT, ENTERPRISE, date(2026, 12, 3), "c" * 64),
        CureDemanded(ENTERPRISE, COLLEGE, date(2026, 12, 7), "c" * 64),
    ]
    found = outlook(state([*K5_ACTIVE, *demands]), LAW)
    assert [(each.who, each.on) for each in found.deadlines] == [
        ((ENTERPRISE,), date(2026, 12, 3)),
        ((COLLEGE,), date(2026, 12, 7)),
    ]
