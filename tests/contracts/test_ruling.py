"""A whole commission decides with reasons; who is not content goes to court; silence makes it final."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook, timers
from contracts.appeal import Appeal, Appealed, AppealLate, Closed, CloseDispute, CourtRecorded, RecordCourt
from contracts.commission import MemberRecused, Undecided
from contracts.commission_rules import Conflict, Conflicted, SidesUnequal
from contracts.contract import State
from contracts.contract_rules import NotYet
from contracts.decision import DAY, On
from contracts.dispute import Bias, Closing, Finding, Late, Phase, Portion, Verdict
from contracts.dispute_marks import DisputeClosedHere, DisputeMovedHere, DisputeReopenedHere, EndAnnulled
from contracts.dispute_rules import NotSide, WrongPhase
from contracts.evidence import RestoreTime, TimeRestored
from contracts.formation_rules import UnknownParty
from contracts.ruling import CopyHandedOver, Decide, HandOverCopy, ReasonsMissing
from tests.contracts.quarrel import (
    AFTER_DECISION,
    ANOTHER,
    APPEAL_BY,
    CHAIR,
    DECIDE_BY,
    DECIDED_ON,
    DECISION,
    DISPUTE,
    IN_COMMISSION,
    IN_MEDIATION,
    K5_ENDING,
    LAWYER,
    OF_COLLEGE,
    OF_STUDENT,
    OPENED,
    OPENED_HERE,
    REFERRED_TO,
    REVIEWER,
    SEATED,
    WITH_ANSWER,
    at,
    dispute,
    known,
)
from tests.examples import (
    CHAMBER,
    COLLEGE,
    DEADLINE,
    ENDS_ON,
    ENTERPRISE,
    K5,
    K5_ACTIVE,
    LAW,
    S5,
    STUDENT,
    held,
    refused,
    state,
    when,
)

DECIDE = Decide((Finding.UPHELD, Finding.REJECTED), ("no ground", "as agreed"))
RECORD = RecordCourt("district court", "2-114/2027", Verdict.DISMISSED, DECIDED_ON)
CLOSED_HERE = On(K5, DisputeClosedHere(DISPUTE, Closing.FINAL))


def chair(on=DECIDED_ON, who=CHAIR):
    return at(REVIEWER, on, who=who.id)


def test_the_chair_says_what_all_have_found():
    decided, moved = when(DECIDE, chair(), dispute(*IN_COMMISSION))
    assert decided == replace(DECISION, reasons=("0" * 64, "1" * 64))
    assert (decided.members, decided.effective_on) == (DECISION.members, DECIDED_ON)
    assert moved == On(K5, DisputeMovedHere(DISPUTE, APPEAL_BY))
    assert dispute(*IN_COMMISSION, decided).phase is Phase.DECIDED


def test_ten_working_days_to_appeal_and_three_for_the_copy():
    decided, _ = when(DECIDE, chair(date(2027, 5, 12)), dispute(*IN_COMMISSION))
    assert decided.appeal_by == date(2027, 5, 26)
    due = {each.name: each.on for each in outlook(dispute(*IN_COMMISSION, decided), LAW).deadlines}
    assert due == {"appeal": date(2027, 5, 26), "hand-over-copy": date(2027, 5, 17)}


def test_without_equal_sides_nothing_is_decided():
    for left_out in SEATED:
        given = dispute(*REFERRED_TO, *(seat for seat in SEATED if seat != left_out))
        found = refused(DECIDE, chair(), given)
        missing = SidesUnequal((left_out.side,))
        assert found == (
            [Conflicted(Conflict.NOT_SEATED), missing] if left_out.side == CHAMBER else [missing]
        )


def test_nobody_decides_who_has_stepped_back_or_never_sat_or_is_not_the_chair():
    recused = MemberRecused(OF_COLLEGE.id, COLLEGE, Bias.OWN_MONEY, REVIEWER, DECIDE_BY)
    given = dispute(*IN_COMMISSION, recused)
    assert refused(DECIDE, chair(who=OF_COLLEGE), given) == [
        Conflicted(Conflict.RECUSED, COLLEGE),
        SidesUnequal((COLLEGE,)),
    ]
    whole = dispute(*IN_COMMISSION)
    assert refused(DECIDE, chair(who=ANOTHER), whole) == [Conflicted(Conflict.NOT_SEATED)]
    assert refused(DECIDE, chair(who=OF_STUDENT), whole) == [Conflicted(Conflict.NOT_CHAIR, STUDENT)]


@pytest.mark.parametrize(
    ("findings", "reasons", "points"),
    [
        ((), (), (1, 2)),
        ((Finding.UPHELD,), ("why",), (2,)),
        ((Finding.UPHELD, Finding.UPHELD), ("why",), (2,)),
        ((Finding.UPHELD, Finding.UPHELD), ("  ", "why"), (1,)),
        ((Finding.UPHELD,) * 3, ("why",) * 3, (3,)),
    ],
)
def test_each_point_has_its_finding_and_its_reasons(findings, reasons, points):
    assert refused(Decide(findings, reasons), chair(), dispute(*IN_COMMISSION)) == [ReasonsMissing(points)]


def test_shares_are_said_of_all_debtors_or_of_none():
    shares = (Portion(STUDENT, 30), Portion(COLLEGE, 70))
    assert refused(replace(DECIDE, shares=shares), chair(), dispute(*IN_COMMISSION)) == [
        UnknownParty(("debtor",))
    ]
    given = [replace(OPENED, debtors=(COLLEGE, STUDENT)), *IN_COMMISSION[1:]]
    decided, _ = when(replace(DECIDE, shares=shares), chair(), dispute(*given))
    assert decided.shares == shares
    assert refused(replace(DECIDE, shares=shares[:1]), chair(), dispute(*given)) == [
        UnknownParty(("debtor",))
    ]


def test_a_copy_is_handed_over_once():
    given = dispute(*AFTER_DECISION)
    assert when(HandOverCopy(), at(CHAMBER, DECIDED_ON), given) == [CopyHandedOver()]
    assert when(HandOverCopy(), chair(), given) == [CopyHandedOver()]
    assert refused(HandOverCopy(), chair(who=ANOTHER), given) == [Conflicted(Conflict.NOT_SEATED)]
    after = dispute(*AFTER_DECISION, CopyHandedOver())
    assert when(HandOverCopy(), at(CHAMBER, DECIDED_ON), after) == []
    assert [each.name for each in outlook(after, LAW).deadlines] == ["appeal"]


# Appeal


def test_an_appeal_suspends_what_was_decided():
    appealed, moved = when(Appeal(), at(ENTERPRISE, APPEAL_BY), dispute(*AFTER_DECISION))
    assert (appealed, moved.event.until) == (Appealed(ENTERPRISE, APPEAL_BY), None)
    after = dispute(*AFTER_DECISION, appealed)
    assert (after.phase, after.suspended) == (Phase.APPEALED, True)
    assert timers(after) == (), "it does not become final while a court has it"
    assert when(Appeal(), at(ENTERPRISE, APPEAL_BY), after) == []


def test_an_appeal_comes_in_time_or_the_time_is_given_again():
    late = at(ENTERPRISE, APPEAL_BY + DAY)
    assert refused(Appeal(), late, dispute(*AFTER_DECISION)) == [AppealLate(APPEAL_BY)]
    final = dispute(*AFTER_DECISION, Closed(Closing.FINAL, APPEAL_BY + DAY))
    assert refused(Appeal(), late, final) == [AppealLate(APPEAL_BY)]
    restored, reopened = when(
        RestoreTime(Late.APPEAL, APPEAL_BY + 3 * DAY, "was ill"), at(CHAMBER, APPEAL_BY + DAY), final
    )
    assert restored == TimeRestored(Late.APPEAL, APPEAL_BY + 3 * DAY, "c" * 64)
    assert reopened == On(K5, DisputeReopenedHere(DISPUTE, APPEAL_BY + 3 * DAY))
    again = dispute(*AFTER_DECISION, Closed(Closing.FINAL, APPEAL_BY + DAY), restored)
    assert (again.phase, again.closing, again.closed_on) == (Phase.DECIDED, None, None)
    assert when(Appeal(), at(ENTERPRISE, APPEAL_BY + 3 * DAY), again)
    assert refused(Appeal(), at(ENTERPRISE, APPEAL_BY + 4 * DAY), again) == [AppealLate(APPEAL_BY + 3 * DAY)]


def test_what_was_taken_back_or_settled_is_not_appealed():
    over = dispute(OPENED, Closed(Closing.WITHDRAWN, DECIDED_ON))
    assert refused(Appeal(), at(STUDENT, DECIDED_ON), over) == [WrongPhase(Phase.CLOSED, (Phase.DECIDED,))]
    wish = RestoreTime(Late.APPEAL, APPEAL_BY, "was ill")
    assert refused(wish, at(CHAMBER, DECIDED_ON), over) == [
        WrongPhase(Phase.CLOSED, (Phase.CLOSED, Phase.DECIDED))
    ]


def test_only_who_is_concerned_appeals():
    assert refused(Appeal(), at(COLLEGE, APPEAL_BY), dispute(*AFTER_DECISION)) == [
        NotSide(COLLEGE, (ENTERPRISE, STUDENT))
    ]
    debtor = [replace(OPENED, debtors=(COLLEGE, STUDENT)), *AFTER_DECISION[1:]]
    assert when(Appeal(), at(COLLEGE, APPEAL_BY), dispute(*debtor))


# How it ends


def test_what_nobody_appeals_becomes_final():
    given = dispute(*AFTER_DECISION)
    assert when(CloseDispute(), at(DEADLINE, APPEAL_BY), given) == []
    closed, here, annulled = when(CloseDispute(), at(DEADLINE, APPEAL_BY + DAY), given)
    assert (closed, here) == (Closed(Closing.FINAL, APPEAL_BY + DAY), CLOSED_HERE)
    assert annulled == On(K5, EndAnnulled(DISPUTE, APPEAL_BY + DAY))
    assert when(CloseDispute(), at(DEADLINE, APPEAL_BY + DAY), dispute(*WITH_ANSWER)) == []


def test_an_end_without_ground_is_no_end():
    contract = state([*K5_ENDING, OPENED_HERE, EndAnnulled(DISPUTE, APPEAL_BY)])
    assert (contract.state, contract.end, contract.last_day) == (State.ACTIVE, None, ENDS_ON)


@pytest.mark.parametrize(
    ("finding", "verdict", "falls"),
    [
        (Finding.UPHELD, Verdict.DISMISSED, True),
        (Finding.UPHELD, Verdict.CHANGED, True),
        (Finding.UPHELD, Verdict.GRANTED, False),
        (Finding.REJECTED, Verdict.DISMISSED, False),
        (Finding.REJECTED, Verdict.GRANTED, True),
    ],
)
def test_a_court_leaves_a_decision_or_turns_it(finding, verdict, falls):
    decided = replace(DECISION, findings=(finding, Finding.REJECTED))
    given = dispute(*IN_COMMISSION, decided, Appealed(ENTERPRISE, DECIDED_ON))
    recorded, here, *more = when(replace(RECORD, verdict=verdict), at(LAWYER, DECIDED_ON), given)
    assert recorded == CourtRecorded("district court", "2-114/2027", verdict, DECIDED_ON)
    assert here.event == DisputeClosedHere(DISPUTE, Closing.COURT)
    assert [each.event.type for each in more] == (["contract.end_annulled"] if falls else [])
    after = recorded.evolve(given)
    assert (after.phase, after.suspended, after.closing) == (Phase.CLOSED, False, Closing.COURT)


@pytest.mark.parametrize(("verdict", "falls"), [(Verdict.GRANTED, True), (Verdict.DISMISSED, False)])
def test_where_the_commission_was_silent_the_court_decides_alone(verdict, falls):
    given = dispute(*IN_COMMISSION, Undecided(DECIDE_BY))
    found = when(replace(RECORD, verdict=verdict), at(STUDENT, DECIDED_ON), given)
    assert (len(found) == 3) is falls


def test_nothing_falls_back_into_force_that_cannot():
    """The term is over, or the student has another contract by now."""
    given = dispute(*AFTER_DECISION)
    over = when(CloseDispute(), at(DEADLINE, ENDS_ON + DAY), given)
    assert [getattr(each, "event", each).type for each in over] == [
        "dispute.closed",
        "contract.dispute_closed",
    ]
    assert len(when(CloseDispute(), at(DEADLINE, ENDS_ON), given)) == 3
    elsewhere = known(holds=held("student", str(S5.id), (APPEAL_BY + DAY, ENDS_ON)))
    assert len(when(CloseDispute(), at(DEADLINE, APPEAL_BY + DAY, facts=elsewhere), given)) == 2
    never = known(state([*K5_ACTIVE, OPENED_HERE], id_=K5))
    assert len(when(CloseDispute(), at(DEADLINE, APPEAL_BY + DAY, facts=never), given)) == 2


def test_a_court_has_found_before_it_is_recorded():
    given = dispute(*AFTER_DECISION, Appealed(ENTERPRISE, DECIDED_ON))
    assert refused(replace(RECORD, found_on=DECIDED_ON + DAY), at(STUDENT, DECIDED_ON), given) == [
        NotYet(DECIDED_ON + DAY, DECIDED_ON)
    ]
    assert refused(replace(RECORD, shares=(Portion(STUDENT, 10),)), at(STUDENT, DECIDED_ON), given) == [
        UnknownParty(("debtor",))
    ]
    assert refused(RECORD, at(STUDENT, DECIDED_ON), dispute(*IN_MEDIATION)) == [
        WrongPhase(Phase.MEDIATION, (Phase.ANSWERED, Phase.APPEALED))
    ]


def test_who_complained_takes_the_complaint_back_until_it_is_decided():
    closed, here = when(CloseDispute(), at(STUDENT, DECIDED_ON), dispute(*IN_COMMISSION))
    assert closed == Closed(Closing.WITHDRAWN, DECIDED_ON)
    assert here == On(K5, DisputeClosedHere(DISPUTE, Closing.WITHDRAWN))
    assert when(CloseDispute(), at(STUDENT, DECIDED_ON), dispute(OPENED, closed)) == []
    assert refused(CloseDispute(), at(ENTERPRISE, DECIDED_ON), dispute(OPENED)) == [
        NotSide(ENTERPRISE, (STUDENT,))
    ]
    assert refused(CloseDispute(), at(STUDENT, DECIDED_ON), dispute(*AFTER_DECISION)) == [
        WrongPhase(Phase.DECIDED, (Phase.ANSWERED, Phase.COMMISSION, Phase.COMPLAINT, Phase.MEDIATION))
    ]
