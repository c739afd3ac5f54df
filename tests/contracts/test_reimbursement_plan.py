"""Instalments: both sides want the same plan; one that is missed brings the whole rest to be due."""

from dataclasses import replace
from datetime import date

from contracts.ahead import outlook, timers
from contracts.claim import Instalment
from contracts.claim_rules import MinorAlone
from contracts.consequences import Deadline, Task, Timer
from contracts.decision import DAY
from contracts.formation_rules import UnknownParty
from contracts.reimbursement_payment import PostPayment
from contracts.reimbursement_plan import (
    AgreeInstalments,
    InstalmentMissed,
    InstalmentsAgreed,
    InstalmentsProposed,
    NoteInstalmentMissed,
    PlanLength,
    PlanSum,
)
from tests.contracts.claims import DUE_BY, OF_S5, by, claim
from tests.examples import COLLEGE, DEADLINE, ENTERPRISE, LAW, S1, STUDENT, refused, when

ON = date(2027, 3, 5)
FIRST = date(2027, 4, 10)
TWELVE = AgreeInstalments(months=12, first_on=FIRST)
OWED = claim(wish=OF_S5)


def proposed():
    return claim(*when(TWELVE, by(STUDENT, ON), OWED), wish=OF_S5)


def agreed(*more):
    plan = when(TWELVE, by(ENTERPRISE, ON), proposed())
    return claim(*when(TWELVE, by(STUDENT, ON), OWED), *plan, *more, wish=OF_S5)


def test_the_last_instalment_takes_the_rest():
    [event] = when(TWELVE, by(STUDENT, ON), OWED)
    assert isinstance(event, InstalmentsProposed)
    amounts = [instalment.amount for instalment in event.instalments]
    assert amounts == [833_333] * 11 + [833_337]
    assert sum(amounts) == 10_000_000
    assert (event.instalments[0].due_on, event.instalments[-1].due_on) == (FIRST, date(2028, 3, 10))


def test_it_holds_once_the_other_side_wants_the_same():
    assert not proposed().debt(STUDENT).rests
    [event] = when(TWELVE, by(ENTERPRISE, ON), proposed())
    assert event == InstalmentsAgreed(STUDENT, ENTERPRISE, proposed().debt(STUDENT).plan.instalments)
    assert agreed().debt(STUDENT).rests
    assert when(TWELVE, by(STUDENT, ON), proposed()) == []
    assert when(TWELVE, by(ENTERPRISE, ON), agreed()) == []


def test_another_plan_is_another_proposal():
    [event] = when(replace(TWELVE, months=10), by(ENTERPRISE, ON), proposed())
    assert (type(event), event.by) == (InstalmentsProposed, ENTERPRISE)


def test_who_has_to_answer_a_proposal():
    asked = [task for task in outlook(proposed(), LAW).tasks if task.name == "agree-instalments"]
    assert asked == [Task("agree-instalments", (ENTERPRISE,), "agree-instalments")]


def test_a_plan_of_one_s_own_comes_to_what_is_owed():
    plan = (Instalment(FIRST, 4_000_000), Instalment(date(2027, 6, 1), 6_000_000))
    assert when(AgreeInstalments(plan=plan), by(STUDENT, ON), OWED)
    short = (plan[0], Instalment(date(2027, 6, 1), 5_999_999))
    assert refused(AgreeInstalments(plan=short), by(STUDENT, ON), OWED) == [PlanSum(9_999_999, 10_000_000)]
    with_nothing = (*plan, Instalment(date(2027, 7, 1), 0))
    assert refused(AgreeInstalments(plan=with_nothing), by(STUDENT, ON), OWED) == [
        PlanSum(10_000_000, 10_000_000)
    ]


def test_late_interest_is_part_of_a_plan():
    ten_days = DUE_BY + 10 * DAY
    interest, event = when(replace(TWELVE, months=2), by(STUDENT, ten_days), OWED)
    assert interest.amount == 10_000_000 * 1650 * 10 // 3_650_000
    assert sum(each.amount for each in event.instalments) == 10_000_000 + interest.amount


def test_days_of_a_plan_follow_each_other_within_two_years():
    last = date(2029, 3, 5)
    whole = (Instalment(last, 10_000_000),)
    assert when(AgreeInstalments(plan=whole), by(STUDENT, ON), OWED)
    late = AgreeInstalments(plan=(Instalment(last + DAY, 10_000_000),))
    assert refused(late, by(STUDENT, ON), OWED) == [PlanLength(last + DAY, last + DAY, 24, ON)]
    past = AgreeInstalments(plan=(Instalment(ON - DAY, 10_000_000),))
    assert refused(past, by(STUDENT, ON), OWED) == [PlanLength(ON - DAY, ON - DAY, 24, ON)]
    same_day = AgreeInstalments(plan=(Instalment(FIRST, 1), Instalment(FIRST, 9_999_999)))
    assert refused(same_day, by(STUDENT, ON), OWED) == [PlanLength(FIRST, FIRST, 24, ON)]
    nothing = refused(AgreeInstalments(), by(STUDENT, ON), OWED)
    assert nothing == [PlanSum(0, 10_000_000), PlanLength(None, None, 24, ON)]


def test_of_several_debtors_one_is_named():
    assert refused(TWELVE, by(ENTERPRISE, ON), claim()) == [UnknownParty(("debtor",))]
    assert when(replace(TWELVE, debtor=COLLEGE), by(ENTERPRISE, ON), claim())
    assert when(TWELVE, by(COLLEGE, ON), claim()), "a debtor means the own debt"


def test_a_minor_agrees_with_a_representative():
    alone = refused(TWELVE, by(STUDENT, ON, who=S1), claim(wish=OF_S5))
    assert alone == [MinorAlone(10_000_000, 0)]


# Kept or missed


def test_while_it_is_kept_no_interest_runs():
    due = [d for d in outlook(agreed(), LAW).deadlines if d.name == "pay-claim"]
    assert due == [Deadline("pay-claim", (STUDENT,), FIRST, "instalments-fall", "claim.late-interest")]
    assert "accrue-penalty" not in {timer.command for timer in timers(agreed())}
    paid = when(PostPayment(833_333, FIRST), by(ENTERPRISE, FIRST), agreed())
    assert [event.type for event in paid] == ["claim.payment_posted"]
    assert Timer("note-instalment-missed", date(2027, 5, 11)) in timers(agreed(*paid))


def test_a_missed_instalment_brings_the_whole_rest_to_be_due():
    assert Timer("note-instalment-missed", FIRST + DAY) in timers(agreed())
    assert when(NoteInstalmentMissed(), by(DEADLINE, FIRST), agreed()) == []
    missed = when(NoteInstalmentMissed(), by(DEADLINE, FIRST + DAY), agreed())
    assert missed == [InstalmentMissed(STUDENT, FIRST, 833_333)]
    after = agreed(*missed)
    assert (after.debt(STUDENT).rests, after.debt(STUDENT).late_from) == (False, FIRST + DAY)
    ten_days = FIRST + 10 * DAY
    interest, _ = when(PostPayment(1_000_000, ten_days), by(ENTERPRISE, ten_days), after)
    assert (interest.from_on, interest.amount) == (FIRST + DAY, 10_000_000 * 1650 * 10 // 3_650_000)


def test_a_part_of_an_instalment_is_not_enough():
    paid = when(PostPayment(833_332, FIRST), by(ENTERPRISE, FIRST), agreed())
    assert when(NoteInstalmentMissed(), by(DEADLINE, FIRST + DAY), agreed(*paid))
    enough = when(PostPayment(833_333, FIRST), by(ENTERPRISE, FIRST), agreed())
    assert when(NoteInstalmentMissed(), by(DEADLINE, FIRST + DAY), agreed(*enough)) == []
